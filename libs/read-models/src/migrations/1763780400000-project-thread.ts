import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProjectThread1763780400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table view_project_thread (
  place text primary key,
  project text not null,
  document json not null,
  state json,
  revision bigint not null,
  position bigint not null
);
create index view_project_thread_project on view_project_thread (project);

create table view_omissions (
  place text primary key,
  project text not null,
  omission int not null,
  title text not null,
  agency text not null,
  agency_name text not null,
  authority text,
  authority_name text,
  order_number text not null,
  ordered_on text not null,
  amount_krw bigint,
  plan_hash text not null,
  reason text not null,
  consultation text,
  decided_version int,
  detected_at text not null,
  revision bigint not null,
  position bigint not null,
  search_text text not null,
  grams tsvector not null
);
create index view_omissions_detected on view_omissions (detected_at, place) where omission > 0;
create index view_omissions_grams on view_omissions using gin (grams) where omission > 0;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table view_project_thread, view_omissions');
  }
}
