import type { Command } from 'commander';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, tell, type ExitCode } from '../terminal.js';

interface MigrateFlags {
  readonly runtimeRole?: string;
  readonly print?: true;
}

/** `sajeon migrate`: brings the tables of every part up to date, as their owner, and gives the role that the service runs as its rights. */
export function migrateCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('migrate')
    .summary(
      inWords({ ko: '데이터베이스의 표를 최신 모양으로 바꾼다', en: 'bring the tables of the database up to date' }, ' · '),
    )
    .description(
      inWords({
        ko: '데이터베이스의 표를 최신 모양으로 바꾼다. 소유자의 DATABASE_URL로 실행한다. 여러 번, 여럿이 함께 실행해도 된다. --runtime-role을 주면 서비스가 쓸 역할에 필요한 권한만 준다: 기록을 읽고 보탤 수 있을 뿐, 고치거나 지우거나 표를 바꿀 수 없다. 한 번 준 역할에는 다음 migrate가 알아서 다시 준다.',
        en: 'Brings the tables of the database up to date; run it with DATABASE_URL of their owner, any number of times, also at once. With --runtime-role it gives the role that the service runs as what it needs and nothing else: it may read the record and add to it, and neither change nor delete it, nor alter tables. Later runs renew the rights of such roles by themselves.',
      }),
    )
    .option('--runtime-role <role>', inWords({ ko: '서비스가 쓸 역할', en: 'role that the service runs as' }))
    .option(
      '--print',
      inWords({ ko: '권한을 주지 않고 SQL 문만 보여 준다', en: 'print the SQL statements instead of performing them' }),
    )
    .action(async ({ runtimeRole, print }: MigrateFlags) => {
      if (print === true && runtimeRole === undefined) {
        throw new CommandFailed(EXIT.usage, {
          ko: '--print는 --runtime-role과 함께 씁니다.',
          en: '--print goes with --runtime-role.',
        });
      }
      await withStorage(async (storage) => {
        const { allowRuntimeRole, prepareDatabase, rightsOf } = await import('@sajeon/operations');
        const { database, mode } = storage;
        const done = await prepareDatabase(database, mode);
        for (const name of done) process.stdout.write(`${name}\n`);
        tell(
          done.length === 0
            ? { ko: `이미 최신입니다. ${storage.describe()}`, en: `Already up to date. ${storage.describe()}` }
            : {
                ko: `${done.length}개를 적용했습니다. ${storage.describe()}`,
                en: `Applied ${done.length}. ${storage.describe()}`,
              },
        );
        if (runtimeRole === undefined) return;
        if (print === true) {
          for (const statement of await rightsOf(database, runtimeRole)) process.stdout.write(`${statement};\n`);
          return;
        }
        await allowRuntimeRole(database, runtimeRole);
        tell({
          ko: `역할 ${runtimeRole}에 서비스가 쓸 권한을 주었습니다.`,
          en: `The role ${runtimeRole} has the rights that the service needs.`,
        });
      });
      finish(EXIT.ok);
    });
}
