import type { RuleTables } from '../rules/rule-book.js';
import { sampleRules } from '../rules/sample-rules.js';
import { given, reviewer } from '../testing.js';
import type { RuleSetAdopted, RuleSetAmended, RuleSetEvent, RuleSetWithdrawn } from './events.js';
import { ruleSetDecider as decider, rulesNamed, rulesOn, type RuleSetCommand } from './ruleset.js';

const { id: _, ...content } = sampleRules;
const stamp = { by: reviewer, at: '2026-11-16T01:00:00Z' };
const version = {
  ...{ effectiveFrom: '2010-01-01', source: '공개 자료에서 모은 표본', sample: true, content },
  ...{ correctionBecause: '지난 규칙을 처음 싣는다.', gapsBecause: null },
};
const adopted: RuleSetAdopted = { type: 'rule-set-adopted', data: { ...stamp, ruleSet: 'national', version: 1, ...version } };
const adopt = (more: object = {}): RuleSetCommand => ({
  type: 'adopt-rule-set',
  data: { ...stamp, ruleSet: 'national', ...version, ...more },
});

/** From 2027 on, reviews take 20 days. */
const shorter: RuleTables = {
  ...content,
  reviewDays: content.reviewDays.flatMap((rule) =>
    rule.id === 'days-standard'
      ? [
          { ...rule, to: '2026-12-31' },
          { ...rule, id: 'days-standard-2027', from: '2027-01-01', value: { track: 'standard' as const, days: 20 } },
        ]
      : [rule],
  ),
};
const change = {
  ...{ effectiveFrom: '2027-01-01', source: '지침 개정(2026. 12. 1.)', sample: false, content: shorter },
  ...{ correctionBecause: null, gapsBecause: null },
};
const amended: RuleSetAmended = { type: 'rule-set-amended', data: { ...stamp, version: 2, ...change } };
const amend = (more: object = {}): RuleSetCommand => ({ type: 'amend-rule-set', data: { ...stamp, ...change, ...more } });
const withdrawn: RuleSetWithdrawn = { type: 'rule-set-withdrawn', data: { ...stamp, version: 2, reason: '개정이 미뤄졌다.' } };
const withdraw = (more: object = {}): RuleSetCommand => ({
  type: 'withdraw-rule-set',
  data: { ...stamp, version: 2, reason: '개정이 미뤄졌다.', ...more },
});
const table = (more: Partial<RuleTables>) => ({ content: { ...content, ...more } });
const fold = (...events: RuleSetEvent[]) => events.reduce(decider.evolve, decider.initialState);

describe('adopting rules', () => {
  it('records all of them with their source', () => given(decider).when(adopt()).then(adopted));
  it('is satisfied when these very rules are adopted', () => given(decider, adopted).when(adopt()).then());
  it('happens once', () =>
    given(decider, adopted)
      .when(adopt({ source: '다른 근거' }))
      .refuses('rule-set-already-adopted'));
  it('takes effect later, unless the past is entered with a reason', () => {
    given(decider)
      .when(adopt({ correctionBecause: null }))
      .refuses('takes-effect-in-the-past', '2026. 11. 17.');
    given(decider)
      .when(adopt({ correctionBecause: null, effectiveFrom: '2026-11-16' }))
      .refuses('takes-effect-in-the-past');
    const later = { ...version, correctionBecause: null, effectiveFrom: '2026-11-17' };
    given(decider)
      .when(adopt(later))
      .then({ type: 'rule-set-adopted', data: { ...adopted.data, ...later } });
  });
  it('again counts on from a version that was withdrawn', () => {
    const first = { ...adopted, data: { ...adopted.data, effectiveFrom: '2027-01-01' } };
    const gone = { ...withdrawn, data: { ...withdrawn.data, version: 1 } };
    given(decider, first, gone)
      .when(adopt())
      .then({ ...adopted, data: { ...adopted.data, version: 2 } });
  });
});

describe('rules that contradict each other or leave something out', () => {
  const [first, ...rest] = content.reviewDays;
  it('two periods of the same track on the same day are refused', () => {
    given(decider)
      .when(adopt(table({ reviewDays: [...content.reviewDays, { ...first!, id: 'days-again', from: '2020-01-01' }] })))
      .refuses('rules-overlap', 'days-again', 'days-standard');
  });
  it.each<[keyof RuleTables, string]>([
    ['subjects', 'subjects-2023'],
    ['thresholds', 'threshold-basic-2024'],
    ['routing', 'routing-province'],
    ['attachments', 'attachment-plan'],
    ['ministry', 'ministry-mois'],
    ['dayCounting', 'day-counting'],
    ['warnings', 'warning-half'],
    ['checklist', 'checklist-2'],
    ['requests', 'request-correction'],
    ['conditions', 'condition-link'],
    ['materialChanges', 'material-new-app'],
  ])('two rules of %s on the same thing are refused', (name, id) => {
    const rules = content[name] as readonly { readonly id: string }[];
    const twice = [...rules, { ...rules.find((rule) => rule.id === id), id: 'twice' }];
    given(decider)
      .when(adopt(table({ [name]: twice })))
      .refuses('rules-overlap', 'twice', id);
  });
  it('one rule may follow another without a day between', () => {
    const [a, b] = [
      { ...first!, to: '2020-12-31' },
      { ...first!, id: 'days-2021', from: '2021-01-01' },
    ];
    const more = table({ reviewDays: [a, b, ...rest] });
    given(decider)
      .when(adopt(more))
      .then({ type: 'rule-set-adopted', data: { ...adopted.data, ...more } });
  });
  it.each<[string, Partial<RuleTables>, string]>([
    ['days of a standard review', { reviewDays: rest }, '2010. 1. 1.'],
    ['days of a standard review from some day on', { reviewDays: [{ ...first!, to: '2025-12-31' }, ...rest] }, '2026. 1. 1.'],
    ['way to count days', { dayCounting: [] }, 'dayCounting'],
    ['ministry', { ministry: [] }, 'ministry'],
    ['amount for a tier that has to consult', { thresholds: content.thresholds.slice(1) }, 'thresholds/CENTRAL'],
    ['reviewer for a tier that has to consult', { routing: content.routing.slice(0, 1) }, 'routing/BASIC_LOCAL'],
  ])('no %s is a gap, and refused unless it is meant', (_, more, mention) => {
    given(decider)
      .when(adopt(table(more)))
      .refuses('rules-have-a-gap', mention);
    const meant = { ...table(more), gapsBecause: '따로 정할 때까지 비워 둔다.' };
    given(decider)
      .when(adopt(meant))
      .then({ type: 'rule-set-adopted', data: { ...adopted.data, ...meant } });
  });
  it('a ministry that reviews itself is refused', () => {
    const [ministry] = content.ministry;
    given(decider)
      .when(adopt(table({ ministry: [{ ...ministry!, value: { agency: 'mois', standIn: 'mois' } }] })))
      .refuses('own-stand-in');
  });
});

describe('amending rules', () => {
  it('says what holds from a later day on', () => given(decider, adopted).when(amend()).then(amended));
  it('is satisfied when these very rules stand', () => given(decider, adopted, amended).when(amend()).then());
  it('needs rules to amend', () => given(decider).when(amend()).refuses('no-such-rule-set'));
  it('changes nothing before that day', () => {
    given(decider, adopted)
      .when(amend({ effectiveFrom: '2027-02-01' }))
      .refuses('changes-the-past', 'days-standard', '2027. 2. 1.');
    given(decider, adopted)
      .when(amend(table({ warnings: content.warnings.slice(1) })))
      .refuses('changes-the-past', 'warning-half');
    given(decider, adopted)
      .when(amend(table({ warnings: content.warnings.map((rule) => ({ ...rule, source: '다른 출처' })) })))
      .refuses('changes-the-past');
  });
  it('takes effect later, unless it corrects the past with a reason', () => {
    const past = { effectiveFrom: '2024-01-01', content };
    given(decider, adopted).when(amend(past)).refuses('takes-effect-in-the-past');
    const thresholds = content.thresholds.map((rule) =>
      rule.id === 'threshold-basic-2024' ? { ...rule, value: { ...rule.value, krw: 120_000_000 } } : rule,
    );
    const correction = { ...past, ...table({ thresholds }), correctionBecause: '고시의 금액을 잘못 옮겼다.' };
    given(decider, adopted)
      .when(amend(correction))
      .then({ type: 'rule-set-amended', data: { ...amended.data, ...correction } });
    given(decider, adopted)
      .when(amend({ ...correction, effectiveFrom: '2025-01-01' }))
      .refuses('changes-the-past', 'threshold-basic-2024');
  });
});

describe('withdrawing rules', () => {
  it('is possible before they take effect', () => given(decider, adopted, amended).when(withdraw()).then(withdrawn));
  it('is satisfied when they are withdrawn', () => given(decider, adopted, amended, withdrawn).when(withdraw()).then());
  it('is not possible once they are in effect', () => {
    given(decider, adopted, amended)
      .when(withdraw({ at: '2026-12-31T15:00:00Z' }))
      .refuses('already-in-effect', '2027. 1. 1.');
    given(decider, adopted)
      .when(withdraw({ version: 1 }))
      .refuses('already-in-effect');
  });
  it('is for the newest version only', () => {
    given(decider, adopted, amended)
      .when(withdraw({ version: 1 }))
      .refuses('later-version-stands', '2');
    given(decider).when(withdraw()).refuses('no-such-rule-set');
  });
});

describe('the rules of a day', () => {
  const days = (state: ReturnType<typeof fold>, on: string) =>
    rulesOn(state, on)?.reviewDays.filter(({ value }) => value.track === 'standard').length;
  it('are those of the newest version asked from then on', () => {
    const state = fold(adopted, amended);
    expect(rulesOn(state, '2009-12-31')).toBeNull();
    expect(rulesOn(state, '2026-12-31')?.id).toBe('national-1-sample');
    expect(rulesOn(state, '2027-01-01')?.id).toBe('national-2');
    expect([days(state, '2026-12-31'), days(state, '2027-01-01')]).toEqual([1, 2]);
    expect(rulesOn(fold(adopted, amended, withdrawn), '2027-01-01')?.id).toBe('national-1-sample');
    expect(rulesOn(null, '2026-12-31')).toBeNull();
  });
  it('are found again by the name that a case has frozen', () => {
    const state = fold(adopted, amended);
    expect(rulesNamed(state, 'national-1-sample@2024-01-01')).toEqual(rulesOn(state, '2026-11-16'));
    expect(rulesNamed(state, 'national-2@2027-01-01')?.id).toBe('national-2');
    expect(rulesNamed(state, 'national-3@2027-01-01')).toBeNull();
    expect(rulesNamed(null, 'national-1@2027-01-01')).toBeNull();
  });
});

describe('a table that the first rules did not have', () => {
  const { progressReports, performanceBands, ...first } = content;
  const early: RuleSetAdopted = { ...adopted, data: { ...adopted.data, content: first } };
  it('may be absent', () =>
    given(decider)
      .when(adopt({ content: first }))
      .then(early));
  it('is added from a later day on, like any other change', () => {
    const day = '2027-01-01';
    const later = <T extends { readonly from: string }>(rules: readonly T[] | undefined) =>
      (rules ?? []).map((rule) => ({ ...rule, from: day }));
    const added = { ...first, progressReports: later(progressReports), performanceBands: later(performanceBands) };
    given(decider, early)
      .when(amend({ content: added }))
      .then({ ...amended, data: { ...amended.data, content: added } });
    given(decider, early).when(amend({ content })).refuses('changes-the-past', '2027. 1. 1.');
  });
  it('rules once on the same thing', () => {
    const twice = [...(progressReports ?? []), { ...progressReports![0]!, id: 'again' }];
    given(decider)
      .when(adopt(table({ progressReports: twice })))
      .refuses('rules-overlap', 'again');
  });
});

const [reviewDays] = content.reviewDays;
const [warning] = content.warnings;
it.each<[string, RuleSetCommand, string]>([
  ['without a name', adopt({ ruleSet: '' }), 'required'],
  ['without a source', adopt({ source: ' ' }), 'required'],
  ['without a day', adopt({ effectiveFrom: '2026-02-30' }), 'invalid-date'],
  ['with an empty reason to correct', adopt({ correctionBecause: '' }), 'required'],
  ['with an empty reason for gaps', adopt({ gapsBecause: '' }), 'required'],
  ['without tables', adopt({ content: null }), 'wrong-type'],
  ['without one table', adopt(table({ warnings: undefined as never })), 'wrong-type'],
  ['with an unknown table', adopt(table({ fees: [] } as never)), 'unknown-field'],
  ['with a rule without a source', adopt(table({ reviewDays: [{ ...reviewDays!, source: '' }] })), 'required'],
  ['with a rule named twice', adopt(table({ reviewDays: [reviewDays!, reviewDays!] })), 'rule-named-twice'],
  ['with a rule that ends first', adopt(table({ reviewDays: [{ ...reviewDays!, to: '2009-01-01' }] })), 'ends-before-it-begins'],
  ['with an unknown certainty', adopt(table({ reviewDays: [{ ...reviewDays!, certainty: 'sure' as never }] })), 'unknown-choice'],
  [
    'with half a day',
    adopt(table({ reviewDays: [{ ...reviewDays!, value: { track: 'standard', days: 0.5 } }] })),
    'out-of-range',
  ],
  [
    'with an unknown field',
    adopt(table({ warnings: [{ ...warning!, value: { share: 0.5, days: 3 } as never }] })),
    'unknown-field',
  ],
  [
    'with a score above 100',
    adopt(
      table({ performanceBands: [{ ...content.performanceBands![0]!, value: { of: 'system', from: 101, finding: 'keep' } }] }),
    ),
    'out-of-range',
  ],
  ['with a share of more than all', adopt(table({ warnings: [{ ...warning!, value: { share: 1 } }] })), 'out-of-range'],
  [
    'with an unknown kind of rule',
    adopt(table({ exclusions: [{ ...warning!, value: { kind: 'toString' } as never }] })),
    'unknown-choice',
  ],
  ['withdrawn without a reason', withdraw({ reason: '' }), 'required'],
  ['without who', amend({ by: { person: '', agency: '' } }), 'required'],
])('is malformed %s', (_, command, code) => given(decider, adopted, amended).when(command).refuses(code));

it('evolve takes an event before there is anything', () => {
  expect(decider.evolve(null, amended)).toBeNull();
  expect(decider.evolve(null, withdrawn)).toBeNull();
});
