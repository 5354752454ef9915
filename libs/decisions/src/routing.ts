import { Injectable } from '@nestjs/common';
import { RuleViolated, type AgencyAsNamed, type PlanContent, type PlanVersion, type ReviewTrack } from '@sajeon/domain';
import { contentHash } from '@sajeon/event-store';
import { Decisions } from './decisions.js';
import { AGENCY } from './messages.js';

/** 행정안전부: reviews what no 시·도 reviews. */
const MINISTRY = 'mois';

/** Who reviews whom, from the agencies as the log has them at this moment. */
@Injectable()
export class Routing {
  constructor(private readonly decisions: Decisions) {}

  /**
   * The agency as it is called now.
   * @throws RuleViolated `unknown-agency` or `agency-dissolved`
   */
  async agency(id: string, pointer?: string): Promise<AgencyAsNamed & { readonly parent: string | null }> {
    const { state } = await this.decisions.load(AGENCY, id);
    if (state === null) {
      throw new RuleViolated(
        'unknown-agency',
        {
          ko: `등록된 기관이 아닙니다: ${id}. 기관 목록에서 기관 코드를 확인하십시오.`,
          en: `There is no agency ${id}. Look its id up in the list of agencies.`,
        },
        pointer,
      );
    }
    if (state.dissolved !== null) {
      throw new RuleViolated(
        'agency-dissolved',
        {
          ko: `${state.name}은(는) 폐지된 기관입니다.${state.dissolved.successor === null ? '' : ` 승계 기관: ${state.dissolved.successor}.`}`,
          en: `${state.name} has been dissolved.${state.dissolved.successor === null ? '' : ` Its successor is ${state.dissolved.successor}.`}`,
        },
        pointer,
      );
    }
    return { id, name: state.name, tier: state.tier, parent: state.parent };
  }

  /**
   * 협의기관: a 시·군·구 is reviewed by its 시·도, everybody else by the ministry (전자정부법 시행령 제82조; local corporations follow
   * the tier that owns them).
   */
  async authorityOf(id: string): Promise<AgencyAsNamed> {
    const { tier, parent } = await this.agency(id);
    if (tier === 'BASIC_LOCAL' && parent !== null) return named(await this.agency(parent));
    if (tier === 'LOCAL_PUBLIC_CORP' && parent !== null) {
      const owner = await this.agency(parent);
      if (owner.tier === 'BASIC_LOCAL' && owner.parent !== null) return named(await this.agency(owner.parent));
    }
    return named(await this.agency(MINISTRY));
  }

  async applicant(id: string): Promise<AgencyAsNamed> {
    return named(await this.agency(id));
  }
}

function named({ id, name, tier }: AgencyAsNamed): AgencyAsNamed {
  return { id, name, tier };
}

/** A version of a plan with the hash by which everybody can name it. */
export function planVersion(version: number, content: PlanContent): PlanVersion {
  return { version, hash: contentHash(content), content };
}

/** Review days by track, from receipt (지침 제16조; 신속처리제 2023-07): sample rules until an authority enters its own. */
export const SAMPLE_RULES = {
  id: 'sample-2024',
  reviewDays: { standard: 30, isp: 7, fast: 10 } satisfies Record<ReviewTrack, number>,
} as const;
