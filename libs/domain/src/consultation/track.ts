import { legalDateOf, officialDate } from '../kernel/date.js';
import type { DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkDate, checkShare, checkText, LIMITS } from '../kernel/wellformed.js';
import type { ConsultationEvent, FastTrackRevoked, TrackEvent } from './events.js';
import * as guard from './guards.js';
import type { Consultation, ReviewCourse } from './state.js';
import { trackNames } from './wording.js';

/**
 * 신속처리제, for disaster safety. `dueOn`: the last day of the review by the fast track, as the caller computed it from the rules frozen at
 * receipt. `disasterSafety`: what the project's newest assessment says; null where there is none, and the ground alone has to say it.
 */
export type DesignateFastTrack = DomainCommand<
  'designate-fast-track',
  { readonly ground: string; readonly dueOn: string; readonly disasterSafety?: boolean | null }
>;
export type RevokeFastTrack = DomainCommand<'revoke-fast-track', { readonly reason: string }>;
/** 기한연장 통지 (전자정부 성과관리 지침 제16조). `dueOn`: the legal day to notify as it stands, computed by the caller's clock. */
export type NotifyDelay = DomainCommand<
  'notify-delay',
  { readonly dueOn: string; readonly expectedNotificationOn: string; readonly reason: string }
>;
/** `share` of the `given` days is used on the day `on`, unless the clock has taken another turn since the timer was set. */
export type RaiseDeadlineWarning = DomainCommand<
  'raise-deadline-warning',
  { readonly share: number; readonly given: number; readonly on: string; readonly turn: number }
>;

export type TrackCommand = DesignateFastTrack | RevokeFastTrack | NotifyDelay | RaiseDeadlineWarning;

export function decideTrack(command: TrackCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  switch (command.type) {
    case 'designate-fast-track': {
      const { ground, dueOn } = command.data;
      checkText(ground, '/ground', LIMITS.reason);
      checkDate(dueOn, '/dueOn');
      guard.byTheAuthority(the, by);
      if (the.course?.track === 'fast') return [];
      guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant');
      clockRuns(the);
      onTheStandardTrack(the);
      guard.forDisasterSafety(command.data.disasterSafety);
      noConfirmedOverlap(the);
      leavesTime(dueOn, at);
      return [{ type: 'fast-track-designated', data: { by, at, ground } }];
    }
    case 'revoke-fast-track': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (the.course !== null && the.course.track !== 'fast' && the.course.revokedBecause === reason) return [];
      guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant');
      clockRuns(the);
      onTheFastTrack(the);
      return [{ type: 'fast-track-revoked', data: { by, at, reason, candidate: null } }];
    }
    case 'notify-delay': {
      const { dueOn, expectedNotificationOn, reason } = command.data;
      checkDate(dueOn, '/dueOn');
      checkDate(expectedNotificationOn, '/expectedNotificationOn');
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (same(the.course?.delayNotice ?? null, { expectedNotificationOn, reason })) return [];
      guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant', 'pending-approval', 'approved');
      clockRuns(the);
      beforeTheDueDatePasses(dueOn, at);
      afterTheDueDate(expectedNotificationOn, dueOn);
      return [{ type: 'delay-notified', data: { by, at, dueOn, expectedNotificationOn, reason } }];
    }
    case 'raise-deadline-warning': {
      const { share, given, on, turn } = command.data;
      checkShare(share, '/share');
      checkDate(on, '/on');
      guard.notOfTheApplicant(the, by);
      const { course } = the;
      if (course === null || course.turns !== turn || course.warned.includes(`${share}/${given}`)) return [];
      if (guard.isOver(the) || the.documentNumber !== null) return [];
      shareIsUsed(on, at);
      return [{ type: 'deadline-warning-raised', data: { by, at, share, given, on } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** A confirmed overlap takes a case off the fast track by itself (신속처리제, 2023. 7.): whoever confirms it need not remember. */
export function leavesTheFastTrack(
  { course }: Consultation,
  { by, at, candidate, reason }: FastTrackRevoked['data'] & { readonly candidate: string },
): readonly FastTrackRevoked[] {
  return course?.track === 'fast' ? [{ type: 'fast-track-revoked', data: { by, at, reason, candidate } }] : [];
}

export function evolveTrack(the: Consultation, event: TrackEvent): Consultation {
  switch (event.type) {
    case 'fast-track-designated':
      return changed(the, ({ turns }) => ({ track: 'fast', turns: turns + 1, revokedBecause: null }));
    case 'fast-track-revoked': {
      const { reason: revokedBecause } = event.data;
      return changed(the, ({ turns }) => ({ track: 'standard', turns: turns + 1, revokedBecause }));
    }
    case 'delay-notified': {
      const { expectedNotificationOn, reason } = event.data;
      return changed(the, () => ({ delayNotice: { expectedNotificationOn, reason } }));
    }
    case 'deadline-warning-raised': {
      const { share, given } = event.data;
      return changed(the, ({ warned }) => ({ warned: [...warned, `${share}/${given}`] }));
    }
    default: {
      event satisfies never;
      return the;
    }
  }
}

function changed(the: Consultation, change: (course: ReviewCourse) => Partial<ReviewCourse>): Consultation {
  return { ...the, course: the.course && { ...the.course, ...change(the.course) } };
}

/** While an upheld objection is reviewed the first letter stands, and with it the clock. */
function clockRuns({ documentNumber }: Consultation): void {
  if (documentNumber !== null) {
    throw new RuleViolated('clock-stopped', {
      ko: `${documentNumber}로 결과를 통보하여 처리기간이 끝났습니다.`,
      en: `The result was notified by letter ${documentNumber}: the time for it has ended.`,
    });
  }
}

function onTheStandardTrack({ course }: Consultation): void {
  if (course !== null && course.track !== 'standard') {
    const name = trackNames[course.track];
    throw new RuleViolated('not-on-standard-track', {
      ko: `${name.ko} 사업은 신속처리로 바꿀 수 없습니다. 일반 처리 중인 사업만 지정합니다.`,
      en: `A case on the track “${name.en}” cannot be put on the fast track: only standard cases are.`,
    });
  }
}

function onTheFastTrack({ course }: Consultation): void {
  if (course?.track !== 'fast') {
    throw new RuleViolated('not-on-fast-track', {
      ko: '신속처리로 지정된 사업이 아닙니다.',
      en: 'The case is not on the fast track.',
    });
  }
}

function noConfirmedOverlap(the: Consultation): void {
  const [confirmed] = guard.confirmedOverlaps(the);
  if (confirmed !== undefined) {
    throw new RuleViolated('fast-track-with-overlap', {
      ko: `${confirmed.name}과(와)의 중복이 확정되어 신속처리할 수 없습니다. 관계기관 상세 검토를 거쳐야 합니다.`,
      en: `The overlap with ${confirmed.name} is confirmed: that takes a detailed review, not the fast track.`,
    });
  }
}

function leavesTime(dueOn: string, at: string): void {
  const today = legalDateOf(at);
  if (dueOn < today) {
    throw new RuleViolated('fast-track-too-late', {
      ko: `신속처리 기한(${officialDate(dueOn)})이 이미 지나 지정할 수 없습니다.`,
      en: `By the fast track the case would have been due on ${officialDate(dueOn)}: it is too late for that.`,
    });
  }
}

function beforeTheDueDatePasses(dueOn: string, at: string): void {
  if (legalDateOf(at) > dueOn) {
    throw new RuleViolated('due-date-passed', {
      ko: `처리기한(${officialDate(dueOn)})이 지난 뒤에는 지연을 통지할 수 없습니다. 결과를 바로 통보하세요.`,
      en: `A delay is notified before the due date (${officialDate(dueOn)}) has passed. Notify the result without further delay.`,
    });
  }
}

function afterTheDueDate(expectedNotificationOn: string, dueOn: string): void {
  if (expectedNotificationOn <= dueOn) {
    throw new RuleViolated(
      'not-after-due-date',
      {
        ko: `결과통보예정일(${officialDate(expectedNotificationOn)})은 처리기한(${officialDate(dueOn)})보다 뒤여야 합니다.`,
        en: `The expected day (${officialDate(expectedNotificationOn)}) must be after the due date (${officialDate(dueOn)}).`,
      },
      '/expectedNotificationOn',
    );
  }
}

function shareIsUsed(on: string, at: string): void {
  if (legalDateOf(at) < on) {
    throw new RuleViolated('warning-too-early', {
      ko: `그만큼의 처리기간은 ${officialDate(on)}에 쓰입니다.`,
      en: `So much of the time is used on ${officialDate(on)}.`,
    });
  }
}
