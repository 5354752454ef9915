import { useEffect } from 'react';
import type { Health, Message } from '../contract.js';
import { useSpeech } from '../language.js';
import { Badge, Facts, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { queries, useRead } from '../reading.js';

const EVERY_MS = 5_000;

const VIEW: Readonly<Record<string, Message>> = {
  'reviewer-queue': { ko: '검토 대기열', en: 'Review queue' },
  'case-page': { ko: '사건 화면', en: 'Case page' },
  'applicant-list': { ko: '신청 현황', en: 'Applications' },
  'system-inventory': { ko: '정보시스템', en: 'Systems' },
  timeline: { ko: '이력', en: 'History' },
  'agency-directory': { ko: '기관', en: 'Agencies' },
  'project-list': { ko: '사업', en: 'Projects' },
  obligations: { ko: '조건 이행', en: 'Conditions' },
  'to-do': { ko: '오늘 할 일', en: 'To do' },
  statistics: { ko: '통계', en: 'Statistics' },
  'project-thread': { ko: '사업의 발자취', en: 'Timeline of a project' },
  omissions: { ko: '사전협의 없는 발주', en: 'Orders without consultation' },
  'preliminary-reviews': { ko: '예비검토', en: 'Preliminary reviews' },
  'user-directory': { ko: '이용자', en: 'Users' },
  'public-register': { ko: '공개 대장', en: 'Public register' },
  'screen-when-submitted': { ko: '신청하면 검색', en: 'Screen when submitted' },
  'screen-preliminary-reviews-when-requested': {
    ko: '예비검토를 요청하면 검색',
    en: 'Screen a preliminary review when requested',
  },
  'mark-conditions-overdue-when-their-day-has-passed': { ko: '조건 기한이 지나면 표시', en: 'Mark conditions overdue' },
  'remind-applicants-and-mark-responses-overdue': { ko: '보완 기한 알림과 기한초과 표시', en: 'Remind applicants' },
  'warn-when-a-share-of-the-days-is-used': { ko: '처리기한 경고', en: 'Warn of deadlines' },
  'mark-progress-missed-when-a-quarter-is-not-reported': { ko: '분기 진척 보고 누락 표시', en: 'Mark missed progress reports' },
};

const STATE: Readonly<Record<string, Message>> = {
  following: { ko: '따라가는 중', en: 'Following' },
  running: { ko: '따라가는 중', en: 'Running' },
  'catching-up': { ko: '따라잡는 중', en: 'Catching up' },
  rebuilding: { ko: '다시 만드는 중', en: 'Rebuilding' },
  standby: { ko: '대기', en: 'Standby' },
};

/** What is stuck, for whoever runs the service. */
export default function HealthPage() {
  const { t, say } = useSpeech();
  const { data: health, error } = useRead<Health>('/readyz');
  useEffect(() => {
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['/readyz'] }), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const name = (id: string): string => say(VIEW[id] ?? { ko: id, en: id });
  return (
    <>
      <Title
        lead={t(
          '5초마다 새로 읽습니다. 밀린 것이 0이면 화면이 기록과 같습니다.',
          'Read again every five seconds. With no lag, the pages equal the record.',
        )}
      >
        {t('운영 상태', 'Operations')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {health === undefined && error === null && <Waiting />}
      {health !== undefined && (
        <div className="stack">
          <section className="panel">
            <Facts
              rows={[
                [
                  t('전체', 'Overall'),
                  health.status === 'ready' ? (
                    <Badge tone="success">{t('정상', 'Ready')}</Badge>
                  ) : (
                    <Badge tone="danger">{t('기록할 수 없음', 'Not ready')}</Badge>
                  ),
                ],
                [t('기록 저장소', 'Event store'), health.store === 'ok' ? t('정상', 'ok') : health.store],
                [
                  t('중복 판별 색인', 'Overlap index'),
                  t(
                    `기록 ${health.overlap.records}건, 위치 ${health.overlap.position}`,
                    `${health.overlap.records} records, position ${health.overlap.position}`,
                  ),
                ],
              ]}
            />
          </section>
          <table className="list">
            <caption>{t('화면 자료', 'Views')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('화면 자료', 'View')}</th>
                <th scope="col">{t('상태', 'Status')}</th>
                <th scope="col">{t('위치', 'Position')}</th>
                <th scope="col">{t('밀린 것', 'Lag')}</th>
              </tr>
            </thead>
            <tbody>
              {health.views.map((view) => (
                <tr key={view.view}>
                  <th scope="row">{name(view.view)}</th>
                  <td data-label={t('상태', 'Status')}>
                    {view.stalled !== null ? (
                      <Badge tone="danger">
                        {t(`멈춤: 위치 ${view.stalled.position ?? '?'}`, `Stalled at ${view.stalled.position ?? '?'}`)}
                      </Badge>
                    ) : (
                      <Badge tone="success">{say(STATE[view.status] ?? { ko: view.status, en: view.status })}</Badge>
                    )}
                  </td>
                  <td data-label={t('위치', 'Position')}>{view.position}</td>
                  <td data-label={t('밀린 것', 'Lag')}>{view.lag}</td>
                </tr>
              ))}
              {health.policies.map((policy) => (
                <tr key={policy.policy}>
                  <th scope="row">{name(policy.policy)}</th>
                  <td data-label={t('상태', 'Status')}>
                    <Badge tone={policy.status === 'running' ? 'success' : 'danger'}>
                      {say(STATE[policy.status] ?? { ko: policy.status, en: policy.status })}
                    </Badge>
                  </td>
                  <td data-label={t('위치', 'Position')}>{policy.position}</td>
                  <td data-label={t('밀린 것', 'Lag')}>–</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
