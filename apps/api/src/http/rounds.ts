import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { earlierRound, type EarlierRound } from '@sajeon/domain';
import { EventStore } from '@sajeon/event-store';
import { ProjectionHost, ShowProjectThread, type ThreadConsultation } from '@sajeon/read-models';
import { HttpProblem } from './problem.js';

/** Long enough for a view that follows; a view that does not must not let an order look unconsulted. */
const PATIENCE_MS = 5_000;
/** Nor may it keep anybody from filing: then what it knows has to do, and a second case is the authority's to return. */
const SHORT_PATIENCE_MS = 1_000;

class ViewBehind extends HttpProblem {
  constructor() {
    const ko = '협의 목록이 아직 최근 기록까지 오지 않았습니다. 잠시 뒤 다시 하십시오.';
    const en = 'The list of consultations has not yet followed to the newest record. Try again in a moment.';
    super(503, 'view-behind', { ko, en }, [], { 'retry-after': '2' });
  }
}

/** The consultations of a project: one view knows which they are, and the record of each how it stands. */
@Injectable()
export class Rounds {
  constructor(
    private readonly decisions: Decisions,
    private readonly queries: QueryBus,
    private readonly projections: ProjectionHost,
    private readonly store: EventStore,
  ) {}

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

  /** How each that the view knows of stands now, without drafts that were taken back before anybody saw them. */
  async of(project: string): Promise<readonly EarlierRound[]> {
    const { consultations } = await this.known(project, await this.store.head(), SHORT_PATIENCE_MS);
    const rounds = consultations.map(async ({ consultation, submittedAt }) => {
      const { state } = await this.decisions.load(CONSULTATION, consultation);
      return state === null || (state.phase === 'withdrawn' && submittedAt === null) ? null : earlierRound(state);
    });
    return (await Promise.all(rounds)).filter((round) => round !== null);
  }

  private async known(project: string, asOf: bigint, patience: number) {
    await this.projections.waitFor('project-thread', asOf, patience);
    const { row, position } = await this.queries.execute(new ShowProjectThread(project));
    return { consultations: row?.consultations ?? [], position };
  }
}
