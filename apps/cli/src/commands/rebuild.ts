import type { Command } from 'commander';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, tell, word, type ExitCode } from '../terminal.js';

/** `sajeon rebuild VIEW…`: makes views again from the first event, beside the tables in use, which serve meanwhile. */
export function rebuildCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('rebuild')
    .summary(inWords({ ko: '조회 화면을 사건에서 다시 만든다', en: 'make views again from the events' }, ' · '))
    .description(
      inWords({
        ko: '조회 화면(뷰)을 첫 사건부터 다시 만들어 한순간에 바꾼다. 그동안 쓰던 것은 그대로 돌아간다. 끊기면 다시 실행해 이어 간다.',
        en: 'Makes views again from the first event and switches at once. The ones in use serve meanwhile. Interrupted, it goes on when run again.',
      }),
    )
    .argument('[view...]', inWords({ ko: '뷰 이름. 없으면 목록을 보여 준다', en: 'names of views; without one, lists them' }))
    .option('--all', inWords({ ko: '모든 뷰', en: 'every view' }))
    .addHelpText(
      'after',
      inWords({
        ko: `
예:
  sajeon rebuild                     뷰 목록과 각 뷰의 위치
  sajeon rebuild reviewer-queue
  sajeon rebuild --all`,
        en: `
Examples:
  sajeon rebuild                     the views and how far each is
  sajeon rebuild reviewer-queue
  sajeon rebuild --all`,
      }),
    )
    .action(async (names: string[], flags: { all?: true }) => finish(await rebuild(names, flags.all === true)));
}

async function rebuild(names: readonly string[], all: boolean): Promise<ExitCode> {
  await import('reflect-metadata');
  const { Module } = await import('@nestjs/common');
  const { NestFactory } = await import('@nestjs/core');
  const { DecisionsModule } = await import('@sajeon/decisions');
  const { migrate, ProjectionHost, ReadModelsModule, views } = await import('@sajeon/read-models');

  const known = views.map((view) => view.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CommandFailed(EXIT.usage, {
      ko: `그런 뷰가 없습니다: ${unknown.join(', ')}. 있는 뷰: ${known.join(', ')}`,
      en: `There is no view ${unknown.join(', ')}; there are ${known.join(', ')}.`,
    });
  }
  return withStorage(async (storage) => {
    await migrate(storage.database);
    class RebuildModule {}
    Module({ imports: [DecisionsModule.forRoot(storage.events), ReadModelsModule.forRoot({ database: storage.database })] })(
      RebuildModule,
    );
    const app = await NestFactory.createApplicationContext(RebuildModule, { logger: ['error', 'fatal'], abortOnError: false });
    const stop = new AbortController();
    const interrupt = () => stop.abort(interrupted());
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);
    try {
      const host = app.get(ProjectionHost);
      if (names.length === 0 && !all) {
        for (const { view, position, status, lag } of await host.health()) {
          process.stdout.write(`${view.padEnd(20)} @${String(position).padEnd(10)} ${status}${lag > 0n ? ` (-${lag})` : ''}\n`);
        }
        return EXIT.ok;
      }
      for (const name of all ? known : names) {
        const started = performance.now();
        let last = 0;
        const done = await host.rebuild(name, {
          signal: stop.signal,
          onProgress: ({ events, head, position }) => {
            if (!process.stderr.isTTY || performance.now() - last < 200) return;
            last = performance.now();
            process.stderr.write(`\r${name}: ${events} (${position}/${head})\u001b[K`);
          },
        });
        if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
        const seconds = (performance.now() - started) / 1000;
        process.stdout.write(
          `${name}: ${word(`사건 ${done.events}건, 위치 ${done.position}까지, ${seconds.toFixed(1)}초`, `${done.events} events, up to position ${done.position}, ${seconds.toFixed(1)} s`)}\n`,
        );
      }
      return EXIT.ok;
    } catch (error) {
      if (stop.signal.aborted) throw interrupted();
      if (error instanceof Error && error.name === 'RebuildRunning') {
        throw new CommandFailed(EXIT.problems, { ko: `다른 프로세스가 이 뷰를 다시 만드는 중입니다.`, en: `${error.message}.` });
      }
      throw error;
    } finally {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      await app.close();
    }
  }).then((exitCode) => {
    if (exitCode === EXIT.ok && (names.length > 0 || all)) tell({ ko: '다 만들었습니다.', en: 'Done.' });
    return exitCode;
  });
}

function interrupted(): CommandFailed {
  return new CommandFailed(EXIT.problems, {
    ko: '끊겼습니다. 쓰던 뷰는 그대로입니다. 다시 실행하면 이어 갑니다.',
    en: 'Interrupted. The view in use is as it was; run it again to go on.',
  });
}
