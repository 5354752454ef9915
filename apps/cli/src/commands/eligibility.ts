import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AgencyTier, ProjectKind } from '@sajeon/domain';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, table, tell, word, type ExitCode } from '../terminal.js';

interface EligibilityFlags {
  readonly tier: AgencyTier;
  readonly ownerTier?: AgencyTier;
  readonly kind: ProjectKind;
  readonly new?: true;
  readonly cost?: number;
  readonly software?: number;
  readonly newFunctions?: boolean;
  readonly fromIsp?: boolean;
  readonly ownIncome?: boolean;
  readonly disaster?: true;
  readonly on?: string;
  readonly sample?: true;
  readonly json?: true;
}

/** `sajeon eligibility`: whether a project has to be consulted on a day, by which rule, from when to when, and where that is written. */
export function eligibilityCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('eligibility')
    .summary(inWords({ ko: '사전협의 대상인지 판정한다', en: 'tell whether a project has to be consulted' }, ' · '))
    .description(
      inWords({
        ko: '몇 가지 물음의 답으로, 그날의 규칙에 따라 사전협의 대상인지 판정하고 어느 규칙에 따른 것인지 밝힌다. 아무것도 기록하지 않는다.',
        en: 'Judges a few answers by the rules of a day and names the rules that decide. Nothing is recorded.',
      }),
    )
    .addOption(new Option('--tier <tier>', word('기관 구분', 'tier of the agency')).choices(TIERS).makeOptionMandatory())
    .addOption(new Option('--owner-tier <tier>', word('지방공사·공단의 소속 기관 구분', 'tier of the owner')).choices(TIERS))
    .requiredOption(
      '--kind <kind>',
      word('사업유형: isp, build, enhancement, mobile-app …', 'kind: isp, build, enhancement, mobile-app …'),
    )
    .option('--new', word('신규사업', 'a new project'))
    .option('--cost <won>', word('총사업비(원)', 'total cost in won'), won)
    .option('--software <won>', word('SW개발비(원)', 'cost of software development in won'), won)
    .addOption(yesNo('--new-functions', '신규 기능 개발', 'develops new functions'))
    .addOption(yesNo('--from-isp', 'ISP 결과에 따른 구축', 'follows from an ISP'))
    .addOption(yesNo('--own-income', '자체 수입만으로 하는 사업', 'paid from own income alone'))
    .option('--disaster', word('재난·안전 분야', 'disaster safety'))
    .option(
      '--on <day>',
      word('그날의 규칙으로(YYYY-MM-DD); 없으면 오늘', 'by the rules of that day (YYYY-MM-DD); today unless given'),
    )
    .option('--sample', word('저장소 없이, 함께 배포된 표본 규칙으로', 'by the sample rules that are shipped, without a store'))
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .addHelpText(
      'after',
      '\n  sajeon eligibility --tier BASIC_LOCAL --kind enhancement --cost 60000000 --on 2017-12-31 --sample\n',
    )
    .action(async (flags: EligibilityFlags) => finish(await eligibility(flags)));
}

const TIERS = ['CENTRAL', 'METROPOLITAN', 'BASIC_LOCAL', 'PUBLIC_INSTITUTION', 'LOCAL_PUBLIC_CORP', 'EDUCATION_OFFICE'];

function yesNo(flag: string, ko: string, en: string): Option {
  return new Option(`${flag} <yes|no>`, word(ko, en)).argParser((text: string) => {
    if (text === 'yes' || text === 'no') return text === 'yes';
    throw new InvalidArgumentError(word('yes 또는 no입니다.', 'It is yes or no.'));
  });
}

function won(text: string): number {
  if (/^\d{1,16}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(word('원 단위 정수로 적으십시오.', 'Write a whole number of won.'));
}

async function eligibility(flags: EligibilityFlags): Promise<ExitCode> {
  const { assess, isLegalDate, legalDateOf, sampleRules } = await import('@sajeon/domain');
  const on = flags.on ?? legalDateOf(new Date().toISOString());
  if (!isLegalDate(on)) {
    throw new CommandFailed(EXIT.usage, {
      ko: `--on에는 있는 날짜(YYYY-MM-DD)를 적으십시오: ${on}`,
      en: `--on takes a day that exists (YYYY-MM-DD): ${on}`,
    });
  }
  const facts = {
    ...{ tier: flags.tier, ownerTier: flags.ownerTier ?? null, kind: flags.kind, isNew: flags.new ?? false },
    ...{ hasNewFunctions: flags.newFunctions ?? null, resultsFromIsp: flags.fromIsp ?? null },
    ...{ totalBudgetKrw: flags.cost ?? null, softwareDevelopmentKrw: flags.software ?? null },
    ownIncomeOnly: flags.ownIncome ?? null,
  };
  const book = flags.sample ? sampleRules : await adopted(on);
  const assessment = assess(facts, flags.disaster ?? false, on, book);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(assessment, null, 2)}\n`);
    return EXIT.ok;
  }
  const { target, track, reasons, missing, ruleSet } = assessment;
  const answer = {
    target: track === 'fast' ? word('대상(신속처리)', 'a target, on the fast track') : word('대상', 'a target'),
    exempt: word('대상 아님', 'exempt'),
    unknown: word('알 수 없음', 'not known'),
  }[target];
  const rows = reasons.map(({ rule, from, to, source, certainty, text }) => [
    rule,
    `${from} ~ ${to ?? ''}`,
    inWords(text),
    `${source} (${certainty})`,
  ]);
  const head = [word('규칙', 'rule'), word('시행', 'in force'), word('내용', 'what it says'), word('출처', 'source')];
  process.stdout.write(
    `${on}: ${answer} · ${ruleSet}\n${rows.length === 0 ? '' : `${table(head, [{ share: 2 }, 26, { share: 3 }, { share: 3 }], rows)}\n`}`,
  );
  if (missing.length > 0) {
    tell({ ko: `다음을 알려 주면 판정할 수 있습니다: ${missing.join(', ')}`, en: `It hangs on: ${missing.join(', ')}` });
  }
  return EXIT.ok;
}

async function adopted(on: string) {
  const { Decisions, Rules } = await import('@sajeon/decisions');
  return withStorage(({ events }) => new Rules(new Decisions(events)).on(on));
}
