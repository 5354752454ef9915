import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which unit a letter names for a condition. */
export class OwnersOfObligations1763802000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table view_obligations add column owner text');
    await runner.query('create index view_obligations_owner on view_obligations (applicant, owner)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index view_obligations_owner');
    await runner.query('alter table view_obligations drop column owner');
  }
}
