import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@sajeon/access';
import { AGENCY, Decisions } from '@sajeon/decisions';
import {
  Directory,
  IDENTITY_SETTINGS,
  lacksSecondFactor,
  Sessions,
  type Capacity,
  type Identified,
  type IdentitySettings,
} from '@sajeon/identity';
import { masterKey, MasterKeyUnusable } from '@sajeon/vault';
import type { FastifyRequest } from 'fastify';
import { hkdfSync } from 'node:crypto';
import { NotIdentified } from './problem.js';
import type { CapacityDto, SignedInDto } from './session.dto.js';

export function identifiedIn({ identified }: FastifyRequest): Identified {
  if (identified === undefined) throw new NotIdentified();
  return identified;
}

/** Tells somebody who they are and what they may act as. */
@Injectable()
export class SignedIn {
  constructor(
    private readonly sessions: Sessions,
    private readonly directory: Directory,
    private readonly decisions: Decisions,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** @param id what the browser holds; @param address from where it asks */
  async of(id: string, address: string): Promise<SignedInDto> {
    const session = await this.sessions.find(id, address);
    if (session === undefined) throw new NotIdentified();
    const capacities = await this.directory.capacities(session.person, new Date().toISOString());
    const chosen = capacities.find((capacity) => capacity.id === session.capacity) ?? capacities[0];
    const lacks = lacksSecondFactor(this.settings, session, chosen?.roles ?? []);
    return {
      person: session.person,
      capacities: await Promise.all(capacities.map((capacity) => this.named(capacity))),
      capacity: chosen?.id ?? null,
      csrfToken: this.sessions.csrfToken(id),
      method: session.method,
      mustChangePassword: session.mustChangePassword,
      mustEnrolSecondFactor: session.method === 'password' && lacks,
      mustSignInStronger: session.method === 'provider' && lacks,
      draftKey: lacks || session.mustChangePassword ? null : draftKey(session.person),
      endsAt: session.endsAt,
      idleMinutes: this.settings.idleMinutes,
    };
  }

  /** For a bearer token. */
  async byToken(person: string, principal: Principal | null): Promise<SignedInDto> {
    const at = new Date().toISOString();
    let capacities = await this.directory.capacities(person, at);
    if (capacities.length === 0 && principal !== null) capacities = await this.directory.capacitiesOf(principal, at);
    const capacity = principal?.delegation === undefined ? principal?.agency : `delegation:${principal.delegation.id}`;
    return {
      person,
      capacities: await Promise.all(capacities.map((each) => this.named(each))),
      capacity: capacity ?? null,
      csrfToken: null,
      method: null,
      mustChangePassword: false,
      mustEnrolSecondFactor: false,
      mustSignInStronger: false,
      draftKey: null,
      endsAt: null,
      idleMinutes: this.settings.idleMinutes,
    };
  }

  private async named({ id, agency, roles, delegation, successor }: Capacity): Promise<CapacityDto> {
    const { state } = await this.decisions.load(AGENCY, agency);
    return {
      id,
      agency,
      agencyName: state?.name ?? agency,
      roles: [...roles],
      ...(delegation ? { delegation } : {}),
      ...(successor ? { successor } : {}),
    };
  }
}

/** What this person's browsers keep unsent work under: the same at every sign-in, in no table, and gone with the key of the vault. */
function draftKey(person: string): string | null {
  try {
    return Buffer.from(hkdfSync('sha256', masterKey(), '', `sajeon drafts of ${person}`, 64)).toString('base64');
  } catch (error) {
    if (error instanceof MasterKeyUnusable) return null;
    throw error;
  }
}
