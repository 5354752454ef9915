import { isLegalDate, LIMITS, type PlanContent } from '@sajeon/domain';
import { FieldReader, fieldNamed, type Fields } from './fields.js';
import { fieldsOf, tableRows } from './table.js';
import { decodedText, type FileSource } from './text-file.js';
import { unreadable, type RowProblem } from './unreadable-file.js';

/** A plan as one file says it, or everything that is wrong with it. */
export type PlanFile =
  | {
      /** The row's own id, when it has one: an inventory made of the same rows knows the plan under it. */
      readonly id: string | null;
      readonly agency: string;
      readonly plan: PlanContent;
    }
  | { readonly problems: readonly RowProblem[] };

/** Characters of a plan file: some 500 pages of text. */
const MAX_PLAN = 1024 * 1024;

/**
 * Reads a project plan: a JSON object (`title/agency/text` or `title/purpose/functions/users/data/tech`), the first row of a JSONL or
 * CSV file, or plain text, whose headings (`목적`, `## 기능`, `이용자: …`) are understood and whose first line is otherwise the title.
 * @throws UnreadableFile when the file as a whole cannot be read
 */
export async function readPlan(source: FileSource): Promise<PlanFile> {
  let text = '';
  for await (const piece of decodedText(source)) {
    text += piece;
    if (text.length > MAX_PLAN) {
      throw unreadable(
        'file-too-large',
        '사업계획서가 너무 큽니다(100만 자 넘음).',
        'The plan is too large (above a million characters).',
      );
    }
  }
  if (/^\s*[{[]/.test(text)) return readJsonPlan(text);
  if (typeof source === 'string' && /\.(csv|tsv)$/i.test(source)) {
    for await (const row of tableRows(source, 'csv')) {
      return 'problem' in row ? { problems: [row.problem] } : planOf(row.fields);
    }
    throw unreadable('file-empty', '열 이름만 있고 행이 없습니다.', 'There is a header but no row.');
  }
  return planOf(fieldsOfText(text));
}

function readJsonPlan(text: string): PlanFile {
  let value: unknown;
  let why = '';
  for (const candidate of [text, text.trimStart().split('\n', 1)[0] ?? '']) {
    try {
      value = JSON.parse(candidate);
      break;
    } catch (error) {
      why ||= error instanceof Error ? error.message.slice(0, 160) : '';
    }
  }
  if (value === undefined) {
    return {
      problems: [{ code: 'json-invalid', pointer: '', message: { ko: `JSON이 아닙니다: ${why}`, en: `Not valid JSON: ${why}` } }],
    };
  }
  const fields = fieldsOf(Array.isArray(value) ? value[0] : value);
  if (fields === null) {
    return {
      problems: [
        {
          code: 'not-an-object',
          pointer: '',
          message: { ko: '사업계획은 JSON 객체({…})여야 합니다.', en: 'A plan must be a JSON object ({…}).' },
        },
      ],
    };
  }
  return planOf(fields);
}

/** A row of ours as a plan; what the sample's project rows go through as well. */
export function planOf(fields: Fields): PlanFile {
  const reader = new FieldReader(fields);
  const plan: PlanContent = {
    ...reader.description,
    budgetKrw: reader.whole(
      'budgetKrw',
      0,
      LIMITS.budgetKrw,
      'budget-invalid',
      '예산은 0 이상의 원 단위 정수여야 합니다.',
      'The budget must be a whole number of won, not negative.',
    ),
    orderPlannedOn: readDate(reader, fields.orderPlannedOn),
  };
  const agency = reader.string('agency', LIMITS.name);
  const id = reader.string('id', LIMITS.name);
  return reader.problems.length > 0 ? { problems: reader.problems } : { id: id === '' ? null : id, agency, plan };
}

function readDate(reader: FieldReader, value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (isLegalDate(value)) return value;
  reader.refuse(
    'date-invalid',
    'orderPlannedOn',
    '날짜는 있는 날을 YYYY-MM-DD로 적어야 합니다.',
    'The date must be an existing day written YYYY-MM-DD.',
  );
  return null;
}

/** Sections under headings we know; everything else is the text. */
function fieldsOfText(text: string): Fields {
  const sections = new Map<string, string[]>();
  const put = (field: string, line: string) => sections.set(field, [...(sections.get(field) ?? []), line]);
  let section = 'text';
  let first = true;
  for (const raw of text.replace(/\r\n?/g, '\n').split('\n')) {
    const line = raw.trim();
    const heading = /^(?:#{1,6}\s*|[□○■●◦▪-]\s*|\d{1,2}[.)]\s*)?(.{1,30}?)\s*(?:[:：]\s*(.*))?$/u.exec(line);
    const field = heading ? fieldNamed(heading[1] ?? '') : null;
    if (field !== null && field !== 'id' && field !== 'kind') {
      section = field;
      if (heading?.[2]) put(section, heading[2]);
      // One line states a title or an agency; what follows belongs to the text again.
      if (heading?.[2] && !LISTS.has(field)) section = 'text';
    } else if (first && line !== '') {
      put('title', line.replace(/^#{1,6}\s*/, '').slice(0, LIMITS.title));
      put('text', line.length > LIMITS.title ? line : '');
    } else put(/^#{1,6}\s/.test(line) ? (section = 'text') : section, raw);
    if (line !== '') first = false;
  }
  const fields: Fields = {};
  for (const [field, lines] of sections) {
    const said = lines.join('\n').trim();
    if (said !== '') Object.assign(fields, { [field]: said });
  }
  return fields;
}

const LISTS: ReadonlySet<string> = new Set(['functions', 'users', 'data', 'technologies', 'purpose', 'text']);
