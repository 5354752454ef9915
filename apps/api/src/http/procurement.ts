import { Injectable, Logger } from '@nestjs/common';
import { AuditLog, LogKey, MalformedNote, parseNote, signersOf, tokenKeyFile, type Note } from '@sajeon/audit';
import { AGENCY, CONSULTATION, Decisions, PROJECT, Routing } from '@sajeon/decisions';
import {
  authorizationOf,
  consultedPlanOf,
  legalDateOf,
  readRecorded,
  readTokenText,
  RuleViolated,
  tokenText,
  type AgencyAsNamed,
  type ConsultationEvent,
  type ConsultedPlan,
  type ProcurementAuthorization,
} from '@sajeon/domain';
import { HttpProblem, malformed, NoSuchRecord } from './problem.js';
import { Rounds } from './rounds.js';

class TokensNotIssued extends HttpProblem {
  constructor() {
    const ko = '이 서비스에는 토큰 서명키가 정해져 있지 않습니다(SAJEON_TOKEN_KEY). 관리자에게 문의하십시오.';
    const en = 'No key for tokens is set on this service (SAJEON_TOKEN_KEY). Ask the administrator.';
    super(503, 'tokens-not-issued', { ko, en }, [], { 'retry-after': '3600' });
  }
}

/** Which orders the decisions cover, and the tokens that say so. */
@Injectable()
export class Procurement {
  private key: LogKey | undefined;

  constructor(
    private readonly decisions: Decisions,
    private readonly routing: Routing,
    private readonly rounds: Rounds,
    private readonly log: AuditLog,
  ) {}

  /**
   * Every consultation of the project that was ever filed, as of one position of the log: none is missing that was recorded by then.
   * @throws ViewBehind when the view that knows which they are does not follow
   */
  async consulted(project: string): Promise<{ readonly plans: readonly ConsultedPlan[]; readonly asOf: bigint }> {
    const { consultations, asOf } = await this.rounds.listed(project);
    const plans: ConsultedPlan[] = [];
    for (const { consultation } of consultations) {
      const { events } = await this.decisions.load(CONSULTATION, consultation);
      const known = events.filter((event) => event.position <= asOf).map(readRecorded);
      // A consultation stream holds consultation events: that is what the write side guarantees.
      const plan = consultedPlanOf(known as ConsultationEvent[]);
      if (plan !== null) plans.push(plan);
    }
    return { plans, asOf };
  }

  /** An agency as it is called now, also one that is dissolved: an order is a fact. @throws RuleViolated `unknown-agency` */
  async agencyAsNamed(id: string): Promise<AgencyAsNamed> {
    const { state } = await this.decisions.load(AGENCY, id);
    return state === null ? this.routing.applicant(id) : { id, name: state.name, tier: state.tier };
  }

  /** Who would have reviewed; null when the rules or agencies of that day do not say. */
  async authorityOf(agency: string, on: string): Promise<AgencyAsNamed | null> {
    try {
      return await this.routing.authorityOf(agency, on);
    } catch (error) {
      if (error instanceof RuleViolated) return null;
      throw error;
    }
  }

  /** What may be ordered now. @throws NoSuchRecord, RuleViolated `nothing-may-be-ordered` */
  async authorization(project: string): Promise<ProcurementAuthorization> {
    const { state } = await this.decisions.load(PROJECT, project);
    if (state === null) throw new NoSuchRecord();
    const { plans, asOf } = await this.consulted(project);
    const agency = await this.agencyAsNamed(state.agency);
    const today = legalDateOf(new Date().toISOString());
    return authorizationOf({ project, agency, abandoned: state.abandoned }, plans, today, String(asOf));
  }

  sign(authorization: ProcurementAuthorization): string {
    return this.tokenKey().signText(tokenText(authorization));
  }

  /** Whether a key of this service signed the token, and what it says. @throws HttpProblem `not-a-token` */
  read(token: string): { readonly genuine: boolean; readonly says: ProcurementAuthorization } {
    let note: Note;
    try {
      note = parseNote(token);
    } catch (error) {
      if (!(error instanceof MalformedNote)) throw error;
      throw malformed('/token', 'not-a-token', { ko: '발주 확인 토큰이 아닙니다.', en: 'This is not a procurement token.' });
    }
    return { says: readTokenText(note.text), genuine: signersOf(note, this.tokenKey().everKnown()).length > 0 };
  }

  /** Public keys of every key that ever signed a token here, one a line. */
  keys(): string {
    return this.tokenKey()
      .everKnown()
      .map(({ text }) => `${text}\n`)
      .join('');
  }

  private tokenKey(): LogKey {
    // A key that every machine makes for itself proves nothing: in production somebody has to name it.
    if (process.env['NODE_ENV'] === 'production' && !process.env['SAJEON_TOKEN_KEY']?.trim()) throw new TokensNotIssued();
    if (this.key === undefined) {
      const name = `${this.log.origin}/procurement`;
      this.key = LogKey.open(tokenKeyFile(name), name);
      new Logger('procurement').log(`signing tokens with ${this.key.file}`);
    }
    return this.key;
  }
}
