import type { Case, Clock } from '../contract.js';
import { legalDate } from '../format.js';
import { useSpeech } from '../language.js';
import { Badge, LegalDate } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { SEVERITY } from '../terms.js';

/** 처리기간: how many of the days are used, who held the case when, and why every single day counts or not. */
export function ClockPanel({ the }: { the: Case }) {
  const { t, say, language } = useSpeech();
  const { data: clock } = useRead<Clock>(
    the.received === null ? null : `/v1/consultations/${encodeURIComponent(the.consultation)}/clock`,
    { keep: true },
  );
  if (clock === undefined) return null;
  const { forecast, given, intervals, severity, state } = clock;
  const total = Math.max(
    given + clock.applicantHeldDays,
    intervals.reduce((sum, { days }) => sum + days, 0),
  );
  return (
    <section className="panel clock" aria-labelledby="clock-title">
      <div className="row spread">
        <h2 id="clock-title">{t('처리기간', 'The clock')}</h2>
        {state !== 'stopped' && <Badge tone={SEVERITY[severity].tone}>{say(SEVERITY[severity])}</Badge>}
      </div>
      <p>{say(clock.text)}</p>
      <div className="clock-bar" aria-hidden="true">
        {intervals.map(({ holder, from, days }) => (
          <span key={from} className={holder} style={{ inlineSize: `${(100 * days) / total}%` }} />
        ))}
        {clock.warnings.map(({ share }) => (
          <i key={share} style={{ insetInlineStart: `${(100 * (share * given + clock.applicantHeldDays)) / total}%` }} />
        ))}
      </div>
      <ul className="legend" aria-label={t('누가 며칠 가졌는가', 'Who held the case')}>
        <li className="authority">{t(`협의기관 ${clock.authorityHeldDays}일`, `Authority ${clock.authorityHeldDays} days`)}</li>
        <li className="applicant">
          {t(`신청기관(정지) ${clock.applicantHeldDays}일`, `Applicant, stopped ${clock.applicantHeldDays} days`)}
        </li>
      </ul>
      {state !== 'stopped' && (
        <p>
          {t(
            `${legalDate(clock.dueOn, language)}까지, 근무일 ${forecast.workingDaysLeft}일 남음`,
            `By ${legalDate(clock.dueOn, language)}: ${forecast.workingDaysLeft} working days left`,
          )}
          {forecast.breachOn !== null && clock.overdueDays === 0 && (
            <span className="quiet">
              {' '}
              {t('이대로면 ', 'If nothing happens, late from ')}
              <LegalDate date={forecast.breachOn} />
              {t('부터 기한초과', '')}
            </span>
          )}
        </p>
      )}
      <details>
        <summary>{t('하루하루 셈 보기', 'Every day and why')}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={t('하루하루 셈', 'Every day')}>
          <table className="list dense">
            <caption className="sr-only">{t('하루하루 셈', 'Every day')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('날짜', 'Day')}</th>
                <th scope="col">{t('쓴 날', 'Used')}</th>
                <th scope="col" className="wide">
                  {t('까닭', 'Why')}
                </th>
              </tr>
            </thead>
            <tbody>
              {clock.days.map(({ date, used, why }) => (
                <tr key={date}>
                  <th scope="row">
                    <LegalDate date={date} />
                  </th>
                  <td className="number">{used}</td>
                  <td>{say(why)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="quiet">
          {t('적용 규칙', 'Rules')}: <span className="number">{clock.ruleSet}</span>
        </p>
      </details>
    </section>
  );
}
