import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { CommandFailed, EXIT, inWords } from '../terminal.js';

interface ServeFlags {
  readonly port?: string;
  readonly withoutWorker?: true;
  readonly workerOnly?: true;
  readonly sample: boolean;
}

/** `sajeon serve`: the HTTP server with the worker in one process, or the worker alone. This process only stands in front of it. */
export function serveCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('serve')
    .summary(inWords({ ko: '서버를 켠다', en: 'run the server' }, ' · '))
    .description(
      inWords({
        ko: '웹 서버와 작업자(조회 화면 갱신, 자동 절차)를 한 프로세스로 켠다. 멈추려면 Ctrl+C.',
        en: 'Runs the HTTP server together with the worker (views, automatic steps) in one process. Ctrl+C stops it.',
      }),
    )
    .option('-p, --port <port>', inWords({ ko: '포트(기본 3000)', en: 'port, 3000 unless given' }))
    .option('--without-worker', inWords({ ko: '작업자 없이 HTTP만', en: 'HTTP only; workers run elsewhere' }))
    .option(
      '--no-sample',
      inWords({ ko: '처음 켤 때 예시 자료를 넣지 않는다', en: 'do not load the sample into a new installation' }),
    )
    .option('--worker-only', inWords({ ko: '작업자만', en: 'the worker only' }))
    .addHelpText(
      'after',
      inWords({
        ko: `
저장소는 환경 변수만으로 정한다:
  (없음)             내장 PostgreSQL, .sajeon 폴더(SAJEON_HOME)
  DATABASE_URL       그 PostgreSQL
  + KURRENTDB_URL    사건은 KurrentDB, 조회는 PostgreSQL`,
        en: `
Where things are kept is decided by the environment alone:
  (nothing set)      an embedded PostgreSQL in .sajeon (SAJEON_HOME)
  DATABASE_URL       that PostgreSQL
  + KURRENTDB_URL    events in KurrentDB, views in PostgreSQL`,
      }),
    )
    .action(async (flags: ServeFlags) => {
      if (flags.withoutWorker && flags.workerOnly) {
        throw new CommandFailed(EXIT.usage, {
          ko: '--without-worker와 --worker-only는 함께 쓸 수 없습니다.',
          en: '--without-worker and --worker-only exclude each other.',
        });
      }
      finish(
        await runApplication(flags.workerOnly ? 'worker' : 'api', [], {
          ...(flags.port === undefined ? {} : { PORT: flags.port }),
          ...(flags.workerOnly ? {} : { SAJEON_WORKER: flags.withoutWorker ? 'none' : 'inline' }),
          // A production installation is never filled with examples.
          ...(flags.sample && process.env['NODE_ENV'] !== 'production' ? { SAJEON_SAMPLE: 'yes' } : {}),
        }),
      );
    });
}

/**
 * Runs the built application of that name as a process of its own and gives its exit code. Signals are passed on, so that stopping this
 * process stops that one in good order; if this one is killed outright the other notices (`stop-with-parent`). An application that ended
 * by the signal it was sent has done as it was told (0); of any other signal it died (128 + its number, as a shell would say).
 */
export async function runApplication(
  name: 'api' | 'worker',
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const main = fileURLToPath(new URL(`../../../${name}/src/main.js`, import.meta.url));
  if (!existsSync(main)) {
    throw new CommandFailed(EXIT.usage, {
      ko: `빌드되지 않았습니다: ${main}. npm run build`,
      en: `Not built: ${main}. Run npm run build.`,
    });
  }
  const leash = new URL('../stop-with-parent.js', import.meta.url).href;
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', leash, main, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  });
  // Whoever started this process may wait for the address that the server announces.
  child.on('message', (message) => process.send?.(message));
  const asked = new Set<NodeJS.Signals>();
  const passOn = (signal: NodeJS.Signals) => {
    asked.add(signal);
    // Ctrl+C reaches every process of the terminal: passed on as well it would come twice, and the second one cuts the stopping short.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, passOn);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? (signal && !asked.has(signal) ? 128 + constants.signals[signal] : 0)));
    });
  } finally {
    for (const signal of signals) process.off(signal, passOn);
  }
}
