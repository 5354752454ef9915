import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A case that was screened and is like nothing is told from one that waits for its screening. */
export class ScreenedWithoutCandidates1763805600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table view_reviewer_queue add column screened boolean not null default false');
    // For the rows that were there, until the view has been read anew: new ones bring their own.
    await runner.query('alter table view_reviewer_queue alter column screened drop default');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table view_reviewer_queue drop column screened');
  }
}
