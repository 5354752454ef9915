import { Inject, Injectable, Logger } from '@nestjs/common';
import { SYSTEM } from '@sajeon/access';
import { CONSULTATION, Decisions, PRELIMINARY, PROJECT } from '@sajeon/decisions';
import { DomainError, readRecorded } from '@sajeon/domain';
import { EventStore, Lease, setUpTables, type RecordedEvent } from '@sajeon/event-store';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { v5 as uuidv5 } from 'uuid';
import type { Policy } from './policy.js';
import { prepareTimers, Timers, WORKFLOW_DATABASE } from './timers.js';

export const POLICIES = Symbol('policies');

/** Namespace of command ids derived from (causing event, policy, place). */
const COMMAND_IDS = 'b7b0a9c2-58c4-5f0e-8f0a-2f6f3c0d9a41';
const RENEW_MS = 1_000;
const STANDBY_MS = 1_000;
const RETRY_MS = [250, 1_000, 5_000, 15_000];

export interface PolicyHealth {
  readonly policy: string;
  readonly position: string;
  readonly status: 'running' | 'standby' | 'stalled';
  readonly cause: string | undefined;
}

/**
 * Runs every policy over the log exactly as far as its checkpoint says, in one worker at a time. A command is sent before the
 * checkpoint moves, and its id follows from the event: dying between the two only asks for the same command again.
 * A policy that cannot handle an event stops there, says so and tries again; the others go on.
 */
@Injectable()
export class PolicyHost {
  private readonly logger = new Logger(PolicyHost.name);
  private readonly states = new Map<string, PolicyHealth>();
  private stopping = new AbortController();
  private running: Promise<unknown> | undefined;
  private readonly holder = randomUUID();

  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(WORKFLOW_DATABASE) private readonly pool: Pool,
    @Inject(POLICIES) private readonly policies: readonly Policy[],
    private readonly decisions: Decisions,
    private readonly timers: Timers,
  ) {}

  async start(): Promise<void> {
    if (this.running) return;
    await prepareWorkflow(this.pool);
    this.stopping = new AbortController();
    this.running = Promise.all(this.policies.map((policy) => this.keepRunning(policy, this.stopping.signal)));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.running = undefined;
  }

  health(): readonly PolicyHealth[] {
    return [...this.states.values()];
  }

  private async keepRunning(policy: Policy, signal: AbortSignal): Promise<void> {
    const lease = new Lease(this.pool, `policy:${policy.name}`, this.holder);
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (!(await lease.hold())) {
          this.report(policy, { status: 'standby' });
          await pause(STANDBY_MS, signal);
          continue;
        }
        await this.run(policy, lease, signal, () => (failures = 0));
      } catch (error) {
        const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 0;
        const cause = error instanceof Error ? error.message : String(error);
        this.logger.error(
          `policy ${policy.name} stopped at ${this.states.get(policy.name)?.position}: ${cause}; again in ${wait} ms`,
        );
        this.report(policy, { status: 'stalled', cause });
        await pause(wait, signal);
      }
    }
    await lease.release().catch(() => undefined);
  }

  /** Until the lease is lost or something fails. */
  private async run(policy: Policy, lease: Lease, signal: AbortSignal, succeeded: () => void): Promise<void> {
    let checkpoint = await this.checkpoint(policy);
    this.report(policy, { status: 'running', position: checkpoint });
    const lost = new AbortController();
    const renewing = setInterval(() => {
      lease.hold().then(
        (held) => held || lost.abort(),
        () => lost.abort(),
      );
    }, RENEW_MS);
    try {
      const until = AbortSignal.any([signal, lost.signal]);
      for await (const batch of this.store.subscribe({ after: checkpoint, signal: until })) {
        for (const recorded of batch) {
          if (until.aborted) return;
          const asked = await this.handle(policy, recorded);
          // Between events that ask for nothing the checkpoint may lag: reading them again asks for nothing again.
          if (asked || recorded === batch.at(-1)) {
            if (!(await this.advance(policy, checkpoint, recorded.position))) return;
            checkpoint = recorded.position;
            this.report(policy, { status: 'running', position: checkpoint });
          }
        }
        succeeded();
      }
    } finally {
      clearInterval(renewing);
    }
  }

  private async handle(policy: Policy, recorded: RecordedEvent): Promise<boolean> {
    const event = readRecorded(recorded);
    const id = recorded.stream.slice(recorded.stream.indexOf('-') + 1);
    const reactions = await policy.react({ event, recorded, id });
    for (const [index, reaction] of reactions.entries()) {
      const commandId = uuidv5(`${recorded.id}:${policy.name}:${index}`, COMMAND_IDS);
      const causes = { causationId: recorded.id, correlationId: recorded.metadata['correlationId'] };
      if (!('preliminary' in reaction) && reaction.notBefore !== undefined) {
        await this.timers.set({ ...reaction, notBefore: reaction.notBefore, commandId, ...causes });
        continue;
      }
      const envelope = { commandId, principal: SYSTEM, ...causes };
      const about =
        'consultation' in reaction ? reaction.consultation : 'project' in reaction ? reaction.project : reaction.preliminary;
      try {
        if ('consultation' in reaction) await this.decisions.execute(CONSULTATION, about, reaction.command, envelope);
        else if ('project' in reaction) await this.decisions.execute(PROJECT, about, reaction.command, envelope);
        else await this.decisions.execute(PRELIMINARY, about, reaction.command, envelope);
      } catch (error) {
        // A rule that refuses will refuse again: the case moved on. That is an outcome, not a fault.
        if (!(error instanceof DomainError) || error.name !== 'RuleViolated') throw error;
        this.logger.warn(`policy ${policy.name}: ${reaction.command.type} for ${about} refused: ${error.message}`);
      }
    }
    return reactions.length > 0;
  }

  private async checkpoint(policy: Policy): Promise<bigint> {
    await this.pool.query('insert into workflow_checkpoint values ($1, 0) on conflict do nothing', [policy.name]);
    const { rows } = await this.pool.query<{ position: string }>(
      'select position::text from workflow_checkpoint where policy = $1',
      [policy.name],
    );
    return BigInt(rows[0]?.position ?? '0');
  }

  /** False when another worker moved it: this one has lost its lease without noticing. */
  private async advance(policy: Policy, from: bigint, to: bigint): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'update workflow_checkpoint set position = $3 where policy = $1 and position = $2',
      [policy.name, String(from), String(to)],
    );
    return rowCount === 1;
  }

  private report(policy: Policy, now: { status: PolicyHealth['status']; position?: bigint; cause?: string }): void {
    const before = this.states.get(policy.name);
    this.states.set(policy.name, {
      policy: policy.name,
      position: now.position === undefined ? (before?.position ?? '0') : String(now.position),
      status: now.status,
      cause: now.cause,
    });
  }
}

/** Brings the tables of policies and timers up to date. */
export async function prepareWorkflow(pool: Pool): Promise<void> {
  await setUpTables(
    pool,
    'policies',
    'create table if not exists workflow_checkpoint (policy text primary key, position numeric(20) not null)',
  );
  await Lease.prepare(pool);
  await prepareTimers(pool);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
