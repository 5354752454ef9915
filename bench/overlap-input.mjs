// What the measurement of overlap detection is given: directories and files that somebody else wrote. Whatever cannot be measured as it
// stands is refused in words, with file and line, so that no wrong figure comes of a slip.
import { existsSync, readFileSync, statSync } from 'node:fs';

/** Input that cannot be used: what is wrong, where, and what would be right, in Korean and English. */
export class Unusable extends Error {
  constructor(ko, en) {
    super(`${ko}\n${en}`);
  }
}

/** Exit code for options and data that cannot be used, as everywhere in the command line. */
export const USAGE = 2;

export function directory(path, given) {
  if (!existsSync(path))
    throw new Unusable(
      `--data ${given}: 그런 폴더가 없습니다(찾은 곳: ${path}). cards.jsonl과 queries.jsonl이 있는 폴더를 적으세요.`,
      `--data ${given}: there is no such directory (looked in ${path}). Name one with cards.jsonl and queries.jsonl in it.`,
    );
  if (!statSync(path).isDirectory())
    throw new Unusable(
      `--data ${given}: 파일입니다. 파일이 들어 있는 폴더를 적으세요. 실제 사례 파일이라면 --cases를 쓰세요.`,
      `--data ${given} is a file. Name the directory it lies in; for a file of real cases use --cases.`,
    );
  return path;
}

export function wholeNumber(name, given) {
  if (!/^\d{1,8}$/.test(given))
    throw new Unusable(
      `--${name} ${given}: 0 이상의 정수를 적으세요. 예: --${name} 20000`,
      `--${name} ${given}: give a whole number from 0 up, for example --${name} 20000.`,
    );
  return Number(given);
}

/** The rows of a file with a JSON object on each line; a byte order mark, CRLF and empty lines do not matter. `where` is for messages. */
export function rowsOf(file) {
  const refuse = (ko, en) => {
    throw new Unusable(`${file}: ${ko}`, `${file}: ${en}`);
  };
  if (!existsSync(file)) refuse('파일이 없습니다.', 'there is no such file.');
  if (statSync(file).isDirectory()) refuse('파일이 아니라 폴더입니다.', 'it is a directory, not a file.');
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      refuse('UTF-8이 아닙니다. UTF-8로 저장하세요.', 'it is not UTF-8. Save it as UTF-8.');
    refuse(`읽을 수 없습니다(${error.code}).`, `it cannot be read (${error.code}).`);
  }
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const where = `${file}:${i + 1}`;
    let row;
    try {
      row = JSON.parse(line);
    } catch (error) {
      throw new Unusable(
        `${where}: JSON이 아닙니다(${error.message}). 한 줄에 JSON 객체 하나를 적으세요.`,
        `${where}: not JSON (${error.message}). Write one JSON object on each line.`,
      );
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw new Unusable(`${where}: JSON 객체가 아닙니다.`, `${where}: not a JSON object.`);
    return [{ row, where }];
  });
}

function id(value, name, where) {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new Unusable(`${where}: ‘${name}’이(가) 없거나 문자열이 아닙니다.`, `${where}: "${name}" is missing or not a string.`);
}

/** Rows that have an id of their own, each id once. */
export function identified(rows) {
  const seen = new Map();
  return rows.map(({ row, where }) => {
    const own = id(row.id, 'id', where);
    if (seen.has(own))
      throw new Unusable(
        `${where}: id ‘${own}’은(는) ${seen.get(own)}에 이미 있습니다. 하나를 지우거나 id를 바꾸세요.`,
        `${where}: id "${own}" is already at ${seen.get(own)}. Remove one or give it another id.`,
      );
    seen.set(own, where);
    return { row: { ...row, id: own }, where };
  });
}

/**
 * Questions with their labels. A label may name what is not among the records: a set is often cut from a larger one. It then counts as never
 * found, in every system alike, and `warn` is told once, since it may as well be mistyped.
 */
export function labelled(rows, labels, known, knownFrom, warn) {
  const strangers = [];
  const questions = rows.map(({ row, where }) => {
    const qid = id(row.qid, 'qid', where);
    if (!known.has(qid))
      throw new Unusable(
        `${where}: ‘qid’의 ‘${qid}’이(가) ${knownFrom}에 없어 물을 수 없습니다. id를 바로잡거나 그 레코드를 넣으세요.`,
        `${where}: "${qid}" in "qid" is not in ${knownFrom}, so there is nothing to ask with. Mend the id, or add the record.`,
      );
    const lists = Object.fromEntries(
      labels.map((name) => {
        const given = row[name] ?? [];
        if (!Array.isArray(given))
          throw new Unusable(`${where}: ‘${name}’은(는) id의 목록이어야 합니다.`, `${where}: "${name}" must be a list of ids.`);
        const ids = [...new Set(given.map((value) => id(value, name, where)))];
        for (const value of ids) if (!known.has(value)) strangers.push({ value, name, where });
        return [name, ids];
      }),
    );
    return { row, where, qid, ...lists };
  });
  if (strangers.length > 0) {
    const [{ value, name, where }] = strangers;
    const n = strangers.length;
    warn(
      `${where}: ‘${name}’의 ‘${value}’이(가) ${knownFrom}에 없습니다${n > 1 ? `(이런 라벨이 모두 ${n}개)` : ''}. 어느 시스템에서도 찾지 못한 것으로 칩니다. 잘못 적은 것이 아닌지 보세요.`,
      `${where}: "${value}" in "${name}" is not in ${knownFrom}${n > 1 ? ` (${n} such labels in all)` : ''}. It counts as not found by any system; see that it is not mistyped.`,
    );
  }
  return questions;
}

export function text(row, name, where) {
  const value = row[name];
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new Unusable(`${where}: ‘${name}’은(는) 문자열이어야 합니다.`, `${where}: "${name}" must be a string.`);
}

/** A list, or several things in one string with commas between. */
export function list(row, name, where) {
  const value = row[name];
  if (Array.isArray(value)) return value.map((_, i) => text(value, i, `${where} ${name}`)).filter((s) => s.trim() !== '');
  return text(row, name, where)
    .split(/\s*,\s*/)
    .filter((s) => s !== '');
}
