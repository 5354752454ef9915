import { applicant, given, happened, planVersion, reviewer } from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { ConsultationEvent } from './events.js';

const { drafted, submitted } = happened;
const at = '2026-10-29T01:00:00Z';
const boss = { person: 'p-7002', agency: applicant.agency };

const request = (by = applicant): ConsultationCommand => ({ type: 'request-submission', data: { by, at } });
const sendBack = (reason = '근거를 더할 것', by = boss): ConsultationCommand => ({
  type: 'return-draft',
  data: { by, at, reason },
});
const requested = (version = 1): ConsultationEvent => ({
  type: 'submission-requested',
  data: { by: applicant, at, planVersion: version, planHash: planVersion(version).hash },
});
const sentBack: ConsultationEvent = { type: 'draft-sent-back', data: { by: boss, at, reason: '근거를 더할 것' } };
const revised: ConsultationEvent = { type: 'draft-revised', data: { by: applicant, at, plan: planVersion(2) } };

describe('putting a draft before the agency’s own approver', () => {
  it('names the text that was put before them', () => given(decider, drafted()).when(request()).then(requested()));
  it('is satisfied when it waits for them already, whoever of the agency asked', () =>
    given(decider, drafted(), requested()).when(request(boss)).then());
  it('is done by the applicant', () => given(decider, drafted()).when(request(reviewer)).refuses('not-the-applicant'));
  it('is done with a draft only', () => given(decider, drafted(), submitted()).when(request()).refuses('wrong-phase'));
  it('is done again for a text that was revised since, because they would agree to another one', () =>
    given(decider, drafted(), requested(), revised).when(request()).then(requested(2)));
  it('is done again after it was sent back', () =>
    given(decider, drafted(), requested(), sentBack).when(request()).then(requested()));
});

describe('sending a draft back', () => {
  it('says why', () => given(decider, drafted(), requested()).when(sendBack()).then(sentBack));
  it('needs a reason', () => given(decider, drafted(), requested()).when(sendBack('')).refuses('required'));
  it('is satisfied when it was sent back for that reason', () =>
    given(decider, drafted(), requested(), sentBack).when(sendBack()).then());
  it('is refused while nobody asks', () => given(decider, drafted()).when(sendBack()).refuses('no-submission-request'));
  it('is refused when the draft was revised since', () =>
    given(decider, drafted(), requested(), revised).when(sendBack()).refuses('no-submission-request'));
  it('is done by the applicant', () =>
    given(decider, drafted(), requested()).when(sendBack('까닭', reviewer)).refuses('not-the-applicant'));
  it('is done with a draft only', () =>
    given(decider, drafted(), requested(), submitted()).when(sendBack()).refuses('wrong-phase'));
});

it.each([[[requested()]], [[]], [[requested(), sentBack]]])('is filed as it stands, asked for or not', (before) =>
  given(decider, drafted(), ...before)
    .when({ type: 'submit-consultation', data: { by: boss, at } })
    .then({ type: 'consultation-submitted', data: { by: boss, at, plan: planVersion(1) } }),
);
