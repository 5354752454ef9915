import { Injectable } from '@nestjs/common';
import {
  grantsOn,
  legalDateOf,
  type Actor,
  type ConflictFacts,
  type DomainEvent,
  type Stamp,
  type UserRole,
} from '@sajeon/domain';
import { Decisions, type Envelope, type StreamKind } from './decisions.js';
import { USER } from './kinds.js';
import { Successions } from './successions.js';

/** Roles in which somebody works on cases for an agency. */
const WORKING: readonly UserRole[] = ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner'];

/** 이해충돌: looks up what the rules cannot know from the acting agency alone. */
@Injectable()
export class Conflicts {
  constructor(
    private readonly decisions: Decisions,
    private readonly successions: Successions,
  ) {}

  /** The command with what has to be known of whoever sends it: whether they are of the applicant agency in any other way. */
  async lookedUp<
    C extends { readonly data: Stamp & ConflictFacts },
    E extends DomainEvent,
    S extends { readonly applicant: { readonly id: string } } | null,
  >(kind: StreamKind<C, E, S>, id: string, command: C, { principal }: Envelope): Promise<C> {
    if (principal.roles.includes('system')) return command;
    const { state } = await this.decisions.load(kind, id);
    if (state === null || principal.agency === state.applicant.id) return command;
    const conflict = await this.worksFor(principal, state.applicant.id, legalDateOf(command.data.at));
    return conflict ? { ...command, data: { ...command.data, ofTheApplicant: true } } : command;
  }

  /** Whether the person is of that agency on that day: by what they act as or by any grant of their own, through every succession. */
  async worksFor({ person, agency }: Actor, other: string, on: string): Promise<boolean> {
    for (const each of new Set([agency, ...(await this.agenciesOf(person, on))])) {
      if (await this.successions.areOne(each, other, on)) return true;
    }
    return false;
  }

  /** Whose cases the person works on by grants of their own on that day. */
  private async agenciesOf(person: string, on: string): Promise<readonly string[]> {
    const { state } = await this.decisions.load(USER, person);
    return grantsOn(state, on)
      .filter(({ roles }) => roles.some((role) => WORKING.includes(role)))
      .map(({ agency }) => agency);
  }
}
