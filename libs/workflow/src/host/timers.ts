import { Inject, Injectable, Logger } from '@nestjs/common';
import { SYSTEM } from '@sajeon/access';
import { CONSULTATION, Decisions, PROJECT } from '@sajeon/decisions';
import { DomainError, type ConsultationCommand, type ProjectCommand } from '@sajeon/domain';
import { setUpTables } from '@sajeon/event-store';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolClient } from 'pg';
import type { TimedReaction } from './policy.js';

export const WORKFLOW_DATABASE = Symbol('workflow database');
/** Gives the present moment. Only tests give another one than the machine's. */
export const WORKFLOW_CLOCK = Symbol('workflow clock');

const POLL_MS = 1_000;
const RETRY_SECONDS = [1, 5, 30, 120];

/** What was asked for, not to be sent before its moment. */
export type Timer = TimedReaction & {
  readonly notBefore: string;
  /** Follows from the event that asked for it: set twice or fired twice, it has one effect. */
  readonly commandId: string;
  readonly causationId: string;
  readonly correlationId?: string | undefined;
};

interface Due {
  readonly command_id: string;
  readonly kind: 'consultation' | 'project';
  /** Id of the consultation or the project. */
  readonly consultation: string;
  readonly command: ConsultationCommand | ProjectCommand;
  readonly causation_id: string;
  readonly correlation_id: string | null;
  readonly attempts: number;
}

/**
 * Commands that wait for their moment, as rows of a table. Whichever process finds one due locks its row, sends it as an ordinary command
 * whose `at` is that moment, and then takes the row away. A process that dies between the two leaves the row: the command is sent again
 * with the same id, which asks for nothing new.
 */
@Injectable()
export class Timers {
  private readonly logger = new Logger(Timers.name);
  private stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    @Inject(WORKFLOW_DATABASE) private readonly pool: Pool,
    @Inject(WORKFLOW_CLOCK) private readonly now: () => Date,
    private readonly decisions: Decisions,
  ) {}

  /** Set again, it stays as it is. */
  async set(timer: Timer): Promise<void> {
    const { commandId, notBefore, command, causationId, correlationId } = timer;
    const [kind, about] = 'project' in timer ? ['project', timer.project] : ['consultation', timer.consultation];
    await this.pool.query(
      `insert into workflow_due (command_id, due_at, kind, consultation, command, causation_id, correlation_id)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [commandId, notBefore, kind, about, JSON.stringify(command), causationId, correlationId ?? null],
    );
  }

  async start(): Promise<void> {
    if (this.running) return;
    await prepareTimers(this.pool);
    this.stopping = new AbortController();
    this.running = this.keepFiring(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.running = undefined;
  }

  /** How many wait, and the moment of the first; null when none does. */
  async waiting(): Promise<{ readonly count: number; readonly next: string | null }> {
    const { rows } = await this.pool.query<{ count: number; next: Date | null }>(
      'select count(*)::int as count, min(due_at) as next from workflow_due',
    );
    return { count: rows[0]?.count ?? 0, next: rows[0]?.next?.toISOString() ?? null };
  }

  /** Sends what is due. @returns how many were taken off the table */
  async fireDue(): Promise<number> {
    for (let fired = 0; ; fired++) if (!(await this.fireOne())) return fired;
  }

  private async keepFiring(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.fireDue().catch((error: unknown) => this.logger.error(`timers: ${String(error)}`));
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** False when none is due that no other process has. */
  private async fireOne(): Promise<boolean> {
    const now = this.now();
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const { rows } = await client.query<Due>(
        `select command_id, kind, consultation, command, causation_id, correlation_id, attempts from workflow_due
         where due_at <= $1 order by due_at limit 1 for update skip locked`,
        [now],
      );
      const [due] = rows;
      if (due !== undefined) await this.fire(client, due, now);
      await client.query('commit');
      return due !== undefined;
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      // A connection that broke inside a transaction is thrown away, which gives the row back.
      client.release(broken);
    }
  }

  private async fire(client: PoolClient, due: Due, now: Date): Promise<void> {
    // Only the moment is exchanged: the command stays of its kind.
    const command = { ...due.command, data: { ...due.command.data, at: now.toISOString() } };
    const envelope = {
      commandId: due.command_id,
      principal: SYSTEM,
      causationId: due.causation_id,
      correlationId: due.correlation_id ?? undefined,
    };
    try {
      // What was set for a kind of stream is a command of that kind.
      if (due.kind === 'project') await this.decisions.execute(PROJECT, due.consultation, command as ProjectCommand, envelope);
      else await this.decisions.execute(CONSULTATION, due.consultation, command as ConsultationCommand, envelope);
    } catch (error) {
      // A rule that refuses will refuse again: the case moved on. That is an outcome, not a fault.
      if (!(error instanceof DomainError) || error.name !== 'RuleViolated') {
        const wait = RETRY_SECONDS[Math.min(due.attempts, RETRY_SECONDS.length - 1)] ?? 0;
        this.logger.error(`${command.type} for ${due.consultation} failed: ${String(error)}; again in ${wait} s`);
        const again = new Date(now.getTime() + wait * 1_000);
        await client.query('update workflow_due set attempts = attempts + 1, due_at = $2 where command_id = $1', [
          due.command_id,
          again,
        ]);
        return;
      }
      this.logger.warn(`${command.type} for ${due.consultation} refused: ${error.message}`);
    }
    await client.query('delete from workflow_due where command_id = $1', [due.command_id]);
  }
}

/** Brings the table of timers up to date. */
export async function prepareTimers(pool: Pool): Promise<void> {
  await setUpTables(
    pool,
    'timers',
    `
    create table if not exists workflow_due (
      command_id uuid primary key,
      due_at timestamptz not null,
      consultation text not null,
      command json not null,
      causation_id text not null,
      correlation_id text,
      attempts int not null default 0
    );
    alter table workflow_due add column if not exists kind text not null default 'consultation';
    create index if not exists workflow_due_at on workflow_due (due_at);
    `,
  );
}
