import type { BusinessCalendar } from '../calendar/calendar.js';
import { clockRulesOn, dueOnWithoutStops } from '../clock/clock.js';
import type { ReviewTrack } from '../consultation/events.js';
import { inForce, reviewerOn, type Dated, type RuleBook } from './rule-book.js';
import { isTarget, type ProjectFacts, type TargetAnswer } from './target.js';
import { trackOn } from './track.js';

/** A project as it was when it was judged. */
export interface PastProject {
  readonly id: string;
  /** Legal date of the assessment. */
  readonly on: string;
  readonly facts: ProjectFacts;
  /** On the fast track where the rules have one; not so unless given. */
  readonly isDisasterSafety?: boolean;
}

/** A case as it was received. */
export interface PastCase {
  readonly id: string;
  readonly receivedOn: string;
  readonly track: ReviewTrack;
}

/** What a book says about a project: whether it is a target, and if so how it is reviewed and by whom. */
export interface JudgedProject extends TargetAnswer {
  readonly track: ReviewTrack | null;
  readonly reviewer: 'ministry' | 'province' | null;
}

/** What a book asks of a case received on a day. */
export interface JudgedCase {
  readonly dueOn: string;
  readonly days: number;
  /** Ids of what has to be attached, looked at and can be demanded; changed names and texts count as other ones. */
  readonly attachments: readonly string[];
  readonly checklist: readonly string[];
  readonly conditions: readonly string[];
  readonly requests: readonly string[];
}

export type ProjectAspect = 'target' | 'track' | 'reviewer';
export type CaseAspect = 'dueOn' | 'days' | 'attachments' | 'checklist' | 'conditions' | 'requests';

/** A project that the draft rules would have judged otherwise, and in what. */
export interface Difference {
  readonly id: string;
  readonly changed: readonly ProjectAspect[];
  readonly was: JudgedProject;
  readonly wouldBe: JudgedProject;
}

/** A case that the draft rules would have treated otherwise, and in what. */
export interface CaseDifference {
  readonly id: string;
  readonly changed: readonly CaseAspect[];
  readonly was: JudgedCase;
  readonly wouldBe: JudgedCase;
}

/**
 * Runs a draft of the rules over past projects: each is judged by the rules of its own day and by those that the draft has in force on
 * `draftOn`, as if they had been in force then. Gives only the projects whose answer differs.
 */
export function whatWouldChange(
  projects: readonly PastProject[],
  current: RuleBook,
  draft: RuleBook,
  draftOn: string,
): readonly Difference[] {
  return projects.flatMap((project) => {
    const [was, wouldBe] = [judge(project, project.on, current), judge(project, draftOn, draft)];
    const changed = (['target', 'track', 'reviewer'] as const).filter((aspect) => was[aspect] !== wouldBe[aspect]);
    return changed.length === 0 ? [] : [{ id: project.id, changed, was, wouldBe }];
  });
}

function judge({ facts, isDisasterSafety = false }: PastProject, on: string, book: RuleBook): JudgedProject {
  const answer = isTarget(facts, on, book);
  if (answer.target === 'exempt') return { ...answer, track: null, reviewer: null };
  const track = trackOn(book, on, { kind: facts.kind, isDisasterSafety, hasConfirmedOverlap: false });
  // A corporation whose owner nobody named goes nowhere yet.
  const known = facts.tier !== 'LOCAL_PUBLIC_CORP' || facts.ownerTier !== null;
  return { ...answer, track, reviewer: known ? reviewerOn(book, on, facts).value.reviewer : null };
}

/**
 * Runs a draft over past cases: what each would have been asked for, and by when the result would have been due without any stop, had the
 * rules that the draft has on `draftOn` been in force on the day of its receipt. Gives only the cases that would have gone otherwise.
 */
export function whatCasesWouldChange(
  cases: readonly PastCase[],
  current: RuleBook,
  draft: RuleBook,
  draftOn: string,
  calendar: BusinessCalendar,
): readonly CaseDifference[] {
  return cases.flatMap((past) => {
    const was = asked(past, past.receivedOn, current, calendar);
    const wouldBe = asked(past, draftOn, draft, calendar);
    const changed = ASPECTS.filter((aspect) => String(was[aspect]) !== String(wouldBe[aspect]));
    return changed.length === 0 ? [] : [{ id: past.id, changed, was, wouldBe }];
  });
}

const ASPECTS: readonly CaseAspect[] = ['dueOn', 'days', 'attachments', 'checklist', 'conditions', 'requests'];

function asked({ receivedOn, track }: PastCase, on: string, book: RuleBook, calendar: BusinessCalendar): JudgedCase {
  const { reviewDays, dayCounting } = clockRulesOn(book, on, calendar);
  const days = reviewDays[track] ?? reviewDays.standard;
  return {
    days,
    dueOn: dueOnWithoutStops(receivedOn, days, calendar.knownOn(receivedOn), dayCounting),
    attachments: saying(book.attachments, on, ({ name, required }) => `${name}${required ? '' : '?'}`),
    checklist: saying(book.checklist, on, ({ number, name }) => `${number}. ${name.ko}`),
    conditions: saying(book.conditions, on, ({ code, text }) => `${code}: ${text.ko}`),
    requests: saying(book.requests, on, ({ request, respondWithinDays }) => `${request}: ${respondWithinDays}`),
  };
}

function saying<Value>(table: readonly Dated<Value>[], on: string, said: (value: Value) => string): readonly string[] {
  return inForce(table, on)
    .map(({ value }) => said(value))
    .sort();
}
