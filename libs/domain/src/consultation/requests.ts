import { addDays, legalDateOf, officialDate } from '../kernel/date.js';
import type { DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import type { PlanContent, PlanVersion } from '../kernel/plan.js';
import { valueAt, wordingOf } from '../kernel/pointer.js';
import { same } from '../kernel/same.js';
import { checkDate, checkPlanVersion, checkText, LIMITS } from '../kernel/wellformed.js';
import type { ConsultationEvent, CorrectionAnswer, CorrectionItem, RequestEvent } from './events.js';
import * as guard from './guards.js';
import type { Consultation, OpenRound } from './state.js';
import { checkAnswers, checkItems } from './wellformed.js';

/**
 * 보완·시정·소명요청: the bundle of a round. The items are numbered from 1 in the order given; one that takes up a text which an earlier round
 * let stand says `because`. `planVersion` is the plan that was read.
 */
export type RequestCorrection = DomainCommand<
  'request-correction',
  { readonly items: readonly Omit<CorrectionItem, 'number'>[]; readonly respondBy: string; readonly planVersion?: number }
>;
export type RespondToCorrection = DomainCommand<
  'respond-to-correction',
  { readonly round: number; readonly answers: readonly CorrectionAnswer[]; readonly plan: PlanVersion }
>;
export type AcceptResponse = DomainCommand<'accept-response', { readonly round: number; readonly remarks: string }>;
export type RejectResponse = DomainCommand<'reject-response', { readonly round: number; readonly reason: string }>;
/** 보완기간 연장 신청. */
export type RequestResponseExtension = DomainCommand<
  'request-response-extension',
  { readonly round: number; readonly respondBy: string; readonly reason: string }
>;
/** Whether or not the applicant has asked for it. */
export type ExtendResponse = DomainCommand<
  'extend-response',
  { readonly round: number; readonly respondBy: string; readonly reason: string }
>;
export type DeclineResponseExtension = DomainCommand<
  'decline-response-extension',
  { readonly round: number; readonly reason: string }
>;
/** 독촉 by a person, once a day at most. */
export type RemindApplicant = DomainCommand<'remind-applicant', { readonly round: number }>;
/** By itself, so many days before the answer is due. `respondBy` is the day that the timer was set for. */
export type RemindBeforeTheDay = DomainCommand<
  'remind-before-the-day',
  { readonly round: number; readonly respondBy: string; readonly daysBefore: number }
>;
/** `respondBy` is the day that the timer was set for: after an extension, an old timer marks nothing. */
export type MarkResponseOverdue = DomainCommand<'mark-response-overdue', { readonly round: number; readonly respondBy: string }>;
/** Goes on with what is on file, once the day to answer has passed. */
export type ProceedOnFile = DomainCommand<'proceed-on-file', { readonly round: number; readonly reason: string }>;
/** 대면회의. `minutes`: what was talked about and agreed, without names. */
export type RecordMeeting = DomainCommand<'record-meeting', { readonly heldOn: string; readonly minutes: string }>;

export type RequestCommand =
  | RequestCorrection
  | RespondToCorrection
  | AcceptResponse
  | RejectResponse
  | RequestResponseExtension
  | ExtendResponse
  | DeclineResponseExtension
  | RemindApplicant
  | RemindBeforeTheDay
  | MarkResponseOverdue
  | ProceedOnFile
  | RecordMeeting;

/** What passes between the reviewer and the applicant before the authority decides. */
export function decideRequest(command: RequestCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  switch (command.type) {
    case 'request-correction': {
      const { respondBy, planVersion } = command.data;
      checkItems(command.data.items, the.plan.content);
      checkDate(respondBy, '/respondBy');
      guard.byTheAuthority(the, by);
      const items = command.data.items.map(({ pointer, text, kind, quote, because }, index) => ({
        ...{ number: index + 1, pointer, text },
        ...(kind === undefined ? {} : { kind }),
        ...(quote === undefined ? {} : { quote }),
        ...(because === undefined ? {} : { because }),
      }));
      if (the.openRound !== null && the.openRound.respondBy === respondBy && same(the.openRound.items, items)) return [];
      guard.noOpenRound(the);
      guard.inPhase(the, 'received', 'under-review', 'approved');
      guard.leavesADay(respondBy, at);
      if (planVersion !== undefined) ofThePlanThatWasRead(the, planVersion);
      laterObjectionsHaveReasons(the, items);
      const version = planVersion === undefined ? {} : { planVersion };
      return [{ type: 'correction-requested', data: { by, at, round: the.rounds + 1, items, respondBy, ...version } }];
    }
    case 'respond-to-correction': {
      const { round, answers, plan } = command.data;
      checkAnswers(answers);
      checkPlanVersion(plan, '/plan');
      guard.byTheApplicant(the, by);
      const { version, hash } = plan;
      const { lastResponse: last } = the;
      const given = last && { round: last.round, answers: last.answers, plan: last.plan };
      if (the.openRound === null && same(given, { round, answers, plan: { version, hash } })) return [];
      const open = guard.openRound(the, round);
      guard.everyItemAnswered(open.items, answers);
      guard.sameOrNextVersion(the, plan);
      return [{ type: 'response-submitted', data: { by, at, round, answers, plan } }];
    }
    case 'accept-response': {
      const { round, remarks } = command.data;
      checkText(remarks, '/remarks', LIMITS.reason, 'may-be-empty');
      guard.byTheAuthority(the, by);
      if (same(response(the, round).verdict, { accepted: true, remarks })) return [];
      guard.inPhase(the, 'under-review');
      return [{ type: 'response-accepted', data: { by, at, round, remarks } }];
    }
    case 'reject-response': {
      const { round, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (same(response(the, round).verdict, { accepted: false, remarks: reason })) return [];
      guard.inPhase(the, 'under-review');
      return [{ type: 'response-rejected', data: { by, at, round, reason } }];
    }
    case 'request-response-extension': {
      const { round, respondBy, reason } = command.data;
      checkDate(respondBy, '/respondBy');
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheApplicant(the, by);
      const open = guard.openRound(the, round);
      if (same(open.extensionAsked, { respondBy, reason })) return [];
      laterThanNow(open, respondBy, at);
      return [{ type: 'response-extension-requested', data: { by, at, round, respondBy, reason } }];
    }
    case 'extend-response': {
      const { round, respondBy, reason } = command.data;
      checkDate(respondBy, '/respondBy');
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      const open = guard.openRound(the, round);
      if (open.extensionAsked === null && same(open.extension, { respondBy, reason })) return [];
      laterThanNow(open, respondBy, at);
      const formerRespondBy = open.respondBy;
      return [{ type: 'response-extended', data: { by, at, round, respondBy, formerRespondBy, reason } }];
    }
    case 'decline-response-extension': {
      const { round, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      const open = guard.openRound(the, round);
      if (open.extensionAsked === null && open.extensionDeclined === reason) return [];
      extensionWasAsked(open, round);
      return [{ type: 'response-extension-declined', data: { by, at, round, reason } }];
    }
    case 'remind-applicant': {
      const { round } = command.data;
      guard.byTheAuthority(the, by);
      const open = guard.openRound(the, round);
      if (open.remindedOn === legalDateOf(at)) return [];
      return [{ type: 'applicant-reminded', data: { by, at, round, respondBy: open.respondBy, daysBefore: null } }];
    }
    case 'remind-before-the-day': {
      const { round, respondBy, daysBefore } = command.data;
      checkDate(respondBy, '/respondBy');
      guard.notOfTheApplicant(the, by);
      const open = waitingFor(the, round, respondBy);
      if (open === null || open.reminded.includes(`${respondBy} - ${daysBefore}`)) return [];
      // Nobody ran on that day: that the answer is overdue says more.
      if (legalDateOf(at) > respondBy) return [];
      dayHasCome(addDays(respondBy, -daysBefore), at);
      return [{ type: 'applicant-reminded', data: { by, at, round, respondBy, daysBefore } }];
    }
    case 'mark-response-overdue': {
      const { round, respondBy } = command.data;
      checkDate(respondBy, '/respondBy');
      guard.notOfTheApplicant(the, by);
      const open = waitingFor(the, round, respondBy);
      if (open === null || open.overdue) return [];
      answerIsOverdue(open, at);
      return [{ type: 'response-overdue', data: { by, at, round, respondBy } }];
    }
    case 'proceed-on-file': {
      const { round, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (the.openRound === null && same(the.onFile, { round, reason })) return [];
      answerIsOverdue(guard.openRound(the, round), at);
      return [{ type: 'proceeded-on-file', data: { by, at, round, reason } }];
    }
    case 'record-meeting': {
      const { heldOn, minutes } = command.data;
      checkDate(heldOn, '/heldOn');
      checkText(minutes, '/minutes', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (the.meetings.some((other) => same(other, { heldOn, minutes }))) return [];
      guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant');
      hasTakenPlace(heldOn, at);
      return [{ type: 'meeting-held', data: { by, at, meeting: the.meetings.length + 1, heldOn, minutes } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

export function evolveRequest(the: Consultation, event: RequestEvent): Consultation {
  switch (event.type) {
    case 'correction-requested': {
      const { round, items, respondBy } = event.data;
      const openRound: OpenRound = {
        ...{ items, respondBy, extensionAsked: null, extensionDeclined: null, extension: null },
        ...{ reminded: [], remindedOn: null, overdue: false },
      };
      return { ...turned(the), phase: 'awaiting-applicant', rounds: round, openRound, looked: [...the.looked, the.plan] };
    }
    case 'response-submitted': {
      const { round, answers, plan } = event.data;
      const lastResponse = { round, answers, plan: { version: plan.version, hash: plan.hash }, verdict: null };
      return { ...turned(the), phase: 'under-review', plan, openRound: null, lastResponse };
    }
    case 'response-accepted': {
      const { remarks } = event.data;
      return { ...the, lastResponse: the.lastResponse && { ...the.lastResponse, verdict: { accepted: true, remarks } } };
    }
    case 'response-rejected': {
      const verdict = { accepted: false, remarks: event.data.reason };
      return { ...the, lastResponse: the.lastResponse && { ...the.lastResponse, verdict } };
    }
    case 'response-extension-requested': {
      const { respondBy, reason } = event.data;
      return changed(the, { extensionAsked: { respondBy, reason } });
    }
    case 'response-extended': {
      const { respondBy, reason } = event.data;
      return changed(the, { respondBy, extension: { respondBy, reason }, extensionAsked: null, overdue: false });
    }
    case 'response-extension-declined':
      return changed(the, { extensionAsked: null, extensionDeclined: event.data.reason });
    case 'applicant-reminded': {
      const { at, respondBy, daysBefore } = event.data;
      if (daysBefore === null) return changed(the, { remindedOn: legalDateOf(at) });
      return changed(the, { reminded: [...(the.openRound?.reminded ?? []), `${respondBy} - ${daysBefore}`] });
    }
    case 'response-overdue':
      return changed(the, { overdue: true });
    case 'proceeded-on-file': {
      const { round, reason } = event.data;
      return { ...turned(the), phase: 'under-review', openRound: null, onFile: { round, reason } };
    }
    case 'meeting-held': {
      const { heldOn, minutes } = event.data;
      const phase = the.phase === 'received' ? 'under-review' : the.phase;
      return { ...the, phase, meetings: [...the.meetings, { heldOn, minutes }] };
    }
    default: {
      event satisfies never;
      return the;
    }
  }
}

/** After the clock was stopped or let run. */
function turned(the: Consultation): Consultation {
  return { ...the, course: the.course && { ...the.course, turns: the.course.turns + 1 } };
}

function changed(the: Consultation, change: Partial<OpenRound>): Consultation {
  return { ...the, openRound: the.openRound && { ...the.openRound, ...change } };
}

/** The open round, if it is the one that a timer was set for. */
function waitingFor({ openRound, rounds }: Consultation, round: number, respondBy: string): OpenRound | null {
  return openRound !== null && rounds === round && openRound.respondBy === respondBy ? openRound : null;
}

function ofThePlanThatWasRead({ plan }: Consultation, version: number): void {
  if (version !== plan.version) {
    throw new RuleViolated(
      'another-plan-version',
      {
        ko: `계획서 ${version}판을 보고 적은 요청인데 지금 검토하는 것은 ${plan.version}판입니다. 지금 판을 읽고 다시 적으세요.`,
        en: `The request is about plan version ${version}, but version ${plan.version} is under review. Read that one.`,
      },
      '/planVersion',
    );
  }
}

/** What an earlier round read and let stand may be taken up later only for a reason that is recorded. */
function laterObjectionsHaveReasons({ looked, plan }: Consultation, items: readonly CorrectionItem[]): void {
  for (const { number, pointer, quote, because } of items) {
    const round = looked.findIndex((earlier) => saysTheSame(earlier.content, plan.content, pointer, quote)) + 1;
    if (because === undefined && round > 0) {
      throw new RuleViolated(
        'later-objection-without-reason',
        {
          ko: `${number}번 항목이 가리키는 글은 ${round}차 요청 때 이미 본 그대로입니다. 왜 이제 요청하는지 사유를 적으세요.`,
          en: `Item ${number} is about text that round ${round} saw as it stands. State why it is asked only now.`,
        },
        `/items/${number - 1}/because`,
      );
    }
  }
}

/** An entry of a list that only moved says the same; where a passage is quoted, only that passage counts. */
function saysTheSame(earlier: PlanContent, now: PlanContent, pointer: string, quote: string | undefined): boolean {
  const list = valueAt(earlier, pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
  if (quote !== undefined) return wordingOf(Array.isArray(list) ? list : valueAt(earlier, pointer)).includes(quote);
  const place = valueAt(now, pointer);
  return Array.isArray(list) ? list.includes(place) : same(valueAt(earlier, pointer), place);
}

function response({ lastResponse }: Consultation, round: number): NonNullable<Consultation['lastResponse']> {
  if (lastResponse?.round !== round) {
    throw new RuleViolated(
      'not-the-last-response',
      {
        ko: `${round}차 요청에는 지금 판단할 답변이 없습니다(마지막 답변: ${lastResponse === null ? '없음' : `${lastResponse.round}차`}).`,
        en: `There is no answer to round ${round} to judge now (the last one is to ${lastResponse === null ? 'none' : `round ${lastResponse.round}`}).`,
      },
      '/round',
    );
  }
  return lastResponse;
}

function laterThanNow({ respondBy: former }: OpenRound, respondBy: string, at: string): void {
  guard.leavesADay(respondBy, at);
  if (respondBy <= former) {
    throw new RuleViolated(
      'extension-not-later',
      {
        ko: `연장한 제출기한은 지금 기한(${officialDate(former)})보다 뒤여야 합니다.`,
        en: `An extension ends after the date in force (${officialDate(former)}).`,
      },
      '/respondBy',
    );
  }
}

function extensionWasAsked({ extensionAsked }: OpenRound, round: number): void {
  if (extensionAsked === null) {
    throw new RuleViolated('no-extension-asked', {
      ko: `${round}차 요청에 대한 연장 신청이 없습니다.`,
      en: `Nobody has asked for more time to answer round ${round}.`,
    });
  }
}

function dayHasCome(day: string, at: string): void {
  if (legalDateOf(at) < day) {
    throw new RuleViolated('reminder-too-early', {
      ko: `알림은 ${officialDate(day)}부터 보냅니다.`,
      en: `The reminder is due on ${officialDate(day)}.`,
    });
  }
}

function answerIsOverdue({ respondBy }: OpenRound, at: string): void {
  if (legalDateOf(at) <= respondBy) {
    throw new RuleViolated('answer-not-overdue', {
      ko: `보완 제출기한(${officialDate(respondBy)})이 아직 지나지 않았습니다.`,
      en: `The applicant may still answer until ${officialDate(respondBy)}.`,
    });
  }
}

function hasTakenPlace(heldOn: string, at: string): void {
  if (heldOn > legalDateOf(at)) {
    throw new RuleViolated(
      'meeting-not-held-yet',
      {
        ko: `${officialDate(heldOn)}은 아직 오지 않았습니다. 회의를 마친 뒤 기록하세요.`,
        en: `${officialDate(heldOn)} has not come yet. Record the meeting once it was held.`,
      },
      '/heldOn',
    );
  }
}
