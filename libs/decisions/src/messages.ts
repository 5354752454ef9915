import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  agencyDecider,
  consultationDecider,
  projectDecider,
  systemDecider,
  type AgencyCommand,
  type ConsultationCommand,
  type ProjectCommand,
  type SystemCommand,
} from '@sajeon/domain';
import type { Receipt } from '@sajeon/event-store';
import { Decisions, type Envelope } from './decisions.js';

export const AGENCY = { prefix: 'agency', decider: agencyDecider } as const;
export const SYSTEM_ENTRY = { prefix: 'system', decider: systemDecider } as const;
export const PROJECT = { prefix: 'project', decider: projectDecider } as const;
export const CONSULTATION = { prefix: 'consultation', decider: consultationDecider } as const;

/** One message class for each kind of stream; the domain's own command travels inside. A new command adds nothing here. */
abstract class ToStream<C> extends Command<Receipt> {
  constructor(
    readonly id: string,
    readonly command: C,
    readonly envelope: Envelope,
  ) {
    super();
  }
}
export class ToAgency extends ToStream<AgencyCommand> {}
export class ToSystem extends ToStream<SystemCommand> {}
export class ToProject extends ToStream<ProjectCommand> {}
export class ToConsultation extends ToStream<ConsultationCommand> {}

@CommandHandler(ToAgency)
export class AgencyHandler implements ICommandHandler<ToAgency> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToAgency): Promise<Receipt> {
    return this.decisions.execute(AGENCY, id, command, envelope);
  }
}

@CommandHandler(ToSystem)
export class SystemHandler implements ICommandHandler<ToSystem> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToSystem): Promise<Receipt> {
    return this.decisions.execute(SYSTEM_ENTRY, id, command, envelope);
  }
}

@CommandHandler(ToProject)
export class ProjectHandler implements ICommandHandler<ToProject> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToProject): Promise<Receipt> {
    return this.decisions.execute(PROJECT, id, command, envelope);
  }
}

@CommandHandler(ToConsultation)
export class ConsultationHandler implements ICommandHandler<ToConsultation> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToConsultation): Promise<Receipt> {
    return this.decisions.execute(CONSULTATION, id, command, envelope);
  }
}
