import type { Decider, DomainCommand } from '../kernel/decider.js';
import { legalDateOf, officialDate } from '../kernel/date.js';
import { Malformed, NotFound, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkDate, checkList, checkStamp, checkText, LIMITS, checkId } from '../kernel/wellformed.js';
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

/** 통합. */
export type MergeAgency = DomainCommand<
  'merge-agency',
  { readonly into: string; readonly effectiveOn: string; readonly reason: string }
>;
/** 분리. */
export type SplitAgency = DomainCommand<
  'split-agency',
  { readonly successors: readonly string[]; readonly effectiveOn: string; readonly reason: string }
>;
/** 소속 변경. */
export type MoveAgency = DomainCommand<
  'move-agency',
  { readonly parent: string | null; readonly effectiveOn: string; readonly reason: string }
>;

export type AgencyCommand = RegisterAgency | RenameAgency | DissolveAgency | MergeAgency | SplitAgency | MoveAgency;

export interface RegisteredAgency {
  readonly agency: string;
  readonly name: string;
  readonly tier: AgencyTier;
  readonly parent: string | null;
  readonly dissolved: { readonly successor: string | null; readonly reason: string } | null;
  /** A merger into one agency or a split into several, announced or effective; the newest. */
  readonly end: { readonly successors: readonly string[]; readonly effectiveOn: string; readonly reason: string } | null;
  /** Moves under another agency, in the order in which they were recorded. */
  readonly moves: readonly { readonly parent: string | null; readonly effectiveOn: string; readonly reason: string }[];
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
      if (parent === agency) throw ownParent();
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
      const agency = goingOn(state, at);
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
    case 'merge-agency': {
      const { into, effectiveOn, reason } = command.data;
      checkId(into, '/into');
      checkDate(effectiveOn, '/effectiveOn');
      checkText(reason, '/reason', LIMITS.reason);
      if (same(state?.end, { successors: [into], effectiveOn, reason })) return [];
      notItsOwnSuccessor(goingOn(state, at), into, '/into');
      return [{ type: 'agency-merged', data: { by, at, into, effectiveOn, reason } }];
    }
    case 'split-agency': {
      const { successors, effectiveOn, reason } = command.data;
      checkSuccessors(successors);
      checkDate(effectiveOn, '/effectiveOn');
      checkText(reason, '/reason', LIMITS.reason);
      if (same(state?.end, { successors, effectiveOn, reason })) return [];
      const agency = goingOn(state, at);
      successors.forEach((successor, index) => notItsOwnSuccessor(agency, successor, `/successors/${index}`));
      return [{ type: 'agency-split', data: { by, at, successors, effectiveOn, reason } }];
    }
    case 'move-agency': {
      const { parent, effectiveOn, reason } = command.data;
      if (parent !== null) checkId(parent, '/parent');
      checkDate(effectiveOn, '/effectiveOn');
      checkText(reason, '/reason', LIMITS.reason);
      const agency = goingOn(state, at);
      if (same(agency.moves.at(-1), { parent, effectiveOn, reason })) return [];
      if (parent === agency.agency) throw ownParent();
      const formerParent = parentOn(agency, effectiveOn);
      if (formerParent === parent) {
        throw new RuleViolated(
          'same-parent',
          {
            ko: `${officialDate(effectiveOn)}에 이미 그 기관에 소속되어 있습니다.`,
            en: `On ${officialDate(effectiveOn)} it stands under that agency already.`,
          },
          '/parent',
        );
      }
      return [{ type: 'agency-moved', data: { by, at, parent, formerParent, effectiveOn, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** Standing, and not yet merged or split: an announced merger may still be announced otherwise. */
function goingOn(state: AgencyState, at: string): RegisteredAgency {
  const agency = standing(state);
  if (standsOn(agency, legalDateOf(at))) return agency;
  throw new RuleViolated('agency-dissolved', {
    ko: `‘${agency.name}’은(는) ${officialDate(agency.end?.effectiveOn ?? '')}에 통합 또는 분리된 기관입니다. 승계기관을 이용하세요.`,
    en: `“${agency.name}” was merged or split on ${officialDate(agency.end?.effectiveOn ?? '')}. Use its successor.`,
  });
}

function notItsOwnSuccessor({ agency }: RegisteredAgency, successor: string, pointer: string): void {
  if (agency !== successor) return;
  throw new RuleViolated(
    'own-successor',
    {
      ko: '통합되거나 분리되는 기관이 자신의 승계기관일 수 없습니다. 다른 기관을 지정하세요.',
      en: 'An agency that is merged or split cannot succeed itself. Name another agency.',
    },
    pointer,
  );
}

function checkSuccessors(successors: readonly string[]): void {
  checkList(successors, '/successors', LIMITS.listItems);
  successors.forEach((successor, index) => checkId(successor, `/successors/${index}`));
  if (new Set(successors).size === successors.length && successors.length >= 2) return;
  throw new Malformed(
    'several-successors-needed',
    {
      ko: '분리에는 서로 다른 승계기관이 둘 이상 있어야 합니다. 하나이면 통합으로 기록하세요.',
      en: 'A split needs two successors or more, all different. With one it is a merger.',
    },
    '/successors',
  );
}

function ownParent(): RuleViolated {
  return new RuleViolated('own-parent', {
    ko: '기관이 자기 자신의 상급기관일 수 없습니다. 상급기관을 비우거나 다른 기관을 지정하세요.',
    en: 'An agency cannot be its own parent. Name another agency or none.',
  });
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
    return { agency, name, tier, parent, dissolved: null, end: null, moves: [] };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'agency-renamed':
      return { ...state, name: event.data.name };
    case 'agency-dissolved':
      return { ...state, dissolved: { successor: event.data.successor, reason: event.data.reason } };
    case 'agency-merged': {
      const { into, effectiveOn, reason } = event.data;
      return { ...state, end: { successors: [into], effectiveOn, reason } };
    }
    case 'agency-split': {
      const { successors, effectiveOn, reason } = event.data;
      return { ...state, end: { successors, effectiveOn, reason } };
    }
    case 'agency-moved': {
      const { parent, effectiveOn, reason } = event.data;
      return { ...state, moves: [...state.moves, { parent, effectiveOn, reason }] };
    }
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** Whether the agency is still itself on a legal date. */
export function standsOn(agency: RegisteredAgency, on: string): boolean {
  return agency.dissolved === null && (agency.end === null || on < agency.end.effectiveOn);
}

/** Who stands in its place on a legal date: nobody while it stands itself, and nobody when it was dissolved without a successor. */
export function successorsOn(agency: RegisteredAgency, on: string): readonly string[] {
  if (standsOn(agency, on)) return [];
  if (agency.end !== null && agency.end.effectiveOn <= on) return agency.end.successors;
  const successor = agency.dissolved?.successor ?? null;
  return successor === null ? [] : [successor];
}

/** The agency above it on a legal date: by the move that took effect last until then. */
export function parentOn({ parent, moves }: Pick<RegisteredAgency, 'parent' | 'moves'>, on: string): string | null {
  let newest: RegisteredAgency['moves'][number] | undefined;
  for (const move of moves) {
    if (move.effectiveOn <= on && (newest === undefined || move.effectiveOn >= newest.effectiveOn)) newest = move;
  }
  return newest === undefined ? parent : newest.parent;
}

/**
 * Agencies: who they are, what they are called, what stands above them, and who succeeds them from when on. Refuses with
 * `agency-already-registered`, `agency-dissolved`, `own-parent`, `own-successor`, `same-parent`, `no-such-agency`.
 */
export const agencyDecider: Decider<AgencyCommand, AgencyEvent, AgencyState> = { initialState: null, decide, evolve };
