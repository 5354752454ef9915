import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UserDirectory1763773200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table view_user_directory (
  person text primary key,
  suspended boolean not null,
  agencies text[] not null,
  grants json not null,
  delegations json not null,
  revision bigint not null,
  position bigint not null
);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table view_user_directory');
  }
}
