import type { ConsultationEvent } from '../consultation/events.js';
import {
  applicant,
  approver,
  city,
  given,
  groundwater,
  happened,
  planContent,
  planVersion,
  province,
  reviewer,
} from '../testing.js';
import { authorizationOf, readTokenText, TOKEN_FORMAT, tokenText } from './authorization.js';
import type { ProjectEvent } from './events.js';
import { consultedPlanOf, foundOrder, letterInForce, type ConsultedPlan } from './procurement.js';
import { projectDecider as decider, type ProjectCommand } from './project.js';

const filed: readonly ConsultationEvent[] = [happened.drafted(), happened.submitted(), happened.received(), happened.screened()];
const decided: readonly ConsultationEvent[] = [
  ...filed,
  ...[happened.confirmed(), happened.proposed(), happened.approved(), happened.notified()],
];
/** The letter is of 18 November 2026. */
const consulted = (...events: readonly ConsultationEvent[]): ConsultedPlan => consultedPlanOf(events)!;
const held: ConsultationEvent = {
  ...happened.notified(),
  data: { ...happened.notified().data, outcome: 'HOLD', conditions: [], at: '2026-11-18T01:00:00Z' },
};
const ordered = { orderedOn: '2026-12-01', planHash: planVersion(1).hash };
const exempt = { target: 'exempt', on: '2026-10-01', ruleSet: 'sample@2024-01-01' } as never;

describe('what an order rests on', () => {
  it('is the letter that had been notified by that day, with the conditions that are open', () => {
    expect(foundOrder(ordered, [consulted(...decided)], null)).toEqual({
      omission: null,
      basis: {
        kind: 'decision',
        consultation: 'c-1',
        outcome: 'PROCEED_CONDITIONALLY',
        documentNumber: '정보화담당관-4821',
        notifiedOn: '2026-11-18',
        openConditions: [1],
      },
    });
  });
  it('is a letter of the same day, and of no later one', () => {
    const on = (orderedOn: string) => foundOrder({ ...ordered, orderedOn }, [consulted(...decided)], null).omission?.reason;
    expect([on('2026-11-17'), on('2026-11-18')]).toEqual(['ordered-before-decision', undefined]);
  });
  it('names no condition that is fulfilled or waived', () => {
    const settled = [...decided, happened.actionReported(), happened.fulfilled(1), happened.closed()];
    expect(foundOrder(ordered, [consulted(...settled)], null).basis).toMatchObject({ kind: 'decision', openConditions: [] });
  });
  it('is the decided plan and no other version of it', () => {
    const other = planVersion(2, { ...planContent, title: '다른 사업' }).hash;
    expect(foundOrder({ ...ordered, planHash: other }, [consulted(...decided)], null).omission).toEqual({
      reason: 'other-plan-version',
      consultation: 'c-1',
      decidedPlan: { version: 1, hash: planVersion(1).hash },
    });
  });
  it('is also a changed plan, once the change was accepted without another review', () => {
    const plan = planVersion(2, { ...planContent, budgetKrw: 179_000_000 });
    const changed: readonly ConsultationEvent[] = [
      ...decided,
      {
        type: 'material-change-reported',
        data: { by: applicant, at: '2026-11-25T01:00:00Z', change: 1, decidedVersion: 1, plan, reason: '단가 조정' },
      },
      {
        type: 'change-accepted-without-review',
        data: { by: applicant, at: '2026-11-25T01:00:00Z', change: 1, rules: ['material-budget'] },
      },
    ];
    const reason = (orderedOn: string) =>
      foundOrder({ orderedOn, planHash: plan.hash }, [consulted(...changed)], null).omission?.reason;
    expect([reason('2026-11-24'), reason('2026-11-25')]).toEqual(['other-plan-version', undefined]);
  });
  it('is the newest of several letters by that day: a hold after a letter to proceed ends it', () => {
    const again = consulted(...filed, ...[happened.confirmed(), happened.proposed(), happened.approved()], held);
    const later = { ...again, consultation: 'c-2', letters: again.letters.map((one) => ({ ...one, notifiedOn: '2026-11-20' })) };
    const both = [consulted(...decided), later];
    expect(foundOrder({ ...ordered, orderedOn: '2026-11-19' }, both, null).omission).toBeNull();
    expect(foundOrder({ ...ordered, orderedOn: '2026-11-20' }, both, null).omission).toMatchObject({
      reason: 'held',
      consultation: 'c-2',
    });
    expect(letterInForce(both, '2026-11-17')).toBeNull();
  });
  it.each<[string, readonly ConsultedPlan[], string, string | null]>([
    ['nobody was asked', [], 'never-consulted', null],
    ['the review goes on', [consulted(...filed)], 'ordered-before-decision', 'c-1'],
    [
      'it was withdrawn',
      [consulted(happened.drafted(), happened.submitted(), happened.withdrawn())],
      'ended-without-decision',
      'c-1',
    ],
    [
      'it was returned',
      [consulted(happened.drafted(), happened.submitted(), happened.returned())],
      'ended-without-decision',
      'c-1',
    ],
  ])('is nothing when %s', (_, plans, reason, consultation) => {
    expect(foundOrder(ordered, plans, null)).toEqual({
      basis: { kind: 'none' },
      omission: { reason, consultation, decidedPlan: null },
    });
  });
  it('is an assessment as exempt, unless that came later or a letter says to hold', () => {
    expect(foundOrder(ordered, [], exempt).basis).toEqual({
      kind: 'exempt',
      assessedOn: '2026-10-01',
      ruleSet: 'sample@2024-01-01',
    });
    expect(foundOrder({ ...ordered, orderedOn: '2026-09-30' }, [], exempt).omission?.reason).toBe('never-consulted');
    const hold = [...filed, happened.confirmed(), happened.proposed(), happened.approved(), held];
    expect(foundOrder(ordered, [consulted(...hold)], exempt).omission?.reason).toBe('held');
  });
  it('takes no draft into account', () => expect(consultedPlanOf([happened.drafted()])).toBeNull());
});

const stamp = { by: applicant, at: '2026-12-02T01:00:00Z' };
const planned: ProjectEvent = {
  type: 'project-planned',
  data: { ...stamp, at: '2026-10-01T00:00:00Z', project: 'p-1', agency: city.id, plan: planVersion(1) },
};
const order = {
  ...{ order: '20261201-00417', orderedOn: '2026-12-01', planHash: planVersion(1).hash, amountKrw: 170_000_000 },
  ...{ token: null, orderer: city },
};
const record = (more: object = {}): ProjectCommand => ({
  type: 'record-procurement',
  data: { ...stamp, ...order, authority: province, consulted: [consulted(...decided)], ...more },
});
const recorded: ProjectEvent = {
  type: 'procurement-recorded',
  data: {
    ...{ ...stamp, ...order, source: 'owner' },
    basis: {
      ...{ kind: 'decision', consultation: 'c-1', outcome: 'PROCEED_CONDITIONALLY', documentNumber: '정보화담당관-4821' },
      ...{ notifiedOn: '2026-11-18', openConditions: [1] },
    },
  },
};
const uncovered: ProjectEvent = {
  type: 'procurement-recorded',
  data: { ...stamp, ...order, source: 'owner', basis: { kind: 'none' } },
};
const omission: ProjectEvent = {
  type: 'consultation-omission-detected',
  data: {
    ...{ ...stamp, omission: 1, order: order.order, orderedOn: order.orderedOn, planHash: order.planHash, orderer: city },
    ...{ authority: province, reason: 'never-consulted', consultation: null, decidedPlan: null },
  },
};

describe('an order', () => {
  it('is recorded with what it rests on', () => given(decider, planned).when(record()).then(recorded));
  it('without a decision is recorded, and the omission beside it', () =>
    given(decider, planned)
      .when(record({ consulted: [] }))
      .then(uncovered, omission));
  it('is recorded once, and numbers its omissions within the project', () => {
    given(decider, planned, uncovered, omission)
      .when(record({ consulted: [] }))
      .then();
    given(decider, planned, uncovered, omission)
      .when(record({ order: 'second', consulted: [] }))
      .then(
        { ...uncovered, data: { ...uncovered.data, order: 'second' } } as ProjectEvent,
        { ...omission, data: { ...omission.data, omission: 2, order: 'second' } } as ProjectEvent,
      );
  });
  it('does not mean two things', () =>
    given(decider, planned, recorded)
      .when(record({ amountKrw: 1 }))
      .refuses('order-already-recorded', order.order));
  it('is that of the agency that runs the project, told by itself or by the feed', () => {
    given(decider, planned)
      .when(record({ by: reviewer }))
      .refuses('not-the-owner');
    given(decider, planned)
      .when(record({ orderer: province }))
      .refuses('not-the-owner', '충청남도');
    const reported = { ...record({ by: approver }), type: 'report-procurement' } as ProjectCommand;
    given(decider, planned)
      .when(reported)
      .then({ ...recorded, data: { ...recorded.data, by: approver, source: 'feed' } } as ProjectEvent);
  });
  it('has gone out already', () =>
    given(decider, planned)
      .when(record({ orderedOn: '2026-12-03' }))
      .refuses('not-happened-yet', '2026. 12. 3.'));
  it('is a fact also of a project that was given up', () => {
    const abandoned: ProjectEvent = { type: 'project-abandoned', data: { ...stamp, reason: '예산 미확보' } };
    given(decider, planned, abandoned).when(record()).then(recorded);
  });
  it('belongs to a project', () => given(decider).when(record()).refuses('no-such-project'));
  it.each([
    ['without a number', { order: '' }, 'required'],
    ['on no day', { orderedOn: '2026-02-30' }, 'invalid-date'],
    ['of no plan', { planHash: 'abc' }, 'invalid-hash'],
    ['for half a won', { amountKrw: 0.5 }, 'invalid-amount'],
    ['with a token that is no hash', { token: 'x' }, 'invalid-hash'],
    ['of nobody', { orderer: { ...city, name: '' } }, 'required'],
    ['that nobody would review', { authority: { ...province, tier: 'VILLAGE' } }, 'unknown-choice'],
  ])('is malformed %s', (_, more, code) => given(decider, planned).when(record(more)).refuses(code));
});

describe('what may be ordered', () => {
  const project = { project: 'p-1', agency: city, abandoned: null };
  const authorization = () => authorizationOf(project, [consulted(...decided)], '2026-12-01', '4711');

  it('is the decided plan, with the conditions that are open, as of a position of the log', () => {
    expect(authorization()).toEqual({
      ...{ project: 'p-1', agency: city, consultation: 'c-1', authority: province, outcome: 'PROCEED_CONDITIONALLY' },
      ...{ documentNumber: '정보화담당관-4821', notifiedOn: '2026-11-18', plans: [{ version: 1, hash: planVersion(1).hash }] },
      openConditions: [{ number: 1, text: '관정 대장을 도 시스템과 연계할 것', dueOn: '2027-03-31' }],
      asOf: '4711',
    });
    expect(groundwater.id).toBeDefined();
  });
  it.each<[string, () => unknown]>([
    ['before the letter', () => authorizationOf(project, [consulted(...decided)], '2026-11-17', '1')],
    ['without a consultation', () => authorizationOf(project, [], '2026-12-01', '1')],
    ['when it is to hold', () => authorizationOf(project, [consulted(...decided, held)], '2026-12-01', '1')],
    [
      'when it was given up',
      () => authorizationOf({ ...project, abandoned: '예산' }, [consulted(...decided)], '2026-12-01', '1'),
    ],
  ])('is nothing %s', (_, ask) => expect(ask).toThrow(expect.objectContaining({ code: 'nothing-may-be-ordered' })));

  it('reads as it was written, in two lines', () => {
    const text = tokenText(authorization());
    expect(text.split('\n')).toHaveLength(3);
    expect(readTokenText(text)).toEqual(authorization());
  });
  const said = () => JSON.parse(tokenText(authorization()).split('\n')[1]!);
  it.each<[string, () => string]>([
    ['of another format', () => tokenText(authorization()).replace('@1', '@2')],
    ['of no JSON', () => `${TOKEN_FORMAT}\n{\n`],
    ['with a line too many', () => `${tokenText(authorization())}more\n`],
    ['of another kind of value', () => `${TOKEN_FORMAT}\n[]\n`],
    ...Object.entries({
      project: '',
      agency: {},
      authority: null,
      outcome: 'HOLD',
      notifiedOn: '2026-02-30',
      plans: [],
      openConditions: [{ number: 1, text: '', dueOn: null }],
      asOf: 12,
    }).map(([field, value]): [string, () => string] => [
      `with a wrong ${field}`,
      () => `${TOKEN_FORMAT}\n${JSON.stringify({ ...said(), [field]: value })}\n`,
    ]),
  ])('is not a token %s', (_, text) =>
    expect(() => readTokenText(text())).toThrow(expect.objectContaining({ code: 'not-a-token' })),
  );
});
