import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  agencyDecider,
  calendarDecider,
  consultationDecider,
  projectDecider,
  ruleSetDecider,
  systemDecider,
  userDecider,
  type AgencyCommand,
  type CalendarCommand,
  type ConsultationCommand,
  type ProjectCommand,
  type RuleSetCommand,
  type SystemCommand,
  type UserCommand,
} from '@sajeon/domain';
import type { Receipt } from '@sajeon/event-store';
import { Decisions, type Envelope } from './decisions.js';

export const AGENCY = { prefix: 'agency', decider: agencyDecider } as const;
export const SYSTEM_ENTRY = { prefix: 'system', decider: systemDecider } as const;
export const PROJECT = { prefix: 'project', decider: projectDecider } as const;
export const CONSULTATION = { prefix: 'consultation', decider: consultationDecider } as const;
export const RULE_SET = { prefix: 'ruleset', decider: ruleSetDecider } as const;
export const CALENDAR = { prefix: 'calendar', decider: calendarDecider } as const;
export const USER = { prefix: 'user', decider: userDecider } as const;

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
export class ToRuleSet extends ToStream<RuleSetCommand> {}
export class ToCalendar extends ToStream<CalendarCommand> {}
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
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToConsultation): Promise<Receipt> {
    return this.decisions.execute(CONSULTATION, id, command, envelope);
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

@CommandHandler(ToUser)
export class UserHandler implements ICommandHandler<ToUser> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToUser): Promise<Receipt> {
    return this.decisions.execute(USER, id, command, envelope);
  }
}
