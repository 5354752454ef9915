import { useId, useState } from 'react';
import type { Case, Page, TimelineRow } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button } from '../pieces/form.js';
import { Empty, Instant, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { compareCases } from './differences.js';
import { RecomputationPanel } from './recomputation.js';

/** 타임머신: the case as it read after any event, folded from the record anew, beside what it reads now. */
export function ReplayTab({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const slider = useId();
  const timeline = useRead<Page<TimelineRow>>(`/v1/consultations/${the.consultation}/timeline?limit=200`);
  const events = timeline.data?.rows ?? [];
  const [step, setStep] = useState<number | null>(null);
  const [only, setOnly] = useState(false);
  const at = Math.min(step ?? events.length - 1, events.length - 1);
  const event = events[at];
  const then = useRead<Case>(event === undefined ? null : `/v1/consultations/${the.consultation}?asOf=${event.position}`, {
    keep: true,
  });
  if (timeline.error !== null) return <ReadProblem error={timeline.error} />;
  if (timeline.data === undefined) return <Waiting />;
  if (event === undefined) return <Empty title={t('되돌려 볼 기록이 없습니다.', 'There is nothing to replay.')}>{null}</Empty>;
  const rows = then.data === undefined ? [] : compareCases(then.data, the);
  const changes = rows.filter(({ changed }) => changed).length;
  return (
    <div className="stack">
      <section className="panel" aria-label={t('때 고르기', 'Choose a moment')}>
        <label htmlFor={slider}>
          {t(`일어난 일 ${events.length}가지 가운데 ${at + 1}번째까지`, `After event ${at + 1} of ${events.length}`)}
        </label>
        <input
          id={slider}
          className="slider"
          type="range"
          min={0}
          max={events.length - 1}
          value={at}
          aria-valuetext={say(event)}
          onChange={(change) => setStep(Number(change.target.value))}
        />
        <div className="row">
          <Button onClick={() => setStep(0)}>{t('처음', 'First')}</Button>
          <Button onClick={() => setStep(Math.max(0, at - 1))}>{t('하나 앞', 'Back')}</Button>
          <Button onClick={() => setStep(Math.min(events.length - 1, at + 1))}>{t('하나 뒤', 'Forward')}</Button>
          <Button onClick={() => setStep(null)}>{t('지금', 'Now')}</Button>
          <Button aria-pressed={only} onClick={() => setOnly(!only)}>
            {t('달라진 것만', 'Differences only')}
          </Button>
        </div>
        <p className="prose">{say(event)}</p>
        <p className="quiet" role="status">
          {t(
            `기록 위치 ${event.position}. 지금과 다른 것 ${changes}가지.`,
            `Log position ${event.position}. ${changes} difference(s) from now.`,
          )}
        </p>
      </section>
      {then.error !== null && <ReadProblem error={then.error} />}
      <table className="list compare">
        <caption>{t('그때와 지금', 'Then and now')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('무엇', 'What')}</th>
            <th scope="col">
              {t('그때', 'Then')} <Instant at={event.at} />
            </th>
            <th scope="col">{t('지금', 'Now')}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ changed }) => changed || !only)
            .map((row) => (
              <tr key={row.key} className={row.changed ? 'changed' : ''}>
                <th scope="row">
                  {say(row.name)}
                  {row.changed && <span className="changed-word">{t('다름', 'differs')}</span>}
                </th>
                <td data-label={t('그때', 'Then')}>{say(row.then) || <span className="quiet">{t('없음', 'none')}</span>}</td>
                <td data-label={t('지금', 'Now')}>{say(row.now) || <span className="quiet">{t('없음', 'none')}</span>}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <RecomputationPanel the={the} />
    </div>
  );
}
