import { applicant, city, given, outsider, planContent, planVersion } from '../testing.js';
import type { PlanRevised, ProjectAbandoned, ProjectPlanned } from './events.js';
import { projectDecider as decider, type ProjectCommand } from './project.js';

const stamp = { by: applicant, at: '2026-10-01T00:00:00Z' };
const planned: ProjectPlanned = {
  type: 'project-planned',
  data: { ...stamp, project: 'p-1', agency: city.id, plan: planVersion(1) },
};
const revised: PlanRevised = { type: 'plan-revised', data: { ...stamp, plan: planVersion(2) } };
const abandoned: ProjectAbandoned = { type: 'project-abandoned', data: { ...stamp, reason: '예산 미확보' } };

const plan = (more: object = {}): ProjectCommand => ({ type: 'plan-project', data: { ...planned.data, ...more } });
const revise = (version = planVersion(2), by = applicant): ProjectCommand => ({
  type: 'revise-plan',
  data: { ...stamp, by, plan: version },
});
const abandon = (reason = '예산 미확보', by = applicant): ProjectCommand => ({
  type: 'abandon-project',
  data: { ...stamp, by, reason },
});

it('plans a project', () => given(decider).when(plan()).then(planned));
it('is satisfied when the very same project is planned', () => given(decider, planned).when(plan()).then());
it('does not plan a project twice', () => {
  given(decider, planned)
    .when(plan({ plan: planVersion(1, planContent, 'f') }))
    .refuses('project-already-planned');
  given(decider, planned, revised).when(plan()).refuses('project-already-planned');
});
it('starts with version 1', () =>
  given(decider)
    .when(plan({ plan: planVersion(2) }))
    .refuses('plan-version-out-of-order', '1'));
it('is planned, revised and abandoned only by the agency that runs it', () => {
  given(decider)
    .when(plan({ by: outsider }))
    .refuses('not-the-owner');
  given(decider, planned)
    .when(plan({ by: outsider, agency: outsider.agency }))
    .refuses('not-the-owner');
  given(decider, planned)
    .when(revise(planVersion(2), outsider))
    .refuses('not-the-owner');
  given(decider, planned).when(abandon('사유', outsider)).refuses('not-the-owner');
});

it('revises the plan', () => given(decider, planned).when(revise()).then(revised));
it('is satisfied when the plan reads so already', () => given(decider, planned, revised).when(revise()).then());
it('leaves no gap between versions and uses none twice', () => {
  given(decider, planned)
    .when(revise(planVersion(3)))
    .refuses('plan-version-out-of-order', '2');
  given(decider, planned)
    .when(revise(planVersion(1, planContent, 'f')))
    .refuses('plan-version-out-of-order', '2');
});

it('abandons a project with a reason', () => {
  given(decider, planned).when(abandon()).then(abandoned);
  given(decider, planned).when(abandon('')).refuses('required');
});
it('is satisfied when it is abandoned for that reason', () => given(decider, planned, abandoned).when(abandon()).then());
it('changes no more once it is abandoned', () => {
  given(decider, planned, abandoned).when(revise()).refuses('project-abandoned', '예산 미확보');
  given(decider, planned, abandoned).when(abandon('다른 사유')).refuses('project-abandoned');
  given(decider, planned, abandoned).when(plan()).refuses('project-already-planned');
});
it('knows no project before it is planned', () => {
  given(decider).when(revise()).refuses('no-such-project');
  given(decider).when(abandon()).refuses('no-such-project');
});

it.each<[string, ProjectCommand, string]>([
  ['without an id', plan({ project: '' }), 'required'],
  ['without an agency', plan({ agency: '', by: { ...applicant, agency: '' } }), 'required'],
  ['of no agency', plan({ agency: '' }), 'required'],
  ['with a plan without a hash', plan({ plan: { ...planVersion(1), hash: '' } }), 'invalid-hash'],
  ['revised to a plan without a title', revise(planVersion(2, { ...planContent, title: '' })), 'required'],
  ['without when', plan({ at: '2026' }), 'invalid-instant'],
])('is malformed %s', (_, command, code) => given(decider).when(command).refuses(code));

it('evolve takes an event before there is anything', () => expect(decider.evolve(null, abandoned)).toBeNull());
