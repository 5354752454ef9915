import type { Command } from 'commander';
import { withStorage } from '../storage.js';
import { EXIT, inWords, tell, type ExitCode } from '../terminal.js';

/** `sajeon migrate`: brings the tables of the views up to date. The servers do so when they start; this does it beforehand. */
export function migrateCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('migrate')
    .summary(inWords({ ko: '조회용 표를 최신 모양으로 바꾼다', en: 'bring the tables of the views up to date' }, ' · '))
    .description(
      inWords({
        ko: '조회용 표를 최신 모양으로 바꾼다. 서버도 켜질 때 스스로 한다. 여러 번, 여럿이 함께 실행해도 된다.',
        en: 'Brings the tables of the views up to date. Servers do this when they start. Safe to run any number of times, also at once.',
      }),
    )
    .action(async () => {
      await withStorage(async (storage) => {
        const { migrate } = await import('@sajeon/read-models');
        const done = await migrate(storage.database);
        for (const name of done) process.stdout.write(`${name}\n`);
        tell(
          done.length === 0
            ? { ko: `이미 최신입니다. ${storage.describe()}`, en: `Already up to date. ${storage.describe()}` }
            : {
                ko: `${done.length}개를 적용했습니다. ${storage.describe()}`,
                en: `Applied ${done.length}. ${storage.describe()}`,
              },
        );
      });
      finish(EXIT.ok);
    });
}
