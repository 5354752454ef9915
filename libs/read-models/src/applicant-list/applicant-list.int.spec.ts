import { happened } from '@sajeon/domain/testing';
import { consultation, drafted } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import { applicantList, ListApplications, ListApplicationsHandler, type ApplicationsRequest } from './applicant-list.js';

describe('the applicant’s list', () => {
  let tables: Tables;
  beforeEach(async () => (tables = await Tables.make()));
  afterEach(() => tables.close());

  async function list(request: ApplicationsRequest = {}) {
    await tables.project(applicantList);
    return (await new ListApplicationsHandler(tables.reader).execute(new ListApplications(request))).rows;
  }

  it('shows an agency its drafts, and nothing of other agencies', async () => {
    await tables.happen('consultation-c-1', happened.drafted());
    expect(await list({ applicant: 'gongju-si' })).toMatchObject([{ consultation: 'c-1', status: 'draft', holder: 'applicant' }]);
    expect(await list({ applicant: 'asan-si' })).toEqual([]);
  });

  it('keeps what the authority proposes and approves to itself until the letter', async () => {
    for (const event of consultation) {
      await tables.happen('consultation-c-1', event);
      const [row] = await list();
      expect(['pending-approval', 'approved']).not.toContain(row?.status);
      if (event.type !== 'result-notified') expect(row).toMatchObject({ outcome: null, documentNumber: null });
    }
    const [row] = await list();
    expect(row).toMatchObject({
      status: 'follow-up',
      outcome: 'PROCEED_CONDITIONALLY',
      documentNumber: '정보화담당관-4821',
      revision: '14',
    });
  });

  it('has the latest news first', async () => {
    await tables.happen('consultation-c-1', drafted('c-1'));
    await tables.happen('consultation-c-2', drafted('c-2'));
    await tables.happen('consultation-c-1', happened.submitted());
    expect((await list()).map((row) => row.consultation)).toEqual(['c-1', 'c-2']);
    expect((await list({ status: ['draft'] })).map((row) => row.consultation)).toEqual(['c-2']);
  });
});
