import { Link } from 'wouter';
import type { ApplicationRow } from '../contract.js';
import { daysUntil, josa, todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { Badge, Deadline, Empty, ReadProblem, StatusBadge, Title, Waiting } from '../pieces/show.js';
import { useList } from '../reading.js';
import { useSession } from '../session.js';

const RECENT_DAYS = 14;

/** What waits for us, first what is due first; then what has come back lately. */
export default function TodayPage() {
  const { t } = useSpeech();
  const { me } = useSession();
  const ours = useList<ApplicationRow>('/v1/consultations?holder=applicant&sort=due');
  const told = useList<ApplicationRow>('/v1/consultations?sort=updated');
  const today = todayInSeoul();
  const answers = ours.rows
    .filter(({ status }) => status === 'awaiting-applicant')
    .sort((a, b) => (a.respondBy ?? '').localeCompare(b.respondBy ?? ''));
  const drafts = ours.rows.filter(({ status }) => status === 'draft');
  const recent = told.rows.filter(
    ({ documentNumber, updatedAt }) =>
      documentNumber !== null && daysUntil(todayInSeoul(new Date(updatedAt)), today) >= -RECENT_DAYS,
  );
  const owing = told.rows.filter(({ status }) => status === 'follow-up');
  const nothing = owing.length === 0 && ours.loaded && answers.length === 0 && drafts.length === 0;
  return (
    <>
      <Title
        lead={t(
          `${me.agencyName}${josa(me.agencyName, '이', '가')} 지금 해야 할 일입니다.`,
          `What ${me.agencyName} has to do now.`,
        )}
      >
        {t('오늘 할 일', 'To do today')}
      </Title>
      {ours.error !== null && <ReadProblem error={ours.error} />}
      {!ours.loaded && ours.error === null && <Waiting />}
      {nothing && (
        <Empty title={t('지금 할 일이 없습니다.', 'Nothing to do now.')}>
          <p>
            {t('보완요청이 오거나 초안을 저장하면 여기에 나타납니다.', 'A correction request or a saved draft will appear here.')}
          </p>
          <p>
            <Link href="/plans/new" className="krds-btn small primary">
              {t('새 사업계획 쓰기', 'Write a new plan')}
            </Link>
          </p>
        </Empty>
      )}
      {answers.length > 0 && (
        <section aria-labelledby="answers">
          <h2 id="answers">
            {t('보완요청에 답하기', 'Answer corrections')} <span className="count">{answers.length}</span>
          </h2>
          <ul className="cards">
            {answers.map((row) => (
              <li key={row.consultation}>
                <Link href={`/cases/${row.consultation}/corrections`}>{row.title}</Link>
                {row.respondBy !== null && <Deadline date={row.respondBy} />}
                <span className="quiet">
                  {t(
                    `${row.authorityName}의 ${row.openRound ?? ''}차 보완요청`,
                    `Round ${row.openRound ?? ''} of ${row.authorityName}`,
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {owing.length > 0 && (
        <section aria-labelledby="owing">
          <h2 id="owing">
            {t('이행할 조건', 'Conditions to meet')} <span className="count">{owing.length}</span>
          </h2>
          <ul className="cards">
            {owing.map((row) => (
              <li key={row.consultation}>
                <Link href={`/cases/${row.consultation}/conditions`}>{row.title}</Link>
                <StatusBadge status={row.status} outcome={row.outcome} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {drafts.length > 0 && (
        <section aria-labelledby="drafts">
          <h2 id="drafts">
            {t('신청하지 않은 초안', 'Drafts not yet submitted')} <span className="count">{drafts.length}</span>
          </h2>
          <ul className="cards">
            {drafts.map((row) => (
              <li key={row.consultation}>
                <Link href={`/cases/${row.consultation}`}>{row.title}</Link>
                <StatusBadge status={row.status} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {recent.length > 0 && (
        <section aria-labelledby="results">
          <h2 id="results">
            {t('최근 통보된 결과', 'Results of the last two weeks')} <span className="count">{recent.length}</span>
          </h2>
          <ul className="cards">
            {recent.map((row) => (
              <li key={row.consultation}>
                <Link href={`/cases/${row.consultation}/decision`}>{row.title}</Link>
                <StatusBadge status={row.status} outcome={row.outcome} />
                <Badge tone="gray">{row.documentNumber ?? ''}</Badge>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
