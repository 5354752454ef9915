import type { ConsultationEvent, SajeonEvent } from '@sajeon/domain';
import type { JsonObject, RecordedEvent } from '@sajeon/event-store';
import { applicant, approver, corporation, groundwater, happened, owner, planVersion, reviewer } from '@sajeon/domain/testing';
import { consultation, followUp } from '../testing/story.js';
import { replayCase } from './case-page.js';
import { withoutInternalOpinion } from './decision.js';

function recorded(events: readonly SajeonEvent[]): RecordedEvent[] {
  return events.map(({ type, data }, index) => ({
    id: `e-${index}`,
    type,
    // Domain events are plain JSON.
    data: data as unknown as JsonObject,
    metadata: { schema: '1' },
    stream: 'consultation-c-1',
    revision: BigInt(index),
    position: BigInt(100 + index),
    recordedAt: '2026-10-28T01:00:00.000000Z',
  }));
}

function after(...events: readonly ConsultationEvent[]) {
  const row = replayCase(recorded(events));
  if (row === null) throw new Error('no case');
  return row;
}

describe('the case page', () => {
  it('is nothing before the first event', () => expect(replayCase([])).toBeNull());

  it('has the plan as it reads now and every earlier version with who brought it', () => {
    const { document } = after(...consultation);
    expect(document.plan).toEqual(planVersion(3));
    expect(document.planBrought).toEqual({ by: applicant, at: '2026-11-12T07:00:00Z' });
    expect(document.earlierPlans.map(({ version, brought }) => [version, brought.at])).toEqual([
      [1, '2026-10-28T01:00:00Z'],
      [2, '2026-10-29T01:00:00Z'],
    ]);
  });

  it('does not count a filing without a change as a new version', () => {
    expect(after(happened.drafted(), happened.submitted()).document.earlierPlans).toEqual([]);
  });

  it('has the newest finding with what a person found about each candidate', () => {
    const { finding } = after(...consultation).document;
    expect(finding).toMatchObject({ planVersion: 3, inventoryPosition: '130', screened: { at: '2026-11-02T00:31:00Z' } });
    expect(finding?.candidates).toEqual([
      expect.objectContaining({
        id: groundwater.id,
        probability: 0.95,
        evidence: groundwater.evidence,
        settlement: expect.objectContaining({
          verdict: 'confirmed',
          relation: 'PARTIAL_FUNCTION_OVERLAP',
          probability: 0.95,
          by: reviewer,
        }),
      }),
    ]);
  });

  it('asks for a settlement again when a candidate has become more probable, and still shows the old one', () => {
    const { document } = after(...consultation.slice(0, 9));
    expect(document.unsettled).toEqual([groundwater.id]);
    expect(document.finding?.candidates[0]?.settlement).toMatchObject({ verdict: 'dismissed', probability: 0.91 });
  });

  it('has each correction round with its items, answers and the plan that came with them', () => {
    const open = after(...consultation.slice(0, 7)).document;
    expect(open.corrections).toMatchObject([
      { round: 1, respondBy: '2026-11-19', responded: null, items: [{ answer: null }, { answer: null }] },
    ]);
    const [round] = after(...consultation).document.corrections;
    expect(round).toMatchObject({ requested: { by: reviewer }, responded: { by: applicant, planVersion: 3 } });
    expect(round?.items[1]).toMatchObject({
      number: 2,
      text: '도 시스템과의 연계 계획을 더하세요.',
      answer: '관정 대장을 도 시스템과 매일 연계한다.',
    });
  });

  it('has every proposal with what became of it, the decision and the letter', () => {
    const { document } = after(...consultation);
    expect(document.proposals).toMatchObject([
      { proposal: 1, sentBack: { by: approver, reason: '조건의 기한을 앞당길 것' }, approved: null },
      { proposal: 2, sentBack: null, approved: { by: approver } },
    ]);
    expect(document.decision).toEqual(document.proposals[1]);
    expect(document.letter).toMatchObject({ documentNumber: '정보화담당관-4821', outcome: 'PROCEED_CONDITIONALLY' });
    expect(document).toMatchObject({ status: 'follow-up', holder: 'applicant', ended: null, unsettled: [] });
  });

  it('has every condition with what was done about it, until the case is closed', () => {
    const { document } = after(...consultation, ...followUp);
    expect(document).toMatchObject({ status: 'closed', holder: null, closed: { by: reviewer } });
    expect(document.obligations).toMatchObject([
      {
        ...{ condition: 1, dueOn: '2027-06-30', status: 'fulfilled', overdue: false, candidate: groundwater.id },
        actionPlan: { by: applicant, completeBy: '2027-02-26' },
        results: [
          { submission: 1, rejected: { by: reviewer, reason: '시험 자료 10건만 보냈다.' } },
          { submission: 2, submitted: { by: applicant }, rejected: null },
        ],
        extensions: [{ formerDueOn: '2027-03-31', dueOn: '2027-06-30' }],
        waiver: { by: reviewer, declined: { by: approver } },
        recommendations: [{ recommendation: 1, answerBy: '2027-04-16', answered: { by: applicant } }],
        settled: { by: reviewer, remarks: '도 시스템에서 확인함' },
      },
    ]);
    expect(after(...consultation, ...followUp.slice(0, 6)).document.obligations).toMatchObject([
      { overdue: true, status: 'open' },
    ]);
  });

  it('has what the owner and the applicant say about an overlap', () => {
    const { document } = after(
      ...[happened.drafted(), happened.submitted(), happened.screened(), happened.received(), happened.differenceStated()],
      ...[happened.jointReviewOpened(), happened.opinionGiven(), happened.adjustmentProposed(), happened.adjustmentAgreed()],
      happened.jointReviewClosed(),
    );
    expect(document).toMatchObject({
      status: 'under-review',
      differences: [{ by: applicant, candidate: groundwater.id }],
      jointReviews: [
        {
          ...{ review: 1, candidate: groundwater.id, owner: corporation, dueOn: '2026-11-13' },
          opinions: [{ by: owner, opinion: 'LINK' }],
          adjustment: { by: owner, agreed: { by: applicant } },
          closed: { by: reviewer, conclusion: 'AGREEMENT' },
        },
      ],
    });
  });

  it('hands the case to the authority while a result or a waiver waits for it, and back', () => {
    const holder = (length: number) => after(...consultation, ...followUp.slice(0, length)).document.holder;
    expect([0, 1, 2, 3, 4, 5].map(holder)).toEqual([
      ...['applicant', 'applicant', 'authority', 'applicant', 'authority', 'applicant'],
    ]);
  });

  it('shows of a draft who put it before the approver or why it was sent back, and of a filed case neither', () => {
    const at = '2026-10-29T01:00:00Z';
    const { version: number, hash: planHash } = planVersion(1);
    const requested = { type: 'submission-requested', data: { by: applicant, at, planVersion: number, planHash } } as const;
    const sentBack = { type: 'draft-sent-back', data: { by: applicant, at, reason: '근거를 더할 것' } } as const;
    const page = (...events: readonly ConsultationEvent[]) => after(happened.drafted(), ...events).document;
    expect(page(requested).signOff).toEqual({ requested: { by: applicant, at }, sentBack: null });
    expect(page(requested, sentBack).signOff).toEqual({
      requested: null,
      sentBack: { by: applicant, at, reason: '근거를 더할 것' },
    });
    expect(page(requested, { type: 'draft-revised', data: { by: applicant, at, plan: planVersion(2) } }).signOff).toEqual({
      requested: null,
      sentBack: null,
    });
    // What a decider is shown has the same hash whether somebody asked first or not.
    expect(page(requested, happened.submitted())).toEqual(page(happened.submitted()));
    expect(Object.keys(page(requested, happened.withdrawn()))).not.toContain('signOff');
  });

  it('says nothing of conditions before the letter, so that what was shown then has the same hash today', () => {
    expect(Object.keys(after(...consultation.slice(0, -1)).document)).not.toContain('obligations');
  });

  it('keeps the first letter and what was owed under it beside the amended one, and shows the applicant nothing between the two', () => {
    const amended: readonly ConsultationEvent[] = [
      ...[happened.proposed(3), happened.approved(3)],
      {
        type: 'decision-amended',
        data: {
          ...{ by: reviewer, at: '2026-12-09T01:00:00Z', objection: 1, proposal: 3 },
          ...{ formerDocumentNumber: '정보화담당관-4821', documentNumber: '정보화담당관-4900' },
          ...{ formerOutcome: 'PROCEED_CONDITIONALLY', outcome: 'HOLD' },
        },
      },
      {
        type: 'result-notified',
        data: {
          ...{ by: reviewer, at: '2026-12-09T01:00:00Z', documentNumber: '정보화담당관-4900', outcome: 'HOLD' },
          ...{ reasons: '중복', conditions: [], amends: '정보화담당관-4821' },
        },
      },
    ];
    const contested = [...consultation, happened.objected(), happened.upheld()];
    const late = (event: ConsultationEvent): ConsultationEvent =>
      ({ ...event, data: { ...event.data, at: '2026-12-09T01:00:00Z' } }) as ConsultationEvent;
    const prepared = after(...contested, ...amended.slice(0, 2).map(late)).document;
    expect(prepared.proposals).toHaveLength(3);
    expect(withoutInternalOpinion(prepared)).toMatchObject({
      ...{ status: 'under-review', proposals: [{ proposal: 1 }, { proposal: 2 }], decision: { proposal: 2 } },
      letter: { documentNumber: '정보화담당관-4821' },
    });
    const { document } = after(...contested, ...amended.map(late));
    expect(withoutInternalOpinion(document)).toEqual(document);
    expect(document).toMatchObject({
      ...{ status: 'notified', letter: { documentNumber: '정보화담당관-4900', amends: '정보화담당관-4821' } },
      ...{ earlierLetters: [{ documentNumber: '정보화담당관-4821' }], obligations: [{ condition: 1, status: 'lapsed' }] },
      objections: [{ objection: 1, decided: { upheld: true } }],
    });
  });

  it('keeps an approval that was voided, and no longer calls it the decision', () => {
    const { document } = after(...consultation.slice(0, -1), {
      ...happened.invalidated(),
      data: { ...happened.invalidated().data, proposal: 2 },
    });
    expect(document.decision).toBeNull();
    expect(document.proposals.at(-1)).toMatchObject({ approved: { by: approver }, sentBack: null });
  });

  it('says how a case ended without a letter', () => {
    expect(after(happened.drafted(), happened.submitted(), happened.returned()).document).toMatchObject({
      status: 'returned',
      holder: null,
      ended: { how: 'returned', reason: '제안요청서가 빠져 있다.' },
    });
    expect(after(happened.drafted(), happened.withdrawn()).document.ended).toMatchObject({ how: 'withdrawn' });
  });

  it('carries the revision and the position of the last event', () => {
    expect(after(...consultation.slice(0, 4))).toMatchObject({ revision: '3', position: '103', status: 'received' });
  });

  it('refuses a log in which a case begins in the middle', () => {
    expect(() => after(happened.submitted())).toThrow('consultation-submitted');
  });
});

describe('what passes between reviewer and applicant', () => {
  const by = reviewer;
  const inReview = [happened.drafted(), happened.submitted(), happened.screened(), happened.received()];
  const waiting = [...inReview, happened.correctionRequested()];

  it('stands with its round: wishes for time, reminders, lateness, and that the review went on', () => {
    const wish = { round: 1, respondBy: '2026-11-27', reason: '견적' };
    const { document } = after(
      ...waiting,
      { type: 'response-extension-requested', data: { by: applicant, at: '2026-11-16T01:00:00Z', ...wish } },
      { type: 'response-extension-declined', data: { by, at: '2026-11-16T02:00:00Z', round: 1, reason: '너무 길다.' } },
      {
        type: 'response-extended',
        data: { by, at: '2026-11-16T03:00:00Z', ...wish, respondBy: '2026-11-23', formerRespondBy: '2026-11-19' },
      },
      { type: 'applicant-reminded', data: { by, at: '2026-11-20T01:00:00Z', round: 1, respondBy: '2026-11-23', daysBefore: 3 } },
      { type: 'response-overdue', data: { by, at: '2026-11-24T01:00:00Z', round: 1, respondBy: '2026-11-23' } },
      { type: 'proceeded-on-file', data: { by, at: '2026-11-25T01:00:00Z', round: 1, reason: '자료로 충분하다.' } },
    );
    expect(document.status).toBe('under-review');
    expect(document.corrections).toEqual([
      expect.objectContaining({
        ...{ respondBy: '2026-11-23', responded: null },
        extensionAsked: expect.objectContaining({
          respondBy: '2026-11-27',
          declined: expect.objectContaining({ reason: '너무 길다.' }),
        }),
        extensions: [expect.objectContaining({ formerRespondBy: '2026-11-19' })],
        reminders: [{ by, at: '2026-11-20T01:00:00Z', daysBefore: 3 }],
        overdue: { by, at: '2026-11-24T01:00:00Z', respondBy: '2026-11-23' },
        onFile: { by, at: '2026-11-25T01:00:00Z', reason: '자료로 충분하다.' },
      }),
    ]);
  });

  it('says what the authority made of the answer, the newest word last', () => {
    const { document } = after(
      ...[...waiting, happened.responded()],
      { type: 'response-rejected', data: { by, at: '2026-11-13T01:00:00Z', round: 1, reason: '근거가 없다.' } },
      { type: 'response-accepted', data: { by, at: '2026-11-13T02:00:00Z', round: 1, remarks: '' } },
    );
    expect(document.corrections[0]?.verdict).toEqual({ by, at: '2026-11-13T02:00:00Z', accepted: true, remarks: '' });
  });

  it('says how the review runs, and carries a candidate found by hand through a new screening', () => {
    const stamp = { by, at: '2026-11-04T01:00:00Z' };
    const { id, kind, name, agency } = { ...groundwater, id: 's-hand' };
    const { document } = after(
      ...inReview,
      { type: 'reviewer-assigned', data: { ...stamp, reviewer } },
      { type: 'fast-track-designated', data: { ...stamp, ground: '재난' } },
      { type: 'overlap-candidate-added', data: { ...stamp, candidate: { id, kind, name, agency }, reason: '들었다.' } },
      { type: 'overlap-confirmed', data: { ...stamp, candidate: id, relation: 'DUPLICATES', reason: '같다.' } },
      { type: 'fast-track-revoked', data: { ...stamp, reason: '같다.', candidate: id } },
      happened.screened([groundwater], planVersion(1), '140'),
      { type: 'deadline-warning-raised', data: { ...stamp, share: 0.5, given: 30, on: '2026-11-17' } },
      {
        type: 'delay-notified',
        data: { ...stamp, dueOn: '2026-12-02', expectedNotificationOn: '2026-12-16', reason: '조정' },
      },
      { type: 'meeting-held', data: { ...stamp, meeting: 1, heldOn: '2026-11-04', minutes: '만났다.' } },
    );
    expect(document).toMatchObject({
      assignments: [{ reviewer, former: null }],
      trackChanges: [{ track: 'fast' }, { track: 'standard', candidate: id }],
      addedCandidates: [{ id, settlement: { verdict: 'confirmed', reason: '같다.' } }],
      warnings: [{ share: 0.5 }],
      delayNotices: [{ expectedNotificationOn: '2026-12-16' }],
      meetings: [{ meeting: 1 }],
      unsettled: [groundwater.id],
    });
  });

  it('leaves the page of a case in which nothing of it happened as it was: old hashes come out the same', () => {
    const { document } = after(...waiting, happened.responded());
    expect(Object.keys(document)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/meetings|trackChanges|delayNotices|warnings|assignments|addedCandidates/)]),
    );
    expect(Object.keys(document.corrections[0] ?? {}).sort()).toEqual(
      ['round', 'requested', 'respondBy', 'items', 'responded'].sort(),
    );
  });
});
