import fc from 'fast-check';
import { applicant, approver, city, given, outsider, planVersion, province } from '../testing.js';
import type { ProjectEvent } from './events.js';
import { projectDecider as decider, type ProjectCommand } from './project.js';

const stamp = { by: applicant, at: '2027-04-15T01:00:00Z' };
const planned: ProjectEvent = {
  type: 'project-planned',
  data: { ...stamp, at: '2026-10-01T00:00:00Z', project: 'p-1', agency: city.id, plan: planVersion(1) },
};
const ordered: ProjectEvent = {
  type: 'procurement-recorded',
  data: {
    ...{ ...stamp, order: 'o-1', orderedOn: '2026-12-28', planHash: planVersion(1).hash, amountKrw: null, orderer: city },
    ...{ source: 'owner', token: null, basis: { kind: 'none' } },
  },
};
const abandoned: ProjectEvent = { type: 'project-abandoned', data: { ...stamp, reason: '예산 미확보' } };

describe('the budget', () => {
  const said = { fiscalYear: 2027, requestedKrw: 180_000_000, reflectedKrw: 142_000_000, remarks: '' };
  const reflect = (more: object = {}): ProjectCommand => ({
    type: 'record-budget-reflection',
    data: { ...stamp, ...said, ...more },
  });
  const reflected: ProjectEvent = { type: 'budget-reflected', data: { ...stamp, ...said } };

  it('says what was asked for and what was given', () => given(decider, planned).when(reflect()).then(reflected));
  it('is satisfied when that is on record, and takes a later figure', () => {
    given(decider, planned, reflected).when(reflect()).then();
    given(decider, planned, reflected)
      .when(reflect({ reflectedKrw: 0 }))
      .then({ type: 'budget-reflected', data: { ...stamp, ...said, reflectedKrw: 0 } });
  });
  it('is that of the agency that runs the project', () => {
    given(decider, planned)
      .when(reflect({ by: outsider }))
      .refuses('not-the-owner');
    given(decider).when(reflect()).refuses('no-such-project');
  });
  it.each([
    ['of no year', { fiscalYear: 1999 }, 'out-of-range'],
    ['with a negative request', { requestedKrw: -1 }, 'invalid-amount'],
    ['with half a won', { reflectedKrw: 0.5 }, 'invalid-amount'],
    ['with a number for a remark', { remarks: 3 }, 'wrong-type'],
  ])('is malformed %s', (_, more, code) => given(decider, planned).when(reflect(more)).refuses(code));
});

describe('progress', () => {
  const said = { year: 2027, quarter: 1, plannedPercent: 30, donePercent: 25.5, remarks: '' };
  const rules = { dueOn: '2027-04-15', ruleSet: 'sample@2024-01-01' };
  const report = (more: object = {}): ProjectCommand => ({
    type: 'record-progress',
    data: { ...stamp, ...said, ...rules, ...more },
  });
  const reported = (daysLate: number, more: object = {}): ProjectEvent => ({
    type: 'progress-recorded',
    data: { ...stamp, ...said, ...rules, daysLate, ...more },
  });

  it('is in time until the last day that the rules give', () =>
    given(decider, planned, ordered).when(report()).then(reported(0)));
  it('is late by the days after that', () => {
    const at = '2027-04-17T15:00:00Z';
    given(decider, planned, ordered).when(report({ at })).then(reported(3, { at }));
  });
  it('can be corrected later without becoming late', () => {
    const at = '2027-06-01T01:00:00Z';
    given(decider, planned, ordered, reported(0)).when(report({ at })).then();
    given(decider, planned, ordered, reported(0))
      .when(report({ at, donePercent: 27 }))
      .then(reported(0, { at, donePercent: 27 }));
  });
  it('is of a quarter that is over', () =>
    given(decider, planned, ordered)
      .when(report({ at: '2027-03-31T01:00:00Z' }))
      .refuses('quarter-not-over', '2027. 3. 31.'));
  it('is of something that was ordered by then', () => {
    given(decider, planned).when(report()).refuses('not-ordered');
    given(decider, planned, ordered)
      .when(report({ year: 2026, quarter: 3, dueOn: '2026-10-15' }))
      .refuses('not-ordered', '2026. 9. 30.');
    given(decider, planned, ordered)
      .when(report({ year: 2026, quarter: 4, dueOn: '2027-01-15' }))
      .then(reported(90, { year: 2026, quarter: 4, dueOn: '2027-01-15' }));
  });
  it('is that of the agency that runs the project', () =>
    given(decider, planned, ordered)
      .when(report({ by: approver }))
      .refuses('not-the-owner'));
  it.each([
    ['of a fifth quarter', { quarter: 5 }, 'out-of-range'],
    ['of no year', { year: 2101 }, 'out-of-range'],
    ['of more than all', { donePercent: 100.1 }, 'out-of-range'],
    ['planned below nothing', { plannedPercent: -1 }, 'out-of-range'],
    ['due on no day', { dueOn: '2027-04-31' }, 'invalid-date'],
    ['by no rules', { ruleSet: '' }, 'required'],
    ['with a number for a remark', { remarks: 3 }, 'wrong-type'],
  ])('is malformed %s', (_, more, code) => given(decider, planned, ordered).when(report(more)).refuses(code));

  it('whenever it is reported, is late exactly by the days after the last one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (days) => {
        const at = new Date(Date.parse('2027-04-01T00:00:00Z') + days * 86_400_000).toISOString();
        const [event] = decider.decide(report({ at }), [planned, ordered].reduce(decider.evolve, decider.initialState));
        expect(event).toMatchObject({ data: { daysLate: Math.max(0, days - 14) } });
      }),
      { seed: 67 },
    );
  });
});

describe('performance', () => {
  const said = { measuredOn: '2027-04-01', of: 'system' as const, score: 82.5, remarks: '' };
  const rules = { finding: 'keep' as const, rule: 'performance-system-keep', ruleSet: 'sample@2024-01-01' };
  const measure = (more: object = {}): ProjectCommand => ({
    type: 'record-performance',
    data: { ...stamp, ...said, ...rules, authority: province, ...more },
  });
  const measured: ProjectEvent = { type: 'performance-measured', data: { ...stamp, ...said, ...rules } };
  const give = (more: object = {}): ProjectCommand => ({
    type: 'give-award',
    data: {
      ...{ ...stamp, by: approver, award: '우수 정보시스템', awardedOn: '2027-04-15', ground: '예산을 줄였다.' },
      ...{ authority: province, ...more },
    },
  });
  const granted: ProjectEvent = {
    type: 'award-granted',
    data: {
      ...{ ...stamp, by: approver, award: '우수 정보시스템', awardedOn: '2027-04-15', ground: '예산을 줄였다.' },
      authority: province,
    },
  };

  it('is measured by the agency itself or by the authority, on a day, with what follows by the rules', () => {
    given(decider, planned, ordered).when(measure()).then(measured);
    given(decider, planned, ordered)
      .when(measure({ by: approver }))
      .then({ ...measured, data: { ...measured.data, by: approver } } as ProjectEvent);
    given(decider, planned, ordered)
      .when(measure({ by: outsider }))
      .refuses('not-the-authority', '충청남도');
  });
  it('is satisfied when it is on record', () => given(decider, planned, ordered, measured).when(measure()).then());
  it('is of something that was ordered, on a day that has come', () => {
    given(decider, planned).when(measure()).refuses('not-ordered');
    given(decider, planned, ordered)
      .when(measure({ measuredOn: '2027-04-16' }))
      .refuses('not-happened-yet');
  });
  it.each([
    ['on no day', { measuredOn: '2027-02-29' }, 'invalid-date'],
    ['of nothing known', { of: 'game' }, 'unknown-choice'],
    ['above 100', { score: 101 }, 'out-of-range'],
    ['with an unknown finding', { finding: 'sell' }, 'unknown-choice'],
    ['by no rule', { rule: '' }, 'required'],
    ['by no rule set', { ruleSet: '' }, 'required'],
    ['with a number for a remark', { remarks: 3 }, 'wrong-type'],
    ['before nobody', { authority: { ...province, id: '' } }, 'required'],
  ])('is malformed %s', (_, more, code) => given(decider, planned, ordered).when(measure(more)).refuses(code));

  it('is awarded by the authority, once it was measured', () => {
    given(decider, planned, ordered, measured).when(give()).then(granted);
    given(decider, planned, ordered, measured, granted).when(give()).then();
    given(decider, planned, ordered).when(give()).refuses('not-measured');
    given(decider, planned, ordered, measured)
      .when(give({ by: outsider }))
      .refuses('not-the-authority');
    given(decider, planned, ordered, measured)
      .when(give({ by: applicant, authority: city }))
      .refuses('own-award');
    given(decider, planned, ordered, measured)
      .when(give({ awardedOn: '2027-04-16' }))
      .refuses('not-happened-yet');
  });
  it.each([
    ['without a name', { award: '' }, 'required'],
    ['on no day', { awardedOn: '2027-04-31' }, 'invalid-date'],
    ['for nothing', { ground: '' }, 'required'],
  ])('an award is malformed %s', (_, more, code) => given(decider, planned, ordered, measured).when(give(more)).refuses(code));
});

it('what is owed to the budget of a given-up project is still told', () => {
  const reflect = {
    type: 'record-budget-reflection',
    data: { ...stamp, fiscalYear: 2027, requestedKrw: 1, reflectedKrw: 0, remarks: '' },
  } as const;
  given(decider, planned, abandoned).when(reflect).then({ type: 'budget-reflected', data: reflect.data });
});

describe('a quarter that nobody reports', () => {
  const said = { year: 2027, quarter: 1, dueOn: '2027-04-15', ruleSet: 'sample@2024-01-01' };
  const look = (more: object = {}): ProjectCommand => ({
    type: 'mark-progress-missed',
    data: { ...stamp, at: '2027-04-15T15:00:00Z', ...said, ...more },
  });
  const missed: ProjectEvent = { type: 'progress-report-missed', data: { ...stamp, at: '2027-04-15T15:00:00Z', ...said } };
  const reported = (year: number, quarter: number, donePercent: number): ProjectEvent => ({
    type: 'progress-recorded',
    data: { ...stamp, ...said, year, quarter, donePercent, plannedPercent: 30, remarks: '', daysLate: 0 },
  });

  it('is found missing when its day has passed, not on the day itself', () => {
    given(decider, planned, ordered).when(look()).then(missed);
    given(decider, planned, ordered)
      .when(look({ at: '2027-04-15T14:59:59Z' }))
      .refuses('progress-not-due');
  });
  it('is found missing once, and not when it was reported, given up or finished before', () => {
    given(decider, planned, ordered, missed).when(look()).then();
    given(decider, planned, ordered, reported(2027, 1, 20))
      .when(look())
      .then();
    given(decider, planned, ordered, reported(2026, 4, 100))
      .when(look())
      .then();
    given(decider, planned, ordered, abandoned).when(look()).then();
    given(decider, planned, ordered, reported(2026, 4, 99))
      .when(look())
      .then(missed);
    given(decider, planned, ordered, reported(2027, 2, 100))
      .when(look())
      .then(missed);
  });
  it('is no quarter before the order', () =>
    given(decider, planned, ordered)
      .when(look({ year: 2026, quarter: 3 }))
      .refuses('not-ordered'));
  it('is missing no more once it is reported, and stays on record', () => {
    const states = [planned, ordered, missed, reported(2027, 1, 20)].map((_, index, events) =>
      events.slice(0, index + 1).reduce(decider.evolve, decider.initialState),
    );
    expect(states.map((state) => state?.life.missed.length)).toEqual([0, 0, 1, 0]);
  });
  it.each([
    ['of a fifth quarter', { quarter: 5 }, 'out-of-range'],
    ['of no year', { year: 1999 }, 'out-of-range'],
    ['due on no day', { dueOn: '2027-04-31' }, 'invalid-date'],
    ['by no rules', { ruleSet: '' }, 'required'],
  ])('is malformed %s', (_, more, code) => given(decider, planned, ordered).when(look(more)).refuses(code));
});
