import { useState } from 'react';
import { Link } from 'wouter';
import type { ApplicationRow, TaskKind, TaskRow } from '../contract.js';
import { daysUntil, josa, todayInSeoul, urgency, type Urgency } from '../format.js';
import { useSpeech } from '../language.js';
import { CsvButton, Filter, MoreButton, withQuery, type Columns } from '../pieces/case-list.js';
import { Badge, Deadline, Empty, Instant, ReadProblem, StatusBadge, Title, Waiting } from '../pieces/show.js';
import { useList } from '../reading.js';
import { useSession } from '../session.js';
import { TASK } from '../terms.js';

const RECENT_DAYS = 14;

/** Where each kind of task is done: a tab of the case. */
const TAB: Readonly<Record<Exclude<TaskKind, 'progress'>, string>> = {
  draft: '/plan',
  submission: '',
  correction: '/corrections',
  condition: '/conditions',
  recommendation: '/conditions',
  demand: '/conditions',
  opinion: '/joint',
  adjustment: '/joint',
};

const COLUMNS: Columns<TaskRow> = {
  head: ['할 일', '사업명', '내용', '기한', '기한초과', '협의기관', '요청일시', '사건번호'],
  cells: (row) => [
    TASK[row.kind].ko,
    row.title,
    row.text,
    row.dueOn,
    row.late ? '초과' : '',
    row.authorityName,
    row.askedAt,
    row.consultation ?? row.project,
  ],
};

/** What waits for us, first what is due first; then what has come back lately. */
export default function TodayPage() {
  const { t, say } = useSpeech();
  const { me } = useSession();
  const [kind, setKind] = useState('');
  const path = withQuery('/v1/to-do', { state: 'open' });
  const { rows, loaded, error, more, readMore } = useList<TaskRow>(path);
  const told = useList<ApplicationRow>('/v1/consultations?sort=updated');
  const today = todayInSeoul();
  const kinds = (Object.keys(TASK) as TaskKind[]).filter((each) => rows.some((row) => row.kind === each));
  const tasks = rows.filter((row) => kind === '' || row.kind === kind);
  const recent = told.rows.filter(
    ({ documentNumber, updatedAt }) =>
      documentNumber !== null && daysUntil(todayInSeoul(new Date(updatedAt)), today) >= -RECENT_DAYS,
  );
  const groups: readonly (readonly [Urgency, string])[] = [
    ['overdue', t('기한초과', 'Overdue')],
    ['soon', t('임박', 'Due soon')],
    ['ample', t('여유', 'In time')],
    ['not-started', t('기한 없음', 'No date')],
  ];
  return (
    <>
      <Title
        lead={t(
          `${me.agencyName}${josa(me.agencyName, '이', '가')} 지금 해야 할 일입니다. 기한이 이른 것부터 보입니다.`,
          `What ${me.agencyName} has to do now, earliest due first.`,
        )}
      >
        {t('오늘 할 일', 'To do today')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {!loaded && error === null && <Waiting />}
      {loaded && rows.length === 0 && (
        <Empty title={t('지금 할 일이 없습니다.', 'Nothing to do now.')}>
          <p>
            {t('보완요청이 오거나 초안을 저장하면 여기에 나타납니다.', 'A correction request or a saved draft will appear here.')}
          </p>
          <p className="row center">
            <Link href="/plans/new" className="krds-btn small primary">
              {t('새 사업계획 쓰기', 'Write a new plan')}
            </Link>
            <Link href="/wizard" className="krds-btn small tertiary">
              {t('대상인지 먼저 판정하기', 'First see whether it must be consulted')}
            </Link>
          </p>
        </Empty>
      )}
      {rows.length > 0 && (
        <div className="toolbar">
          {kinds.length > 1 && (
            <Filter
              label={t('할 일의 종류', 'Kind of task')}
              value={kind}
              onChange={setKind}
              choices={[['', t('모두', 'All')], ...kinds.map((each) => [each, say(TASK[each])] as const)]}
            />
          )}
          <div className="row push">
            <CsvButton<TaskRow> path={path} name="to-do" columns={COLUMNS} />
          </div>
        </div>
      )}
      {groups.map(([group, heading]) => {
        const due = tasks.filter(({ dueOn }) => urgency(dueOn, today) === group);
        if (due.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`due-${group}`}>
            <h2 id={`due-${group}`} className={`group ${group}`}>
              {heading} <span className="count">{due.length}</span>
            </h2>
            <ul className="cards">
              {due.map((row) => (
                <Task key={row.place} row={row} />
              ))}
            </ul>
          </section>
        );
      })}
      <MoreButton more={more} onMore={readMore} />
      {recent.length > 0 && (
        <section aria-labelledby="results">
          <h2 id="results">
            {t('알림: 최근 통보된 결과', 'News: results of the last two weeks')} <span className="count">{recent.length}</span>
          </h2>
          <ul className="cards">
            {recent.map((row) => (
              <li key={row.consultation}>
                <Link href={`/cases/${row.consultation}/decision`}>{row.title}</Link>
                <StatusBadge status={row.status} outcome={row.outcome} />
                <Badge tone="gray">{row.documentNumber ?? ''}</Badge>
                <Instant at={row.updatedAt} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Task({ row }: { row: TaskRow }) {
  const { t, say } = useSpeech();
  return (
    <li>
      <Link href={row.kind === 'progress' ? `/projects/${row.project}` : `/cases/${row.consultation}${TAB[row.kind]}`}>
        {row.title}
      </Link>
      <Badge tone={row.late ? 'danger' : 'primary'}>{say(TASK[row.kind])}</Badge>
      {row.dueOn !== null && <Deadline date={row.dueOn} />}
      <span className="quiet">
        {row.kind === 'correction'
          ? t(`${row.authorityName}의 ${row.number}차 보완요청`, `Round ${row.number} of ${row.authorityName}`)
          : row.text === ''
            ? row.authorityName
            : row.authorityName === ''
              ? row.text
              : `${row.authorityName} · ${row.text}`}
      </span>
    </li>
  );
}
