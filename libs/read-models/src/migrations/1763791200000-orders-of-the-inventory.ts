import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inventory by agency and by year, without sorting all of it. The table of its past takes these indexes over. */
export class OrdersOfTheInventory1763791200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index view_system_inventory_agency on view_system_inventory (agency, system)');
    await runner.query('create index view_system_inventory_year on view_system_inventory (coalesce(year, 0), system)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index view_system_inventory_year, view_system_inventory_agency');
  }
}
