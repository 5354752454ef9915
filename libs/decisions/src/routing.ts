import { Injectable } from '@nestjs/common';
import {
  ministryOn,
  reviewerOn,
  RuleViolated,
  type AgencyAsNamed,
  type AgencyState,
  type AgencyTier,
  type Message,
  type PlanContent,
  type PlanVersion,
} from '@sajeon/domain';
import { contentHash } from '@sajeon/event-store';
import { Decisions } from './decisions.js';
import { AGENCY } from './kinds.js';
import { Rules } from './rules.js';

type StandingAgency = AgencyAsNamed & { readonly parent: string | null };

/** Who reviews whom, from the agencies and the rules as the log has them at this moment. */
@Injectable()
export class Routing {
  constructor(
    private readonly decisions: Decisions,
    private readonly rules: Rules,
  ) {}

  /**
   * The agency as it is called now.
   * @throws RuleViolated `unknown-agency` or `agency-dissolved`
   */
  async agency(id: string, pointer?: string): Promise<StandingAgency> {
    const state = await this.known(id, pointer);
    if (state.dissolved !== null) throw dissolved(state, pointer);
    return { id, name: state.name, tier: state.tier, parent: state.parent };
  }

  /**
   * 협의기관: who reviews the projects of an agency by the rules of a legal date. A 시·군·구 goes to its 시·도, a local public corporation
   * where its owner goes, the ministry's own projects to the agency that the rules name to stand in. An agency that was dissolved since
   * is replaced by the one that took over.
   * @throws RuleViolated `no-rule-in-force`, `no-parent-agency`, `unknown-agency` or `agency-dissolved`
   */
  async authorityOf(id: string, on: string): Promise<AgencyAsNamed> {
    const book = await this.rules.on(on);
    const { agency: ministryId, standIn } = ministryOn(book, on).value;
    const [applicant, ministry] = await Promise.all([this.agency(id), this.successorOf(ministryId)]);
    if (applicant.id === ministry.id) return named(await this.successorOf(standIn));
    // A corporation is where its owner is.
    const local = applicant.tier === 'LOCAL_PUBLIC_CORP' ? await this.parentOf(applicant) : applicant;
    const { reviewer } = reviewerOn(book, on, { tier: applicant.tier, ownerTier: local.tier }).value;
    return named(reviewer === 'ministry' ? ministry : await this.parentOf(local));
  }

  async applicant(id: string): Promise<AgencyAsNamed> {
    return named(await this.agency(id));
  }

  /**
   * What the rules ask about an agency: its tier, and for a local public corporation the tier of its owner, null while nobody is on record.
   * @throws RuleViolated `unknown-agency` or `agency-dissolved`
   */
  async tierOf(id: string): Promise<{ readonly tier: AgencyTier; readonly ownerTier: AgencyTier | null }> {
    const { tier, parent } = await this.agency(id);
    if (tier !== 'LOCAL_PUBLIC_CORP' || parent === null) return { tier, ownerTier: null };
    return { tier, ownerTier: (await this.successorOf(parent)).tier };
  }

  /** The agency above, or what became of it. */
  private async parentOf({ name, parent }: StandingAgency): Promise<StandingAgency> {
    if (parent !== null) return this.successorOf(parent);
    throw new RuleViolated('no-parent-agency', {
      ko: `${name}의 상급기관이 등록되어 있지 않아 협의기관을 정할 수 없습니다. 관리자에게 기관 정보를 확인해 달라고 하십시오.`,
      en: `No agency is on record above ${name}, so it is not clear who reviews. Ask the administrator to check the agency.`,
    });
  }

  /** The agency itself, or the one that took over when it was dissolved, however many times. */
  private async successorOf(id: string, before: readonly string[] = []): Promise<StandingAgency> {
    const state = await this.known(id);
    if (state.dissolved === null) return { id, name: state.name, tier: state.tier, parent: state.parent };
    const { successor } = state.dissolved;
    if (successor === null || before.includes(successor)) throw dissolved(state);
    return this.successorOf(successor, [...before, id]);
  }

  private async known(id: string, pointer?: string): Promise<NonNullable<AgencyState>> {
    const { state } = await this.decisions.load(AGENCY, id);
    if (state !== null) return state;
    const text: Message = {
      ko: `등록된 기관이 아닙니다: ${id}. 기관 목록에서 기관 코드를 확인하십시오.`,
      en: `There is no agency ${id}. Look its id up in the list of agencies.`,
    };
    throw new RuleViolated('unknown-agency', text, pointer);
  }
}

function dissolved({ name, dissolved: end }: NonNullable<AgencyState>, pointer?: string): RuleViolated {
  const successor = end?.successor ?? null;
  return new RuleViolated(
    'agency-dissolved',
    {
      ko: `${name}은(는) 폐지된 기관입니다.${successor === null ? '' : ` 승계 기관: ${successor}.`}`,
      en: `${name} has been dissolved.${successor === null ? '' : ` Its successor is ${successor}.`}`,
    },
    pointer,
  );
}

function named({ id, name, tier }: AgencyAsNamed): AgencyAsNamed {
  return { id, name, tier };
}

/** A version of a plan with the hash by which everybody can name it. */
export function planVersion(version: number, content: PlanContent): PlanVersion {
  return { version, hash: contentHash(content), content };
}
