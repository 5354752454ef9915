import fc from 'fast-check';
import { koreanCalendar } from '../calendar/calendar.js';
import { clockOf, clockRulesOn, dueOnWithoutStops } from '../clock/clock.js';
import { isLegalDate } from '../kernel/date.js';
import { RuleViolated } from '../kernel/errors.js';
import { happened } from '../testing.js';
import {
  dayCountingOn,
  inForce,
  ministryOn,
  performanceBandOn,
  progressDueOn,
  reviewDaysOn,
  reviewerOn,
  ruleSetOn,
  type Dated,
} from './rule-book.js';
import { sampleRules } from './sample-rules.js';
import { isTarget, type ProjectFacts } from './target.js';

const project: ProjectFacts = {
  ...{ tier: 'BASIC_LOCAL', ownerTier: null, kind: 'enhancement', isNew: false, hasNewFunctions: false },
  ...{ resultsFromIsp: false, totalBudgetKrw: 60_000_000, softwareDevelopmentKrw: 0, ownIncomeOnly: false },
};
const judged = (on: string, more: Partial<ProjectFacts> = {}) => isTarget({ ...project, ...more }, on, sampleRules);
const rulesOf = (on: string, more: Partial<ProjectFacts> = {}) => judged(on, more).reasons.map(({ rule }) => rule);

describe('would it have been a target on that day?', () => {
  it.each<[string, string, Partial<ProjectFacts>, string, string[]]>([
    ['a city, 60 million, in 2017', '2017-12-31', {}, 'target', ['threshold-basic-2010']],
    ['the day before the limit rose', '2018-02-07', { totalBudgetKrw: 40_000_000 }, 'target', ['threshold-basic-2010']],
    ['the day the limit rose', '2018-02-08', { totalBudgetKrw: 49_999_999 }, 'exempt', ['threshold-basic-2018']],
    ['at the limit exactly', '2018-02-08', { totalBudgetKrw: 50_000_000 }, 'target', ['threshold-basic-2018']],
    ['a city, 60 million, in 2024', '2024-01-01', {}, 'exempt', ['threshold-basic-2024']],
    [
      'a province in 2023',
      '2023-12-31',
      { tier: 'METROPOLITAN', totalBudgetKrw: 150_000_000 },
      'target',
      ['threshold-metropolitan-2010'],
    ],
    [
      'a province in 2024',
      '2024-01-01',
      { tier: 'METROPOLITAN', totalBudgetKrw: 150_000_000 },
      'exempt',
      ['threshold-metropolitan-2024'],
    ],
    [
      'a ministry, 1.5 billion, in 2022',
      '2022-12-31',
      { tier: 'CENTRAL', totalBudgetKrw: 1_500_000_000 },
      'exempt',
      ['threshold-central-2010'],
    ],
    [
      'a ministry, 1.5 billion, in 2023',
      '2023-01-01',
      { tier: 'CENTRAL', totalBudgetKrw: 1_500_000_000 },
      'target',
      ['threshold-central-2023'],
    ],
    [
      'a public institution before it was asked',
      '2017-03-28',
      { tier: 'PUBLIC_INSTITUTION', totalBudgetKrw: 9_000_000_000 },
      'exempt',
      ['subjects-2010'],
    ],
    [
      'a public institution since',
      '2017-03-29',
      { tier: 'PUBLIC_INSTITUTION', totalBudgetKrw: 2_000_000_000 },
      'target',
      ['threshold-public-2017'],
    ],
    [
      'an education office in 2022',
      '2022-12-31',
      { tier: 'EDUCATION_OFFICE', totalBudgetKrw: 9_000_000_000 },
      'exempt',
      ['subjects-2017'],
    ],
    [
      'an education office in 2023',
      '2023-01-01',
      { tier: 'EDUCATION_OFFICE', totalBudgetKrw: 100_000_000 },
      'target',
      ['threshold-education-2023'],
    ],
    [
      'a corporation of a city',
      '2024-05-01',
      { tier: 'LOCAL_PUBLIC_CORP', ownerTier: 'BASIC_LOCAL', totalBudgetKrw: 100_000_000 },
      'target',
      ['threshold-basic-2024'],
    ],
    [
      'a corporation of a province',
      '2024-05-01',
      { tier: 'LOCAL_PUBLIC_CORP', ownerTier: 'METROPOLITAN', totalBudgetKrw: 100_000_000 },
      'exempt',
      ['threshold-metropolitan-2024'],
    ],
    ['anything new, at any cost', '2024-05-01', { isNew: true, totalBudgetKrw: 1 }, 'target', ['override-new-project']],
    ['something new before 2018', '2018-02-07', { isNew: true, totalBudgetKrw: 1 }, 'exempt', ['threshold-basic-2010']],
    ['an ISP', '2024-05-01', { kind: 'isp' }, 'target', ['override-isp']],
    ['an ISMP', '2024-05-01', { kind: 'ismp' }, 'target', ['override-planning']],
    ['a build that follows from an ISP', '2024-05-01', { resultsFromIsp: true }, 'target', ['override-results-from-isp']],
    ['an app', '2024-05-01', { kind: 'mobile-app' }, 'target', ['override-homepage-or-app']],
    [
      '200 million of software development',
      '2024-05-01',
      { softwareDevelopmentKrw: 200_000_000 },
      'target',
      ['override-software-development'],
    ],
    ['a move to the cloud in 2024', '2024-05-01', { kind: 'cloud-migration' }, 'target', ['override-cloud']],
    [
      'a move to the cloud in 2023, new functions',
      '2023-08-01',
      { kind: 'cloud-migration', hasNewFunctions: true, totalBudgetKrw: 1 },
      'target',
      ['override-cloud-with-new-functions'],
    ],
    [
      'a move to the cloud in 2023, nothing new',
      '2023-08-01',
      { kind: 'cloud-migration', totalBudgetKrw: 1 },
      'exempt',
      ['threshold-basic-2018'],
    ],
    [
      'new servers of the old kind, however dear',
      '2024-05-01',
      { kind: 'hardware-replacement', isNew: true, totalBudgetKrw: 10 ** 12 },
      'exempt',
      ['exclusion-kinds-2018'],
    ],
    ['own income alone', '2024-05-01', { ownIncomeOnly: true, isNew: true }, 'exempt', ['exclusion-own-income-2024']],
    [
      'own income alone in 2023',
      '2023-12-31',
      { ownIncomeOnly: true, isNew: true, totalBudgetKrw: 1 },
      'target',
      ['override-new-project'],
    ],
  ])('%s', (_, on, more, target, rules) => {
    expect({ target: judged(on, more).target, rules: rulesOf(on, more) }).toEqual({ target, rules });
  });

  it('gives every rule that applies, with its dates, its source and how well it is attested', () => {
    expect(rulesOf('2024-05-01', { isNew: true, kind: 'mobile-app', totalBudgetKrw: 100_000_000 })).toEqual([
      ...['override-new-project', 'override-homepage-or-app', 'threshold-basic-2024'],
    ]);
    expect(judged('2024-05-01').reasons).toEqual([
      {
        ...{ rule: 'threshold-basic-2024', from: '2024-01-01', to: null, certainty: 'partly-supported' },
        source: '2024년 정보화사업 사전협의 안내자료(배포용) 28쪽',
        text: {
          ko: '사업비 60,000,000원이 기준금액 100,000,000원에 못 미친다.',
          en: 'The cost of 60,000,000원 is below the threshold of 100,000,000원.',
        },
      },
    ]);
  });

  it.each<[string, Partial<ProjectFacts>, string, string[]]>([
    ['the cost decides', { totalBudgetKrw: null }, 'unknown', ['totalBudgetKrw']],
    ['the cost does not matter', { totalBudgetKrw: null, isNew: true }, 'target', []],
    ['the software cost could decide', { softwareDevelopmentKrw: null }, 'unknown', ['softwareDevelopmentKrw']],
    ['it could come from an ISP', { resultsFromIsp: null }, 'unknown', ['resultsFromIsp']],
    ['it could be paid from own income', { ownIncomeOnly: null, isNew: true }, 'unknown', ['ownIncomeOnly']],
    ['own income could not change the answer', { ownIncomeOnly: null }, 'exempt', []],
    ['the owner of a corporation is not named', { tier: 'LOCAL_PUBLIC_CORP' }, 'unknown', ['ownerTier']],
    ['it is excluded anyway', { totalBudgetKrw: null, kind: 'maintenance' }, 'exempt', []],
  ])('a fact is missing: %s', (_, more, target, missing) => {
    const { target: answer, missing: named } = judged('2024-05-01', more);
    expect({ target: answer, missing: named }).toEqual({ target, missing });
  });

  it('lets nobody off because the book has a gap', () => {
    expect(isTarget(project, '2024-05-01', { ...sampleRules, thresholds: [] })).toEqual({
      target: 'unknown',
      missing: [],
      reasons: [],
    });
  });
  it('knows nothing of a day before the first rule', () => {
    expect(judged('2009-12-31')).toEqual({ target: 'exempt', missing: [], reasons: [] });
  });
});

describe('the book', () => {
  const tables: readonly (readonly Dated<unknown>[])[] = [
    ...[sampleRules.subjects, sampleRules.thresholds, sampleRules.overrides, sampleRules.exclusions],
    ...[sampleRules.reviewDays, sampleRules.routing, sampleRules.attachments],
  ];

  it('has real dates, an end after the beginning, a source and a name of its own for each rule', () => {
    const ids = tables.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { from, to, source } of tables.flat()) {
      expect(isLegalDate(from) && (to === null || (isLegalDate(to) && to >= from))).toBe(true);
      expect(source).not.toBe('');
    }
  });
  it('has one threshold for each tier on each day, without a gap once the tier has to consult', () => {
    const changes = tables.flat().flatMap(({ from, to }) => [from, ...(to === null ? [] : [to])]);
    for (const on of new Set(changes)) {
      for (const tier of inForce(sampleRules.subjects, on).flatMap(({ value }) => value.tiers)) {
        if (tier === 'LOCAL_PUBLIC_CORP') continue;
        expect(
          inForce(sampleRules.thresholds, on)
            .filter(({ value }) => value.tiers.includes(tier))
            .map(({ id }) => `${on} ${id}`),
        ).toHaveLength(1);
      }
    }
  });
  it('names the rules of a day, and two days with the same rules alike', () => {
    expect(ruleSetOn(sampleRules, '2024-01-01')).toBe('sample@2024-01-01');
    expect(ruleSetOn(sampleRules, '2026-11-30')).toBe('sample@2024-01-01');
    expect(ruleSetOn(sampleRules, '2023-12-31')).toBe('sample@2023-07-17');
    expect(ruleSetOn(sampleRules, '2018-02-08')).toBe('sample@2018-02-08');
    expect(ruleSetOn(sampleRules, '2009-01-01')).toBe('sample@before');
  });
  it('gives thirty days, an ISP seven, and the fast track ten since July 2023', () => {
    expect(reviewDaysOn(sampleRules, '2026-11-30')).toEqual({ standard: 30, isp: 7, fast: 10 });
    expect(reviewDaysOn(sampleRules, '2023-06-30')).toEqual({ standard: 30, isp: 7 });
    expect(() => reviewDaysOn(sampleRules, '2009-01-01')).toThrow(RuleViolated);
  });
  it('a track without days of its own has those of the standard review', () => {
    const received = { ...happened.received(), data: { ...happened.received().data, track: 'fast' as const } };
    const rules = clockRulesOn(sampleRules, '2023-06-30', koreanCalendar());
    expect(clockOf([received], '2026-11-02', rules)?.given).toBe(30);
  });
  it('tells the due date at receipt', () => {
    const { standard } = reviewDaysOn(sampleRules, '2026-11-05');
    expect(dueOnWithoutStops('2026-11-05', standard, koreanCalendar(), dayCountingOn(sampleRules, '2026-11-05'))).toBe(
      '2026-12-07',
    );
  });
  it('sends 시·군·구 to their 시·도, everybody else to the ministry, and corporations where their owner goes', () => {
    const reviewer = (tier: ProjectFacts['tier'], ownerTier: ProjectFacts['ownerTier'] = null) =>
      reviewerOn(sampleRules, '2026-11-30', { tier, ownerTier }).value.reviewer;
    expect(reviewer('BASIC_LOCAL')).toBe('province');
    expect(
      (['CENTRAL', 'METROPOLITAN', 'PUBLIC_INSTITUTION', 'EDUCATION_OFFICE'] as const).map((tier) => reviewer(tier)),
    ).toEqual([...['ministry', 'ministry', 'ministry', 'ministry']]);
    expect([reviewer('LOCAL_PUBLIC_CORP', 'BASIC_LOCAL'), reviewer('LOCAL_PUBLIC_CORP', 'METROPOLITAN')]).toEqual([
      'province',
      'ministry',
    ]);
    expect(() => reviewer('LOCAL_PUBLIC_CORP')).toThrow(RuleViolated);
  });
  it('names the ministry and who reviews its own projects: somebody else', () => {
    const { agency, standIn } = ministryOn(sampleRules, '2026-11-30').value;
    expect(agency).not.toBe(standIn);
    expect(() => ministryOn(sampleRules, '2009-01-01')).toThrow(RuleViolated);
    expect(() => dayCountingOn(sampleRules, '2009-01-01')).toThrow(RuleViolated);
  });
  it('has thirteen areas to check, the second of which is duplication', () => {
    const areas = inForce(sampleRules.checklist, '2026-11-30').map(({ value }) => value);
    expect(areas).toHaveLength(13);
    expect(areas[1]?.name.ko).toBe('유사·중복성');
  });
  it('wants the progress of a quarter fifteen days after its end', () => {
    expect([1, 2, 3, 4].map((quarter) => progressDueOn(sampleRules, 2027, quarter))).toEqual([
      ...['2027-04-15', '2027-07-15', '2027-10-15', '2028-01-15'],
    ]);
    expect(() => progressDueOn(sampleRules, 2009, 4)).toThrow(RuleViolated);
    const { progressReports: _, ...without } = sampleRules;
    expect(() => progressDueOn(without, 2027, 1)).toThrow(RuleViolated);
  });
  it.each([
    ['system', 60, 'keep'],
    ['system', 59, 'consolidate'],
    ['system', 40, 'consolidate'],
    ['system', 39, 'retire'],
    ['public-app', 70, 'keep'],
    ['public-app', 69, 'improve'],
    ['public-app', 59, 'retire'],
  ] as const)('finds for a %s of %d points: %s', (of, score, finding) => {
    expect(performanceBandOn(sampleRules, '2026-11-30', of, score).value.finding).toBe(finding);
  });
  it('has one finding for every score, and never a worse one for a better score', () => {
    const order = ['retire', 'consolidate', 'improve', 'keep'];
    fc.assert(
      fc.property(fc.constantFrom('system', 'public-app'), fc.nat(100), fc.nat(100), (of, a, b) => {
        const rank = (score: number) =>
          order.indexOf(performanceBandOn(sampleRules, '2026-11-30', of as 'system', score).value.finding);
        expect(rank(Math.max(a, b))).toBeGreaterThanOrEqual(rank(Math.min(a, b)));
      }),
      { seed: 67 },
    );
    expect(() => performanceBandOn({ ...sampleRules, performanceBands: [] }, '2026-11-30', 'system', 50)).toThrow(RuleViolated);
  });
});
