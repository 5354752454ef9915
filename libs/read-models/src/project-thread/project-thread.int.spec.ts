import type { ProjectEvent } from '@sajeon/domain';
import { applicant, city, happened, planContent, planVersion, province } from '@sajeon/domain/testing';
import { ListOmissions, ListOmissionsHandler, omissions, type OmissionsRequest } from '../omissions/omissions.js';
import { omitted, projectLife } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import { projectThread, ShowProjectThread, ShowProjectThreadHandler } from './project-thread.js';

const hash = planVersion(1).hash;
const planned = (project: string, title = planContent.title): ProjectEvent => ({
  type: 'project-planned',
  data: { by: applicant, at: '2026-10-01T00:00:00Z', project, agency: city.id, plan: planVersion(1, { ...planContent, title }) },
});
let tables: Tables;
beforeAll(async () => {
  tables = await Tables.make();
  await tables.happen('project-p-1', planned('p-1'));
  await tables.happen(
    'consultation-c-1',
    ...[happened.drafted(), happened.submitted(), happened.received(), happened.screened(), happened.confirmed()],
    ...[happened.proposed(), happened.approved(), happened.notified()],
  );
  await tables.happen('project-p-1', ...projectLife);
  await tables.happen('project-p-2', planned('p-2', '도로대장 전산화'), ...omitted('o-2', '2026-11-01', null));
  await tables.happen('project-p-2', ...omitted('o-3', '2026-12-01', 5, 2));
  await tables.project(projectThread);
  await tables.project(omissions);
});
afterAll(() => tables.close());

it('tells a project from its plan to its award, with its consultations', async () => {
  const { row } = await new ShowProjectThreadHandler(tables.reader).execute(new ShowProjectThread('p-1'));
  expect(row).toMatchObject({
    ...{ project: 'p-1', agency: city.id, title: planContent.title, revision: '6', abandoned: null },
    plans: [{ version: 1, hash }],
    budgets: [{ fiscalYear: 2027, requestedKrw: 180_000_000, reflectedKrw: 142_000_000, adjustedKrw: 38_000_000 }],
    orders: [{ order: 'o-1', basis: { kind: 'none' } }],
    omissions: [{ omission: 1, reason: 'never-consulted' }],
    progress: [{ year: 2027, quarter: 1, donePercent: 25 }],
    performance: [{ score: 82.5, finding: 'keep' }],
    awards: [{ award: '우수 정보시스템' }],
    consultations: [
      {
        ...{ consultation: 'c-1', phase: 'follow-up', planVersion: 1, openConditions: 1 },
        letters: [{ documentNumber: '정보화담당관-4821', outcome: 'PROCEED_CONDITIONALLY', conditions: 1 }],
      },
    ],
  });
  expect(row?.orders[0]).not.toHaveProperty('by');
  expect((await new ShowProjectThreadHandler(tables.reader).execute(new ShowProjectThread('p-9'))).row).toBeNull();
});

const list = async (request: OmissionsRequest) =>
  (await new ListOmissionsHandler(tables.reader).execute(new ListOmissions(request))).rows;
const places = async (request: OmissionsRequest) => (await list(request)).map(({ place }) => place);

it('lists the orders that no decision covers, for the agency that ordered and the one that reviews', async () => {
  expect(await places({ sort: 'ordered' })).toEqual(['p-1#1', 'p-2#2', 'p-2#1']);
  expect(await places({ sort: 'amount' })).toEqual(['p-1#1', 'p-2#2', 'p-2#1']);
  expect(await places({ sort: 'ordered', direction: 'asc', agency: province.id })).toEqual(['p-2#1', 'p-2#2', 'p-1#1']);
  expect(await places({ agency: 'asan-si' })).toEqual([]);
  expect(await places({ reason: 'held' })).toEqual(['p-2#2']);
  expect(await places({ orderedFrom: '2026-11-02', orderedTo: '2026-12-26' })).toEqual(['p-2#2']);
  expect(await places({ q: '도로대장', sort: 'ordered' })).toEqual(['p-2#2', 'p-2#1']);
  expect((await list({ q: 'o-1' }))[0]).toMatchObject({
    ...{ title: planContent.title, agencyName: city.name, authorityName: province.name, orderedOn: '2026-12-27' },
    ...{ amountKrw: '142000000', consultation: null, decidedVersion: null },
  });
});
