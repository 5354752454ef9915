import type { Decider, DomainCommand } from '../kernel/decider.js';
import { Malformed, NotFound, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkSoftware, checkStamp, checkText, LIMITS, checkId } from '../kernel/wellformed.js';
import type { SystemEntry, SystemEvent, SystemLevel } from './events.js';

export const SYSTEM_LEVELS: readonly SystemLevel[] = ['central', 'metropolitan', 'local', 'public', 'joint'];

export type RegisterSystem = DomainCommand<'register-system', { readonly system: string; readonly entry: SystemEntry }>;
export type CorrectSystemEntry = DomainCommand<'correct-system-entry', { readonly entry: SystemEntry }>;
/** For imports: registers, corrects or leaves as it is, whichever the inventory needs, so that importing a file again changes nothing. */
export type RecordSystemEntry = DomainCommand<'record-system-entry', { readonly system: string; readonly entry: SystemEntry }>;
export type RetireSystem = DomainCommand<'retire-system', { readonly reason: string }>;

export type SystemCommand = RegisterSystem | CorrectSystemEntry | RecordSystemEntry | RetireSystem;

interface RegisteredSystem {
  readonly entry: SystemEntry;
  /** The reason given, null while the system is in use. */
  readonly retired: string | null;
}

/** Null until the system is registered. */
export type SystemState = RegisteredSystem | null;

function decide(command: SystemCommand, state: SystemState): readonly SystemEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  switch (command.type) {
    case 'register-system': {
      const { system, entry } = command.data;
      checkId(system, '/system');
      checkEntry(entry);
      if (state === null) return [{ type: 'system-registered', data: { by, at, system, entry } }];
      if (same(inUse(state).entry, entry)) return [];
      throw new RuleViolated('system-already-registered', {
        ko: `이 번호의 정보시스템은 이미 ‘${state.entry.title}’(으)로 등록되어 있습니다. 내용이 바뀌었으면 등록 내용을 정정하세요.`,
        en: `This system is already registered as “${state.entry.title}”. If the entry has changed, correct it.`,
      });
    }
    case 'correct-system-entry': {
      const { entry } = command.data;
      checkEntry(entry);
      return same(inUse(state).entry, entry) ? [] : [{ type: 'system-entry-corrected', data: { by, at, entry } }];
    }
    case 'record-system-entry': {
      const { system, entry } = command.data;
      checkId(system, '/system');
      checkEntry(entry);
      if (state === null) return [{ type: 'system-registered', data: { by, at, system, entry } }];
      // A source may go on listing a retired system: nothing new, so nothing to refuse.
      if (same(state.entry, entry)) return [];
      inUse(state);
      return [{ type: 'system-entry-corrected', data: { by, at, entry } }];
    }
    case 'retire-system': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      if (state !== null && state.retired === reason) return [];
      inUse(state);
      return [{ type: 'system-retired', data: { by, at, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

function inUse(state: SystemState): RegisteredSystem {
  if (state === null) {
    throw new NotFound('no-such-system', {
      ko: '등록되지 않은 정보시스템입니다. 먼저 등록하세요.',
      en: 'There is no such system in the inventory. Register it first.',
    });
  }
  if (state.retired !== null) {
    throw new RuleViolated('system-retired', {
      ko: `‘${state.entry.title}’은(는) 이미 폐기된 정보시스템입니다(사유: ${state.retired}). 새 시스템이면 새 번호로 등록하세요.`,
      en: `“${state.entry.title}” has been retired (${state.retired}). Register a new system under a new id.`,
    });
  }
  return state;
}

/** @throws Malformed unless the entry is within the limits */
export function checkEntry(entry: SystemEntry, pointer = '/entry'): void {
  checkSoftware(entry, pointer);
  // Government sources often name no owner; an entry without one is still a system that exists.
  checkText(entry.agency, `${pointer}/agency`, LIMITS.listItem, 'may-be-empty');
  checkChoice(entry.level, SYSTEM_LEVELS, `${pointer}/level`);
  checkText(entry.source, `${pointer}/source`, LIMITS.purpose, 'may-be-empty');
  if (entry.year !== null && !(Number.isInteger(entry.year) && entry.year >= 1945 && entry.year <= 2200)) {
    throw new Malformed(
      'invalid-year',
      { ko: '연도를 네 자리로 적으세요.', en: 'Write the year in four digits.' },
      `${pointer}/year`,
    );
  }
}

function evolve(state: SystemState, event: SystemEvent): SystemState {
  if (event.type === 'system-registered') return { entry: event.data.entry, retired: null };
  if (state === null) return state;
  switch (event.type) {
    case 'system-entry-corrected':
      return { ...state, entry: event.data.entry };
    case 'system-retired':
      return { ...state, retired: event.data.reason };
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** Existing information systems, as the inventory (범정부 EA) lists them. Refuses with `system-already-registered`, `system-retired`, `no-such-system`. */
export const systemDecider: Decider<SystemCommand, SystemEvent, SystemState> = { initialState: null, decide, evolve };
