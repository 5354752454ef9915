import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conditions are found by words, as cases are. */
export class SearchOfObligations1763812800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // For the rows that were there, until the view has been read anew: new ones bring their own.
    await runner.query(`
alter table view_obligations add column search_text text not null default '', add column grams tsvector not null default '';
alter table view_obligations alter column search_text drop default, alter column grams drop default;
create index view_obligations_grams on view_obligations using gin (grams) where condition > 0;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table view_obligations drop column search_text, drop column grams');
  }
}
