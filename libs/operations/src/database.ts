import { prepareLog } from '@sajeon/audit';
import { PostgresEventStore, StorageUnusable } from '@sajeon/event-store';
import { prepareIdentity } from '@sajeon/identity';
import { migrate } from '@sajeon/read-models';
import { prepareVault } from '@sajeon/vault';
import { prepareWebhooks } from '@sajeon/webhooks';
import { prepareWorkflow } from '@sajeon/workflow';
import { Pool, type PoolConfig } from 'pg';

/**
 * Brings the tables of every part up to date, as the role that owns them. The parts do so themselves when they start; where the service
 * runs as a role without such rights, this is done before.
 * @param mode of the storage: with KurrentDB there are no events in this database
 * @returns names of the migrations of the views
 * @throws StorageUnusable
 */
export async function prepareDatabase(
  database: PoolConfig,
  mode: 'embedded' | 'postgres' | 'kurrent',
): Promise<readonly string[]> {
  if (mode !== 'kurrent') await (await PostgresEventStore.open(database)).close();
  const done = await migrate(database);
  await withPool(database, async (pool) => {
    await prepareLog(pool, process.env['SAJEON_LOG_ORIGIN']?.trim() || undefined);
    for (const prepare of [prepareVault, prepareIdentity, prepareWebhooks, prepareWorkflow]) await prepare(pool);
    for (const role of await runtimeRoles(pool)) await allow(pool, role);
  });
  return done;
}

/** What the service reads and writes as it likes: it is made anew from the record, or ends by itself. */
const WORKS_WITH = 'select, insert, update, delete';

/**
 * What the role that the service runs as may do with tables. Beside these, nothing: a table of `public` that is not named is a view or a
 * working table (`WORKS_WITH`), one of another schema is out of reach. Events come in by `event_store.record` alone, which runs
 * with the rights of its owner.
 */
const RIGHTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // The sealer holds appends back while it brings the log level with the store, and says what they seal from there.
  event_store: { event: 'select', head: 'select, update (seal_at_most)', schema_step: 'select' },
  audit: {
    log: 'select, update (size, position, peaks)',
    leaf: 'select, insert',
    node: 'select, insert',
    // Cosignatures of witnesses are added to the note.
    checkpoint: 'select, insert, update (note)',
    key: 'select, insert',
    closing: 'select, insert',
    schema_step: 'select',
  },
  // What is erased goes.
  vault: { subject: WORKS_WITH, deposit: WORKS_WITH, schema_step: 'select' },
  public: { identity_security_event: 'select, insert', sajeon_setup: 'select', view_migration: 'select' },
};

/** Where `sajeon rebuild` makes a view again, which takes the owner. */
const REBUILD_SCHEMA = 'view_rebuild';

/**
 * The statements that give a role what the service needs, and nothing else. Run again they take back what earlier ones gave and these do not.
 * @throws StorageUnusable when there is no such role, or one that could help itself to more
 */
export async function rightsOf(database: PoolConfig, role: string): Promise<readonly string[]> {
  return withPool(database, (pool) => statementsFor(pool, role));
}

async function statementsFor(pool: Pool, role: string): Promise<readonly string[]> {
  await requireWeakRole(pool, role);
  const name = quoted(role);
  const { rows: tables } = await pool.query<{ schema: string; name: string }>(
    `select schemaname as schema, tablename as name from pg_tables where schemaname = any ($1) order by schemaname, tablename`,
    [Object.keys(RIGHTS)],
  );
  const { rows: asOwner } = await pool.query<{ signature: string }>(
    `select p.oid::regprocedure::text as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where (n.nspname, p.proname) in (('event_store', 'append'), ('event_store', 'record'), ('public', 'identity_forget'))`,
  );
  const { rows: here } = await pool.query<{ database: string }>('select current_database() as database');
  const schemas = [...new Set([...tables.map(({ schema }) => schema), 'public'])];
  return [
    // Everybody may make temporary tables, and on old servers tables in public, unless told otherwise.
    ...here.map(({ database }) => `revoke all on database ${quoted(database)} from public, ${name}`),
    ...here.map(({ database }) => `grant connect on database ${quoted(database)} to ${name}`),
    'revoke create on schema public from public',
    ...schemas.flatMap((schema) => [
      `revoke all on schema ${schema} from ${name}`,
      `revoke all on all tables in schema ${schema} from ${name}`,
      `grant usage on schema ${schema} to ${name}`,
    ]),
    ...tables.flatMap(({ schema, name: table }) => {
      const rights = RIGHTS[schema]?.[table] ?? (schema === 'public' ? WORKS_WITH : undefined);
      return rights === undefined ? [] : [`grant ${rights} on ${schema}.${quoted(table)} to ${name}`];
    }),
    ...asOwner.flatMap(({ signature }) => [
      `alter function ${signature} security definer`,
      // As the owner it must find nothing that somebody else has put in its way.
      `alter function ${signature} set search_path = pg_catalog, pg_temp`,
      `revoke all on function ${signature} from public`,
      `grant execute on function ${signature} to ${name}`,
    ]),
    // A view that the owner makes again is a new table.
    `create schema if not exists ${REBUILD_SCHEMA}`,
    ...['public', REBUILD_SCHEMA].map(
      (schema) => `alter default privileges in schema ${schema} grant ${WORKS_WITH} on tables to ${name}`,
    ),
  ];
}

/** Gives the role its rights, all at once: a service that runs as it notices nothing. */
export async function allowRuntimeRole(database: PoolConfig, role: string): Promise<void> {
  await withPool(database, (pool) => allow(pool, role));
}

/**
 * In production the service does not run as a role that could change what is on record.
 * @throws StorageUnusable `database-role-too-strong`
 */
export async function requireLeastRights(database: PoolConfig): Promise<void> {
  const found = await withPool(database, async (pool) => {
    const { rows } = await pool.query<{ role: string; strong: boolean }>(
      `select current_user as role, rolsuper or rolcreaterole or rolcreatedb or rolreplication or exists (
                select from pg_tables
                 where (schemaname in ('event_store', 'audit') or tablename = 'identity_security_event')
                   and has_table_privilege(schemaname || '.' || quote_ident(tablename), 'delete, truncate, trigger')
              ) as strong
         from pg_roles where rolname = current_user`,
    );
    return rows[0];
  });
  if (found?.strong !== true) return;
  throw new StorageUnusable(
    'database-role-too-strong',
    `DATABASE_URL names ${found.role}, which may change what is on record. In production the service runs as a role that may not: sajeon migrate --runtime-role ROLE (docs/operations.md).`,
    `DATABASE_URL의 역할 ${found.role}은(는) 기록을 바꿀 수 있습니다. 운영에서는 그럴 수 없는 역할로 실행합니다: sajeon migrate --runtime-role 역할 (docs/operations.md).`,
  );
}

async function allow(pool: Pool, role: string): Promise<void> {
  const statements = await statementsFor(pool, role);
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one that says something
    throw error;
  } finally {
    client.release();
  }
}

/** Those that have been given rights before: they are given what a new version has added. */
async function runtimeRoles(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ role: string }>(
    `select distinct r.rolname as role
       from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) given join pg_roles r on r.oid = given.grantee
      where n.nspname = 'audit' and c.relname = 'checkpoint' and given.grantee <> c.relowner and given.privilege_type = 'INSERT'
        and not pg_has_role(r.oid, c.relowner, 'usage') and r.rolcanlogin
        -- only the owner can
        and pg_has_role(current_user, c.relowner, 'usage')`,
  );
  return rows.map(({ role }) => role);
}

async function requireWeakRole(pool: Pool, role: string): Promise<void> {
  const { rows } = await pool.query<{ strong: boolean }>(
    `select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls or pg_has_role(oid, current_user, 'member') as strong
       from pg_roles where rolname = $1`,
    [role],
  );
  if (rows[0] === undefined) {
    throw new StorageUnusable(
      'no-such-role',
      `PostgreSQL has no role ${role}. Make it first: create role ${quoted(role)} login password '…'`,
      `PostgreSQL에 ${role} 역할이 없습니다. 먼저 만드십시오: create role ${quoted(role)} login password '…'`,
    );
  }
  if (!rows[0].strong) return;
  throw new StorageUnusable(
    'database-role-too-strong',
    `The role ${role} could help itself to more: it must be neither the owner nor a member of it, no superuser, and may make no roles or databases.`,
    `${role} 역할은 스스로 권한을 넓힐 수 있습니다. 소유자나 그 구성원, 슈퍼유저, 역할이나 데이터베이스를 만들 수 있는 역할은 쓸 수 없습니다.`,
  );
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function withPool<Result>(database: PoolConfig, work: (pool: Pool) => Promise<Result>): Promise<Result> {
  const pool = new Pool({ ...database, max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
