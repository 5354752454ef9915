import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Progress, performance and awards of projects, which are looked up with the newest case of the project. */
export class StatisticsOfProjects1763798400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table view_statistics
  add column awards int,
  add column planned_percent double precision,
  add column done_percent double precision,
  add column days_late int,
  add column score double precision,
  add column performance text`);
    await runner.query('create index view_statistics_project on view_statistics (project)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index view_statistics_project');
    await runner.query(`
alter table view_statistics
  drop column awards, drop column planned_percent, drop column done_percent, drop column days_late, drop column score,
  drop column performance`);
  }
}
