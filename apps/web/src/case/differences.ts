import type { Case, Message } from '../contract.js';
import { legalDate } from '../format.js';
import { changedFields } from '../plan/fields.js';
import { OBLIGATION, OUTCOME, PLAN_FIELD, relationName, statusName } from '../terms.js';

/** One thing that reads otherwise at two moments. An empty text: it was not there. */
export interface Difference {
  readonly name: Message;
  readonly then: Message;
  readonly now: Message;
}

const NOTHING: Message = { ko: '', en: '' };
const plainly = (text: string): Message => ({ ko: text, en: text });
const counted = (count: number, ko: string, en: string): Message => ({ ko: `${count}${ko}`, en: `${count} ${en}` });

type Row = readonly [key: string, name: Message, value: Message];

/** What a decider sees, as name and value: two cases are compared by these. */
function rowsOf(the: Case): readonly Row[] {
  const percent = (probability: number): string => `${Math.round(probability * 100)}%`;
  return [
    ['status', { ko: '상태', en: 'Status' }, statusName(the.status)],
    [
      'due',
      { ko: '처리기한', en: 'Due' },
      the.received === null ? NOTHING : { ko: legalDate(the.received.dueOn, 'ko'), en: legalDate(the.received.dueOn, 'en') },
    ],
    ['plan', { ko: '계획서', en: 'Plan' }, { ko: `${the.plan.version}판`, en: `version ${the.plan.version}` }],
    [
      'compared',
      { ko: '견준 기록', en: 'Records compared' },
      the.finding === null ? NOTHING : counted(the.finding.compared, '건', 'records'),
    ],
    ['unsettled', { ko: '판정할 후보', en: 'To settle' }, counted(the.unsettled.length, '건', 'candidates')],
    ...(the.finding?.candidates ?? []).map(({ id, name, probability, settlement }): Row => {
      const verdict = settlement == null ? NOTHING : relationName(settlement.relation);
      const words = (language: 'ko' | 'en') =>
        [percent(probability), verdict[language]].filter((word) => word !== '').join(' · ');
      return [`candidate ${id}`, { ko: `후보 ‘${name}’`, en: `Candidate “${name}”` }, { ko: words('ko'), en: words('en') }];
    }),
    ...the.corrections.map(({ round, items, responded }): Row => [
      `round ${round}`,
      { ko: `${round}차 보완`, en: `Correction ${round}` },
      responded === null
        ? counted(items.length, '개 항목, 답변 대기', 'items, waiting')
        : counted(items.length, '개 항목, 답변함', 'items, answered'),
    ]),
    ...the.proposals.map(({ proposal, outcome, approved, sentBack }): Row => {
      const state =
        approved !== null
          ? { ko: '결재함', en: 'approved' }
          : sentBack !== null
            ? { ko: '돌려보냄', en: 'sent back' }
            : { ko: '결재 대기', en: 'pending' };
      return [
        `proposal ${proposal}`,
        { ko: `결정안 ${proposal}`, en: `Proposal ${proposal}` },
        { ko: `${OUTCOME[outcome].ko} · ${state.ko}`, en: `${OUTCOME[outcome].en} · ${state.en}` },
      ];
    }),
    ...(the.obligations ?? []).map(({ condition, status }): Row => [
      `condition ${condition}`,
      { ko: `조건 ${condition}`, en: `Condition ${condition}` },
      OBLIGATION[status],
    ]),
    ['letter', { ko: '통보', en: 'Notification' }, plainly(the.letter?.documentNumber ?? '')],
  ];
}

export interface Compared extends Difference {
  readonly key: string;
  readonly changed: boolean;
}

/** Everything a decider sees, then beside now, in one order; `changed` marks what differs. */
export function compareCases(then: Case, now: Case): readonly Compared[] {
  const before = rowsOf(then);
  const after = rowsOf(now);
  const keys = [...new Set([...after, ...before].map(([key]) => key))];
  const find = (rows: readonly Row[], key: string) => rows.find(([other]) => other === key);
  const compared = keys.map((key): Compared => {
    const old = find(before, key);
    const present = find(after, key);
    const values = { then: old?.[2] ?? NOTHING, now: present?.[2] ?? NOTHING };
    return { key, name: (present ?? old)?.[1] ?? plainly(key), ...values, changed: values.then.ko !== values.now.ko };
  });
  const fields = changedFields(then.plan.content, now.plan.content).map((field): Compared => {
    const name = PLAN_FIELD[field] ?? plainly(field);
    const value = (the: Case): Message => {
      const content = the.plan.content[field];
      return plainly(Array.isArray(content) ? content.join(' · ') : String(content ?? ''));
    };
    return {
      key: `field ${field}`,
      name: { ko: `계획서의 ${name.ko}`, en: `Plan: ${name.en}` },
      then: value(then),
      now: value(now),
      changed: true,
    };
  });
  return [...compared, ...fields];
}
