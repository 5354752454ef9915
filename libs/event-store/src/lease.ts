import type { Pool } from 'pg';
import { setUpTables } from './setup.js';

/**
 * Work that one process at a time should do (a view, a policy), shared by any number of workers through PostgreSQL.
 * A lease saves double work; it is not what keeps the work correct: every holder also guards its checkpoint, because a
 * process may be paused past its lease without noticing. Time is the database's, so workers' clocks do not matter.
 */
export class Lease {
  constructor(
    private readonly pool: Pool,
    readonly name: string,
    /** Unique for each process. */
    private readonly holder: string,
    private readonly ttlSeconds = 3,
  ) {}

  /** Makes the table. */
  static async prepare(pool: Pool): Promise<void> {
    await setUpTables(
      pool,
      'lease',
      'create table if not exists lease (name text primary key, holder text not null, until timestamptz not null)',
    );
  }

  /** Takes or renews it. False when another holder has it. */
  async hold(): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `insert into lease as l (name, holder, until) values ($1, $2, clock_timestamp() + make_interval(secs => $3))
       on conflict (name) do update set holder = excluded.holder, until = excluded.until
       where l.holder = excluded.holder or l.until < clock_timestamp()`,
      [this.name, this.holder, this.ttlSeconds],
    );
    return rowCount === 1;
  }

  /** Gives it up, so that another worker need not wait for it to run out. */
  async release(): Promise<void> {
    await this.pool.query('delete from lease where name = $1 and holder = $2', [this.name, this.holder]);
  }
}
