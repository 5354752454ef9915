import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Principal } from '@sajeon/access';
import { Hearing } from '@sajeon/decisions';
import { EventStore, Lease, type RecordedEvent } from '@sajeon/event-store';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { DestinationRefused, post } from './destination.js';
import { prepareWebhooks, WEBHOOK_DATABASE, WEBHOOK_SETTINGS } from './schema.js';
import { signaturesOf } from './signature.js';
import type { WebhookSettings } from './settings.js';
import { Subscriptions } from './subscriptions.js';

const STREAMS = { streamPrefixes: ['consultation-'] };
const BATCH = 100;
const POLL_MS = 500;
const RENEW_MS = 1_000;
/** After the first, second, … attempt that failed; then it is given up: after about three days. */
const AGAIN_AFTER_SECONDS = [5, 30, 120, 600, 3_600, 6 * 3_600, 24 * 3_600, 40 * 3_600];
/** Longer than any attempt takes: a process that died in the middle of one leaves it to others after this. */
const CLAIM_SECONDS = 60;
/** Receivers that are told at the same moment by one process. */
const AT_ONCE = 8;
const KEEP_DELIVERED_DAYS = 30;
/** Most that one replay puts back. */
const LONGEST_REPLAY = 10_000;

export type DeliveryState = 'waiting' | 'delivered' | 'dead';

export interface Delivery {
  readonly position: string;
  readonly event: string;
  readonly type: string;
  readonly consultation: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** The next attempt, while it waits. */
  readonly nextAt: string | null;
  readonly triedAt: string | null;
  /** Status of the last answer, or why there was none. */
  readonly outcome: string | null;
}

interface Claimed {
  readonly position: string;
  readonly event: string;
  readonly type: string;
  readonly consultation: string;
  readonly revision: string;
  readonly recorded_at: string;
  readonly attempts: number;
}

/**
 * Tells the subscribed machines what happened to cases of their agency: which case, never what was written. One process at a time looks
 * through the log and puts a row for each message into a table; every process sends what is due. Sent at least once, with the id of the
 * event, so that a receiver knows what it has seen; not always in order, because what failed is tried again later than what follows it.
 */
@Injectable()
export class Deliveries {
  private readonly logger = new Logger('webhooks');
  private readonly holder = randomUUID();
  private readonly busy = new Map<string, Promise<void>>();
  private stopping = new AbortController();
  private running: Promise<unknown> | undefined;

  constructor(
    @Inject(WEBHOOK_DATABASE) private readonly pool: Pool,
    @Inject(WEBHOOK_SETTINGS) private readonly settings: WebhookSettings,
    @Inject(EventStore) private readonly store: EventStore,
    private readonly subscriptions: Subscriptions,
    private readonly hearing: Hearing,
  ) {}

  async start(): Promise<void> {
    if (this.running) return;
    await prepareWebhooks(this.pool);
    await Lease.prepare(this.pool);
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    this.running = Promise.all([this.keepLooking(signal), this.keepSending(signal)]);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await Promise.all(this.busy.values());
    this.running = undefined;
  }

  /** Newest first. @param before position of the last one seen */
  async list(
    subscription: string,
    filter: { readonly state?: DeliveryState | undefined; readonly before?: string | undefined; readonly limit: number },
  ): Promise<readonly Delivery[]> {
    const { rows } = await this.pool.query<Omit<Delivery, 'nextAt' | 'triedAt'> & { next_at: Date; tried_at: Date | null }>(
      `select position::text, event, type, consultation, state, attempts, next_at, tried_at, outcome from webhook_delivery
       where subscription = $1 and ($2::text is null or state = $2) and ($3::numeric is null or position < $3)
       order by position desc limit $4`,
      [subscription, filter.state ?? null, filter.before ?? null, filter.limit],
    );
    return rows.map(({ next_at, tried_at, ...row }) => ({
      ...row,
      nextAt: row.state === 'waiting' ? next_at.toISOString() : null,
      triedAt: tried_at?.toISOString() ?? null,
    }));
  }

  /**
   * Sends again what happened from one position of the log to another (both included), whether it was sent, given up, or happened before
   * the subscription, as far as the agency may hear of it.
   * @returns how many were put back, and the position as far as the log was looked through
   */
  async replay(subscription: string, from: bigint, until: bigint): Promise<{ readonly queued: number; readonly until: bigint }> {
    const { rows } = await this.pool.query<{ position: string }>('select position::text from webhook_feed');
    // What comes later is sent anyway.
    const feed = BigInt(rows[0]?.position ?? '0');
    const [target] = await this.active(this.pool, subscription);
    if (target === undefined) return { queued: 0, until: from };
    let [queued, reached] = [0, from];
    let before = 0n;
    for await (const event of this.store.readAll({ after: from, direction: 'backwards', limit: 1 })) before = event.position;
    for await (const event of this.store.readAll({ after: before, filter: STREAMS })) {
      if (event.position > until || event.position > feed || queued === LONGEST_REPLAY) break;
      reached = event.position;
      if (!(await this.concerns(target, event))) continue;
      await this.put(this.pool, subscription, event, true);
      queued++;
    }
    return { queued, until: reached };
  }

  private async keepLooking(signal: AbortSignal): Promise<void> {
    const lease = new Lease(this.pool, 'webhooks', this.holder);
    while (!signal.aborted) {
      try {
        if (await lease.hold()) await this.look(lease, signal);
      } catch (error) {
        this.logger.error(`looking through the log stopped: ${String(error)}`);
      }
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
    await lease.release().catch(() => undefined);
  }

  /** Until the lease is lost or something fails. */
  private async look(lease: Lease, signal: AbortSignal): Promise<void> {
    let position = await this.subscriptions.inTransaction((client) => this.subscriptions.feedPosition(client));
    const lost = new AbortController();
    const renewing = setInterval(() => {
      lease.hold().then(
        (held) => held || lost.abort(),
        () => lost.abort(),
      );
    }, RENEW_MS);
    try {
      const until = AbortSignal.any([signal, lost.signal]);
      for await (const batch of this.store.subscribe({ after: position, filter: STREAMS, batchSize: BATCH, signal: until })) {
        position = await this.take(batch, position);
      }
    } finally {
      clearInterval(renewing);
    }
  }

  private async take(batch: readonly RecordedEvent[], from: bigint): Promise<bigint> {
    const to = batch.at(-1)?.position ?? from;
    await this.subscriptions.inTransaction(async (client) => {
      if ((await this.subscriptions.feedPosition(client)) !== from) throw new Error('another process goes on from here');
      for (const target of await this.active(client)) {
        for (const event of batch) {
          if (event.position > target.since && (await this.concerns(target, event)))
            await this.put(client, target.id, event, false);
        }
      }
      await client.query('update webhook_feed set position = $1', [String(to)]);
    });
    return to;
  }

  private async active(client: Pool | PoolClient, id?: string): Promise<readonly Target[]> {
    const { rows } = await client.query<Omit<Target, 'since'> & { since: string }>(
      `select id, agency, types, since::text from webhook_subscription where ended_at is null and ($1::text is null or id = $1)`,
      [id ?? null],
    );
    return rows.map((row) => ({ ...row, since: BigInt(row.since) }));
  }

  /** As anybody of the agency would hear of it, its owners of systems included. */
  private async concerns({ agency, types }: Target, event: RecordedEvent): Promise<boolean> {
    if (types.length > 0 && !types.includes(event.type)) return false;
    const listener: Principal = { person: 'webhook', agency, roles: ['applicant', 'reviewer', 'owner'] };
    return this.hearing.mayHear(listener, event);
  }

  private async put(client: Pool | PoolClient, subscription: string, event: RecordedEvent, again: boolean): Promise<void> {
    const { position, id, type, stream, revision, recordedAt } = event;
    await client.query(
      `insert into webhook_delivery (subscription, position, event, type, consultation, revision, recorded_at, next_at)
       values ($1, $2, $3, $4, $5, $6, $7, now()) on conflict (subscription, position) do ${
         again ? `update set state = 'waiting', attempts = 0, next_at = now(), outcome = null` : 'nothing'
       }`,
      [subscription, String(position), id, type, stream.slice('consultation-'.length), String(revision), recordedAt],
    );
  }

  private async keepSending(signal: AbortSignal): Promise<void> {
    let pruned = 0;
    while (!signal.aborted) {
      try {
        if (Date.now() - pruned > 3_600_000) {
          pruned = Date.now();
          await this.pool.query(
            `delete from webhook_delivery where state = 'delivered' and tried_at < now() - make_interval(days => $1)`,
            [KEEP_DELIVERED_DAYS],
          );
        }
        for (const subscription of await this.due()) {
          const draining = this.drain(subscription, signal)
            .catch((error: unknown) => this.logger.error(`${subscription}: ${String(error)}`))
            .finally(() => this.busy.delete(subscription));
          this.busy.set(subscription, draining);
        }
      } catch (error) {
        this.logger.error(`sending stopped: ${String(error)}`);
      }
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Subscriptions for which something is due and nothing under way here: a slow receiver keeps nobody else waiting. */
  private async due(): Promise<readonly string[]> {
    if (this.busy.size >= AT_ONCE) return [];
    const { rows } = await this.pool.query<{ subscription: string }>(
      `select distinct subscription from webhook_delivery d join webhook_subscription s on s.id = d.subscription
       where d.state = 'waiting' and d.next_at <= now() and s.ended_at is null and not subscription = any($1) limit $2`,
      [[...this.busy.keys()], AT_ONCE - this.busy.size],
    );
    return rows.map(({ subscription }) => subscription);
  }

  private async drain(subscription: string, signal: AbortSignal): Promise<void> {
    // Read first: a process without the master key leaves everything to those that have it.
    const target = await this.subscriptions.target(subscription);
    if (target === undefined) return;
    while (!signal.aborted) {
      const { rows } = await this.pool.query<Claimed>(
        `update webhook_delivery set attempts = attempts + 1, tried_at = now(), next_at = now() + make_interval(secs => $2)
         where subscription = $1 and position = (
           select position from webhook_delivery where subscription = $1 and state = 'waiting' and next_at <= now()
           order by position limit 1 for update skip locked)
         returning position::text, event, type, consultation, revision::text, recorded_at, attempts`,
        [subscription, CLAIM_SECONDS],
      );
      const [message] = rows;
      if (message === undefined) return;
      await this.send(subscription, target, message);
    }
  }

  private async send(
    subscription: string,
    { url, secrets }: { readonly url: string; readonly secrets: readonly string[] },
    message: Claimed,
  ): Promise<void> {
    const { position, event, attempts } = message;
    const body = JSON.stringify(this.cloudEvent(message));
    const timestamp = Math.floor(Date.now() / 1_000);
    let [delivered, outcome] = [false, ''];
    try {
      const status = await post(
        url,
        body,
        {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': 'sajeon-webhooks',
          'webhook-id': event,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signaturesOf(secrets, event, timestamp, body),
        },
        this.settings.nearby,
      );
      delivered = status >= 200 && status < 300;
      outcome = String(status);
    } catch (error) {
      outcome = error instanceof DestinationRefused ? `refused: ${error.message}` : reasonOf(error);
    }
    const wait = AGAIN_AFTER_SECONDS[attempts - 1];
    const state: DeliveryState = delivered ? 'delivered' : wait === undefined ? 'dead' : 'waiting';
    // Only as long as the claim is ours: put back or claimed by another meanwhile, it is theirs to settle.
    await this.pool.query(
      `update webhook_delivery set state = $4, outcome = $5, next_at = now() + make_interval(secs => $6)
       where subscription = $1 and position = $2 and attempts = $3 and state = 'waiting'`,
      [subscription, position, attempts, state, outcome.slice(0, 200), wait ?? 0],
    );
    if (state === 'dead')
      this.logger.warn(`${subscription}: gave up position ${position} after ${attempts} attempts: ${outcome}`);
  }

  /** CloudEvents 1.0, structured. Its id is the event's; `data` is what a live event says: the content is read over the API, by whoever may. */
  private cloudEvent({ event, type, consultation, revision, position, recorded_at }: Claimed): object {
    return {
      specversion: '1.0',
      ...{ id: event, source: this.settings.source, type, subject: `consultation-${consultation}`, time: recorded_at },
      datacontenttype: 'application/json',
      data: { consultation, revision, position, at: recorded_at },
    };
  }
}

interface Target {
  readonly id: string;
  readonly agency: string;
  readonly types: readonly string[];
  readonly since: bigint;
}

/** A short word for the administrator; never what the other side said. */
function reasonOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === 'string' ? code : name === 'AbortError' || name === 'TimeoutError' ? 'no answer in time' : 'no answer';
}
