import { Injectable } from '@nestjs/common';
import {
  RuleViolated,
  clockRulesOn,
  dayCountingOn,
  dueOnWithoutStops,
  inForce,
  koreanCalendar,
  legalDateOf,
  objectionDaysOn,
  officialDate,
  requestTermsOn,
  ruleSetOn,
  rulesNamed,
  rulesOn,
  type BusinessCalendar,
  type ClockRules,
  type MaterialChangeRule,
  type Message,
  type RequestType,
  type ReviewItem,
  type ReviewTrack,
  type RuleBook,
} from '@sajeon/domain';
import { Decisions } from './decisions.js';
import { CALENDAR, RULE_SET } from './kinds.js';

/** Ids of the streams by which the service goes: one set of rules, one calendar. */
export const NATIONAL_RULES = 'national';
export const KOREAN_CALENDAR = 'kr';

/** 검토항목 and the library of conditions. */
export interface DecisionRules {
  readonly checklist: readonly ReviewItem[];
  readonly conditions: readonly { readonly code: string; readonly text: Message; readonly evidence: Message }[];
}

/** The dated rules and the calendar, from the log as it is at this moment. */
@Injectable()
export class Rules {
  constructor(private readonly decisions: Decisions) {}

  /**
   * The rules by which a legal date is judged.
   * @throws RuleViolated `no-rule-in-force` when none have been adopted that are asked on that day
   */
  async on(date: string): Promise<RuleBook> {
    const { state } = await this.decisions.load(RULE_SET, NATIONAL_RULES);
    const book = rulesOn(state, date);
    if (book === null) {
      throw new RuleViolated('no-rule-in-force', {
        ko: `${officialDate(date)}에 적용할 규칙이 없습니다. 관리자가 그날의 규칙을 먼저 채택해야 합니다.`,
        en: `No rules are in force on ${officialDate(date)}. An administrator has to adopt rules for that day first.`,
      });
    }
    return book;
  }

  /** The calendar with every gazetted holiday that has been entered. */
  async calendar(): Promise<BusinessCalendar> {
    const { state } = await this.decisions.load(CALENDAR, KOREAN_CALENDAR);
    return koreanCalendar(state?.gazetted ?? []);
  }

  /**
   * What is frozen into a case that is received at that instant: the name of the rules of the day, and the last day of the review by
   * what the calendar knows then.
   * @throws RuleViolated `no-rule-in-force`
   */
  async atReceipt(track: ReviewTrack, at: string): Promise<{ readonly dueOn: string; readonly ruleSet: string }> {
    const on = legalDateOf(at);
    const [book, calendar] = await Promise.all([this.on(on), this.calendar()]);
    const { reviewDays, dayCounting } = clockRulesOn(book, on, calendar);
    const days = reviewDays[track] ?? reviewDays.standard;
    return { dueOn: dueOnWithoutStops(on, days, calendar.knownOn(on), dayCounting), ruleSet: ruleSetOn(book, on) };
  }

  /**
   * The last day to answer requests of those kinds that go out at that instant, and how many days before it the applicant is reminded: by
   * the rules that the case froze at receipt. A last day on which offices are closed moves as the rules say.
   * @throws RuleViolated `no-rule-in-force`
   */
  async termsOfRequest(
    receipt: { readonly ruleSet: string; readonly at: string },
    kinds: readonly RequestType[],
    at: string,
  ): Promise<{ readonly respondBy: string; readonly remindDaysBefore: readonly number[] }> {
    const { book, calendar, on } = await this.frozen(receipt);
    const { respondWithinDays, remindDaysBefore } = requestTermsOn(book, on, kinds);
    const today = legalDateOf(at);
    const respondBy = dueOnWithoutStops(today, respondWithinDays, calendar.knownOn(today), dayCountingOn(book, on));
    return { respondBy, remindDaysBefore };
  }

  /**
   * What the clock of a received case goes by: the rules that it froze at receipt, or, where their name is not known (it was received
   * before rules were on record), those of the day of its receipt.
   * @throws RuleViolated `no-rule-in-force`
   */
  async clockOf(receipt: { readonly ruleSet: string; readonly at: string }): Promise<ClockRules> {
    const { book, calendar, on } = await this.frozen(receipt);
    return clockRulesOn(book, on, calendar);
  }

  /**
   * What a decision of a received case has to go through and may order, by the rules that it froze at receipt: the items of the checklist and
   * the library of conditions.
   * @throws RuleViolated `no-rule-in-force`
   */
  async ofDecision(receipt: { readonly ruleSet: string; readonly at: string }): Promise<DecisionRules> {
    const { book, on } = await this.frozen(receipt);
    return {
      checklist: inForce(book.checklist, on)
        .map(({ value }) => value)
        .sort((a, b) => a.number - b.number),
      conditions: inForce(book.conditions, on).map(({ value }) => value),
    };
  }

  /**
   * The last day to object to a letter of that day. A case whose frozen rules say nothing about objections (they were adopted before there was a
   * rule) goes by those of the letter's day. A last day on which offices are closed moves as the rules say.
   * @throws RuleViolated `no-rule-in-force`
   */
  async objectionUntil(receipt: { readonly ruleSet: string; readonly at: string }, notifiedOn: string): Promise<string> {
    const { book: frozen, calendar, on } = await this.frozen(receipt);
    const silent = inForce(frozen.objections ?? [], on).length === 0;
    const [book, day] = silent ? [await this.on(notifiedOn), notifiedOn] : [frozen, on];
    const days = objectionDaysOn(book, day);
    return dueOnWithoutStops(notifiedOn, days, calendar.knownOn(notifiedOn), dayCountingOn(book, day));
  }

  /** From where on a change of the decided plan has to be consulted again, by the rules that the case froze at receipt. */
  async materialChanges(receipt: { readonly ruleSet: string; readonly at: string }): Promise<readonly MaterialChangeRule[]> {
    const { book, on } = await this.frozen(receipt);
    return inForce(book.materialChanges, on).map(({ id, value }) => ({ id, value }));
  }

  private async frozen(receipt: { readonly ruleSet: string; readonly at: string }) {
    const on = legalDateOf(receipt.at);
    const { state } = await this.decisions.load(RULE_SET, NATIONAL_RULES);
    return { book: rulesNamed(state, receipt.ruleSet) ?? (await this.on(on)), calendar: await this.calendar(), on };
  }
}
