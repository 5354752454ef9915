import { Global, Module } from '@nestjs/common';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { EventStore } from '@sajeon/event-store';
import { freshDatabase } from '@sajeon/event-store/testing';
import { DataSource } from 'typeorm';
import { ListQueue, migrate, ProjectionHost, ReadModelsModule, ShowTimeline } from './index.js';
import { readModelsDatabase } from './host/database.js';
import { happened } from '@sajeon/domain/testing';
import { QUICK, Tables } from './testing/tables.js';

describe('the read side in an application', () => {
  it('answers queries on the query bus with the position of the rows', async () => {
    const tables = await Tables.make();
    @Global()
    @Module({ providers: [{ provide: EventStore, useValue: tables.store }], exports: [EventStore] })
    class Storage {}
    const app = await Test.createTestingModule({
      imports: [CqrsModule.forRoot(), Storage, ReadModelsModule.forRoot({ database: tables.config })],
    }).compile();
    await app.init();
    const host = app.get(ProjectionHost);
    host.start(QUICK);
    const position = await tables.happen('consultation-c-1', happened.drafted(), happened.submitted());
    await Promise.all([host.waitFor('reviewer-queue', position, 10_000), host.waitFor('timeline', position, 10_000)]);
    const queries = app.get(QueryBus);
    expect(await queries.execute(new ListQueue({ on: '2026-11-22' }))).toMatchObject({
      position,
      rows: [{ consultation: 'c-1', status: 'submitted' }],
      next: null,
    });
    expect(await queries.execute(new ShowTimeline({ stream: 'consultation-c-1' }))).toMatchObject({ position, rows: [{}, {}] });
    await app.close();
    await tables.close();
  });
});

describe('the migrations', () => {
  it('run once, however many processes start at the same moment', async () => {
    const { config, drop } = await freshDatabase();
    const done = await Promise.all([migrate(config), migrate(config), migrate(config), migrate(config)]);
    expect(done.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await migrate(config)).toEqual([]);
    await drop();
  });

  it('make exactly the columns that the rows have', async () => {
    const { config, drop } = await freshDatabase();
    await migrate(config);
    const database = await new DataSource(readModelsDatabase(config)).initialize();
    const differences = await database.driver.createSchemaBuilder().log();
    // TypeORM does not know indexes on expressions and would drop them.
    const columns = differences.upQueries.map(({ query }) => query).filter((query) => !query.startsWith('DROP INDEX'));
    await database.destroy();
    await drop();
    expect(columns).toEqual([]);
  });
});
