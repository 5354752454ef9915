import { machine } from '@sajeon/domain/testing';
import { agencyRegistered, registered } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import {
  agencyDirectory,
  ListAgencies,
  ListAgenciesHandler,
  ShowAgency,
  ShowAgencyHandler,
  type AgenciesRequest,
} from './agency-directory.js';

const at = '2026-10-01T00:00:00Z';

describe('the agency directory', () => {
  let tables: Tables;
  beforeAll(async () => {
    tables = await Tables.make();
    await tables.happen('agency-yeoju', agencyRegistered('yeoju', '여주군'), {
      type: 'agency-renamed',
      data: { by: machine, at, name: '여주시', formerName: '여주군' },
    });
    await tables.happen('agency-cheongwon', agencyRegistered('cheongwon', '청원군'), {
      type: 'agency-dissolved',
      data: { by: machine, at, successor: 'cheongju', reason: '청주시와 통합' },
    });
    await tables.happen(
      'agency-gunwi',
      agencyRegistered('gunwi', '군위군'),
      {
        type: 'agency-moved',
        data: { by: machine, at, parent: 'daegu', formerParent: 'chungnam-do', effectiveOn: '2023-07-01', reason: '관할 변경' },
      },
      { type: 'agency-merged', data: { by: machine, at, into: 'daegu', effectiveOn: '2027-07-01', reason: '통합' } },
    );
    await tables.happen('agency-big', agencyRegistered('big', '큰도'), {
      type: 'agency-split',
      data: { by: machine, at, successors: ['north', 'south'], effectiveOn: '2026-07-01', reason: '분도' },
    });
    await tables.happen('system-s-1', registered('s-1'));
    await tables.project(agencyDirectory);
  });
  afterAll(() => tables.close());

  const list = async (request: AgenciesRequest) =>
    (await new ListAgenciesHandler(tables.reader).execute(new ListAgencies(request))).rows.map(({ agency }) => agency);

  it('finds an agency by its present and by its former name', async () => {
    expect(await list({ name: '여주시' })).toEqual(['yeoju']);
    expect(await list({ name: '여주군' })).toEqual(['yeoju']);
    expect(await list({ name: '여주' })).toEqual([]);
    expect(await list({ q: '여주' })).toEqual(['yeoju']);
  });

  it('keeps agencies that are dissolved, with who takes over', async () => {
    expect(await list({ dissolved: false })).toEqual(['gunwi', 'yeoju', 'big']);
    const { row, position } = await new ShowAgencyHandler(tables.reader).execute(new ShowAgency('cheongwon'));
    expect(row).toMatchObject({ name: '청원군', successor: 'cheongju', dissolvedAt: at, parent: 'chungnam-do', revision: '1' });
    expect(position).toBe(10n);
  });

  it('says from which day an agency stands under another one, is merged or is split', async () => {
    const show = async (agency: string) => (await new ShowAgencyHandler(tables.reader).execute(new ShowAgency(agency))).row;
    expect(await show('gunwi')).toMatchObject({
      ...{ endsOn: '2027-07-01', successors: ['daegu'], dissolvedAt: null },
      moves: [{ parent: 'daegu', effectiveOn: '2023-07-01', reason: '관할 변경' }],
    });
    expect(await show('big')).toMatchObject({ endsOn: '2026-07-01', successors: ['north', 'south'], moves: [] });
  });
});
