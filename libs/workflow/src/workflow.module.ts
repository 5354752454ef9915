import { Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Pool, type PoolConfig } from 'pg';
import { POLICIES, PolicyHost } from './host/policy-host.js';
import type { Policy } from './host/policy.js';
import { Timers, WORKFLOW_CLOCK, WORKFLOW_DATABASE } from './host/timers.js';
import { OVERLAP_SETTINGS, OverlapFeed } from './overlap-feed.js';
import { Precedents } from './precedents.js';
import { overlapSettings } from './overlap-settings.js';
import { MarkConditionsOverdueWhenTheirDayHasPassed } from './policies/mark-conditions-overdue-when-their-day-has-passed.js';
import { MarkProgressMissedWhenAQuarterIsNotReported } from './policies/mark-progress-missed-when-a-quarter-is-not-reported.js';
import { RemindApplicantsAndMarkResponsesOverdue } from './policies/remind-applicants-and-mark-responses-overdue.js';
import { ScreenPreliminaryReviewsWhenRequested } from './policies/screen-preliminary-reviews-when-requested.js';
import { ScreenWhenSubmitted } from './policies/screen-when-submitted.js';
import { WarnWhenAShareOfTheDaysIsUsed } from './policies/warn-when-a-share-of-the-days-is-used.js';

@Injectable()
class Shutdown implements OnApplicationShutdown {
  constructor(
    private readonly host: PolicyHost,
    private readonly timers: Timers,
    private readonly feed: OverlapFeed,
    @Inject(WORKFLOW_DATABASE) private readonly pool: Pool,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.host.stop();
    await this.timers.stop();
    await this.feed.stop();
    await this.pool.end();
  }
}

/** What happens automatically. Importing it starts nothing: the process that should do the work starts `OverlapFeed`, `PolicyHost` and `Timers`. */
@Module({})
export class WorkflowModule {
  static forRoot(database: PoolConfig): DynamicModule {
    return {
      module: WorkflowModule,
      providers: [
        {
          provide: WORKFLOW_DATABASE,
          useFactory: () => {
            const pool = new Pool({ ...database, max: 3 });
            // Without a listener an idle connection that the server closes would end the process.
            pool.on('error', () => undefined);
            return pool;
          },
        },
        { provide: OVERLAP_SETTINGS, useFactory: () => overlapSettings(process.env) },
        OverlapFeed,
        Precedents,
        { provide: WORKFLOW_CLOCK, useValue: () => new Date() },
        Timers,
        ScreenWhenSubmitted,
        ScreenPreliminaryReviewsWhenRequested,
        MarkConditionsOverdueWhenTheirDayHasPassed,
        MarkProgressMissedWhenAQuarterIsNotReported,
        RemindApplicantsAndMarkResponsesOverdue,
        WarnWhenAShareOfTheDaysIsUsed,
        {
          provide: POLICIES,
          useFactory: (...policies: Policy[]) => policies,
          inject: [
            ScreenWhenSubmitted,
            ScreenPreliminaryReviewsWhenRequested,
            MarkConditionsOverdueWhenTheirDayHasPassed,
            MarkProgressMissedWhenAQuarterIsNotReported,
            RemindApplicantsAndMarkResponsesOverdue,
            WarnWhenAShareOfTheDaysIsUsed,
          ],
        },
        PolicyHost,
        Shutdown,
      ],
      exports: [OverlapFeed, PolicyHost, Precedents, Timers],
    };
  }
}
