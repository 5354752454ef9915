import {
  addDays,
  clockOf,
  clockRulesOn,
  koreanCalendar,
  rulesNamed,
  type ConsultationEvent,
  type Severity,
} from '@sajeon/domain';
import { happened } from '@sajeon/domain/testing';
import fc from 'fast-check';
import { clockDates, courseAfter, rulesAndCalendar, type ClockDates, type Course, type RulesAndCalendar } from './case-clock.js';
import { consultation, rulesAdopted } from './testing/story.js';
import type { Stored } from './host/view.js';

const recorded = <Event extends { type: string; data: object }>(stream: string, revision: bigint, event: Event) =>
  ({ ...event, stream, revision, position: revision + 1n }) as unknown as Stored<Event>;
const known: RulesAndCalendar = rulesAndCalendar.evolve(rulesAndCalendar.initial, recorded('ruleset-national', 0n, rulesAdopted));
const RULE_SET = 'national-1-sample@2024-01-01';

const calendar = koreanCalendar();

/** What the query says of the dates on a day. */
function severityOf({ clock, overdueOn, urgentOn, halfOn }: ClockDates, on: string): Severity | null {
  if (clock === null || clock === 'stopped') return null;
  if (overdueOn !== null && overdueOn <= on) return 'overdue';
  if (urgentOn !== null && urgentOn <= on) return 'urgent';
  return halfOn !== null && halfOn <= on ? 'half' : 'ample';
}

const at = (day: string) => `${day}T01:00:00Z`;
const received = (day: string): ConsultationEvent => {
  const event = happened.received();
  return { ...event, data: { ...event.data, at: at(day), ruleSet: RULE_SET } };
};
const asked = (day: string, round: number): ConsultationEvent => {
  const event = happened.correctionRequested(round);
  return { ...event, data: { ...event.data, at: at(day), respondBy: addDays(day, 10) } };
};
const answered = (day: string, round: number): ConsultationEvent => {
  const event = happened.responded(undefined, round);
  return { ...event, data: { ...event.data, at: at(day) } };
};

it('dates tell on any later day what the clock says of all events on that day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 5 }),
      fc.integer({ min: 0, max: 60 }),
      (start, gaps, later) => {
        let day = addDays('2026-01-02', start);
        const events = [happened.drafted(), happened.submitted(), received(day), happened.screened()];
        gaps.forEach((gap, index) => {
          day = addDays(day, gap);
          events.push(index % 2 === 0 ? asked(day, index / 2 + 1) : answered(day, (index + 1) / 2));
        });
        const course = events.reduce<Course>(courseAfter, []);
        const dates = clockDates(course, day, known);
        const on = addDays(day, later);
        const book = rulesNamed(known.rules, RULE_SET);
        if (book === null) throw new Error('adopted above');
        const clock = clockOf(events, on, clockRulesOn(book, dates.receivedOn ?? '', calendar));
        const running = dates.clock === 'running' ? later : 0;
        expect({ severity: severityOf(dates, on), used: (dates.usedDays ?? 0) + running, given: dates.givenDays }).toEqual({
          severity: clock?.severity,
          used: clock?.used,
          given: clock?.given,
        });
        expect(dates.clock).toBe(clock?.state);
        if (dates.clock === 'running') expect(dates.dueOn).toBe(clock?.dueOn);
      },
    ),
    { numRuns: 300, seed: 67 },
  );
});

it('of a case are made from every event that moves its clock', () => {
  const withRules = consultation.map((event) =>
    event.type === 'consultation-received' ? { ...event, data: { ...event.data, ruleSet: RULE_SET } } : event,
  );
  const course = withRules.reduce<Course>(courseAfter, []);
  expect(clockDates(course, '2026-11-18', known)).toEqual(clockDates(withRules, '2026-11-18', known));
  expect(clockDates(course, '2026-11-18', known)).toMatchObject({
    ...{ clock: 'stopped', receivedOn: '2026-11-02', endedOn: '2026-11-18' },
    ...{ givenDays: 30, usedDays: 9, applicantDays: 7 },
  });
  expect(JSON.stringify(course).length).toBeLessThan(1_000);
});

it('fall back on the due date of the receipt where no rules are on record', () => {
  expect(clockDates([received('2026-11-02')], '2026-11-02', rulesAndCalendar.initial)).toMatchObject({
    ...{ clock: 'running', receivedOn: '2026-11-02', givenDays: null, dueOn: '2026-12-02', overdueOn: '2026-12-03' },
    ...{ halfOn: null, urgentOn: null, usedDays: null },
  });
});

it('are not moved by an event of the rules that is delivered again', () => {
  expect(rulesAndCalendar.evolve(known, recorded('ruleset-national', 0n, rulesAdopted))).toBe(known);
});
