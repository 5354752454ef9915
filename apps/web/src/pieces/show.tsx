import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Holder, Holidays, Outcome, Status } from '../contract.js';
import { deadline, exactWon, instant, legalDate, todayInSeoul, urgency, won, workingDaysUntil } from '../format.js';
import { Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { useRead } from '../reading.js';
import { likelihood, OUTCOME, percentOf, statusName } from '../terms.js';
import { ProblemSummary } from './form.js';

/** Heading of a page. It takes the focus after a change of page, so that a screen reader begins there. */
export function Title({ children, lead }: { children: string; lead?: ReactNode }) {
  const { t } = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · ${t('사전협의', 'Sajeon')}`;
  }, [children, t]);
  useEffect(() => {
    if (arrivedByLink) heading.current?.focus({ preventScroll: true });
    arrivedByLink = true;
  }, []);
  return (
    <div className="page-title">
      <h1 tabIndex={-1} ref={heading}>
        {children}
      </h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
    </div>
  );
}
/** Not at the first load: the focus then belongs to the top of the document, where the skip link is. */
let arrivedByLink = false;

const TONE: Readonly<Record<Status, string>> = {
  draft: 'gray',
  submitted: 'information',
  received: 'information',
  'under-review': 'primary',
  'awaiting-applicant': 'warning',
  'pending-approval': 'secondary',
  approved: 'secondary',
  objection: 'warning',
  notified: 'success',
  'follow-up': 'success',
  closed: 'gray',
  returned: 'danger',
  withdrawn: 'gray',
};

export function StatusBadge({ status, outcome = null }: { status: Status; outcome?: Outcome | null }) {
  const { say } = useSpeech();
  const words = say(statusName(status));
  return (
    <Badge tone={(TONE as Readonly<Record<string, string>>)[status] ?? 'gray'}>
      {outcome === null ? words : `${words}: ${say(OUTCOME[outcome])}`}
    </Badge>
  );
}

export function Badge({ tone, children }: { tone: string; children: ReactNode }) {
  return <span className={`krds-badge bg-light-${tone}`}>{children}</span>;
}

export function Turn({ holder }: { holder: Holder | null }) {
  const { t } = useSpeech();
  if (holder === null) return <span className="quiet">{t('끝남', 'Closed')}</span>;
  return <>{holder === 'applicant' ? t('신청기관', 'Applicant') : t('협의기관', 'Authority')}</>;
}

/** 억 단위; the exact amount on hover, and always for a screen reader. */
export function Money({ amount }: { amount: number | string | null }) {
  const { language, t } = useSpeech();
  if (amount === null) return <span className="quiet">{t('미정', 'open')}</span>;
  const exact = exactWon(amount, language);
  return (
    <span title={exact} className="money">
      <span aria-hidden="true">{won(amount, language)}</span>
      <span className="sr-only">{exact}</span>
    </span>
  );
}

export function Deadline({ date }: { date: string }) {
  const { language } = useSpeech();
  const today = todayInSeoul();
  const working = useWorkingDays(date, today);
  return <span className={`deadline ${urgency(date, today)}`}>{deadline(date, today, language, working)}</span>;
}

/** How many working days are left; null until the holidays are known, and for dates that have passed. Each year is asked for once. */
function useWorkingDays(date: string, today: string): number | null {
  const ahead = date > today;
  const [first, last] = [Number(today.slice(0, 4)), Number(date.slice(0, 4))];
  const here = useRead<Holidays>(ahead ? `/v1/holidays?year=${first}` : null);
  const next = useRead<Holidays>(ahead && last === first + 1 ? `/v1/holidays?year=${last}` : null);
  const known = [here.data, next.data].flatMap((year) => (year === undefined ? [] : [year]));
  if (!ahead || last > first + 1 || known.length < last - first + 1) return null;
  return workingDaysUntil(date, today, new Set(known.flatMap(({ holidays }) => holidays.map((holiday) => holiday.date))));
}

export function LegalDate({ date }: { date: string }) {
  const { language } = useSpeech();
  return <time dateTime={date}>{legalDate(date, language)}</time>;
}

export function Instant({ at }: { at: string }) {
  const { language } = useSpeech();
  return <time dateTime={at}>{instant(at, language)}</time>;
}

/** Probability as words first; the number is there for whoever wants it. */
export function Likelihood({ probability }: { probability: number }) {
  const { say, t } = useSpeech();
  const { step, ...words } = likelihood(probability);
  const rounded = Math.round(probability * 100);
  const percent = say(percentOf(probability));
  return (
    <span
      className={`likelihood step-${step}`}
      title={`${t('판별기가 보는 중복 가능성', 'Chance of overlap as the engine sees it')}: ${percent}`}
    >
      <span className="likelihood-bar" aria-hidden="true">
        <span style={{ inlineSize: `${rounded}%` }} />
      </span>
      <span>
        {say(words)} <span className="quiet">{percent}</span>
      </span>
    </span>
  );
}

/** What an empty place is for, and what to do about it. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <div>{children}</div>
    </div>
  );
}

const SLOW_MS = 400;

/** A wait that is worth telling: quick answers do not flicker. */
export function Waiting() {
  const { t } = useSpeech();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="waiting" role="status">
      {slow && (
        <>
          <span className="turning" aria-hidden="true" /> {t('불러오는 중…', 'Loading…')}
        </>
      )}
    </p>
  );
}

export function ReadProblem({ error }: { error: unknown }) {
  const document =
    error instanceof Problem
      ? error.document
      : { code: 'unexpected', status: 0, title: '', messages: { ko: String(error), en: String(error) } };
  return <ProblemSummary problem={document} />;
}

/** The parts of a plan or entry: name and value, filled ones only. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
