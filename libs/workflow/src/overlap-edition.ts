import { readRecorded, thesaurusDecider, type PlanContent, type SystemEntry, type ThesaurusState } from '@sajeon/domain';
import type { EventStore, RecordedEvent } from '@sajeon/event-store';
import { loadAnalyzer, OverlapIndex, type OverlapPlan, type OverlapRecord, type ThesaurusExtension } from '@sajeon/overlap';
import { createHash } from 'node:crypto';

/** Longest stretch of work on an index before others get a turn, in milliseconds. */
const SLICE = 8;

/** What an edition knows beside its index. */
interface Beside {
  /** SHA-256 of the index that follows. */
  readonly index: string;
  readonly reached: string;
  readonly filings: readonly (readonly [string, Filing])[];
  readonly thesaurus: ThesaurusState;
  readonly versions: readonly (readonly [string, number])[];
}

function isBeside(value: unknown): value is Beside {
  // A checksum stands over the rest, and the versions of the engine inside: what passes both was written by this code.
  return typeof value === 'object' && value !== null && 'index' in value && 'reached' in value && 'filings' in value;
}

function extensionOf({ version, concepts }: ThesaurusState): ThesaurusExtension {
  return { version: version === 0 ? '' : String(version), concepts };
}

/** Who filed a consultation, and for which project. */
interface Filing {
  readonly agency: string;
  readonly project: string;
}

/**
 * An overlap index made with one state of the thesaurus, and its way through the log. The same log gives the same index to every process,
 * whenever it starts and however the events come in batches; a changed thesaurus makes another edition, never another answer of this one.
 */
export class OverlapEdition {
  readonly filings = new Map<string, Filing>();
  #reached = 0n;
  #failure: unknown;
  #warming = false;
  #thesaurus: ThesaurusState = thesaurusDecider.initialState;
  readonly #versions: { readonly from: bigint; readonly version: number }[] = [];
  readonly #waiting = new Set<{
    readonly position: bigint;
    readonly resolve: () => void;
    readonly reject: (cause: unknown) => void;
  }>();

  private constructor(
    readonly index: OverlapIndex,
    /** Of the thesaurus that it was made with. */
    readonly version: number,
  ) {}

  /** An empty one. */
  static async with(thesaurus: ThesaurusState): Promise<OverlapEdition> {
    return new OverlapEdition(await OverlapIndex.create({ thesaurus: extensionOf(thesaurus) }), thesaurus.version);
  }

  /**
   * One that goes on from where another stood when its snapshot was taken.
   * @throws RangeError when the bytes are damaged or of another engine or thesaurus: read the log from its beginning then
   */
  static async restored(bytes: Uint8Array, thesaurus: ThesaurusState): Promise<OverlapEdition> {
    const newline = bytes.indexOf(10);
    if (newline < 0) throw new RangeError('not a snapshot of an overlap edition');
    const written: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(0, newline)));
    if (!isBeside(written)) throw new RangeError('not a snapshot of an overlap edition');
    // A copy of its own: a Buffer that was read from a file begins anywhere in a larger one.
    const content = new Uint8Array(bytes.subarray(newline + 1));
    if (createHash('sha256').update(content).digest('hex') !== written.index) throw new RangeError('the snapshot is damaged');
    const index = OverlapIndex.restore(content, { analyzer: await loadAnalyzer(), thesaurus: extensionOf(thesaurus) });
    const edition = new OverlapEdition(index, thesaurus.version);
    for (const [id, filing] of written.filings) edition.filings.set(id, filing);
    edition.#thesaurus = written.thesaurus;
    for (const [from, version] of written.versions) edition.#versions.push({ from: BigInt(from), version });
    edition.#reached = BigInt(written.reached);
    return edition;
  }

  /** Everything that it took from the log so far, for a quick start of another process: a line of JSON, then the index with its checksum. */
  snapshot(): Uint8Array {
    const index = this.index.snapshot();
    const beside: Beside = {
      index: createHash('sha256').update(index).digest('hex'),
      reached: String(this.#reached),
      filings: [...this.filings],
      thesaurus: this.#thesaurus,
      versions: this.#versions.map(({ from, version }) => [String(from), version]),
    };
    const head = new TextEncoder().encode(`${JSON.stringify(beside)}\n`);
    const bytes = new Uint8Array(head.length + index.length);
    bytes.set(head);
    bytes.set(index, head.length);
    return bytes;
  }

  /** Last position read. */
  get reached(): bigint {
    return this.#reached;
  }

  get failure(): unknown {
    return this.#failure;
  }

  /** The thesaurus as of the last position read: another than its own when a newer edition is due. */
  get thesaurus(): ThesaurusState {
    return this.#thesaurus;
  }

  /** The version of the thesaurus that was in force at a position that has been read, and the position from which the next one is. */
  versionAt(position: bigint): { readonly version: number; readonly until: bigint | undefined } {
    const next = this.#versions.findIndex(({ from }) => from > position);
    const last = next < 0 ? this.#versions.at(-1) : this.#versions[next - 1];
    return { version: last?.version ?? 0, until: next < 0 ? undefined : this.#versions[next]?.from };
  }

  /** Resolves when the log has been read up to there; rejects when reading has failed. */
  hasReached(position: bigint): Promise<void> {
    if (this.#reached >= position) return Promise.resolve();
    if (this.#failure !== undefined) return Promise.reject(this.#failure as Error);
    return new Promise((resolve, reject) => this.#waiting.add({ position, resolve, reject }));
  }

  /**
   * Reads the log from where it stands and goes on with what comes, in small slices: requests are answered in between.
   * @param until where it may stop: the thesaurus changed there
   * @param outdated called when the log says that the thesaurus is no longer its own
   */
  async follow(
    store: EventStore,
    signal: AbortSignal,
    until?: bigint,
    outdated: (thesaurus: ThesaurusState) => void = () => undefined,
  ): Promise<void> {
    try {
      let began = performance.now();
      this.#warm(signal);
      for await (const batch of store.subscribe({ after: this.#reached, signal })) {
        for (const recorded of batch) {
          if (until !== undefined && recorded.position >= until) {
            this.#advance(until - 1n);
            return;
          }
          this.#apply(recorded);
          this.#reached = recorded.position;
          if (performance.now() - began > SLICE) {
            await new Promise((resolve) => setImmediate(resolve));
            began = performance.now();
            if (signal.aborted) return;
          }
        }
        this.#advance(this.#reached);
        this.#warm(signal);
        if (this.#thesaurus.version > this.version) outdated(this.#thesaurus);
      }
    } catch (cause) {
      this.#failure = cause;
      for (const waiter of this.#waiting) waiter.reject(cause);
      this.#waiting.clear();
      throw cause;
    }
  }

  /** Beside what comes, so that nobody waits for it: neither a new record nor the first question after a start or an epoch. */
  #warm(signal: AbortSignal): void {
    if (this.#warming) return;
    this.#warming = true;
    void (async () => {
      let began = performance.now();
      for (const _step of this.index.warming()) {
        if (performance.now() - began > SLICE) {
          await new Promise((resolve) => setImmediate(resolve));
          began = performance.now();
          if (signal.aborted) return;
        }
      }
    })()
      // Whatever is wrong will be said to whoever asks; here it costs nothing but the head start.
      .catch(() => undefined)
      .finally(() => (this.#warming = false));
  }

  #advance(position: bigint): void {
    this.#reached = position;
    for (const waiter of this.#waiting) {
      if (waiter.position > position) continue;
      this.#waiting.delete(waiter);
      waiter.resolve();
    }
  }

  #apply(recorded: RecordedEvent): void {
    const event = readRecorded(recorded);
    const { index } = this;
    const id = recorded.stream.slice(recorded.stream.indexOf('-') + 1);
    switch (event.type) {
      case 'concept-added':
      case 'concept-withdrawn':
        this.#thesaurus = thesaurusDecider.evolve(this.#thesaurus, event);
        this.#versions.push({ from: recorded.position, version: this.#thesaurus.version });
        return;
      case 'system-registered':
      case 'system-entry-corrected':
        index.put(systemRecord(id, event.data.entry), recorded.position);
        return;
      case 'system-retired':
        index.remove(id, recorded.position);
        return;
      case 'consultation-drafted':
        this.filings.set(id, { agency: event.data.applicant.name, project: event.data.project });
        return;
      case 'consultation-submitted':
      case 'response-submitted':
        index.put(
          { ...describe(event.data.plan.content), id, kind: 'plan', agency: this.filings.get(id)?.agency ?? '' },
          recorded.position,
        );
        return;
      // What will not be built is no longer a second payment for the same thing.
      case 'consultation-returned':
      case 'consultation-withdrawn':
        index.remove(id, recorded.position);
        return;
      case 'result-notified':
        if (event.data.outcome === 'HOLD') index.remove(id, recorded.position);
        return;
      default:
        return;
    }
  }
}

function systemRecord(id: string, entry: SystemEntry): OverlapRecord {
  return { ...describe(entry), id, kind: 'system', agency: entry.agency, level: entry.level };
}

/** A plan or an entry as the comparison reads it. */
export function describe(software: PlanContent | SystemEntry): Omit<OverlapPlan, 'agency'> {
  const { title, purpose, functions, users, data, technologies, text } = software;
  return { title, purpose, functions, users, data, technologies, text };
}
