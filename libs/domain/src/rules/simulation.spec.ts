import type { RuleBook } from './rule-book.js';
import { sampleRules } from './sample-rules.js';
import { koreanCalendar } from '../calendar/calendar.js';
import { whatCasesWouldChange, whatWouldChange, type PastCase, type PastProject } from './simulation.js';
import { trackOn } from './track.js';

const facts: PastProject['facts'] = {
  ...{ tier: 'BASIC_LOCAL', ownerTier: null, kind: 'enhancement', isNew: false, hasNewFunctions: false },
  ...{ resultsFromIsp: false, totalBudgetKrw: 120_000_000, softwareDevelopmentKrw: 0, ownIncomeOnly: false },
};
const raised: RuleBook = {
  ...sampleRules,
  id: 'draft',
  thresholds: sampleRules.thresholds.map((rule) =>
    rule.id === 'threshold-basic-2024' ? { ...rule, value: { ...rule.value, krw: 150_000_000 } } : rule,
  ),
};

it('lists the past projects that a draft would judge otherwise, each by the rules of its own day', () => {
  const projects: readonly PastProject[] = [
    { id: 'below-both', on: '2024-05-01', facts: { ...facts, totalBudgetKrw: 90_000_000 } },
    { id: 'between', on: '2024-05-01', facts },
    { id: 'above-both', on: '2024-05-01', facts: { ...facts, totalBudgetKrw: 200_000_000 } },
    { id: 'long-ago', on: '2017-05-01', facts: { ...facts, totalBudgetKrw: 40_000_000 } },
  ];
  const changed = whatWouldChange(projects, sampleRules, raised, '2026-11-30');
  expect(changed.map(({ id, was, wouldBe }) => [id, was.target, wouldBe.target])).toEqual([
    ['between', 'target', 'exempt'],
    ['long-ago', 'target', 'exempt'],
  ]);
  expect(changed[0]?.wouldBe.reasons[0]?.text.ko).toBe('사업비 120,000,000원이 기준금액 150,000,000원에 못 미친다.');
  expect(whatWouldChange(projects.slice(0, 3), sampleRules, sampleRules, '2024-05-01')).toEqual([]);
});

it.each([
  ['an ISP', '2026-11-30', { kind: 'isp' as const }, 'isp'],
  ['an ISP for disaster safety', '2026-11-30', { kind: 'isp' as const, isDisasterSafety: true }, 'isp'],
  ['disaster safety', '2026-11-30', { isDisasterSafety: true }, 'fast'],
  ['disaster safety with an overlap', '2026-11-30', { isDisasterSafety: true, hasConfirmedOverlap: true }, 'standard'],
  ['disaster safety before the fast track existed', '2023-06-30', { isDisasterSafety: true }, 'standard'],
  ['anything else', '2026-11-30', {}, 'standard'],
  ['an ISP before there were rules', '2009-01-01', { kind: 'isp' as const }, 'standard'],
])('reviews %s on its track', (_, on, more, track) => {
  expect(trackOn(sampleRules, on, { kind: 'build', isDisasterSafety: false, hasConfirmedOverlap: false, ...more })).toBe(track);
});

describe('what else a draft changes', () => {
  const past: readonly PastProject[] = [
    { id: 'quake', on: '2024-05-01', facts: { ...facts, isNew: true }, isDisasterSafety: true },
    { id: 'city', on: '2024-05-01', facts: { ...facts, isNew: true } },
    { id: 'exempt', on: '2024-05-01', facts: { ...facts, kind: 'maintenance' } },
    { id: 'corporation', on: '2024-05-01', facts: { ...facts, tier: 'LOCAL_PUBLIC_CORP', isNew: true } },
  ];
  it('is the track of a target, and who reviews it', () => {
    const noFastTrack: RuleBook = { ...sampleRules, reviewDays: sampleRules.reviewDays.filter(({ id }) => id !== 'days-fast') };
    expect(whatWouldChange(past, sampleRules, noFastTrack, '2026-11-30')).toMatchObject([
      { id: 'quake', changed: ['track'], was: { track: 'fast' }, wouldBe: { track: 'standard' } },
    ]);
    const toTheMinistry: RuleBook = {
      ...sampleRules,
      routing: sampleRules.routing.map((rule) => ({ ...rule, value: { ...rule.value, reviewer: 'ministry' as const } })),
    };
    expect(whatWouldChange(past, sampleRules, toTheMinistry, '2026-11-30').map(({ id, changed }) => [id, changed])).toEqual([
      ['quake', ['reviewer']],
      ['city', ['reviewer']],
    ]);
  });

  const cases: readonly PastCase[] = [
    { id: 'c-1', receivedOn: '2026-11-05', track: 'standard' },
    { id: 'c-2', receivedOn: '2026-11-05', track: 'isp' },
  ];
  const run = (draft: RuleBook) => whatCasesWouldChange(cases, sampleRules, draft, '2026-11-30', koreanCalendar());

  it('is the due date of a past case, reckoned from its own receipt', () => {
    const shorter: RuleBook = {
      ...sampleRules,
      reviewDays: sampleRules.reviewDays.map((rule) =>
        rule.id === 'days-standard' ? { ...rule, value: { ...rule.value, days: 20 } } : rule,
      ),
    };
    expect(run(shorter)).toMatchObject([
      {
        ...{ id: 'c-1', changed: ['dueOn', 'days'] },
        ...{ was: { dueOn: '2026-12-07', days: 30 }, wouldBe: { dueOn: '2026-11-25', days: 20 } },
      },
    ]);
    expect(run(sampleRules)).toEqual([]);
  });
  it('is what has to be attached, looked at and answered, and which conditions there are', () => {
    const other: RuleBook = {
      ...sampleRules,
      attachments: sampleRules.attachments.slice(0, 1),
      checklist: sampleRules.checklist.slice(0, 12),
      conditions: sampleRules.conditions.slice(1),
      requests: sampleRules.requests.map((rule) => ({ ...rule, value: { ...rule.value, respondWithinDays: 5 } })),
    };
    expect(run(other).map(({ changed }) => changed)).toEqual([
      ['attachments', 'checklist', 'conditions', 'requests'],
      ['attachments', 'checklist', 'conditions', 'requests'],
    ]);
    expect(run(other)[0]?.was.attachments).toEqual(['사업계획서', '제안요청서(안)']);
  });
});
