import { useState } from 'react';
import type { Comparison } from '../contract.js';
import { won } from '../format.js';
import { useSpeech } from '../language.js';
import { HeatTable } from '../pieces/chart.js';
import { ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { CHANNEL, LEVEL, RELATIVE, SIGNAL } from '../terms.js';

/** Every function of the plan with every function of the candidate, asked for when somebody opens it. */
export function Matrix({ consultation, candidate }: { consultation: string; candidate: string }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('기능·데이터를 하나씩 견주기', 'Function by function, data by data')}</summary>
      {open && <Tables path={`/v1/consultations/${consultation}/overlaps/${encodeURIComponent(candidate)}/comparison`} />}
    </details>
  );
}

function Tables({ path }: { path: string }) {
  const { t, say } = useSpeech();
  const { data: pair, error } = useRead<Comparison>(path);
  if (error !== null && pair === undefined) return <ReadProblem error={error} />;
  if (pair === undefined) return <Waiting />;
  const tell = (value: number): string => `${Math.round(100 * value)}%`;
  const tables = [
    [t('기능 × 기능', 'Functions × functions'), pair.planFunctions, pair.candidateFunctions, pair.functions],
    [t('데이터 × 데이터', 'Data × data'), pair.planData, pair.candidateData, pair.data],
  ] as const;
  const shown = tables.filter(([, rows, columns]) => rows.length > 0 && columns.length > 0);
  const strongest = Math.max(...pair.signals.map(({ logOdds }) => Math.abs(logOdds)), 1e-9);
  return (
    <div className="stack">
      {shown.length === 0 && (
        <p className="quiet">
          {t(
            '한쪽에 기능이나 데이터의 목록이 없어 하나씩 견줄 수 없습니다. 위의 인용문을 보십시오.',
            'One side lists neither functions nor data. See the quotes above.',
          )}
        </p>
      )}
      {shown.map(([title, rows, columns, values]) => (
        <HeatTable
          key={title}
          title={title}
          of={t('계획서', 'Plan')}
          columns={columns}
          rows={rows.map((label, index) => ({ label, values: values[index] ?? [] }))}
          tell={tell}
        />
      ))}
      <Circumstances pair={pair} />
      <section className="stack" aria-label={t('무엇이 가능성을 높였나', 'What raised the likelihood')}>
        <h4>{t('무엇이 가능성을 높였나', 'What raised the likelihood')}</h4>
        <table className="bars">
          <tbody>
            {pair.signals
              .filter(({ logOdds }) => Math.abs(logOdds) > 0.005)
              .map(({ signal, value, logOdds }) => (
                <tr key={signal}>
                  <th scope="row">{say(SIGNAL[signal] ?? { ko: signal, en: signal })}</th>
                  <td className="bar" aria-hidden="true">
                    <span
                      style={{
                        inlineSize: `${(100 * Math.abs(logOdds)) / strongest}%`,
                        background: logOdds > 0 ? '#083891' : '#b1b8be',
                      }}
                    />
                  </td>
                  <td className="number">{tell(Math.min(1, Math.max(0, value)))}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Who builds for whom, where and how people reach it: beside the comparison, no part of the likelihood. */
function Circumstances({ pair: { level, region, channels, budget } }: { pair: Comparison }) {
  const { t, say, language } = useSpeech();
  const unknown = t('알 수 없음', 'Not known');
  const named = (words: Readonly<Record<string, { ko: string; en: string }>>, code: string | null): string =>
    code === null ? unknown : say(words[code] ?? { ko: code, en: code });
  const listed = (codes: readonly string[]): string =>
    codes.length === 0 ? t('말하지 않음', 'Not said') : codes.map((code) => named(CHANNEL, code)).join(', ');
  const krw = (amount: number | null): string => (amount === null ? unknown : won(amount, language));
  const rows = [
    [t('기관 단계', 'Level'), named(LEVEL, level.plan), named(LEVEL, level.candidate), named(RELATIVE, level.relation)],
    [t('지역', 'Region'), region.plan ?? unknown, region.candidate ?? unknown, named(RELATIVE, region.relation)],
    [
      t('이용 경로', 'Channels'),
      listed(channels.plan),
      listed(channels.candidate),
      channels.both.length === 0 ? '' : t(`함께 쓰는 경로: ${listed(channels.both)}`, `Both: ${listed(channels.both)}`),
    ],
    [t('사업비', 'Budget'), krw(budget.planKrw), krw(budget.candidateKrw), ''],
  ] as const;
  const title = t('누구를 위해 어디에 만드나(가능성 계산에는 넣지 않음)', 'For whom and where (no part of the likelihood)');
  return (
    <div className="stack">
      <h4>{title}</h4>
      <div className="scroll" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('계획서', 'Plan')}</th>
              <th scope="col">{t('후보', 'Candidate')}</th>
              <th scope="col">{t('견줌', 'Side by side')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([what, mine, theirs, relation]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{mine}</td>
                <td>{theirs}</td>
                <td>{relation}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
