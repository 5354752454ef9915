import { isLegalDate } from './date.js';

/** What free text must not carry unawares. A resident registration number never may (개인정보 보호법 제24조의2). */
export type PersonalDataKind = 'resident-registration-number' | 'phone-number' | 'email-address';

export interface PersonalDataFound {
  readonly kind: PersonalDataKind;
  /** UTF-16 units, as JavaScript counts. */
  readonly start: number;
  readonly end: number;
}

/** Digits of all scripts, full-width forms and the dashes and spaces that people put between digits, as plain ones; every character stays in its place. */
function plain(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/(?![0-9])\p{Nd}/gu, digit)
    .replace(/[\u2010-\u2015\u2212\u30fc]/g, '-')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ');
}

/** The decimal digits of a script are ten code points in a row; which of them, the zero below tells. One of two UTF-16 units stays what it is. */
function digit(written: string): string {
  const point = written.codePointAt(0) ?? 0;
  if (written.length > 1) return written;
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

/** What is not seen between digits, and what stands for the dash: `900101_1234567`, or a line that ends after the birthday. */
const UNSEEN = '[\\u00ad\\u200b-\\u200f\\u2060\\ufeff]*';
const RESIDENT = new RegExp(
  `(?<![\\d-])(\\d{2})(\\d{2})(\\d{2})(${UNSEEN}\\s{0,2}[-_./~·]?${UNSEEN}\\s{0,2}${UNSEEN})([1-8])(\\d{6})(?![\\d-])`,
  'g',
);
const MOBILE = /(?<![\d-])(?:\+82[-. ]?\(?0?\)?|0)1[016789][-. )]?\d{3,4}[-. ]?\d{4}(?![\d-])/g;
/** With separators only: a bare run of digits is more often an amount or a document number. */
const LANDLINE = /(?<![\d-])(?:\+82[-. ]?|\(?0)(?:2|[3-6][1-5]|70|50\d)[-. )]{1,2}\d{3,4}[-. ]\d{4}(?![\d-])/g;
const EMAIL = /[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,4}[\p{L}]{2,24}/gu;

/** Where the text carries what looks like somebody's number or address, in the order of their places. */
export function personalDataIn(text: string): readonly PersonalDataFound[] {
  const searched = plain(text);
  const found: PersonalDataFound[] = [];
  const add = (kind: PersonalDataKind, match: RegExpExecArray): void => {
    const [start, end] = [match.index, match.index + match[0].length];
    if (!found.some((other) => start < other.end && other.start < end)) found.push({ kind, start, end });
  };
  for (const match of searched.matchAll(RESIDENT)) if (isResidentNumber(match)) add('resident-registration-number', match);
  for (const match of searched.matchAll(MOBILE)) add('phone-number', match);
  for (const match of searched.matchAll(LANDLINE)) add('phone-number', match);
  for (const match of searched.matchAll(EMAIL)) add('email-address', match);
  return found.sort((a, b) => a.start - b.start);
}

/**
 * Written with its dash it is one when the birthday exists: numbers given since October 2020 have no check digit. A bare run of digits must
 * also have the check digit, or every thirteen digits would be one.
 */
function isResidentNumber([whole, year, month, day, dash, kind]: RegExpExecArray): boolean {
  // 1, 2, 5 and 6 were born in the last century, 3, 4, 7 and 8 in this one.
  const century = '1256'.includes(kind ?? '') ? '19' : '20';
  if (!isLegalDate(`${century}${year}-${month}-${day}`)) return false;
  return /[-_/~·]/.test(dash ?? '') || hasCheckDigit(whole.replace(/\D/g, ''));
}

function hasCheckDigit(digits: string): boolean {
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return (11 - (sum % 11)) % 10 === Number(digits[12]);
}

/** The text with what was found made unreadable, as official documents do: `010-****-5678`, `k***@example.go.kr`. */
export function masked(text: string, found: readonly PersonalDataFound[] = personalDataIn(text)): string {
  let result = '';
  let from = 0;
  for (const { kind, start, end } of found) {
    result += text.slice(from, start) + mask(kind, text.slice(start, end));
    from = end;
  }
  return result + text.slice(from);
}

function mask(kind: PersonalDataKind, value: string): string {
  switch (kind) {
    case 'resident-registration-number':
      return '******-*******';
    case 'phone-number': {
      const parts = value.split(/[-. )]+/);
      const [last = ''] = parts.slice(-1);
      return `${parts.length > 2 ? parts[0] : value.slice(0, 3)}-****-${last.slice(-4)}`;
    }
    case 'email-address': {
      const [name = '', host = ''] = value.split('@');
      return `${[...name][0] ?? ''}***@${host}`;
    }
  }
}
