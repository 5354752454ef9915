import { openEvents, serverDatabase } from '@sajeon/event-store';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads';
import pg, { type PoolConfig } from 'pg';
import { LogKey } from './log-key.js';
import { Sealer, type SealerHealth } from './sealer.js';

const RESTART_MS = 1_000;
const REPORT_MS = 100;
/** A sealer that does not end by then waits for a database that is away. What it was at is in one statement, or not at all. */
const STOP_MS = 8_000;
const MARK = 'sajeon-sealing';

/** What the thread opens for itself: nothing that is open passes from one thread to another. */
export interface SealingThreadOptions {
  readonly database: PoolConfig;
  readonly keyFile: string;
  readonly origin: string;
  readonly dense: boolean;
  /** As of a `Sealer`. */
  readonly withAppend?: number | undefined;
  readonly onFailure?: (message: string) => void;
  /** Arguments of Node for the thread. */
  readonly execArgv?: readonly string[];
}

type Message = { readonly health: SealerHealth } | { readonly failure: string };

/**
 * A sealer in a thread of its own, with its own connections: hashing and JSON of every event would otherwise take their time from the
 * thread that answers and appends. A thread that ends by itself is started anew: the log goes on from its tables, as after a crash.
 */
export class SealingThread {
  #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #health: SealerHealth = { status: 'stopped', size: 0n, position: 0n };

  constructor(private readonly options: SealingThreadOptions) {}

  start(): void {
    if (this.#running) return;
    this.#stopping = new AbortController();
    this.#running = this.keepRunning(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#running = undefined;
    if (this.#health.status !== 'refused') this.#health = { ...this.#health, status: 'stopped' };
  }

  /** As of a tenth of a second ago. */
  health(): SealerHealth {
    return this.#health;
  }

  private async keepRunning(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const cause = await this.runOnce(signal);
      if (signal.aborted) return;
      this.options.onFailure?.(cause);
      this.#health = { ...this.#health, status: 'stalled', cause };
      await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined); // aborted: over early
    }
  }

  /** @returns why it ended */
  private async runOnce(signal: AbortSignal): Promise<string> {
    const { database, keyFile, origin, dense, withAppend, execArgv } = this.options;
    // As JSON: a pool's configuration may have members that cannot pass, such as functions, and needs none of them.
    const start: ThreadStart = { mark: MARK, database: JSON.stringify(database), keyFile, origin, dense, withAppend };
    const worker = new Worker(new URL(import.meta.url), {
      workerData: start,
      env: { ...process.env },
      ...(execArgv && { execArgv: [...execArgv] }),
    });
    let cause = 'the sealing thread ended';
    worker.on('message', (message: Message) => {
      if ('health' in message) this.#health = message.health;
      else this.options.onFailure?.(message.failure);
    });
    worker.on('error', (error) => (cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error)));
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    const stop = () => {
      worker.postMessage('stop');
      setTimeout(() => void worker.terminate(), STOP_MS).unref();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    await ended;
    signal.removeEventListener('abort', stop);
    return cause;
  }
}

interface ThreadStart {
  readonly mark: typeof MARK;
  readonly database: string;
  readonly keyFile: string;
  readonly origin: string;
  readonly dense: boolean;
  readonly withAppend: number | undefined;
}

const isStart = (data: unknown): data is ThreadStart =>
  typeof data === 'object' && data !== null && 'mark' in data && data.mark === MARK;

async function seal({ database, keyFile, origin, dense, withAppend }: ThreadStart, port: MessagePort): Promise<void> {
  const given = JSON.parse(database) as PoolConfig; // written above
  // Passwords and certificates that are read anew for every connection do not pass; the environment, which names them, does.
  const config = { ...given, ...serverDatabase() };
  const pool = new pg.Pool({ application_name: 'sajeon-sealer', ...config, max: 4 });
  // Without a listener an idle connection that the server closes would end the thread.
  pool.on('error', () => undefined);
  const store = await openEvents(config);
  const tell = (message: Message) => port.postMessage(message);
  const onFailure = (error: unknown) =>
    tell({ failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  const sealer = new Sealer({
    store,
    pool,
    key: LogKey.open(keyFile, origin),
    dense,
    ...(withAppend !== undefined && { withAppend }),
    onFailure,
  });
  let told: SealerHealth | undefined;
  const report = () => {
    if (sealer.health() !== told) tell({ health: (told = sealer.health()) });
  };
  const reporting = setInterval(report, REPORT_MS);
  port.once('message', () => {
    void (async () => {
      await sealer.stop();
      clearInterval(reporting);
      report();
      await store.close();
      await pool.end();
      port.close();
    })();
  });
  sealer.start();
}

// A failure ends the thread, and is told to whoever started it.
if (!isMainThread && parentPort && isStart(workerData)) void seal(workerData, parentPort);
