import type { Decider, DomainCommand } from '../kernel/decider.js';
import { roundUnderWay, type RoundOfProject } from '../consultation/rounds.js';
import { phaseNames } from '../consultation/wording.js';
import { NotFound, NotPermitted, RuleViolated } from '../kernel/errors.js';
import type { PlanVersion } from '../kernel/plan.js';
import { same } from '../kernel/same.js';
import { checkPlanVersion, checkStamp, checkText, LIMITS, checkId, checkList } from '../kernel/wellformed.js';
import { checkAssessment } from './eligibility.js';
import type { Assessment, ProjectEvent } from './events.js';
import { decideProjectLife, evolveProjectLife, unlived, type ProjectLifeCommand } from './life.js';
import type { PlannedProject, ProjectState } from './state.js';

export type PlanProject = DomainCommand<
  'plan-project',
  { readonly project: string; readonly agency: string; readonly plan: PlanVersion }
>;
/** `rounds`: every consultation of the project, as the caller read them. */
export type RevisePlan = DomainCommand<'revise-plan', { readonly plan: PlanVersion; readonly rounds: readonly RoundOfProject[] }>;
export type AbandonProject = DomainCommand<'abandon-project', { readonly reason: string }>;

/** 대상여부 판정. The answer is computed by the caller from the dated rules: see `assess`. */
export type AssessEligibility = DomainCommand<'assess-eligibility', Assessment>;

export type ProjectCommand = PlanProject | RevisePlan | AbandonProject | AssessEligibility | ProjectLifeCommand;

function decide(command: ProjectCommand, state: ProjectState): readonly ProjectEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  switch (command.type) {
    case 'plan-project': {
      const { project, agency, plan } = command.data;
      checkId(project, '/project');
      checkId(agency, '/agency');
      checkPlanVersion(plan, '/plan');
      onlyTheOwner(by.agency, agency);
      if (state !== null) {
        onlyTheOwner(by.agency, state.agency);
        const repeated = state.project === project && state.agency === agency && state.hash === plan.hash;
        if (repeated && state.version === plan.version && state.abandoned === null) return [];
        throw new RuleViolated('project-already-planned', {
          ko: '이미 등록된 사업입니다. 내용을 바꾸려면 계획서를 고치세요.',
          en: 'This project is planned already. To change it, revise its plan.',
        });
      }
      if (plan.version !== 1) throw versionOutOfOrder(1);
      return [{ type: 'project-planned', data: { by, at, project, agency, plan } }];
    }
    case 'revise-plan': {
      const { plan, rounds } = command.data;
      checkPlanVersion(plan, '/plan');
      checkList(rounds, '/rounds', LIMITS.listItems);
      const project = known(state);
      onlyTheOwner(by.agency, project.agency);
      pursued(project);
      if (plan.hash === project.hash) return [];
      notUnderConsultation(rounds);
      if (plan.version !== project.version + 1) throw versionOutOfOrder(project.version + 1);
      return [{ type: 'plan-revised', data: { by, at, plan } }];
    }
    case 'abandon-project': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      const project = known(state);
      onlyTheOwner(by.agency, project.agency);
      if (project.abandoned === reason) return [];
      pursued(project);
      return [{ type: 'project-abandoned', data: { by, at, reason } }];
    }
    case 'assess-eligibility': {
      const { by: _, at: __, ...assessment } = command.data;
      checkAssessment(assessment);
      const project = known(state);
      onlyTheOwner(by.agency, project.agency);
      pursued(project);
      if (same(project.assessment, assessment)) return [];
      return [{ type: 'eligibility-assessed', data: { by, at, ...assessment } }];
    }
    case 'record-procurement':
    case 'report-procurement':
    case 'record-budget-reflection':
    case 'record-progress':
    case 'mark-progress-missed':
    case 'record-performance':
    case 'give-award':
      return decideProjectLife(command, known(state));
    default: {
      const never: never = command;
      return never;
    }
  }
}

function known(state: ProjectState): PlannedProject {
  if (state === null) {
    throw new NotFound('no-such-project', { ko: '등록되지 않은 사업입니다.', en: 'There is no such project.' });
  }
  return state;
}

function pursued(project: PlannedProject): void {
  if (project.abandoned !== null) {
    throw new RuleViolated('project-abandoned', {
      ko: `이미 중단된 사업입니다(사유: ${project.abandoned}). 다시 추진하려면 새 사업으로 등록하세요.`,
      en: `This project was abandoned (${project.abandoned}). To pursue it again, plan a new project.`,
    });
  }
}

/** What is reviewed must not change under the review: the draft is revised as such, a filed plan in the answer to a request for correction. */
function notUnderConsultation(rounds: readonly RoundOfProject[]): void {
  const open = roundUnderWay(rounds);
  if (open === undefined) return;
  const { consultation, phase } = open;
  throw new RuleViolated('plan-under-consultation', {
    ko: `사전협의 중인 계획입니다(${consultation}, ${phaseNames[phase].ko}). 초안이면 그 초안에서 고치고, 신청한 뒤에는 보완요청에 답하면서 고치거나 결과를 받은 뒤에 고치십시오.`,
    en: `The plan is under consultation (${consultation}, ${phaseNames[phase].en}). Revise the draft itself; once it is filed, change it in the answer to a request for correction, or after the letter.`,
  });
}

function onlyTheOwner(acting: string, owner: string): void {
  if (acting !== owner) {
    throw new NotPermitted('not-the-owner', {
      ko: '사업 주관기관만 할 수 있습니다.',
      en: 'Only the agency that runs the project may do this.',
    });
  }
}

function versionOutOfOrder(expected: number): RuleViolated {
  return new RuleViolated(
    'plan-version-out-of-order',
    {
      ko: `계획서 판 번호는 ${expected}이어야 합니다. 그사이 다른 판이 올라왔는지 확인하세요.`,
      en: `The plan version must be ${expected}. Look whether another version was filed meanwhile.`,
    },
    '/plan/version',
  );
}

function evolve(state: ProjectState, event: ProjectEvent): ProjectState {
  if (event.type === 'project-planned') {
    const { project, agency, plan } = event.data;
    return { project, agency, version: plan.version, hash: plan.hash, abandoned: null, assessment: null, life: unlived };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'plan-revised':
      return { ...state, version: event.data.plan.version, hash: event.data.plan.hash };
    case 'project-abandoned':
      return { ...state, abandoned: event.data.reason };
    case 'eligibility-assessed': {
      const { by: _, at: __, ...assessment } = event.data;
      return { ...state, assessment };
    }
    case 'procurement-recorded':
    case 'consultation-omission-detected':
    case 'budget-reflected':
    case 'progress-recorded':
    case 'progress-report-missed':
    case 'performance-measured':
    case 'award-granted':
      return { ...state, life: evolveProjectLife(state.life, event) };
    default: {
      event satisfies never;
      return state;
    }
  }
}

/**
 * Informatization projects: the versions of their plans, whether they have to be consulted, and what becomes of them (`life.ts`). Refuses
 * with `not-the-owner`, `project-already-planned`, `project-abandoned`, `plan-under-consultation`, `plan-version-out-of-order`, `no-such-project`,
 * `order-already-recorded`, `not-happened-yet`, `not-ordered`, `quarter-not-over`, `progress-not-due`, `not-measured`, `own-award`, `not-the-authority`.
 */
export const projectDecider: Decider<ProjectCommand, ProjectEvent, ProjectState> = { initialState: null, decide, evolve };
