import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ConcurrencyConflict, CONSULTATION, Decisions } from '@sajeon/decisions';
import { earlierRound, type Consultation, type EarlierRound } from '@sajeon/domain';
import { EventStore, type RecordedEvent } from '@sajeon/event-store';
import { ProjectionHost, ShowProjectThread, type ThreadConsultation } from '@sajeon/read-models';
import { readableId } from './asking.js';
import { HttpProblem } from './problem.js';

/** Long enough for a view that follows; a view that does not must not let an order look unconsulted. */
const PATIENCE_MS = 5_000;
/** Nor may it keep anybody from filing: then what it knows of cases from before they had numbers has to do. */
const SHORT_PATIENCE_MS = 1_000;
/** Somebody was faster so often in one request: then let people look first. */
const ATTEMPTS = 5;

class ViewBehind extends HttpProblem {
  constructor() {
    const ko = '협의 목록이 아직 최근 기록까지 오지 않았습니다. 잠시 뒤 다시 하십시오.';
    const en = 'The list of consultations has not yet followed to the newest record. Try again in a moment.';
    super(503, 'view-behind', { ko, en }, [], { 'retry-after': '2' });
  }
}

/** Where the next consultation of a project goes, and what came before it. */
export interface NextRound {
  readonly consultation: string;
  readonly others: readonly EarlierRound[];
  /** As of which revision of its stream `others` is true; absent for a repeated request, which has its consultation already. */
  readonly expected: 'none' | undefined;
}

/**
 * The consultations of a project, as the record of each says. Each has a number within its project, and its id follows from that: whoever drafts reads
 * 1, 2, 3 … until there is none, and the store lets one only begin the stream that comes next. Consultations from before that have ids of their own and
 * are known by the project's thread.
 */
@Injectable()
export class Rounds {
  /** Where the log was when this process first asked: what has no number was recorded before. */
  private unnumberedUntil: bigint | undefined;

  constructor(
    private readonly decisions: Decisions,
    private readonly queries: QueryBus,
    private readonly projections: ProjectionHost,
    private readonly store: EventStore,
  ) {}

  /**
   * Has a consultation drafted where the project's next one goes. Of two at once one is asked again with the other before it.
   * @throws what `draft` throws
   */
  async draftNext<Drafted>(project: string, commandId: string, draft: (next: NextRound) => Promise<Drafted>): Promise<Drafted> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await draft(await this.next(project, commandId));
      } catch (error) {
        if (!(error instanceof ConcurrencyConflict) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /**
   * Every consultation of the project, oldest first, as of one position of the log: none is missing that was recorded by then.
   * @throws ViewBehind when the view that knows which they are does not follow
   */
  async listed(project: string): Promise<{ readonly consultations: readonly ThreadConsultation[]; readonly asOf: bigint }> {
    const asOf = await this.store.head();
    const { consultations, position } = await this.known(project, asOf, PATIENCE_MS);
    if (position < asOf) throw new ViewBehind();
    return { consultations, asOf };
  }

  /** How each stands now, oldest first, without drafts that were taken back before anybody saw them. */
  async of(project: string): Promise<readonly EarlierRound[]> {
    return standing((await this.recorded(project)).rounds);
  }

  private async next(project: string, commandId: string): Promise<NextRound> {
    const { rounds, free } = await this.recorded(project);
    const drafted = rounds.findIndex(({ events }) => events[0]?.metadata['commandId'] === commandId);
    const repeated = rounds[drafted];
    if (repeated !== undefined)
      return { consultation: repeated.id, others: standing(rounds.slice(0, drafted)), expected: undefined };
    return { consultation: free, others: standing(rounds), expected: 'none' };
  }

  /** Every consultation of the project, oldest first, and the id of the one that would come next. */
  private async recorded(project: string): Promise<{ readonly rounds: readonly Round[]; readonly free: string }> {
    const rounds: Round[] = [];
    let free = numbered(project, 1);
    for (let round = await this.read(free); round !== null; round = await this.read(free)) {
      rounds.push(round);
      free = numbered(project, rounds.length + 1);
    }
    const withNumber = new Set(rounds.map(({ id }) => id));
    this.unnumberedUntil ??= await this.store.head();
    const { consultations } = await this.known(project, this.unnumberedUntil, SHORT_PATIENCE_MS);
    const others = consultations.filter(({ consultation }) => !withNumber.has(consultation));
    const unnumbered = await Promise.all(others.map(({ consultation }) => this.read(consultation)));
    return { rounds: [...unnumbered.filter((round) => round !== null), ...rounds], free };
  }

  private async read(id: string): Promise<Round | null> {
    const { state, events } = await this.decisions.load(CONSULTATION, id);
    return state === null ? null : { id, state, events };
  }

  private async known(project: string, asOf: bigint, patience: number) {
    await this.projections.waitFor('project-thread', asOf, patience);
    const { row, position } = await this.queries.execute(new ShowProjectThread(project));
    return { consultations: row?.consultations ?? [], position };
  }
}

interface Round {
  readonly id: string;
  readonly state: Consultation;
  readonly events: readonly RecordedEvent[];
}

function standing(rounds: readonly Round[]): readonly EarlierRound[] {
  const seen = rounds.filter(
    ({ state, events }) => state.phase !== 'withdrawn' || events.some(({ type }) => type === 'consultation-submitted'),
  );
  return seen.map(({ state }) => earlierRound(state));
}

/** Changed, it would make a second first consultation of every project. */
function numbered(project: string, number: number): string {
  return readableId(`consultation ${number} of project ${project}`);
}
