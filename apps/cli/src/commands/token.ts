import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ProcurementAuthorization } from '@sajeon/domain';
import { CommandFailed, EXIT, inWords, word, type ExitCode } from '../terminal.js';

/** `sajeon token verify FILE --key KEYFILE`: whether a procurement token is genuine, and what it says. Needs no store and no service. */
export function tokenCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  const token = program
    .command('token')
    .summary(inWords({ ko: '발주 확인 토큰', en: 'procurement tokens' }, ' · '))
    .description(
      inWords({
        ko: '어느 계획서를 어떤 조건으로 발주할 수 있는지 말하는 서명된 토큰을 확인한다.',
        en: 'Checks the signed tokens that say which plan may be ordered under which conditions.',
      }),
    );
  token
    .command('verify')
    .description(
      inWords({
        ko: '토큰의 서명을 확인하고 내용을 보여 준다. 저장소도 서비스도 필요 없다.',
        en: 'Checks the signature of a token and shows what it says, without any store or service.',
      }),
    )
    .argument('<file>', inWords({ ko: '토큰 파일', en: 'file with the token' }))
    .requiredOption(
      '--key <file>',
      inWords({ ko: '공개키 파일(한 줄에 하나)', en: 'file with the public keys, one a line (GET /v1/procurement-tokens/keys)' }),
    )
    .option(
      '--plan <sha256>',
      inWords({ ko: '이 계획서를 발주할 수 있는지도 본다', en: 'whether this very plan may be ordered' }),
    )
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .addHelpText(
      'after',
      inWords({
        ko: `
종료 코드: 0 진짜임 · 1 서명이 맞지 않거나 그 계획서의 토큰이 아님 · 2 판단 불가(파일이 없거나 토큰·키가 아님)`,
        en: `
Exit codes: 0 genuine · 1 not signed by this key, or not about that plan · 2 cannot tell (no such file, no token, no key)`,
      }),
    )
    .action(async (file: string, flags: { key: string; plan?: string; json?: true }) => finish(await verify(file, flags)));
}

async function verify(file: string, flags: { key: string; plan?: string; json?: true }): Promise<ExitCode> {
  const { parseNote, parseVerifierKey, signersOf } = await import('@sajeon/audit');
  const { readTokenText } = await import('@sajeon/domain');
  const [token, published] = await Promise.all([readable(file), readable(flags.key)]);
  const { note, keys, says } = told(() => {
    const parsed = parseNote(token);
    const lines = published.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0) throw new Error('no key');
    return { note: parsed, keys: lines.map(parseVerifierKey), says: readTokenText(parsed.text) };
  });
  const signers = signersOf(note, keys).map(({ name }) => name);
  const plan = flags.plan;
  const covered = plan === undefined || says.plans.some(({ hash }) => hash === plan);
  const genuine = signers.length > 0;
  if (flags.json) process.stdout.write(`${JSON.stringify({ genuine, signers, covered, says }, null, 2)}\n`);
  else process.stdout.write(`${inFull(says, signers, covered)}\n`);
  return genuine && covered ? EXIT.ok : EXIT.problems;
}

async function readable(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new CommandFailed(EXIT.usage, { ko: `읽을 수 없는 파일입니다: ${file}`, en: `Cannot read ${file}` });
  }
}

function told<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new CommandFailed(EXIT.usage, {
      ko: `토큰이나 공개키의 형식이 아닙니다: ${said}`,
      en: `Not a token, or not a public key: ${said}`,
    });
  }
}

function inFull(says: ProcurementAuthorization, signers: readonly string[], covered: boolean): string {
  const { project, agency, authority, consultation, outcome, documentNumber, notifiedOn, plans, openConditions, asOf } = says;
  const verdict =
    signers.length === 0
      ? word('가짜: 이 키로 서명되지 않았거나 내용이 바뀌었다', 'NOT GENUINE: not signed by this key, or altered')
      : word(`진짜: ${signers.join(', ')}이(가) 서명함`, `genuine: signed by ${signers.join(', ')}`);
  return [
    verdict,
    ...(covered ? [] : [word('물어본 계획서의 토큰이 아니다', 'The token is not about the plan asked for')]),
    `${word('사업', 'project')}: ${project} (${agency.name})`,
    `${word('협의', 'consultation')}: ${consultation}, ${authority.name}, ${documentNumber}, ${notifiedOn}, ${outcome}`,
    ...plans.map(
      ({ version, hash }) =>
        `${word('발주할 수 있는 계획서', 'may be ordered')}: ${word(`${version}판`, `version ${version}`)} ${hash}`,
    ),
    ...openConditions.map(
      ({ number, text, dueOn }) =>
        `${word('남은 조건', 'open condition')} ${number}: ${text}${dueOn === null ? '' : ` (~ ${dueOn})`}`,
    ),
    `${word('기록 위치', 'as of log position')}: ${asOf}`,
  ].join('\n');
}
