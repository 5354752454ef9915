import type { Command } from 'commander';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, tell, type ExitCode } from '../terminal.js';

const TOLD_EVERY = 500;

/** `sajeon vault reseal`: the key of the vault is exchanged for another one. */
export function vaultCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('vault')
    .summary(inWords({ ko: '금고 열쇠를 바꾼다', en: 'exchange the key of the vault' }, ' · '))
    .command('reseal')
    .summary(inWords({ ko: '옛 열쇠로 잠근 것을 새 열쇠로 다시 잠근다', en: 'seal anew what lies under the former key' }, ' · '))
    .description(
      inWords({
        ko: '개인정보 열쇠, 인증 앱의 비밀, 알림 연계의 비밀을 옛 열쇠에서 지금 열쇠(SAJEON_VAULT_KEY, SAJEON_VAULT_KEY_FILE)로 옮긴다. 서비스를 먼저 멈춘다. 도중에 끊겨도 다시 실행하면 이어서 한다.',
        en: 'Moves the keys of personal data, the secrets of authenticator apps and those of webhooks from the former key to the present one (SAJEON_VAULT_KEY, SAJEON_VAULT_KEY_FILE). Stop the service first. Interrupted, it goes on where it was when run again.',
      }),
    )
    .requiredOption('--former-key-file <file>', inWords({ ko: '옛 열쇠가 든 파일', en: 'file with the former key' }))
    .action(async ({ formerKeyFile }: { readonly formerKeyFile: string }) => {
      const { FormerKeyWrong, masterKey, MasterKeyUnusable, reseal, SEALED_SUBJECTS } = await import('@sajeon/vault');
      const { SEALED_SECOND_FACTORS } = await import('@sajeon/identity');
      const { SEALED_WEBHOOK_SECRETS } = await import('@sajeon/webhooks');
      try {
        const [former, present] = [masterKey({ SAJEON_VAULT_KEY_FILE: formerKeyFile }), masterKey()];
        if (former.equals(present)) {
          throw new CommandFailed(EXIT.usage, {
            ko: '옛 열쇠와 지금 열쇠가 같습니다. SAJEON_VAULT_KEY_FILE에 새 열쇠를 지정하고 다시 하십시오.',
            en: 'The former key and the present one are the same. Name the new one in SAJEON_VAULT_KEY_FILE.',
          });
        }
        const columns = [SEALED_SUBJECTS, SEALED_SECOND_FACTORS, ...SEALED_WEBHOOK_SECRETS];
        const { done, before, unreadable } = await withStorage(({ database }) =>
          reseal(database, columns, former, present, (what, count) => {
            if (count % TOLD_EVERY === 0) process.stderr.write(`${count} … ${what}\n`);
          }),
        );
        for (const row of unreadable) process.stdout.write(`${row}\n`);
        tell({
          ko: `${done}개를 새 열쇠로 다시 잠갔습니다. 이미 새 열쇠였던 것 ${before}개, 어느 열쇠로도 열리지 않는 것 ${unreadable.length}개.`,
          en: `${done} sealed anew; ${before} were under the new key already; ${unreadable.length} open under neither.`,
        });
        finish(unreadable.length === 0 ? EXIT.ok : EXIT.problems);
      } catch (error) {
        if (error instanceof FormerKeyWrong) {
          throw new CommandFailed(EXIT.problems, {
            ko: '옛 열쇠로 열리는 것이 하나도 없습니다. 다른 열쇠입니다. 아무것도 바꾸지 않았습니다.',
            en: 'The former key opens nothing of what is there: it is another one. Nothing was changed.',
          });
        }
        if (error instanceof MasterKeyUnusable) throw new CommandFailed(EXIT.usage, { ko: error.message, en: error.message });
        throw error;
      }
    });
}
