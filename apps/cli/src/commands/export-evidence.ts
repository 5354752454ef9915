import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { AuditLog, EvidenceScope } from '@sajeon/audit';
import { momentIn } from '@sajeon/domain';
import { CommandFailed, EXIT, inWords, tell } from '../terminal.js';

interface EvidenceFlags {
  readonly output: string;
  readonly earlier?: string;
  readonly from?: string;
  readonly to?: string;
  readonly all?: true;
  readonly complete?: true;
}

/** `sajeon evidence CASE... -o FILE`: what happened in a case, in a form that proves itself. Reads the storage that the environment names. */
export function evidenceCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('evidence')
    .summary(inWords({ ko: '사건의 증거 묶음을 만든다', en: 'export evidence of a case' }, ' · '))
    .description(
      inWords({
        ko: '협의 건(사업 계획서의 모든 판과 적용된 규칙 포함), 스트림 또는 기간의 모든 사건을, 서버를 믿지 않고도 검증할 수 있는 묶음으로 내보낸다.',
        en: 'Exports every event of a case (with all versions of its plan and the rules applied to it), of a stream or of a period as a bundle that can be verified without trusting the server.',
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
    .option(
      '--from <moment>',
      inWords({
        ko: '이때부터의 기간: 날짜(YYYY-MM-DD), 시각(RFC 3339) 또는 리프 번호',
        en: 'a period, from then: day (YYYY-MM-DD), instant (RFC 3339) or leaf index',
      }),
    )
    .option(
      '--to <moment>',
      inWords({
        ko: '이때까지: 그 날짜의 끝, 그 시각까지, 또는 그 리프 앞까지',
        en: 'up to then: end of that day, that instant, or before that leaf',
      }),
    )
    .option('--all', inWords({ ko: '기록 전체', en: 'the whole log' }))
    .option(
      '--complete',
      inWords({
        ko: '기록 전체의 봉인을 함께 담아(다른 건의 내용은 비공개로) 이 건의 사건이 더 없다는 것까지 보인다',
        en: 'with the seals of the whole log (the contents of other cases withheld), which shows that this case has no further event',
      }),
    )
    .action(async (cases: readonly string[], flags: EvidenceFlags) => {
      await exportEvidence(cases, flags);
      finish(EXIT.ok);
    });
}

async function exportEvidence(cases: readonly string[], flags: EvidenceFlags): Promise<void> {
  const isPeriod = flags.from !== undefined || flags.to !== undefined;
  if ([cases.length > 0, isPeriod, flags.all === true].filter(Boolean).length !== 1) {
    throw new CommandFailed(EXIT.usage, {
      ko: '협의 번호를 하나 이상, 기간(--from, --to), --all 가운데 하나만 쓰십시오.',
      en: 'Name one or more cases, or a period (--from, --to), or --all.',
    });
  }
  if (flags.complete && cases.length === 0) {
    throw new CommandFailed(EXIT.usage, {
      ko: '--complete는 협의 번호와 함께 씁니다. 기간과 기록 전체는 그것 없이도 빠짐없습니다.',
      en: '--complete goes with cases. A period and the whole log are complete without it.',
    });
  }
  const edges = isPeriod ? { from: edgeOf('from', flags.from), to: edgeOf('to', flags.to) } : undefined;
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
    const streams = (await Promise.all(cases.map((name) => streamsNamed(log, name)))).flat();
    const whole: EvidenceScope = { kind: 'log' };
    const scope: EvidenceScope = edges
      ? {
          kind: 'range',
          from: (await leafAt(log, edges.from)) ?? 0n,
          to: (await leafAt(log, edges.to)) ?? (await log.checkpoint()).size,
        }
      : flags.all || flags.complete
        ? whole
        : { kind: 'streams', streams };
    const open = new Set(streams);
    const earlier = flags.earlier === undefined ? undefined : await readFile(flags.earlier, 'utf8');
    const lines = evidence(log, {
      scope,
      at: new Date().toISOString(),
      ...(earlier !== undefined && { earlier }),
      ...(flags.complete && {
        disclose: ({ stream }: { readonly stream: string }) => ({ data: open.has(stream), metadata: open.has(stream) }),
      }),
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
      throw new CommandFailed(EXIT.problems, { ko: `기록에 없습니다. ${error.text.ko}`, en: `Not in the log. ${error.text.en}` });
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

/** A consultation is named by its id alone, as people do, and shown whole; anything else by its stream. */
async function streamsNamed(log: AuditLog, name: string): Promise<readonly string[]> {
  const { CONSULTATION, streamsOfCase } = await import('@sajeon/decisions');
  const prefix = `${CONSULTATION.prefix}-`;
  const plain = name.startsWith(prefix) ? [] : await log.stream(name);
  if (plain.length > 0) return [name];
  const the = await log.stream(name.startsWith(prefix) ? name : `${prefix}${name}`);
  const there = await log.present(streamsOfCase(the.map(({ event }) => event)));
  return there.length > 0 ? there : [`${prefix}${name}`];
}

/** A leaf index, or the first leaf that was recorded at or after an instant. */
type Edge = { readonly leaf: bigint } | { readonly instant: number };

/** Days are whole days in Seoul: a period begins with its first one and ends with its last. */
function edgeOf(edge: 'from' | 'to', text: string | undefined): Edge | undefined {
  if (text === undefined) return undefined;
  const moment = momentIn(text);
  if (moment === undefined) {
    throw new CommandFailed(EXIT.usage, {
      ko: `--${edge}에는 날짜(YYYY-MM-DD), 시간대가 붙은 시각(예: 2026-11-30T10:00+09:00) 또는 리프 번호를 적으십시오: ${text}`,
      en: `--${edge} takes a day (YYYY-MM-DD), an instant with its offset (as 2026-11-30T10:00+09:00) or a leaf index: ${text}`,
    });
  }
  if (typeof moment === 'bigint') return { leaf: moment };
  if (edge === 'to') return { instant: moment + 1 };
  return { instant: text.length === 'YYYY-MM-DD'.length ? Date.parse(`${text}T00:00:00+09:00`) : moment };
}

async function leafAt(log: AuditLog, edge: Edge | undefined): Promise<bigint | undefined> {
  if (edge === undefined) return undefined;
  return 'leaf' in edge ? edge.leaf : log.sizeAt(new Date(edge.instant));
}
