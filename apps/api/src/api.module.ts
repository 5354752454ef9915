import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { TokenBook } from '@sajeon/access';
import { IdentityModule, type IdentitySettings } from '@sajeon/identity';
import { OperationsModule, type OpenStorage } from '@sajeon/operations';
import { AgenciesController } from './http/agencies.controller.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { CalendarController } from './http/calendar.controller.js';
import { Cases } from './http/cases.js';
import { ClockController } from './http/clock.controller.js';
import { ComparisonController } from './http/comparison.controller.js';
import { ConsultationActsController } from './http/consultation-acts.controller.js';
import { CourseController } from './http/course.controller.js';
import { ConsultationsController } from './http/consultations.controller.js';
import { DecisionsController } from './http/decisions.controller.js';
import { DifferencesController } from './http/differences.controller.js';
import { EligibilityController } from './http/eligibility.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { FollowUpController } from './http/follow-up.controller.js';
import { FreeText } from './http/free-text.js';
import { IdentityGuard } from './http/identity.guard.js';
import { LiveEventsController } from './http/live-events.controller.js';
import { JointReviewController } from './http/joint-review.controller.js';
import { AccessRecord } from './http/access-record.js';
import { ExportsController } from './http/exports.controller.js';
import { LettersController } from './http/letters.controller.js';
import { OversightController } from './http/oversight.controller.js';
import { PeopleController } from './http/people.controller.js';
import { PersonalDataController } from './http/personal-data.controller.js';
import { Lists } from './http/lists.js';
import { DemoUsersController, MeController } from './http/me.controller.js';
import { Moments } from './http/moments.js';
import { ObjectionsController } from './http/objections.controller.js';
import { ObligationsController } from './http/obligations.controller.js';
import { PlanSheetsController } from './http/plan-sheets.controller.js';
import { PreliminaryReviewsController } from './http/preliminary-reviews.controller.js';
import { PrecedentsController } from './http/precedents.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Proof } from './http/proof.js';
import { ProcurementController } from './http/procurement.controller.js';
import { Procurement } from './http/procurement.js';
import { Rounds } from './http/rounds.js';
import { ProjectLifeController } from './http/project-life.controller.js';
import { ProjectsController } from './http/projects.controller.js';
import { ReceiptInterceptor } from './http/receipt.js';
import { ContactController } from './http/contact.controller.js';
import { PublicRegisterController } from './http/public-register.controller.js';
import { RequestsController } from './http/requests.controller.js';
import { RecomputationController } from './http/recomputation.controller.js';
import { RulesController } from './http/rules.controller.js';
import { SecurityController } from './http/security.controller.js';
import { SelfChecksController } from './http/self-checks.controller.js';
import { SecondFactorController } from './http/second-factor.controller.js';
import { SessionController } from './http/session.controller.js';
import { SignInController } from './http/sign-in.controller.js';
import { SignedIn } from './http/signed-in.js';
import { StatisticsController } from './http/statistics.controller.js';
import { SystemsController } from './http/systems.controller.js';
import { UsersController } from './http/users.controller.js';
import { ThesaurusController } from './http/thesaurus.controller.js';
import { WebhooksController } from './http/webhooks.controller.js';
import { ToDoController } from './http/to-do.controller.js';
import { ShallowBodies, strictValidation } from './http/validation.js';

@Module({})
export class ApiModule {
  /** The HTTP service on an open storage. Projections and policies are there but not started: see `main.ts`. */
  static on(storage: OpenStorage, tokens: TokenBook, settings?: IdentitySettings): DynamicModule {
    return {
      module: ApiModule,
      imports: [OperationsModule.on(storage, true), IdentityModule.forRoot(storage.database, tokens, settings)],
      controllers: [
        AgenciesController,
        SystemsController,
        ProjectsController,
        ProjectLifeController,
        ProcurementController,
        ConsultationActsController,
        ComparisonController,
        PlanSheetsController,
        RequestsController,
        CourseController,
        JointReviewController,
        DecisionsController,
        PreliminaryReviewsController,
        ObjectionsController,
        FollowUpController,
        ObligationsController,
        ToDoController,
        StatisticsController,
        PrecedentsController,
        ConsultationsController,
        EvidenceController,
        DifferencesController,
        ExportsController,
        LettersController,
        PersonalDataController,
        PeopleController,
        OversightController,
        ClockController,
        EligibilityController,
        RulesController,
        RecomputationController,
        ThesaurusController,
        CalendarController,
        SelfChecksController,
        LiveEventsController,
        MeController,
        DemoUsersController,
        SignInController,
        SessionController,
        SecondFactorController,
        UsersController,
        ApiKeysController,
        WebhooksController,
        SecurityController,
        PublicRegisterController,
        ContactController,
      ],
      providers: [
        Lists,
        Procurement,
        Rounds,
        Cases,
        Moments,
        SignedIn,
        Proof,
        { provide: APP_GUARD, useClass: IdentityGuard },
        { provide: APP_GUARD, useClass: ShallowBodies },
        { provide: APP_GUARD, useClass: FreeText },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: strictValidation },
        { provide: APP_INTERCEPTOR, useClass: AccessRecord },
        { provide: APP_INTERCEPTOR, useClass: ReceiptInterceptor },
      ],
    };
  }
}
