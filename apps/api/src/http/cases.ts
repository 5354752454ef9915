import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { maySeeCase, type CaseParties } from '@sajeon/access';
import { CONSULTATION, Decisions, ToConsultation } from '@sajeon/decisions';
import { invitedAgencies, type Consultation, type ConsultationCommand } from '@sajeon/domain';
import type { Asking } from './asking.js';
import { NoSuchRecord } from './problem.js';
import { ReceiptDto } from './receipt.dto.js';

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
