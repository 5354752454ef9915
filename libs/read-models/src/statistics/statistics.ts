import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Malformed, type Message } from '@sajeon/domain';
import { ViewReader, type Condition } from '../reading.js';
import { statistics } from './facts.js';

/** What cases can be divided by. Any of them, together, in any table. */
export const CUTS = [
  'year',
  'tier',
  'outcome',
  'authority',
  'applicant',
  'track',
  'kind',
  'novelty',
  'band',
  'lead',
  'system',
  'function',
  'relation',
  'chance',
  'quarter',
  'half',
  'project',
] as const;
export type Cut = (typeof CUTS)[number];

export const STATISTICS = [
  'outcomes',
  'timeliness',
  'backlog',
  'overlaps',
  'functions',
  'adjustments',
  'conditions',
  'objections',
  'omissions',
  'consistency',
  'progress',
  'performance',
  'candidates',
] as const;
export type StatisticsTable = (typeof STATISTICS)[number];

export interface StatisticsRequest {
  readonly table: StatisticsTable;
  /** In this order; one row in all when empty. */
  readonly by: readonly Cut[];
  /** Legal date up to whose end open cases are counted: their age, and what is overdue. */
  readonly on: string;
  /** Only cases of this authority, or of this applicant. */
  readonly authority?: string | undefined;
  readonly applicant?: string | undefined;
  /** Year of receipt (of filing, before it). */
  readonly year?: number | undefined;
  readonly tier?: string | undefined;
  /** Lower bounds of the amount bands but the first, in won, ascending: the thresholds of the rules in force. */
  readonly bands: readonly number[];
  /** Upper bounds of the age buckets but the last, in days, ascending: the review days of the rules in force. */
  readonly ages: readonly number[];
}

export interface StatisticsColumn {
  readonly name: string;
  readonly label: Message;
  /** `krw`: whole won. `share`: 0 to 1. `days`: calendar days. */
  readonly unit: 'cases' | 'count' | 'krw' | 'share' | 'days';
}

export interface StatisticsRow {
  /** The value of each cut; null where the record does not say. */
  readonly cut: Readonly<Partial<Record<Cut, string | null>>>;
  /** What to call it, where that is not the value itself. */
  readonly names: Readonly<Partial<Record<Cut, string | null>>>;
  /** Null where there is nothing to measure. */
  readonly values: Readonly<Record<string, number | null>>;
}

export interface StatisticsAnswer {
  readonly columns: readonly StatisticsColumn[];
  readonly rows: readonly StatisticsRow[];
  readonly position: bigint;
}

/** One table of statistics, divided as asked. At most `MAX_ROWS` rows, those with most cases first. */
export class AskStatistics extends Query<StatisticsAnswer> {
  constructor(readonly request: StatisticsRequest) {
    super();
  }
}

const MAX_ROWS = 1_000;

interface Measure {
  readonly name: string;
  readonly label: Message;
  readonly unit: StatisticsColumn['unit'];
  /** An aggregate over the rows of the table's source. */
  readonly sql: string;
  readonly values?: readonly unknown[];
}

interface Source {
  /** Rows counted, as `f`, with their case as `c` and its project as `p`. */
  readonly from: string;
  readonly where: readonly Condition[];
  readonly measures: readonly Measure[];
  /** Cuts that this table has besides those of a case. */
  readonly also?: readonly Cut[];
}

const CASES = `view_statistics c left join view_statistics p on p.place = '~project~' || c.project`;
const partsOf = (grain: 'overlap' | 'condition') =>
  `view_statistics f join view_statistics c on c.place = f.consultation and f.grain = '${grain}'
     left join view_statistics p on p.place = '~project~' || c.project`;

/** What existing systems overlap and nobody has dismissed, once for each word that the functions of both have in common, as `t`. */
const SHARED_FUNCTIONS = `${partsOf('overlap')} cross join lateral unnest(f.function_terms) as t(term)`;

/** Facts of projects, each with the newest filed case of its project: whose authority sees them, and what they are divided by. */
const ofProjects = (grain: 'progress' | 'performance' | 'project', more: string, joins = '', filedOn = 'f.filed_on') => `(
  select f.place, f.project, ${filedOn} as filed_on, null::text as received_on, f.title, f.applicant, f.applicant_name, f.tier, k.authority,
         k.authority_name, k.lead, k.track, k.outcome, k.requested_krw, ${more}
    from view_statistics f
    left join lateral (select filed_on, authority, authority_name, lead, track, outcome, requested_krw from view_statistics k
                        where k.project = f.project and k.grain = 'case' and k.filed_on is not null
                        order by k.filed_on desc, k.place desc limit 1) k on true
    ${joins}
   where f.grain = '${grain}') c
  left join view_statistics p on p.place = '~project~' || c.project`;

/** What speaks for and against a project, as far as it was ever reported or measured. */
const MERITS = ofProjects(
  'project',
  `coalesce(f.awards, 0) as awards, r.reported, coalesce(r.missed, 0) as missed, coalesce(r.late, 0) as late,
   coalesce(r.behind, 0) as behind, m.performance, o.omissions, d.earliest`,
  `left join lateral (select count(r.done_percent) as reported, count(*) filter (where r.done_percent is null) as missed,
                             count(*) filter (where r.days_late > 0) as late,
                             count(*) filter (where r.done_percent < r.planned_percent) as behind, max(r.filed_on) as newest
                        from view_statistics r where r.project = f.project and r.grain = 'progress') r on true
   left join lateral (select m.performance, m.filed_on from view_statistics m where m.project = f.project and m.grain = 'performance'
                       order by m.filed_on desc, m.place limit 1) m on true
   left join lateral (select count(*) as omissions, max(o.filed_on) as newest from view_statistics o
                       where o.project = f.project and o.grain = 'omission') o on true
   left join lateral (select min(d.condition_due_on) as earliest from view_statistics d
                       where d.project = f.project and d.grain = 'condition' and d.status in ('open', 'submitted')) d on true`,
  'coalesce(m.filed_on, r.newest, o.newest, k.filed_on)',
);
const AWARDABLE = `c.performance = 'keep' and c.missed + c.late + c.behind + c.omissions = 0 and c.awards = 0`;
/** Of a project on the day `?`. */
const TO_BE_CORRECTED = `(coalesce(c.performance <> 'keep', false) or c.missed > 0 or c.omissions > 0 or coalesce(c.earliest < ?, false))`;

const DECIDED = `('PROCEED', 'PROCEED_CONDITIONALLY', 'HOLD')`;
/** Each two decided cases that the engine flagged as alike, once: \`c\` the one decided later, \`o\` the other. */
const LOOK_ALIKE = `(
  select case when (a.ended_on, a.place) > (b.ended_on, b.place) then a.place else b.place end as later,
         case when (a.ended_on, a.place) > (b.ended_on, b.place) then b.place else a.place end as earlier, max(f.probability) as probability
    from view_statistics f
    join view_statistics a on a.place = f.consultation and a.grain = 'case' and a.outcome in ${DECIDED}
    join view_statistics b on b.place = f.candidate and b.grain = 'case' and b.outcome in ${DECIDED}
   where f.grain = 'overlap' and f.candidate_kind = 'plan' and f.flagged
   group by 1, 2) f
  join view_statistics c on c.place = f.later
  join view_statistics o on o.place = f.earlier
  left join view_statistics p on p.place = '~project~' || c.project`;
const OPPOSED = `(c.outcome = 'HOLD') <> (o.outcome = 'HOLD')`;

@QueryHandler(AskStatistics)
export class AskStatisticsHandler implements IQueryHandler<AskStatistics> {
  constructor(private readonly reader: ViewReader) {}

  /** @throws Malformed for a cut that the table does not have */
  async execute({ request }: AskStatistics): Promise<StatisticsAnswer> {
    const source = sourceOf(request);
    const cuts = request.by.map((cut) => ({ cut, ...cutBy(cut, request, source) }));
    const where = [...source.where, ...scopeOf(request)];
    const groups = cuts.flatMap(({ cut, value, name }) => [
      { as: `cut_${cut}`, ...value },
      ...(name === undefined ? [] : [{ as: `name_${cut}`, sql: `max(${name})`, values: [] }]),
    ]);
    const object = (members: readonly (readonly [name: string, column: string])[]) =>
      `json_build_object(${members.map(([name, column]) => `'${name}', "${column}"`).join(', ')})`;
    const { rows, position } = await this.reader.ask<StatisticsRow>(statistics, [
      `select json_build_object(
         'cut', ${object(cuts.map(({ cut }) => [cut, `cut_${cut}`]))},
         'names', ${object(cuts.filter(({ name }) => name !== undefined).map(({ cut }) => [cut, `name_${cut}`]))},
         'values', ${object(source.measures.map(({ name }) => [name, name]))}) as shown
       from (select ${[
         ...groups.map(({ as, sql }) => `${sql} as "${as}"`),
         ...source.measures.map(({ name, sql }) => `${sql} as "${name}"`),
       ].join(', ')}
         from ${source.from}
        ${where.length === 0 ? '' : `where ${where.map(([sql]) => `(${sql})`).join(' and ')}`}
        ${cuts.length === 0 ? '' : `group by ${cuts.map(({ cut }) => `"cut_${cut}"`).join(', ')}`}
        order by ${[`"${source.measures[0]?.name ?? ''}" desc`, ...cuts.map(({ cut }) => `"cut_${cut}"`)].join(', ')}
        limit ${MAX_ROWS}) counted`,
      ...groups.flatMap(({ values }) => values ?? []),
      ...source.measures.flatMap(({ values }) => values ?? []),
      ...where.flatMap(([, ...values]) => values),
    ]);
    const columns = source.measures.map(({ name, label, unit }) => ({ name, label, unit }));
    return { columns, rows, position };
  }
}

function cutBy(
  cut: Cut,
  { bands }: StatisticsRequest,
  { also = [] }: Source,
): { value: { sql: string; values?: readonly unknown[] }; name?: string } {
  switch (cut) {
    case 'year':
      return { value: { sql: YEAR } };
    case 'tier':
      return { value: { sql: 'c.tier' } };
    case 'outcome':
      return { value: { sql: 'c.outcome' } };
    case 'authority':
      return { value: { sql: 'c.authority' }, name: 'c.authority_name' };
    case 'applicant':
      return { value: { sql: 'c.applicant' }, name: 'c.applicant_name' };
    case 'track':
      return { value: { sql: 'c.track' } };
    case 'lead':
      return { value: { sql: 'c.lead' } };
    case 'kind':
      return { value: { sql: 'p.project_kind' } };
    case 'novelty':
      return { value: { sql: `case p.is_new when true then 'new' when false then 'continuing' end` } };
    case 'band':
      // The lower bound of the band, as its name.
      return {
        value: {
          sql: `case when c.requested_krw is null then null
                 else (array[0] || ?::bigint[])[1 + width_bucket(c.requested_krw, ?::bigint[])]::text end`,
          values: [bands, bands],
        },
      };
    case 'chance':
      // Tenths, by their lower bound in percent: what the engine said, to be held against what people confirmed.
      if (!also.includes(cut)) break;
      return { value: { sql: `(10 * least(9, floor(10 * f.probability)))::int::text` } };
    case 'quarter':
      if (!also.includes(cut)) break;
      return { value: { sql: `left(c.filed_on, 4) || '-Q' || ceil(substr(c.filed_on, 6, 2)::int / 3.0)::int` } };
    case 'half':
      if (!also.includes(cut)) break;
      return { value: { sql: `left(c.filed_on, 4) || case when substr(c.filed_on, 6, 2) <= '06' then '-H1' else '-H2' end` } };
    case 'project':
      if (!also.includes(cut)) break;
      return { value: { sql: 'c.project' }, name: 'c.title' };
    case 'function':
      if (!also.includes(cut)) break;
      return { value: { sql: 't.term' } };
    case 'system':
    case 'relation':
      if (!also.includes(cut)) break;
      return cut === 'system' ? { value: { sql: 'f.candidate' }, name: 'f.candidate_name' } : { value: { sql: 'f.relation' } };
    default:
      cut satisfies never;
  }
  throw new Malformed(
    'no-such-cut',
    {
      ko: `이 표는 ${cut}(으)로 나눌 수 없습니다.`,
      en: `This table cannot be divided by ${cut}.`,
    },
    '/by',
  );
}

const YEAR = 'left(coalesce(c.received_on, c.filed_on), 4)';

function scopeOf({ authority, applicant, year, tier }: StatisticsRequest): readonly Condition[] {
  const conditions: readonly (Condition | null)[] = [
    // Drafts are the applicant's own, also when they are withdrawn before they are filed.
    ['c.filed_on is not null'],
    authority === undefined ? null : ['c.authority = ?', authority],
    applicant === undefined ? null : ['c.applicant = ?', applicant],
    year === undefined ? null : [`${YEAR} = ?`, String(year)],
    tier === undefined ? null : ['c.tier = ?', tier],
  ];
  return conditions.filter((condition) => condition !== null);
}

const cases = (name: string, ko: string, en: string, when?: string, ...values: readonly unknown[]): Measure => ({
  ...{ name, label: { ko, en }, unit: 'cases', values },
  sql: when === undefined ? 'count(*)' : `count(*) filter (where ${when})`,
});
const days = (name: string, ko: string, en: string, sql: string): Measure => ({ name, label: { ko, en }, unit: 'days', sql });

/** Legal days between two dates that are text. */
const between = (from: string, to: string) => `(${to}::date - ${from}::date)`;
const SETTLED = `c.clock = 'stopped' and c.outcome in ('PROCEED', 'PROCEED_CONDITIONALLY', 'HOLD')`;
const OPEN = `c.clock in ('running', 'paused')`;
const GROSS = between('c.received_on', 'c.ended_on');
/** Days that count against the authority, of an open case on the day `?`. */
const NET_NOW = `(c.used_days + case when c.clock = 'running' then greatest(0, ?::date - c.counted_on::date) else 0 end)`;

function sourceOf({ table, on, ages }: StatisticsRequest): Source {
  switch (table) {
    case 'outcomes':
      return {
        from: CASES,
        where: [[`c.grain = 'case'`]],
        measures: [
          cases('cases', '전체', 'all'),
          cases('proceed', '추진', 'proceed', `c.outcome = 'PROCEED'`),
          cases('conditional', '조건부추진', 'proceed conditionally', `c.outcome = 'PROCEED_CONDITIONALLY'`),
          cases('hold', '추진보류', 'hold', `c.outcome = 'HOLD'`),
          cases('returned', '반려', 'returned', `c.outcome = 'RETURNED'`),
          cases('withdrawn', '취하', 'withdrawn', `c.outcome = 'WITHDRAWN'`),
          cases('open', '검토중', 'open', 'c.outcome is null'),
          { name: 'requestedKrw', label: { ko: '신청액', en: 'requested' }, unit: 'krw', sql: 'sum(c.requested_krw)' },
        ],
      };
    case 'timeliness':
      return {
        from: CASES,
        where: [[`c.grain = 'case'`], [SETTLED]],
        measures: [
          cases('notified', '통보', 'notified'),
          cases('inTime', '기한 내', 'within the legal days', 'c.ended_on < c.overdue_on'),
          {
            ...{ name: 'inTimeShare', label: { ko: '기한 내 비율', en: 'share within the legal days' }, unit: 'share' },
            sql: 'round(avg(case when c.ended_on < c.overdue_on then 1 else 0 end), 4)',
          },
          ...ages.map((age) => ({
            ...cases(`within${age}`, `${age}일 이내`, `within ${age} days`, 'c.used_days <= ?', age),
          })),
          days('netMedian', '순처리일 중앙값', 'net days, median', 'percentile_disc(0.5) within group (order by c.used_days)'),
          days('net95', '순처리일 95%', 'net days, 95th', 'percentile_disc(0.95) within group (order by c.used_days)'),
          days('netLongest', '순처리일 최장', 'net days, longest', 'max(c.used_days)'),
          days('grossMedian', '총소요일 중앙값', 'gross days, median', `percentile_disc(0.5) within group (order by ${GROSS})`),
          days('gross95', '총소요일 95%', 'gross days, 95th', `percentile_disc(0.95) within group (order by ${GROSS})`),
          days('grossLongest', '총소요일 최장', 'gross days, longest', `max(${GROSS})`),
          days(
            'applicantMedian',
            '보완일 중앙값',
            'days with the applicant, median',
            'percentile_disc(0.5) within group (order by c.applicant_days)',
          ),
          {
            name: 'delayNotices',
            label: { ko: '기한연장 통지', en: 'delay notices' },
            unit: 'count',
            sql: 'sum(c.delay_notices)',
          },
          { name: 'rounds', label: { ko: '보완 차수', en: 'rounds' }, unit: 'count', sql: 'sum(c.rounds)' },
          { name: 'roundsMost', label: { ko: '최다 보완 차수', en: 'rounds, most' }, unit: 'count', sql: 'max(c.rounds)' },
        ],
      };
    case 'backlog':
      return {
        from: CASES,
        where: [[`c.grain = 'case'`], ['c.outcome is null'], ['c.received_on is null or c.received_on <= ?', on]],
        measures: [
          cases('open', '진행중', 'open'),
          cases('unreceived', '접수 대기', 'not received yet', 'c.clock is null'),
          cases('withApplicant', '신청기관 보완중', 'with the applicant', `c.clock = 'paused'`),
          cases('overdue', '기한초과', 'overdue', `${OPEN} and c.overdue_on <= ?`, on),
          cases('urgent', '임박', 'urgent', `${OPEN} and coalesce(c.overdue_on > ?, true) and c.urgent_on <= ?`, on, on),
          cases(
            'half',
            '주의',
            'half the days used',
            `${OPEN} and coalesce(c.overdue_on > ?, true) and coalesce(c.urgent_on > ?, true) and c.half_on <= ?`,
            on,
            on,
            on,
          ),
          ...bucketsOf(ages, on),
          days('oldestGross', '최장 경과일', 'oldest, gross days', `max(${between('c.received_on', '?')})`),
          days('oldestNet', '최장 순처리일', 'oldest, net days', `max(${NET_NOW})`),
        ].map((measure) => (measure.values !== undefined || !measure.sql.includes('?') ? measure : { ...measure, values: [on] })),
      };
    case 'overlaps':
      return {
        from: partsOf('overlap'),
        where: [],
        also: ['system', 'relation', 'chance'],
        measures: [
          { name: 'candidates', label: { ko: '후보', en: 'candidates' }, unit: 'count', sql: 'count(*)' },
          { name: 'cases', label: { ko: '사업', en: 'cases' }, unit: 'cases', sql: 'count(distinct f.consultation)' },
          count('flagged', '판정 대상', 'to be settled', 'f.flagged'),
          count('confirmed', '중복 인정', 'confirmed', `f.settled = 'confirmed'`),
          count('dismissed', '중복 아님', 'dismissed', `f.settled = 'dismissed'`),
          count('unsettled', '미판정', 'not settled', 'f.flagged and f.settled is null'),
          {
            ...{ name: 'precision', label: { ko: '인정 비율', en: 'confirmed of those settled' }, unit: 'share' },
            sql: `round(avg(case f.settled when 'confirmed' then 1 when 'dismissed' then 0 end), 4)`,
          },
        ],
      };
    case 'functions':
      return {
        from: SHARED_FUNCTIONS,
        where: [[`f.candidate_kind = 'system'`], [`f.settled = 'confirmed' or (f.flagged and f.settled is null)`]],
        also: ['function', 'system', 'relation'],
        measures: [
          { name: 'cases', label: { ko: '겹친 사업', en: 'cases' }, unit: 'cases', sql: 'count(distinct f.consultation)' },
          {
            ...cases('confirmed', '중복 인정', 'of it, confirmed'),
            sql: `count(distinct f.consultation) filter (where f.settled = 'confirmed')`,
          },
          { name: 'systems', label: { ko: '시스템', en: 'systems' }, unit: 'count', sql: 'count(distinct f.candidate)' },
        ],
      };
    case 'adjustments':
      return {
        from: CASES,
        where: [
          [`c.grain = 'case'`],
          [`c.outcome in ('PROCEED', 'PROCEED_CONDITIONALLY')`],
          ['c.requested_krw is not null and c.agreed_krw is not null'],
        ],
        measures: [
          cases('cases', '추진 사업', 'cases going ahead'),
          cases('adjusted', '조정된 사업', 'cases adjusted', 'c.agreed_krw < c.requested_krw'),
          { name: 'requestedKrw', label: { ko: '신청액', en: 'requested' }, unit: 'krw', sql: 'sum(c.requested_krw)' },
          { name: 'agreedKrw', label: { ko: '협의액', en: 'agreed' }, unit: 'krw', sql: 'sum(c.agreed_krw)' },
          {
            ...{
              name: 'adjustedKrw',
              label: { ko: '조정액 (신청액 - 협의액)', en: 'adjusted = requested - agreed' },
              unit: 'krw',
            },
            sql: 'sum(c.requested_krw - c.agreed_krw)',
          },
          {
            ...{ name: 'adjustedWithOverlapKrw', unit: 'krw' },
            label: { ko: '중복이 인정된 사업의 조정액', en: 'of it, in cases with a confirmed overlap' },
            sql: `coalesce(sum(c.requested_krw - c.agreed_krw) filter (where exists (select from view_statistics o
                    where o.consultation = c.place and o.grain = 'overlap' and o.settled = 'confirmed')), 0)`,
          },
        ],
      };
    case 'conditions':
      return {
        from: partsOf('condition'),
        where: [],
        measures: [
          count('issued', '부과', 'issued'),
          count('planned', '조치계획 제출', 'planned', 'f.planned'),
          count('fulfilled', '이행', 'fulfilled', `f.status = 'fulfilled'`),
          count('waived', '면제', 'waived', `f.status = 'waived'`),
          count('lapsed', '실효', 'lapsed', `f.status = 'lapsed'`),
          count('waiting', '확인 대기', 'waiting to be verified', `f.status = 'submitted'`),
          {
            ...{ name: 'overdue', label: { ko: '기한초과', en: 'overdue' }, unit: 'count', values: [on] },
            sql: `count(*) filter (where f.status in ('open', 'submitted') and f.condition_due_on < ?)`,
          },
          {
            ...{ name: 'fulfilmentRate', label: { ko: '이행률', en: 'fulfilled of those that stand' }, unit: 'share' },
            sql: `round(avg(case when f.status = 'fulfilled' then 1 when f.status in ('waived', 'lapsed') then null else 0 end), 4)`,
          },
          {
            name: 'recommendations',
            label: { ko: '개선권고', en: 'recommendations' },
            unit: 'count',
            sql: 'sum(f.recommendations)',
          },
          {
            ...{ name: 'recommendationsAnswered', label: { ko: '권고 회신', en: 'answered' }, unit: 'count' },
            sql: 'sum(f.recommendations_answered)',
          },
        ],
      };
    case 'objections':
      return {
        from: CASES,
        where: [[`c.grain = 'case'`], [SETTLED]],
        measures: [
          cases('decided', '통보', 'decided'),
          { name: 'objections', label: { ko: '이의', en: 'objections' }, unit: 'count', sql: 'sum(c.objections)' },
          { name: 'reversals', label: { ko: '인용', en: 'upheld' }, unit: 'count', sql: 'sum(c.reversals)' },
          cases('contested', '이의 제기 사업', 'cases contested', 'c.objections > 0'),
          {
            ...{ name: 'materialChanges', unit: 'count', sql: 'sum(c.material_changes)' },
            label: { ko: '재협의 대상 변경', en: 'material changes' },
          },
        ],
      };
    case 'omissions':
      return {
        from: CASES,
        where: [[`c.grain = 'omission'`]],
        measures: [
          count('omissions', '사전협의 미이행', 'ordered without a decision'),
          { name: 'projects', label: { ko: '사업', en: 'projects' }, unit: 'count', sql: 'count(distinct c.project)' },
        ],
      };
    case 'consistency':
      return {
        from: LOOK_ALIKE,
        where: [],
        also: ['chance'],
        measures: [
          count('pairs', '닮은 사건 짝', 'pairs of like cases'),
          count('same', '결과 같음', 'same outcome', 'c.outcome = o.outcome'),
          count(
            'conditionsDiffer',
            '추진과 조건부추진으로 갈림',
            'with and without conditions',
            `c.outcome <> o.outcome and not ${OPPOSED}`,
          ),
          count('opposed', '추진과 보류로 갈림', 'one held, the other not', OPPOSED),
          count(
            'opposedSameLead',
            '같은 주심이 추진과 보류로 갈림',
            'of it, by the same reviewer',
            `${OPPOSED} and c.lead = o.lead`,
          ),
          {
            ...{ name: 'sameShare', label: { ko: '결과가 같은 비율', en: 'share with the same outcome' }, unit: 'share' },
            sql: 'round(avg(case when c.outcome = o.outcome then 1 else 0 end), 4)',
          },
        ],
      };
    case 'progress':
      return {
        from: ofProjects('progress', 'f.planned_percent, f.done_percent, f.days_late'),
        where: [],
        also: ['quarter', 'half', 'project'],
        measures: [
          count('quarters', '보고 대상 분기', 'quarters'),
          count('reported', '보고', 'reported', 'c.done_percent is not null'),
          count('late', '늦게 보고', 'reported late', 'c.days_late > 0'),
          count('missed', '미보고', 'not reported', 'c.done_percent is null'),
          count('behind', '계획에 못 미침', 'behind the plan', 'c.done_percent < c.planned_percent'),
          percent('planned', '계획 진척률 평균(%)', 'planned, mean (%)', 'avg(c.planned_percent)'),
          percent('done', '실적 진척률 평균(%)', 'done, mean (%)', 'avg(c.done_percent)'),
        ],
      };
    case 'performance':
      return {
        from: ofProjects('performance', 'f.score, f.performance'),
        where: [],
        also: ['quarter', 'half', 'project'],
        measures: [
          count('measured', '성과측정', 'measurements'),
          percent('scoreMean', '평균 점수', 'score, mean', 'avg(c.score)'),
          percent('scoreLowest', '최저 점수', 'score, lowest', 'min(c.score)'),
          count('keep', '유지', 'keep', `c.performance = 'keep'`),
          count('improve', '개선권고 대상', 'to improve', `c.performance = 'improve'`),
          count('consolidate', '정비권고 대상', 'to consolidate', `c.performance = 'consolidate'`),
          count('retire', '폐기권고 대상', 'to retire', `c.performance = 'retire'`),
        ],
      };
    case 'candidates':
      return {
        from: MERITS,
        where: [
          [`c.reported + c.missed > 0 or c.performance is not null or c.omissions > 0 or coalesce(c.earliest < ?, false)`, on],
        ],
        also: ['project'],
        measures: [
          count('projects', '사업', 'projects'),
          count('award', '포상 후보', 'candidates for an award', AWARDABLE),
          { ...count('correction', '시정요구 후보', 'candidates for a demand for correction', TO_BE_CORRECTED), values: [on] },
          count('weak', '성과 미흡', 'weak performance', `c.performance <> 'keep'`),
          count('missed', '진척 미보고', 'progress not reported', 'c.missed > 0'),
          count('omitted', '사전협의 미이행', 'ordered without a decision', 'c.omissions > 0'),
          { ...count('overdue', '조건 기한초과', 'conditions overdue', 'c.earliest < ?'), values: [on] },
          count('awarded', '포상', 'awarded', 'c.awards > 0'),
        ],
      };
  }
}

function count(name: string, ko: string, en: string, when?: string): Measure {
  return { ...cases(name, ko, en, when), unit: 'count' };
}

function percent(name: string, ko: string, en: string, sql: string): Measure {
  return { name, label: { ko, en }, unit: 'count', sql: `round((${sql})::numeric, 1)` };
}

/** Open cases by age, in calendar days since receipt; the last bucket has no end. */
function bucketsOf(ages: readonly number[], on: string): readonly Measure[] {
  const age = between('c.received_on', '?');
  return [...ages, null].map((upTo, index) => {
    const above = index === 0 ? null : (ages[index - 1] ?? null);
    const bounds = [...(above === null ? [] : [`${age} > ?`]), ...(upTo === null ? [] : [`${age} <= ?`])];
    const [name, ko, en] =
      upTo === null
        ? ([`above${above ?? 0}`, `${above ?? 0}일 초과`, `more than ${above ?? 0} days`] as const)
        : ([`upTo${upTo}`, above === null ? `${upTo}일 이내` : `${above + 1}~${upTo}일`, `up to ${upTo} days`] as const);
    return cases(
      ...([name, ko, en] as const),
      `${OPEN} and ${bounds.join(' and ') || 'true'}`,
      ...(above === null ? [] : [on, above]),
      ...(upTo === null ? [] : [on, upTo]),
    );
  });
}
