import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type AgencyCommand,
  type CalendarCommand,
  type ConsultationCommand,
  type PreliminaryCommand,
  type ProjectCommand,
  type RuleSetCommand,
  type SystemCommand,
  type ThesaurusCommand,
  type UserCommand,
} from '@sajeon/domain';
import type { Receipt } from '@sajeon/event-store';
import { Conflicts } from './conflicts.js';
import { Decisions, type Envelope } from './decisions.js';
import { AGENCY, SYSTEM_ENTRY, PROJECT, CONSULTATION, PRELIMINARY, RULE_SET, CALENDAR, THESAURUS, USER } from './kinds.js';
import { Letters } from './letters.js';

/** One message class for each kind of stream; the domain's own command travels inside. A new command adds nothing here. */
export abstract class ToStream<C> extends Command<Receipt> {
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
export class ToPreliminary extends ToStream<PreliminaryCommand> {}
export class ToRuleSet extends ToStream<RuleSetCommand> {}
export class ToCalendar extends ToStream<CalendarCommand> {}
export class ToThesaurus extends ToStream<ThesaurusCommand> {}
export class ToUser extends ToStream<UserCommand> {}

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
  constructor(
    private readonly decisions: Decisions,
    private readonly letters: Letters,
    private readonly conflicts: Conflicts,
  ) {}
  async execute({ id, command, envelope }: ToConsultation): Promise<Receipt> {
    const judged = await this.conflicts.lookedUp(CONSULTATION, id, command, envelope);
    if (judged.type === 'notify-result') return this.letters.notify(id, judged, envelope);
    return this.decisions.execute(CONSULTATION, id, judged, envelope);
  }
}

@CommandHandler(ToPreliminary)
export class PreliminaryHandler implements ICommandHandler<ToPreliminary> {
  constructor(
    private readonly decisions: Decisions,
    private readonly conflicts: Conflicts,
  ) {}
  async execute({ id, command, envelope }: ToPreliminary): Promise<Receipt> {
    const judged = await this.conflicts.lookedUp(PRELIMINARY, id, command, envelope);
    return this.decisions.execute(PRELIMINARY, id, judged, envelope);
  }
}

@CommandHandler(ToRuleSet)
export class RuleSetHandler implements ICommandHandler<ToRuleSet> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToRuleSet): Promise<Receipt> {
    return this.decisions.execute(RULE_SET, id, command, envelope);
  }
}

@CommandHandler(ToCalendar)
export class CalendarHandler implements ICommandHandler<ToCalendar> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToCalendar): Promise<Receipt> {
    return this.decisions.execute(CALENDAR, id, command, envelope);
  }
}

@CommandHandler(ToThesaurus)
export class ThesaurusHandler implements ICommandHandler<ToThesaurus> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToThesaurus): Promise<Receipt> {
    return this.decisions.execute(THESAURUS, id, command, envelope);
  }
}

@CommandHandler(ToUser)
export class UserHandler implements ICommandHandler<ToUser> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToUser): Promise<Receipt> {
    return this.decisions.execute(USER, id, command, envelope);
  }
}
