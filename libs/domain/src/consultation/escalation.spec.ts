import { applicant, approver, city, given, groundwater, happened, province, reviewer, waterworks } from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { ConsultationEvent } from './events.js';

const ministry = { id: 'mois', name: '행정안전부', tier: 'CENTRAL' as const };
const official = { person: 'p-1001', agency: ministry.id };
const stamp = { by: approver, at: '2026-11-06T01:00:00Z' };
const reason = '중앙부처가 운영하는 시스템과 중복된다.';
const confirmed: readonly ConsultationEvent[] = [
  ...[happened.drafted(), happened.submitted(), happened.received(), happened.screened([groundwater, waterworks])],
  happened.confirmed(),
];
const escalated: ConsultationEvent = {
  type: 'review-escalated',
  data: { ...stamp, candidate: groundwater.id, reason, from: province, to: ministry },
};
const escalate = (more: object = {}): ConsultationCommand => ({
  type: 'escalate-review',
  data: { ...stamp, candidate: groundwater.id, central: true, to: ministry, reason, ...more },
});

it('hands the review to the ministry, because of a confirmed overlap with a central system', () =>
  given(decider, ...confirmed)
    .when(escalate())
    .then(escalated));
it('is satisfied when it is handed over so', () =>
  given(decider, ...confirmed, escalated)
    .when(escalate())
    .then());
it('needs an overlap that a person has confirmed', () => {
  given(decider, ...confirmed.slice(0, -1))
    .when(escalate())
    .refuses('overlap-not-confirmed');
  given(decider, ...confirmed)
    .when(escalate({ candidate: waterworks.id }))
    .refuses('overlap-not-confirmed');
  given(decider, ...confirmed)
    .when(escalate({ candidate: 's-unheard-of' }))
    .refuses('not-a-candidate');
});
it('is not for an overlap with another local system', () =>
  given(decider, ...confirmed)
    .when(escalate({ central: false }))
    .refuses('not-a-central-system', groundwater.id));
it('is an act of the authority, which the ministry itself has nobody to do to', () => {
  given(decider, ...confirmed)
    .when(escalate({ by: applicant }))
    .refuses('own-submission');
  given(decider, ...confirmed)
    .when(escalate({ by: official }))
    .refuses('not-the-authority');
  given(decider, ...confirmed)
    .when(escalate({ to: province }))
    .refuses('reviewed-by-the-ministry', province.name);
  given(decider, ...confirmed)
    .when(escalate({ to: city }))
    .refuses('own-submission');
});
it('happens while the case is reviewed, and not while a proposal waits', () => {
  given(decider, ...confirmed, happened.proposed())
    .when(escalate())
    .refuses('wrong-phase');
  given(decider, ...confirmed, happened.proposed(), happened.approved(), happened.notified())
    .when(escalate())
    .refuses('consultation-over');
});
it.each([
  ['for no reason', { reason: '' }, 'required'],
  ['to nobody', { to: { ...ministry, id: '' } }, 'required'],
  ['to an agency without a name', { to: { ...ministry, name: '' } }, 'required'],
  ['to an unknown tier', { to: { ...ministry, tier: 'VILLAGE' } }, 'unknown-choice'],
])('is malformed %s', (_, more, code) =>
  given(decider, ...confirmed)
    .when(escalate(more))
    .refuses(code),
);

describe('from then on', () => {
  const dismiss = (by: typeof reviewer): ConsultationCommand => ({
    type: 'dismiss-overlap',
    data: { ...stamp, by, candidate: waterworks.id, relation: 'UNRELATED', reason: '다른 업무이다.' },
  });
  it('the ministry decides, and the former authority no more', () => {
    given(decider, ...confirmed, escalated)
      .when(dismiss(reviewer))
      .refuses('not-the-authority', ministry.name);
    given(decider, ...confirmed, escalated)
      .when(dismiss(official))
      .then({
        type: 'overlap-dismissed',
        data: { ...stamp, by: official, candidate: waterworks.id, relation: 'UNRELATED', reason: '다른 업무이다.' },
      });
  });
  it('nobody leads the review until the ministry names somebody, and the days go on', () => {
    const assigned: ConsultationEvent = { type: 'reviewer-assigned', data: { ...stamp, reviewer } };
    const state = [...confirmed, assigned, escalated].reduce(decider.evolve, decider.initialState);
    expect(state).toMatchObject({
      ...{ authority: ministry, lead: null, escalated: { from: province, candidate: groundwater.id, reason } },
      receipt: { dueOn: happened.received().data.dueOn },
    });
  });
});

describe('a conflict of interest', () => {
  const conflict = { candidate: null, central: false, ofTheApplicant: true };
  const handed: ConsultationEvent = { ...escalated, data: { ...escalated.data, candidate: null } };
  it('is what a review is handed over for without an overlap', () =>
    given(decider, happened.drafted(), happened.submitted()).when(escalate(conflict)).then(handed));
  it('is no pretext where there is none', () =>
    given(decider, ...confirmed)
      .when(escalate({ ...conflict, ofTheApplicant: false }))
      .refuses('no-conflict-of-interest'));
  it('keeps whoever is of the applicant too from everything else, whatever they act as', () =>
    given(decider, ...confirmed)
      .when({
        type: 'dismiss-overlap',
        data: { ...stamp, candidate: groundwater.id, relation: 'PHASE_OF', reason, ofTheApplicant: true },
      })
      .refuses('own-submission'));
});
