import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of every row that has a clock. `due_on` is there already in the lists. */
const CLOCK = `
  clock text,
  received_on text,
  given_days int,
  half_on text,
  urgent_on text,
  overdue_on text,
  ended_on text,
  used_days int,
  applicant_days int,
  counted_on text`;

const added = (columns: string) =>
  columns
    .trim()
    .split(/,\s+/)
    .map((column) => `add column ${column}`)
    .join(', ');

export class WhatEachActorNeeds1763776800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table view_checkpoint add column memory json;
alter table view_reviewer_queue ${added(CLOCK)}, add column lead text, add column course json not null default '[]';
alter table view_applicant_list ${added(CLOCK)}, add column lead text, add column course json not null default '[]';
alter table view_reviewer_queue alter column course drop default;
alter table view_applicant_list alter column course drop default;
create index view_reviewer_queue_open on view_reviewer_queue (authority, lead) where ended_on is null;

create table view_statistics (
  place text primary key,
  grain text not null,
  consultation text not null,
  project text not null,
  title text,
  applicant text,
  applicant_name text,
  tier text,
  authority text,
  authority_name text,
  lead text,
  track text,
  filed_on text,
  outcome text,
  requested_krw bigint,
  agreed_krw bigint,
  rounds int,
  delay_notices int,
  objections int,
  reversals int,
  material_changes int,
  candidate text,
  candidate_name text,
  candidate_agency text,
  candidate_kind text,
  probability double precision,
  flagged boolean,
  settled text,
  relation text,
  status text,
  condition_due_on text,
  planned boolean,
  settled_on text,
  recommendations int,
  recommendations_answered int,
  project_kind text,
  is_new boolean,
  updated_at text not null,
  revision bigint not null,
  position bigint not null,
  state json,
  course json not null,
  due_on text,${CLOCK}
);
create index view_statistics_part on view_statistics (consultation) where grain in ('overlap', 'condition');
create index view_statistics_plan_pair on view_statistics (candidate) where candidate_kind = 'plan';

create table view_to_do (
  place text primary key,
  kind text not null,
  agency text not null,
  role text not null,
  consultation text not null,
  number int not null,
  title text not null,
  applicant_name text not null,
  authority_name text not null,
  text text not null,
  due_on text,
  asked_at text not null,
  done_at text,
  done text,
  opinion text,
  revision bigint not null,
  position bigint not null,
  state json,
  open json
);
create index view_to_do_agency on view_to_do (agency, due_on) where kind <> 'case';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const dropped = added(`${CLOCK}, lead text, course json`).replace(/add (column \w+) \w+/g, 'drop $1');
    await runner.query(`
drop table view_statistics, view_to_do;
alter table view_reviewer_queue ${dropped};
alter table view_applicant_list ${dropped};
alter table view_checkpoint drop column memory;`);
  }
}
