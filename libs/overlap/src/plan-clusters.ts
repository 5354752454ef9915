/** How likely two plans of one round are the same thing, in either direction of comparison. */
export interface PlanPair {
  readonly a: string;
  readonly b: string;
  readonly probability: number;
}

/** Plans of one round every two of which may be the same thing: a joint build to consider, for a person to decide. */
export interface PlanCluster {
  /** `cluster-` and the first member's id: it stays while that plan stays, whoever joins. */
  readonly id: string;
  /** In order of id; two or more. */
  readonly members: readonly string[];
  /** Probability of the least likely pair. */
  readonly weakest: number;
}

/** Below this two plans do not belong together, however many friends they have in common. */
const TOGETHER = 0.3;

/**
 * Groups plans so that *every* pair in a group is likely (complete link): with single link, siblings would chain a whole round
 * together. A pair given twice, as when each plan was screened against the other, counts with its higher probability. Pairs may
 * come in any order; equal probabilities are decided by id. A plan is in at most one cluster.
 */
export function clusterPlans(pairs: readonly PlanPair[]): readonly PlanCluster[] {
  const likely = new Map<string, Map<string, number>>();
  const connect = (from: string, to: string, probability: number): void => {
    let of = likely.get(from);
    if (!of) likely.set(from, (of = new Map()));
    of.set(to, Math.max(of.get(to) ?? 0, probability));
  };
  for (const { a, b, probability } of pairs) {
    if (a === b || probability < TOGETHER) continue;
    connect(a, b, probability);
    connect(b, a, probability);
  }
  // Links between groups: the least likely pair across. A group goes by its first member; no link means some pair is unlikely.
  const groups = new Map([...likely.keys()].sort().map((id): [string, Group] => [id, { members: [id], weakest: 1 }]));
  for (;;) {
    const next = strongest(likely);
    if (!next) break;
    const { first, second, probability } = next;
    const [one, other] = [groups.get(first), groups.get(second)];
    if (!one || !other) break;
    groups.set(first, {
      members: [...one.members, ...other.members].sort(),
      weakest: Math.min(one.weakest, other.weakest, probability),
    });
    groups.delete(second);
    const [mine, theirs] = [likely.get(first), likely.get(second)];
    likely.delete(second);
    for (const neighbours of likely.values()) neighbours.delete(second);
    mine?.delete(second);
    for (const [neighbour, p] of [...(mine ?? [])]) {
      const across = Math.min(p, theirs?.get(neighbour) ?? 0);
      if (across > 0) connectOnly(likely, first, neighbour, across);
      else {
        mine?.delete(neighbour);
        likely.get(neighbour)?.delete(first);
      }
    }
  }
  return [...groups.values()]
    .filter(({ members }) => members.length > 1)
    .map(({ members, weakest }) => ({ id: `cluster-${members[0]}`, members, weakest }));
}

interface Group {
  readonly members: readonly string[];
  readonly weakest: number;
}

function connectOnly(likely: Map<string, Map<string, number>>, a: string, b: string, probability: number): void {
  likely.get(a)?.set(b, probability);
  likely.get(b)?.set(a, probability);
}

function strongest(likely: ReadonlyMap<string, ReadonlyMap<string, number>>) {
  let best: { first: string; second: string; probability: number } | null = null;
  for (const [first, neighbours] of likely) {
    for (const [second, probability] of neighbours) {
      if (first > second) continue;
      const better =
        !best ||
        probability > best.probability ||
        (probability === best.probability && (first < best.first || (first === best.first && second < best.second)));
      if (better) best = { first, second, probability };
    }
  }
  return best;
}
