import type { Case, Clock } from '../contract.js';
import { daysUntil, legalDate, todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { glanceOf, hang, shareOf, type Stretch } from './glance.js';

/** Hangul is as wide as the letters are high, the rest about half of that; in rem at the size of the labels. */
const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > 'ᄀ' ? 1.35 : 0.85), 1);
/** The narrowest bar that lies; below it stands (see the style sheet). */
const NARROWEST = 72;
const LINE = 2;
/** Of the bar that stands: so much for each day, up to a limit, so that a long wait is seen and does not fill the screen. */
const TALL_DAY = 0.3;
const TALLEST = 9;

/** 사건 한눈에 보기: one bar from filing to letter. A picture of what the record below and the table of the clock say in words. */
export default function GlancePicture({ the, clock }: { the: Case; clock: Clock | undefined }) {
  const { t, say, language } = useSpeech();
  const glance = glanceOf(the, clock, todayInSeoul());
  if (glance === null) return null;
  const { days, stretches } = glance;
  const words = days.map(({ on, marks }) => [legalDate(on, language), ...marks.map(({ text }) => say(text))]);
  const sizes = words.map((lines) => ({
    width: Math.max(...lines.map(widthOf)),
    height: lines.length * LINE + 0.8,
  }));
  const room = sizes.at(-1)?.width ?? 0;
  const labels = sizes.map((size, index) => ({
    ...size,
    at: shareOf(glance, days[index]?.on ?? glance.from) * (NARROWEST - room),
  }));
  const depths = hang(labels);
  const deepest = Math.max(0, ...labels.map(({ height }, index) => height + (depths[index] ?? 0)));
  const percent = (day: string): string => `${100 * shareOf(glance, day)}%`;
  const holderAfter = (day: string): Stretch['who'] | '' => stretches.find(({ from, to }) => from <= day && day < to)?.who ?? '';
  const label = (index: number) =>
    (words[index] ?? []).map((line, place) =>
      place === 0 ? (
        <small key={line}>{line}</small>
      ) : (
        <span key={line} className={`mark-${days[index]?.marks[place - 1]?.kind ?? 'step'}`}>
          {line}
        </span>
      ),
    );
  const legend: readonly (readonly [Stretch['who'], string])[] = [
    ['unreceived', t('접수 대기', 'Not received yet')],
    ['authority', t('협의기관', 'Authority')],
    ['applicant', t('신청기관(정지)', 'Applicant, stopped')],
    ['ahead', t('남은 기간', 'Ahead')],
  ];
  return (
    <section className="panel glance" aria-labelledby="glance-title">
      <h2 id="glance-title">{t('사건 한눈에 보기', 'The case at a glance')}</h2>
      <p className="quiet">
        {t(
          '같은 내용이 아래 기록과 요약의 처리기간 표에 글로 있습니다.',
          'The record below and the table of the clock in the summary say the same in words.',
        )}
      </p>
      <div aria-hidden="true">
        <ul className="legend">
          {legend
            .filter(([who]) => stretches.some((stretch) => stretch.who === who))
            .map(([who, name]) => (
              <li key={who} className={who}>
                {name}
              </li>
            ))}
        </ul>
        <div className="glance-long" style={{ paddingInlineEnd: `${room}rem`, blockSize: `${deepest + 4.4}rem` }}>
          <div className="glance-axis">
            {stretches.map(({ who, from, to }) => (
              <span
                key={from}
                className={who}
                style={{ insetInlineStart: percent(from), inlineSize: `${100 * (shareOf(glance, to) - shareOf(glance, from))}%` }}
              />
            ))}
            {days.map(({ on }, index) => (
              <div
                key={on}
                className="glance-mark"
                style={{ insetInlineStart: percent(on), paddingBlockStart: `${(depths[index] ?? 0) + 3.2}rem` }}
              >
                {label(index)}
              </div>
            ))}
          </div>
        </div>
        <div className="glance-tall">
          {days.map(({ on }, index) => {
            const next = days[index + 1]?.on;
            const gap = next === undefined ? 0 : Math.min(TALLEST, TALL_DAY * daysUntil(next, on));
            return (
              <div key={on} className="glance-row">
                <i className={next === undefined ? '' : holderAfter(on)} />
                <div style={{ paddingBlockEnd: `${gap + 1}rem` }}>{label(index)}</div>
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
