import { memo, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { AgencyRow, Message, QueueCounts, QueueRow, Severity } from '../contract.js';
import { josa } from '../format.js';
import { useSpeech } from '../language.js';
import { CsvButton, Filter, focusOn, MoreButton, SearchBox, useSettled, withQuery, type Columns } from '../pieces/case-list.js';
import { Button, ProblemSummary } from '../pieces/form.js';
import { useKeys } from '../pieces/keys.js';
import { Badge, Deadline, Empty, Likelihood, Money, ReadProblem, StatusBadge, Title, Turn, Waiting } from '../pieces/show.js';
import { useAct, useList, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { likelihood, OVER, SEVERITY, statusName } from '../terms.js';

const FILTER = 'sajeon-queue';
interface Wanted {
  readonly holder: string;
  readonly status: string;
  readonly severity: string;
  readonly sort: string;
  /** Null until somebody chooses: then the cases that I lead, if I lead any. */
  readonly lead: string | null;
}
const FIRST: Wanted = { holder: 'authority', status: '', severity: '', sort: 'severity', lead: null };

/** What somebody last looked for, for this window only. */
function remembered(): Wanted {
  const held = sessionStorage.getItem(FILTER);
  return held === null ? FIRST : { ...FIRST, ...(JSON.parse(held) as Partial<Wanted>) };
}

export default function QueuePage() {
  const { t, say } = useSpeech();
  const { me } = useSession();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState(remembered);
  const [at, setAt] = useState(-1);
  const q = useSettled(typed);
  const list = useRef<HTMLDivElement>(null);
  const mine = useRead<QueueCounts>('/v1/consultations/queue/groups?lead=me');
  const lead = wanted.lead ?? (openOf(mine.data) > 0 ? 'me' : '');
  const { holder, status, severity, sort } = wanted;
  const path = withQuery('/v1/consultations/queue', { q, holder, status, severity, sort, lead });
  const { rows, loaded, error, more, readMore } = useList<QueueRow>(path);
  const counts = useRead<QueueCounts>(withQuery('/v1/consultations/queue/groups', { q, holder, status, lead }), { keep: true });
  // A city's case before the ministry: its province has handed it up (이관).
  const own = useRead<AgencyRow>(`/v1/agencies/${encodeURIComponent(me.agency)}`);
  const { act, problem, forget } = useAct();
  const want = (change: Partial<Wanted>): void => {
    const next = { ...wanted, ...change };
    sessionStorage.setItem(FILTER, JSON.stringify(next));
    setWanted(next);
    setAt(-1);
  };
  const groups = grouped(rows, sort === 'severity');
  const ordered = groups.flatMap((group) => group.rows);
  const step = (by: number): void => setAt((before) => Math.max(0, Math.min(ordered.length - 1, before + by)));
  const open = (tab = ''): void => {
    const row = ordered[Math.max(0, at)];
    if (row !== undefined) go(`/cases/${row.consultation}${tab}`);
  };
  /** 맡기: the case becomes mine. One that somebody leads already is reassigned in the case, with a reason. */
  const take = (): void => {
    const row = ordered[Math.max(0, at)];
    if (row === undefined || row.lead === me.person) return;
    if (row.lead !== null) return open();
    void act({
      path: `/v1/consultations/${row.consultation}/reviewer`,
      body: { person: me.person },
      revision: row.revision,
      done: { ko: `‘${row.title}’ 사건의 주심이 되었습니다.`, en: `You lead “${row.title}”.` },
    });
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    o: () => open(),
    a: take,
    c: () => open('/corrections'),
    '/': () => focusOn('queue-search'),
  });
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>('[data-at="true"] a');
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const columns: Columns<QueueRow> = {
    head: [
      '접수번호',
      '사업명',
      '신청기관',
      '총사업비(원)',
      '상태',
      '처리기한',
      '구분',
      '차례',
      '주심',
      '중복 최고',
      '판정할 후보',
    ],
    cells: (row) => [
      row.consultation,
      row.title,
      row.applicantName,
      row.budgetKrw === null ? null : Number(row.budgetKrw),
      statusName(row.status).ko,
      row.dueOn,
      row.severity === null ? '' : SEVERITY[row.severity].ko,
      row.holder === null ? '' : row.holder === 'applicant' ? '신청기관' : '협의기관',
      row.lead,
      row.topProbability === null ? nothingAlike(row).ko : likelihood(row.topProbability).ko,
      row.unsettled.length,
    ],
  };

  return (
    <>
      <Title
        lead={t(
          `${me.agencyName}${josa(me.agencyName, '이', '가')} 검토할 사전협의입니다. 처리기한이 급한 것부터 보입니다.`,
          `Cases that ${me.agencyName} reviews, the most urgent first.`,
        )}
      >
        {t('검토 대기열', 'Review queue')}
      </Title>
      <div className="toolbar">
        <SearchBox id="queue-search" label={t('찾기', 'Search')} value={typed} onChange={setTyped} />
        <Filter
          label={t('담당', 'Led by')}
          value={lead}
          onChange={(next) => want({ lead: next })}
          choices={[
            ['me', t(`내가 주심 ${openOf(mine.data)}`, `I lead ${openOf(mine.data)}`)],
            ['', t('우리 기관 모두', 'Everybody’s')],
          ]}
        />
        <Filter
          label={t('누구 차례', 'Whose turn')}
          value={wanted.holder}
          onChange={(holder) => want({ holder })}
          choices={[
            ['authority', t('우리 차례', 'Our turn')],
            ['applicant', t('신청기관 차례', 'Applicant’s turn')],
            ['', t('모두', 'All')],
          ]}
        />
        <Filter
          label={t('상태', 'Status')}
          value={wanted.status}
          onChange={(status) => want({ status })}
          choices={[
            ['', t('모든 상태', 'Any status')],
            ...(['submitted', 'received', 'under-review', 'pending-approval', 'approved'] as const).map(
              (status) => [status, say(statusName(status))] as const,
            ),
          ]}
        />
        <Filter
          label={t('기한', 'Deadline')}
          value={severity}
          onChange={(next) => want({ severity: next })}
          choices={[
            ['', t('모든 기한', 'Any')],
            ...(Object.keys(SEVERITY) as Severity[]).map(
              (one) => [one, `${say(SEVERITY[one])} ${counts.data?.severity[one] ?? 0}`] as const,
            ),
          ]}
        />
        <Filter
          label={t('정렬', 'Sort')}
          value={wanted.sort}
          onChange={(sort) => want({ sort })}
          choices={[
            ['severity', t('급한 순', 'Most urgent')],
            ['due', t('기한순', 'By due date')],
            ['probability', t('중복 가능성순', 'By likelihood')],
            ['submitted', t('최근 신청순', 'Newest')],
            ['title', t('가나다순', 'By title')],
          ]}
        />
        <div className="row push">
          <CsvButton path={path} name="queue" columns={columns} />
          <Button onClick={() => window.print()}>{t('인쇄', 'Print')}</Button>
        </div>
      </div>
      <p className="keys">
        <Button keys="j" onClick={() => step(1)}>
          {t('다음', 'Next')} <kbd>j</kbd>
        </Button>
        <Button keys="k" onClick={() => step(-1)}>
          {t('이전', 'Previous')} <kbd>k</kbd>
        </Button>
        <Button keys="o" onClick={() => open()}>
          {t('열기', 'Open')} <kbd>o</kbd>
        </Button>
        <Button keys="a" onClick={take}>
          {t('맡기', 'Take')} <kbd>a</kbd>
        </Button>
        <Button keys="c" onClick={() => open('/corrections')}>
          {t('보완', 'Correct')} <kbd>c</kbd>
        </Button>
        <Button keys="/" onClick={() => focusOn('queue-search')}>
          {t('찾기', 'Search')} <kbd>/</kbd>
        </Button>
        <span className="quiet" role="status">
          {loaded && t(`${rows.length}건${more ? ' 이상' : ''}`, `${rows.length}${more ? '+' : ''} cases`)}
        </span>
        {counts.data !== undefined && counts.data.unassigned > 0 && (
          <span className="quiet">
            {t(`주심을 정하지 않은 사건 ${counts.data.unassigned}건`, `${counts.data.unassigned} without a lead`)}
          </span>
        )}
      </p>
      {problem !== null && (
        <div className="stack">
          <ProblemSummary problem={problem} />
          <div>
            <Button onClick={forget}>{t('닫기', 'Close')}</Button>
          </div>
        </div>
      )}
      {error !== null && <ReadProblem error={error} />}
      {!loaded && error === null && <Waiting />}
      {loaded && rows.length === 0 && (
        <NothingHere
          filtered={q !== '' || status !== '' || holder !== '' || severity !== '' || lead !== ''}
          onAll={() => {
            setTyped('');
            want({ holder: '', status: '', severity: '', lead: '' });
          }}
        />
      )}
      <div ref={list} className="stack">
        {groups.map((group) => (
          <section key={group.name} aria-labelledby={`group-${group.name}`}>
            <h2 id={`group-${group.name}`} className={`group ${group.name}`}>
              {say(GROUP[group.name])} <span className="count">{countOf(group, counts.data, more)}</span>
            </h2>
            <table className="list">
              <caption>{say(GROUP[group.name])}</caption>
              <thead>
                <tr>
                  <th scope="col" className="wide">
                    {t('사업', 'Project')}
                  </th>
                  <th scope="col">{t('신청기관', 'Applicant')}</th>
                  <th scope="col">{t('총사업비', 'Budget')}</th>
                  <th scope="col">{t('상태', 'Status')}</th>
                  <th scope="col">{t('중복 최고', 'Top overlap')}</th>
                  <th scope="col">{t('처리기한', 'Due')}</th>
                </tr>
              </thead>
              <tbody>
                {group.rows.map((row) => (
                  <Line
                    key={row.consultation}
                    row={row}
                    at={ordered[at]?.consultation === row.consultation}
                    mine={row.lead === me.person}
                    whoseTurn={wanted.holder === ''}
                    handedUp={row.applicantTier === 'BASIC_LOCAL' && own.data?.tier === 'CENTRAL'}
                  />
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
      <MoreButton more={more} onMore={readMore} />
    </>
  );
}

/** Of a thousand rows only those that changed are drawn again, so that a key in the search box is there at once. */
const Line = memo(function Line({
  row,
  at,
  mine,
  whoseTurn,
  handedUp,
}: {
  row: QueueRow;
  /** Where the keys j and k stand. */
  at: boolean;
  mine: boolean;
  whoseTurn: boolean;
  handedUp: boolean;
}) {
  const { t, say } = useSpeech();
  return (
    <tr data-at={at}>
      <th scope="row">
        <Link href={`/cases/${row.consultation}`}>{row.title}</Link>
        <span className="quiet number">{row.consultation}</span>
        {mine ? (
          <Badge tone="primary">{t('내가 주심', 'I lead')}</Badge>
        ) : (
          row.lead !== null && (
            <span className="quiet">
              {t('주심', 'Lead')} {row.lead}
            </span>
          )
        )}
        {handedUp && <Badge tone="secondary">{t('시·도에서 이관', 'Handed up')}</Badge>}
      </th>
      <td data-label={t('신청기관', 'Applicant')}>{row.applicantName}</td>
      <td data-label={t('총사업비', 'Budget')}>
        <Money amount={row.budgetKrw} />
      </td>
      <td data-label={t('상태', 'Status')}>
        <StatusBadge status={row.status} />
        {whoseTurn && (
          <span className="quiet">
            {' '}
            <Turn holder={row.holder} />
          </span>
        )}
      </td>
      <td data-label={t('중복 최고', 'Top overlap')}>
        {row.topProbability === null ? (
          <span className="quiet">{say(nothingAlike(row))}</span>
        ) : (
          <Likelihood probability={row.topProbability} />
        )}
        {row.unsettled.length > 0 && (
          <Badge tone="danger">{t(`판정할 후보 ${row.unsettled.length}`, `${row.unsettled.length} to settle`)}</Badge>
        )}
      </td>
      <td data-label={t('처리기한', 'Due')}>
        {row.openRound !== null && row.respondBy !== null ? (
          <>
            {t('보완 ', 'Answer ')}
            <Deadline date={row.respondBy} />
          </>
        ) : OVER.has(row.status) || row.status === 'objection' ? (
          <span className="quiet">–</span>
        ) : row.dueOn === null ? (
          <span className="quiet">{t('접수하면 정해집니다', 'Set on receipt')}</span>
        ) : (
          <Deadline date={row.dueOn} />
        )}
      </td>
    </tr>
  );
});

/** Why a case shows no likelihood. */
const nothingAlike = ({ screened }: QueueRow): Message =>
  screened ? { ko: '유사 후보 없음', en: 'Nothing alike' } : { ko: '검색 전', en: 'Not screened yet' };

type GroupName = Severity | 'unreceived' | 'objection' | 'over' | 'all';
interface Group {
  readonly name: GroupName;
  readonly rows: readonly QueueRow[];
}
const GROUP: Readonly<Record<GroupName, { ko: string; en: string }>> = {
  ...SEVERITY,
  unreceived: { ko: '접수 대기', en: 'To be received' },
  objection: { ko: '이의 심사', en: 'Objections' },
  over: { ko: '끝난 사건', en: 'Closed' },
  all: { ko: '사건', en: 'Cases' },
};

/** By the severity that the service judged, the most urgent first. */
function grouped(rows: readonly QueueRow[], bySeverity: boolean): readonly Group[] {
  if (!bySeverity) return rows.length === 0 ? [] : [{ name: 'all', rows }];
  const nameOf = ({ severity, status }: QueueRow): GroupName =>
    status === 'objection' ? 'objection' : (severity ?? (OVER.has(status) ? 'over' : 'unreceived'));
  return (['overdue', 'urgent', 'objection', 'half', 'unreceived', 'ample', 'over'] as const)
    .map((name) => ({ name, rows: rows.filter((row) => nameOf(row) === name) }))
    .filter((group) => group.rows.length > 0);
}

/** Of the whole list, also what stands on pages that are not shown yet. */
function countOf({ name, rows }: Group, counts: QueueCounts | undefined, more: boolean): number {
  return name === 'all' || name === 'objection' || counts === undefined || !more ? rows.length : counts.severity[name];
}

function openOf(counts: QueueCounts | undefined): number {
  return counts === undefined ? 0 : counts.total - counts.severity.over;
}

function NothingHere({ filtered, onAll }: { filtered: boolean; onAll: () => void }) {
  const { t } = useSpeech();
  return (
    <Empty
      title={filtered ? t('조건에 맞는 사건이 없습니다.', 'No case fits.') : t('검토할 사건이 없습니다.', 'Nothing to review.')}
    >
      <p>
        {filtered
          ? t(
              '찾는 말을 줄이거나 조건을 풀어 보십시오. 신청기관의 답을 기다리는 사건은 ‘신청기관 차례’에 있습니다.',
              'Use fewer words or loosen the filters. Cases that wait for an answer are under “Applicant’s turn”.',
            )
          : t('관할 기관이 사전협의를 신청하면 여기에 바로 나타납니다.', 'A case appears here as soon as an agency files it.')}
      </p>
      {filtered && <Button onClick={onAll}>{t('조건 모두 풀기', 'Clear the filters')}</Button>}
    </Empty>
  );
}
