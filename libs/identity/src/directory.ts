import { Inject, Injectable } from '@nestjs/common';
import { TokenBook, type Principal, type Role } from '@sajeon/access';
import { Successions, USER } from '@sajeon/decisions';
import {
  delegationsOn,
  grantsOn,
  legalDateOf,
  readRecorded,
  type UserEvent,
  type UserRole,
  type UserState,
} from '@sajeon/domain';
import { EventStore } from '@sajeon/event-store';

/** What somebody may act as: for an agency by grants of their own, or by one delegation. */
export interface Capacity {
  /** The agency's id, or `delegation:<id>`. */
  readonly id: string;
  readonly agency: string;
  readonly roles: readonly UserRole[];
  readonly delegation?: NonNullable<Principal['delegation']>;
  /** 승계: the agency of one's own that took over from `agency`. */
  readonly successor?: string;
}

/** What is not handed down with the cases of an agency: both are about more than cases. */
const NOT_INHERITED: readonly UserRole[] = ['administrator', 'auditor'];

const REMEMBERED = 10_000;

/**
 * Who may act for whom, from the streams of the users. Each question reads what was appended since the last one, so a change applies to the
 * next request in every process.
 */
@Injectable()
export class Directory {
  private readonly known = new Map<string, { readonly state: UserState; readonly next: bigint }>();

  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    private readonly successions: Successions,
    @Inject(TokenBook) private readonly book: TokenBook,
  ) {}

  /** Null when no such user is registered. */
  async user(person: string): Promise<UserState> {
    const before = this.known.get(person);
    let state = before?.state ?? null;
    let next = before?.next ?? 0n;
    for await (const recorded of this.store.readStream(`${USER.prefix}-${person}`, { from: next })) {
      // The stream of a user holds a user's events: `Decisions` lets nothing else in.
      state = USER.decider.evolve(state, readRecorded(recorded) as unknown as UserEvent);
      next = recorded.revision + 1n;
    }
    // Only whom there is: else asking for made-up people would fill the memory.
    if (state !== null) {
      this.known.delete(person);
      this.known.set(person, { state, next });
      const [oldest] = this.known.keys();
      if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    }
    return state;
  }

  /** All that the person may act as at that moment: own agencies first, in the order in which they were granted, then those that these succeed. */
  async capacities(person: string, at: string): Promise<readonly Capacity[]> {
    const user = await this.user(person);
    const on = legalDateOf(at);
    const own = new Map<string, readonly UserRole[]>();
    for (const { agency, roles } of grantsOn(user, on)) own.set(agency, [...new Set([...(own.get(agency) ?? []), ...roles])]);
    const capacities: Capacity[] = await this.withPredecessors(
      [...own].map(([agency, roles]) => ({ id: agency, agency, roles })),
      on,
    );
    for (const { delegation, delegator, agency, roles, kind } of delegationsOn(user, on)) {
      // What the delegator has lost cannot be exercised for them.
      const held = await this.held(delegator, agency, at);
      const left = roles.filter((role) => held.includes(role));
      if (left.length === 0) continue;
      capacities.push({
        id: `delegation:${delegation}`,
        agency,
        roles: left,
        delegation: { id: delegation, delegator, kind },
      });
    }
    return capacities;
  }

  /** What somebody may act as whom no record knows: as the token says, and for the agencies that this one succeeds. */
  async capacitiesOf({ agency, roles }: Principal, at: string): Promise<readonly Capacity[]> {
    const held = roles.filter((role) => role !== 'system');
    return this.withPredecessors([{ id: agency, agency, roles: held }], legalDateOf(at));
  }

  /** 승계: whoever works for an agency works for those that were merged into it, or of which it is a part. */
  private async withPredecessors(own: readonly Capacity[], on: string): Promise<Capacity[]> {
    const capacities = [...own];
    for (const { agency: successor, roles } of own) {
      const inherited = roles.filter((role) => !NOT_INHERITED.includes(role));
      if (inherited.length === 0) continue;
      for (const agency of await this.successions.predecessors(successor, on)) {
        if (capacities.some(({ id }) => id === agency)) continue;
        capacities.push({ id: agency, agency, roles: inherited, successor });
      }
    }
    return capacities;
  }

  /** The roles that the person holds for the agency by grants of their own. */
  async held(person: string, agency: string, at: string): Promise<readonly UserRole[]> {
    const grants = grantsOn(await this.user(person), legalDateOf(at));
    return [...new Set(grants.filter((grant) => grant.agency === agency).flatMap(({ roles }) => roles))];
  }

  /** What a person may be for an agency at that moment, as a rule of the domain asks: by grants, delegations, successions, or by a token alone. */
  async standing(
    person: string,
    agency: string,
    at: string,
  ): Promise<{ readonly known: boolean; readonly suspended: boolean; readonly roles: readonly UserRole[] }> {
    const user = await this.user(person);
    const byToken = user === null ? this.book.of(person) : [];
    const capacities =
      user === null
        ? (await Promise.all(byToken.map((principal) => this.capacitiesOf(principal, at)))).flat()
        : await this.capacities(person, at);
    const roles = capacities.filter((capacity) => capacity.agency === agency).flatMap((capacity) => capacity.roles);
    return { known: user !== null || byToken.length > 0, suspended: user?.suspended === true, roles: [...new Set(roles)] };
  }

  /** A principal that was given elsewhere, as far as it still stands: whoever is registered has what the record grants and nothing more. */
  async confirm(principal: Principal, at: string): Promise<Principal | undefined> {
    const user = await this.user(principal.person);
    if (user === null) return principal;
    const held: readonly Role[] = await this.held(principal.person, principal.agency, at);
    const roles = principal.roles.filter((role) => held.includes(role));
    return roles.length === 0 ? undefined : { ...principal, roles };
  }
}

export function principalIn(person: string, { agency, roles, delegation, successor }: Capacity): Principal {
  return {
    ...{ person, agency, roles },
    ...(delegation === undefined ? {} : { delegation }),
    ...(successor === undefined ? {} : { successor }),
  };
}
