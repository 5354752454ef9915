import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TokenBook, type Principal } from '@sajeon/access';
import { AGENCY, Decisions } from '@sajeon/decisions';
import type { AgencyTier } from '@sajeon/domain';
import { PostgresEventStore } from '@sajeon/event-store';
import { freshDatabase, RUNTIME_ROLE } from '@sajeon/event-store/testing';
import type { IdentitySettings } from '@sajeon/identity';
import { allowRuntimeRole, followTheLog, prepareDatabase } from '@sajeon/operations';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Limits } from '../../apps/api/src/http/limits.js';
import { adoptSampleRules } from '../../apps/api/src/sample.js';
import { createService } from '../../apps/api/src/service.js';
import { Contract } from './contract.js';

/** What a request answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // Stories read whatever the contract says is there; a wrong guess fails the expectation.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface Ask {
  readonly as?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const contract = new Contract();

/**
 * The service over HTTP, as production has it: by a role of the database that may not change what is on record. Held to its contract with every answer, on a database of its own, with the sample rules and agencies: 경기도, 수원시 and 성남시 below it, and the ministry.
 */
export class Service {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly store: PostgresEventStore,
    private readonly dropDatabase: () => Promise<void>,
    private readonly pool: pg.Pool,
    private readonly runtime: pg.PoolConfig,
  ) {}

  /** @param statementMs after so long a statement on the database is given up */
  static async start(settings?: IdentitySettings, limits?: Limits, statementMs?: number): Promise<Service> {
    process.env['SAJEON_LOG'] = 'silent';
    // A key of its own for each service: a key belongs to one log.
    process.env['SAJEON_LOG_KEY'] = join(mkdtempSync(join(tmpdir(), 'sajeon-story-')), 'log-key');
    const database = await freshDatabase();
    await prepareDatabase(database.config, 'postgres');
    await allowRuntimeRole(database.config, RUNTIME_ROLE);
    const runtime = { ...database.config, user: RUNTIME_ROLE };
    const store = await PostgresEventStore.open(runtime);
    const config = { ...runtime, ...(statementMs === undefined ? {} : { statement_timeout: statementMs }) };
    const app = await createService({ events: store, database: config }, TokenBook.ofDemoUsers(), settings, limits);
    await followTheLog(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const service = new Service(app, store, database.drop, new pg.Pool({ ...database.config, max: 1 }), runtime);
    await adoptSampleRules(app.get(Decisions));
    await service.register('mois', '행정안전부', 'CENTRAL', null);
    await service.register('gyeonggi', '경기도', 'METROPOLITAN', 'mois');
    await service.register('gyeonggi-suwon', '수원시', 'BASIC_LOCAL', 'gyeonggi');
    await service.register('gyeonggi-seongnam', '성남시', 'BASIC_LOCAL', 'gyeonggi');
    return service;
  }

  /** The database behind it, to let time pass or to look for what must not be there. */
  database(): pg.Pool {
    return this.pool;
  }

  /** Another api on the same database, which knows of the first only what is on record there. */
  async another(): Promise<Service> {
    const store = await PostgresEventStore.open(this.runtime);
    const app = await createService({ events: store, database: this.runtime }, TokenBook.ofDemoUsers());
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new Service(app, store, () => Promise.resolve(), new pg.Pool({ ...this.runtime, max: 1 }), this.runtime);
  }

  async stop(): Promise<void> {
    await this.pool.end();
    await this.app.close();
    await this.store.close();
    await this.dropDatabase();
  }

  async ask(method: 'GET' | 'POST' | 'PUT', url: string, { as, body, headers }: Ask = {}): Promise<Answer> {
    const raw = typeof body === 'string';
    const answer = await this.app.inject({
      method,
      url,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(raw ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const type = String(answer.headers['content-type'] ?? '');
    const told: unknown = /[/+]json(;|$)/.test(type) ? answer.json() : answer.payload;
    const breaches = contract.breaches(method, url, answer.statusCode, answer.headers, told);
    if (breaches.length > 0)
      throw new Error(`${method} ${url} answered what docs/openapi.json does not say:\n${breaches.join('\n')}`);
    return { status: answer.statusCode, headers: answer.headers as Record<string, string>, body: told };
  }

  get(url: string, as: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask('GET', url, { as, headers });
  }

  post(url: string, as: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask('POST', url, { as, body, headers });
  }

  private async register(agency: string, name: string, tier: AgencyTier, parent: string | null): Promise<void> {
    const principal: Principal = { person: 'person-admin', agency: 'mois', roles: ['administrator'] };
    const by = { person: principal.person, agency: principal.agency };
    const command = { type: 'register-agency', data: { agency, name, tier, parent, by, at: '2026-11-02T00:00:00Z' } } as const;
    await this.app.get(Decisions).execute(AGENCY, agency, command, { commandId: randomUUID(), principal });
  }
}

/** `If-Match` for the revision an answer showed. */
export const seen = (answer: Answer): Record<string, string> => ({ 'if-match': answer.headers['etag'] ?? '' });
/** `X-After` for the change an answer confirmed. */
export const after = (answer: Answer): Record<string, string> => ({ 'x-after': answer.headers['x-position'] ?? '' });

/** A plain opinion on every item of the sample checklist, except on the duplicates, where there is always something to say. */
export const OPINIONS = Array.from({ length: 13 }, (_, index) =>
  index === 1
    ? { item: 2, verdict: 'SUITABLE_WITH_CONDITIONS', text: '공유누리와 겹치는 기능을 연계하여야 한다.' }
    : { item: index + 1, verdict: 'SUITABLE', text: '' },
);

/** So many days from today: what is due must lie ahead whenever the tests run. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const PLAN = {
  title: '수원시 공공시설 통합예약 서비스 구축',
  purpose: '시가 가진 회의실, 강당, 체육시설을 시민이 한 곳에서 검색하고 예약·결제할 수 있게 한다.',
  functions: ['공공시설 검색', '온라인 예약과 승인', '이용료 결제'],
  users: ['시민'],
  data: ['공공시설 대장', '예약 내역'],
  technologies: ['웹'],
  text: '',
  budgetKrw: 780_000_000,
  orderPlannedOn: '2027-03-02',
};

export const SYSTEM = {
  system: 'share-nuri',
  title: '공유누리',
  purpose: '공공기관의 회의실, 강당, 체육시설을 국민이 온라인으로 검색·예약·결제해 빌릴 수 있는 공공자원 통합예약 플랫폼',
  functions: ['공공시설 검색', '온라인 예약과 승인', '이용료 결제'],
  users: ['국민'],
  data: ['공공시설 대장', '예약 내역'],
  technologies: [],
  text: '',
  agency: '행정안전부',
  level: 'central',
  year: 2020,
  source: 'https://www.eshare.go.kr',
};
