import { useId } from 'react';
import { useSpeech } from '../language.js';

/** One bar; its parts stand in the order of the series. */
export interface Bar {
  readonly label: string;
  readonly values: readonly number[];
}

/** Told apart by lightness as well as by hue, so that they differ in print and for the colour-blind. */
const COLOURS = ['#083891', '#3d7ff5', '#9cc4ff', '#8a5a00', '#e0a52a', '#6d7882', '#b1b8be'] as const;
const colour = (index: number): string => COLOURS[index % COLOURS.length] ?? COLOURS[0];

/** Stacked bars as a table of numbers: the picture is drawn behind the very cells that a screen reader reads. */
export function BarChart({
  title,
  of,
  series,
  bars,
  unit = '',
}: {
  title: string;
  /** What a bar stands for: the head of the first column. */
  of: string;
  series: readonly string[];
  bars: readonly Bar[];
  unit?: string;
}) {
  const { t } = useSpeech();
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const longest = Math.max(1, ...bars.map(({ values }) => sum(values)));
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      {series.length > 1 && (
        <ul className="legend" aria-hidden="true">
          {series.map((name, index) => (
            <li key={name} style={{ '--swatch': colour(index) }}>
              {name}
            </li>
          ))}
        </ul>
      )}
      <table className="bars">
        <caption className="sr-only">{title}</caption>
        <thead className={series.length > 1 ? '' : 'sr-only'}>
          <tr>
            <th scope="col">{of}</th>
            <td aria-hidden="true" />
            {series.map((name) => (
              <th scope="col" key={name} className="number">
                {name}
              </th>
            ))}
            {series.length > 1 && (
              <th scope="col" className="number">
                {t('합계', 'Total')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, values }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="bar" aria-hidden="true">
                {values.map((value, index) => (
                  <span key={series[index]} style={{ inlineSize: `${(100 * value) / longest}%`, background: colour(index) }} />
                ))}
              </td>
              {values.map((value, index) => (
                <td key={series[index]} className="number" {...(series.length > 1 ? { 'data-label': series[index] } : {})}>
                  {value.toLocaleString('ko-KR')}
                  {unit}
                </td>
              ))}
              {series.length > 1 && (
                <td className="number" data-label={t('합계', 'Total')}>
                  {sum(values).toLocaleString('ko-KR')}
                  {unit}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** A table whose cells are the darker, the larger their share. `values[row][column]` is 0…1, null where there is nothing to say. */
export function HeatTable({
  title,
  of,
  columns,
  rows,
  tell,
}: {
  title: string;
  of: string;
  columns: readonly string[];
  rows: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  tell: (value: number) => string;
}) {
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <div className="scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="heat">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              {columns.map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, values }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {values.map((value, index) => (
                  <td
                    key={columns[index]}
                    className={value !== null && value > 0.55 ? 'dark' : ''}
                    style={value === null ? {} : { '--heat': value }}
                  >
                    {value === null ? '–' : tell(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

const SIZE = 240;
const EDGE = 32;

/** Points of a share against another, e.g. how often what was called probable came true, with the diagonal of a perfect answer. */
export function CalibrationChart({
  title,
  x,
  y,
  points,
}: {
  title: string;
  x: string;
  y: string;
  /** Shares 0…1; `weight` is how many cases stand behind a point. */
  points: readonly { readonly x: number; readonly y: number; readonly weight: number }[];
}) {
  const { t } = useSpeech();
  const id = useId();
  const most = Math.max(1, ...points.map(({ weight }) => weight));
  const at = (share: number): number => EDGE + share * SIZE;
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <svg viewBox={`0 0 ${SIZE + 2 * EDGE} ${SIZE + 2 * EDGE}`} aria-hidden="true" className="calibration">
        <path d={`M${at(0)} ${at(0)}V${at(1)}H${at(1)}`} fill="none" stroke="currentColor" />
        <path d={`M${at(0)} ${at(1)}L${at(1)} ${at(0)}`} stroke="currentColor" strokeDasharray="4 4" opacity=".5" />
        {points.map((point) => (
          <circle
            key={point.x}
            cx={at(point.x)}
            cy={at(1 - point.y)}
            r={3 + 6 * Math.sqrt(point.weight / most)}
            fill="#0b50d0"
            fillOpacity=".7"
          />
        ))}
      </svg>
      <table className="bars">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{x}</th>
            <th scope="col">{y}</th>
            <th scope="col">{t('건수', 'Cases')}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.x}>
              <th scope="row">{Math.round(100 * point.x)}%</th>
              <td className="number">{Math.round(100 * point.y)}%</td>
              <td className="number">{point.weight}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
