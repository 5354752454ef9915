import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { ExportKind } from '@sajeon/audit';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, tell } from '../terminal.js';

interface ExportFlags {
  readonly output: string;
  readonly from?: string;
  readonly to?: string;
  readonly streams?: string;
}

/** `sajeon export KIND -o FILE`: the sealed log for data exchange and process mining, with a manifest beside it. */
export function exportCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('export')
    .summary(inWords({ ko: '기록을 다른 도구의 형식으로 내보낸다', en: 'export the log for other tools' }, ' · '))
    .description(
      inWords({
        ko: '봉인된 기록을 CloudEvents(JSONL), XES, OCEL 2.0으로 내보낸다. 줄마다 리프 번호가 있고, FILE.manifest.json에 체크포인트와 해시가 있다.',
        en: 'Exports the sealed log as CloudEvents (JSONL), XES or OCEL 2.0. Every row has its leaf index; FILE.manifest.json has checkpoint and hash.',
      }),
    )
    .argument('<kind>', 'cloudevents · xes · ocel')
    .requiredOption('-o, --output <file>', inWords({ ko: '쓸 파일', en: 'file to write' }))
    .option('--from <leaf>', inWords({ ko: '첫 리프', en: 'first leaf' }))
    .option('--to <leaf>', inWords({ ko: '그 앞까지', en: 'leaf before which it ends' }))
    .option('--streams <prefixes>', inWords({ ko: '쉼표로 나눈 스트림 앞부분', en: 'stream prefixes, separated by commas' }))
    .action(async (kind: string, flags: ExportFlags) => {
      await exportLog(kind, flags);
      finish(EXIT.ok);
    });
}

async function exportLog(kind: string, { output, from, to, streams }: ExportFlags): Promise<void> {
  const { AuditLog, Export, EXPORT_KINDS, NotInLog, prepareLog } = await import('@sajeon/audit');
  const { default: pg } = await import('pg');
  const known = EXPORT_KINDS.find((each): each is ExportKind => each === kind);
  const leaves = [from, to].map((leaf) => {
    if (leaf === undefined || /^\d{1,18}$/.test(leaf)) return leaf === undefined ? undefined : BigInt(leaf);
    throw new CommandFailed(EXIT.usage, { ko: `${leaf}: 0 이상의 정수여야 합니다.`, en: `${leaf}: a whole number from 0.` });
  });
  if (known === undefined) {
    throw new CommandFailed(EXIT.usage, {
      ko: `형식은 ${EXPORT_KINDS.join(', ')} 가운데 하나입니다: ${kind}`,
      en: `There are ${EXPORT_KINDS.join(', ')}: ${kind}`,
    });
  }
  await withStorage(async ({ events, database }) => {
    const pool = new pg.Pool({ ...database, max: 4 });
    pool.on('error', () => undefined); // a failure shows in the query
    const draft = `${output}.part`;
    try {
      const log = new AuditLog(events, pool, await prepareLog(pool, process.env['SAJEON_LOG_ORIGIN']?.trim() || undefined));
      const it = await Export.of(log, { kind: known, from: leaves[0], to: leaves[1], streams: streams?.split(',') });
      const digest = createHash('sha256');
      await pipeline(
        Readable.from(it.text()),
        async function* (pieces: AsyncIterable<string>) {
          for await (const piece of pieces) {
            digest.update(piece, 'utf8');
            yield piece;
          }
        },
        createWriteStream(draft, { mode: 0o600 }),
      );
      const manifest = await it.manifest();
      if (digest.digest('hex') !== manifest.file.sha256) throw new Error('the file is not what the manifest says');
      await writeFile(`${output}.manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
      await rename(draft, output);
      const { events: count } = manifest.counts;
      tell({
        ko: `${output}: 사건 ${count}건, ${output}.manifest.json`,
        en: `${output}: ${count} events, ${output}.manifest.json`,
      });
    } catch (error) {
      await rm(draft, { force: true });
      if (!(error instanceof NotInLog)) throw error;
      throw new CommandFailed(EXIT.problems, { ko: `기록에 없습니다. ${error.text.ko}`, en: `Not in the log. ${error.text.en}` });
    } finally {
      await pool.end();
    }
  });
}
