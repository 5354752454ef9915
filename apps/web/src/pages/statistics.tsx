import { useState } from 'react';
import type { Message, Statistics } from '../contract.js';
import { csv, download } from '../csv.js';
import { todayInSeoul, won } from '../format.js';
import { ask } from '../http.js';
import { useSpeech, type Language } from '../language.js';
import { Filter, withQuery } from '../pieces/case-list.js';
import { BarChart, CalibrationChart, HeatTable, type Bar } from '../pieces/chart.js';
import { Button, TextField } from '../pieces/form.js';
import { Empty, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';
import { OUTCOME, relationName, TIER, TRACK } from '../terms.js';

/** Which columns of a table make its bars; the others stand in the table below. */
const TABLES = {
  outcomes: { ko: '결과', en: 'Outcomes', bars: ['proceed', 'conditional', 'hold', 'returned', 'withdrawn', 'open'] },
  timeliness: { ko: '처리기간', en: 'Timeliness', bars: ['inTime'] },
  backlog: { ko: '진행중과 경과', en: 'Backlog and age', bars: ['unreceived', 'upTo', 'above'] },
  overlaps: { ko: '유사·중복', en: 'Overlaps', bars: ['confirmed', 'dismissed', 'unsettled'] },
  functions: { ko: '겹친 기능', en: 'Functions that overlap', bars: [] },
  conditions: { ko: '조건 이행', en: 'Conditions', bars: ['fulfilled', 'waived', 'lapsed', 'waiting', 'overdue'] },
  adjustments: { ko: '조정액', en: 'Adjustments', bars: ['agreedKrw', 'adjustedKrw'] },
  objections: { ko: '이의와 변경', en: 'Objections and changes', bars: ['objections', 'reversals', 'materialChanges'] },
  consistency: { ko: '닮은 사건의 결과', en: 'Outcomes of like cases', bars: ['same', 'conditionsDiffer', 'opposed'] },
  progress: { ko: '분기별 진척', en: 'Progress by quarter', bars: ['reported', 'missed', 'behind'] },
  performance: { ko: '반기별 성과', en: 'Performance by half-year', bars: ['keep', 'improve', 'consolidate', 'retire'] },
  candidates: { ko: '포상·시정요구 후보', en: 'Candidates for awards and demands', bars: ['award', 'correction'] },
} as const;
type Table = keyof typeof TABLES;

const CUTS = {
  'year,tier': { ko: '연도와 기관 유형', en: 'Year and tier' },
  year: { ko: '연도', en: 'Year' },
  lead: { ko: '주심', en: 'Lead reviewer' },
  track: { ko: '처리 유형', en: 'Track' },
  applicant: { ko: '신청기관', en: 'Applicant' },
} as const;

const PROJECT = { project: { ko: '사업', en: 'Project' } } as const;
const PERIODS = { quarter: { ko: '분기', en: 'Quarter' }, half: { ko: '반기', en: 'Half-year' }, ...PROJECT } as const;
/** What only some tables are divided by. The first is what such a table begins with. */
const CUTS_OF: Readonly<Partial<Record<Table, Readonly<Record<string, Message>>>>> = {
  overlaps: { system: { ko: '겹친 시스템', en: 'System' }, relation: { ko: '관계', en: 'Relation' } },
  functions: { function: { ko: '겹친 기능', en: 'Function' }, system: { ko: '기존 시스템', en: 'Existing system' } },
  progress: PERIODS,
  performance: { half: PERIODS.half, quarter: PERIODS.quarter, ...PROJECT },
  candidates: PROJECT,
};
const BEGINS_WITH: Readonly<Partial<Record<Table, string>>> = {
  consistency: 'lead',
  functions: 'function',
  progress: 'quarter',
  performance: 'half',
  candidates: 'project',
};

/** 통계: counted from the record when asked; every picture is its own table. */
export default function StatisticsPage() {
  const { t, say, language } = useSpeech();
  const { is } = useSession();
  const [table, setTable] = useState<Table>('outcomes');
  const [chosen, setBy] = useState('year,tier');
  const [on, setOn] = useState(todayInSeoul());
  const cuts: Readonly<Record<string, Message>> = { ...CUTS, ...CUTS_OF[table] };
  // Who leads whose case is told to the authority and to auditors only.
  const offered = Object.keys(cuts).filter((cut) => cut !== 'lead' || !is('applicant'));
  const by = offered.includes(chosen) ? chosen : 'year,tier';
  const nameOf = (cut: string): Message => cuts[cut] ?? { ko: '구분', en: 'Cut' };
  const asked = { table, by, on };
  const { data, error } = useRead<Statistics>(withQuery('/v1/statistics', asked), { keep: true });
  const toFile = async (): Promise<void> => {
    const { body } = await ask<string>(withQuery('/v1/statistics/csv', asked));
    // Reading takes the byte order mark away, without which Korean Excel shows garbage.
    download(`${table}-${on}.csv`, `\ufeff${body}`);
  };
  return (
    <>
      <Title
        lead={t(
          '볼 수 있는 사건에서 그때그때 셉니다. 그림의 숫자는 표의 숫자와 같습니다.',
          'Counted when asked, from the cases that you may see. Every picture is a table of its numbers.',
        )}
      >
        {t('통계', 'Statistics')}
      </Title>
      <div className="toolbar">
        <Filter
          label={t('무엇을', 'What')}
          value={table}
          onChange={(next) => {
            setTable(next as Table);
            setBy(BEGINS_WITH[next as Table] ?? 'year,tier');
          }}
          // How like cases ended is told to the authority and to auditors only.
          choices={(Object.keys(TABLES) as Table[])
            .filter((one) => one !== 'consistency' || is('reviewer', 'approver', 'auditor'))
            .map((one) => [one, say(TABLES[one])] as const)}
        />
        <Filter
          label={t('무엇으로 나누어', 'Divided by')}
          value={by}
          onChange={setBy}
          choices={offered.map((one) => [one, say(nameOf(one))] as const)}
        />
        <TextField label={t('기준일', 'As of')} pointer="/on" type="date" value={on} onChange={setOn} />
        <div className="row push">
          <Button onClick={() => void toFile()}>{t('엑셀(CSV) 내려받기', 'Download CSV')}</Button>
          <Button onClick={() => window.print()}>{t('인쇄', 'Print')}</Button>
        </div>
      </div>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && data.rows.length === 0 && (
        <Empty title={t('셀 것이 없습니다.', 'Nothing to count.')}>
          <p>
            {t(
              '결과·처리기간·조정액은 검토결과를 통보한 뒤에, 조건 이행은 조건부추진을 통보한 뒤에 셀 것이 생깁니다.',
              'Outcomes, timeliness and adjustments are counted once letters are out; conditions once one was conditional.',
            )}
          </p>
        </Empty>
      )}
      {data !== undefined && data.rows.length > 0 && data.table === table && (
        <div className="stack">
          <section className="panel">
            {table === 'functions' ? <FunctionMap on={on} /> : <Picture table={table} data={data} />}
          </section>
          <section className="panel">
            <div className="scroll" tabIndex={0} role="region" aria-label={t('모든 숫자', 'All figures')}>
              <table className="list dense">
                <caption>{t('모든 숫자', 'All figures')}</caption>
                <thead>
                  <tr>
                    <th scope="col" className="wide">
                      {say(nameOf(by))}
                    </th>
                    {data.columns.map(({ name, label }) => (
                      <th scope="col" key={name} className="number">
                        {say(label)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.rows.map((row) => {
                    const label = labelOf(row, language);
                    return (
                      <tr key={label}>
                        <th scope="row">{label}</th>
                        {data.columns.map(({ name, label: head, unit }) => (
                          <td key={name} className="number" data-label={say(head)}>
                            {figure(row.values[name] ?? null, unit, language)}
                          </td>
                        ))}
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          </section>
        </div>
      )}
      {table === 'overlaps' && <Calibration on={on} />}
    </>
  );
}

function Picture({ table, data }: { table: Table; data: Statistics }) {
  const { t, say, language } = useSpeech();
  const wanted: readonly string[] = TABLES[table].bars;
  // The review days of the rules name the ages (upTo7, upTo30, …): whichever the service gives are drawn.
  const columns = data.columns.filter(({ name }) => wanted.includes(name.replace(/\d+$/, '')));
  const money = columns[0]?.unit === 'krw';
  const scale = money ? 1e8 : 1;
  const bars: readonly Bar[] = data.rows
    .map((row) => ({
      label: labelOf(row, language),
      values: [
        ...columns.map(({ name }) => Math.round((10 * (row.values[name] ?? 0)) / scale) / 10),
        ...(table === 'timeliness' ? [(row.values['notified'] ?? 0) - (row.values['inTime'] ?? 0)] : []),
      ],
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'ko'));
  return (
    <BarChart
      title={`${say(TABLES[table])}${money ? t(' (억 원)', ' (100 million won)') : ''}`}
      of={t('구분', 'Cut')}
      series={[...columns.map(({ label }) => say(label)), ...(table === 'timeliness' ? [t('기한 지남', 'late')] : [])]}
      bars={bars}
    />
  );
}

/** So many systems stand beside so many functions: what is hit most. The rest is in the file of all figures. */
const MOST_HIT = 10;
const MOST_SHARED = 15;

/** 겹친 기능 지도: which functions of plans exist in which systems, by the number of cases. */
function FunctionMap({ on }: { on: string }) {
  const { t } = useSpeech();
  const asked = (by: string): string => withQuery('/v1/statistics', { table: 'functions', by, on });
  const systems = useRead<Statistics>(asked('system'), { keep: true });
  const functions = useRead<Statistics>(asked('function'), { keep: true });
  const cells = useRead<Statistics>(asked('function,system'), { keep: true });
  const error = systems.error ?? functions.error ?? cells.error;
  if (error !== null) return <ReadProblem error={error} />;
  if (systems.data === undefined || functions.data === undefined || cells.data === undefined) return <Waiting />;
  const columns = systems.data.rows
    .slice(0, MOST_HIT)
    .map(({ cut, names }) => ({ id: cut['system'], name: names['system'] ?? cut['system'] ?? '' }));
  const casesOf = new Map(
    cells.data.rows.map(({ cut, values }) => [JSON.stringify([cut['function'], cut['system']]), values['cases'] ?? 0]),
  );
  const rows = functions.data.rows
    .slice(0, MOST_SHARED)
    .map(({ cut }) => cut['function'] ?? '')
    .map((word) => ({ label: word, counts: columns.map(({ id }) => casesOf.get(JSON.stringify([word, id])) ?? null) }));
  const most = Math.max(1, ...rows.flatMap(({ counts }) => counts.map((count) => count ?? 0)));
  const head = ['겹친 기능', ...columns.map(({ name }) => name)];
  return (
    <>
      <p className="quiet">
        {t(
          '사업계획의 기능과 기존 시스템의 기능에 함께 나오는 낱말입니다. 칸의 수는 겹친 사업 수이고, 중복이 아니라고 판정한 것은 빼고 셉니다.',
          'Words that the functions of plans share with those of existing systems. A cell counts cases, without what was dismissed.',
        )}
      </p>
      <HeatTable
        title={t(
          `많이 겹친 시스템 ${columns.length}개와 기능 ${rows.length}가지 (사업 수)`,
          `The ${columns.length} most-hit systems by ${rows.length} functions (cases)`,
        )}
        of={t('겹친 기능', 'Function')}
        columns={columns.map(({ name }) => name)}
        rows={rows.map(({ label, counts }) => ({ label, values: counts.map((count) => (count === null ? null : count / most)) }))}
        tell={(share) => String(Math.round(share * most))}
      />
      <div className="row">
        <Button
          onClick={() =>
            download(
              `function-map-${on}.csv`,
              csv(
                head,
                rows.map(({ label, counts }) => [label, ...counts]),
              ),
            )
          }
        >
          {t('이 그림의 표(CSV) 내려받기', 'Download this map (CSV)')}
        </Button>
      </div>
    </>
  );
}

/** 판별기의 눈금: of the candidates that the engine called so likely, how many people confirmed. */
function Calibration({ on }: { on: string }) {
  const { t } = useSpeech();
  const { data, error } = useRead<Statistics>(withQuery('/v1/statistics', { table: 'overlaps', by: 'chance', on }));
  if (error !== null) return <ReadProblem error={error} />;
  const points = (data?.rows ?? []).flatMap(({ cut, values }) => {
    const settled = (values['confirmed'] ?? 0) + (values['dismissed'] ?? 0);
    const chance = cut['chance'];
    return chance == null || settled === 0
      ? []
      : [{ x: Number(chance) / 100 + 0.05, y: (values['confirmed'] ?? 0) / settled, weight: settled }];
  });
  return (
    <section className="panel stack" aria-labelledby="calibration">
      <h2 id="calibration">{t('판별기가 얼마나 맞았나', 'How often the engine was right')}</h2>
      {points.length === 0 ? (
        <p className="quiet">
          {t(
            '후보를 판정하면, 판별기가 말한 가능성과 사람이 중복으로 확정한 비율을 여기에 견주어 보입니다.',
            'Once candidates are settled, what the engine called likely stands here against what people confirmed.',
          )}
        </p>
      ) : (
        <CalibrationChart
          title={t(
            '점이 점선에 가까울수록 판별기의 숫자를 그대로 믿을 수 있습니다.',
            'The nearer to the dashed line, the truer the numbers.',
          )}
          x={t('판별기가 말한 가능성', 'What the engine said')}
          y={t('중복으로 확정된 비율', 'Confirmed by people')}
          points={points.toSorted((a, b) => a.x - b.x)}
        />
      )}
    </section>
  );
}

function labelOf({ cut, names }: Statistics['rows'][number], language: Language): string {
  const words: Readonly<Record<string, Readonly<Record<string, { ko: string; en: string }>>>> = {
    tier: TIER,
    track: TRACK,
    outcome: OUTCOME,
  };
  return Object.entries(cut)
    .map(([name, value]) => {
      if (value === null) return language === 'ko' ? '정해지지 않음' : 'none';
      if (name === 'relation') return relationName(value)[language];
      return names[name] ?? words[name]?.[value]?.[language] ?? value;
    })
    .join(' · ');
}

function figure(value: number | null, unit: Statistics['columns'][number]['unit'], language: Language): string {
  if (value === null) return '–';
  if (unit === 'krw') return won(value, language);
  if (unit === 'share') return `${Math.round(1000 * value) / 10}%`;
  if (unit === 'days') return `${Math.round(10 * value) / 10}${language === 'ko' ? '일' : ''}`;
  return value.toLocaleString('ko-KR');
}
