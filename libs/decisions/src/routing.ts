import { Injectable } from '@nestjs/common';
import {
  legalDateOf,
  ministryOn,
  officialDate,
  parentOn,
  reviewerOn,
  RuleViolated,
  standsOn,
  successorsOn,
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
   * The agency as it is called now and stands on a legal date, today unless given.
   * @throws RuleViolated `unknown-agency` or `agency-dissolved`
   */
  async agency(id: string, pointer?: string, on = today()): Promise<StandingAgency> {
    const state = await this.known(id, pointer);
    if (!standsOn(state, on)) throw dissolved(state, on, pointer);
    return standingAgency(state, on);
  }

  /**
   * 협의기관: who reviews the projects of an agency by the rules of a legal date. A 시·군·구 goes to its 시·도, a local public corporation
   * where its owner goes, the ministry's own projects to the agency that the rules name to stand in. An agency that was dissolved
   * or merged by then is replaced by the one that took over; one that was split has to be replaced by moving what stood under it.
   * @throws RuleViolated `no-rule-in-force`, `no-parent-agency`, `unknown-agency`, `agency-dissolved` or `agency-split`
   */
  async authorityOf(id: string, on: string): Promise<AgencyAsNamed> {
    const book = await this.rules.on(on);
    const { agency: ministryId, standIn } = ministryOn(book, on).value;
    const [applicant, ministry] = await Promise.all([this.agency(id, undefined, on), this.successorOf(ministryId, on)]);
    if (applicant.id === ministry.id) return named(await this.successorOf(standIn, on));
    // A corporation is where its owner is.
    const local = applicant.tier === 'LOCAL_PUBLIC_CORP' ? await this.parentOf(applicant, on) : applicant;
    const { reviewer } = reviewerOn(book, on, { tier: applicant.tier, ownerTier: local.tier }).value;
    return named(reviewer === 'ministry' ? ministry : await this.parentOf(local, on));
  }

  /**
   * 행정안전부, or whoever the rules of that day mean by it.
   * @throws RuleViolated `no-rule-in-force`, `unknown-agency` or `agency-dissolved`
   */
  async ministry(on: string): Promise<AgencyAsNamed> {
    return named(await this.successorOf(ministryOn(await this.rules.on(on), on).value.agency, on));
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
    return { tier, ownerTier: (await this.successorOf(parent, today())).tier };
  }

  /** The agency above, or what became of it. */
  private async parentOf({ name, parent }: StandingAgency, on: string): Promise<StandingAgency> {
    if (parent !== null) return this.successorOf(parent, on);
    throw new RuleViolated('no-parent-agency', {
      ko: `${name}의 상급기관이 등록되어 있지 않아 협의기관을 정할 수 없습니다. 관리자에게 기관 정보를 확인해 달라고 하십시오.`,
      en: `No agency is on record above ${name}, so it is not clear who reviews. Ask the administrator to check the agency.`,
    });
  }

  /** The agency itself, or the one that took over when it was dissolved, however many times. */
  private async successorOf(id: string, on: string, before: readonly string[] = []): Promise<StandingAgency> {
    const state = await this.known(id);
    if (standsOn(state, on)) return standingAgency(state, on);
    const [successor, ...others] = successorsOn(state, on);
    if (others.length > 0) {
      throw new RuleViolated('agency-split', {
        ko: `${state.name}은(는) 여러 기관(${[successor, ...others].join(', ')})으로 나뉘었습니다. 어느 기관에 소속되는지 관리자가 소속 변경을 기록해야 합니다.`,
        en: `${state.name} was split into ${[successor, ...others].join(', ')}. An administrator has to record which of them the agency stands under now.`,
      });
    }
    if (successor === undefined || before.includes(successor)) throw dissolved(state, on);
    return this.successorOf(successor, on, [...before, id]);
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

function dissolved(state: NonNullable<AgencyState>, on: string, pointer?: string): RuleViolated {
  const successors = successorsOn(state, on).join(', ');
  const since = state.end === null ? '' : `${officialDate(state.end.effectiveOn)} `;
  return new RuleViolated(
    'agency-dissolved',
    {
      ko: `${state.name}은(는) ${since}폐지된 기관입니다.${successors === '' ? '' : ` 승계 기관: ${successors}.`}`,
      en: `${state.name} has been dissolved.${successors === '' ? '' : ` Its successor is ${successors}.`}`,
    },
    pointer,
  );
}

function standingAgency(state: NonNullable<AgencyState>, on: string): StandingAgency {
  return { id: state.agency, name: state.name, tier: state.tier, parent: parentOn(state, on) };
}

function today(): string {
  return legalDateOf(new Date().toISOString());
}

function named({ id, name, tier }: AgencyAsNamed): AgencyAsNamed {
  return { id, name, tier };
}

/** A version of a plan with the hash by which everybody can name it. */
export function planVersion(version: number, content: PlanContent): PlanVersion {
  return { version, hash: contentHash(content), content };
}
