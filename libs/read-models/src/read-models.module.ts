import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { PoolConfig } from 'pg';
import { ListAgenciesHandler, ShowAgencyHandler } from './agency-directory/agency-directory.js';
import { ListApplicationsHandler } from './applicant-list/applicant-list.js';
import { ShowCaseHandler } from './case-page/case-page.js';
import { readModelsDatabase } from './host/database.js';
import { ProjectionHost, VIEW_DATABASE, VIEWS } from './host/projection-host.js';
import { ListObligationsHandler } from './obligations/obligations.js';
import { ListOmissionsHandler } from './omissions/omissions.js';
import { ListPreliminaryReviewsHandler } from './preliminary-reviews/preliminary-reviews.js';
import { ShowProjectThreadHandler } from './project-thread/project-thread.js';
import { ListProjectsHandler, ShowProjectHandler } from './project-list/project-list.js';
import { ListPublicDecisionsHandler } from './public-register/public-register.js';
import { ViewReader } from './reading.js';
import { CompareQueueHandler, CountQueueHandler, ListQueueHandler } from './reviewer-queue/reviewer-queue.js';
import { ListDecidedCasesHandler } from './decided-cases/decided-cases.js';
import { ListPlanClustersHandler } from './plan-clusters/plan-clusters.js';
import { AskStatisticsHandler } from './statistics/statistics.js';
import { CompareSystemsHandler, ListSystemsHandler, ShowSystemHandler } from './system-inventory/system-inventory.js';
import { ShowTimelineHandler } from './timeline/timeline.js';
import { ListToDoHandler } from './to-do/to-do.js';
import { ListUsersHandler, ShowGivenDelegationsHandler, ShowUserHandler } from './user-directory/user-directory.js';
import { views } from './views.js';

/**
 * The read side. Needs `EventStore` from a global module and `CqrsModule` in the application. Importing it starts nothing: the
 * process that should project calls `ProjectionHost.start()`, after `migrate(database)`.
 */
@Module({})
export class ReadModelsModule {
  static forRoot({ database }: { readonly database: PoolConfig }): DynamicModule {
    return {
      module: ReadModelsModule,
      imports: [TypeOrmModule.forRoot(readModelsDatabase(database))],
      providers: [
        { provide: VIEW_DATABASE, useValue: database },
        { provide: VIEWS, useValue: views },
        ProjectionHost,
        ViewReader,
        ListQueueHandler,
        CompareQueueHandler,
        CountQueueHandler,
        AskStatisticsHandler,
        ListPlanClustersHandler,
        ListDecidedCasesHandler,
        ListToDoHandler,
        ShowCaseHandler,
        ListApplicationsHandler,
        ListSystemsHandler,
        ShowSystemHandler,
        CompareSystemsHandler,
        ShowTimelineHandler,
        ListAgenciesHandler,
        ShowAgencyHandler,
        ListProjectsHandler,
        ShowProjectHandler,
        ListObligationsHandler,
        ShowProjectThreadHandler,
        ListOmissionsHandler,
        ListPreliminaryReviewsHandler,
        ListUsersHandler,
        ShowUserHandler,
        ShowGivenDelegationsHandler,
        ListPublicDecisionsHandler,
      ],
      exports: [ProjectionHost],
    };
  }
}
