import { Inject, Injectable, Logger } from '@nestjs/common';
import { readRecorded, type PlanContent, type SystemEntry } from '@sajeon/domain';
import { EventStore, type RecordedEvent } from '@sajeon/event-store';
import { OverlapIndex, type OverlapFinding, type OverlapPlan, type OverlapRecord, type PairExplanation } from '@sajeon/overlap';

/**
 * Keeps an overlap index in this process up to date with the log: existing systems, and plans that other agencies have filed.
 * The index is a function of the log alone, so every process has the same one and any past screening can be asked again.
 */
@Injectable()
export class OverlapFeed {
  private readonly logger = new Logger(OverlapFeed.name);
  /** One, whoever asks first: loading takes a moment, and two would each see half. */
  private readonly index = OverlapIndex.create();
  private records = 0;
  private readonly filings = new Map<string, { readonly agency: string; readonly project: string }>();
  private reached = 0n;
  private failure: unknown;
  private readonly waiting = new Set<{
    readonly position: bigint;
    readonly resolve: () => void;
    readonly reject: (cause: unknown) => void;
  }>();
  private stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  start(): void {
    if (this.running) return;
    this.stopping = new AbortController();
    this.running = this.follow(this.stopping.signal).catch((cause: unknown) => {
      this.failure = cause;
      this.logger.error(`overlap index stopped at position ${this.reached}: ${String(cause)}`);
      for (const waiter of this.waiting) waiter.reject(cause);
      this.waiting.clear();
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.running = undefined;
  }

  /** Position up to which the index has read the log, and why it stopped if it did. */
  health(): { readonly position: bigint; readonly records: number; readonly failure: string | undefined } {
    return {
      position: this.reached,
      records: this.records,
      failure: this.failure === undefined ? undefined : String(this.failure),
    };
  }

  /**
   * Compares a plan with everything on record as of a log position (waits until the index has read that far).
   * @param own the plan's own project: its other filings are not overlaps
   */
  async screen(
    plan: PlanContent,
    own: { readonly project: string; readonly agency: string },
    asOf?: bigint,
  ): Promise<OverlapFinding> {
    if (asOf !== undefined) await this.hasReached(asOf);
    const exclude = new Set([...this.filings].filter(([, filing]) => filing.project === own.project).map(([id]) => id));
    const index = await this.index;
    return index.screen({ ...describe(plan), agency: own.agency }, { asOf: asOf ?? this.reached, exclude });
  }

  /**
   * One pair in full, by the engine as it is now and the records as of a log position (waits until the index has read that far); null when
   * the record was not there.
   */
  async compare(plan: PlanContent, agency: string, candidate: string, asOf: bigint): Promise<PairExplanation | null> {
    await this.hasReached(asOf);
    const index = await this.index;
    return index.explain({ ...describe(plan), agency }, candidate, { asOf });
  }

  private hasReached(position: bigint): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure as Error);
    if (this.reached >= position) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiting.add({ position, resolve, reject }));
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const index = await this.index;
    for await (const batch of this.store.subscribe({ after: this.reached, signal })) {
      for (const recorded of batch) {
        this.apply(recorded, index);
        this.reached = recorded.position;
      }
      this.records = index.size();
      for (const waiter of this.waiting) {
        if (waiter.position > this.reached) continue;
        this.waiting.delete(waiter);
        waiter.resolve();
      }
    }
  }

  private apply(recorded: RecordedEvent, index: OverlapIndex): void {
    const event = readRecorded(recorded);
    const id = recorded.stream.slice(recorded.stream.indexOf('-') + 1);
    switch (event.type) {
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

function describe(software: PlanContent | SystemEntry): Omit<OverlapPlan, 'agency'> {
  const { title, purpose, functions, users, data, technologies, text } = software;
  return { title, purpose, functions, users, data, technologies, text };
}
