import type { ConsultationEvent, SajeonEvent } from '@sajeon/domain';
import type { JsonObject, RecordedEvent } from '@sajeon/event-store';
import { applicant, approver, corporation, groundwater, happened, owner, planVersion, reviewer } from '@sajeon/domain/testing';
import { consultation, followUp } from '../testing/story.js';
import { replayCase } from './case-page.js';

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

  it('says nothing of conditions before the letter, so that what was shown then has the same hash today', () => {
    expect(Object.keys(after(...consultation.slice(0, -1)).document)).not.toContain('obligations');
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
