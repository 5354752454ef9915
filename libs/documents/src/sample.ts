import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AgencyTier, PlanContent, SystemEntry } from '@sajeon/domain';
import { readInventory } from './inventory.js';
import { planOf } from './plan.js';
import { tableRows } from './table.js';

/** Files of the sample folder that hold rows of systems and projects; `sample/README.md` says where they come from. */
const FILES = ['real-cases.jsonl', 'egov-roadmap.jsonl'] as const;

export interface SampleSystem {
  readonly system: string;
  readonly entry: SystemEntry;
}

export interface SamplePlan {
  readonly id: string;
  /** As the source names the agency; empty where it names none. */
  readonly agency: string;
  readonly plan: PlanContent;
}

export interface SampleAgency {
  /** Readable and stable: `mois`, `seoul`, `gyeonggi-seongnam`. */
  readonly id: string;
  readonly name: string;
  /** A 시·군·구's name without its 시·도, as most sources write it; null where another one bears the same, and for other agencies. */
  readonly shortName: string | null;
  readonly tier: AgencyTier;
  /** A 시·군·구's 시·도, a local corporation's owner, otherwise the ministry; null for the ministry itself. */
  readonly parent: string | null;
  /** Names of the same body in older sources. */
  readonly formerNames: readonly string[];
}

/** The existing systems of the sample. `folder` is the repository's `sample` folder. */
export async function sampleInventory(folder: string): Promise<readonly SampleSystem[]> {
  const systems: SampleSystem[] = [];
  for (const file of FILES) {
    for await (const row of readInventory(join(folder, file), { format: 'jsonl' })) {
      if ('problem' in row) throw new Error(`${file}, line ${row.line}: ${row.problem.code}`);
      if ('entry' in row) systems.push({ system: row.system, entry: row.entry });
    }
  }
  return systems;
}

/** The projects of the sample as plans. `folder` is the repository's `sample` folder. */
export async function samplePlans(folder: string): Promise<readonly SamplePlan[]> {
  const plans: SamplePlan[] = [];
  for (const file of FILES) {
    for await (const row of tableRows(join(folder, file), 'jsonl')) {
      const read = 'fields' in row && row.fields.kind === 'project' ? planOf(row.fields) : null;
      if (read === null) continue;
      if ('problems' in read || read.id === null) throw new Error(`${file}, line ${row.line} is not a plan`);
      plans.push({ id: read.id, agency: read.agency, plan: read.plan });
    }
  }
  return plans;
}

/** The agencies of the sample, each after its parent. `folder` is the repository's `sample` folder. */
export async function sampleAgencies(folder: string): Promise<readonly SampleAgency[]> {
  const agencies: SampleAgency[] = [];
  // Our own file, checked by its spec: the cast states what the spec holds it to.
  for await (const line of createInterface({ input: createReadStream(join(folder, 'agencies.jsonl')) })) {
    if (line !== '') agencies.push(JSON.parse(line) as SampleAgency);
  }
  return agencies;
}
