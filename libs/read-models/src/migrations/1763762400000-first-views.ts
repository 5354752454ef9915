import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Columns that every list of consultations has. Documents are `json`, not `jsonb`: no query looks into them, and they are stored
 * and shown without being parsed.
 */
const CONSULTATION = `
  consultation text primary key,
  project text not null,
  title text not null,
  applicant text not null,
  applicant_name text not null,
  applicant_tier text not null,
  authority text not null,
  authority_name text not null,
  status text not null,
  holder text,
  budget_krw bigint,
  plan_version int not null,
  submitted_at text,
  due_on text,
  open_round int,
  respond_by text,
  updated_at text not null,
  revision bigint not null,
  position bigint not null,
  state json not null,
  search_text text not null,
  grams tsvector not null`;

export class FirstViews1763762400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table view_checkpoint (
  view text not null,
  slot text not null,
  version int not null,
  position bigint not null,
  status text not null,
  stalled_position bigint,
  stalled_type text,
  cause text,
  attempts int not null,
  updated_at timestamptz not null,
  primary key (view, slot)
);

create table view_reviewer_queue (${CONSULTATION},
  candidates int not null,
  flagged int not null,
  unsettled text[] not null,
  top_probability double precision
);
create index view_reviewer_queue_due on view_reviewer_queue (authority, coalesce(due_on, '9999-12-31'), consultation);
create index view_reviewer_queue_grams on view_reviewer_queue using gin (grams);

create table view_applicant_list (${CONSULTATION},
  outcome text,
  document_number text
);
create index view_applicant_list_updated on view_applicant_list (applicant, updated_at, consultation);
create index view_applicant_list_grams on view_applicant_list using gin (grams);

create table view_case_page (
  consultation text primary key,
  applicant text not null,
  authority text not null,
  status text not null,
  revision bigint not null,
  position bigint not null,
  document json not null,
  settlements json not null,
  state json not null
);

create table view_system_inventory (
  system text primary key,
  title text not null,
  agency text not null,
  level text not null,
  year int,
  purpose text not null,
  functions text[] not null,
  users text[] not null,
  data text[] not null,
  technologies text[] not null,
  text text not null,
  source text not null,
  registered_at text not null,
  corrected_at text,
  retired_at text,
  retired_because text,
  revision bigint not null,
  position bigint not null,
  search_text text not null,
  grams tsvector not null
);
create index view_system_inventory_title on view_system_inventory (title, system);
create index view_system_inventory_grams on view_system_inventory using gin (grams);

create table view_timeline (
  place text primary key,
  event text not null,
  stream text not null,
  revision bigint not null,
  position bigint not null,
  type text not null,
  ko text not null,
  en text not null,
  person text not null,
  agency text not null,
  at text not null,
  recorded_at text not null,
  data json not null,
  names json
);
create index view_timeline_stream on view_timeline (stream, revision, place);

create table view_agency_directory (
  agency text primary key,
  name text not null,
  former_names text[] not null,
  tier text not null,
  parent text,
  dissolved_at text,
  successor text,
  revision bigint not null,
  position bigint not null,
  search_text text not null,
  grams tsvector not null
);
create index view_agency_directory_name on view_agency_directory (name, agency);
create index view_agency_directory_grams on view_agency_directory using gin (grams);

create table view_project_list (
  project text primary key,
  agency text not null,
  title text not null,
  budget_krw bigint,
  order_planned_on text,
  plan_version int not null,
  plans json not null,
  planned_at text not null,
  updated_at text not null,
  abandoned_at text,
  abandoned_because text,
  revision bigint not null,
  position bigint not null,
  search_text text not null,
  grams tsvector not null
);
create index view_project_list_updated on view_project_list (agency, updated_at, project);
create index view_project_list_grams on view_project_list using gin (grams);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table view_checkpoint, view_reviewer_queue, view_applicant_list, view_case_page, view_system_inventory, view_timeline,
  view_agency_directory, view_project_list`);
  }
}
