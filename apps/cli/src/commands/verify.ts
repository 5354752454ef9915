import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { CommandFailed, EXIT, inWords } from '../terminal.js';

/**
 * `sajeon verify FILE --key KEYFILE`: runs `tools/verify.mjs`, the very file that an auditor can take away and run alone, so that
 * there is no other opinion in here. Its exit codes are its own: 0 verified, 1 broken, 2 cannot tell.
 */
export function verifyCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('verify')
    .summary(inWords({ ko: '증거 묶음을 검증한다', en: 'verify an evidence bundle' }, ' · '))
    .description(
      inWords({
        ko: '증거 묶음이나 접수 증명(.tlog-proof)을 서버도 데이터베이스도 없이 검증한다. 공개키는 묶음이 아닌 다른 곳에서 받아야 한다.',
        en: 'Verifies evidence bundles or receipt proofs (.tlog-proof) without server or database. The public key must come from elsewhere than the bundle.',
      }),
    )
    .argument('<file...>', inWords({ ko: '증거 묶음', en: 'evidence bundles' }))
    .option('-k, --key <file>', inWords({ ko: '로그의 공개키 파일', en: "file with the log's public key" }))
    .option(
      '--earlier <file>',
      inWords({
        ko: '전에 받아 둔 체크포인트: 거기서 이어지는지 본다',
        en: 'a checkpoint kept from before: is this the same log?',
      }),
    )
    .option('--json', inWords({ ko: '파일마다 JSON 한 줄', en: 'one line of JSON for each file' }))
    .addHelpText(
      'after',
      inWords({
        ko: `
종료 코드: 0 확인됨 · 1 훼손됨(위치와 까닭을 말한다) · 2 판단 불가
같은 일을 하는 독립된 프로그램: tools/verify.mjs (Node만), tools/verify.py (Python만)`,
        en: `
Exit codes: 0 verified · 1 broken (it says where and why) · 2 cannot tell
The same as programs that stand alone: tools/verify.mjs (needs Node only), tools/verify.py (needs Python only)`,
      }),
    )
    .action(async (files: readonly string[], flags: { key?: string; earlier?: string; json?: true }) => {
      const options = [
        ...(flags.key === undefined ? [] : ['--key', flags.key]),
        ...(flags.earlier === undefined ? [] : ['--earlier', flags.earlier]),
        ...(flags.json ? ['--json'] : []),
      ];
      // The verifier takes what begins with two dashes for an option; such a file is still a file here.
      finish(await run([...files.map((file) => (file.startsWith('-') ? `./${file}` : file)), ...options]));
    });
}

async function run(args: readonly string[]): Promise<number> {
  // From dist/apps/cli/src/commands as well as from apps/cli/src/commands: the first folder upwards that has it.
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'tools', 'verify.mjs'))) {
    if (dirname(folder) === folder) {
      throw new CommandFailed(EXIT.usage, { ko: 'tools/verify.mjs가 없습니다.', en: 'tools/verify.mjs is missing.' });
    }
    folder = dirname(folder);
  }
  const child = spawn(process.execPath, [join(folder, 'tools', 'verify.mjs'), ...args], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? EXIT.usage));
  });
}
