import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  accessRecordDecider,
  auditFindingDecider,
  personalDataDecider,
  type AuditFindingCommand,
  type PersonalDataCommand,
} from '@sajeon/domain';
import type { Receipt } from '@sajeon/event-store';
import { Decisions } from './decisions.js';
import { ToStream } from './messages.js';

export const PERSONAL_DATA = { prefix: 'subject', decider: personalDataDecider } as const;
export const AUDIT_FINDING = { prefix: 'finding', decider: auditFindingDecider } as const;
/** One stream for each day. */
export const ACCESS_RECORD = { prefix: 'reads', decider: accessRecordDecider } as const;

export class ToPersonalData extends ToStream<PersonalDataCommand> {}
export class ToAuditFinding extends ToStream<AuditFindingCommand> {}

@CommandHandler(ToPersonalData)
export class PersonalDataHandler implements ICommandHandler<ToPersonalData> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToPersonalData): Promise<Receipt> {
    return this.decisions.execute(PERSONAL_DATA, id, command, envelope);
  }
}

@CommandHandler(ToAuditFinding)
export class AuditFindingHandler implements ICommandHandler<ToAuditFinding> {
  constructor(private readonly decisions: Decisions) {}
  execute({ id, command, envelope }: ToAuditFinding): Promise<Receipt> {
    return this.decisions.execute(AUDIT_FINDING, id, command, envelope);
  }
}
