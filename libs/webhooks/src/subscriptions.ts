import { Inject, Injectable } from '@nestjs/common';
import { EventStore } from '@sajeon/event-store';
import { masterKey, type SealedColumn } from '@sajeon/vault';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { checkedUrl } from './destination.js';
import { WEBHOOK_DATABASE, WEBHOOK_SETTINGS } from './schema.js';
import { newWebhookSecret } from './signature.js';
import type { WebhookSettings } from './settings.js';

/** After a new secret was made, the former one goes on signing for so long: time to tell the receiver. */
const FORMER_SECRET_DAYS = 7;

export interface Subscription {
  readonly id: string;
  readonly agency: string;
  readonly url: string;
  /** Types of events; all when empty. */
  readonly types: readonly string[];
  readonly note: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** Until when the former secret signs too. */
  readonly formerSecretUntil: string | null;
  readonly waiting: number;
  readonly dead: number;
}

interface Row {
  readonly id: string;
  readonly agency: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly note: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly former_until: Date | null;
  readonly waiting: number;
  readonly dead: number;
}

/** Which agency is told at which address. Secrets lie here sealed under the master key of the vault: the database alone does not give them. */
@Injectable()
export class Subscriptions {
  constructor(
    @Inject(WEBHOOK_DATABASE) private readonly pool: Pool,
    @Inject(WEBHOOK_SETTINGS) private readonly settings: WebhookSettings,
    @Inject(EventStore) private readonly store: EventStore,
  ) {}

  /**
   * @returns the secret, which is told once and never again
   * @throws DestinationRefused for an address that may not be sent to; MasterKeyUnusable
   */
  async make(
    wanted: Pick<Subscription, 'agency' | 'url' | 'types' | 'note'>,
    by: string,
  ): Promise<{ readonly id: string; readonly secret: string }> {
    checkedUrl(wanted.url, this.settings.nearby);
    const id = randomBytes(8).toString('hex');
    const secret = newWebhookSecret();
    await this.inTransaction(async (client) => {
      // Whoever looks through the log waits for this: an event after `since` is seen with the subscription, one before it is not sent.
      const since = await this.feedPosition(client);
      await client.query(
        `insert into webhook_subscription (id, agency, url, types, note, secret, since, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
        [id, wanted.agency, wanted.url, [...wanted.types], wanted.note, sealed(id, secret), String(since), by],
      );
    });
    return { id, secret };
  }

  /** Newest first, with what waits and what was given up. @param agency of one agency; absent: of all */
  async list(agency?: string): Promise<readonly Subscription[]> {
    const { rows } = await this.pool.query<Row>(
      `select s.*, (select count(*)::int from webhook_delivery d where d.subscription = s.id and d.state = 'waiting') as waiting,
         (select count(*)::int from webhook_delivery d where d.subscription = s.id and d.state = 'dead') as dead
       from webhook_subscription s where $1::text is null or agency = $1 order by created_at desc, id`,
      [agency ?? null],
    );
    return rows.map((row) => ({
      ...{ id: row.id, agency: row.agency, url: row.url, types: row.types, note: row.note, createdBy: row.created_by },
      createdAt: row.created_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      formerSecretUntil: row.former_until !== null && row.former_until > new Date() ? row.former_until.toISOString() : null,
      ...{ waiting: row.waiting, dead: row.dead },
    }));
  }

  /** @returns the agency that is told, undefined when there is no such subscription */
  async agencyOf(id: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ agency: string }>('select agency from webhook_subscription where id = $1', [id]);
    return rows[0]?.agency;
  }

  /** A new secret. The former one signs too for some days; what was before it no longer does. @returns undefined when it has ended */
  async rotate(id: string): Promise<string | undefined> {
    const secret = newWebhookSecret();
    const { rowCount } = await this.pool.query(
      `update webhook_subscription set former = secret, former_until = now() + make_interval(days => $3), secret = $2
       where id = $1 and ended_at is null`,
      [id, sealed(id, secret), FORMER_SECRET_DAYS],
    );
    return rowCount === 1 ? secret : undefined;
  }

  /** Nothing more is sent, neither what waits. False when it has ended already. */
  async end(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'update webhook_subscription set ended_at = now() where id = $1 and ended_at is null',
      [id],
    );
    return rowCount === 1;
  }

  /** Where to, and the secrets that sign now, the newest first. @throws MasterKeyUnusable */
  async target(id: string): Promise<{ readonly url: string; readonly secrets: readonly string[] } | undefined> {
    const { rows } = await this.pool.query<{ url: string; secret: Buffer; former: Buffer | null }>(
      `select url, secret, case when former_until > now() then former end as former
       from webhook_subscription where id = $1 and ended_at is null`,
      [id],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const secrets = [row.secret, ...(row.former === null ? [] : [row.former])].map((bytes) => opened(id, bytes));
    return { url: row.url, secrets };
  }

  /** How far the log was looked through. Keeps others from moving it until the transaction ends. */
  async feedPosition(client: PoolClient): Promise<bigint> {
    const held = 'select position::text from webhook_feed for update';
    const { rows } = await client.query<{ position: string }>(held);
    if (rows[0] !== undefined) return BigInt(rows[0].position);
    // What happened before there were webhooks is no news.
    await client.query('insert into webhook_feed (position) values ($1) on conflict do nothing', [
      String(await this.store.head()),
    ]);
    return BigInt((await client.query<{ position: string }>(held)).rows[0]?.position ?? '0');
  }

  async inTransaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      // A connection that broke inside a transaction is thrown away, which takes everything back.
      client.release(broken);
    }
  }
}

function keyFrom(master: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', 'sajeon webhook secrets', 32));
}

/** Bound to its subscription: moved into another row it opens no more. */
function sealed(id: string, secret: string, master = masterKey()): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(master), iv).setAAD(Buffer.from(id));
  return Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function opened(id: string, bytes: Buffer, master = masterKey()): string {
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(master), bytes.subarray(0, 12)).setAAD(Buffer.from(id));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
}

function resealed(id: string, bytes: Buffer, from: Buffer, to: Buffer): Buffer | undefined {
  try {
    return sealed(id, opened(id, bytes, from), to);
  } catch {
    return undefined;
  }
}

/** Where secrets lie under the key of the vault, for `sajeon vault reseal`. */
export const SEALED_WEBHOOK_SECRETS: readonly SealedColumn[] = ['secret', 'former'].map((column) => ({
  what: 'webhook-secrets',
  ...{ table: 'webhook_subscription', id: 'id', column },
  reseal: resealed,
}));
