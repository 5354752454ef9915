import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Obligations1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table view_obligations (
  place text primary key,
  consultation text not null,
  condition int not null,
  title text not null,
  applicant text not null,
  applicant_name text not null,
  authority text not null,
  authority_name text not null,
  text text not null,
  due_on text,
  status text not null,
  holder text,
  complete_by text,
  submissions int not null,
  recommended boolean not null,
  revision bigint not null,
  position bigint not null,
  state json
);
create index view_obligations_applicant on view_obligations (applicant) where condition > 0;
create index view_obligations_authority on view_obligations (authority) where condition > 0;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table view_obligations');
  }
}
