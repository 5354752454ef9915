import { useState } from 'react';
import type { Case, Recomputation } from '../contract.js';
import { useSpeech } from '../language.js';
import { withQuery } from '../pieces/case-list.js';
import { Button } from '../pieces/form.js';
import { Badge, Instant, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';

const VERDICT = {
  REPRODUCED: { ko: '그대로 다시 나옴', en: 'Reproduced', tone: 'success' },
  DIVERGED: { ko: '다르게 나옴', en: 'Diverged', tone: 'danger' },
  'CANNOT-RECOMPUTE': { ko: '그때의 판별기가 없어 다시 셀 수 없음', en: 'The engine of that day is not here', tone: 'warning' },
} as const;
const ACTS: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  'decision-proposed': { ko: '결정안', en: 'Proposal' },
  'decision-approved': { ko: '결재', en: 'Approval' },
};

/** Why the case was flagged and on what it was decided, computed again from the record: reproduced, or where it differs. */
export function RecomputationPanel({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const { me, is } = useSession();
  const [asked, setAsked] = useState(false);
  const { data, error } = useRead<Recomputation>(asked ? `/v1/consultations/${the.consultation}/recomputation` : null);
  // It shows what the authority thought inside.
  if (!is('auditor') && me.agency !== the.authority.id) return null;
  const badge = (verdict: keyof typeof VERDICT) => <Badge tone={VERDICT[verdict].tone}>{say(VERDICT[verdict])}</Badge>;
  return (
    <section className="panel" aria-labelledby="recomputation-title">
      <h2 id="recomputation-title">{t('다시 계산', 'Computed again')}</h2>
      <p>
        {t(
          '왜 겹친다고 보았는지는 그날의 목록과 판별기로, 무엇을 보고 결정했는지는 그때까지의 기록으로 다시 만들어 기록된 것과 견줍니다.',
          'The finding is computed again with the records and the engine of its day, and the page on which was decided from the events up to then; both are held against the record.',
        )}
      </p>
      {!asked && (
        <div>
          <Button onClick={() => setAsked(true)}>{t('다시 계산하기', 'Compute again')}</Button>
        </div>
      )}
      {asked && data === undefined && error === null && <Waiting />}
      {error !== null && <ReadProblem error={error} />}
      {data !== undefined && (
        <table className="list">
          <caption>{t('다시 계산한 결과', 'What came out')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('무엇', 'What')}</th>
              <th scope="col">{t('언제', 'When')}</th>
              <th scope="col">{t('결과', 'Result')}</th>
            </tr>
          </thead>
          <tbody>
            {data.screenings.map((one) => (
              <tr key={`screening ${one.screening}`}>
                <th scope="row">
                  {t(
                    `유사·중복 검색 ${one.screening} (계획 ${one.planVersion}판)`,
                    `Screening ${one.screening} of plan version ${one.planVersion}`,
                  )}
                </th>
                <td data-label={t('언제', 'When')}>
                  <Instant at={one.screenedAt} />
                </td>
                <td data-label={t('결과', 'Result')}>
                  {badge(one.verdict)}
                  {one.missing.length > 0 && (
                    <span className="quiet">
                      {one.missing
                        .map(({ part, recorded, available }) => `${part} ${recorded ?? '–'} → ${available ?? '–'}`)
                        .join(', ')}
                    </span>
                  )}
                  {one.divergences.length > 0 && (
                    <ul>
                      {one.divergences.map(({ pointer, recorded, recomputed }) => (
                        <li key={pointer}>
                          <code>{pointer}</code>: {recorded ?? '–'} → {recomputed ?? '–'}
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            ))}
            {data.decisions.map((one) => (
              <tr key={`decision ${one.decision}`}>
                <th scope="row">
                  {t(
                    `${say(ACTS[one.act] ?? { ko: one.act, en: one.act })}의 바탕 화면`,
                    `Page behind: ${say(ACTS[one.act] ?? { ko: one.act, en: one.act })}`,
                  )}{' '}
                  <span className="quiet">{t(`기록 위치 ${one.position}`, `log position ${one.position}`)}</span>
                </th>
                <td data-label={t('언제', 'When')}>
                  <Instant at={one.at} />
                </td>
                <td data-label={t('결과', 'Result')}>
                  {badge(one.verdict)}
                  {one.verdict === 'DIVERGED' && (
                    <p>
                      <code>{one.recordedViewHash}</code> → <code>{one.viewHash}</code>
                    </p>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data !== undefined && data.screenings.length + data.decisions.length === 0 && (
        <p>{t('아직 검색도 결정도 없습니다.', 'There is no screening and no decision yet.')}</p>
      )}
      {is('auditor') && (
        <div className="row">
          {(['cloudevents', 'xes', 'ocel'] as const).map((kind) => (
            <a
              key={kind}
              className="krds-btn small tertiary"
              href={withQuery('/v1/exports', { kind, streams: `consultation-${the.consultation}` })}
              download
            >
              {t(`${EXPORT[kind]}로 이 사건 내보내기`, `Export this case as ${EXPORT[kind]}`)}
            </a>
          ))}
        </div>
      )}
    </section>
  );
}

const EXPORT = { cloudevents: 'CloudEvents', xes: 'XES', ocel: 'OCEL' } as const;
