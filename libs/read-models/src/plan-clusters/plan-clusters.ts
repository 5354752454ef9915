import type { AgencyTier, Message } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { clusterPlans } from '@sajeon/overlap';
import { casePage, type CaseCandidate } from '../case-page/case-page.js';
import { ViewReader } from '../reading.js';
import { statistics } from '../statistics/facts.js';

export interface ClusterMember {
  readonly consultation: string;
  readonly title: string;
  readonly applicant: string;
  readonly applicantName: string;
  readonly applicantTier: AgencyTier;
  readonly authority: string;
  readonly authorityName: string;
  /** Whole won in decimal; null when the plan does not say. */
  readonly requestedKrw: string | null;
}

/** Two plans of a cluster and why they may be the same: of the likelier of their findings. */
export interface ClusterPair {
  readonly a: string;
  readonly b: string;
  readonly probability: number;
  readonly evidence: readonly {
    readonly facet: string;
    readonly terms: readonly string[];
    /** Word for word from either plan. */
    readonly quoteA: string;
    readonly quoteB: string;
  }[];
}

export interface PlanClusterRow {
  /** Stays while its first plan stays, whoever joins. */
  readonly id: string;
  readonly members: readonly ClusterMember[];
  readonly pairs: readonly ClusterPair[];
  /** Probability of the least likely pair. */
  readonly weakest: number;
  /** What to consider, for people to decide; null when all plans are of one agency. */
  readonly suggestion: {
    readonly kind: 'JOINT_BUILD';
    readonly agencies: number;
    /** Of the plans that say it. */
    readonly totalKrw: string;
    /** Functions that evidence quotes, as their first plan says them. */
    readonly functions: readonly string[];
    readonly text: Message;
  } | null;
}

/**
 * Plans that are pending at the same time and may be the same thing, every two of them: from the findings on record, so that the answer can be
 * checked against them. A pair that a person has dismissed does not count.
 */
export class ListPlanClusters extends Query<{ readonly clusters: readonly PlanClusterRow[]; readonly position: bigint }> {
  /** @param authority only clusters with a plan that this agency reviews; all when absent */
  constructor(readonly authority?: string) {
    super();
  }
}

interface Link {
  readonly a: string;
  readonly b: string;
  readonly probability: number;
}

const PENDING = (as: string) => `${as}.grain = 'case' and ${as}.filed_on is not null and ${as}.outcome is null`;
const MOST_EVIDENCE = 3;

@QueryHandler(ListPlanClusters)
export class ListPlanClustersHandler implements IQueryHandler<ListPlanClusters> {
  constructor(private readonly reader: ViewReader) {}

  async execute({ authority }: ListPlanClusters) {
    const { rows: links, position } = await this.reader.ask<Link>(statistics, [
      `select json_build_object('a', f.consultation, 'b', f.candidate, 'probability', f.probability) as shown
         from view_statistics f
         join view_statistics mine on mine.place = f.consultation and ${PENDING('mine')}
         join view_statistics theirs on theirs.place = f.candidate and ${PENDING('theirs')}
        where f.candidate_kind = 'plan' and f.probability is not null
          and not exists (select from view_statistics d where d.candidate_kind = 'plan' and d.settled = 'dismissed'
            and ((d.consultation = f.consultation and d.candidate = f.candidate)
              or (d.consultation = f.candidate and d.candidate = f.consultation)))`,
    ]);
    const clusters = clusterPlans(links);
    const members = await this.members(clusters.flatMap((cluster) => cluster.members));
    const concerned = clusters.filter((cluster) =>
      cluster.members.some((id) => authority === undefined || members.get(id)?.authority === authority),
    );
    const findings = await this.findings(concerned.flatMap((cluster) => cluster.members));
    const rows = concerned.map((cluster): PlanClusterRow => {
      const of = cluster.members.flatMap((id) => members.get(id) ?? []);
      const pairs = cluster.members.flatMap((a, index) =>
        cluster.members.slice(index + 1).flatMap((b) => pairOf(a, b, links, findings)),
      );
      return { id: cluster.id, members: of, pairs, weakest: cluster.weakest, suggestion: suggested(of, pairs) };
    });
    return { clusters: rows, position };
  }

  private async members(ids: readonly string[]): Promise<ReadonlyMap<string, ClusterMember>> {
    const { rows } = await this.reader.ask<ClusterMember>(statistics, [
      `select json_build_object('consultation', place, 'title', title, 'applicant', applicant, 'applicantName', applicant_name,
         'applicantTier', tier, 'authority', authority, 'authorityName', authority_name, 'requestedKrw', requested_krw::text) as shown
         from view_statistics where place = any(?)`,
      ids,
    ]);
    return new Map(rows.map((row) => [row.consultation, row]));
  }

  /** The candidates of each case's newest finding that are plans. */
  private async findings(ids: readonly string[]): Promise<Findings> {
    const { rows } = await this.reader.ask<{ consultation: string; candidates: readonly CaseCandidate[] | null }>(casePage, [
      `select json_build_object('consultation', consultation, 'candidates', document -> 'finding' -> 'candidates') as shown
         from view_case_page where consultation = any(?)`,
      ids,
    ]);
    return new Map(rows.map(({ consultation, candidates }) => [consultation, candidates ?? []]));
  }
}

type Findings = ReadonlyMap<string, readonly CaseCandidate[]>;

/** Whichever of the two was screened against the other, the likelier where both were. */
function pairOf(a: string, b: string, links: readonly Link[], findings: Findings): readonly ClusterPair[] {
  const best = links
    .filter((link) => (link.a === a && link.b === b) || (link.a === b && link.b === a))
    .reduce<Link | null>((found, link) => (found === null || link.probability > found.probability ? link : found), null);
  if (best === null) return [];
  const evidence = findings.get(best.a)?.find(({ id }) => id === best.b)?.evidence ?? [];
  return [
    {
      ...{ a, b, probability: best.probability },
      evidence: evidence.slice(0, MOST_EVIDENCE).map(({ facet, terms, plan, candidate }) => {
        const [quoteA, quoteB] = best.a === a ? [plan.quote, candidate.quote] : [candidate.quote, plan.quote];
        return { facet, terms, quoteA, quoteB };
      }),
    },
  ];
}

function suggested(members: readonly ClusterMember[], pairs: readonly ClusterPair[]): PlanClusterRow['suggestion'] {
  const agencies = new Set(members.map(({ applicant }) => applicant)).size;
  if (agencies < 2) return null;
  const total = members.reduce((sum, { requestedKrw }) => sum + BigInt(requestedKrw ?? 0), 0n);
  const functions = [
    ...new Set(pairs.flatMap(({ evidence }) => evidence.filter(({ facet }) => facet === 'function').map(({ quoteA }) => quoteA))),
  ];
  return {
    ...{ kind: 'JOINT_BUILD', agencies, totalKrw: total.toString(), functions },
    text: {
      ko: `${agencies}개 기관이 같은 것을 따로 계획하고 있을 수 있습니다. 한 번 만들어 함께 쓰는 방안을 검토하십시오.`,
      en: `${agencies} agencies may be planning the same thing separately. Consider building it once and sharing it.`,
    },
  };
}
