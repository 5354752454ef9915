import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { maySeeCase, maySeeInternalOpinion, type CaseParties, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions, ToConsultation } from '@sajeon/decisions';
import { invitedAgencies, type Consultation, type ConsultationCommand } from '@sajeon/domain';
import type { CaseDocument } from '@sajeon/read-models';
import type { Asking } from './asking.js';
import { NoSuchRecord } from './problem.js';
import { ReceiptDto } from './receipt.dto.js';

/** What happens inside the authority before the letter. */
export const INTERNAL_ACTS: ReadonlySet<string> = new Set(['decision-proposed', 'decision-sent-back', 'decision-approved']);

/** What every act on a consultation begins and ends with. */
@Injectable()
export class Cases {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
  ) {}

  /** @throws NoSuchRecord for a case that the asking agency may not know of */
  async visible(id: string, { principal }: Pick<Asking, 'principal'>): Promise<Consultation> {
    const { state } = await this.decisions.load(CONSULTATION, id);
    if (state === null || !maySeeCase(principal, partiesOf(state))) throw new NoSuchRecord();
    return state;
  }

  async send(id: string, { envelope }: Asking, command: ConsultationCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToConsultation(id, command, envelope)));
  }
}

export function partiesOf(the: Consultation): CaseParties {
  const { applicant, authority, phase } = the;
  return {
    applicantAgency: applicant.id,
    authorityAgency: authority.id,
    draft: phase === 'draft',
    invitedAgencies: invitedAgencies(the),
  };
}

/** Who has to do with the case as this document shows it. */
export function partiesIn(document: CaseDocument): CaseParties {
  const over = document.decision !== null || document.ended !== null;
  const asked = over ? [] : (document.jointReviews ?? []).filter(({ closed }) => closed === null);
  return {
    applicantAgency: document.applicant.id,
    authorityAgency: document.authority.id,
    draft: document.submitted === null,
    invitedAgencies: asked.map(({ owner }) => owner.id),
  };
}

/** The authority's internal opinion is left out for the applicant until the letter goes out. */
export function shownTo(principal: Principal, document: CaseDocument): CaseDocument {
  if (document.letter !== null || maySeeInternalOpinion(principal, partiesIn(document))) return document;
  const internal = document.status === 'pending-approval' || document.status === 'approved';
  return { ...document, status: internal ? 'under-review' : document.status, proposals: [], decision: null };
}
