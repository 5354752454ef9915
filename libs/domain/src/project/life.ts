import { AGENCY_TIERS } from '../agency/agency.js';
import type { AgencyAsNamed } from '../consultation/events.js';
import { daysBetween, legalDateOf, officialDate } from '../kernel/date.js';
import type { Actor, DomainCommand } from '../kernel/decider.js';
import { Malformed, NotPermitted, RuleViolated } from '../kernel/errors.js';
import { lastDayOf, type Quarter } from '../kernel/quarter.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkDate, checkHash, checkId, checkList, checkText, LIMITS } from '../kernel/wellformed.js';
import { MEASURED_KINDS, PERFORMANCE_FINDINGS, type MeasuredKind, type PerformanceFinding } from '../rules/rule-book.js';
import type { ProjectEvent, ProjectLifeEvent } from './events.js';
import { foundOrder, type ConsultedPlan } from './procurement.js';
import type { PlannedProject, ProjectLife } from './state.js';

/** An order and what was looked up for it: every consultation of the project that was ever filed, and who orders and reviews. */
interface Order {
  readonly order: string;
  readonly orderedOn: string;
  readonly planHash: string;
  readonly amountKrw: number | null;
  readonly token: string | null;
  readonly orderer: AgencyAsNamed;
  readonly authority: AgencyAsNamed | null;
  readonly consulted: readonly ConsultedPlan[];
}
/** 발주 등록 by the agency itself. */
export type RecordProcurement = DomainCommand<'record-procurement', Order>;
/** The same from the procurement feed (나라장터): whoever left the consultation out may not report the order either. */
export type ReportProcurement = DomainCommand<'report-procurement', Order>;
export type RecordBudgetReflection = DomainCommand<
  'record-budget-reflection',
  {
    readonly fiscalYear: number;
    readonly requestedKrw: number;
    readonly reflectedKrw: number;
    /** May be empty. */
    readonly remarks: string;
  }
>;
/** 진척 보고. `dueOn` and `ruleSet` are computed by the caller from the dated rules. */
export type RecordProgress = DomainCommand<
  'record-progress',
  {
    readonly year: number;
    readonly quarter: number;
    readonly plannedPercent: number;
    readonly donePercent: number;
    /** May be empty. */
    readonly remarks: string;
    readonly dueOn: string;
    readonly ruleSet: string;
  }
>;
/** The service looks whether a quarter was reported once its day has passed. `dueOn` and `ruleSet` are computed by the caller from the dated rules. */
export type MarkProgressMissed = DomainCommand<
  'mark-progress-missed',
  { readonly year: number; readonly quarter: number; readonly dueOn: string; readonly ruleSet: string }
>;
/** 성과측정. `authority` is who reviews this agency; `finding`, `rule` and `ruleSet` are computed by the caller from the dated rules. */
export type RecordPerformance = DomainCommand<
  'record-performance',
  {
    readonly measuredOn: string;
    readonly of: MeasuredKind;
    readonly score: number;
    readonly finding: PerformanceFinding;
    readonly rule: string;
    readonly ruleSet: string;
    /** May be empty. */
    readonly remarks: string;
    readonly authority: AgencyAsNamed;
  }
>;
export type GiveAward = DomainCommand<
  'give-award',
  { readonly award: string; readonly awardedOn: string; readonly ground: string; readonly authority: AgencyAsNamed }
>;

export type ProjectLifeCommand =
  | RecordProcurement
  | ReportProcurement
  | RecordBudgetReflection
  | RecordProgress
  | MarkProgressMissed
  | RecordPerformance
  | GiveAward;

export const unlived: ProjectLife = {
  orders: [],
  omissions: 0,
  budgets: [],
  progress: [],
  missed: [],
  measurements: [],
  awards: [],
};

/** From the budget to the award. An order is a fact: it is never refused for want of a consultation, the omission is recorded beside it. */
export function decideProjectLife(command: ProjectLifeCommand, project: PlannedProject): readonly ProjectEvent[] {
  const { by, at } = command.data;
  switch (command.type) {
    case 'record-procurement':
    case 'report-procurement': {
      const { order, orderedOn, planHash, amountKrw, token, orderer, authority, consulted } = command.data;
      checkText(order, '/order', LIMITS.name);
      checkDate(orderedOn, '/orderedOn');
      checkHash(planHash, '/planHash');
      if (amountKrw !== null) checkAmount(amountKrw, '/amountKrw');
      if (token !== null) checkHash(token, '/token');
      checkAgency(orderer, '/orderer');
      if (authority !== null) checkAgency(authority, '/authority');
      checkList(consulted, '/consulted', LIMITS.listItems);
      const source = command.type === 'record-procurement' ? 'owner' : 'feed';
      if (source === 'owner') byTheOwner(project, by);
      theOrderer(project, orderer);
      const known = project.life.orders.find((recorded) => recorded.order === order);
      if (same(known, { order, orderedOn, planHash, amountKrw })) return [];
      if (known !== undefined) throw orderRecorded(order);
      notInTheFuture(orderedOn, at, '/orderedOn');
      const { basis, omission } = foundOrder({ orderedOn, planHash }, consulted, project.assessment);
      const recorded: ProjectEvent = {
        type: 'procurement-recorded',
        data: { by, at, order, orderedOn, planHash, amountKrw, orderer, source, token, basis },
      };
      if (omission === null) return [recorded];
      const number = project.life.omissions + 1;
      return [
        recorded,
        {
          type: 'consultation-omission-detected',
          data: { by, at, omission: number, order, orderedOn, planHash, orderer, authority, ...omission },
        },
      ];
    }
    case 'record-budget-reflection': {
      const { fiscalYear, requestedKrw, reflectedKrw, remarks } = command.data;
      checkWhole(fiscalYear, 2000, 2100, '/fiscalYear');
      checkAmount(requestedKrw, '/requestedKrw');
      checkAmount(reflectedKrw, '/reflectedKrw');
      checkText(remarks, '/remarks', LIMITS.reason, 'may-be-empty');
      byTheOwner(project, by);
      const reflection = { fiscalYear, requestedKrw, reflectedKrw, remarks };
      if (project.life.budgets.some((known) => same(known, reflection))) return [];
      return [{ type: 'budget-reflected', data: { by, at, ...reflection } }];
    }
    case 'record-progress': {
      const { year, quarter, plannedPercent, donePercent, remarks, dueOn, ruleSet } = command.data;
      checkWhole(year, 2000, 2100, '/year');
      checkWhole(quarter, 1, 4, '/quarter');
      checkScore(plannedPercent, '/plannedPercent');
      checkScore(donePercent, '/donePercent');
      checkText(remarks, '/remarks', LIMITS.reason, 'may-be-empty');
      checkDate(dueOn, '/dueOn');
      checkText(ruleSet, '/ruleSet', LIMITS.name);
      byTheOwner(project, by);
      const ends = lastDayOf(year, quarter);
      orderedBy(project, ends);
      quarterIsOver(ends, at);
      const before = project.life.progress.find((known) => known.year === year && known.quarter === quarter);
      // What counts is when the quarter was first reported: a later correction makes nobody late.
      const daysLate = before?.daysLate ?? Math.max(0, daysBetween(dueOn, legalDateOf(at)));
      const reported = { year, quarter, plannedPercent, donePercent, remarks, daysLate };
      if (same(before, reported)) return [];
      return [{ type: 'progress-recorded', data: { by, at, ...reported, dueOn, ruleSet } }];
    }
    case 'mark-progress-missed': {
      const { year, quarter, dueOn, ruleSet } = command.data;
      checkWhole(year, 2000, 2100, '/year');
      checkWhole(quarter, 1, 4, '/quarter');
      checkDate(dueOn, '/dueOn');
      checkText(ruleSet, '/ruleSet', LIMITS.name);
      if (!owesReport(project, year, quarter)) return [];
      orderedBy(project, lastDayOf(year, quarter));
      theDayHasPassed(dueOn, at);
      return [{ type: 'progress-report-missed', data: { by, at, year, quarter, dueOn, ruleSet } }];
    }
    case 'record-performance': {
      const { measuredOn, of, score, finding, rule, ruleSet, remarks, authority } = command.data;
      checkDate(measuredOn, '/measuredOn');
      checkChoice(of, MEASURED_KINDS, '/of');
      checkScore(score, '/score');
      checkChoice(finding, PERFORMANCE_FINDINGS, '/finding');
      checkText(rule, '/rule', LIMITS.name);
      checkText(ruleSet, '/ruleSet', LIMITS.name);
      checkText(remarks, '/remarks', LIMITS.reason, 'may-be-empty');
      checkAgency(authority, '/authority');
      if (by.agency !== project.agency) byTheAuthority(authority, by);
      orderedBy(project, measuredOn);
      notInTheFuture(measuredOn, at, '/measuredOn');
      if (project.life.measurements.some((known) => same(known, { measuredOn, of, score, remarks }))) return [];
      return [{ type: 'performance-measured', data: { by, at, measuredOn, of, score, finding, rule, ruleSet, remarks } }];
    }
    case 'give-award': {
      const { award, awardedOn, ground, authority } = command.data;
      checkText(award, '/award', LIMITS.name);
      checkDate(awardedOn, '/awardedOn');
      checkText(ground, '/ground', LIMITS.reason);
      checkAgency(authority, '/authority');
      byTheAuthority(authority, by);
      notOnesOwn(project, by);
      measured(project);
      notInTheFuture(awardedOn, at, '/awardedOn');
      if (project.life.awards.some((known) => same(known, { award, awardedOn }))) return [];
      return [{ type: 'award-granted', data: { by, at, award, awardedOn, ground, authority } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

function byTheOwner({ agency }: PlannedProject, by: Actor): void {
  if (by.agency === agency) return;
  throw new NotPermitted('not-the-owner', {
    ko: '사업 주관기관만 할 수 있습니다.',
    en: 'Only the agency that runs the project may do this.',
  });
}

function byTheAuthority({ id, name }: AgencyAsNamed, by: Actor): void {
  if (by.agency === id) return;
  throw new NotPermitted('not-the-authority', {
    ko: `협의기관(${name})만 할 수 있는 일입니다.`,
    en: `Only the consultation authority (${name}) may do this.`,
  });
}

function notOnesOwn({ agency }: PlannedProject, by: Actor): void {
  if (by.agency !== agency) return;
  throw new NotPermitted('own-award', {
    ko: '자기 기관의 사업에 포상할 수 없습니다.',
    en: 'Nobody gives an award to a project of their own agency.',
  });
}

function theOrderer({ agency }: PlannedProject, orderer: AgencyAsNamed): void {
  if (orderer.id === agency) return;
  throw new RuleViolated(
    'not-the-owner',
    {
      ko: `이 사업의 주관기관은 ${agency}입니다. 다른 기관(${orderer.name})의 발주는 그 기관의 사업에 등록하세요.`,
      en: `This project is run by ${agency}. An order of ${orderer.name} belongs to a project of its own.`,
    },
    '/orderer',
  );
}

function orderRecorded(order: string): RuleViolated {
  return new RuleViolated(
    'order-already-recorded',
    {
      ko: `발주 ‘${order}’은(는) 다른 내용으로 이미 등록되어 있습니다. 발주번호를 확인하세요.`,
      en: `The order “${order}” is on record with other content. Check its number.`,
    },
    '/order',
  );
}

function notInTheFuture(date: string, at: string, pointer: string): void {
  const today = legalDateOf(at);
  if (date <= today) return;
  throw new RuleViolated(
    'not-happened-yet',
    {
      ko: `${officialDate(date)}은(는) 아직 오지 않은 날입니다. 오늘(${officialDate(today)})까지의 일만 기록할 수 있습니다.`,
      en: `${officialDate(date)} is still to come. What is recorded has happened by today (${officialDate(today)}).`,
    },
    pointer,
  );
}

/** Progress and performance are of something that was ordered by then. */
function orderedBy({ life }: PlannedProject, day: string): void {
  if (life.orders.some(({ orderedOn }) => orderedOn <= day)) return;
  throw new RuleViolated('not-ordered', {
    ko: `${officialDate(day)}까지 등록된 발주가 없습니다. 먼저 발주를 등록하세요.`,
    en: `No order by ${officialDate(day)} is on record. Record the order first.`,
  });
}

/** Neither given up, nor reported, nor found missing already, nor finished in an earlier quarter. */
function owesReport({ abandoned, life }: PlannedProject, year: number, quarter: number): boolean {
  if (
    abandoned !== null ||
    [...life.progress, ...life.missed].some((known) => known.year === year && known.quarter === quarter)
  ) {
    return false;
  }
  return !life.progress.some((known) => known.donePercent === 100 && isBefore(known, { year, quarter }));
}

function isBefore(one: Quarter, other: Quarter): boolean {
  return one.year < other.year || (one.year === other.year && one.quarter < other.quarter);
}

function theDayHasPassed(dueOn: string, at: string): void {
  if (legalDateOf(at) > dueOn) return;
  throw new RuleViolated('progress-not-due', {
    ko: `진척 보고 기한(${officialDate(dueOn)})이 아직 지나지 않았습니다.`,
    en: `Progress may be reported until ${officialDate(dueOn)}; it is not missing yet.`,
  });
}

function quarterIsOver(ends: string, at: string): void {
  if (legalDateOf(at) > ends) return;
  throw new RuleViolated(
    'quarter-not-over',
    {
      ko: `분기가 ${officialDate(ends)}에 끝납니다. 끝난 뒤에 진척률을 기록하세요.`,
      en: `The quarter ends on ${officialDate(ends)}. Record its progress afterwards.`,
    },
    '/quarter',
  );
}

function measured({ life }: PlannedProject): void {
  if (life.measurements.length > 0) return;
  throw new RuleViolated('not-measured', {
    ko: '성과를 측정한 적이 없는 사업입니다. 먼저 성과측정을 기록하세요.',
    en: 'The performance of this project was never measured. Record a measurement first.',
  });
}

function checkAgency(agency: AgencyAsNamed, pointer: string): void {
  checkId(agency?.id, `${pointer}/id`);
  checkText(agency?.name, `${pointer}/name`, LIMITS.name);
  checkChoice(agency?.tier, AGENCY_TIERS, `${pointer}/tier`);
}

function checkAmount(krw: unknown, pointer: string): void {
  if (Number.isInteger(krw) && Number(krw) >= 0 && Number(krw) <= LIMITS.budgetKrw) return;
  throw new Malformed(
    'invalid-amount',
    { ko: '금액은 0원부터 1,000조 원까지 원 단위 정수로 적으세요.', en: 'Write a whole number of won from 0 to 10^15.' },
    pointer,
  );
}

function checkWhole(value: unknown, least: number, most: number, pointer: string): void {
  if (Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most) return;
  throw new Malformed(
    'out-of-range',
    { ko: `${least}부터 ${most}까지의 정수여야 합니다.`, en: `This must be a whole number from ${least} to ${most}.` },
    pointer,
  );
}

/** A percentage or a score: 0 to 100, also with decimals. */
function checkScore(value: unknown, pointer: string): void {
  if (typeof value === 'number' && value >= 0 && value <= 100) return;
  throw new Malformed(
    'out-of-range',
    { ko: '0부터 100까지의 수여야 합니다.', en: 'This must be a number from 0 to 100.' },
    pointer,
  );
}

export function evolveProjectLife(life: ProjectLife, event: ProjectLifeEvent): ProjectLife {
  switch (event.type) {
    case 'procurement-recorded': {
      const { order, orderedOn, planHash, amountKrw } = event.data;
      return { ...life, orders: [...life.orders, { order, orderedOn, planHash, amountKrw }] };
    }
    case 'consultation-omission-detected':
      return { ...life, omissions: event.data.omission };
    case 'budget-reflected': {
      const { fiscalYear, requestedKrw, reflectedKrw, remarks } = event.data;
      const others = life.budgets.filter((known) => known.fiscalYear !== fiscalYear);
      return { ...life, budgets: [...others, { fiscalYear, requestedKrw, reflectedKrw, remarks }] };
    }
    case 'progress-recorded': {
      const { year, quarter, plannedPercent, donePercent, remarks, daysLate } = event.data;
      const others = life.progress.filter((known) => known.year !== year || known.quarter !== quarter);
      const missed = life.missed.filter((known) => known.year !== year || known.quarter !== quarter);
      return { ...life, missed, progress: [...others, { year, quarter, plannedPercent, donePercent, remarks, daysLate }] };
    }
    case 'progress-report-missed': {
      const { year, quarter } = event.data;
      return { ...life, missed: [...life.missed, { year, quarter }] };
    }
    case 'performance-measured': {
      const { measuredOn, of, score, remarks } = event.data;
      const others = life.measurements.filter((known) => known.measuredOn !== measuredOn || known.of !== of);
      return { ...life, measurements: [...others, { measuredOn, of, score, remarks }] };
    }
    case 'award-granted': {
      const { award, awardedOn } = event.data;
      return { ...life, awards: [...life.awards, { award, awardedOn }] };
    }
    default: {
      event satisfies never;
      return life;
    }
  }
}
