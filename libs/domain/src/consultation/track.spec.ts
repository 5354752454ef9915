import { applicant, given, groundwater, happened, machine, outsider, reviewer } from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { ConsultationEvent } from './events.js';
import type { ConsultationState } from './state.js';

const { drafted, submitted, received, screened, confirmed, dismissed, correctionRequested, responded, returned } = happened;
const inReview = [drafted(), submitted(), screened(), received()];
const at = '2026-11-04T05:00:00Z';

const ground = '재난 예경보 사업이고 확정된 중복이 없다.';
const underReview = (events: readonly ConsultationEvent[]): ConsultationState => {
  const state = events.reduce(decider.evolve, decider.initialState);
  return state && { ...state, phase: 'under-review' };
};
const designate = (more: object = {}): ConsultationCommand => ({
  type: 'designate-fast-track',
  data: { by: reviewer, at, ground, dueOn: '2026-11-12', ...more },
});
const designated = { type: 'fast-track-designated' as const, data: { by: reviewer, at, ground } };
const revoke = (more: object = {}): ConsultationCommand => ({
  type: 'revoke-fast-track',
  data: { by: reviewer, at, reason: '재난 사업이 아니다.', ...more },
});
const revoked = {
  type: 'fast-track-revoked' as const,
  data: { by: reviewer, at, reason: '재난 사업이 아니다.', candidate: null },
};
const fast = [...inReview, designated];
const onTrack = (track: 'isp' | 'fast') => [
  ...[drafted(), submitted(), screened()],
  { ...received(), data: { ...received().data, track } },
];

describe('the fast track', () => {
  it('takes a disaster-safety project on a stated ground', () => {
    given(decider, ...inReview)
      .when(designate())
      .then(designated);
    given(decider, ...fast)
      .when(designate())
      .then();
    given(decider, ...inReview)
      .when(designate({ ground: '' }))
      .refuses('required');
    given(decider, ...inReview)
      .when(designate({ dueOn: '2026-11-31' }))
      .refuses('invalid-date');
  });
  it('refuses a case with a confirmed overlap', () =>
    given(decider, ...inReview, confirmed())
      .when(designate())
      .refuses('fast-track-with-overlap', groundwater.name));
  it('takes a case whose overlap was dismissed after all', () =>
    given(decider, ...inReview, confirmed(), dismissed())
      .when(designate())
      .then(designated));
  it('takes standard cases only, while there is time', () => {
    given(decider, ...onTrack('isp'))
      .when(designate())
      .refuses('not-on-standard-track');
    given(decider, ...inReview)
      .when(designate({ dueOn: '2026-11-03' }))
      .refuses('fast-track-too-late', '2026. 11. 3.');
    given(decider, drafted(), submitted()).when(designate()).refuses('wrong-phase');
  });
  it('is left by a person for a reason', () => {
    given(decider, ...fast)
      .when(revoke())
      .then(revoked);
    given(decider, ...onTrack('fast'))
      .when(revoke())
      .then(revoked);
    given(decider, ...fast, revoked)
      .when(revoke())
      .then();
    given(decider, ...fast, revoked)
      .when(revoke({ reason: '다른 사유' }))
      .refuses('not-on-fast-track');
    given(decider, ...inReview)
      .when(revoke())
      .refuses('not-on-fast-track');
    given(decider, ...fast)
      .when(revoke({ reason: '' }))
      .refuses('required');
    given(decider, ...fast, revoked)
      .when(designate())
      .then(designated);
  });
  it('is left by itself when an overlap is confirmed', () => {
    const command: ConsultationCommand = { type: 'confirm-overlap', data: confirmed().data };
    const { reason } = confirmed().data;
    const left = { type: 'fast-track-revoked' as const, data: { by: reviewer, at, reason, candidate: groundwater.id } };
    given(decider, ...fast)
      .when(command)
      .then(confirmed(), left);
    given(decider, ...onTrack('fast'))
      .when(command)
      .then(confirmed(), left);
    given(decider, ...inReview)
      .when(command)
      .then(confirmed());
  });
  it('is the authority’s', () => {
    for (const command of [designate, revoke]) {
      given(decider, ...fast)
        .when(command({ by: applicant }))
        .refuses('own-submission');
      given(decider, ...fast)
        .when(command({ by: outsider }))
        .refuses('not-the-authority');
    }
    given(decider, ...fast, { ...happened.withdrawn() })
      .when(revoke())
      .refuses('consultation-over');
  });
});

describe('the notice of a delay', () => {
  const notice = {
    ...{ by: reviewer, at: '2026-12-02T05:00:00Z', dueOn: '2026-12-02' },
    ...{ expectedNotificationOn: '2026-12-16', reason: '과업 조정이 이어지고 있다.' },
  };
  const notify = (more: object = {}): ConsultationCommand => ({ type: 'notify-delay', data: { ...notice, ...more } });
  const notified = { type: 'delay-notified' as const, data: notice };

  it('says why and when the result is expected, until the due date has passed', () => {
    given(decider, ...inReview)
      .when(notify())
      .then(notified);
    given(decider, ...inReview, notified)
      .when(notify())
      .then();
    given(decider, ...inReview)
      .when(notify({ at: '2026-12-02T15:00:00Z' }))
      .refuses('due-date-passed', '2026. 12. 2.');
    given(decider, ...inReview)
      .when(notify({ reason: '' }))
      .refuses('required');
    given(decider, ...inReview)
      .when(notify({ dueOn: '' }))
      .refuses('invalid-date');
    given(decider, ...inReview)
      .when(notify({ expectedNotificationOn: '2026-13-01' }))
      .refuses('invalid-date');
  });
  it('names a day after the due date', () =>
    given(decider, ...inReview)
      .when(notify({ expectedNotificationOn: '2026-12-02' }))
      .refuses('not-after-due-date', '2026. 12. 2.'));
  it('may be replaced by another one in time', () =>
    given(decider, ...inReview, notified)
      .when(notify({ expectedNotificationOn: '2026-12-23' }))
      .then({ ...notified, data: { ...notice, expectedNotificationOn: '2026-12-23' } }));
  it('is the authority’s, of a case under review', () => {
    given(decider, ...inReview)
      .when(notify({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...inReview)
      .when(notify({ by: outsider }))
      .refuses('not-the-authority');
    given(decider, drafted(), submitted()).when(notify()).refuses('wrong-phase');
    given(decider, ...inReview, correctionRequested())
      .when(notify())
      .then(notified);
  });
});

it('nothing moves the clock of a case whose letter has gone out', () => {
  const { proposed, approved, notified } = happened;
  const letter = [...inReview, confirmed(), proposed(), approved(), notified()];
  // An upheld objection brings the case back under review while the first letter stands.
  const amending = {
    ...decider,
    initialState: underReview(letter),
  };
  const notice = { dueOn: '2026-12-02', expectedNotificationOn: '2026-12-16', reason: '조정' };
  given(amending).when(designate()).refuses('clock-stopped', '정보화담당관-4821');
  given(amending).when(revoke()).refuses('clock-stopped');
  given(amending)
    .when({ type: 'notify-delay', data: { by: reviewer, at, ...notice } })
    .refuses('clock-stopped');
  given(amending)
    .when({ type: 'raise-deadline-warning', data: { by: machine, at, share: 0.8, given: 30, on: '2026-11-04', turn: 1 } })
    .then();
});

describe('a warning', () => {
  const timer = { by: machine, at: '2026-11-16T15:00:00Z', share: 0.5, given: 30, on: '2026-11-17' };
  const warn = (more: object = {}): ConsultationCommand => ({
    type: 'raise-deadline-warning',
    data: { ...timer, turn: 1, ...more },
  });
  const warned = { type: 'deadline-warning-raised' as const, data: timer };

  it('is raised on the day on which the share is used, once', () => {
    given(decider, ...inReview)
      .when(warn())
      .then(warned);
    given(decider, ...inReview, warned)
      .when(warn())
      .then();
    given(decider, ...inReview)
      .when(warn({ at: '2026-11-16T14:59:59Z' }))
      .refuses('warning-too-early', '2026. 11. 17.');
  });
  it('is not raised when the clock has taken a turn since', () => {
    given(decider, ...inReview, correctionRequested())
      .when(warn())
      .then();
    given(decider, ...inReview, correctionRequested(), responded())
      .when(warn({ turn: 2 }))
      .then();
    given(decider, ...inReview, correctionRequested(), responded())
      .when(warn({ turn: 3 }))
      .then(warned);
    given(decider, ...fast)
      .when(warn())
      .then();
    given(decider, ...fast, revoked)
      .when(warn({ turn: 3 }))
      .then(warned);
  });
  it('is raised again for another term', () =>
    given(decider, ...fast, { ...warned, data: { ...timer, given: 10 } }, revoked)
      .when(warn({ turn: 3 }))
      .then(warned));
  it('is not raised before receipt or after the end', () => {
    given(decider, drafted(), submitted()).when(warn()).then();
    given(decider, ...inReview, happened.withdrawn())
      .when(warn())
      .then();
    given(decider, drafted(), submitted(), returned()).when(warn()).then();
  });
  it('is nobody’s of the applicant, and of a share that there is', () => {
    given(decider, ...inReview)
      .when(warn({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...inReview)
      .when(warn({ share: 1 }))
      .refuses('invalid-share');
    given(decider, ...inReview)
      .when(warn({ on: 'soon' }))
      .refuses('invalid-date');
  });
});

it('the fast track is not for what the applicant itself assessed as no matter of disaster safety', () => {
  given(decider, ...inReview)
    .when(designate({ disasterSafety: false }))
    .refuses('not-disaster-safety');
  for (const disasterSafety of [true, null]) {
    given(decider, ...inReview)
      .when(designate({ disasterSafety }))
      .then(designated);
  }
  const receive = (track: 'fast' | 'isp', disasterSafety: boolean): ConsultationCommand => ({
    type: 'receive-consultation',
    data: { by: reviewer, at, track, dueOn: '2026-12-11', ruleSet: 'sample', disasterSafety },
  });
  const filed = inReview.slice(0, 2);
  given(decider, ...filed)
    .when(receive('fast', false))
    .refuses('not-disaster-safety');
  expect(decider.decide(receive('fast', true), filed.reduce(decider.evolve, decider.initialState))).toHaveLength(1);
  expect(decider.decide(receive('isp', false), filed.reduce(decider.evolve, decider.initialState))).toHaveLength(1);
});
