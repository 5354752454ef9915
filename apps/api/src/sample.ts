import { Logger, type INestApplicationContext } from '@nestjs/common';
import type { Principal } from '@sajeon/access';
import {
  AGENCY,
  CONSULTATION,
  Decisions,
  NATIONAL_RULES,
  planVersion,
  PROJECT,
  Routing,
  RULE_SET,
  SYSTEM_ENTRY,
} from '@sajeon/decisions';
import { sampleAgencies, sampleInventory, samplePlans } from '@sajeon/documents';
import { legalDateOf, sampleRules, type PlanContent } from '@sajeon/domain';
import { EventStore } from '@sajeon/event-store';
import { v5 as uuidv5 } from 'uuid';

/** Namespace of the sample's command ids: loading it again after an interruption goes on where it stopped. */
const SAMPLE = '5c1de1d0-1f0f-5d0e-9a57-7d1a2f4f3b66';

export interface SampleCounts {
  readonly agencies: number;
  readonly systems: number;
  readonly filings: number;
}

/**
 * Fills a new installation through the front door: rules that are marked as a sample, agencies, the inventory of existing systems, and the real projects of
 * agencies that are on record as filed consultations. Not a seed script that writes rows: every one is a command.
 * @param folder the repository's `sample` folder
 */
export async function loadSample(app: INestApplicationContext, folder: string): Promise<SampleCounts> {
  const logger = new Logger('sample');
  const decisions = app.get(Decisions);
  const routing = app.get(Routing);
  const at = new Date().toISOString();
  const admin: Principal = { person: 'sample', agency: 'mois', roles: ['administrator'] };
  const by = { person: admin.person, agency: admin.agency };
  const envelope = (id: string, principal: Principal) => ({ commandId: uuidv5(id, SAMPLE), principal });

  await adoptSampleRules(decisions);
  logger.log('rules: the sample of 2010 to 2024');

  const agencies = await sampleAgencies(folder);
  await inGroups(agencies, async ({ id: agency, name, tier, parent }) => {
    const command = { type: 'register-agency', data: { agency, name, tier, parent, by, at } } as const;
    await decisions.execute(AGENCY, agency, command, envelope(`agency ${agency}`, admin));
  });
  logger.log(`agencies: ${agencies.length}`);

  const systems = await sampleInventory(folder);
  await inGroups(systems, async ({ system, entry }) => {
    const command = { type: 'record-system-entry', data: { system, entry, by, at } } as const;
    await decisions.execute(SYSTEM_ENTRY, system, command, envelope(`system ${system}`, admin));
  });
  logger.log(`existing systems: ${systems.length}`);

  let filings = 0;
  for (const { id, agency, content } of await sampleFilings(folder)) {
    const principal: Principal = { person: 'sample', agency, roles: ['applicant', 'applicant-approver'] };
    const stamp = { by: { person: 'sample', agency }, at };
    const plan = planVersion(1, content);
    const project = `sample-${id}`;
    const consultation = `sample-${id}`;
    const [applicant, authority] = await Promise.all([routing.applicant(agency), routing.authorityOf(agency, legalDateOf(at))]);
    const planned = { type: 'plan-project', data: { ...stamp, project, agency, plan } } as const;
    await decisions.execute(PROJECT, project, planned, envelope(`project ${id}`, principal));
    const drafted = {
      type: 'draft-consultation',
      data: { ...stamp, consultation, project, plan, applicant, authority },
    } as const;
    await decisions.execute(CONSULTATION, consultation, drafted, envelope(`draft ${id}`, principal));
    const filed = { type: 'submit-consultation', data: stamp } as const;
    await decisions.execute(CONSULTATION, consultation, filed, envelope(`file ${id}`, principal));
    filings++;
  }
  logger.log(`filed plans: ${filings}`);
  return { agencies: agencies.length, systems: systems.length, filings };
}

/** The sample rules as an administrator would adopt them, so that cases can be filed and received; once, however often it is asked. */
export async function adoptSampleRules(decisions: Decisions): Promise<void> {
  const principal: Principal = { person: 'sample', agency: 'mois', roles: ['administrator'] };
  const { id: _, ...content } = sampleRules;
  const data = {
    ...{ by: { person: principal.person, agency: principal.agency }, at: new Date().toISOString(), ruleSet: NATIONAL_RULES },
    ...{ effectiveFrom: '2010-01-01', source: '공개 자료에서 모은 표본 규칙(규칙마다 출처를 적음)', sample: true, content },
    ...{ correctionBecause: '지난 규칙을 처음 싣는다.', gapsBecause: null },
  };
  const envelope = { commandId: uuidv5('rules', SAMPLE), principal };
  await decisions.execute(RULE_SET, NATIONAL_RULES, { type: 'adopt-rule-set', data }, envelope);
}

/** Whether this installation is new, or died while it was being filled: loading again then goes on where that one stopped. */
export async function wantsSample(app: INestApplicationContext, folder: string): Promise<boolean> {
  for await (const first of app.get(EventStore).readAll({ limit: 1 })) {
    if (first.metadata['actor'] !== 'sample') return false;
    const last = (await sampleFilings(folder)).at(-1);
    const { state } = await app.get(Decisions).load(CONSULTATION, `sample-${last?.id}`);
    return state === null || state.phase === 'draft';
  }
  return true;
}

/** The real projects of agencies that are on record, in the order in which they are filed. */
async function sampleFilings(folder: string): Promise<readonly { id: string; agency: string; content: PlanContent }[]> {
  const agencies = await sampleAgencies(folder);
  const idOf = new Map(
    agencies.flatMap(({ id, name, shortName, formerNames }) =>
      [name, ...(shortName ? [shortName] : []), ...formerNames].map((known) => [known, id] as const),
    ),
  );
  return (await samplePlans(folder)).flatMap(({ id, agency: named, plan: content }) => {
    const agency = idOf.get(named);
    return agency === undefined ? [] : [{ id, agency, content }];
  });
}

/** Sixteen at a time, so that the store commits them in groups. */
async function inGroups<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += 16) await Promise.all(items.slice(start, start + 16).map(act));
}
