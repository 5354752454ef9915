import { applicant, planContent, planVersion } from '@sajeon/domain/testing';
import type { ProjectEvent } from '@sajeon/domain';
import { Tables } from '../testing/tables.js';
import {
  ListProjects,
  ListProjectsHandler,
  projectList,
  ShowProject,
  ShowProjectHandler,
  type ProjectsRequest,
} from './project-list.js';

const planned = (project: string, agency: string, budgetKrw: number | null, at: string): ProjectEvent => ({
  type: 'project-planned',
  data: { by: applicant, at, project, agency, plan: planVersion(1, { ...planContent, title: `사업 ${project}`, budgetKrw }) },
});

describe('the project list', () => {
  let tables: Tables;
  beforeAll(async () => {
    tables = await Tables.make();
    await tables.happen('project-p-1', planned('p-1', 'gongju-si', 10 ** 15, '2026-01-01T00:00:00Z'));
    await tables.happen('project-p-2', planned('p-2', 'gongju-si', null, '2026-01-02T00:00:00Z'));
    await tables.happen('project-p-3', planned('p-3', 'asan-si', 5, '2026-01-03T00:00:00Z'));
    await tables.happen('project-p-1', {
      type: 'plan-revised',
      data: { by: applicant, at: '2026-02-01T00:00:00Z', plan: planVersion(2) },
    });
    await tables.happen('project-p-2', {
      type: 'project-abandoned',
      data: { by: applicant, at: '2026-01-05T00:00:00Z', reason: '예산 삭감' },
    });
    await tables.project(projectList);
  });
  afterAll(() => tables.close());

  const list = async (request: ProjectsRequest) =>
    (await new ListProjectsHandler(tables.reader).execute(new ListProjects(request))).rows;

  it('has the projects of an agency, latest first, without the full plans', async () => {
    const rows = await list({ agency: 'gongju-si' });
    expect(rows.map(({ project }) => project)).toEqual(['p-1', 'p-2']);
    expect(rows[0]).toMatchObject({
      title: planContent.title,
      planVersion: 2,
      updatedAt: '2026-02-01T00:00:00Z',
      abandonedAt: null,
    });
    expect(rows[0]).not.toHaveProperty('plans');
    expect(await list({ abandoned: true })).toMatchObject([{ project: 'p-2', abandonedBecause: '예산 삭감' }]);
    expect((await list({ sort: 'budget' })).map(({ budgetKrw }) => budgetKrw)).toEqual(['180000000', '5', null]);
  });

  it('has every version of the plan of one project, with who brought it', async () => {
    const { row } = await new ShowProjectHandler(tables.reader).execute(new ShowProject('p-1'));
    expect(row?.plans.map(({ version, at, by }) => [version, at, by.person])).toEqual([
      [1, '2026-01-01T00:00:00Z', applicant.person],
      [2, '2026-02-01T00:00:00Z', applicant.person],
    ]);
    expect(row?.plans[0]?.content.budgetKrw).toBe(10 ** 15);
  });
});
