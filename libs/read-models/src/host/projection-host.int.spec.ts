import { happened } from '@sajeon/domain/testing';
import { QUICK, Tables } from '../testing/tables.js';
import { views } from '../views.js';

describe('views that follow the log', () => {
  let tables: Tables;
  beforeAll(async () => (tables = await Tables.make()));
  afterAll(() => tables.close());

  it('have every event of a case, and say how far they are', async () => {
    const worker = tables.worker();
    worker.start(QUICK);
    const end = await tables.happen(
      'consultation-c-1',
      happened.drafted(),
      happened.submitted(),
      happened.received(),
      happened.screened(),
    );
    for (const view of views) expect(await worker.waitFor(view.name, end, 5_000)).toBe(end);
    console.log(await worker.health());
  });
});
