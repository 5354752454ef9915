import { city } from '@sajeon/domain/testing';
import { consultation as review, followUp, story } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import { ShowTimeline, ShowTimelineHandler, timeline } from './timeline.js';

const consultation = [...review, ...followUp];

describe('the timeline', () => {
  let tables: Tables;
  beforeAll(async () => {
    tables = await Tables.make();
    for (const [stream, event] of story) await tables.happen(stream, event);
    await tables.project(timeline);
  });
  afterAll(() => tables.close());

  const show = (request: ShowTimeline['request']) => new ShowTimelineHandler(tables.reader).execute(new ShowTimeline(request));

  it('has every event of a stream in order, with who, when, the data and a sentence in both languages', async () => {
    const { rows } = await show({ stream: 'consultation-c-1' });
    expect(rows.map(({ type }) => type)).toEqual(consultation.map(({ type }) => type));
    expect(rows.map(({ revision }) => revision)).toEqual(consultation.map((_, revision) => String(revision)));
    for (const [index, row] of rows.entries()) {
      expect(row).toMatchObject({
        person: consultation[index]?.data.by.person,
        at: consultation[index]?.data.at,
        data: consultation[index]?.data,
      });
      expect(row.ko).toMatch(/다(\(.*\))?\.$/);
      expect(row.en).toMatch(/\.$/);
      expect(Date.parse(row.recordedAt)).not.toBeNaN();
    }
  });

  it('tells later events with the names that earlier ones gave', async () => {
    const { rows } = await show({ stream: 'consultation-c-1' });
    const dismissed = rows.find(({ type }) => type === 'overlap-dismissed');
    expect(dismissed?.ko).toContain('충청남도 지하수 통합정보시스템');
    expect(dismissed?.ko).toContain('충청남도의 p-3001');
    expect(rows.find(({ type }) => type === 'result-notified')?.en).toContain('충청남도');
  });

  it('shows nothing of how it is kept', async () => {
    expect((await show({ stream: `agency-${city.id}` })).rows[0]).not.toHaveProperty('names');
  });

  it('goes on where the page ended, also backwards, and counts revisions as numbers', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await show({ stream: 'consultation-c-1', direction: 'desc', limit: 4, cursor });
      seen.push(...page.rows.map(({ revision }) => revision));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(consultation.map((_, revision) => String(revision)).reverse());
  });
});
