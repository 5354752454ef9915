import { schemaOf, type SajeonEvent } from '@sajeon/domain';
import { happened, planContent } from '@sajeon/domain/testing';
import { PostgresEventStore, type JsonObject } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Precedents } from './precedents.js';

describe('precedents', () => {
  let fresh: FreshDatabase;
  let store: PostgresEventStore;
  beforeEach(async () => {
    fresh = await freshDatabase();
    store = await PostgresEventStore.open(fresh.config);
  });
  afterEach(async () => {
    await store.close();
    await fresh.drop();
  });

  async function happen(id: string, ...events: readonly SajeonEvent[]): Promise<void> {
    const recordable = events.map(({ type, data }) => ({
      ...{ id: randomUUID(), type, metadata: { schema: String(schemaOf(type)) } },
      // Domain events are plain JSON.
      data: data as unknown as JsonObject,
    }));
    await store.append(`consultation-${id}`, 'any', recordable);
  }
  const drafted = (project: string): SajeonEvent => {
    const event = happened.drafted();
    return { ...event, data: { ...event.data, project } };
  };
  const held = (): SajeonEvent => ({
    ...happened.notified(),
    data: { ...happened.notified().data, outcome: 'HOLD', conditions: [] },
  });
  const own = { project: 'p-own', agency: '아산시' };

  it('are decided cases alone, what was held back too, found as soon as the letter is out', async () => {
    const precedents = new Precedents(store);
    await happen('c-1', drafted('p-1'), happened.submitted());
    await happen('c-2', drafted('p-2'), happened.submitted(), happened.withdrawn());
    expect(await precedents.like(planContent, own, 10)).toEqual([]);
    await happen('c-1', held());
    const [found, ...others] = await precedents.like(planContent, own, 10);
    expect(found).toMatchObject({ id: 'c-1', shared: expect.arrayContaining([expect.objectContaining({ facet: 'function' })]) });
    expect(found?.probability).toBeGreaterThan(0.5);
    expect(others).toEqual([]);
  });

  it('are never other cases of the same project', async () => {
    await happen('c-1', drafted('p-own'), happened.submitted(), happened.notified());
    expect(await new Precedents(store).like(planContent, own, 10)).toEqual([]);
  });
});
