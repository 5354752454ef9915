import { AGENCY_TIERS } from '../agency/agency.js';
import type { AgencyAsNamed, Finding, PreliminaryOpinionAsGiven, PreliminaryVerdict } from '../consultation/events.js';
import { authorityIsAnotherAgency } from '../consultation/guards.js';
import { checkFinding } from '../consultation/wellformed.js';
import { onlyAsTheApplicant, type ConflictFacts } from '../kernel/conflict.js';
import { legalDateOf } from '../kernel/date.js';
import type { Actor, Decider, DomainCommand } from '../kernel/decider.js';
import { Malformed, NotFound, NotPermitted, RuleViolated } from '../kernel/errors.js';
import type { PlanVersion } from '../kernel/plan.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkId, checkPlanVersion, checkStamp, checkText, LIMITS } from '../kernel/wellformed.js';
import type { PreliminaryEvent } from './events.js';

export const PRELIMINARY_VERDICTS: readonly PreliminaryVerdict[] = ['NO_OBJECTION', 'ADJUST', 'RECONSIDER'];

export type RequestPreliminaryReview = DomainCommand<
  'request-preliminary-review',
  {
    readonly project: string;
    readonly fiscalYear: number;
    readonly outline: PlanVersion;
    readonly applicant: AgencyAsNamed;
    readonly authority: AgencyAsNamed;
  }
>;
export type RecordPreliminaryScreening = DomainCommand<
  'record-preliminary-screening',
  { readonly request: number; readonly finding: Finding }
>;
export type GivePreliminaryOpinion = DomainCommand<
  'give-preliminary-opinion',
  { readonly request: number; readonly verdict: PreliminaryVerdict; readonly text: string }
>;
export type WithdrawPreliminaryReview = DomainCommand<
  'withdraw-preliminary-review',
  { readonly request: number; readonly reason: string }
>;

export type PreliminaryCommand = { readonly data: ConflictFacts } & (
  RequestPreliminaryReview | RecordPreliminaryScreening | GivePreliminaryOpinion | WithdrawPreliminaryReview
);

/** One request and what has come of it. */
export interface PreliminaryRequest {
  readonly number: number;
  readonly fiscalYear: number;
  readonly outline: PlanVersion;
  readonly requestedOn: string;
  readonly finding: Finding | null;
  readonly opinion: { readonly verdict: PreliminaryVerdict; readonly text: string; readonly givenOn: string } | null;
  /** Why it was withdrawn. */
  readonly withdrawn: string | null;
}

interface PreliminaryReviews {
  readonly project: string;
  readonly applicant: AgencyAsNamed;
  readonly authority: AgencyAsNamed;
  readonly requests: readonly PreliminaryRequest[];
}

/** Null until a review is asked for. */
export type PreliminaryState = PreliminaryReviews | null;

/** The newest opinion on a project, as a later consultation takes it along; undefined where there is none. */
export function newestOpinion(state: PreliminaryState): PreliminaryOpinionAsGiven | undefined {
  const request = state?.requests.findLast(({ opinion, withdrawn }) => opinion !== null && withdrawn === null);
  if (request === undefined || request.opinion === null) return undefined;
  const { number, fiscalYear, opinion } = request;
  return { request: number, fiscalYear, verdict: opinion.verdict, text: opinion.text, givenOn: opinion.givenOn };
}

function decide(command: PreliminaryCommand, state: PreliminaryState): readonly PreliminaryEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  if (command.type === 'request-preliminary-review') return request(command, state);
  const the = known(state);
  onlyAsTheApplicant(the.applicant, command.data);
  const { request: number } = command.data;
  switch (command.type) {
    case 'record-preliminary-screening': {
      const { finding } = command.data;
      checkFinding(finding);
      notOfTheApplicant(the, by);
      const asked = theRequest(the, number);
      if (asked.opinion !== null || asked.withdrawn !== null || same(asked.finding, finding)) return [];
      if (finding.planHash !== asked.outline.hash) throw screenedAnotherOutline();
      return [{ type: 'preliminary-review-screened', data: { by, at, request: number, finding } }];
    }
    case 'give-preliminary-opinion': {
      const { verdict, text } = command.data;
      checkChoice(verdict, PRELIMINARY_VERDICTS, '/verdict');
      checkText(text, '/text', LIMITS.reason);
      byTheAuthority(the, by);
      const asked = theRequest(the, number);
      if (asked.opinion?.verdict === verdict && asked.opinion.text === text) return [];
      stillOpen(asked);
      if (asked.finding === null) throw notScreened();
      return [{ type: 'preliminary-opinion-given', data: { by, at, request: number, verdict, text } }];
    }
    case 'withdraw-preliminary-review': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      byTheApplicant(the, by);
      const asked = theRequest(the, number);
      if (asked.withdrawn === reason) return [];
      stillOpen(asked);
      return [{ type: 'preliminary-review-withdrawn', data: { by, at, request: number, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

function request({ data }: RequestPreliminaryReview, state: PreliminaryState): readonly PreliminaryEvent[] {
  const { by, at, project, fiscalYear, outline, applicant, authority } = data;
  checkId(project, '/project');
  checkPlanVersion(outline, '/outline');
  for (const [pointer, agency] of [['/applicant', applicant] as const, ['/authority', authority] as const]) {
    checkId(agency?.id, `${pointer}/id`);
    checkText(agency?.name, `${pointer}/name`, LIMITS.name);
    checkChoice(agency?.tier, AGENCY_TIERS, `${pointer}/tier`);
  }
  if (!Number.isSafeInteger(fiscalYear) || fiscalYear < 2000 || fiscalYear > 2200) {
    throw new Malformed(
      'invalid-year',
      { ko: '회계연도를 네 자리 숫자로 적으세요.', en: 'Write the fiscal year in four digits.' },
      '/fiscalYear',
    );
  }
  byTheApplicant({ applicant: state?.applicant ?? applicant }, by);
  authorityIsAnotherAgency(applicant, authority);
  saysEnough(outline);
  const newest = state?.requests.at(-1);
  if (newest !== undefined && newest.opinion === null && newest.withdrawn === null) {
    if (newest.fiscalYear === fiscalYear && newest.outline.hash === outline.hash) return [];
    throw new RuleViolated('preliminary-review-open', {
      ko: `${newest.fiscalYear}년도 예비검토(${newest.number}번)가 끝나지 않았습니다. 의견을 받거나 거둔 뒤에 다시 요청하세요.`,
      en: `Request ${newest.number} for ${newest.fiscalYear} is still open. Ask again after its opinion, or withdraw it.`,
    });
  }
  const number = (newest?.number ?? 0) + 1;
  return [
    {
      type: 'preliminary-review-requested',
      data: { by, at, project, request: number, fiscalYear, outline, applicant, authority },
    },
  ];
}

/** 지침 제12조 asks for purpose, users, functions and cost, and for no more. */
function saysEnough({ content }: PlanVersion): void {
  const missing = [
    content.purpose.trim() === '' ? ['목적', 'the purpose'] : [],
    content.users.length === 0 ? ['이용자 등 적용범위', 'the users'] : [],
    content.functions.length === 0 ? ['구현기능', 'the functions'] : [],
    content.budgetKrw === null ? ['소요비용', 'the cost'] : [],
  ].filter((names) => names.length > 0);
  if (missing.length === 0) return;
  throw new RuleViolated(
    'outline-incomplete',
    {
      ko: `예비검토에 필요한 내용이 빠졌습니다: ${missing.map(([ko]) => ko).join(', ')}.`,
      en: `A preliminary review needs ${missing.map(([, en]) => en).join(', ')}.`,
    },
    '/outline',
  );
}

function known(state: PreliminaryState): PreliminaryReviews {
  if (state === null) {
    throw new NotFound('no-such-preliminary-review', {
      ko: '이 사업의 예비검토가 요청되지 않았습니다.',
      en: 'No preliminary review of this project has been asked for.',
    });
  }
  return state;
}

function theRequest({ requests }: PreliminaryReviews, number: number): PreliminaryRequest {
  const found = requests.find((other) => other.number === number);
  if (found === undefined) {
    throw new RuleViolated(
      'no-such-request',
      { ko: `${number}번 예비검토 요청은 없습니다.`, en: `There is no request ${number}.` },
      '/request',
    );
  }
  return found;
}

function stillOpen({ number, opinion, withdrawn }: PreliminaryRequest): void {
  if (opinion !== null || withdrawn !== null) {
    throw new RuleViolated('preliminary-review-over', {
      ko: `${number}번 예비검토는 이미 ${opinion === null ? '거두었습니다' : '의견이 나왔습니다'}.`,
      en: `Preliminary review ${number} ${opinion === null ? 'was withdrawn' : 'has its opinion already'}.`,
    });
  }
}

function notScreened(): RuleViolated {
  return new RuleViolated('not-screened', {
    ko: '유사·중복 검색 결과가 아직 없습니다. 검색이 기록된 뒤에 의견을 내세요.',
    en: 'The outline has not been screened for overlaps. Give the opinion after the finding is recorded.',
  });
}

function screenedAnotherOutline(): RuleViolated {
  return new RuleViolated(
    'screened-another-version',
    { ko: '다른 내용을 검색한 결과입니다.', en: 'The finding is about another text.' },
    '/finding/planHash',
  );
}

function byTheApplicant({ applicant }: Pick<PreliminaryReviews, 'applicant'>, by: Actor): void {
  if (by.agency !== applicant.id) {
    throw new NotPermitted('not-the-applicant', {
      ko: `신청기관(${applicant.name})만 할 수 있는 일입니다.`,
      en: `Only the applicant agency (${applicant.name}) may do this.`,
    });
  }
}

function notOfTheApplicant({ applicant }: PreliminaryReviews, by: Actor): void {
  if (by.agency === applicant.id) {
    throw new NotPermitted('own-submission', {
      ko: `신청기관(${applicant.name}) 소속은 자기 기관의 사업을 검토할 수 없습니다.`,
      en: `Nobody of the applicant agency (${applicant.name}) may review its own project.`,
    });
  }
}

function byTheAuthority(the: PreliminaryReviews, by: Actor): void {
  notOfTheApplicant(the, by);
  if (by.agency !== the.authority.id) {
    throw new NotPermitted('not-the-authority', {
      ko: `협의기관(${the.authority.name})만 할 수 있는 일입니다.`,
      en: `Only the consultation authority (${the.authority.name}) may do this.`,
    });
  }
}

function evolve(state: PreliminaryState, event: PreliminaryEvent): PreliminaryState {
  if (event.type === 'preliminary-review-requested') {
    const { at, project, request: number, fiscalYear, outline, applicant, authority } = event.data;
    const asked = { number, fiscalYear, outline, requestedOn: legalDateOf(at), finding: null, opinion: null, withdrawn: null };
    return { project, applicant, authority, requests: [...(state?.requests ?? []), asked] };
  }
  if (state === null) return state;
  const change = (number: number, changed: Partial<PreliminaryRequest>): PreliminaryReviews => ({
    ...state,
    requests: state.requests.map((asked) => (asked.number === number ? { ...asked, ...changed } : asked)),
  });
  switch (event.type) {
    case 'preliminary-review-screened':
      return change(event.data.request, { finding: event.data.finding });
    case 'preliminary-opinion-given': {
      const { at, request: number, verdict, text } = event.data;
      return change(number, { opinion: { verdict, text, givenOn: legalDateOf(at) } });
    }
    case 'preliminary-review-withdrawn':
      return change(event.data.request, { withdrawn: event.data.reason });
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** 예비검토: what the authority thinks of a project at budget time, asked as often as the years go by. */
export const preliminaryDecider: Decider<PreliminaryCommand, PreliminaryEvent, PreliminaryState> = {
  initialState: null,
  decide,
  evolve,
};
