import { applicant, approver, given, happened, outsider, reviewer } from '../testing.js';
import type { ReviewerStanding } from './assignment.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';

const { drafted, submitted, received, screened, withdrawn } = happened;
const inReview = [drafted(), submitted(), screened(), received()];
const at = '2026-11-03T01:00:00Z';
const standing: ReviewerStanding = { known: true, suspended: false, roles: ['reviewer'], worksForTheApplicant: false };
const assign = (more: object = {}): ConsultationCommand => ({
  type: 'assign-reviewer',
  data: { by: approver, at, reviewer, standing, ...more },
});
const assigned = { type: 'reviewer-assigned' as const, data: { by: approver, at, reviewer } };
const other = { ...reviewer, person: 'p-3003' };
const reassign = (more: object = {}): ConsultationCommand => ({
  type: 'reassign-reviewer',
  data: { by: approver, at, reviewer: other, standing, reason: '담당자가 자리를 옮겼다.', ...more },
});
const reassigned = {
  type: 'reviewer-reassigned' as const,
  data: { by: approver, at, reviewer: other, former: reviewer, reason: '담당자가 자리를 옮겼다.' },
};

it('a case gets a lead reviewer of the authority', () => {
  given(decider, ...inReview)
    .when(assign())
    .then(assigned);
  given(decider, ...inReview, assigned)
    .when(assign())
    .then();
});

it('nobody of the applicant agency or of a third one leads', () => {
  for (const command of [assign, reassign]) {
    given(decider, ...inReview, ...(command === reassign ? [assigned] : []))
      .when(command({ reviewer: applicant }))
      .refuses('reviewer-of-the-applicant');
    given(decider, ...inReview, ...(command === reassign ? [assigned] : []))
      .when(command({ reviewer: outsider }))
      .refuses('reviewer-of-another-agency');
  }
});

it('another one takes over for a reason', () => {
  given(decider, ...inReview, assigned)
    .when(reassign())
    .then(reassigned);
  given(decider, ...inReview, assigned, reassigned)
    .when(reassign())
    .then();
  given(decider, ...inReview, assigned)
    .when(assign({ reviewer: other }))
    .refuses('reviewer-assigned-already', reviewer.person);
  given(decider, ...inReview)
    .when(reassign())
    .refuses('no-reviewer-assigned');
  given(decider, ...inReview, assigned)
    .when(reassign({ reason: '' }))
    .refuses('required');
});

it('the authority assigns, from receipt to the end', () => {
  for (const command of [assign, reassign]) {
    given(decider, ...inReview)
      .when(command({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...inReview)
      .when(command({ by: outsider }))
      .refuses('not-the-authority');
    given(decider, drafted(), submitted()).when(command()).refuses('wrong-phase');
    given(decider, ...inReview, withdrawn())
      .when(command())
      .refuses('consultation-over');
    given(decider, ...inReview)
      .when(command({ reviewer: { person: '', agency: 'x' } }))
      .refuses('required');
    given(decider, ...inReview)
      .when(command({ reviewer: { person: 'p-1', agency: 'a b' } }))
      .refuses('invalid-id');
  }
});

it('is the first act of the review', () =>
  expect([...inReview, assigned].reduce(decider.evolve, decider.initialState)?.phase).toBe('under-review'));

it.each([
  ['nobody knows', { known: false, roles: [] }, 'no-such-reviewer'],
  ['is suspended', { suspended: true, roles: [] }, 'reviewer-suspended'],
  ['only applies for the agency', { roles: ['applicant', 'owner', 'administrator'] }, 'reviewer-without-role'],
  ['works for the applicant too', { worksForTheApplicant: true }, 'reviewer-of-the-applicant'],
])('whoever %s leads no case', (_, more, code) => {
  const found = { standing: { ...standing, ...more } };
  given(decider, ...inReview)
    .when(assign(found))
    .refuses(code);
  given(decider, ...inReview, assigned)
    .when(reassign(found))
    .refuses(code);
});
it('an approver may lead as well', () =>
  given(decider, ...inReview)
    .when(assign({ standing: { ...standing, roles: ['approver'] } }))
    .then(assigned));
