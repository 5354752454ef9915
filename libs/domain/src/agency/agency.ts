import type { Decider, DomainCommand } from '../kernel/decider.js';
import { NotFound, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkStamp, checkText, LIMITS, checkId } from '../kernel/wellformed.js';
import type { AgencyEvent, AgencyTier } from './events.js';

export const AGENCY_TIERS: readonly AgencyTier[] = [
  'CENTRAL',
  'METROPOLITAN',
  'BASIC_LOCAL',
  'PUBLIC_INSTITUTION',
  'LOCAL_PUBLIC_CORP',
  'EDUCATION_OFFICE',
];

export type RegisterAgency = DomainCommand<
  'register-agency',
  { readonly agency: string; readonly name: string; readonly tier: AgencyTier; readonly parent: string | null }
>;
export type RenameAgency = DomainCommand<'rename-agency', { readonly name: string }>;
export type DissolveAgency = DomainCommand<'dissolve-agency', { readonly successor: string | null; readonly reason: string }>;

export type AgencyCommand = RegisterAgency | RenameAgency | DissolveAgency;

interface RegisteredAgency {
  readonly agency: string;
  readonly name: string;
  readonly tier: AgencyTier;
  readonly parent: string | null;
  readonly dissolved: { readonly successor: string | null; readonly reason: string } | null;
}

/** Null until the agency is registered. */
export type AgencyState = RegisteredAgency | null;

function decide(command: AgencyCommand, state: AgencyState): readonly AgencyEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  switch (command.type) {
    case 'register-agency': {
      const { agency, name, tier, parent } = command.data;
      checkId(agency, '/agency');
      checkText(name, '/name', LIMITS.name);
      checkChoice(tier, AGENCY_TIERS, '/tier');
      if (parent !== null) checkId(parent, '/parent');
      if (parent === agency) {
        throw new RuleViolated('own-parent', {
          ko: '기관이 자기 자신의 상급기관일 수 없습니다. 상급기관을 비우거나 다른 기관을 지정하세요.',
          en: 'An agency cannot be its own parent. Name another agency or none.',
        });
      }
      if (state !== null) {
        const registered = { agency: state.agency, name: state.name, tier: state.tier, parent: state.parent };
        if (state.dissolved === null && same(registered, { agency, name, tier, parent })) return [];
        throw new RuleViolated('agency-already-registered', {
          ko: `이 기관은 이미 ‘${state.name}’(으)로 등록되어 있습니다. 이름이 바뀌었으면 기관 이름 변경을 쓰세요.`,
          en: `This agency is already registered as “${state.name}”. If its name has changed, rename it.`,
        });
      }
      return [{ type: 'agency-registered', data: { by, at, agency, name, tier, parent } }];
    }
    case 'rename-agency': {
      const { name } = command.data;
      checkText(name, '/name', LIMITS.name);
      const agency = standing(state);
      return agency.name === name ? [] : [{ type: 'agency-renamed', data: { by, at, name, formerName: agency.name } }];
    }
    case 'dissolve-agency': {
      const { successor, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      if (successor !== null) checkId(successor, '/successor');
      if (state !== null && same(state.dissolved, { successor, reason })) return [];
      if (standing(state).agency === successor) {
        throw new RuleViolated('own-successor', {
          ko: '폐지되는 기관이 자신의 승계기관일 수 없습니다. 다른 기관을 지정하세요.',
          en: 'A dissolved agency cannot succeed itself. Name another agency or none.',
        });
      }
      return [{ type: 'agency-dissolved', data: { by, at, successor, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

function standing(state: AgencyState): RegisteredAgency {
  if (state === null) {
    throw new NotFound('no-such-agency', {
      ko: '등록되지 않은 기관입니다. 먼저 기관을 등록하세요.',
      en: 'There is no such agency. Register it first.',
    });
  }
  if (state.dissolved !== null) {
    throw new RuleViolated('agency-dissolved', {
      ko: `‘${state.name}’은(는) 이미 폐지된 기관입니다. 승계기관을 이용하세요.`,
      en: `“${state.name}” has been dissolved. Use its successor.`,
    });
  }
  return state;
}

function evolve(state: AgencyState, event: AgencyEvent): AgencyState {
  if (event.type === 'agency-registered') {
    const { agency, name, tier, parent } = event.data;
    return { agency, name, tier, parent, dissolved: null };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'agency-renamed':
      return { ...state, name: event.data.name };
    case 'agency-dissolved':
      return { ...state, dissolved: { successor: event.data.successor, reason: event.data.reason } };
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** Agencies: who they are, what they are called, which one succeeds them. Refuses with `agency-already-registered`, `agency-dissolved`, `own-parent`, `own-successor`, `no-such-agency`. */
export const agencyDecider: Decider<AgencyCommand, AgencyEvent, AgencyState> = { initialState: null, decide, evolve };
