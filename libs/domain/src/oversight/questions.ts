import type { ConsultationEvent } from '../consultation/events.js';
import { daysBetween, legalDateOf } from '../kernel/date.js';
import type { Message } from '../kernel/errors.js';
import type { ProjectEvent } from '../project/events.js';

/** The record as a question reads it, up to the moment that is asked about. */
export interface RecordAsked {
  readonly cases: readonly { readonly id: string; readonly events: readonly ConsultationEvent[] }[];
  readonly projects: readonly { readonly id: string; readonly events: readonly ProjectEvent[] }[];
}

/** What a question can be told besides. */
export interface QuestionTerms {
  /** For `long-pauses`. */
  readonly days: number;
}

/** A record that the question is about, and why. `when`: instants of the events that make it so. */
export interface Answered {
  readonly stream: string;
  readonly why: Message;
  readonly when: readonly string[];
}

export interface SavedQuestion {
  readonly id: string;
  readonly text: Message;
  answers(record: RecordAsked, terms: QuestionTerms): readonly Answered[];
}

type Events<Type extends ConsultationEvent['type']> = readonly Extract<ConsultationEvent, { type: Type }>[];

function of<Type extends ConsultationEvent['type']>(events: readonly ConsultationEvent[], type: Type): Events<Type> {
  return events.filter((event): event is Extract<ConsultationEvent, { type: Type }> => event.type === type);
}

/** Relations that say that the same is being built twice. */
const SAME: ReadonlySet<string> = new Set([
  'DUPLICATES',
  'PARTIAL_FUNCTION_OVERLAP',
  'SAME_DATA_COLLECTED',
  'RELAUNCH_OF_FAILED',
]);

function confirmedDuplicates(events: readonly ConsultationEvent[]): ReadonlyMap<string, string> {
  const standing = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'overlap-confirmed' && SAME.has(event.data.relation)) standing.set(event.data.candidate, event.data.at);
    else if (event.type === 'overlap-confirmed' || event.type === 'overlap-dismissed') standing.delete(event.data.candidate);
  }
  return standing;
}

/** Letters, the last of which counts. */
const letterOf = (events: readonly ConsultationEvent[]) => of(events, 'result-notified').at(-1);

/** 감사 질문: what auditors ask of every case, kept so that the same question gives the same answer to everybody. */
export const SAVED_QUESTIONS: readonly SavedQuestion[] = [
  {
    id: 'approved-against-duplicate',
    text: {
      ko: '중복으로 확정된 시스템이 있는데 추진으로 결정된 사전협의',
      en: 'Cases that were told to proceed although a duplicate stands confirmed',
    },
    answers: ({ cases }) =>
      cases.flatMap(({ id, events }) => {
        const letter = letterOf(events);
        const duplicates = confirmedDuplicates(events);
        if (letter?.data.outcome !== 'PROCEED' || duplicates.size === 0) return [];
        const named = [...duplicates.keys()].join(', ');
        const why = { ko: `확정된 중복: ${named}`, en: `confirmed duplicates: ${named}` };
        return [{ stream: `consultation-${id}`, why, when: [...duplicates.values(), letter.data.at] }];
      }),
  },
  {
    id: 'same-drafter-and-approver',
    text: { ko: '기안한 사람이 결재도 한 결정', en: 'Decisions drafted and approved by the same person' },
    answers: ({ cases }) =>
      cases.flatMap(({ id, events }) =>
        of(events, 'decision-approved').flatMap(({ data }) => {
          const proposed = of(events, 'decision-proposed').find((other) => other.data.proposal === data.proposal);
          if (proposed?.data.by.person !== data.by.person) return [];
          const why = { ko: `기안·결재: ${data.by.person}`, en: `drafted and approved by ${data.by.person}` };
          return [{ stream: `consultation-${id}`, why, when: [proposed.data.at, data.at] }];
        }),
      ),
  },
  {
    id: 'overdue-while-ordered',
    text: {
      ko: '이행기한이 지난 조건이 있는데 발주된 사업',
      en: 'Projects that were ordered while a condition was overdue',
    },
    answers: ({ cases, projects }) =>
      cases.flatMap(({ id, events }) => {
        const drafted = of(events, 'consultation-drafted')[0];
        const project = projects.find((other) => other.id === drafted?.data.project);
        const orders = (project?.events ?? []).flatMap((event) => (event.type === 'procurement-recorded' ? [event] : []));
        return of(events, 'condition-overdue').flatMap(({ data }) => {
          const met = events.find(
            (event) =>
              (event.type === 'condition-fulfilled' || event.type === 'condition-waived') &&
              event.data.condition === data.condition,
          );
          const ordered = orders.find(
            ({ data: order }) => order.orderedOn >= legalDateOf(data.at) && (met === undefined || order.at < met.data.at),
          );
          if (ordered === undefined) return [];
          const why = {
            ko: `조건 ${data.condition} 지연 중 발주 ${ordered.data.order}`,
            en: `condition ${data.condition} overdue when ${ordered.data.order} was ordered`,
          };
          return [{ stream: `consultation-${id}`, why, when: [data.at, ordered.data.at] }];
        });
      }),
  },
  {
    id: 'long-pauses',
    text: { ko: '보완기간이 정한 날수보다 긴 사전협의', en: 'Cases that waited for a correction longer than so many days' },
    answers: ({ cases }, { days }) =>
      cases.flatMap(({ id, events }) =>
        of(events, 'correction-requested').flatMap(({ data }) => {
          const end = events.find(
            (event) =>
              (event.type === 'response-submitted' && event.data.round === data.round) ||
              (event.data.at > data.at && (event.type === 'consultation-withdrawn' || event.type === 'consultation-returned')),
          );
          const last = end ?? events.at(-1);
          const waited = last === undefined ? 0 : daysBetween(legalDateOf(data.at), legalDateOf(last.data.at));
          if (waited <= days) return [];
          const why = { ko: `${data.round}차 보완 ${waited}일`, en: `round ${data.round} took ${waited} days` };
          return [{ stream: `consultation-${id}`, why, when: [data.at, ...(last === undefined ? [] : [last.data.at])] }];
        }),
      ),
  },
  {
    id: 'like-cases-decided-differently',
    text: {
      ko: '같은 시스템과의 중복이 확정되었는데 결과가 다른 사전협의',
      en: 'Cases that duplicate the same system and were decided differently',
    },
    answers({ cases }) {
      const decided = cases.flatMap(({ id, events }) => {
        const letter = letterOf(events);
        return letter === undefined
          ? []
          : [...confirmedDuplicates(events).keys()].map((system) => ({ id, system, letter: letter.data }));
      });
      const bySystem = new Map<string, typeof decided>();
      for (const each of decided) bySystem.set(each.system, [...(bySystem.get(each.system) ?? []), each]);
      return [...bySystem].flatMap(([system, alike]) => {
        if (new Set(alike.map(({ letter }) => letter.outcome)).size < 2) return [];
        return alike.map(({ id, letter }) => ({
          stream: `consultation-${id}`,
          why: { ko: `${system}과(와) 중복, 결과 ${letter.outcome}`, en: `duplicates ${system}, decided ${letter.outcome}` },
          when: [letter.at],
        }));
      });
    },
  },
  {
    id: 'ordered-without-consultation',
    text: {
      ko: '협의 없이, 또는 협의된 것과 다른 계획으로 발주된 사업',
      en: 'Projects ordered without a consultation of that very plan',
    },
    answers: ({ projects }) =>
      projects.flatMap(({ id, events }) =>
        events.flatMap((event) => {
          if (event.type !== 'consultation-omission-detected') return [];
          const { order, orderedOn, reason, at } = event.data;
          const why = { ko: `발주 ${order}(${orderedOn}): ${reason}`, en: `order ${order} (${orderedOn}): ${reason}` };
          return [{ stream: `project-${id}`, why, when: [at] }];
        }),
      ),
  },
];
