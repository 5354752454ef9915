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
  'screen-when-submitted': { ko: '신청하면 검색', en: 'Screen when submitted' },
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
