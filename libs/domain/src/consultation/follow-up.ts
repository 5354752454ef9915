import { legalDateOf, officialDate } from '../kernel/date.js';
import type { Actor, DomainCommand } from '../kernel/decider.js';
import { NotPermitted, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkDate, checkText, LIMITS } from '../kernel/wellformed.js';
import type { ActionEvidence, Condition, ConsultationEvent, FollowUpEvent } from './events.js';
import * as guard from './guards.js';
import type { Consultation, CorrectionDemand, Obligation, Recommendation } from './state.js';
import { checkEvidence } from './wellformed.js';

/** 조치계획 제출. */
export type SubmitActionPlan = DomainCommand<
  'submit-action-plan',
  { readonly condition: number; readonly actionPlan: string; readonly completeBy: string }
>;
/** 조치결과 제출, with evidence. */
export type SubmitActionResult = DomainCommand<
  'submit-action-result',
  { readonly condition: number; readonly result: string; readonly evidence: readonly ActionEvidence[] }
>;
/** 이행점검: the submission that the person has looked at shows that the condition is met. */
export type VerifyCondition = DomainCommand<
  'verify-condition',
  { readonly condition: number; readonly submission: number; readonly remarks: string }
>;
export type RejectActionResult = DomainCommand<
  'reject-action-result',
  { readonly condition: number; readonly submission: number; readonly reason: string }
>;
export type ExtendCondition = DomainCommand<
  'extend-condition',
  { readonly condition: number; readonly dueOn: string; readonly reason: string }
>;
/** 조건 면제 takes two people: one proposes, another waives or declines. */
export type ProposeWaiver = DomainCommand<'propose-waiver', { readonly condition: number; readonly reason: string }>;
export type DeclineWaiver = DomainCommand<'decline-waiver', { readonly condition: number; readonly reason: string }>;
export type WaiveCondition = DomainCommand<'waive-condition', { readonly condition: number }>;
/** `dueOn` is the date that the timer was set for: after an extension, an old timer marks nothing. */
export type MarkConditionOverdue = DomainCommand<
  'mark-condition-overdue',
  { readonly condition: number; readonly dueOn: string }
>;
/** 개선권고, where the result of the consultation is not reflected. */
export type IssueImprovementRecommendation = DomainCommand<
  'issue-improvement-recommendation',
  { readonly condition: number; readonly text: string; readonly answerBy: string }
>;
export type AnswerRecommendation = DomainCommand<
  'answer-recommendation',
  { readonly recommendation: number; readonly answer: string }
>;
/** 시정요구: where a recommendation is not enough. */
export type DemandCorrection = DomainCommand<
  'demand-correction',
  { readonly condition: number; readonly text: string; readonly answerBy: string }
>;
/** 시정계획 제출. */
export type AnswerCorrectionDemand = DomainCommand<
  'answer-correction-demand',
  { readonly demand: number; readonly remedy: string; readonly completeBy: string }
>;

export type FollowUpCommand =
  | SubmitActionPlan
  | SubmitActionResult
  | VerifyCondition
  | RejectActionResult
  | ExtendCondition
  | ProposeWaiver
  | DeclineWaiver
  | WaiveCondition
  | MarkConditionOverdue
  | IssueImprovementRecommendation
  | AnswerRecommendation
  | DemandCorrection
  | AnswerCorrectionDemand;

/** After the letter: every condition is owed until the authority finds it fulfilled or two of its people waive it. */
export function decideFollowUp(command: FollowUpCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  switch (command.type) {
    case 'submit-action-plan': {
      const { condition, actionPlan, completeBy } = command.data;
      checkText(actionPlan, '/actionPlan', LIMITS.reason);
      checkDate(completeBy, '/completeBy');
      guard.byTheApplicant(the, by);
      const owed = obligation(the, condition);
      if (same(owed.plan, { actionPlan, completeBy })) return [];
      notSettled(owed);
      return [{ type: 'action-plan-submitted', data: { by, at, condition, actionPlan, completeBy } }];
    }
    case 'submit-action-result': {
      const { condition, result } = command.data;
      checkText(result, '/result', LIMITS.reason);
      checkEvidence(command.data.evidence);
      guard.byTheApplicant(the, by);
      const evidence = command.data.evidence.map(({ text, attachment, requirement }) => ({
        ...{ text, attachment },
        ...(requirement === undefined ? {} : { requirement }),
      }));
      const owed = obligation(the, condition);
      // The very same result may be submitted again once it was rejected: the applicant insists.
      if (owed.status !== 'open' && same(owed.result, { result, evidence })) return [];
      notSettled(owed);
      requiredEvidenceGiven(owed, evidence);
      const submission = owed.submissions + 1;
      return [{ type: 'action-result-submitted', data: { by, at, condition, submission, result, evidence } }];
    }
    case 'verify-condition': {
      const { condition, submission, remarks } = command.data;
      checkText(remarks, '/remarks', LIMITS.reason, 'may-be-empty');
      guard.byTheAuthority(the, by);
      const owed = obligation(the, condition);
      if (owed.status === 'fulfilled' && owed.submissions === submission) return [];
      notSettled(owed);
      theSubmissionAtHand(owed, submission);
      return [
        { type: 'condition-fulfilled', data: { by, at, condition, submission, remarks } },
        ...closing(the, owed, 'fulfilled', by, at),
      ];
    }
    case 'reject-action-result': {
      const { condition, submission, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      const owed = obligation(the, condition);
      if (owed.status === 'open' && same(owed.rejection, { submission, reason })) return [];
      notSettled(owed);
      theSubmissionAtHand(owed, submission);
      return [{ type: 'action-result-rejected', data: { by, at, condition, submission, reason } }];
    }
    case 'extend-condition': {
      const { condition, dueOn, reason } = command.data;
      checkDate(dueOn, '/dueOn');
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      const owed = obligation(the, condition);
      if (same(owed.extension, { dueOn, reason })) return [];
      notSettled(owed);
      const formerDueOn = laterThanNow(owed, dueOn, at);
      return [{ type: 'condition-extended', data: { by, at, condition, dueOn, formerDueOn, reason } }];
    }
    case 'propose-waiver': {
      const { condition, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      const owed = obligation(the, condition);
      if (same(owed.waiver, { proposer: by.person, reason })) return [];
      notSettled(owed);
      noWaiverPending(owed);
      return [{ type: 'waiver-proposed', data: { by, at, condition, reason } }];
    }
    case 'decline-waiver': {
      const { condition, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      const owed = obligation(the, condition);
      if (owed.waiver === null && owed.waiverDeclined === reason) return [];
      notSettled(owed);
      proposedWaiver(owed);
      return [{ type: 'waiver-declined', data: { by, at, condition, reason } }];
    }
    case 'waive-condition': {
      const { condition } = command.data;
      guard.byTheAuthority(the, by);
      const owed = obligation(the, condition);
      if (owed.status === 'waived') return [];
      notSettled(owed);
      const { proposer, reason } = proposedWaiver(owed);
      byAnotherPersonThan(proposer, by);
      return [
        { type: 'condition-waived', data: { by, at, condition, reason, proposedBy: proposer } },
        ...closing(the, owed, 'waived', by, at),
      ];
    }
    case 'mark-condition-overdue': {
      const { condition, dueOn } = command.data;
      checkDate(dueOn, '/dueOn');
      guard.notOfTheApplicant(the, by);
      const owed = obligation(the, condition);
      // A result in time waits for the authority: the delay is not the applicant's.
      if (owed.status !== 'open' || owed.dueOn !== dueOn || owed.overdue) return [];
      dueDatePassed(owed, at);
      return [{ type: 'condition-overdue', data: { by, at, condition, dueOn } }];
    }
    case 'issue-improvement-recommendation': {
      const { condition, text, answerBy } = command.data;
      checkText(text, '/text', LIMITS.reason);
      checkDate(answerBy, '/answerBy');
      guard.byTheAuthority(the, by);
      const owed = obligation(the, condition);
      const open = the.recommendations.find((other) => other.condition === condition && other.answer === null);
      if (open !== undefined && open.text === text && open.answerBy === answerBy) return [];
      notSettled(owed);
      if (open !== undefined) throw recommendationOpen(open);
      notReflected(owed, at);
      guard.leavesADay(answerBy, at, '/answerBy');
      const recommendation = the.recommendations.length + 1;
      return [{ type: 'improvement-recommended', data: { by, at, recommendation, condition, text, answerBy } }];
    }
    case 'answer-recommendation': {
      const { recommendation, answer } = command.data;
      checkText(answer, '/answer', LIMITS.reason);
      guard.byTheApplicant(the, by);
      const asked = recommended(the, recommendation);
      if (asked.answer === answer) return [];
      guard.inPhase(the, 'follow-up');
      if (asked.answer !== null) throw recommendationAnswered(asked);
      return [{ type: 'recommendation-answered', data: { by, at, recommendation, answer } }];
    }
    case 'demand-correction': {
      const { condition, text, answerBy } = command.data;
      checkText(text, '/text', LIMITS.reason);
      checkDate(answerBy, '/answerBy');
      guard.byTheAuthority(the, by);
      const owed = obligation(the, condition);
      const open = the.demands.find((other) => other.condition === condition && other.answer === null);
      if (open !== undefined && open.text === text && open.answerBy === answerBy) return [];
      notSettled(owed);
      if (open !== undefined) throw demandOpen(open);
      foundWanting(owed);
      guard.leavesADay(answerBy, at, '/answerBy');
      return [{ type: 'correction-demanded', data: { by, at, demand: the.demands.length + 1, condition, text, answerBy } }];
    }
    case 'answer-correction-demand': {
      const { demand, remedy, completeBy } = command.data;
      checkText(remedy, '/remedy', LIMITS.reason);
      checkDate(completeBy, '/completeBy');
      guard.byTheApplicant(the, by);
      const demanded = demandedCorrection(the, demand);
      if (same(demanded.answer, { remedy, completeBy })) return [];
      guard.inPhase(the, 'follow-up');
      if (demanded.answer !== null) throw demandAnswered(demanded);
      return [{ type: 'correction-demand-answered', data: { by, at, demand, remedy, completeBy } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** The conditions of the letter as they are owed from then on. */
export function obligationsOf(conditions: readonly Condition[]): readonly Obligation[] {
  return conditions.map((condition) => ({
    ...condition,
    status: 'open',
    plan: null,
    submissions: 0,
    result: null,
    rejection: null,
    extension: null,
    waiver: null,
    waiverDeclined: null,
    overdue: false,
  }));
}

/** What an amended decision does to what was still owed under the first: it is owed no longer, and stays in the record. */
export function lapsed(obligations: readonly Obligation[]): readonly Obligation[] {
  return obligations.map((owed) => (isSettled(owed) ? owed : { ...owed, status: 'lapsed', waiver: null }));
}

export function evolveFollowUp(the: Consultation, event: FollowUpEvent): Consultation {
  switch (event.type) {
    case 'action-plan-submitted': {
      const { condition, actionPlan, completeBy } = event.data;
      return changed(the, condition, { plan: { actionPlan, completeBy } });
    }
    case 'action-result-submitted': {
      const { condition, submission, result, evidence } = event.data;
      return changed(the, condition, { status: 'submitted', submissions: submission, result: { result, evidence } });
    }
    case 'action-result-rejected': {
      const { condition, submission, reason } = event.data;
      return changed(the, condition, { status: 'open', rejection: { submission, reason } });
    }
    case 'condition-fulfilled':
      return changed(the, event.data.condition, { status: 'fulfilled', waiver: null });
    case 'condition-extended': {
      const { condition, dueOn, reason } = event.data;
      return changed(the, condition, { dueOn, extension: { dueOn, reason }, overdue: false });
    }
    case 'waiver-proposed': {
      const { by, condition, reason } = event.data;
      return changed(the, condition, { waiver: { proposer: by.person, reason } });
    }
    case 'waiver-declined': {
      const { condition, reason } = event.data;
      return changed(the, condition, { waiver: null, waiverDeclined: reason });
    }
    case 'condition-waived':
      return changed(the, event.data.condition, { status: 'waived', waiver: null });
    case 'condition-overdue':
      return changed(the, event.data.condition, { overdue: true });
    case 'improvement-recommended': {
      const { recommendation: number, condition, text, answerBy } = event.data;
      return { ...the, recommendations: [...the.recommendations, { number, condition, text, answerBy, answer: null }] };
    }
    case 'recommendation-answered': {
      const { recommendation, answer } = event.data;
      const answered = (other: Recommendation) => (other.number === recommendation ? { ...other, answer } : other);
      return { ...the, recommendations: the.recommendations.map(answered) };
    }
    case 'correction-demanded': {
      const { demand: number, condition, text, answerBy } = event.data;
      return { ...the, demands: [...the.demands, { number, condition, text, answerBy, answer: null }] };
    }
    case 'correction-demand-answered': {
      const { demand, remedy, completeBy } = event.data;
      const answered = (other: CorrectionDemand) =>
        other.number === demand ? { ...other, answer: { remedy, completeBy } } : other;
      return { ...the, demands: the.demands.map(answered) };
    }
    case 'consultation-closed':
      return { ...the, phase: 'closed' };
    default: {
      event satisfies never;
      return the;
    }
  }
}

function changed(the: Consultation, condition: number, change: Partial<Obligation>): Consultation {
  const obligations = the.obligations.map((owed) => (owed.number === condition ? { ...owed, ...change } : owed));
  return { ...the, obligations };
}

function isSettled({ status }: Obligation): boolean {
  return status === 'fulfilled' || status === 'waived' || status === 'lapsed';
}

/** The case closes with the last condition, in the same breath; not while the decision itself is contested or made anew. */
function closing(
  the: Consultation,
  owed: Obligation,
  status: 'fulfilled' | 'waived',
  by: Actor,
  at: string,
): readonly ConsultationEvent[] {
  return the.phase === 'follow-up' ? closingIfAllSettled(changed(the, owed.number, { status }), by, at) : [];
}

/** Nothing unless every condition that there is has been fulfilled or waived. */
export function closingIfAllSettled({ obligations }: Consultation, by: Actor, at: string): readonly ConsultationEvent[] {
  if (obligations.length === 0 || !obligations.every(isSettled)) return [];
  const settledAs = (wanted: Obligation['status']) =>
    obligations.filter((each) => each.status === wanted).map(({ number }) => number);
  return [{ type: 'consultation-closed', data: { by, at, fulfilled: settledAs('fulfilled'), waived: settledAs('waived') } }];
}

function obligation(the: Consultation, condition: number): Obligation {
  if (the.obligations.length === 0) {
    throw new RuleViolated('not-in-follow-up', {
      ko: '조건부추진으로 통보된 사전협의가 아니어서 이행할 조건이 없습니다.',
      en: 'No conditional result has been notified: there is no condition to meet.',
    });
  }
  const owed = the.obligations.find(({ number }) => number === condition);
  if (owed === undefined) {
    const numbers = the.obligations.map(({ number }) => number).join(', ');
    throw new RuleViolated(
      'no-such-condition',
      {
        ko: `조건 ${condition}은(는) 없습니다. 있는 조건: ${numbers}.`,
        en: `There is no condition ${condition}, only ${numbers}.`,
      },
      '/condition',
    );
  }
  return owed;
}

function notSettled(owed: Obligation): void {
  if (isSettled(owed)) {
    const words: Readonly<Partial<Record<Obligation['status'], string>>> = {
      fulfilled: '이행완료',
      waived: '면제',
      lapsed: '실효',
    };
    throw new RuleViolated(
      'condition-settled',
      {
        ko: `조건 ${owed.number}은(는) 이미 ${words[owed.status] ?? owed.status}되었습니다.`,
        en: `Condition ${owed.number} is ${owed.status} already.`,
      },
      '/condition',
    );
  }
}

/** Each piece of evidence that the condition asks for has something of the result that is it. */
function requiredEvidenceGiven({ number, evidence: required = [] }: Obligation, given: readonly ActionEvidence[]): void {
  const missing = required.filter((_, index) => !given.some(({ requirement }) => requirement === index + 1));
  const unknown = given.find(({ requirement }) => requirement !== undefined && required[requirement - 1] === undefined);
  if (missing.length === 0 && unknown === undefined) return;
  throw new RuleViolated(
    'required-evidence-missing',
    {
      ko: `조건 ${number}이(가) 요구하는 증빙을 모두 내야 합니다. 빠진 증빙: ${missing.join(', ') || '없음'}. 증빙마다 몇 번째 요구 증빙인지 적으세요(1~${required.length}).`,
      en: `The result must give every piece of evidence that condition ${number} asks for. Missing: ${missing.join(', ') || 'none'}. Say of each piece which one it is (1 to ${required.length}).`,
    },
    '/evidence',
  );
}

/** Nobody verifies or rejects a result that has been replaced while they were reading. */
function theSubmissionAtHand({ number, status, submissions }: Obligation, submission: number): void {
  if (status !== 'submitted') {
    throw new RuleViolated(
      'nothing-to-verify',
      {
        ko: `조건 ${number}에는 점검할 조치결과가 없습니다. 신청기관이 제출한 뒤에 할 수 있습니다.`,
        en: `Condition ${number} has no result to look at. Wait until the applicant submits one.`,
      },
      '/condition',
    );
  }
  if (submissions !== submission) {
    throw new RuleViolated(
      'not-the-newest-result',
      {
        ko: `조건 ${number}의 최신 조치결과는 ${submissions}번입니다. 그것을 점검하세요.`,
        en: `The newest result of condition ${number} is number ${submissions}. Look at that one.`,
      },
      '/submission',
    );
  }
}

function laterThanNow({ number, dueOn: formerDueOn }: Obligation, dueOn: string, at: string): string {
  if (formerDueOn === null) {
    throw new RuleViolated(
      'condition-without-date',
      { ko: `조건 ${number}에는 연장할 기한이 없습니다.`, en: `Condition ${number} has no date to extend.` },
      '/condition',
    );
  }
  if (dueOn <= formerDueOn || dueOn <= legalDateOf(at)) {
    throw new RuleViolated(
      'extension-not-later',
      {
        ko: `새 기한은 지금 기한(${officialDate(formerDueOn)})과 오늘(${officialDate(legalDateOf(at))})보다 뒤여야 합니다.`,
        en: `The new date must be after the date in force (${officialDate(formerDueOn)}) and after today (${officialDate(legalDateOf(at))}).`,
      },
      '/dueOn',
    );
  }
  return formerDueOn;
}

function noWaiverPending({ number, waiver }: Obligation): void {
  if (waiver !== null) {
    throw new RuleViolated(
      'waiver-pending',
      {
        ko: `조건 ${number}의 면제안이 이미 올라와 있습니다. 먼저 면제하거나 돌려보내세요.`,
        en: `A waiver of condition ${number} waits for a second person already. Waive or decline it first.`,
      },
      '/condition',
    );
  }
}

function proposedWaiver({ number, waiver }: Obligation): NonNullable<Obligation['waiver']> {
  if (waiver === null) {
    throw new RuleViolated(
      'no-waiver-proposed',
      {
        ko: `조건 ${number}의 면제를 올린 사람이 없습니다. 먼저 사유를 적어 면제안을 올리세요.`,
        en: `Nobody has proposed to waive condition ${number}. Propose it with a reason first.`,
      },
      '/condition',
    );
  }
  return waiver;
}

function byAnotherPersonThan(proposer: string, by: Actor): void {
  if (proposer === by.person) {
    throw new NotPermitted('same-person', {
      ko: '면제안을 올린 사람은 스스로 면제할 수 없습니다. 다른 결재권자가 해야 합니다.',
      en: 'Who proposed a waiver may not grant it. Another person must.',
    });
  }
}

function dueDatePassed({ number, dueOn }: Obligation, at: string): void {
  if (dueOn !== null && legalDateOf(at) <= dueOn) {
    throw new RuleViolated(
      'condition-not-overdue',
      {
        ko: `조건 ${number}의 기한(${officialDate(dueOn)})이 아직 지나지 않았습니다.`,
        en: `Condition ${number} is not due before the end of ${officialDate(dueOn)}.`,
      },
      '/dueOn',
    );
  }
}

/** 개선권고 follows a failure: a date that passed or a result that did not do. */
function notReflected({ number, dueOn, rejection }: Obligation, at: string): void {
  if (rejection === null && dueOn !== null && legalDateOf(at) <= dueOn) {
    throw new RuleViolated(
      'nothing-to-recommend',
      {
        ko: `조건 ${number}은(는) 기한(${officialDate(dueOn)}) 안에 있고 반려된 조치결과도 없습니다. 개선권고는 그 뒤에 할 수 있습니다.`,
        en: `Condition ${number} may still be met by ${officialDate(dueOn)} and no result was rejected. Recommend after that.`,
      },
      '/condition',
    );
  }
}

function recommendationOpen({ number }: Recommendation): RuleViolated {
  return new RuleViolated('recommendation-open', {
    ko: `${number}번 개선권고의 답변을 기다리고 있습니다. 답변을 받은 뒤에 다시 권고하세요.`,
    en: `Recommendation ${number} waits for its answer. Recommend again after that.`,
  });
}

function recommended({ recommendations }: Consultation, number: number): Recommendation {
  const found = recommendations.find((other) => other.number === number);
  if (found === undefined) {
    throw new RuleViolated(
      'no-such-recommendation',
      { ko: `${number}번 개선권고는 없습니다.`, en: `There is no recommendation ${number}.` },
      '/recommendation',
    );
  }
  return found;
}

function recommendationAnswered({ number }: Recommendation): RuleViolated {
  return new RuleViolated('recommendation-answered', {
    ko: `${number}번 개선권고에는 이미 답변하였습니다.`,
    en: `Recommendation ${number} is answered already.`,
  });
}

/** 시정요구 needs a failure on record: a day that was found to have passed, or a result that was rejected. */
function foundWanting({ number, overdue, rejection }: Obligation): void {
  if (!overdue && rejection === null) {
    throw new RuleViolated(
      'nothing-to-correct',
      {
        ko: `조건 ${number}은(는) 기한이 지났다고 기록되지도, 조치결과가 반려되지도 않았습니다. 그 뒤에 시정을 요구할 수 있습니다.`,
        en: `Condition ${number} is neither recorded as overdue nor was a result of it rejected. Demand a correction after that.`,
      },
      '/condition',
    );
  }
}

function demandOpen({ number }: CorrectionDemand): RuleViolated {
  return new RuleViolated('demand-open', {
    ko: `${number}번 시정요구의 시정계획을 기다리고 있습니다. 받은 뒤에 다시 요구하세요.`,
    en: `Demand ${number} waits for its answer. Demand again after that.`,
  });
}

function demandedCorrection({ demands }: Consultation, number: number): CorrectionDemand {
  const found = demands.find((other) => other.number === number);
  if (found === undefined) {
    throw new RuleViolated(
      'no-such-demand',
      { ko: `${number}번 시정요구는 없습니다.`, en: `There is no correction demand ${number}.` },
      '/demand',
    );
  }
  return found;
}

function demandAnswered({ number }: CorrectionDemand): RuleViolated {
  return new RuleViolated('demand-answered', {
    ko: `${number}번 시정요구에는 이미 시정계획을 냈습니다.`,
    en: `Demand ${number} is answered already.`,
  });
}
