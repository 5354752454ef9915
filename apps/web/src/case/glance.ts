import type { Case, Clock, Message } from '../contract.js';
import { daysUntil, todayInSeoul } from '../format.js';

/** Who had the case: nobody yet, one of the two sides, or nobody knows because it lies ahead. */
export interface Stretch {
  readonly who: 'unreceived' | 'authority' | 'applicant' | 'ahead';
  /** From the end of one day to the end of another, so that the stretches meet. */
  readonly from: string;
  readonly to: string;
}
export interface Mark {
  readonly kind: 'step' | 'request' | 'answer' | 'notice' | 'end' | 'due' | 'today';
  readonly text: Message;
}
export interface Glance {
  readonly from: string;
  readonly to: string;
  readonly stretches: readonly Stretch[];
  /** By day, earliest first. */
  readonly days: readonly { readonly on: string; readonly marks: readonly Mark[] }[];
}

const dayOf = ({ at }: { readonly at: string }): string => todayInSeoul(new Date(at));

/** A case from filing to letter as one line. Null for a draft, which has no course yet. */
export function glanceOf(the: Case, clock: Clock | undefined, today: string): Glance | null {
  if (the.submitted === null) return null;
  const filed = dayOf(the.submitted);
  const marks: [on: string, kind: Mark['kind'], ko: string, en: string][] = [[filed, 'step', '신청', 'Filed']];
  if (the.received !== null) marks.push([dayOf(the.received), 'step', '접수', 'Received']);
  for (const { round, requested, responded, onFile } of the.corrections) {
    marks.push([dayOf(requested), 'request', `보완요청 ${round}차`, `Request ${round}`]);
    if (responded !== null) marks.push([dayOf(responded), 'answer', `보완제출 ${round}차`, `Answer ${round}`]);
    if (onFile !== undefined) marks.push([dayOf(onFile), 'answer', `${round}차 보완 없이 검토`, `On file, round ${round}`]);
  }
  for (const { meeting, heldOn } of the.meetings ?? []) marks.push([heldOn, 'step', `대면회의 ${meeting}`, `Meeting ${meeting}`]);
  for (const notice of the.delayNotices ?? []) marks.push([dayOf(notice), 'notice', '지연 통지', 'Delay notice']);
  if (the.decision?.approved != null) marks.push([dayOf(the.decision.approved), 'step', '결정', 'Decided']);
  for (const { notified } of the.earlierLetters ?? []) marks.push([dayOf(notified), 'end', '결과 통보', 'Letter']);
  for (const { raised } of the.objections ?? []) marks.push([dayOf(raised), 'request', '이의 신청', 'Objection']);
  if (the.letter !== null) marks.push([dayOf(the.letter.notified), 'end', '결과 통보', 'Letter']);
  if (the.ended !== null) {
    const [ko, en] = the.ended.how === 'returned' ? ['반려', 'Returned'] : ['취하', 'Withdrawn'];
    marks.push([dayOf(the.ended), 'end', ko ?? '', en ?? '']);
  }
  const runs = the.letter === null && the.ended === null;
  const asked = the.corrections.find(({ responded, onFile }) => responded === null && onFile === undefined);
  if (runs && asked !== undefined) marks.push([asked.respondBy, 'due', '보완기한', 'Answer due']);
  if (clock !== undefined) marks.push([clock.dueOn, 'due', '처리기한', 'Due']);
  if (runs) marks.push([today, 'today', '오늘', 'Today']);

  const on = [...new Set(marks.map(([day]) => day))].toSorted();
  const to = on.at(-1) ?? filed;
  const stretches: Stretch[] = [];
  let reached = filed;
  const reach = (who: Stretch['who'], day: string): void => {
    if (day <= reached) return;
    stretches.push({ who, from: reached, to: day });
    reached = day;
  };
  const left = the.ended === null ? today : dayOf(the.ended);
  reach('unreceived', the.received === null ? left : dayOf(the.received));
  for (const interval of clock?.intervals ?? []) reach(interval.holder, interval.to);
  // Nobody holds what is over: what follows the letter is no stretch of the review.
  if (runs) reach('ahead', to);
  return {
    ...{ from: on[0] ?? filed, to, stretches },
    days: on.map((day) => ({
      on: day,
      marks: marks.flatMap(([at, kind, ko, en]) => (at === day ? [{ kind, text: { ko, en } }] : [])),
    })),
  };
}

/** What share of the way a day lies, 0…1. */
export function shareOf({ from, to }: Pick<Glance, 'from' | 'to'>, day: string): number {
  return from === to ? 0 : daysUntil(day, from) / daysUntil(to, from);
}

/**
 * How deep each label hangs so that none lies on another: labels stand to the right of their place, and a place further left hangs deeper,
 * so that its leader crosses no label either. Everything in one unit.
 * @param labels where each begins, with its size, in the order of their places
 * @returns the distance from the bar of each
 */
export function hang(
  labels: readonly { readonly at: number; readonly width: number; readonly height: number }[],
): readonly number[] {
  const depths: number[] = [];
  for (const [index, label] of [...labels.entries()].toReversed()) {
    const below = labels.flatMap((other, place) =>
      place > index && other.at < label.at + label.width ? [(depths[place] ?? 0) + other.height] : [],
    );
    depths[index] = Math.max(0, ...below);
  }
  return depths;
}
