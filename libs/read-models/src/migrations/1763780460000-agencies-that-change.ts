import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AgenciesThatChange1763780460000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table view_agency_directory
  add column ends_on text,
  add column successors text[] not null default '{}',
  add column moves json not null default '[]'`);
    // For the rows that were there: new ones bring their own.
    await runner.query(`
alter table view_agency_directory
  alter column successors drop default,
  alter column moves drop default`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table view_agency_directory drop column ends_on, drop column successors, drop column moves');
  }
}
