import type { PlanContent } from '../kernel/plan.js';
import { valueAt, wordingOf } from '../kernel/pointer.js';
import { same } from '../kernel/same.js';

/** One line of a 신구대조표: what stood where before, and what stands where now. */
export interface PlanDifference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** JSON pointer into the older plan; null for what was added. */
  readonly from: string | null;
  /** JSON pointer into the newer plan; null for what was removed. */
  readonly to: string | null;
  readonly before: string | number | null;
  readonly after: string | number | null;
}

const TEXTS = ['title', 'purpose', 'text', 'budgetKrw', 'orderPlannedOn'] as const;
const LISTS = ['functions', 'users', 'data', 'technologies'] as const;

/**
 * What a newer version of a plan says otherwise than an older one, in the order of the plan; nothing when both say the same. In the lists,
 * entries that stay are matched in their order, and what was rewritten in the same place is one change.
 */
export function comparePlans(before: PlanContent, after: PlanContent): readonly PlanDifference[] {
  return [
    ...TEXTS.flatMap((field): readonly PlanDifference[] => {
      if (before[field] === after[field]) return [];
      return [{ kind: 'changed', from: `/${field}`, to: `/${field}`, before: before[field], after: after[field] }];
    }),
    ...LISTS.flatMap((field) => compareLists(`/${field}`, before[field], after[field])),
  ];
}

/** One place of a plan in two versions: what a request was about, and what stands there now. */
export interface PlaceComparison {
  readonly change: 'unchanged' | 'changed' | 'removed';
  /** JSON pointer into the older plan. */
  readonly from: string;
  /** Where it stands in the newer one; null when it was removed. */
  readonly to: string | null;
  /** The words of the place, one line for each entry. */
  readonly before: string;
  readonly after: string | null;
  /** What is said otherwise within the place, line by line. */
  readonly differences: readonly PlanDifference[];
}

/**
 * The place that a pointer into the older plan names, followed into the newer one: an entry of a list is found again where it stands now,
 * also after it moved or was rewritten.
 */
export function comparePlace(before: PlanContent, after: PlanContent, pointer: string): PlaceComparison {
  const all = comparePlans(before, after);
  const slash = pointer.lastIndexOf('/');
  const list = LISTS.find((field) => pointer.slice(0, Math.max(0, slash)) === `/${field}`);
  const place = (plan: PlanContent, at: string) => wordingOf(valueAt(plan, at));
  if (list === undefined) {
    const differences = all.filter(({ from, to }) => within(from ?? to ?? '', pointer));
    const change = same(valueAt(before, pointer), valueAt(after, pointer)) ? 'unchanged' : 'changed';
    return { change, from: pointer, to: pointer, before: place(before, pointer), after: place(after, pointer), differences };
  }
  const differences = all.filter(({ from }) => from === pointer);
  const [changed] = differences;
  const index = Number(pointer.slice(slash + 1));
  const moved = longestCommon(before[list], after[list]).find(({ old }) => old === index);
  const to = changed === undefined ? (moved === undefined ? null : `/${list}/${moved.now}`) : changed.to;
  const change = to === null ? 'removed' : changed === undefined ? 'unchanged' : 'changed';
  const now = to === null ? null : place(after, to);
  return { change, from: pointer, to, before: place(before, pointer), after: now, differences };
}

function within(place: string, pointer: string): boolean {
  return place === pointer || place.startsWith(`${pointer}/`);
}

function compareLists(pointer: string, before: readonly string[], after: readonly string[]): readonly PlanDifference[] {
  const differences: PlanDifference[] = [];
  let [old, now] = [0, 0];
  for (const kept of [...longestCommon(before, after), { old: before.length, now: after.length }]) {
    while (old < kept.old || now < kept.now) {
      const [was, is] = [old < kept.old ? old : null, now < kept.now ? now : null];
      differences.push({
        kind: was === null ? 'added' : is === null ? 'removed' : 'changed',
        from: was === null ? null : `${pointer}/${was}`,
        to: is === null ? null : `${pointer}/${is}`,
        before: was === null ? null : (before[was] ?? null),
        after: is === null ? null : (after[is] ?? null),
      });
      if (was !== null) old += 1;
      if (is !== null) now += 1;
    }
    [old, now] = [kept.old + 1, kept.now + 1];
  }
  return differences;
}

/** The places of the longest run of entries that both lists have in the same order. */
function longestCommon(
  before: readonly string[],
  after: readonly string[],
): readonly { readonly old: number; readonly now: number }[] {
  const width = after.length + 1;
  // length[i * width + j]: the longest run in before[i…] and after[j…].
  const length = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number) => length[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      length[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const places: { old: number; now: number }[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      places.push({ old: i, now: j });
      [i, j] = [i + 1, j + 1];
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return places;
}
