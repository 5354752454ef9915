import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is to be done about a project that no consultation is open for. */
export class ToDoOfProjects1763794800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table view_to_do
  alter column consultation drop not null,
  add column project text not null default ''`);
    // For the rows that were there until they are made anew: new ones bring their own.
    await runner.query('alter table view_to_do alter column project drop default');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('delete from view_to_do where consultation is null');
    await runner.query('alter table view_to_do drop column project, alter column consultation set not null');
  }
}
