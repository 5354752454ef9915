import { Injectable } from '@nestjs/common';
import {
  clockRulesOn,
  dueOnWithoutStops,
  koreanCalendar,
  legalDateOf,
  officialDate,
  RuleViolated,
  rulesNamed,
  rulesOn,
  ruleSetOn,
  type BusinessCalendar,
  type ClockRules,
  type ReviewTrack,
  type RuleBook,
} from '@sajeon/domain';
import { Decisions } from './decisions.js';
import { CALENDAR, RULE_SET } from './messages.js';

/** Ids of the streams by which the service goes: one set of rules, one calendar. */
export const NATIONAL_RULES = 'national';
export const KOREAN_CALENDAR = 'kr';

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
   * What the clock of a received case goes by: the rules that it froze at receipt, or, where their name is not known (it was received
   * before rules were on record), those of the day of its receipt.
   * @throws RuleViolated `no-rule-in-force`
   */
  async clockOf(receipt: { readonly ruleSet: string; readonly at: string }): Promise<ClockRules> {
    const on = legalDateOf(receipt.at);
    const { state } = await this.decisions.load(RULE_SET, NATIONAL_RULES);
    return clockRulesOn(rulesNamed(state, receipt.ruleSet) ?? (await this.on(on)), on, await this.calendar());
  }
}
