import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import type { FileSource, TableFormat } from '@sajeon/documents';
import { eventsBy, type Message } from '@sajeon/domain';
import type { Candidate, Facet, OverlapFinding, RelationSuggestion } from '@sajeon/overlap';
import { momentOf } from '../moment.js';
import { differencesInPrint, keyInPrint, recomputedScreenings, verdictCode } from '../recomputation.js';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, table, tell, word, type ExitCode } from '../terminal.js';

interface Wanted {
  readonly format?: TableFormat;
  readonly limit: number;
  readonly all?: true;
  readonly json?: true;
}
interface ScreenFlags extends Wanted {
  readonly inventory?: string;
  readonly asOf?: string;
}

/** A row of the inventory that could not be compared. */
interface Unread {
  readonly line: number;
  readonly code: string;
  readonly pointer: string;
  readonly message: { readonly ko: string; readonly en: string };
}

/**
 * `sajeon screen PLAN --inventory FILE`: the comparison alone, without server or database. Positions are line numbers of the inventory.
 * Every row of the file is compared, whatever its kind: whoever gives the file by hand decides what is in it.
 *
 * `sajeon screen CASE --as-of MOMENT`: the finding that was in force in a case then, computed again from the log.
 */
export function screenCommand(
  program: Command,
  finish: (exitCode: ExitCode) => void,
  wholeNumber: (text: string) => number,
): void {
  program
    .command('screen')
    .summary(inWords({ ko: '사업계획 하나를 목록과 견주어 중복을 찾는다', en: 'compare one plan with an inventory' }, ' · '))
    .description(
      inWords({
        ko: '사업계획 하나를 기존 시스템 목록과 견주어 겹치는 순서대로 근거와 함께 보여 준다. 서버도 데이터베이스도 필요 없다.\n목록 대신 사건 번호를 적으면, 그때(--as-of) 유효하던 기록된 검색 결과를 그날의 엔진·동의어·목록으로 다시 계산해 같으면 REPRODUCED, 다르면 DIVERGED와 다른 곳을 보여 준다.',
        en: 'Compares one project plan with an inventory of existing systems and shows what overlaps, best first, with the passages that say so. Needs no server and no database.\nWith the id of a case and no inventory: computes the recorded finding that was in force then (--as-of) again, with the engine, thesaurus and inventory of its day, and says REPRODUCED, or DIVERGED and where.',
      }),
    )
    .argument(
      '<plan|case>',
      inWords({
        ko: '사업계획: JSON, JSONL의 첫 행, txt, md. -는 표준 입력. 목록 없이는 사건 번호',
        en: 'the plan: JSON, first row of JSONL, txt or md; - is standard input. Without an inventory the id of a case',
      }),
    )
    .option(
      '-i, --inventory <file>',
      inWords({ ko: '기존 시스템 목록: JSONL 또는 CSV', en: 'the existing systems: JSONL or CSV' }),
    )
    .option(
      '--format <jsonl|csv>',
      inWords({ ko: '목록의 형식(내용으로 알 수 없을 때)', en: 'format of the inventory, when its content does not show it' }),
      tableFormat,
    )
    .option(
      '--as-of <line|moment>',
      inWords({
        ko: '목록의 그 행까지만 있던 것으로. 사건이면 로그 위치, 날짜 또는 시각(RFC 3339)',
        en: 'as if the inventory had ended with that line; with a case a log position, a day or an instant (RFC 3339)',
      }),
    )
    .option('-n, --limit <n>', inWords({ ko: '후보 수', en: 'how many candidates' }), wholeNumber, 10)
    .option('--all', inWords({ ko: '후보를 모두', en: 'every candidate' }))
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .addHelpText(
      'after',
      inWords({
        ko: `
예:
  sajeon screen 계획.json --inventory 시스템목록.csv
  head -n 1 sample/real-cases.jsonl | sajeon screen - -i sample/egov-roadmap.jsonl --limit 5
  sajeon screen 계획.txt -i sample/real-cases.jsonl --json | jq '.candidates[0]'
  sajeon screen sample-case-014 --as-of 2026-11-30

사건을 다시 계산할 때의 종료 코드: 0 같음 · 1 다름 · 2 다시 계산할 수 없음(그날의 엔진이 이 판에 없음)

계획의 JSON은 title/agency/level/text 또는 title/purpose/functions/users/data/tech. 목록에 같은 id가 있으면 자기 자신이므로 뺀다.
확률은 제안일 뿐이며 판단은 사람이 한다.`,
        en: `
Examples:
  sajeon screen plan.json --inventory systems.csv
  head -n 1 sample/real-cases.jsonl | sajeon screen - -i sample/egov-roadmap.jsonl --limit 5
  sajeon screen plan.txt -i sample/real-cases.jsonl --json | jq '.candidates[0]'
  sajeon screen sample-case-014 --as-of 2026-11-30

Exit codes of a case: 0 reproduced · 1 diverged · 2 cannot be recomputed (this version does not have the engine of that day)

A plan in JSON has title/agency/level/text or title/purpose/functions/users/data/tech. A row of the inventory with the plan's own id is
the plan itself and is left out. A probability is a suggestion; people judge.`,
      }),
    )
    .action(async (plan: string, { inventory, asOf, ...flags }: ScreenFlags) => {
      if (inventory === undefined) finish(await recompute(plan, asOf, flags));
      else finish(await screen(plan, inventory, asOf === undefined ? undefined : lineOf(asOf), flags));
    });
}

export function tableFormat(text: string): TableFormat {
  if (text === 'jsonl' || text === 'csv') return text;
  throw new CommandFailed(EXIT.usage, { ko: '형식은 jsonl 또는 csv입니다.', en: 'The format is jsonl or csv.' });
}

function lineOf(text: string): bigint {
  if (/^[1-9]\d{0,8}$/.test(text)) return BigInt(text);
  throw new CommandFailed(EXIT.usage, {
    ko: `--as-of: 목록과 견줄 때는 목록의 행 번호(1 이상의 정수)를 적으십시오: ${text}`,
    en: `--as-of takes a line of the inventory (a whole number from 1) when there is one: ${text}`,
  });
}

/** The finding in force in a case at a moment, computed again. */
async function recompute(given: string, asOf: string | undefined, flags: Wanted): Promise<ExitCode> {
  if (given === '-' || existsSync(given) || /\.(?:jsonl?|csv|txt|md)$/i.test(given)) {
    throw new CommandFailed(EXIT.usage, {
      ko: `계획 파일 ${given}을(를) 무엇과 견줄지 --inventory <파일>로 적으십시오. 사건을 다시 계산하려면 사건 번호를 적으십시오.`,
      en: `Say with --inventory <file> what the plan ${given} is to be compared with. To recompute a case, give its id.`,
    });
  }
  const id = given.replace(/^consultation-/, '');
  const moment = asOf === undefined ? undefined : momentOf(asOf);
  const { CONSULTATION, Decisions } = await import('@sajeon/decisions');
  const { count, found } = await withStorage(async ({ events: store }) => {
    const { events } = await new Decisions(store).load(CONSULTATION, id);
    const then = moment === undefined ? events : eventsBy(events, moment, 'recorded');
    return { count: events.length, found: (await recomputedScreenings(store, then, (n, of) => n === of))[0] };
  });
  if (count === 0) {
    throw new CommandFailed(EXIT.problems, { ko: `그런 사건이 없습니다: ${id}`, en: `There is no such case: ${id}` });
  }
  if (!found) {
    throw new CommandFailed(EXIT.problems, {
      ko: moment === undefined ? `아직 검색 결과가 없습니다: ${id}` : `그때는 아직 검색 결과가 없었습니다: ${id}`,
      en: moment === undefined ? `There is no finding yet: ${id}` : `There was no finding then: ${id}`,
    });
  }
  const { screening, at, finding, verdict, divergences, missing } = found;
  if (flags.json) {
    const { engine, inventoryPosition, planHash, planVersion } = finding;
    const key = { ...engine, inventoryPosition, planVersion, planHash };
    process.stdout.write(
      `${JSON.stringify({ consultation: id, screening, at, verdict, key, divergences, missing, finding }, null, 2)}\n`,
    );
  } else {
    const lines = [
      `${verdict}  ${word('검색', 'screening')} ${screening}, ${at}`,
      ...keyInPrint(finding).map((line) => `  ${line}`),
      ...differencesInPrint(divergences, missing),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return verdictCode([verdict]);
}

async function screen(planFile: string, inventory: string, asOf: bigint | undefined, flags: Wanted): Promise<ExitCode> {
  if (planFile === '-' && inventory === '-') {
    throw new CommandFailed(EXIT.usage, {
      ko: '계획과 목록 가운데 하나만 표준 입력(-)에서 읽을 수 있습니다.',
      en: 'Only one of plan and inventory can come from standard input (-).',
    });
  }
  // Loaded here, so that `--help` and the other commands do not wait for the dictionary.
  const { readInventory, readPlan } = await import('@sajeon/documents');
  const { OverlapIndex, relationInWords } = await import('@sajeon/overlap');

  const read = await readPlan(fileOrStdin(planFile));
  if ('problems' in read) {
    for (const { pointer, message } of read.problems) {
      tell({
        ko: `${planFile} ${pointer || '전체'}: ${message.ko}`,
        en: `${planFile} ${pointer || 'as a whole'}: ${message.en}`,
      });
    }
    throw new CommandFailed(EXIT.problems, { ko: '사업계획을 읽을 수 없습니다.', en: 'The plan cannot be read.' });
  }
  const { plan, agency, id } = read;

  const index = await OverlapIndex.create();
  const unread: Unread[] = [];
  const options = { rows: 'all', level: 'joint', ...(flags.format && { format: flags.format }) } as const;
  for await (const row of readInventory(fileOrStdin(inventory), options)) {
    if ('problem' in row) unread.push({ line: row.line, ...row.problem });
    if (!('entry' in row)) continue;
    const { title, purpose, functions, users, data, technologies, text, level } = row.entry;
    index.put(
      {
        id: row.system,
        kind: 'system',
        agency: row.entry.agency,
        level,
        title,
        purpose,
        functions,
        users,
        data,
        technologies,
        text,
      },
      BigInt(row.line),
    );
  }
  if (index.size() === 0) {
    if (unread[0]) tell(inLine(unread[0]));
    throw new CommandFailed(EXIT.problems, {
      ko: '목록에 견줄 수 있는 행이 하나도 없습니다.',
      en: 'The inventory has no row that could be compared.',
    });
  }
  const { title, purpose, functions, users, data, technologies, text } = plan;
  const finding = index.screen(
    { agency, title, purpose, functions, users, data, technologies, text },
    {
      limit: flags.all ? index.size() : flags.limit,
      ...(asOf !== undefined && { asOf }),
      ...(plan.costLines && { costLines: plan.costLines }),
      ...(id !== null && { exclude: new Set([id]) }),
    },
  );

  if (flags.json) {
    const { engine, inventoryPosition, compared, threshold, judgeable, candidates, reuse = [] } = finding;
    const document = {
      engine,
      inventoryPosition,
      compared,
      unread,
      threshold,
      judgeable,
      plan: { id, title, agency },
      candidates,
      reuse,
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    process.stdout.write(inPrint(title, agency, finding, relationInWords));
  }
  if (unread.length > 0) {
    tell({
      ko: `주의: 목록의 ${unread.length}곳을 읽지 못해 견주지 않았습니다. 처음 몇 곳:`,
      en: `Warning: rows of the inventory with faults were not compared (${unread.length} faults). The first ones:`,
    });
    for (const problem of unread.slice(0, 5)) tell(inLine(problem));
  }
  return EXIT.ok;
}

function fileOrStdin(file: string): FileSource {
  return file === '-' ? process.stdin : file;
}

function inLine({ line, pointer, message }: Unread) {
  const place = pointer === '' ? '' : ` ${pointer}`;
  return { ko: `  ${line}행${place}: ${message.ko}`, en: `  line ${line}${place}: ${message.en}` };
}

/** Evidence shown of one candidate; the JSON has all of it. */
const PASSAGES = 4;

type RelationInWords = (suggestion: RelationSuggestion) => Message;

function inPrint(title: string, agency: string, finding: OverlapFinding, relationInWords: RelationInWords): string {
  const engine = Object.entries(finding.engine).map(([part, version]) => `${part} ${version}`);
  const head = [
    `${word('계획', 'Plan')}: ${title}${agency === '' ? '' : ` (${agency})`}`,
    word(
      `${finding.compared}건과 견줌 · 목록 위치 ${finding.inventoryPosition} · 표시 기준 ${percent(finding.threshold)}`,
      `compared with ${finding.compared} records · inventory position ${finding.inventoryPosition} · flagged from ${percent(finding.threshold)}`,
    ),
    ...(finding.judgeable
      ? []
      : [
          word(
            '계획의 내용이 너무 적어 판단하기 어렵습니다. 목적과 기능을 적으면 정확해집니다.',
            'The plan says too little to be judged. State its purpose and functions.',
          ),
        ]),
  ];
  if (finding.candidates.length === 0) {
    return `${head.join('\n')}\n${word('겹치는 시스템을 찾지 못했습니다.', 'No overlapping system was found.')}\n`;
  }
  const rows = finding.candidates.map((candidate, rank) => [
    String(rank + 1),
    `${percent(candidate.probability)}${candidate.flagged ? ' ●' : ''}`,
    [candidate.name, candidate.agency, candidate.id].filter((part) => part !== '').join('\n'),
    [...remarks(candidate, relationInWords), passages(candidate)].join('\n'),
  ]);
  const drawn = table(
    ['#', word('확률', 'Prob.'), word('기존 시스템', 'Existing system'), word('근거: 계획 ↔ 기존', 'Evidence: plan ↔ existing')],
    [4, 8, { share: 3 }, { share: 6 }],
    rows,
  );
  const reuse = reuseInPrint(finding).map((line) => `${line}\n`);
  return `${head.join('\n')}\n${drawn}\n${reuse.join('')}${word('● 표시 기준 이상: 사람이 확인해야 합니다. 확률은 제안입니다.', '● at or above the threshold: a person must settle it. A probability is a suggestion.')}\n${word('엔진', 'Engine')}: ${engine.join(', ')}\n`;
}

/** What the candidate may be to the plan, and that the wording is copied: proposals for a person. */
function remarks({ relation, copied, reasons }: Candidate, relationInWords: RelationInWords): readonly string[] {
  const copy = word(
    `문장의 ${percent(copied)}가 그대로 옮겨져 있습니다.`,
    `${percent(copied)} of the wording is repeated word by word.`,
  );
  return [...(reasons.includes('COPIED_TEXT') ? [copy] : []), ...(relation ? [inWords(relationInWords(relation))] : [])];
}

/** Functions that exist elsewhere, and what using them there may save. */
function reuseInPrint({ candidates, reuse = [] }: OverlapFinding): readonly string[] {
  return reuse.map(({ candidate, functions, of, saving }) => {
    const name = candidates.find(({ id }) => id === candidate)?.name ?? candidate;
    const places = functions.map((place) => place + 1).join(', ');
    const krw = (amount: number): string => amount.toLocaleString('en');
    return saving === null
      ? word(
          `기능 ${of}개 가운데 ${places}번이 ${name}에 있습니다. 절감액: 알 수 없음(계획에 산출내역이 없음).`,
          `Functions ${places} of ${of} exist in ${name}. Saving: unknown (the plan has no cost lines for them).`,
        )
      : word(
          `기능 ${of}개 가운데 ${places}번이 ${name}에 있습니다. 절감액: ${krw(saving.lowKrw)}~${krw(saving.highKrw)}원.`,
          `Functions ${places} of ${of} exist in ${name}. Saving: ${krw(saving.lowKrw)} to ${krw(saving.highKrw)} won.`,
        );
  });
}

function passages({ evidence }: Candidate): string {
  return evidence
    .slice(0, PASSAGES)
    .map(({ facet, score, plan, candidate, terms }) => {
      const shared = terms.length === 0 ? '' : ` [${terms.slice(0, 6).join(', ')}]`;
      return `${facetName(facet)} ${score.toFixed(2)} 「${short(plan.quote)}」 ↔ 「${short(candidate.quote)}」${shared}`;
    })
    .join('\n');
}

function facetName(facet: Facet): string {
  const names: Readonly<Record<Facet, readonly [string, string]>> = {
    title: ['이름', 'title'],
    purpose: ['목적', 'purpose'],
    function: ['기능', 'function'],
    data: ['데이터', 'data'],
    users: ['이용자', 'users'],
    text: ['설명', 'text'],
  };
  return word(...names[facet]);
}

function short(quote: string): string {
  const line = quote.replace(/\s+/g, ' ').trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}
