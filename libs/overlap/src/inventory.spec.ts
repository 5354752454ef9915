import fc from 'fast-check';
import { plainAnalyzer } from './analyzer.js';
import type { OverlapRecord } from './finding.js';
import { Inventory } from './inventory.js';
import { Lexicon } from './lexicon.js';
import { Reader } from './reading.js';
import { SnapshotReader, SnapshotWriter } from './snapshot.js';
import type { Epoch } from './statistics.js';

const lexicon = new Lexicon(plainAnalyzer, 'parking: 주차 주차장', '');
const empty = (): Inventory => new Inventory(new Reader(plainAnalyzer, lexicon), lexicon);

const THINGS = ['주차', '도서', '상수도', '체육관', '버스', '민원', '재난', '보육', '박물관', '쓰레기', '하천', '가로등'];
const WAYS = ['예약', '요금', '점검', '안내', '통계', '신고', '접수', '지도', '대여', '계량'];

/** A record about one of many things, in words of which some stand in a form that all fill in, and some in one that a few do. */
function recordOf(id: number, version: number): OverlapRecord {
  const about = `${THINGS[id % THINGS.length]}${id % 97} ${WAYS[version % WAYS.length]}${version % 7}`;
  return {
    id: `r${id}`,
    kind: 'system',
    agency: '',
    title: about,
    purpose: `본 사업은 다음 각 호의 목적을 위하여 추진한다 ${about} 서식 ${id % 250}호 붙임 그 밖에 필요한 사항은 따로 정한다`,
    functions: [],
    users: [],
    data: [],
    technologies: [],
    text: '',
  };
}

/** What happens to one record, at the position of the step before or at a later one. */
interface Step {
  readonly id: number;
  readonly version: number;
  readonly removed: boolean;
  readonly at: bigint;
}

/** Long enough that epochs are counted over many changes: with fewer than a thousand records they are in force at once. */
const log: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.nat(), fc.integer({ min: 2200, max: 3200 }), fc.constantFrom(1, 2, 40))
  .map(([seed, length, together]) => {
    const next = numbersFrom(seed);
    let at = 1n;
    return Array.from({ length }, () => {
      if (next(together) === 0) at += BigInt(1 + next(3));
      return { id: next(2500), version: next(50), removed: next(10) === 0, at };
    });
  });

function numbersFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % below;
  };
}

function take(inventory: Inventory, { id, version, removed, at }: Step): void {
  if (removed) inventory.remove(`r${id}`, at);
  else inventory.put(recordOf(id, version), at);
}

/** All that an epoch is, in a form that can be compared. */
function said({ ordinal, position, plans, digest, df, templates }: Epoch): string {
  return JSON.stringify([ordinal, String(position), plans, digest, [...df], [...templates].sort((a, b) => a - b)]);
}

/** The epoch in force at the end of each position, by the rule as it is worded: no counting ahead, no asking in between. */
function expectedEpochs(steps: readonly Step[]): ReadonlyMap<bigint, { readonly plans: number; readonly digest: string }> {
  const live = new Map<string, OverlapRecord>();
  const found = new Map<bigint, { plans: number; digest: string }>();
  let now = { plans: 0, digest: '0'.repeat(16) };
  let taken: { readonly changes: number; readonly live: readonly OverlapRecord[] } | null = null;
  let changes = 0;
  for (const [i, { id, version, removed, at }] of steps.entries()) {
    const before = live.get(`r${id}`);
    const after = removed ? undefined : recordOf(id, version);
    if (JSON.stringify(before) !== JSON.stringify(after)) changes++;
    if (after) live.set(after.id, after);
    else live.delete(`r${id}`);
    if (steps[i + 1]?.at === at) continue;
    for (;;) {
      const due = Math.max(32, Math.ceil(now.plans / 2));
      if (!taken && changes < due) break;
      taken ??= { changes, live: [...live.values()] };
      if (changes < due + (due < 512 ? 0 : Math.floor(due / 16))) break;
      // the same records at one position have the same counts, which are in force at once
      const alone = empty();
      for (const record of taken.live) alone.put(record, 1n);
      now = { plans: taken.live.length, digest: taken.live.length < 32 ? '' : alone.epochAt(1n).digest };
      changes -= taken.changes;
      taken = null;
    }
    found.set(at, now);
  }
  return found;
}

describe('epochs of an inventory', () => {
  it('count the records that there were when enough had changed, and come into force when some more have', () => {
    fc.assert(
      fc.property(log, (steps) => {
        const inventory = empty();
        for (const step of steps) take(inventory, step);
        const expected = expectedEpochs(steps);
        let counted = 0;
        for (const [position, { plans, digest }] of expected) {
          const epoch = inventory.epochAt(position);
          expect({ position, plans: epoch.plans }).toEqual({ position, plans });
          if (digest !== '') expect({ position, digest: epoch.digest }).toEqual({ position, digest });
          if (plans >= 1024) counted++;
        }
        expect(inventory.epochAt(steps.at(-1)?.at ?? 0n).templates.size).toBeGreaterThan(0);
        expect(counted).toBeGreaterThan(0); // one that was counted while records came is among them
      }),
      { numRuns: 6 },
    );
  });

  it('are the same whenever somebody asks, counts ahead, or goes on from a snapshot', () => {
    fc.assert(
      fc.property(log, fc.nat(), (steps, seed) => {
        const silent = empty();
        for (const step of steps) take(silent, step);
        const next = numbersFrom(seed);
        let busy = empty();
        for (const step of steps) {
          take(busy, step);
          if (next(20) === 0) busy.epochAt(step.at);
          const counting = next(3) === 0 && busy.countOn();
          if (next(counting ? 3 : 300) > 0) continue;
          const writer = new SnapshotWriter();
          busy.save(writer);
          busy = empty();
          busy.restore(new SnapshotReader(writer.finish()));
        }
        for (const { at } of steps) expect(said(busy.epochAt(at))).toBe(said(silent.epochAt(at)));
      }),
      { numRuns: 3 },
    );
  });

  it('can be counted ahead in many small steps, and hold the counts of a moment before', () => {
    const inventory = empty();
    for (let id = 0; id < 3000; id++) inventory.put(recordOf(id, 0), BigInt(id + 1));
    const known = inventory.epochAt(inventory.position);
    let steps = 0;
    let id = 3000;
    for (; inventory.epochAt(inventory.position) === known; id++) {
      inventory.put(recordOf(id, 0), BigInt(id + 1));
      if (inventory.epochAt(inventory.position) === known) while (inventory.countOn()) steps++;
    }
    expect(steps).toBeGreaterThan(10);
    expect(inventory.epochAt(inventory.position).plans).toBeLessThan(inventory.size(inventory.position));
    expect(inventory.countOn()).toBe(false);
  });
});
