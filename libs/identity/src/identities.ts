import { Inject, Injectable } from '@nestjs/common';
import { TokenBook, type Principal } from '@sajeon/access';
import { ApiKeys } from './api-keys.js';
import { Directory, principalIn, type Capacity } from './directory.js';
import { Provider } from './provider.js';
import { Sessions, type OpenSession } from './sessions.js';

/** How a request says who sends it. */
export interface Credentials {
  readonly bearer?: string | undefined;
  /** What the browser holds. */
  readonly cookie?: string | undefined;
  /** What the sender wants to act as, an agency's id or `delegation:<id>`; what the session says, or the first of all, unless given. */
  readonly actAs?: string | undefined;
  /** From where it comes. */
  readonly address: string;
}

export interface Identified {
  readonly person: string;
  /** Null for somebody who is known but has no role anywhere (any longer), or not the one asked for. */
  readonly principal: Principal | null;
  readonly session: OpenSession | null;
}

/** Who sends a request, by whichever credentials. Asked for every request, so that what is revoked no longer counts. */
@Injectable()
export class Identities {
  constructor(
    @Inject(TokenBook) private readonly book: TokenBook,
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly keys: ApiKeys,
    private readonly provider: Provider,
  ) {}

  /** Undefined when the credentials are none, unknown, ended or revoked. A bearer token goes before a cookie. */
  async identify({ bearer, cookie, actAs, address }: Credentials, at: string): Promise<Identified | undefined> {
    if (bearer !== undefined) return this.byBearer(bearer, actAs, at);
    if (cookie !== undefined) return this.byCookie(cookie, actAs, address, at);
    return undefined;
  }

  private async byBearer(bearer: string, actAs: string | undefined, at: string): Promise<Identified | undefined> {
    const known = ApiKeys.looksLikeOne(bearer) ? await this.keys.find(bearer) : this.book.find(bearer);
    if (known !== undefined) {
      const { person } = known;
      if (actAs !== undefined && actAs !== known.agency) return this.acting(person, actAs, at, known);
      return { person, principal: (await this.directory.confirm(known, at)) ?? null, session: null };
    }
    if (bearer.split('.').length !== 3) return undefined;
    const machine = await this.provider.machine(bearer);
    if (machine === undefined) return undefined;
    const { person, principal } = await this.acting(machine.person, actAs, at);
    return { person, principal: principal && { ...principal, scopes: machine.scopes }, session: null };
  }

  private async byCookie(
    cookie: string,
    actAs: string | undefined,
    address: string,
    at: string,
  ): Promise<Identified | undefined> {
    const session = await this.sessions.find(cookie, address);
    if (session === undefined || !(await this.stillVouchedFor(cookie, session))) return undefined;
    return { ...(await this.acting(session.person, actAs ?? session.capacity ?? undefined, at)), session };
  }

  /** @param known what a token says of somebody, who may not be on record */
  private async acting(person: string, actAs: string | undefined, at: string, known?: Principal): Promise<Identified> {
    const unregistered = known !== undefined && (await this.directory.user(person)) === null;
    const held = unregistered ? this.directory.capacitiesOf(known, at) : this.directory.capacities(person, at);
    const capacity = chosen(await held, actAs);
    return { person, principal: capacity === undefined ? null : principalIn(person, capacity), session: null };
  }

  private async stillVouchedFor(cookie: string, { checkAt, person, session }: OpenSession): Promise<boolean> {
    if (checkAt === null || Date.parse(checkAt) > Date.now()) return true;
    const tokens = await this.sessions.tokens(cookie);
    const fresh = tokens === null ? undefined : await this.provider.refresh(tokens);
    if (fresh === undefined) {
      await this.sessions.end(person, session);
      return false;
    }
    await this.sessions.keepTokens(cookie, fresh);
    return true;
  }
}

function chosen(capacities: readonly Capacity[], actAs: string | undefined): Capacity | undefined {
  return actAs === undefined ? capacities[0] : capacities.find(({ id }) => id === actAs);
}
