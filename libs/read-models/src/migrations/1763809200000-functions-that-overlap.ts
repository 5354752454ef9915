import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which functions of plans exist in which systems already. Null until the view has been read anew. */
export class FunctionsThatOverlap1763809200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table view_statistics add column function_terms text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table view_statistics drop column function_terms');
  }
}
