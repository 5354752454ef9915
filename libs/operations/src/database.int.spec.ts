import { PostgresEventStore } from '@sajeon/event-store';
import { freshDatabase, RUNTIME_ROLE, type FreshDatabase } from '@sajeon/event-store/testing';
import { Pool, type PoolConfig } from 'pg';
import { allowRuntimeRole, prepareDatabase, requireLeastRights, rightsOf } from './database.js';

let database: FreshDatabase;
let runtime: PoolConfig;
let owner: Pool;
let service: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  runtime = { ...database.config, user: RUNTIME_ROLE };
  owner = new Pool({ ...database.config, max: 1 });
  service = new Pool({ ...runtime, max: 1 });
});
afterAll(async () => {
  await owner.end();
  await service.end();
  await database.drop();
});

const event = { id: '6f1b1d5e-4f3c-4a51-9d0b-3a1f7f6f0c11', type: 'note-taken', data: {}, metadata: {} };

it('a role without the right to make tables does not start before the owner has made them, and says so', async () => {
  await owner.query(`grant connect on database ${database.config.database} to ${RUNTIME_ROLE}`);
  const opening = PostgresEventStore.open(runtime);
  await expect(opening).rejects.toMatchObject({ code: 'database-not-migrated' });
  await expect(opening).rejects.toThrow(/sajeon migrate[\s\S]*소유자/);
});

describe('the role that the service runs as', () => {
  beforeAll(async () => {
    await prepareDatabase(database.config, 'postgres');
    await allowRuntimeRole(database.config, RUNTIME_ROLE);
    const store = await PostgresEventStore.open(runtime);
    await store.append('s-1', 'none', [event]);
    await store.ping();
    await store.close();
    await owner.query(`insert into identity_security_event (at, kind, address, detail) values (now(), 'signed-in', '::1', '{}')`);
  });

  it('starts every part without making a table', async () => {
    expect(await prepareDatabase(runtime, 'postgres')).toEqual([]);
  });

  it.each([
    `update event_store.event set data = '{}'`,
    'delete from event_store.event',
    'truncate event_store.event',
    `insert into event_store.event select position + 1, stream, revision + 1, gen_random_uuid(), type, data, metadata, recorded_at from event_store.event`,
    'update event_store.head set position = 0',
    'alter table event_store.event disable trigger all',
    'drop trigger append_only on event_store.event',
    'alter table event_store.event rename to gone',
    'drop table event_store.event',
    'drop schema event_store cascade',
    'create or replace function event_store.refuse_change() returns trigger language plpgsql as $$ begin return old; end $$',
    `set session_replication_role = 'replica'`,
    `update audit.leaf set hash = sha256('x')`,
    'delete from audit.leaf',
    'truncate audit.leaf',
    'delete from audit.node',
    `update audit.checkpoint set root = sha256('x')`,
    'delete from audit.checkpoint',
    'update audit.closing set size = 0',
    'delete from audit.key',
    `update audit.log set origin = 'another'`,
    'delete from audit.log',
    'delete from event_store.schema_step',
    'drop table audit.log',
    `update identity_security_event set kind = 'x'`,
    'delete from identity_security_event',
    'truncate identity_security_event',
    'alter table identity_security_event disable trigger all',
    'delete from sajeon_setup',
    'delete from view_migration',
    'create table mine (x int)',
    'create temporary table mine (x int)',
    'create schema mine',
    'create function mine() returns int language sql as $$ select 1 $$',
    'alter table identity_account add column mine int',
    'drop table view_checkpoint',
    `copy identity_account to program 'cat'`,
    'create role mine',
    'set role sajeon',
  ])('is refused: %s', async (statement) => {
    // 42501: insufficient privilege, or not the owner
    await expect(service.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('has no right over what is on record that is not listed here, in whatever table', async () => {
    const { rows } = await owner.query<{ table: string; rights: string }>(
      `select c.oid::regclass::text as table, string_agg(kind, ' ' order by kind) as rights
         from pg_class c join pg_namespace n on n.oid = c.relnamespace,
              unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) kind
        where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'vault')
          and has_table_privilege($1, c.oid, kind) group by c.oid order by 1`,
      [RUNTIME_ROLE],
    );
    expect(Object.fromEntries(rows.map(({ table, rights }) => [table, rights]))).toEqual({
      'audit.checkpoint': 'INSERT',
      'audit.closing': 'INSERT',
      'audit.key': 'INSERT',
      'audit.leaf': 'INSERT',
      'audit.node': 'INSERT',
    });
    const columns = await owner.query<{ column: string }>(
      `select n.nspname || '.' || c.relname || '.' || a.attname as column
         from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('event_store', 'audit') and a.attnum > 0 and not a.attisdropped and c.relkind = 'r'
          and has_column_privilege($1, c.oid, a.attnum, 'update') order by 1`,
      [RUNTIME_ROLE],
    );
    expect(columns.rows.map(({ column }) => column)).toEqual([
      'audit.checkpoint.note',
      'audit.log.peaks',
      'audit.log.position',
      'audit.log.size',
      'event_store.head.seal_at_most',
    ]);
  });

  it('is given every table of the working schema, but owns nothing and grants nothing', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not has_table_privilege($1, oid, 'delete')`,
      [RUNTIME_ROLE],
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(['identity_security_event', 'sajeon_setup', 'view_migration']);
    const owned = await owner.query('select from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1', [
      RUNTIME_ROLE,
    ]);
    expect(owned.rowCount).toBe(0);
  });

  it.each(['append', 'record'])(
    'appends by a function (%s) that runs as the owner, which nobody else may call and nothing in its path can mislead',
    async (name) => {
      const { rows } = await owner.query<{ definer: boolean; settings: string[]; others: boolean }>(
        `select prosecdef as definer, proconfig as settings, has_function_privilege('pg_monitor', p.oid, 'execute') as others
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'event_store' and proname = $1`,
        [name],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ definer: true, others: false });
      expect(rows[0]?.settings).toContain('search_path=pg_catalog, pg_temp');
    },
  );

  it('is given the tables that a new version adds when the owner migrates, and a reporting role is not', async () => {
    await owner.query(`drop role if exists sajeon_reports`);
    await owner.query(`create role sajeon_reports login`);
    await owner.query(`grant usage on schema audit to sajeon_reports`);
    await owner.query(`grant select on audit.log to sajeon_reports`);
    await owner.query(`create table identity_of_next_year (x int)`);
    await owner.query(`revoke all on identity_of_next_year from ${RUNTIME_ROLE}`);
    await owner.query(`create table audit.of_next_year (x int)`);
    await prepareDatabase(database.config, 'postgres');
    const may = async (role: string, table: string) =>
      (await owner.query<{ may: boolean }>(`select has_table_privilege($1, $2, 'insert') as may`, [role, table])).rows[0]?.may;
    expect(await may(RUNTIME_ROLE, 'identity_of_next_year')).toBe(true);
    expect(await may('sajeon_reports', 'identity_of_next_year')).toBe(false);
    // Deny by default: what nobody has thought about stays out of reach.
    expect(await may(RUNTIME_ROLE, 'audit.of_next_year')).toBe(false);
    await owner.query('drop table audit.of_next_year, identity_of_next_year');
    await owner.query('drop owned by sajeon_reports');
    await owner.query('drop role sajeon_reports');
  });

  it('works with a view that the owner has made again beside it', async () => {
    await owner.query('create table view_rebuild.again (x int)');
    await owner.query('alter table view_rebuild.again set schema public');
    await expect(service.query('insert into again values (1)')).resolves.toMatchObject({ rowCount: 1 });
    await owner.query('drop table again');
  });
});

it('what is printed is what is performed: statements that leave the rights as they are', async () => {
  const rights = `select c.oid::regclass::text as table, c.relacl::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                   where n.nspname in ('event_store', 'audit', 'vault', 'public') and relkind = 'r' order by 1`;
  const before = (await owner.query(rights)).rows;
  for (const statement of await rightsOf(database.config, RUNTIME_ROLE)) await owner.query(statement);
  expect((await owner.query(rights)).rows).toEqual(before);
});

it.each([
  ['login superuser', 'database-role-too-strong'],
  ['login createrole', 'database-role-too-strong'],
  ['login in role sajeon', 'database-role-too-strong'],
])('a role made with "%s" is no role to run as', async (made, code) => {
  await owner.query('drop role if exists too_strong');
  await owner.query(`create role too_strong ${made}`);
  await expect(allowRuntimeRole(database.config, 'too_strong')).rejects.toMatchObject({ code });
  await owner.query('drop role too_strong');
});

it('a role that does not exist is named, with the statement that makes it', async () => {
  await expect(allowRuntimeRole(database.config, 'nobody here')).rejects.toThrow('create role "nobody here" login');
});

it('production does not run as the owner of what is on record', async () => {
  await expect(requireLeastRights(database.config)).rejects.toMatchObject({ code: 'database-role-too-strong' });
  await expect(requireLeastRights(runtime)).resolves.toBeUndefined();
});
