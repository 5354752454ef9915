import { machine } from '@sajeon/domain/testing';
import { entry, registered } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import {
  ListSystems,
  ListSystemsHandler,
  ShowSystem,
  ShowSystemHandler,
  systemInventory,
  type SystemsRequest,
} from './system-inventory.js';

describe('the system inventory', () => {
  let tables: Tables;
  beforeAll(async () => {
    tables = await Tables.make();
    await tables.happen('system-s-1', registered('s-1', { title: '지방재정정보시스템', agency: '행정안전부', year: 2008 }));
    await tables.happen(
      'system-s-2',
      registered('s-2', {
        title: '디지털예산회계시스템',
        agency: '기획재정부',
        year: 2007,
        purpose: '국가 재정 정보를 관리한다.',
        users: [],
      }),
    );
    await tables.happen(
      'system-s-3',
      registered('s-3', {
        title: '재정정보공개시스템',
        agency: '기획재정부',
        year: 2015,
        level: 'joint',
        users: [],
        purpose: '공개',
      }),
    );
    await tables.happen(
      'system-s-4',
      registered('s-4', {
        title: '도서관 예약',
        agency: '공주시',
        year: null,
        level: 'local',
        purpose: '책을 빌린다',
        text: '긴 글',
      }),
    );
    await tables.happen('system-s-4', {
      type: 'system-retired',
      data: { by: machine, at: '2026-11-01T00:00:00Z', reason: '통합' },
    });
    await tables.project(systemInventory);
  });
  afterAll(() => tables.close());

  const list = async (request: SystemsRequest) => new ListSystemsHandler(tables.reader).execute(new ListSystems(request));
  const found = async (request: SystemsRequest) => (await list(request)).rows.map(({ system }) => system);

  it('finds a word inside another and across spaces, titles that begin with it first', async () => {
    expect(await found({ q: '재정정보' })).toEqual(['s-3', 's-1', 's-2']);
    expect(await found({ q: '재정' })).toEqual(['s-3', 's-1', 's-2']);
    expect(await found({ q: '지방 재정' })).toEqual(['s-1']);
    expect(await found({ q: 'ㅈㅂㅈㅈ' })).toEqual(['s-1']);
    expect(await found({ q: '책' })).toEqual(['s-4']);
    expect(await found({ q: '재정보' })).toEqual([]);
  });

  it('uses the index for words of two syllables and more', async () => {
    await tables.database.query('set enable_seqscan = off');
    const plan = await tables.database.query<{ 'QUERY PLAN': string }[]>(
      `explain select 1 from view_system_inventory where grams @@ '''재정'''::tsquery and search_text like '%재정%'`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('view_system_inventory_grams');
  });

  it('lists by level, by whether retired, and in every order', async () => {
    expect(await found({ level: 'local' })).toEqual(['s-4']);
    expect(await found({ retired: true })).toEqual(['s-4']);
    expect(await found({ retired: false, sort: 'year' })).toEqual(['s-3', 's-1', 's-2']);
    expect(await found({ sort: 'agency', q: '시스템' })).toEqual(['s-2', 's-3', 's-1']);
    expect(await found({ sort: 'year', direction: 'asc' })).toEqual(['s-4', 's-2', 's-1', 's-3']);
  });

  it('says in a list all but the free text, and all of it for one system', async () => {
    const [listed] = (await list({ q: '도서관' })).rows;
    expect(listed).toMatchObject({
      title: '도서관 예약',
      functions: entry.functions,
      year: null,
      retiredBecause: '통합',
      revision: '1',
    });
    expect(listed).not.toHaveProperty('text');
    expect(listed).not.toHaveProperty('searchText');
    const { row, position } = await new ShowSystemHandler(tables.reader).execute(new ShowSystem('s-4'));
    expect(row).toMatchObject({ text: '긴 글', source: entry.source, position: '5' });
    expect(position).toBe(5n);
    expect((await new ShowSystemHandler(tables.reader).execute(new ShowSystem('s-99'))).row).toBeNull();
  });

  it('gives every row once, page by page, also when rows are added before and after the place of the cursor', async () => {
    const pages: string[] = [];
    let cursor: string | undefined;
    let added = 10;
    do {
      const page = await list({ sort: 'title', limit: 1, cursor });
      pages.push(...page.rows.map(({ system }) => system));
      cursor = page.next ?? undefined;
      // Before every title that there is, hence behind the reader.
      await tables.happen(`system-s-${added}`, registered(`s-${added}`, { title: `가${added++}` }));
      await tables.project(systemInventory);
    } while (cursor !== undefined);
    expect(pages).toEqual(['s-4', 's-2', 's-3', 's-1']);
  });

  it('continues in the order that gave the cursor, and in no other', async () => {
    const { next } = await list({ sort: 'title', limit: 1 });
    await expect(list({ sort: 'year', limit: 1, cursor: next ?? '' })).rejects.toMatchObject({ code: 'invalid-cursor' });
    await expect(list({ sort: 'title', direction: 'desc', limit: 1, cursor: next ?? '' })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
  });

  it('pages through the best matches of a query', async () => {
    const first = await list({ q: '재정정보', limit: 2 });
    const second = await list({ q: '재정정보', limit: 2, cursor: first.next ?? '' });
    expect([...first.rows, ...second.rows].map(({ system }) => system)).toEqual(['s-3', 's-1', 's-2']);
    expect(second.next).toBeNull();
  });
});
