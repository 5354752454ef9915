import type { Decider, DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkDate, checkId, checkStamp, checkText, LIMITS } from '../kernel/wellformed.js';
import type { RuleBook } from '../rules/rule-book.js';
import type { RuleSetEvent, RuleVersion } from './events.js';
import * as guard from './guards.js';
import { checkRuleTables } from './wellformed.js';

type NewVersion = Omit<RuleVersion, 'version'>;

export type AdoptRuleSet = DomainCommand<'adopt-rule-set', NewVersion & { readonly ruleSet: string }>;
export type AmendRuleSet = DomainCommand<'amend-rule-set', NewVersion>;
export type WithdrawRuleSet = DomainCommand<'withdraw-rule-set', { readonly version: number; readonly reason: string }>;

export type RuleSetCommand = AdoptRuleSet | AmendRuleSet | WithdrawRuleSet;

interface AdoptedRules {
  readonly ruleSet: string;
  /** Number of the last version, withdrawn or not. */
  readonly numbered: number;
  /** Oldest first, without those withdrawn before they took effect. */
  readonly versions: readonly RuleVersion[];
  readonly withdrawn: { readonly version: number; readonly reason: string } | null;
}

/** Null until rules are adopted. */
export type RuleSetState = AdoptedRules | null;

function decide(command: RuleSetCommand, state: RuleSetState): readonly RuleSetEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  const newest = state?.versions.at(-1);
  const version = (state?.numbered ?? 0) + 1;
  switch (command.type) {
    case 'adopt-rule-set': {
      const { ruleSet } = command.data;
      checkId(ruleSet, '/ruleSet');
      const adopted = contentOf(command);
      if (newest !== undefined) {
        if (newest.version === 1 && state?.ruleSet === ruleSet && same(withoutNumber(newest), adopted)) return [];
        throw new RuleViolated('rule-set-already-adopted', {
          ko: '규칙이 이미 채택되어 있습니다. 바꾸려면 개정하세요.',
          en: 'Rules have been adopted already. To change them, amend them.',
        });
      }
      checkNewVersion(adopted, at);
      return [{ type: 'rule-set-adopted', data: { by, at, ruleSet, version, ...adopted } }];
    }
    case 'amend-rule-set': {
      const amended = contentOf(command);
      const before = guard.standing(newest);
      if (same(withoutNumber(before), amended)) return [];
      checkNewVersion(amended, at);
      guard.saysTheSameBefore(amended.effectiveFrom, before.content, amended.content);
      return [{ type: 'rule-set-amended', data: { by, at, version, ...amended } }];
    }
    case 'withdraw-rule-set': {
      const { version: named, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      if (same(state?.withdrawn, { version: named, reason })) return [];
      const withdrawn = guard.standing(newest);
      guard.theNewest(withdrawn, named);
      guard.notYetInEffect(withdrawn, at);
      return [{ type: 'rule-set-withdrawn', data: { by, at, version: named, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** @throws Malformed */
function contentOf({ data }: AdoptRuleSet | AmendRuleSet): NewVersion {
  const { effectiveFrom, source, sample, content, correctionBecause, gapsBecause } = data;
  checkDate(effectiveFrom, '/effectiveFrom');
  checkText(source, '/source', LIMITS.reason);
  if (correctionBecause !== null) checkText(correctionBecause, '/correctionBecause', LIMITS.reason);
  if (gapsBecause !== null) checkText(gapsBecause, '/gapsBecause', LIMITS.reason);
  checkRuleTables(content, '/content');
  return { effectiveFrom, source, sample, content, correctionBecause, gapsBecause };
}

function checkNewVersion({ effectiveFrom, content, correctionBecause, gapsBecause }: NewVersion, at: string): void {
  guard.notBackdatedUnlessCorrection(effectiveFrom, correctionBecause, at);
  guard.noTwoRulesForTheSameDay(content);
  guard.ministryNeverReviewsItself(content);
  guard.noGapUnlessMeant(content, effectiveFrom, gapsBecause);
}

function withoutNumber({ version: _, ...rest }: RuleVersion): NewVersion {
  return rest;
}

function evolve(state: RuleSetState, event: RuleSetEvent): RuleSetState {
  switch (event.type) {
    case 'rule-set-adopted': {
      const { by: _, at: __, ruleSet, ...version } = event.data;
      return { ruleSet, numbered: version.version, versions: [version], withdrawn: null };
    }
    case 'rule-set-amended': {
      if (state === null) return state;
      const { by: _, at: __, ...version } = event.data;
      return { ...state, numbered: version.version, versions: [...state.versions, version], withdrawn: null };
    }
    case 'rule-set-withdrawn': {
      if (state === null) return state;
      const { version, reason } = event.data;
      const versions = state.versions.filter((other) => other.version !== version);
      return { ...state, versions, withdrawn: { version, reason } };
    }
    default: {
      event satisfies never;
      return state;
    }
  }
}

/**
 * The rules of the process, version by version (`ruleset-` streams). Refuses with `rule-set-already-adopted`, `no-such-rule-set`,
 * `takes-effect-in-the-past`, `changes-the-past`, `rules-overlap`, `rules-have-a-gap`, `own-stand-in`, `later-version-stands`,
 * `already-in-effect`.
 */
export const ruleSetDecider: Decider<RuleSetCommand, RuleSetEvent, RuleSetState> = { initialState: null, decide, evolve };

/** The rules by which a legal date is judged: the newest version that is asked from that day on; null when none is. */
export function rulesOn(state: RuleSetState, on: string): RuleBook | null {
  const version = state?.versions.findLast(({ effectiveFrom }) => effectiveFrom <= on);
  return state === null || version === undefined ? null : bookOf(state.ruleSet, version);
}

/** The rules that a case has frozen at receipt, by the name that `ruleSetOn` gave; null when there is no such version. */
export function rulesNamed(state: RuleSetState, name: string): RuleBook | null {
  const books = state?.versions.map((version) => bookOf(state.ruleSet, version)) ?? [];
  return books.find(({ id }) => name.startsWith(`${id}@`)) ?? null;
}

function bookOf(ruleSet: string, { version, sample, content }: RuleVersion): RuleBook {
  return { id: `${ruleSet}-${version}${sample ? '-sample' : ''}`, ...content };
}
