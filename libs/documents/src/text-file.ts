import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { UnreadableFile, unreadable } from './unreadable-file.js';

/** A file: its path, or its bytes as they arrive. */
export type FileSource = string | AsyncIterable<Uint8Array>;

/** How much text after the first non-ASCII byte decides between UTF-8 and CP949. Korean in CP949 fails as UTF-8 within a few characters. */
const DECISION_BYTES = 64 * 1024;
const SNIFF_BYTES = 4096;

/**
 * The text of a file in pieces, in bounded memory: UTF-8 with or without byte order mark, UTF-16 with one (Excel's "Unicode text"),
 * otherwise CP949 (what Korean Excel saves as CSV).
 * @throws UnreadableFile when it is empty, is not text, or is in none of these encodings
 */
export async function* decodedText(source: FileSource): AsyncGenerator<string> {
  const pieces = bytesOf(source)[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  const pull = async (): Promise<Buffer | null> => {
    const next = await pieces.next();
    ended = next.done === true;
    return next.done ? null : Buffer.from(next.value);
  };
  try {
    while (!ended && head.length < SNIFF_BYTES) {
      const piece = await pull();
      if (piece) head = Buffer.concat([head, piece]);
    }
    const mark = byteOrderMark(head);
    refuseWhatIsNotText(head, mark !== null);

    let decode: Decode | null = mark && strict(mark.encoding);
    let pending: Buffer = mark ? head.subarray(mark.length) : head;
    let line = 1;
    let anything = false;
    for (;;) {
      let text = '';
      if (decode === null) {
        const foreign = pending.findIndex((byte) => byte > 0x7f);
        text = pending.toString('latin1', 0, foreign < 0 ? pending.length : foreign);
        pending = foreign < 0 ? Buffer.alloc(0) : pending.subarray(foreign);
        if (pending.length >= DECISION_BYTES || (ended && pending.length > 0)) {
          decode = strict(isUtf8(pending, ended) ? 'utf-8' : 'cp949');
        }
      }
      if (decode !== null && (pending.length > 0 || ended)) {
        const decoded = decode(pending, ended);
        if (decoded === null) throw notThisEncoding(line + newlines(text));
        text += decoded;
        pending = Buffer.alloc(0);
      }
      if (text !== '') {
        anything ||= /\S/.test(text);
        line += newlines(text);
        yield text;
      }
      if (ended) break;
      const piece = await pull();
      if (piece) pending = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
    }
    if (!anything) throw emptyFile();
  } finally {
    await pieces.return(undefined);
  }
}

/** Gives the text of the piece, or null when the bytes are not in this encoding. */
type Decode = (piece: Buffer, last: boolean) => string | null;

function strict(encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp949'): Decode {
  if (encoding === 'cp949') {
    const decoder = iconv.getDecoder('cp949');
    return (piece, last) => {
      const text = decoder.write(piece) + (last ? (decoder.end() ?? '') : '');
      // U+FFFD has no place in CP949: the decoder puts it where a byte pair means nothing.
      return text.includes('\uFFFD') ? null : text;
    };
  }
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (piece, last) => {
    try {
      return decoder.decode(piece, { stream: !last });
    } catch {
      return null;
    }
  };
}

function isUtf8(bytes: Buffer, whole: boolean): boolean {
  return strict('utf-8')(bytes, whole) !== null;
}

function byteOrderMark(head: Buffer): { encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; length: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

function refuseWhatIsNotText(head: Buffer, marked: boolean): void {
  if (head.length === 0) throw emptyFile();
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) {
    throw unreadable(
      'file-is-zip',
      '압축 형식의 파일(xlsx, hwpx, docx, zip)입니다. 엑셀에서 「다른 이름으로 저장 → CSV UTF-8」로 저장한 뒤 다시 올리십시오.',
      'This is a zip-based file (xlsx, hwpx, docx, zip). Save it from Excel as "CSV UTF-8" and try again.',
    );
  }
  if (starts(0xd0, 0xcf, 0x11, 0xe0) || head.subarray(0, 17).toString('latin1') === 'HWP Document File') {
    throw unreadable(
      'file-is-office-binary',
      '한글(hwp) 또는 옛 엑셀(xls) 파일입니다. CSV(UTF-8) 또는 JSONL로 저장한 뒤 다시 올리십시오.',
      'This is a HWP or old Excel (xls) file. Save it as CSV (UTF-8) or JSONL and try again.',
    );
  }
  if (starts(0x25, 0x50, 0x44, 0x46)) {
    throw unreadable(
      'file-is-pdf',
      'PDF 파일입니다. 원본 표를 CSV(UTF-8) 또는 JSONL로 저장한 뒤 다시 올리십시오.',
      'This is a PDF file. Save the original table as CSV (UTF-8) or JSONL and try again.',
    );
  }
  if (starts(0x1f, 0x8b) || (!marked && head.includes(0))) {
    throw unreadable(
      'file-is-binary',
      '텍스트 파일이 아닙니다. CSV(UTF-8) 또는 JSONL 파일을 주십시오.',
      'This is not a text file. Give a CSV (UTF-8) or JSONL file.',
    );
  }
}

function emptyFile(): UnreadableFile {
  return unreadable(
    'file-empty',
    '빈 파일입니다. 내용이 있는 파일을 주십시오.',
    'The file is empty. Give a file with rows in it.',
  );
}

function notThisEncoding(line: number): UnreadableFile {
  return unreadable(
    'encoding-unknown',
    `글자를 읽을 수 없습니다(${line}행 뒤). UTF-8도 CP949도 아니거나 두 가지가 섞여 있습니다. UTF-8로 다시 저장하십시오.`,
    `The characters cannot be read (after line ${line}): neither UTF-8 nor CP949, or a mixture. Save the file again as UTF-8.`,
  );
}

async function* bytesOf(source: FileSource): AsyncGenerator<Uint8Array> {
  if (typeof source !== 'string') {
    yield* source;
    return;
  }
  try {
    yield* createReadStream(source) as AsyncIterable<Buffer>;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') {
      throw unreadable('file-not-found', `파일이 없습니다: ${source}`, `There is no such file: ${source}`);
    }
    if (code === 'EISDIR') {
      throw unreadable('file-is-folder', `파일이 아니라 폴더입니다: ${source}`, `This is a folder, not a file: ${source}`);
    }
    if (code === 'EACCES' || code === 'EPERM') {
      throw unreadable(
        'file-not-permitted',
        `파일을 읽을 권한이 없습니다: ${source}`,
        `No permission to read the file: ${source}`,
      );
    }
    throw error;
  }
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
