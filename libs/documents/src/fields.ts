import { LIMITS, type SoftwareDescription, type SystemLevel } from '@sajeon/domain';
import type { RowProblem } from './unreadable-file.js';

/** What a column or a key can mean to us. Labels (`outcome`, `reason`, `overlaps`) are deliberately not among them. */
export type Field =
  | 'id'
  | 'kind'
  | 'title'
  | 'agency'
  | 'level'
  | 'year'
  | 'purpose'
  | 'functions'
  | 'users'
  | 'data'
  | 'technologies'
  | 'text'
  | 'source'
  | 'budgetKrw'
  | 'orderPlannedOn';

/** Names as agencies and the open data portal write them; compared without case, spaces, underscores and what stands in brackets. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  id: ['id', 'systemid', '시스템id', '관리번호', '시스템관리번호', '식별자', '사업관리번호'],
  kind: ['kind'],
  title: [
    'title',
    'name',
    'systemname',
    '시스템명',
    '정보시스템명',
    '시스템이름',
    '사업명',
    '사업명/시스템명',
    '시스템명/사업명',
    '서비스명',
    '과제명',
    '명칭',
    '제목',
  ],
  agency: ['agency', 'agencyname', '기관', '기관명', '운영기관', '주관기관', '소관기관', '보유기관', '담당기관', '신청기관'],
  level: ['level', 'tier', '기관구분', '기관유형', '기관분류'],
  year: ['year', '연도', '년도', '구축연도', '구축년도', '사업연도', '회계연도', '도입연도'],
  purpose: ['purpose', '목적', '사업목적', '구축목적', '추진목적', '시스템목적'],
  functions: ['functions', 'function', '기능', '주요기능', '구현기능', '기능목록', '주요기능목록'],
  users: ['users', 'user', '이용자', '사용자', '이용대상', '서비스대상', '주이용자', '주요이용자'],
  data: ['data', '데이터', '보유데이터', '주요데이터', '수집데이터', '데이터항목'],
  technologies: ['technologies', 'technology', 'tech', '기술', '적용기술', '주요기술', '사용기술'],
  text: ['text', 'description', '설명', '개요', '사업개요', '시스템개요', '사업내용', '내용', '시스템설명'],
  source: ['sourceurl', 'source', '출처'],
  budgetKrw: ['budgetkrw', '예산원', '총사업비원', '사업비원'],
  orderPlannedOn: ['orderplannedon', '발주예정일', '발주예정'],
};

const BY_NAME = new Map<string, Field>(
  Object.entries(NAMES).flatMap(([field, names]) => names.map((name) => [name, field as Field] as const)),
);

/** The field a heading means, or null when it means none of ours: such columns are left out, never guessed at. */
export function fieldNamed(heading: string): Field | null {
  const plain = heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*]/g, '');
  // The unit matters for money, so `예산(원)` is read and `예산(백만원)` is not.
  return BY_NAME.get(plain.replace('(원)', '원')) ?? BY_NAME.get(plain.replace(/\(.*?\)/g, '')) ?? null;
}

/** One row under our names. Of several columns that mean the same, the first that says something. */
export type Fields = Partial<Record<Field, unknown>>;

/**
 * Reads the fields of one row and collects what is wrong with it, so that a person sees every fault at once.
 * Pointers use our field names, which are those of the JSON form.
 */
export class FieldReader {
  readonly problems: RowProblem[] = [];
  constructor(private readonly fields: Fields) {}

  get description(): SoftwareDescription {
    const title = this.string('title', LIMITS.title).replace(/\s+/g, ' ');
    if (title === '' && !this.failed('title')) {
      this.refuse('title-missing', 'title', '사업명 또는 시스템명이 없습니다.', 'The title is missing.');
    }
    return {
      title,
      purpose: this.string('purpose', LIMITS.purpose),
      functions: this.list('functions'),
      users: this.list('users'),
      data: this.list('data'),
      technologies: this.list('technologies'),
      text: this.string('text', LIMITS.text),
    };
  }

  /** Absent and null read as the empty string. Numbers are accepted only for ids, where spreadsheets produce them. */
  string(field: Field, limit: number): string {
    const value = this.fields[field];
    if (value === undefined || value === null) return '';
    if (field === 'id' && typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    if (typeof value !== 'string') {
      this.refuse('wrong-type', field, '글자(문자열)여야 합니다.', 'Must be a string.');
      return '';
    }
    return this.text(value, field, limit);
  }

  list(field: Field): readonly string[] {
    const value = this.fields[field];
    if (value === undefined || value === null) return [];
    let items: readonly string[];
    if (typeof value === 'string') {
      items = splitList(this.text(value, field, LIMITS.text)).map((item) => this.text(item, field, LIMITS.listItem));
    } else if (Array.isArray(value)) {
      const texts: string[] = [];
      // A list that is refused for its length is not read item by item.
      for (const [index, item] of value.slice(0, LIMITS.listItems + 1).entries()) {
        if (typeof item === 'string') texts.push(this.text(item, `${field}/${index}`, LIMITS.listItem));
        else this.refuse('wrong-type', `${field}/${index}`, '글자(문자열)여야 합니다.', 'Must be a string.');
      }
      items = texts;
    } else {
      this.refuse('wrong-type', field, '글자 또는 글자 목록이어야 합니다.', 'Must be a string or a list of strings.');
      return [];
    }
    if (items.length > LIMITS.listItems) {
      this.refuse('too-many-items', field, `항목이 ${LIMITS.listItems}개를 넘습니다.`, `More than ${LIMITS.listItems} items.`);
      return [];
    }
    return [...new Set(items.filter((item) => item !== ''))];
  }

  /** A whole number within the bounds, written as a number or in digits; null when absent. */
  whole(field: Field, least: number, most: number, code: string, ko: string, en: string): number | null {
    const value = this.fields[field];
    if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return null;
    const digits =
      typeof value === 'string' ? value.trim().replace(/^(\d{1,3})((?:,\d{3})+)$/, (whole) => whole.replaceAll(',', '')) : value;
    const number = typeof digits === 'string' ? (/^-?\d{1,16}$/.test(digits) ? Number(digits) : NaN) : digits;
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < least || number > most) {
      this.refuse(code, field, ko, en);
      return null;
    }
    return number;
  }

  refuse(code: string, pointer: string, ko: string, en: string): void {
    this.problems.push({ code, pointer: pointer === '' ? '' : `/${pointer}`, message: { ko, en } });
  }

  private failed(field: Field): boolean {
    return this.problems.some((problem) => problem.pointer === `/${field}`);
  }

  private text(value: string, pointer: string, limit: number): string {
    const text = value.normalize('NFC').replace(/\r\n?/g, '\n').trim();
    if (FORBIDDEN.test(text)) {
      this.refuse('control-character', pointer, '보이지 않는 제어 문자가 들어 있습니다.', 'Contains a control character.');
      return '';
    }
    if (text.length > limit) {
      this.refuse(
        'text-too-long',
        pointer,
        `${limit.toLocaleString('en')}자를 넘습니다(${text.length.toLocaleString('en')}자).`,
        `Longer than ${limit} characters (${text.length}).`,
      );
      return '';
    }
    return text;
  }
}

/** Control characters but tab and newline, halves of surrogate pairs, and marks that turn the reading direction. */
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/u;

/**
 * The items of a list written as one string. Commas, semicolons, bars and new lines separate, unless they stand in brackets or
 * inside a number (`2,600`). `·` and `/` separate only whole Korean words (`국민/기업`), not the parts of one expression
 * (`시·도`, `광역·기초 지방자치단체`, `TCP/IP`).
 */
export function splitList(value: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let item = '';
  for (let at = 0; at < value.length; at++) {
    const mark = value.charAt(at);
    if ('([（［'.includes(mark)) depth++;
    if (')]）］'.includes(mark)) depth = Math.max(0, depth - 1);
    const inNumber = mark === ',' && /\d/.test(value.charAt(at - 1)) && /\d/.test(value.charAt(at + 1));
    if (mark === '\n' || (depth === 0 && !inNumber && ',;|，；、'.includes(mark))) {
      items.push(item);
      item = '';
      depth = 0;
    } else item += mark;
  }
  items.push(item);
  return items
    .map((text) => text.replace(/^\s*(?:[-*•‣○●□■◦▪▫▶]|[①-⑳]|\(?\d{1,2}[.)])\s*(?=\S)/u, '').trim())
    .flatMap((text) => {
      const words = text.split(/\s*[·ㆍ・/]\s*/);
      return words.every((word) => /^[\p{Script=Hangul}\p{N}]{2,}$/u.test(word)) ? words : [text];
    })
    .filter((text) => text !== '');
}

const LEVELS: readonly (readonly [SystemLevel, readonly string[]])[] = [
  ['central', ['central', '중앙', '중앙행정기관', '중앙부처']],
  ['metropolitan', ['metropolitan', '광역', '시도', '시·도', '광역자치단체', '광역지자체']],
  ['local', ['local', 'basic', '기초', '시군구', '시·군·구', '기초자치단체', '기초지자체', '지자체', '지방자치단체']],
  ['public', ['public', '공공', '공공기관', '지방공기업', '공기업']],
  ['joint', ['joint', '공동', '합동']],
];

export function levelNamed(value: string): SystemLevel | null {
  const plain = value.toLowerCase().replace(/\s/g, '');
  return LEVELS.find(([, names]) => names.includes(plain))?.[0] ?? null;
}

/** The level that the agency's own name states, or null: only endings that the law reserves for that kind of body count. */
export function levelStatedBy(agency: string): SystemLevel | null {
  const name = agency.trim();
  if (/[·,/]/.test(name)) return null;
  if (/(특별시|광역시|특별자치시|특별자치도)$/.test(name) || /^(경기|강원|충청[남북]|전라[남북]|경상[남북]|제주)도$/.test(name)) {
    return 'metropolitan';
  }
  if (/교육청$/.test(name) || /(공사|공단|재단|진흥원|연구원)$/.test(name)) return 'public';
  if (/[가-힣](시|군|구)$/.test(name)) return 'local';
  if (/^[가-힣]{2,10}(부|처|청)$/.test(name)) return 'central';
  return null;
}
