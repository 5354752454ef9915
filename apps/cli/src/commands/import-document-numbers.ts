import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Principal } from '@sajeon/access';
import type { RowProblem } from '@sajeon/documents';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, table, tell, word, type ExitCode } from '../terminal.js';

interface Flags {
  readonly dryRun?: true;
  readonly skipBadRows?: true;
  readonly json?: true;
  readonly person: string;
  readonly agency: string;
}

interface GoodRow {
  readonly line: number;
  readonly documentNumber: string;
  readonly sentOn: string | null;
  readonly note: string;
}
type BadRow = RowProblem & { readonly line: number };

/** Faults shown on the screen; `--json` has all of them. */
const SHOWN = 20;

/**
 * `sajeon import document-numbers FILE`: keeps the official numbers of letters that were sent before there was this register, so that no new
 * letter gets one of them. The whole file is read, and every row put to the domain, before the first is written.
 */
export function importDocumentNumbers(parent: Command, finish: (exitCode: ExitCode) => void): void {
  parent
    .command('document-numbers')
    .summary(inWords({ ko: '이전 통보의 문서번호(CSV)', en: 'numbers of earlier letters from CSV' }, ' · '))
    .description(
      inWords({
        ko: '이 대장이 생기기 전에 나간 통보의 문서번호를 등록해, 새 통보가 같은 번호를 쓰지 못하게 한다. 잘못된 행이나 이미 쓰인 번호가 하나라도 있으면 아무것도 등록하지 않는다. 같은 파일을 다시 들여와도 바뀌는 것이 없다.',
        en: 'Registers the numbers of letters from before this register, so that no new letter takes one. With a single bad row, or a number that is taken, nothing is imported. Importing a file again changes nothing.',
      }),
    )
    .argument('<file>', inWords({ ko: 'CSV(UTF-8, CP949): 문서번호, 통보일, 제목', en: 'CSV: documentNumber, sentOn, note' }))
    .option('--dry-run', inWords({ ko: '검사만 하고 등록하지 않는다', en: 'check only, write nothing' }))
    .option(
      '--skip-bad-rows',
      inWords({ ko: '잘못된 행을 빼고 나머지를 등록한다', en: 'leave bad rows out and import the rest' }),
    )
    .option('--person <id>', inWords({ ko: '기록에 남을 사람(가명 식별자)', en: 'pseudonymous id of who imports' }), 'operator')
    .option('--agency <id>', inWords({ ko: '기록에 남을 기관', en: 'agency that imports, for the record' }), 'mois')
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .action(async (file: string, flags: Flags) => finish(await importNumbers(file, flags)));
}

async function importNumbers(file: string, flags: Flags): Promise<ExitCode> {
  const { readDocumentNumbers } = await import('@sajeon/documents');
  const { Decisions, LETTER, letterId } = await import('@sajeon/decisions');
  const rows: GoodRow[] = [];
  const faults: BadRow[] = [];
  const lines = new Map<string, number>();
  for await (const row of readDocumentNumbers(file === '-' ? process.stdin : file)) {
    if ('problem' in row) {
      faults.push({ line: row.line, ...row.problem });
      continue;
    }
    const letter = letterId(row.documentNumber);
    const earlier = lines.get(letter);
    if (earlier === undefined) {
      lines.set(letter, row.line);
      rows.push(row);
    } else faults.push(twice(row.line, earlier));
  }
  if (rows.length + faults.length === 0) {
    throw new CommandFailed(EXIT.problems, { ko: '파일에 행이 하나도 없습니다.', en: 'The file has no rows.' });
  }
  const principal: Principal = { person: flags.person, agency: flags.agency, roles: ['administrator'] };
  const stamp = { by: { person: flags.person, agency: flags.agency }, at: new Date().toISOString() };
  const commandFor = ({ documentNumber, sentOn, note }: GoodRow) =>
    ({ type: 'register-earlier-document-number', data: { ...stamp, documentNumber, sentOn, note } }) as const;
  const fresh: GoodRow[] = [];
  let known = 0;
  let written = false;
  if (rows.length > 0) {
    await withStorage(async ({ events }) => {
      const decisions = new Decisions(events);
      for (const row of rows) {
        try {
          const { state } = await decisions.load(LETTER, letterId(row.documentNumber));
          if (LETTER.decider.decide(commandFor(row), state).length > 0) fresh.push(row);
          else known++;
        } catch (error) {
          faults.push(refusal(row, error));
        }
      }
      if (flags.dryRun || (faults.length > 0 && !flags.skipBadRows)) return;
      for (const row of fresh) {
        const letter = letterId(row.documentNumber);
        await decisions.execute(LETTER, letter, commandFor(row), { commandId: randomUUID(), principal });
      }
      written = true;
    });
  }
  faults.sort((a, b) => a.line - b.line);
  const refused = new Set(faults.map(({ line }) => line)).size;
  const report = { imported: written, dryRun: flags.dryRun === true, registered: fresh.length, unchanged: known, refused };
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...report, faults }, null, 2)}\n`);
  else {
    if (faults.length > 0) process.stdout.write(`${inPrint(faults)}\n`);
    const counts = {
      ko: `신규 ${fresh.length} · 그대로 ${known} · 거절 ${refused}`,
      en: `new ${fresh.length} · unchanged ${known} · refused ${refused}`,
    };
    if (written) tell({ ko: `등록했습니다. ${counts.ko}`, en: `Registered. ${counts.en}` });
    else tell({ ko: `아무것도 등록하지 않았습니다. ${counts.ko}`, en: `Nothing was registered. ${counts.en}` });
  }
  return faults.length > 0 ? EXIT.problems : EXIT.ok;
}

function twice(line: number, earlier: number): BadRow {
  const message = { ko: `${earlier}행과 같은 문서번호입니다.`, en: `Line ${earlier} has the same number.` };
  return { line, code: 'document-number-twice', pointer: '/documentNumber', message };
}

/** A refusal of the domain is a fault of the row; anything else is a failure of the import. */
function refusal({ line }: GoodRow, error: unknown): BadRow {
  if (!(error instanceof Error && 'code' in error && 'text' in error)) throw error;
  // DomainError by its shape: loaded lazily, the class is not at hand here.
  const { code, text, pointer } = error as unknown as { code: string; text: RowProblem['message']; pointer?: string };
  return { line, code, pointer: pointer ?? '', message: text };
}

function inPrint(faults: readonly BadRow[]): string {
  const rows = faults.slice(0, SHOWN).map(({ line, pointer, message, code }) => [String(line), pointer, inWords(message), code]);
  const head = [word('행', 'Line'), word('칸', 'Field'), word('무엇이 잘못됐나', 'What is wrong'), word('코드', 'Code')];
  return table(head, [8, 18, { share: 1 }, 26], rows);
}
