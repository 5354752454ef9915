import { legalDateOf, officialDate } from '../kernel/date.js';
import type { Actor, DomainCommand } from '../kernel/decider.js';
import { NotPermitted, RuleViolated } from '../kernel/errors.js';
import { checkDate, checkText, LIMITS } from '../kernel/wellformed.js';
import type { ConsultationEvent, ObjectionEvent } from './events.js';
import { closingIfAllSettled } from './follow-up.js';
import * as guard from './guards.js';
import type { Consultation, Objection, Phase } from './state.js';

/** 이의 신청. `raiseBy` is the last day for it, computed by the caller from the dated rules and the day of the letter. */
export type RaiseObjection = DomainCommand<'raise-objection', { readonly grounds: string; readonly raiseBy: string }>;
/** The contested decision is to be made anew: reviewed, proposed, approved and notified like the first. */
export type UpholdObjection = DomainCommand<'uphold-objection', { readonly objection: number; readonly reason: string }>;
export type DismissObjection = DomainCommand<'dismiss-objection', { readonly objection: number; readonly reason: string }>;
/** 보류된 사업의 포기. The other way on is a revised plan in a new consultation. */
export type AbandonHeldPlan = DomainCommand<'abandon-held-plan', { readonly reason: string }>;

export type ObjectionCommand = RaiseObjection | UpholdObjection | DismissObjection | AbandonHeldPlan;

/** What the applicant may do about a decision once it has the letter, and what becomes of it. */
export function decideObjection(command: ObjectionCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  switch (command.type) {
    case 'raise-objection': {
      const { grounds, raiseBy } = command.data;
      checkText(grounds, '/grounds', LIMITS.reason);
      checkDate(raiseBy, '/raiseBy');
      guard.byTheApplicant(the, by);
      if (the.phase === 'objection' && the.objection?.grounds === grounds) return [];
      const letter = standingLetter(the);
      guard.inPhase(the, 'notified', 'follow-up');
      notDecidedYet(the, letter);
      inTime(raiseBy, at);
      return [{ type: 'objection-raised', data: { by, at, objection: the.objections + 1, letter, grounds, raiseBy } }];
    }
    case 'uphold-objection':
    case 'dismiss-objection': {
      const { objection: number, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      const upheld = command.type === 'uphold-objection';
      const { objection } = the;
      const decision = upheld ? 'upheld' : 'dismissed';
      if (objection?.number === number && objection.decision === decision && objection.reason === reason) return [];
      theObjectionAtHand(objection, number);
      byAnotherPersonThanTheApprover(the, by);
      if (upheld) return [{ type: 'objection-upheld', data: { by, at, objection: number, reason } }];
      return [{ type: 'objection-dismissed', data: { by, at, objection: number, reason } }, ...closingIfAllSettled(the, by, at)];
    }
    case 'abandon-held-plan': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheApplicant(the, by);
      if (the.phase === 'closed' && the.endedBecause === reason) return [];
      held(the);
      return [{ type: 'held-plan-abandoned', data: { by, at, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

export function evolveObjection(the: Consultation, event: ObjectionEvent): Consultation {
  switch (event.type) {
    case 'objection-raised': {
      const { objection: number, letter, grounds } = event.data;
      return {
        ...the,
        phase: 'objection',
        objections: number,
        objection: { number, letter, grounds, decision: null, reason: '' },
      };
    }
    case 'objection-upheld': {
      const { reason } = event.data;
      const objection = the.objection && { ...the.objection, decision: 'upheld' as const, reason };
      return { ...the, phase: 'under-review', objection, proposal: null };
    }
    case 'objection-dismissed': {
      const { reason } = event.data;
      const objection = the.objection && { ...the.objection, decision: 'dismissed' as const, reason };
      return { ...the, phase: phaseOfTheLetter(the), objection };
    }
    case 'held-plan-abandoned':
      return { ...the, phase: 'closed', endedBecause: event.data.reason };
    default: {
      event satisfies never;
      return the;
    }
  }
}

/** Whether an upheld objection has reopened the case and the amended decision is not yet notified: until then the first letter stands. */
export function isAmending({ objection, documentNumber }: Consultation): boolean {
  return objection !== null && objection.decision === 'upheld' && objection.letter === documentNumber;
}

function phaseOfTheLetter({ decided }: Consultation): Phase {
  return decided?.outcome === 'PROCEED_CONDITIONALLY' ? 'follow-up' : 'notified';
}

function standingLetter({ documentNumber }: Consultation): string {
  if (documentNumber === null) {
    throw new RuleViolated('no-letter-yet', {
      ko: '아직 통보된 검토결과가 없어 이의를 낼 수 없습니다.',
      en: 'No result has been notified yet: there is nothing to object to.',
    });
  }
  return documentNumber;
}

function notDecidedYet({ objection }: Consultation, letter: string): void {
  if (objection?.letter === letter && objection.decision === 'dismissed') {
    throw new RuleViolated('objection-decided', {
      ko: `${letter} 통보에 대한 이의는 이미 기각되었습니다(사유: ${objection.reason}).`,
      en: `The objection to the letter ${letter} has been dismissed already (${objection.reason}).`,
    });
  }
}

function inTime(raiseBy: string, at: string): void {
  if (legalDateOf(at) > raiseBy) {
    throw new RuleViolated('objection-too-late', {
      ko: `이의는 ${officialDate(raiseBy)}까지 낼 수 있었습니다.`,
      en: `An objection could be raised until ${officialDate(raiseBy)}.`,
    });
  }
}

function theObjectionAtHand(objection: Objection | null, number: number): void {
  const atHand = objection === null || objection.decision !== null ? null : objection.number;
  if (atHand !== number) {
    throw new RuleViolated(
      'not-the-objection-at-hand',
      {
        ko: atHand === null ? '심사 중인 이의가 없습니다.' : `지금 심사 중인 이의는 ${atHand}번입니다.`,
        en: atHand === null ? 'No objection is under review.' : `The objection at hand is number ${atHand}.`,
      },
      '/objection',
    );
  }
}

/** Nobody judges an objection to what they approved themselves. */
function byAnotherPersonThanTheApprover({ decided }: Consultation, by: Actor): void {
  if (decided?.approver === by.person) {
    throw new NotPermitted('own-decision', {
      ko: '다투는 결정을 결재한 사람은 그 이의를 심사할 수 없습니다. 다른 결재권자가 해야 합니다.',
      en: 'Who approved the contested decision may not decide on the objection to it. Another person must.',
    });
  }
}

function held(the: Consultation): void {
  if (the.decided?.outcome !== 'HOLD' || the.phase !== 'notified') {
    throw new RuleViolated('not-on-hold', {
      ko: '추진보류로 통보된 사업만 포기할 수 있습니다.',
      en: 'Only a plan that was put on hold can be abandoned here.',
    });
  }
}
