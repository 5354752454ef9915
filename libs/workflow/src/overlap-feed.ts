import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import {
  thesaurusDecider,
  readRecorded,
  type Finding,
  type PlanContent,
  type ThesaurusEvent,
  type ThesaurusState,
} from '@sajeon/domain';
import { EventStore } from '@sajeon/event-store';
import {
  SHIPPED,
  type Example,
  type OverlapFinding,
  type OverlapPlan,
  type OverlapRecord,
  type PairExplanation,
  type WeightSet,
} from '@sajeon/overlap';
import { textIn, type Closeness } from './closeness.js';
import { describe, OverlapEdition } from './overlap-edition.js';
import type { Label } from './labels.js';
import type { OverlapSnapshots } from './overlap-snapshots.js';
import { compareFindings, type Recomputation } from './recomputation.js';

/** What would be found if one function were not in the plan. */
export interface Dropped {
  /** Its place in the plan's list, from 0. */
  readonly function: number;
  /** Of the likeliest candidate that is left. */
  readonly probability: number;
  /** Candidates that would still be flagged. */
  readonly flagged: readonly string[];
}

/** The plan as if it had never named these functions; cost lines follow the functions to their new places. */
export function withoutFunctions(plan: PlanContent, dropped: ReadonlySet<number>): PlanContent {
  const kept = plan.functions.map((_, place) => place).filter((place) => !dropped.has(place));
  const { costLines, ...rest } = plan;
  const lines = costLines?.map((line) => ({
    ...line,
    functions: line.functions.map((place) => kept.indexOf(place)).filter((place) => place >= 0),
  }));
  return { ...rest, functions: plan.functions.filter((_, place) => !dropped.has(place)), ...(lines && { costLines: lines }) };
}

export const OVERLAP_SETTINGS = Symbol('overlap settings');

/** What an installation may choose. Every process of it must choose the same. */
export interface OverlapSettings {
  /** Weights in force instead of the shipped ones. */
  readonly weights?: WeightSet;
  /** Weights that were in force once, so that findings made with them can be computed again. The shipped ones are always known. */
  readonly formerWeights?: readonly WeightSet[];
  readonly closeness?: Closeness;
  /** Where to keep a snapshot for the next start; none is kept without. */
  readonly snapshots?: OverlapSnapshots;
}

/** Id of the one stream of the thesaurus. */
export const NATIONAL_THESAURUS = 'national';

/** Editions with an older thesaurus kept for questions about the past; each costs as much memory as the one in use. */
const PAST_EDITIONS = 1;

interface Following {
  readonly edition: OverlapEdition;
  readonly stopping: AbortController;
  readonly done: Promise<void>;
}

/**
 * Keeps an overlap index in this process up to date with the log: existing systems, and plans that other agencies have filed.
 * The index is a function of the log alone, so every process has the same one and any past screening can be asked again.
 *
 * When an administrator changes the thesaurus, an index with the new one is built beside the one in use, which goes on answering; what is
 * asked as of a position is answered with the thesaurus of that position, and waits for it.
 */
@Injectable()
export class OverlapFeed {
  private readonly logger = new Logger(OverlapFeed.name);
  private serving: Promise<Following> | undefined;
  /** By version of the thesaurus, newest use last. */
  private readonly past = new Map<number, Promise<Following>>();
  /** Known once the first edition is there. */
  private current: OverlapEdition | undefined;
  private building: { readonly version: number; readonly following: Promise<Following> } | undefined;
  private failure: unknown;
  private stopped = false;

  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Optional() @Inject(OVERLAP_SETTINGS) private readonly settings: OverlapSettings = {},
  ) {}

  start(): void {
    this.serving ??= this.begin();
  }

  async stop(): Promise<void> {
    // A failure to save costs the next start some seconds, nothing else.
    await this.saveSnapshot().catch((cause: unknown) => this.logger.warn(`no snapshot of the overlap index: ${String(cause)}`));
    this.stopped = true;
    const all = [this.serving, this.building?.following, ...this.past.values()].filter((one) => one !== undefined);
    for (const started of await Promise.allSettled(all)) {
      if (started.status === 'rejected') continue;
      started.value.stopping.abort();
      await started.value.done;
    }
    this.serving = undefined;
    this.building = undefined;
    this.past.clear();
    this.stopped = false;
  }

  /** Position up to which the index has read the log, and why it stopped if it did. */
  health(): { readonly position: bigint; readonly records: number; readonly failure: string | undefined } {
    const failure = this.failure ?? this.current?.failure;
    return {
      position: this.current?.reached ?? 0n,
      records: this.current?.index.size() ?? 0,
      failure: failure === undefined ? undefined : String(failure),
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
    weights: WeightSet = this.settings.weights ?? SHIPPED,
  ): Promise<OverlapFinding> {
    const edition = await this.editionAt(asOf);
    const exclude = new Set([...edition.filings].filter(([, filing]) => filing.project === own.project).map(([id]) => id));
    const { costLines } = plan;
    const at = asOf ?? edition.reached;
    const finding = edition.index.screen(
      { ...describe(plan), agency: own.agency },
      { asOf: at, exclude, weights, ...(costLines && { costLines }) },
    );
    const { closeness } = this.settings;
    if (!closeness) return finding;
    return closeness.added(finding, plan, (id) => textIn(edition.index.recordAt(id, at) ?? plan));
  }

  /**
   * What becomes of the finding when one function is left out of the plan, for each function. The plan is compared again each time, so that
   * the answer is the one that the shorter plan would get.
   */
  async withoutEach(plan: PlanContent, own: { readonly project: string; readonly agency: string }): Promise<readonly Dropped[]> {
    const answers: Dropped[] = [];
    for (let dropped = 0; dropped < plan.functions.length; dropped++) {
      const { candidates } = await this.screen(withoutFunctions(plan, new Set([dropped])), own);
      const flagged = candidates.filter((candidate) => candidate.flagged).map(({ id }) => id);
      answers.push({ function: dropped, probability: candidates[0]?.probability ?? 0, flagged });
      // Each comparison takes some milliseconds: others get a turn in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return answers;
  }

  /**
   * One pair in full, by the engine as it is now and the records as of a log position (waits until the index has read that far); null when
   * the record was not there.
   */
  async compare(
    plan: PlanContent,
    agency: string,
    candidate: string,
    asOf: bigint,
  ): Promise<(PairExplanation & { readonly sides: readonly [OverlapPlan, OverlapRecord] }) | null> {
    const { index } = await this.editionAt(asOf);
    const mine = { ...describe(plan), agency };
    const pair = index.explain(mine, candidate, { asOf });
    const other = index.recordAt(candidate, asOf);
    return pair && other && { ...pair, sides: [mine, other] };
  }

  /** What the engine sees in each settled pair, for learning; pairs whose record was not there are left out. */
  async examples(settled: readonly Label[]): Promise<readonly Example[]> {
    const found: Example[] = [];
    for (const { plan, agency, candidate, consultation, asOf, confirmed } of settled) {
      const { index } = await this.editionAt(asOf);
      const seen = index.featuresOf({ ...describe(plan), agency }, candidate, asOf);
      if (seen) found.push({ ...seen, name: `${consultation} ${candidate}`, group: consultation, confirmed });
    }
    return found;
  }

  /** The weights in force. */
  get weights(): WeightSet {
    return this.settings.weights ?? SHIPPED;
  }

  /** Computes a recorded finding again as of its position, with the thesaurus of that position, and compares every byte. */
  async recompute(
    finding: Finding,
    plan: PlanContent,
    own: { readonly project: string; readonly agency: string },
  ): Promise<Recomputation> {
    const known = [this.settings.weights ?? SHIPPED, SHIPPED, ...(this.settings.formerWeights ?? [])];
    const weights = known.find(({ id }) => id === finding.engine['weights']);
    return compareFindings(finding, await this.screen(plan, own, BigInt(finding.inventoryPosition), weights));
  }

  private async begin(): Promise<Following> {
    try {
      const thesaurus = await this.newestThesaurus();
      const following = this.follow((await this.restored(thesaurus)) ?? (await OverlapEdition.with(thesaurus)));
      this.current = following.edition;
      return following;
    } catch (cause) {
      this.failure = cause;
      throw cause;
    }
  }

  /** From the snapshot of this very log and thesaurus, null when there is none that can be used. */
  private async restored(thesaurus: ThesaurusState): Promise<OverlapEdition | null> {
    const { snapshots } = this.settings;
    const log = snapshots && (await this.log());
    const bytes = log ? await snapshots.read(log) : null;
    if (!bytes) return null;
    try {
      const edition = await OverlapEdition.restored(bytes, thesaurus);
      // A log that was put back to an older state must not be answered for from what it no longer holds.
      return edition.reached <= (await this.store.head()) ? edition : null;
    } catch (cause) {
      this.logger.warn(`the snapshot of the overlap index is not used, the log is read instead: ${String(cause)}`);
      return null;
    }
  }

  /** Names the log by its first event; undefined while it is empty. */
  private async log(): Promise<string | undefined> {
    for await (const first of this.store.readAll({ limit: 1 })) return first.id;
    return undefined;
  }

  /** Keeps what the next start begins with. Taken between two slices of work, so that it stands at a whole position. */
  async saveSnapshot(): Promise<void> {
    const log = this.settings.snapshots && (await this.log());
    const edition = (await this.serving)?.edition;
    if (!log || !edition || edition.failure !== undefined) return;
    await this.settings.snapshots?.write(log, edition.snapshot());
  }

  private follow(edition: OverlapEdition, until?: bigint): Following {
    const stopping = new AbortController();
    if (this.stopped) stopping.abort();
    const done = edition
      .follow(this.store, stopping.signal, until, (thesaurus) => this.thesaurusChanged(edition, thesaurus))
      .catch((cause: unknown) => this.logger.error(`overlap index stopped at position ${edition.reached}: ${String(cause)}`));
    return { edition, stopping, done };
  }

  /** Builds the next edition beside the one in use, which serves until the new one has read as far. */
  private thesaurusChanged(edition: OverlapEdition, thesaurus: ThesaurusState): void {
    if (edition !== this.current || this.stopped || thesaurus.version <= (this.building?.version ?? edition.version)) return;
    const { version } = thesaurus;
    const following = this.newestThesaurus().then(async (newest) => this.follow(await OverlapEdition.with(newest)));
    const former = this.building;
    this.building = { version, following };
    void former?.following.then(({ stopping }) => stopping.abort());
    void this.replaceBy(following).catch((cause: unknown) => this.logger.error(`no new overlap index: ${String(cause)}`));
  }

  private async replaceBy(next: Promise<Following>): Promise<void> {
    const { edition } = await next;
    const former = await this.serving;
    await edition.hasReached(former?.edition.reached ?? 0n);
    if (this.building?.following !== next) return;
    this.serving = next;
    this.current = edition;
    this.building = undefined;
    if (former) this.keep(former);
    // Changed again while it was being built.
    if (edition.thesaurus.version > edition.version) this.thesaurusChanged(edition, edition.thesaurus);
  }

  private keep(former: Following): void {
    // It is asked about the time before the change only, and has read that.
    former.stopping.abort();
    this.past.set(former.edition.version, Promise.resolve(former));
    this.forgetOldest();
  }

  private forgetOldest(): void {
    for (const [version, following] of this.past) {
      if (this.past.size <= PAST_EDITIONS) return;
      this.past.delete(version);
      void following.then(({ stopping }) => stopping.abort());
    }
  }

  /** With the thesaurus that was in force there; without a position, whichever edition serves now. */
  private async editionAt(asOf: bigint | undefined): Promise<OverlapEdition> {
    this.start();
    let edition = (await this.serving)?.edition;
    if (!edition) throw this.failure;
    if (asOf === undefined) return edition;
    await edition.hasReached(asOf);
    const { version, until } = edition.versionAt(asOf);
    if (edition.version !== version) {
      edition = (await (this.building?.version === version ? this.building.following : this.pastEdition(version, until))).edition;
      await edition.hasReached(asOf);
    }
    return edition;
  }

  private pastEdition(version: number, until: bigint | undefined): Promise<Following> {
    const known = this.past.get(version);
    const following =
      known ?? this.thesaurusOf(version).then(async (thesaurus) => this.follow(await OverlapEdition.with(thesaurus), until));
    this.past.delete(version);
    this.past.set(version, following);
    this.forgetOldest();
    return following;
  }

  private newestThesaurus(): Promise<ThesaurusState> {
    return this.thesaurusOf(Infinity);
  }

  private async thesaurusOf(version: number): Promise<ThesaurusState> {
    let state = thesaurusDecider.initialState;
    for await (const recorded of this.store.readStream(`thesaurus-${NATIONAL_THESAURUS}`)) {
      if (state.version >= version) break;
      // The stream holds thesaurus events only: no other decider writes to it.
      state = thesaurusDecider.evolve(state, readRecorded(recorded) as ThesaurusEvent);
    }
    return state;
  }
}
