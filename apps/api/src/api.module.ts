import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { TokenBook } from '@sajeon/access';
import { OperationsModule, type OpenStorage } from '@sajeon/operations';
import { AgenciesController } from './http/agencies.controller.js';
import { CalendarController } from './http/calendar.controller.js';
import { Cases } from './http/cases.js';
import { ClockController } from './http/clock.controller.js';
import { ConsultationActsController } from './http/consultation-acts.controller.js';
import { ConsultationsController } from './http/consultations.controller.js';
import { DifferencesController } from './http/differences.controller.js';
import { EligibilityController } from './http/eligibility.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { FollowUpController } from './http/follow-up.controller.js';
import { IdentityGuard } from './http/identity.guard.js';
import { LiveEventsController } from './http/live-events.controller.js';
import { JointReviewController } from './http/joint-review.controller.js';
import { Lists } from './http/lists.js';
import { DemoUsersController, MeController } from './http/me.controller.js';
import { Moments } from './http/moments.js';
import { ObligationsController } from './http/obligations.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ProjectsController } from './http/projects.controller.js';
import { ReceiptInterceptor } from './http/receipt.js';
import { RulesController } from './http/rules.controller.js';
import { SelfChecksController } from './http/self-checks.controller.js';
import { SystemsController } from './http/systems.controller.js';
import { ShallowBodies, strictValidation } from './http/validation.js';

@Module({})
export class ApiModule {
  /** The HTTP service on an open storage. Projections and policies are there but not started: see `main.ts`. */
  static on(storage: OpenStorage, tokens: TokenBook): DynamicModule {
    return {
      module: ApiModule,
      imports: [OperationsModule.on(storage, true)],
      controllers: [
        AgenciesController,
        SystemsController,
        ProjectsController,
        ConsultationActsController,
        JointReviewController,
        FollowUpController,
        ObligationsController,
        ConsultationsController,
        EvidenceController,
        DifferencesController,
        ClockController,
        EligibilityController,
        RulesController,
        CalendarController,
        SelfChecksController,
        LiveEventsController,
        MeController,
        DemoUsersController,
      ],
      providers: [
        Lists,
        Cases,
        Moments,
        { provide: TokenBook, useValue: tokens },
        { provide: APP_GUARD, useClass: IdentityGuard },
        { provide: APP_GUARD, useClass: ShallowBodies },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: strictValidation },
        { provide: APP_INTERCEPTOR, useClass: ReceiptInterceptor },
      ],
    };
  }
}
