import { SYSTEM } from '@sajeon/access';
import type { Finding, PreliminaryEvent } from '@sajeon/domain';
import { Injectable } from '@nestjs/common';
import type { Happened, Policy, Reaction } from '../host/policy.js';
import { OverlapFeed } from '../overlap-feed.js';

/**
 * Compares what an agency means to build next year with the inventory and the pending plans as they stood when it asked, by the same engine as
 * a consultation, and has the finding recorded.
 */
@Injectable()
export class ScreenPreliminaryReviewsWhenRequested implements Policy {
  readonly name = 'screen-preliminary-reviews-when-requested';

  constructor(private readonly overlap: OverlapFeed) {}

  async react({ event: happened, recorded, id }: Happened): Promise<readonly Reaction[]> {
    const event = happened as PreliminaryEvent;
    if (event.type !== 'preliminary-review-requested') return [];
    const { request, project, applicant, outline } = event.data;
    const computed = await this.overlap.screen(outline.content, { project, agency: applicant.name }, recorded.position);
    const finding: Finding = { ...computed, planVersion: outline.version, planHash: outline.hash };
    const by = { person: SYSTEM.person, agency: SYSTEM.agency };
    return [
      {
        preliminary: id,
        command: { type: 'record-preliminary-screening', data: { request, finding, by, at: recorded.recordedAt } },
      },
    ];
  }
}
