#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { callCommand } from './commands/call.js';
import { clockCommand } from './commands/clock.js';
import { demoCommand } from './commands/demo.js';
import { eligibilityCommand } from './commands/eligibility.js';
import { explainCommand } from './commands/explain.js';
import { evidenceCommand } from './commands/export-evidence.js';
import { exportCommand } from './commands/export-log.js';
import { firstAdminCommand } from './commands/first-admin.js';
import { importCommand } from './commands/import-systems.js';
import { logCommand } from './commands/log.js';
import { migrateCommand } from './commands/migrate.js';
import { rebuildCommand } from './commands/rebuild.js';
import { overlapCommand } from './commands/overlap.js';
import { replayCommand } from './commands/replay.js';
import { rulesCommand } from './commands/rules.js';
import { screenCommand } from './commands/screen.js';
import { serveCommand } from './commands/serve.js';
import { tokenCommand } from './commands/token.js';
import { vaultCommand } from './commands/vault.js';
import { verifyCommand } from './commands/verify.js';
import { EXIT, inWords, reportFailure } from './terminal.js';

let exitCode: number = EXIT.ok;
const finish = (code: number) => {
  exitCode = code;
};
const wholeNumber = (text: string) => {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError(inWords({ ko: '1 이상의 정수여야 합니다.', en: 'It must be a whole number from 1.' }, ' '));
  return Number(text);
};

const program = new Command('sajeon')
  .description(
    inWords({
      ko: '사전협의: 공공 정보화사업이 같은 소프트웨어에 두 번 돈을 쓰지 않도록, 계획을 기존 시스템과 견주고 검토의 모든 걸음을 기록한다.',
      en: 'Pre-consultation of public informatization projects, so that the same public software is not paid for twice: plans are compared with existing systems, and every step of the review is on record.',
    }),
  )
  .version('0.1.0')
  .showHelpAfterError(inWords({ ko: '(--help로 쓰는 법을 볼 수 있습니다)', en: '(--help shows how to use it)' }, ' '))
  .exitOverride()
  .addHelpText(
    'after',
    inWords({
      ko: `
종료 코드: 0 정상 · 1 입력에 문제가 있거나 거절됨 · 2 명령을 잘못 씀 · 3 저장소에 연결할 수 없음
언어: SAJEON_LANG 또는 LANG (ko, en). 자세한 오류: DEBUG=1`,
      en: `
Exit codes: 0 fine · 1 problems in the input, or refused · 2 wrong usage · 3 the store cannot be reached
Language: SAJEON_LANG or LANG (ko, en). Details of an error: DEBUG=1`,
    }),
  );

screenCommand(program, finish, wholeNumber);
importCommand(program, finish);
replayCommand(program, finish);
clockCommand(program, finish);
eligibilityCommand(program, finish);
rulesCommand(program, finish);
serveCommand(program, finish);
demoCommand(program, finish);
rebuildCommand(program, finish);
migrateCommand(program, finish);
firstAdminCommand(program, finish);
vaultCommand(program, finish);
explainCommand(program, finish);
overlapCommand(program, finish);
evidenceCommand(program, finish);
verifyCommand(program, finish);
tokenCommand(program, finish);
callCommand(program, finish);
logCommand(program, finish);
exportCommand(program, finish);

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  // Commander has already said what is wrong, or shown the help that was asked for.
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else exitCode = reportFailure(error);
}
process.exitCode = exitCode;
