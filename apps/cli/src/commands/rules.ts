import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Principal } from '@sajeon/access';
import type { RuleTables } from '@sajeon/domain';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, table, tell, word, type ExitCode } from '../terminal.js';

/** `sajeon rules …`: the dated rules in the storage that the environment names, and what a draft of them would change. */
export function rulesCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  const rules = program
    .command('rules')
    .summary(inWords({ ko: '날짜가 있는 규칙', en: 'the dated rules' }, ' · '))
    .description(
      inWords({
        ko: '기준금액, 처리기한, 협의기관 같은 규칙을 보고, 고친 안을 지난 사건에 대어 보고, 개정한다.',
        en: 'Shows thresholds, deadlines, routing and the rest, tries a draft on past cases, and amends them.',
      }),
    );
  const json = ['--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' })] as const;

  rules
    .command('list')
    .description(inWords({ ko: '판마다 시행일과 근거', en: 'every version with its day and source' }))
    .option(...json)
    .action(async (flags: { json?: true }) => finish(await list(flags)));
  rules
    .command('show')
    .description(inWords({ ko: '어느 날 시행 중인 규칙', en: 'the rules in force on a day' }))
    .option('--as-of <day>', word('그날의 규칙(YYYY-MM-DD); 없으면 오늘', 'of that day (YYYY-MM-DD); today unless given'))
    .option('--table <name>', word('한 표만', 'one table only'))
    .option('--sample', word('저장소 없이, 함께 배포된 표본 규칙', 'the sample that is shipped, without a store'))
    .option(...json)
    .action(async (flags: ShowFlags) => finish(await show(flags)));
  rules
    .command('simulate')
    .description(
      inWords({
        ko: '고친 안이 지난 사업과 사건을 어떻게 바꾸었을지',
        en: 'what a draft would have changed for past projects and cases',
      }),
    )
    .argument('<file>', inWords({ ko: '규칙 표가 모두 든 JSON', en: 'JSON with every table (as `rules show --json` gives it)' }))
    .option('--on <day>', word('고친 안의 어느 날 규칙으로(YYYY-MM-DD)', 'by the draft as it is on that day (YYYY-MM-DD)'))
    .option(...json)
    .action(async (file: string, flags: { on?: string; json?: true }) => finish(await simulate(file, flags)));
  rules
    .command('amend')
    .description(inWords({ ko: '규칙을 개정한다', en: 'amends the rules' }))
    .argument('<file>', inWords({ ko: '규칙 표가 모두 든 JSON', en: 'JSON with every table' }))
    .requiredOption('--effective-from <day>', word('시행일(YYYY-MM-DD)', 'first day (YYYY-MM-DD)'))
    .requiredOption('--source <text>', word('근거', 'the law, guideline or decision that it follows'))
    .requiredOption('--person <id>', word('하는 사람(가명 번호)', 'who does it (pseudonymous id)'))
    .requiredOption('--agency <id>', word('그 사람의 기관', 'agency of that person'))
    .option('--correction <reason>', word('지난 규칙을 바로잡는 까닭', 'why a past day is corrected'))
    .option('--gaps <reason>', word('빈 날을 두는 까닭', 'why some day is left without a rule'))
    .action(async (file: string, flags: AmendFlags) => finish(await amend(file, flags)));
}

interface ShowFlags {
  readonly asOf?: string;
  readonly table?: string;
  readonly sample?: true;
  readonly json?: true;
}
interface AmendFlags {
  readonly effectiveFrom: string;
  readonly source: string;
  readonly person: string;
  readonly agency: string;
  readonly correction?: string;
  readonly gaps?: string;
}

async function list(flags: { json?: true }): Promise<ExitCode> {
  const { Decisions, NATIONAL_RULES, RULE_SET } = await import('@sajeon/decisions');
  const { state } = await withStorage(({ events }) => new Decisions(events).load(RULE_SET, NATIONAL_RULES));
  const versions = (state?.versions ?? []).map(({ content: _, ...version }) => version);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(versions, null, 2)}\n`);
    return EXIT.ok;
  }
  const rows = versions.map(({ version, effectiveFrom, sample, source }) => [
    String(version),
    effectiveFrom,
    sample ? word('표본', 'sample') : '',
    source,
  ]);
  const head = [word('판', 'version'), word('시행일', 'from'), word('표본', 'sample'), word('근거', 'source')];
  process.stdout.write(`${table(head, [9, 12, 8, { share: 1 }], rows)}\n`);
  return EXIT.ok;
}

async function show({ asOf, table: only, sample, json }: ShowFlags): Promise<ExitCode> {
  const { legalDateOf, ruleSetOn, sampleRules } = await import('@sajeon/domain');
  const on = await day('--as-of', asOf ?? legalDateOf(new Date().toISOString()));
  const book = sample ? sampleRules : await rulesOf(on);
  const { id: _, ...content } = book;
  if (only !== undefined && !Object.hasOwn(content, only)) {
    const known = Object.keys(content).join(', ');
    throw new CommandFailed(EXIT.usage, {
      ko: `그런 표가 없습니다. 표: ${known}`,
      en: `There is no such table. Tables: ${known}`,
    });
  }
  if (json) {
    // Whole tables with their history: what `simulate` and `amend` take back.
    process.stdout.write(`${JSON.stringify(content, null, 2)}\n`);
    return EXIT.ok;
  }
  const rows = Object.entries(content)
    .filter(([name]) => only === undefined || name === only)
    .flatMap(([name, rules]) =>
      (rules ?? [])
        .filter(({ from, to }) => from <= on && (to === null || on <= to))
        .map(({ id, from, to, value, source, certainty }) => [
          `${name} / ${id}`,
          `${from} ~ ${to ?? ''}`,
          JSON.stringify(value),
          `${source} (${certainty})`,
        ]),
    );
  const head = [word('규칙', 'rule'), word('시행', 'in force'), word('내용', 'what it says'), word('출처', 'source')];
  process.stdout.write(`${on} · ${ruleSetOn(book, on)}\n${table(head, [{ share: 2 }, 26, { share: 3 }, { share: 2 }], rows)}\n`);
  return EXIT.ok;
}

async function simulate(file: string, flags: { on?: string; json?: true }): Promise<ExitCode> {
  const { legalDateOf, whatCasesWouldChange, whatWouldChange } = await import('@sajeon/domain');
  const { Decisions, pastOf, Rules } = await import('@sajeon/decisions');
  const today = legalDateOf(new Date().toISOString());
  const on = await day('--on', flags.on ?? today);
  const draft = { id: 'draft', ...(await tablesIn(file)) };
  const { past, projects, cases } = await withStorage(async ({ events }) => {
    const rules = new Rules(new Decisions(events));
    const [found, current, calendar] = await Promise.all([pastOf(events), rules.on(today), rules.calendar()]);
    return {
      past: found,
      projects: whatWouldChange(found.projects, current, draft, on),
      cases: whatCasesWouldChange(found.cases, current, draft, on, calendar),
    };
  });
  const titles = new Map([...past.projects, ...past.cases].map(({ id, title }) => [id, title]));
  if (flags.json) {
    const judged = { projects: past.projects.length, unassessed: past.unassessed, cases: past.cases.length };
    process.stdout.write(`${JSON.stringify({ on, judged, projects, cases }, null, 2)}\n`);
    return EXIT.ok;
  }
  tell({
    ko: `판정한 사업 ${past.projects.length}건(판정 없는 사업 ${past.unassessed}건), 접수된 사건 ${past.cases.length}건에 대어 보았습니다.`,
    en: `Tried on ${past.projects.length} assessed projects (${past.unassessed} never assessed) and ${past.cases.length} received cases.`,
  });
  const rows = [...projects, ...cases].map(({ id, changed, was, wouldBe }) => [
    `${titles.get(id) ?? ''} (${id})`,
    changed
      .map(
        (aspect) =>
          `${aspect}: ${String(new Map(Object.entries(was)).get(aspect))} → ${String(new Map(Object.entries(wouldBe)).get(aspect))}`,
      )
      .join('\n'),
  ]);
  const head = [word('무엇', 'what'), word('달라지는 것', 'would have been')];
  process.stdout.write(
    rows.length === 0
      ? `${word('달라지는 것이 없다', 'nothing would change')}\n`
      : `${table(head, [{ share: 1 }, { share: 2 }], rows)}\n`,
  );
  return EXIT.ok;
}

async function amend(file: string, flags: AmendFlags): Promise<ExitCode> {
  const { Decisions, NATIONAL_RULES, RULE_SET } = await import('@sajeon/decisions');
  const content = await tablesIn(file);
  const principal: Principal = { person: flags.person, agency: flags.agency, roles: ['administrator'] };
  const data = {
    ...{ by: { person: flags.person, agency: flags.agency }, at: new Date().toISOString() },
    ...{ effectiveFrom: flags.effectiveFrom, source: flags.source, sample: false, content },
    ...{ correctionBecause: flags.correction ?? null, gapsBecause: flags.gaps ?? null },
  };
  const { revision } = await withStorage(({ events }) =>
    new Decisions(events).execute(
      RULE_SET,
      NATIONAL_RULES,
      { type: 'amend-rule-set', data },
      { commandId: randomUUID(), principal },
    ),
  );
  tell({ ko: `개정했습니다(기록 ${revision}).`, en: `Amended (revision ${revision}).` });
  return EXIT.ok;
}

async function rulesOf(on: string) {
  const { Decisions, Rules } = await import('@sajeon/decisions');
  return withStorage(({ events }) => new Rules(new Decisions(events)).on(on));
}

type CheckTables = (content: unknown, pointer: string) => asserts content is RuleTables;

/** @throws Malformed with a JSON pointer to the faulty rule, CommandFailed when it is no JSON */
async function tablesIn(file: string): Promise<RuleTables> {
  // A check that narrows its argument has to be declared with its type.
  const check: CheckTables = (await import('@sajeon/domain')).checkRuleTables;
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new CommandFailed(EXIT.usage, { ko: `읽을 수 없는 규칙 파일입니다: ${said}`, en: `Cannot read the rules: ${said}` });
  }
  check(content, '');
  return content;
}

async function day(flag: string, text: string): Promise<string> {
  const { isLegalDate } = await import('@sajeon/domain');
  if (isLegalDate(text)) return text;
  throw new CommandFailed(EXIT.usage, {
    ko: `${flag}에는 있는 날짜(YYYY-MM-DD)를 적으십시오: ${text}`,
    en: `${flag} takes a day that exists (YYYY-MM-DD): ${text}`,
  });
}
