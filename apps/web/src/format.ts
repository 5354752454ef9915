import type { Language } from './language.js';

/** Legal dates are days in Seoul, wherever the reader sits. */
const SEOUL = 'Asia/Seoul';
const WEEKDAYS = {
  ko: ['일', '월', '화', '수', '목', '금', '토'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const DAY_MS = 86_400_000;

/** Today's legal date in Seoul, `YYYY-MM-DD`. */
export function todayInSeoul(now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: SEOUL, dateStyle: 'short' }).format(now);
}

/** `2026. 12. 14.(월)`; in English `2026-12-14 (Mon)`. */
export function legalDate(date: string, language: Language): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const weekday = WEEKDAYS[language][new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
  return language === 'ko' ? `${year}. ${month}. ${day}.(${weekday})` : `${date} (${weekday})`;
}

/** Days from today to the date: 0 today, negative when it has passed. */
export function daysUntil(date: string, today: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS);
}

/** Days on which offices work, after today up to and with the date. Saturdays, Sundays and the given holidays are none. */
export function workingDaysUntil(date: string, today: string, holidays: ReadonlySet<string>): number {
  let count = 0;
  for (let day = Date.parse(today) + DAY_MS; day <= Date.parse(date); day += DAY_MS) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.has(new Date(day).toISOString().slice(0, 10))) count++;
  }
  return count;
}

/** `2026. 12. 14.(월)까지, 22일 남음`; with working days `…, 22일 남음(근무일 16일)`. */
export function deadline(date: string, today: string, language: Language, working: number | null = null): string {
  const left = daysUntil(date, today);
  const day = legalDate(date, language);
  if (language === 'ko') {
    const offices = working === null ? '' : `(근무일 ${working}일)`;
    return `${day}까지, ${left < 0 ? `${-left}일 지남` : left === 0 ? '오늘까지' : `${left}일 남음${offices}`}`;
  }
  const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);
  const offices = working === null ? '' : ` (${working} working)`;
  return `by ${day}, ${left < 0 ? `${days(-left)} overdue` : left === 0 ? 'today' : `${days(left)} left${offices}`}`;
}

/** `2026. 11. 22. 07:16` in Seoul. */
export function instant(at: string, language: Language): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: SEOUL,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  if (language === 'ko') return `${part('year')}. ${Number(part('month'))}. ${Number(part('day'))}. ${time}`;
  return `${part('year')}-${part('month').padStart(2, '0')}-${part('day').padStart(2, '0')} ${time}`;
}

/** `350000000` → `3.5억 원`. Digits that matter are never rounded away silently: see `exactWon` for the tooltip. */
export function won(amount: number | string, language: Language): string {
  const value = Number(amount);
  const short = (number: number) => number.toLocaleString('ko-KR', { maximumFractionDigits: 1 });
  if (language === 'en')
    return value >= 1e8
      ? `₩${(value / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} M`
      : `₩${value.toLocaleString('en')}`;
  if (value >= 1e12) return `${short(value / 1e12)}조 원`;
  if (value >= 1e8) return `${short(value / 1e8)}억 원`;
  if (value >= 1e4) return `${short(value / 1e4)}만 원`;
  return `${short(value)}원`;
}

/** `350,000,000원` */
export function exactWon(amount: number | string, language: Language): string {
  const value = BigInt(amount).toLocaleString('ko-KR');
  return language === 'ko' ? `${value}원` : `${value} won`;
}

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const FINALS = 28;
const FINAL_R = 8;

/** The particle that the word's last sound asks for: `josa('수원시', '이', '가')` → 가. A word not in Hangul gets both: `이(가)`. */
export function josa(word: string, afterConsonant: string, afterVowel: string): string {
  const code = word.charCodeAt(word.length - 1);
  if (!(code >= HANGUL_FIRST && code <= HANGUL_LAST)) return `${afterConsonant}(${afterVowel})`;
  const final = (code - HANGUL_FIRST) % FINALS;
  // 으로 becomes 로 after ㄹ too.
  const vowel = final === 0 || (final === FINAL_R && afterConsonant === '으로');
  return vowel ? afterVowel : afterConsonant;
}

export type Urgency = 'overdue' | 'soon' | 'ample' | 'not-started';

/** How many days before the date a case counts as urgent. */
const SOON_DAYS = 5;

/** 기한초과, 임박, 여유; a case without a date has not been received. */
export function urgency(dueOn: string | null, today: string): Urgency {
  if (dueOn === null) return 'not-started';
  const left = daysUntil(dueOn, today);
  return left < 0 ? 'overdue' : left <= SOON_DAYS ? 'soon' : 'ample';
}
