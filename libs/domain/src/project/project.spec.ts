import { applicant, city, given, outsider, planContent, planVersion } from '../testing.js';
import type { RoundOfProject } from '../consultation/rounds.js';
import { phaseNames } from '../consultation/wording.js';
import { sampleRules } from '../rules/sample-rules.js';
import type { ProjectFacts } from '../rules/target.js';
import { assess } from './eligibility.js';
import type { EligibilityAssessed, PlanRevised, ProjectAbandoned, ProjectPlanned } from './events.js';
import { projectDecider as decider, type ProjectCommand } from './project.js';

const stamp = { by: applicant, at: '2026-10-01T00:00:00Z' };
const planned: ProjectPlanned = {
  type: 'project-planned',
  data: { ...stamp, project: 'p-1', agency: city.id, plan: planVersion(1) },
};
const revised: PlanRevised = { type: 'plan-revised', data: { ...stamp, plan: planVersion(2) } };
const abandoned: ProjectAbandoned = { type: 'project-abandoned', data: { ...stamp, reason: '예산 미확보' } };

const plan = (more: object = {}): ProjectCommand => ({ type: 'plan-project', data: { ...planned.data, ...more } });
const revise = (version = planVersion(2), by = applicant, rounds: readonly RoundOfProject[] = []): ProjectCommand => ({
  type: 'revise-plan',
  data: { ...stamp, by, plan: version, rounds },
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
it('keeps the plan as it is while it is consulted upon, from the draft to the letter and while that is contested', () => {
  const over = ['notified', 'follow-up', 'closed', 'returned', 'withdrawn'];
  for (const phase of Object.keys(phaseNames) as RoundOfProject['phase'][]) {
    const command = revise(planVersion(2), applicant, [
      { consultation: 'c-1', phase: 'returned' },
      { consultation: 'c-2', phase },
    ]);
    if (over.includes(phase)) given(decider, planned).when(command).then(revised);
    else given(decider, planned).when(command).refuses('plan-under-consultation', 'c-2');
  }
  given(decider, planned, revised)
    .when(revise(planVersion(2), applicant, [{ consultation: 'c-2', phase: 'under-review' }]))
    .then();
});
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

describe('whether it has to be consulted', () => {
  const facts: ProjectFacts = {
    ...{ tier: 'BASIC_LOCAL', ownerTier: null, kind: 'enhancement', isNew: false, hasNewFunctions: false },
    ...{ resultsFromIsp: false, totalBudgetKrw: 180_000_000, softwareDevelopmentKrw: 0, ownIncomeOnly: false },
  };
  const judged = (more: Partial<ProjectFacts> = {}, on = '2026-10-01', isDisasterSafety = false) =>
    assess({ ...facts, ...more }, isDisasterSafety, on, sampleRules);
  const assessed: EligibilityAssessed = { type: 'eligibility-assessed', data: { ...stamp, ...judged() } };
  const assessIt = (more: object = {}): ProjectCommand => ({ type: 'assess-eligibility', data: { ...assessed.data, ...more } });

  it('is answered by the rules of the day, with each rule and the name of the rule set', () => {
    expect(judged()).toMatchObject({
      ...{ target: 'target', track: 'standard', ruleSet: 'sample@2024-01-01', on: '2026-10-01', facts },
      reasons: [{ rule: 'threshold-basic-2024', from: '2024-01-01', to: null, source: expect.stringContaining('2024') }],
    });
    expect(judged({ totalBudgetKrw: 90_000_000 })).toMatchObject({ target: 'exempt', track: null });
    expect(judged({ totalBudgetKrw: null })).toMatchObject({ target: 'unknown', missing: ['totalBudgetKrw'], track: null });
    expect(judged({}, '2026-10-01', true).track).toBe('fast');
    expect(judged({}, '2023-06-30', true).track).toBe('standard');
    expect(judged({ kind: 'isp' }).track).toBe('isp');
  });
  it('is recorded with what was stated', () => given(decider, planned).when(assessIt()).then(assessed));
  it('is satisfied when it is recorded, and recorded again when something else was stated', () => {
    given(decider, planned, assessed).when(assessIt()).then();
    const other = { ...stamp, ...judged({ totalBudgetKrw: 1 }) };
    given(decider, planned, assessed).when(assessIt(other)).then({ type: 'eligibility-assessed', data: other });
  });
  it('is for the agency that runs the project, as long as it is pursued', () => {
    given(decider, planned)
      .when(assessIt({ by: outsider }))
      .refuses('not-the-owner');
    given(decider, planned, abandoned).when(assessIt()).refuses('project-abandoned');
    given(decider).when(assessIt()).refuses('no-such-project');
  });
  it.each([
    ['on no day', { on: '2026-02-30' }, 'invalid-date'],
    ['with an unknown tier', { facts: { ...facts, tier: 'VILLAGE' } }, 'unknown-choice'],
    ['with an unknown tier of the owner', { facts: { ...facts, ownerTier: 'VILLAGE' } }, 'unknown-choice'],
    ['with an unknown kind', { facts: { ...facts, kind: 'game' } }, 'unknown-choice'],
    ['with half a won', { facts: { ...facts, totalBudgetKrw: 0.5 } }, 'invalid-amount'],
    ['with yes for true', { facts: { ...facts, isNew: 'yes' } }, 'wrong-type'],
    ['with an unknown answer', { target: 'perhaps' }, 'unknown-choice'],
    ['with an unknown track', { track: 'slow' }, 'unknown-choice'],
    ['without a rule set', { ruleSet: '' }, 'required'],
  ])('is malformed %s', (_, more, code) => given(decider, planned).when(assessIt(more)).refuses(code));
});
