import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PreliminaryReviews1763784000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table view_preliminary_reviews (
  place text primary key,
  project text not null,
  request int not null,
  fiscal_year int not null,
  title text not null,
  applicant text not null,
  applicant_name text not null,
  authority text not null,
  authority_name text not null,
  budget_krw bigint,
  status text not null,
  flagged int,
  verdict text,
  requested_at text not null,
  revision bigint not null,
  position bigint not null
);
create index view_preliminary_reviews_applicant on view_preliminary_reviews (applicant);
create index view_preliminary_reviews_authority on view_preliminary_reviews (authority);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table view_preliminary_reviews');
  }
}
