import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EventStore } from '@sajeon/event-store';
import { Decisions } from './decisions.js';
import {
  AgencyHandler,
  CalendarHandler,
  ConsultationHandler,
  PreliminaryHandler,
  ProjectHandler,
  RuleSetHandler,
  SystemHandler,
  ThesaurusHandler,
  UserHandler,
} from './messages.js';
import { Hearing } from './hearing.js';
import { Letters } from './letters.js';
import { AuditFindingHandler, PersonalDataHandler } from './oversight.js';
import { Routing } from './routing.js';
import { Rules } from './rules.js';
import { Conflicts } from './conflicts.js';
import { Successions } from './successions.js';

/** The write side on a given store. The store is shared: whoever opened it closes it. */
@Global()
@Module({})
export class DecisionsModule {
  static forRoot(store: EventStore): DynamicModule {
    return {
      module: DecisionsModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: EventStore, useValue: store },
        Decisions,
        Rules,
        Routing,
        Successions,
        Conflicts,
        Hearing,
        AgencyHandler,
        AuditFindingHandler,
        PersonalDataHandler,
        SystemHandler,
        ProjectHandler,
        ConsultationHandler,
        PreliminaryHandler,
        Letters,
        RuleSetHandler,
        CalendarHandler,
        ThesaurusHandler,
        UserHandler,
      ],
      exports: [EventStore, Decisions, Rules, Routing, Successions, Conflicts, Hearing, CqrsModule],
    };
  }
}
