import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Principal } from '@sajeon/access';
import type { RowProblem, TableFormat } from '@sajeon/documents';
import type { SystemEntry, SystemLevel } from '@sajeon/domain';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, progress, table, tell, word, type ExitCode } from '../terminal.js';
import { importDocumentNumbers } from './import-document-numbers.js';
import { tableFormat } from './screen.js';

interface ImportFlags {
  readonly format?: TableFormat;
  readonly level?: SystemLevel;
  readonly dryRun?: true;
  readonly skipBadRows?: true;
  readonly errors?: string;
  readonly json?: true;
  readonly person: string;
  readonly agency: string;
}

interface GoodRow {
  readonly line: number;
  readonly system: string;
  readonly entry: SystemEntry;
}
type BadRow = RowProblem & { readonly line: number };

/** What a row comes to, as the domain decides it. */
type Outcome = 'registered' | 'corrected' | 'unchanged';

/** How many systems are written at once: the store commits many appends together. */
const AT_ONCE = 32;
/** Faults shown on the screen; `--errors` has all of them. */
const SHOWN = 20;

/**
 * `sajeon import systems FILE`: every row as a command through the write side. The whole file is read, and every row put to the domain,
 * before the first row is written; a file with faults is not imported at all.
 */
export function importCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  const importing = program
    .command('import')
    .summary(inWords({ ko: '기존 시스템 목록, 이전 문서번호를 들여온다', en: 'import an inventory, or earlier numbers' }, ' · '))
    .description(inWords({ ko: '파일을 들여온다.', en: 'Imports files.' }));
  importDocumentNumbers(importing, finish);
  importing
    .command('systems')
    .summary(inWords({ ko: '기존 시스템 목록(JSONL, CSV)', en: 'existing systems from JSONL or CSV' }, ' · '))
    .description(
      inWords({
        ko: '기존 시스템 목록을 등록한다. 파일 전체를 먼저 검사하고, 잘못된 행이 하나라도 있으면 아무것도 등록하지 않는다. 같은 파일을 다시 들여와도 바뀌는 것이 없고, 달라진 행만 정정된다.',
        en: 'Registers existing systems. The whole file is checked first; with a single bad row nothing is imported. Importing a file again changes nothing; rows that differ are corrected.',
      }),
    )
    .argument('<file>', inWords({ ko: 'JSONL 또는 CSV(UTF-8, CP949)', en: 'JSONL or CSV (UTF-8, CP949)' }))
    .option('--dry-run', inWords({ ko: '검사만 하고 등록하지 않는다', en: 'check only, write nothing' }))
    .option(
      '--skip-bad-rows',
      inWords({ ko: '잘못된 행을 빼고 나머지를 등록한다', en: 'leave bad rows out and import the rest' }),
    )
    .option('--errors <file>', inWords({ ko: '잘못된 행을 CSV로 적을 파일', en: 'write the faults to this CSV file' }))
    .option(
      '--format <jsonl|csv>',
      inWords({ ko: '형식(내용으로 알 수 없을 때)', en: 'format, when the content does not show it' }),
      tableFormat,
    )
    .option('--level <level>', inWords({ ko: '기관구분이 없는 행의 기관구분', en: 'level of rows that state none' }), systemLevel)
    .option(
      '--person <id>',
      inWords({ ko: '기록에 남을 사람(가명 식별자)', en: 'pseudonymous id of who imports, for the record' }),
      'operator',
    )
    .option('--agency <id>', inWords({ ko: '기록에 남을 기관', en: 'agency that imports, for the record' }), 'mois')
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .addHelpText(
      'after',
      inWords({
        ko: `
예:
  sajeon import systems 시스템목록.csv --dry-run
  sajeon import systems 시스템목록.csv --errors 오류.csv
  sajeon import systems sample/real-cases.jsonl

CSV의 첫 줄은 열 이름: 시스템명(사업명), 기관, 기관구분, 연도, 목적, 기능, 이용자, 데이터, 기술, 설명, 출처, 관리번호(id).
id가 없는 행은 기관과 이름에서 만든 식별자를 쓴다. kind가 project인 행은 시스템이 아니므로 건너뛴다.
도중에 끊겼으면 같은 명령을 다시 실행하면 된다. 이미 등록된 행은 그대로 둔다.
종료 코드: 0 모두 됨 · 1 잘못된 행이 있음 · 2 명령을 잘못 씀 · 3 저장소에 연결할 수 없음`,
        en: `
Examples:
  sajeon import systems systems.csv --dry-run
  sajeon import systems systems.csv --errors errors.csv
  sajeon import systems sample/real-cases.jsonl

The first line of a CSV names the columns: title, agency, level, year, purpose, functions, users, data, tech, text, source, id.
A row without an id gets one made of agency and title. Rows of kind project are no systems and are passed over.
After an interruption run the same command again: rows that are registered stay as they are.
Exit codes: 0 all done · 1 there are bad rows · 2 wrong usage · 3 the store cannot be reached`,
      }),
    )
    .action(async (file: string, flags: ImportFlags) => finish(await importSystems(file, flags)));
}

const LEVELS: readonly SystemLevel[] = ['central', 'metropolitan', 'local', 'public', 'joint'];

function systemLevel(text: string): SystemLevel {
  const level = LEVELS.find((known) => known === text);
  if (level) return level;
  throw new CommandFailed(EXIT.usage, {
    ko: `기관구분은 ${LEVELS.join(', ')} 가운데 하나입니다.`,
    en: `A level is one of ${LEVELS.join(', ')}.`,
  });
}

async function importSystems(file: string, flags: ImportFlags): Promise<ExitCode> {
  const { good, bad, projects } = await readWhole(file, flags);
  // Without a good row there is nothing to ask the store.
  const { refused, counts } =
    good.length === 0 || (bad.length > 0 && !flags.skipBadRows && !flags.dryRun)
      ? { refused: [], counts: null }
      : await withStorage(async (storage) => {
          const { Decisions, SYSTEM_ENTRY } = await import('@sajeon/decisions');
          const decisions = new Decisions(storage.events);
          const principal: Principal = { person: flags.person, agency: flags.agency, roles: ['administrator'] };
          const at = new Date().toISOString();
          const commandFor = ({ system, entry }: GoodRow) =>
            ({
              type: 'record-system-entry',
              data: { system, entry, at, by: { person: flags.person, agency: flags.agency } },
            }) as const;

          const outcomes = new Map<GoodRow, Outcome>();
          const refusals: BadRow[] = [];
          const checking = progress(word('검사', 'checking'), good.length);
          await inParallel(good, async (row) => {
            try {
              const { state } = await decisions.load(SYSTEM_ENTRY, row.system);
              const decided = SYSTEM_ENTRY.decider.decide(commandFor(row), state);
              outcomes.set(row, decided.length === 0 ? 'unchanged' : state === null ? 'registered' : 'corrected');
            } catch (error) {
              refusals.push(refusal(row, error));
            }
            checking.step();
          });
          checking.done();
          const writes = !flags.dryRun && (refusals.length === 0 || flags.skipBadRows);
          if (writes) {
            const changes = good.filter((row) => outcomes.has(row) && outcomes.get(row) !== 'unchanged');
            const writing = progress(word('등록', 'importing'), changes.length);
            await inParallel(changes, async (row) => {
              await decisions.execute(SYSTEM_ENTRY, row.system, commandFor(row), { commandId: randomUUID(), principal });
              writing.step();
            });
            writing.done();
          }
          const count = (outcome: Outcome) => [...outcomes.values()].filter((one) => one === outcome).length;
          return {
            refused: refusals,
            counts:
              writes || flags.dryRun
                ? { registered: count('registered'), corrected: count('corrected'), unchanged: count('unchanged') }
                : null,
          };
        });

  const faults = [...bad, ...refused].sort((a, b) => a.line - b.line);
  const badLines = new Set(faults.map((fault) => fault.line)).size;
  if (flags.errors !== undefined) await writeFile(flags.errors, faultsAsCsv(faults));
  const imported = counts !== null && !flags.dryRun;
  const report = {
    imported,
    dryRun: flags.dryRun === true,
    registered: 0,
    corrected: 0,
    unchanged: 0,
    ...counts,
    refused: badLines,
    projects,
  };
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...report, faults }, null, 2)}\n`);
  else {
    if (faults.length > 0) process.stdout.write(`${faultsInPrint(faults)}\n`);
    tellOutcome(report, flags.errors);
  }
  return faults.length > 0 ? EXIT.problems : EXIT.ok;
}

async function readWhole(file: string, flags: ImportFlags): Promise<{ good: GoodRow[]; bad: BadRow[]; projects: number }> {
  const { readInventory } = await import('@sajeon/documents');
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  let projects = 0;
  const source = file === '-' ? process.stdin : file;
  for await (const row of readInventory(source, {
    ...(flags.format && { format: flags.format }),
    ...(flags.level && { level: flags.level }),
  })) {
    if ('problem' in row) bad.push({ line: row.line, ...row.problem });
    else if ('skipped' in row) projects++;
    else good.push(row);
  }
  if (good.length + bad.length + projects === 0) {
    throw new CommandFailed(EXIT.problems, { ko: '파일에 행이 하나도 없습니다.', en: 'The file has no rows.' });
  }
  return { good, bad, projects };
}

/** A refusal of the domain is a fault of the row; anything else is a failure of the import. */
function refusal(row: GoodRow, error: unknown): BadRow {
  if (!(error instanceof Error && 'code' in error && 'text' in error)) throw error;
  // DomainError by its shape: loaded lazily, the class is not at hand here.
  const { code, text, pointer } = error as unknown as { code: string; text: RowProblem['message']; pointer?: string };
  return { line: row.line, code, pointer: (pointer ?? '').replace(/^\/entry/, ''), message: text };
}

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function faultsInPrint(faults: readonly BadRow[]): string {
  const rows = faults.slice(0, SHOWN).map((fault) => [String(fault.line), fault.pointer, inWords(fault.message), fault.code]);
  return table(
    [word('행', 'Line'), word('칸', 'Field'), word('무엇이 잘못됐나', 'What is wrong'), word('코드', 'Code')],
    [8, 16, { share: 1 }, 22],
    rows,
  );
}

function faultsAsCsv(faults: readonly BadRow[]): string {
  // A cell that a spreadsheet would take for a formula is kept text by an apostrophe; the mark at the start tells Excel that this is UTF-8.
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = faults.map(({ line, pointer, code, message }) =>
    [String(line), pointer, code, message.ko, message.en].map(cell).join(','),
  );
  return `\uFEFF${['행,칸,코드,설명,explanation', ...rows].join('\r\n')}\r\n`;
}

function tellOutcome(
  report: {
    imported: boolean;
    dryRun: boolean;
    registered: number;
    corrected: number;
    unchanged: number;
    refused: number;
    projects: number;
  },
  errors: string | undefined,
): void {
  const { registered, corrected, unchanged, refused, projects } = report;
  const counts = {
    ko: `신규 ${registered} · 정정 ${corrected} · 그대로 ${unchanged} · 거절 ${refused} · 시스템이 아님(사업) ${projects}`,
    en: `registered ${registered} · corrected ${corrected} · unchanged ${unchanged} · refused ${refused} · not systems (projects) ${projects}`,
  };
  if (report.imported) tell({ ko: `들여왔습니다. ${counts.ko}`, en: `Imported. ${counts.en}` });
  else if (report.dryRun)
    tell({ ko: `검사만 했습니다(등록하지 않음). ${counts.ko}`, en: `Checked only, nothing written. ${counts.en}` });
  else if (refused > 0) {
    tell({
      ko: `잘못된 행이 ${refused}개 있어 아무것도 등록하지 않았습니다. 고쳐서 다시 하거나 --skip-bad-rows로 나머지만 등록하십시오.`,
      en: `${refused} bad rows: nothing was imported. Mend them and try again, or import the rest with --skip-bad-rows.`,
    });
  } else tell({ ko: `등록할 시스템이 없습니다. ${counts.ko}`, en: `There is no system to import. ${counts.en}` });
  if (refused > 0) {
    if (errors === undefined)
      tell({ ko: '--errors FILE을 붙이면 모든 오류를 CSV로 받습니다.', en: 'With --errors FILE all faults go to a CSV file.' });
    else tell({ ko: `오류 목록: ${errors}`, en: `Faults: ${errors}` });
  }
}
