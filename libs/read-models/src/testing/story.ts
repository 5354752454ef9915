import type {
  AgencyEvent,
  CalendarEvent,
  ConsultationEvent,
  PlanVersion,
  ProjectEvent,
  RuleSetEvent,
  SajeonEvent,
  SystemEntry,
  SystemEvent,
} from '@sajeon/domain';
import { sampleRules } from '@sajeon/domain';
import {
  applicant,
  approver,
  city,
  groundwater,
  happened,
  machine,
  planContent,
  planVersion,
  province,
  reviewer,
} from '@sajeon/domain/testing';

const at = '2026-10-01T00:00:00Z';

export const entry: SystemEntry = {
  title: '지방재정정보시스템',
  purpose: '지방자치단체의 예산과 회계를 관리한다.',
  functions: ['예산 편성', '세출 결의'],
  users: ['지방공무원'],
  data: ['예산서', '결산서'],
  technologies: ['Java', 'GIS'],
  text: 'e호조라고도 한다.',
  agency: '행정안전부',
  level: 'central',
  year: 2008,
  source: 'https://example.org/ea/1',
};

export function registered(system: string, change: Partial<SystemEntry> = {}): SystemEvent {
  return { type: 'system-registered', data: { by: machine, at, system, entry: { ...entry, ...change } } };
}

export function agencyRegistered(agency: string, name: string): AgencyEvent {
  return { type: 'agency-registered', data: { by: machine, at, agency, name, tier: 'BASIC_LOCAL', parent: province.id } };
}

export function drafted(consultation: string, title = planContent.title, plan: PlanVersion = planVersion(1)): ConsultationEvent {
  const event = happened.drafted();
  return { ...event, data: { ...event.data, consultation, plan: { ...plan, content: { ...plan.content, title } } } };
}

/** A consultation from draft to letter, with a second screening that raises a settled candidate. */
export const consultation: readonly ConsultationEvent[] = [
  happened.drafted(),
  { type: 'draft-revised', data: { by: applicant, at: '2026-10-29T01:00:00Z', plan: planVersion(2) } },
  happened.submitted(planVersion(2)),
  happened.received(),
  happened.screened(undefined, planVersion(2)),
  happened.dismissed(),
  happened.correctionRequested(),
  happened.responded(planVersion(3)),
  happened.screened([{ ...groundwater, probability: 0.95 }], planVersion(3), '130'),
  happened.confirmed(),
  happened.proposed(1),
  happened.sentBack(1),
  happened.proposed(2),
  happened.approved(2),
  happened.notified(),
];

/** What becomes of its condition: a rejected result, a declined waiver, a date that passes and is extended, and in the end it is met. */
export const followUp: readonly ConsultationEvent[] = [
  happened.actionPlanned(),
  happened.actionReported(1),
  happened.actionRejected(1),
  happened.waiverProposed(),
  happened.waiverDeclined(),
  happened.overdue(),
  happened.recommended(),
  happened.recommendationAnswered(),
  happened.extended(),
  happened.actionReported(2),
  happened.fulfilled(2),
  happened.closed(),
];

/** An order and the omission found in it. */
export const omitted = (order: string, orderedOn: string, amountKrw: number | null, omission = 1): readonly ProjectEvent[] => [
  {
    type: 'procurement-recorded',
    data: {
      ...{
        by: applicant,
        at: '2026-12-28T01:00:00Z',
        order,
        orderedOn,
        planHash: planVersion(1).hash,
        amountKrw,
        orderer: city,
        source: 'owner',
        token: null,
      },
      basis: { kind: 'none' },
    },
  },
  {
    type: 'consultation-omission-detected',
    data: {
      ...{
        by: applicant,
        at: '2026-12-28T01:00:00Z',
        omission,
        order,
        orderedOn,
        planHash: planVersion(1).hash,
        orderer: city,
        authority: province,
      },
      ...{ reason: omission === 1 ? 'never-consulted' : 'held', consultation: null, decidedPlan: null },
    },
  },
];
/** What becomes of a project after its plan, with an order that nobody was asked about. */
export const projectLife: readonly ProjectEvent[] = [
  {
    type: 'budget-reflected',
    data: {
      by: applicant,
      at: '2026-12-28T01:00:00Z',
      fiscalYear: 2027,
      requestedKrw: 180_000_000,
      reflectedKrw: 142_000_000,
      remarks: '',
    },
  },
  ...omitted('o-1', '2026-12-27', 142_000_000),
  {
    type: 'progress-recorded',
    data: {
      ...{ by: applicant, at: '2026-12-28T01:00:00Z', year: 2027, quarter: 1, plannedPercent: 30, donePercent: 25, remarks: '' },
      ...{ dueOn: '2027-04-15', ruleSet: 'sample@2024-01-01', daysLate: 0 },
    },
  },
  {
    type: 'performance-measured',
    data: {
      ...{ by: approver, at: '2028-12-20T01:00:00Z', measuredOn: '2028-11-30', of: 'system', score: 82.5, finding: 'keep' },
      ...{ rule: 'performance-system-keep', ruleSet: 'sample@2024-01-01', remarks: '' },
    },
  },
  {
    type: 'award-granted',
    data: {
      by: approver,
      at: '2028-12-20T01:00:00Z',
      award: '우수 정보시스템',
      awardedOn: '2028-12-20',
      ground: '예산을 줄였다.',
      authority: province,
    },
  },
];

const project: readonly ProjectEvent[] = [
  { type: 'project-planned', data: { by: applicant, at, project: 'p-1', agency: city.id, plan: planVersion(1) } },
  { type: 'plan-revised', data: { by: applicant, at: '2026-10-29T01:00:00Z', plan: planVersion(2) } },
  ...projectLife,
  { type: 'project-abandoned', data: { by: applicant, at: '2026-12-01T01:00:00Z', reason: '예산 삭감' } },
];

const system: readonly SystemEvent[] = [
  registered('s-1'),
  { type: 'system-entry-corrected', data: { by: machine, at, entry: { ...entry, year: 2009 } } },
  { type: 'system-retired', data: { by: reviewer, at: '2026-11-01T00:00:00Z', reason: '차세대로 대체' } },
];

const agency: readonly AgencyEvent[] = [
  agencyRegistered(city.id, '공주군'),
  { type: 'agency-renamed', data: { by: machine, at, name: '공주시', formerName: '공주군' } },
  {
    type: 'agency-moved',
    data: { by: machine, at, parent: 'sejong-si', formerParent: province.id, effectiveOn: '2027-01-01', reason: '관할 변경' },
  },
  {
    type: 'agency-split',
    data: { by: machine, at, successors: ['gongju-dong', 'gongju-seo'], effectiveOn: '2028-01-01', reason: '분리' },
  },
  { type: 'agency-merged', data: { by: machine, at, into: 'sejong-si', effectiveOn: '2027-07-01', reason: '통합' } },
  { type: 'agency-dissolved', data: { by: machine, at, successor: 'sejong-si', reason: '통합' } },
];

const ended: readonly (readonly [string, readonly ConsultationEvent[]])[] = [
  ['consultation-c-2', [drafted('c-2', '도서관 예약 앱'), happened.submitted(), happened.returned()]],
  ['consultation-c-3', [drafted('c-3', '도로대장 전산화'), happened.submitted(), happened.withdrawn()]],
  [
    'consultation-c-5',
    [
      ...[drafted('c-5', '지하수 조회'), happened.submitted(), happened.screened(), happened.received()],
      ...[happened.differenceStated(), happened.jointReviewOpened(), happened.opinionGiven()],
      ...[happened.adjustmentProposed(), happened.adjustmentAgreed(), happened.jointReviewClosed()],
    ],
  ],
  [
    'consultation-c-4',
    [
      ...[drafted('c-4', '상수도 원격검침'), happened.submitted(), happened.received(), happened.screened([])],
      ...[happened.proposed(), happened.approved(), happened.notified(), happened.waiverProposed(), happened.waived()],
      happened.closed([], [1]),
    ],
  ],
];

const user: readonly SajeonEvent[] = [
  { type: 'user-registered', data: { by: machine, at, user: 'p-8001' } },
  {
    type: 'roles-granted',
    data: { by: machine, at, grant: 'g-1', agency: province.id, roles: ['reviewer'], from: '2026-10-01', until: null },
  },
  {
    type: 'roles-granted',
    data: { by: machine, at, grant: 'g-2', agency: city.id, roles: ['applicant'], from: '2026-10-01', until: '2027-09-30' },
  },
  { type: 'grant-revoked', data: { by: machine, at: '2026-11-01T00:00:00Z', grant: 'g-2', reason: '전보' } },
];

const preliminary: readonly SajeonEvent[] = [
  {
    type: 'preliminary-review-requested',
    data: {
      ...{ by: applicant, at, project: 'p-1', request: 1, fiscalYear: 2027, outline: planVersion(1) },
      ...{ applicant: city, authority: province },
    },
  },
  {
    type: 'preliminary-opinion-given',
    data: { by: reviewer, at: '2026-10-20T00:00:00Z', request: 1, verdict: 'ADJUST', text: '기존 시스템을 먼저 활용할 것' },
  },
];

const { id: _, ...content } = sampleRules;

/** In force from long before the story. */
export const rulesAdopted: RuleSetEvent = {
  type: 'rule-set-adopted',
  data: {
    ...{ by: machine, at: '2024-01-01T00:00:00Z', ruleSet: 'national', version: 1, effectiveFrom: '2010-01-01' },
    ...{ source: '예시', sample: true, content, correctionBecause: null, gapsBecause: null },
  },
};

/** Announced while cases run. */
export const holidayGazetted = (date = '2026-12-02'): CalendarEvent => ({
  type: 'temporary-holiday-gazetted',
  data: {
    ...{ by: machine, at: '2026-11-03T00:00:00Z', calendar: 'kr' },
    holiday: { date, name: '임시공휴일', source: '관보 제20000호', announcedOn: '2026-11-03' },
  },
});

const calendar: readonly CalendarEvent[] = [
  holidayGazetted('2026-12-01'),
  holidayGazetted(),
  {
    type: 'gazetted-holiday-corrected',
    data: { by: machine, at: '2026-11-06T00:00:00Z', date: '2026-12-01', holiday: null, reason: '고시되지 않은 날' },
  },
];

/** Every type of event there is, several streams interleaved. */
export const story: readonly (readonly [stream: string, event: SajeonEvent])[] = interleaved([
  // Some cases are received before any rules are on record.
  ['ruleset-national', [rulesAdopted]],
  ['calendar-kr', calendar],
  [`agency-${city.id}`, agency],
  ['system-s-1', system],
  ['project-p-1', project],
  ['preliminary-p-1', preliminary],
  ['user-p-8001', user],
  ['consultation-c-1', [...consultation, ...followUp]],
  ...ended,
]);

function interleaved(streams: readonly (readonly [string, readonly SajeonEvent[]])[]): (readonly [string, SajeonEvent])[] {
  const longest = Math.max(...streams.map(([, events]) => events.length));
  return Array.from({ length: longest }, (_, turn) =>
    streams.flatMap(([stream, events]) => {
      const event = events[turn];
      return event === undefined ? [] : [[stream, event] as const];
    }),
  ).flat();
}
