import type { Command } from 'commander';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, tell, type ExitCode } from '../terminal.js';

/** `sajeon first-admin`: somebody who can sign in and grant roles to everybody else. Also the way back in when the last password is lost. */
export function firstAdminCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('first-admin')
    .summary(inWords({ ko: '첫 관리자를 만든다', en: 'make the first administrator' }, ' · '))
    .description(
      inWords({
        ko: '관리자 권한을 가진 이용자와 그 계정을 만들고, 처음 쓸 비밀번호를 한 번 알려 준다. 저장소를 열 수 있는 사람만 할 수 있다.',
        en: 'Makes a user with the role of administrator and an account, and tells the first password once. Only who can open the store can do it.',
      }),
    )
    .requiredOption('--login <login>', inWords({ ko: '아이디', en: 'login' }))
    .requiredOption('--agency <id>', inWords({ ko: '기관 코드', en: 'id of the agency' }))
    .option('--user <id>', inWords({ ko: '가명 번호(기본 admin-아이디)', en: 'pseudonymous id, admin-LOGIN unless given' }))
    .action(async ({ login, agency, user }: { readonly login: string; readonly agency: string; readonly user?: string }) => {
      if (!/^[a-z0-9][a-z0-9._-]{2,63}$/.test(login)) {
        throw new CommandFailed(EXIT.usage, {
          ko: '아이디는 영문 소문자·숫자·. _ - 로 3자 이상입니다.',
          en: 'A login has at least 3 of: small letters, digits, . _ -',
        });
      }
      const { password, until } = await withStorage(async (storage) => {
        const { createFirstUsers } = await import('@sajeon/identity');
        const { users, close } = await createFirstUsers(storage);
        try {
          return await users.administrator(user ?? `admin-${login.replace(/[._]/g, '-')}`, login, agency);
        } finally {
          await close();
        }
      });
      process.stdout.write(`${password}\n`);
      tell({
        ko: `아이디 ${login}로 로그인하고 비밀번호를 바꾸십시오. 위의 비밀번호는 다시 볼 수 없고 ${inSeoul(until)}까지만 쓸 수 있습니다.`,
        en: `Sign in as ${login} and change the password. It is not shown again, and counts until ${until}.`,
      });
      finish(EXIT.ok);
    });
}

function inSeoul(instant: string): string {
  return new Date(instant).toLocaleString('ko-KR', { timeZone: 'Asia/Seoul', dateStyle: 'long', timeStyle: 'short' });
}
