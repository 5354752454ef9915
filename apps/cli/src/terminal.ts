import { DomainError, type Message } from '@sajeon/domain';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';

/** What the exit code says; `--help` explains it. Scripts rely on these numbers. */
export const EXIT = { ok: 0, problems: 1, usage: 2, store: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command that cannot go on: one sentence for the person, one number for the script. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(
    readonly exitCode: ExitCode,
    readonly text: Message,
    options?: ErrorOptions,
  ) {
    super(text.en, options);
  }
}

/** Korean, English, or both when the environment does not say. */
const language: 'ko' | 'en' | 'both' = (() => {
  const { SAJEON_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  const stated = SAJEON_LANG || LC_ALL || LC_MESSAGES || LANG || '';
  return stated.startsWith('ko') ? 'ko' : stated.startsWith('en') ? 'en' : 'both';
})();

/** The sentence in the person's language; Korean first and English beneath when we do not know which that is. */
export function inWords(text: Message, between = '\n'): string {
  return language === 'both' ? (text.ko === text.en ? text.ko : `${text.ko}${between}${text.en}`) : text[language];
}

/** One language, for headings and words inside tables. */
export function word(ko: string, en: string): string {
  return language === 'en' ? en : ko;
}

/** Results go to stdout, everything else to stderr, so that a pipe holds results only. */
export function tell(text: Message): void {
  process.stderr.write(`${inWords(text)}\n`);
}

/** Says why the command failed and gives its exit code. Never a stack trace unless `DEBUG` is set. */
export function reportFailure(error: unknown): ExitCode {
  const [exitCode, text] = failureInWords(error);
  process.stderr.write(`${word('오류', 'error')}: ${inWords(text)}\n`);
  if (process.env['DEBUG']) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCode;
}

function failureInWords(error: unknown): [ExitCode, Message] {
  if (error instanceof CommandFailed) return [error.exitCode, error.text];
  if (error instanceof DomainError) {
    return [EXIT.problems, { ko: `${error.text.ko} [${error.code}]`, en: `${error.text.en} [${error.code}]` }];
  }
  const name = error instanceof Error ? error.name : '';
  if (name === 'StorageUnusable' && error instanceof Error) {
    const [english = '', korean = ''] = error.message.split('\n');
    return [EXIT.store, { ko: korean, en: english }];
  }
  const said = error instanceof Error ? error.message : String(error);
  if (name === 'StoreUnavailable') {
    return [EXIT.store, { ko: `저장소에 연결할 수 없습니다: ${said}`, en: `The store cannot be reached: ${said}` }];
  }
  if (name === 'LogContradiction') {
    return [
      EXIT.problems,
      {
        ko: `기록이 봉인되거나 서명된 것과 다릅니다: ${said}. 아무것도 고치지 말고, sajeon log check로 어디가 다른지 모두 확인하십시오.`,
        en: `The record is not what was sealed or signed: ${said}. Change nothing; sajeon log check says all that differs, and where.`,
      },
    ];
  }
  if (name === 'LogKeyUnusable') {
    return [EXIT.usage, { ko: `로그의 서명 키를 쓸 수 없습니다: ${said}`, en: `The log's signing key cannot be used: ${said}` }];
  }
  if (name === 'MalformedNote') {
    return [EXIT.usage, { ko: `체크포인트로 읽을 수 없습니다: ${said}`, en: `It cannot be read as a checkpoint: ${said}` }];
  }
  const file = fileTrouble(error);
  if (file) return [EXIT.usage, file];
  return [
    EXIT.problems,
    {
      ko: `예상하지 못한 오류입니다: ${said} (DEBUG=1을 붙여 실행하면 자세히 보입니다)`,
      en: `Unexpected error: ${said} (run with DEBUG=1 for details)`,
    },
  ];
}

/** A file that a person named and that cannot be read or written: not one of ours, so the command was called wrongly. */
function fileTrouble(error: unknown): Message | undefined {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined;
  const because = FILE_TROUBLE[String(error.code)];
  // Reading a folder does not say which.
  const named = 'path' in error ? `${String(error.path)}: ` : '';
  return because && { ko: `${named}${because.ko}`, en: `${named}${because.en}` };
}
const FILE_TROUBLE: Readonly<Record<string, Message>> = {
  ENOENT: { ko: '그런 파일이나 폴더가 없습니다.', en: 'There is no such file or folder.' },
  EISDIR: { ko: '파일이 아니라 폴더입니다.', en: 'It is a folder, not a file.' },
  ENOTDIR: { ko: '경로의 한 곳이 폴더가 아닙니다.', en: 'A part of the path is no folder.' },
  EACCES: { ko: '읽거나 쓸 권한이 없습니다.', en: 'You may not read or write it.' },
  EROFS: { ko: '쓸 수 없는 곳입니다.', en: 'It is on a file system that cannot be written to.' },
  ENOSPC: { ko: '저장 공간이 없습니다.', en: 'There is no space left.' },
};

/** Columns a character takes on a terminal: Hangul, Han and full-width forms take two. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : /\p{Mark}/u.test(character) ? 0 : 1;
  return columns;
}
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Breaks at spaces where it can, inside a word where it must: Korean compounds are often longer than a column. */
export function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const lines: string[] = [];
      let current = '';
      for (const piece of line.split(/(?<=\s)/u)) {
        if (columnsOf(current) + columnsOf(piece.trimEnd()) > columns && current !== '') {
          lines.push(current.trimEnd());
          current = '';
        }
        for (const character of piece) {
          if (columnsOf(current + character) > columns) {
            lines.push(current.trimEnd());
            current = '';
          }
          if (current !== '' || character !== ' ') current += character;
        }
      }
      lines.push(current.trimEnd());
      return lines;
    })
    .join('\n');
}

/** A table as wide as the terminal; `shares` divide what the fixed columns (given in characters) leave. */
export function table(
  head: readonly string[],
  widths: readonly (number | { readonly share: number })[],
  rows: readonly (readonly string[])[],
): string {
  const total = Math.max(60, process.stdout.columns ?? 110);
  const fixed = widths.reduce<number>((sum, width) => sum + (typeof width === 'number' ? width : 0), 0);
  const shares = widths.reduce<number>((sum, width) => sum + (typeof width === 'number' ? 0 : width.share), 0);
  const left = total - fixed - widths.length - 1;
  const colWidths = widths.map((width) =>
    typeof width === 'number' ? width : Math.max(12, Math.floor((left * width.share) / shares)),
  );
  const cells = (row: readonly string[]) => row.map((cell, column) => wrap(cell, (colWidths[column] ?? 12) - 2));
  const drawn = new Table({ head: cells(head), colWidths, style: { head: [], border: [] } });
  drawn.push(...rows.map(cells));
  return drawn.toString();
}

/** A progress bar on stderr, when a person is watching. */
export function progress(what: string, total: number): { step(): void; done(): void } {
  if (!process.stderr.isTTY || total === 0) return { step: () => undefined, done: () => undefined };
  const bar = new SingleBar({
    format: `${what} [{bar}] {value}/{total} {eta_formatted}`,
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return { step: () => bar.increment(), done: () => bar.stop() };
}
