import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { CommandFailed, EXIT, inWords, tell } from '../terminal.js';

interface EvidenceFlags {
  readonly output: string;
  readonly earlier?: string;
  readonly all?: true;
}

/** `sajeon evidence CASE... -o FILE`: what happened in a case, in a form that proves itself. Reads the storage that the environment names. */
export function evidenceCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('evidence')
    .summary(inWords({ ko: '사건의 증거 묶음을 만든다', en: 'export evidence of a case' }, ' · '))
    .description(
      inWords({
        ko: '협의 건(또는 스트림)의 모든 사건을, 서버를 믿지 않고도 검증할 수 있는 묶음으로 내보낸다.',
        en: 'Exports every event of a case (or stream) as a bundle that can be verified without trusting the server.',
      }),
    )
    .argument(
      '[case...]',
      inWords({ ko: '협의 번호 또는 스트림 이름', en: 'ids of consultations, or names of streams (consultation-…, project-…)' }),
    )
    .requiredOption('-o, --output <file>', inWords({ ko: '쓸 파일', en: 'file to write' }))
    .option(
      '--earlier <file>',
      inWords({ ko: '받는 이가 전에 받아 둔 체크포인트', en: 'a checkpoint that the reader kept from before' }),
    )
    .option('--all', inWords({ ko: '기록 전체', en: 'the whole log' }))
    .action(async (cases: readonly string[], flags: EvidenceFlags) => {
      await exportEvidence(cases, flags);
      finish(EXIT.ok);
    });
}

async function exportEvidence(cases: readonly string[], flags: EvidenceFlags): Promise<void> {
  if ((cases.length === 0) !== (flags.all === true)) {
    throw new CommandFailed(EXIT.usage, {
      ko: '협의 번호를 하나 이상 쓰거나 --all을 쓰십시오.',
      en: 'Name one or more cases, or give --all.',
    });
  }
  // Loaded here, so that other commands do not wait for it.
  const { AuditLog, evidence, LogKey, logKeyFile, NotInLog, prepareLog, Sealer } = await import('@sajeon/audit');
  const { openStorage } = await import('@sajeon/event-store');
  const { default: pg } = await import('pg');

  const storage = await openStorage();
  const pool = new pg.Pool({ ...storage.database, max: 4 });
  pool.on('error', () => undefined); // a failure shows in the query
  const draft = `${flags.output}.part`;
  try {
    const origin = await prepareLog(pool, process.env['SAJEON_LOG_ORIGIN']?.trim() || undefined);
    const log = new AuditLog(storage.events, pool, origin);
    // What the worker has not sealed yet is sealed now: an export right after a decision should hold the decision.
    const head = await storage.events.head();
    if (head > (await coveredPosition(pool))) {
      const failures: unknown[] = [];
      const key = LogKey.open(logKeyFile(origin), origin);
      const sealer = new Sealer({
        store: storage.events,
        pool,
        key,
        dense: storage.mode !== 'kurrent',
        onFailure: (error) => failures.push(error),
      });
      sealer.start();
      while ((await coveredPosition(pool)) < head && failures.length === 0)
        await new Promise((resolve) => setTimeout(resolve, 50));
      await sealer.stop();
      if (failures.length > 0) throw failures[0];
    }
    const streams = await Promise.all(cases.map((name) => streamOf(log, name)));
    const earlier = flags.earlier === undefined ? undefined : await readFile(flags.earlier, 'utf8');
    const lines = evidence(log, {
      scope: flags.all ? { kind: 'log' } : { kind: 'streams', streams },
      at: new Date().toISOString(),
      ...(earlier !== undefined && { earlier }),
    });
    await pipeline(Readable.from(lines), createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, flags.output);
    const { size } = await log.checkpoint();
    tell({
      ko: `${flags.output}: 체크포인트 ${size}에 대한 증거. 검증: sajeon verify ${flags.output} --key <공개키 파일>`,
      en: `${flags.output}: evidence against the checkpoint of ${size}. To verify: sajeon verify ${flags.output} --key <public key file>`,
    });
  } catch (error) {
    await rm(draft, { force: true });
    if (error instanceof NotInLog) {
      throw new CommandFailed(EXIT.problems, { ko: `기록에 없습니다: ${error.message}`, en: `Not in the log: ${error.message}` });
    }
    throw error;
  } finally {
    await pool.end();
    await storage.close();
  }
}

async function coveredPosition(pool: import('pg').Pool): Promise<bigint> {
  const { rows } = await pool.query<{ position: string }>(
    'select position::text from audit.leaf where seq = (select max(size) - 1 from audit.checkpoint)',
  );
  return BigInt(rows[0]?.position ?? 0);
}

/** A consultation is named by its id alone, as people do; anything else by its stream. */
async function streamOf(log: import('@sajeon/audit').AuditLog, name: string): Promise<string> {
  return (await log.stream(name)).length > 0 ? name : `consultation-${name}`;
}
