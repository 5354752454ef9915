import { SYSTEM } from '@sajeon/access';
import type { ConsultationEvent, Finding, PlanVersion } from '@sajeon/domain';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { Injectable } from '@nestjs/common';
import type { Happened, Policy, Reaction } from '../host/policy.js';
import { OverlapFeed } from '../overlap-feed.js';

/**
 * Compares every plan that is filed, and every plan that an answer changes, with the inventory and the other pending plans as
 * they stood at that very event, and has the finding recorded: replay never computes it again.
 */
@Injectable()
export class ScreenWhenSubmitted implements Policy {
  readonly name = 'screen-when-submitted';

  constructor(
    private readonly overlap: OverlapFeed,
    private readonly decisions: Decisions,
  ) {}

  async react({ event, recorded, id }: Happened): Promise<readonly Reaction[]> {
    const plan = filedPlan(event as ConsultationEvent);
    if (!plan) return [];
    const { events } = await this.decisions.load(CONSULTATION, id);
    const drafted = events[0]?.data as unknown as { readonly project: string; readonly applicant: { readonly name: string } };
    const own = { project: drafted.project, agency: drafted.applicant.name };
    const computed = await this.overlap.screen(plan.content, own, recorded.position);
    const finding: Finding = { ...computed, planVersion: plan.version, planHash: plan.hash };
    const at = recorded.recordedAt;
    return [
      {
        consultation: id,
        command: { type: 'record-screening', data: { finding, by: { person: SYSTEM.person, agency: SYSTEM.agency }, at } },
      },
    ];
  }
}

function filedPlan(event: ConsultationEvent): PlanVersion | undefined {
  return event.type === 'consultation-submitted' || event.type === 'response-submitted' ? event.data.plan : undefined;
}
