import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PublicRegister1763787600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table view_public_register (
  consultation text primary key,
  document_number text,
  title text not null,
  applicant_name text not null,
  authority_name text not null,
  outcome text,
  notified_on text,
  amends text,
  conditions json not null,
  plan_title text not null,
  revision bigint not null,
  position bigint not null,
  search_text text not null,
  grams tsvector not null
);
create index view_public_register_notified on view_public_register (notified_on, consultation) where document_number is not null;
create index view_public_register_grams on view_public_register using gin (grams);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table view_public_register');
  }
}
