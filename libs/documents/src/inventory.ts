import { createHash } from 'node:crypto';
import { LIMITS, type SystemEntry, type SystemLevel } from '@sajeon/domain';
import { FieldReader, levelNamed, levelStatedBy, type Fields } from './fields.js';
import { tableRows, type TableFormat } from './table.js';
import type { FileSource } from './text-file.js';
import type { RowProblem } from './unreadable-file.js';

/** What one row of the file came to. `line` is where the row starts, counted from 1. A row with several faults comes several times. */
export type InventoryRow =
  | {
      readonly line: number;
      /** Natural key: the row's own id, otherwise derived from agency and title. The same in every import of the same row. */
      readonly system: string;
      readonly entry: SystemEntry;
    }
  | { readonly line: number; readonly problem: RowProblem }
  /** A row that says it is a project, not a system. */
  | { readonly line: number; readonly skipped: 'project' };

export interface InventoryOptions {
  /** Told from the content when absent. */
  readonly format?: TableFormat;
  /** `systems` passes over rows of kind `project`; `all` takes every row as a record to compare with. Default `systems`. */
  readonly rows?: 'systems' | 'all';
  /** Stands in where a row has no level and its agency's name states none; without it such a row is a problem. */
  readonly level?: SystemLevel;
}

/**
 * Reads an inventory of existing systems, JSONL or CSV, row by row in bounded memory. Keys and headings in Korean or English;
 * columns we do not know are left out; the labels `outcome`, `reason` and `overlaps` are never read.
 * @throws UnreadableFile when the file as a whole cannot be read
 */
export async function* readInventory(source: FileSource, options: InventoryOptions = {}): AsyncGenerator<InventoryRow> {
  const firstLine = new Map<string, number>();
  for await (const row of tableRows(source, options.format)) {
    const { line } = row;
    if ('problem' in row) {
      yield row;
      continue;
    }
    if (row.fields.kind === 'project' && options.rows !== 'all') {
      yield { line, skipped: 'project' };
      continue;
    }
    const read = readSystem(row.fields, options.level);
    if ('problems' in read) {
      for (const problem of read.problems) yield { line, problem };
      continue;
    }
    const earlier = firstLine.get(read.system);
    if (earlier !== undefined) {
      yield {
        line,
        problem: {
          code: 'id-duplicated',
          pointer: '/id',
          message: {
            ko: `${earlier}행과 식별자가 같습니다: ${read.system}`,
            en: `Same id as line ${earlier}: ${read.system}`,
          },
        },
      };
      continue;
    }
    firstLine.set(read.system, line);
    yield { line, ...read };
  }
}

type ReadSystem = { readonly system: string; readonly entry: SystemEntry } | { readonly problems: readonly RowProblem[] };

function readSystem(fields: Fields, fallback: SystemLevel | undefined): ReadSystem {
  const reader = new FieldReader(fields);
  const description = reader.description;
  const agency = reader.string('agency', LIMITS.name);
  const entry: SystemEntry = {
    ...description,
    agency,
    level: readLevel(reader, agency, fallback),
    year: reader.whole(
      'year',
      1945,
      2100,
      'year-invalid',
      '연도는 1945~2100 사이의 숫자여야 합니다.',
      'The year must be a number from 1945 to 2100.',
    ),
    source: reader.string('source', LIMITS.purpose),
  };
  const id = reader.string('id', LIMITS.name);
  if (id !== '' && !/^[\p{L}\p{N}][\p{L}\p{N}._:-]*$/u.test(id)) {
    reader.refuse(
      'id-invalid',
      'id',
      '식별자에는 글자, 숫자와 . _ : - 만 쓸 수 있습니다.',
      'An id may hold letters, digits and . _ : - only.',
    );
  }
  if (reader.problems.length > 0) return { problems: reader.problems };
  return { system: id === '' ? derivedKey(agency, description.title) : id, entry };
}

function readLevel(reader: FieldReader, agency: string, fallback: SystemLevel | undefined): SystemLevel {
  const stated = reader.string('level', LIMITS.name);
  const level = stated === '' ? (levelStatedBy(agency) ?? fallback) : levelNamed(stated);
  if (level === undefined) {
    reader.refuse(
      'level-missing',
      'level',
      '기관구분(level)이 없고 기관 이름에서도 알 수 없습니다. central, metropolitan, local, public, joint 가운데 하나를 적으십시오.',
      'There is no level and the name of the agency does not state one. Give central, metropolitan, local, public or joint.',
    );
  } else if (level === null) {
    reader.refuse(
      'level-unknown',
      'level',
      '기관구분은 central(중앙), metropolitan(광역), local(기초), public(공공기관), joint(공동) 가운데 하나여야 합니다.',
      'The level must be central, metropolitan, local, public or joint.',
    );
  }
  return level ?? 'joint';
}

/** Spelling differences that do not make another system (spaces, case, width, punctuation) do not make another key. */
function derivedKey(agency: string, title: string): string {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
  return `h-${createHash('sha256')
    .update(`${plain(agency)}\n${plain(title)}`)
    .digest('hex')
    .slice(0, 20)}`;
}
