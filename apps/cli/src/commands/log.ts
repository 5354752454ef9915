import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { AuditLog, LogKey } from '@sajeon/audit';
import type { Message } from '@sajeon/domain';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, tell, word, type ExitCode } from '../terminal.js';

/** `sajeon log …`: checkpoints and proofs of the log in the storage that the environment names, and `check-vector` without any. */
export function logCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  const log = program
    .command('log')
    .summary(inWords({ ko: '기록의 체크포인트와 증명', en: 'checkpoints and proofs of the log' }, ' · '))
    .description(
      inWords({
        ko: '투명성 로그의 체크포인트와 증명을 보여 준다.',
        en: 'Shows checkpoints and proofs of the transparency log.',
      }),
    );

  log
    .command('checkpoint')
    .description(inWords({ ko: '가장 새로운 서명된 체크포인트', en: 'the newest signed checkpoint' }))
    .action(async () => finish(await show(async (audit) => (await audit.checkpoint()).note)));
  log
    .command('proof')
    .description(inWords({ ko: '사건 하나가 기록에 있다는 증명(JSON)', en: 'that one event is in the log (JSON)' }))
    .argument('<seq>', inWords({ ko: '기록 안의 번호(0부터)', en: 'leaf index, from 0' }))
    .argument(
      '[size]',
      inWords({ ko: '기록의 크기(없으면 가장 새로운 체크포인트)', en: 'size of the log; of the newest checkpoint unless given' }),
    )
    .action(async (seq: string, size?: string) =>
      finish(
        await show(async (audit) => {
          const proof = await audit.inclusion(number(seq), size === undefined ? undefined : number(size));
          const root = await audit.root(proof.size);
          return json({ leafIdx: proof.seq, treeSize: proof.size, root, leafHash: proof.leaf, proof: proof.proof });
        }),
      ),
    );
  log
    .command('consistency')
    .description(
      inWords({
        ko: '뒤의 기록이 앞의 기록에서 이어진다는 증명(JSON)',
        en: 'that the later log goes on from the earlier one (JSON)',
      }),
    )
    .argument('<from>', inWords({ ko: '앞의 크기', en: 'the earlier size' }))
    .argument(
      '[to]',
      inWords({ ko: '뒤의 크기(없으면 가장 새로운 체크포인트)', en: 'the later size; of the newest checkpoint unless given' }),
    )
    .action(async (from: string, to?: string) =>
      finish(
        await show(async (audit) => {
          const proof = await audit.consistency(number(from), to === undefined ? undefined : number(to));
          const [root1, root2] = await Promise.all([audit.root(proof.from), audit.root(proof.to)]);
          return json({ size1: proof.from, size2: proof.to, root1, root2, proof: proof.proof });
        }),
      ),
    );
  log
    .command('check')
    .description(
      inWords({
        ko: '저장된 모든 사건이 봉인된 그대로인지 대조한다. 종료 코드 0 이상 없음, 1 어긋남',
        en: 'Compares every stored event with what was sealed. Exit code 0 nothing wrong, 1 something is',
      }),
    )
    .option('--trusted <file...>', inWords({ ko: '밖에 보관한 체크포인트', en: 'checkpoints kept elsewhere' }))
    .action(async (flags: { trusted?: readonly string[] }) => {
      const trusted = await Promise.all((flags.trusted ?? []).map((file) => readFile(file, 'utf8')));
      let sound = false;
      await show(async (audit) => {
        const found = await audit.verifyAll({ trusted });
        sound = found.sound;
        const lines = found.contradictions.map((contradiction) => json(contradiction));
        const verdict = sound ? word('이상 없음', 'nothing wrong') : word('어긋남', 'contradictions');
        return [...lines, `${verdict}: ${found.size} (${word('아직 봉인 안 됨', 'not sealed yet')} ${found.unsealed})\n`].join(
          '',
        );
      });
      finish(sound ? EXIT.ok : EXIT.problems);
    });
  log
    .command('rotate-key')
    .description(
      inWords({
        ko: '새 서명 키를 만든다. 서비스를 다시 시작하면 새 키와 옛 키가 함께 서명한다. 새 공개키를 감사자와 증인에게 먼저 알리십시오.',
        en: 'Makes a new signing key. After a restart of the service both keys sign. Give the new public key to auditors and witnesses meanwhile.',
      }),
    )
    .action(async () =>
      finish(
        await changeKey((key) => key.rotate(), {
          ko: '새 키를 만들었습니다. 돌고 있는 서비스는 다시 시작할 때까지 옛 키로만 서명합니다. 모두가 새 공개키를 받은 뒤 sajeon log retire-key를 하십시오.',
          en: 'There is a new key. A running service signs with the old one alone until it is restarted. Once everybody has the new public key: sajeon log retire-key.',
        }),
      ),
    );
  log
    .command('retire-key')
    .description(
      inWords({
        ko: '옛 서명 키를 거둔다. 서비스를 다시 시작하면 가장 새로운 키만 서명한다. 옛 공개키는 남아, 그 키로 서명한 것은 계속 검증된다.',
        en: 'Retires the old signing keys. After a restart of the service the newest alone signs. Old public keys stay, so what they signed remains verifiable.',
      }),
    )
    .action(async () =>
      finish(
        await changeKey((key) => key.retire(), {
          ko: '가장 새로운 키만 남겼습니다. 돌고 있는 서비스는 다시 시작할 때까지 전과 같이 서명합니다. 옛 공개키만 가진 사람은 그 뒤의 체크포인트를 확인할 수 없습니다.',
          en: 'Only the newest key is left. A running service signs as before until it is restarted. Whoever has old public keys only cannot check checkpoints after that.',
        }),
      ),
    );
  log
    .command('check-vector')
    .description(
      inWords({
        ko: 'RFC 6962 증명 시험 벡터 하나를 검증한다. 종료 코드 0 받아들임, 1 물리침, 2 벡터가 아님',
        en: 'Verifies one test vector of an RFC 6962 proof. Exit code 0 accepted, 1 rejected, 2 not a vector',
      }),
    )
    .argument('<file>', 'JSON: leafIdx, treeSize, root, leafHash, proof · size1, size2, root1, root2, proof')
    .action(async (file: string) => {
      const { checkVector, MalformedVector } = await import('@sajeon/audit');
      try {
        const accepted = checkVector(await readFile(file, 'utf8'));
        process.stdout.write(`${accepted ? 'accepted' : 'rejected'}\n`);
        finish(accepted ? EXIT.ok : EXIT.problems);
      } catch (error) {
        if (!(error instanceof MalformedVector)) throw error;
        if (error.code === 'no-vector') {
          throw new CommandFailed(EXIT.usage, {
            ko: `시험 벡터가 아닙니다: ${error.text.ko}`,
            en: `Not a test vector: ${error.text.en}`,
          });
        }
        process.stdout.write('rejected\n');
        tell(error.text);
        finish(EXIT.problems);
      }
    });
}

async function show(text: (audit: AuditLog) => Promise<string>): Promise<ExitCode> {
  const { AuditLog, NotInLog, prepareLog } = await import('@sajeon/audit');
  const { openStorage } = await import('@sajeon/event-store');
  const { default: pg } = await import('pg');
  const storage = await openStorage();
  const pool = new pg.Pool({ ...storage.database, max: 4 });
  pool.on('error', () => undefined); // a failure shows in the query
  try {
    const origin = await prepareLog(pool, process.env['SAJEON_LOG_ORIGIN']?.trim() || undefined);
    process.stdout.write(await text(new AuditLog(storage.events, pool, origin)));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof NotInLog)) throw error;
    throw new CommandFailed(EXIT.problems, { ko: `기록에 없습니다. ${error.text.ko}`, en: `Not in the log. ${error.text.en}` });
  } finally {
    await pool.end();
    await storage.close();
  }
}

/** Changes the key file of the log in the storage that the environment names. The public keys that sign from then on are printed. */
async function changeKey(change: (key: LogKey) => LogKey, done: Message): Promise<ExitCode> {
  const { LogKey, logKeyFile, prepareLog } = await import('@sajeon/audit');
  return withStorage(async ({ database }) => {
    const { default: pg } = await import('pg');
    const pool = new pg.Pool({ ...database, max: 1 });
    pool.on('error', () => undefined); // a failure shows in the query
    try {
      const origin = await prepareLog(pool, process.env['SAJEON_LOG_ORIGIN']?.trim() || undefined);
      const file = logKeyFile(origin);
      // Opening it would make one, and the service would still sign with the one that it has elsewhere.
      if (!existsSync(file)) {
        throw new CommandFailed(EXIT.usage, {
          ko: `${file}: 이 로그의 서명 키가 여기에 없습니다. 서비스와 같은 SAJEON_LOG_KEY나 SAJEON_HOME으로 실행하십시오.`,
          en: `${file}: the key of this log is not here. Run this with the SAJEON_LOG_KEY or SAJEON_HOME of the service.`,
        });
      }
      const { verifiers } = change(LogKey.open(file, origin));
      process.stdout.write(verifiers.map(({ text }) => `${text}\n`).join(''));
      tell(done);
      tell({ ko: `공개키 파일(옛 키 포함): ${file}.pub`, en: `Public keys, old ones among them: ${file}.pub` });
      return EXIT.ok;
    } finally {
      await pool.end();
    }
  });
}

function number(text: string): bigint {
  if (/^(0|[1-9]\d{0,18})$/.test(text)) return BigInt(text);
  throw new CommandFailed(EXIT.usage, {
    ko: `${text}: 0 이상의 정수여야 합니다.`,
    en: `${text}: a whole number from 0 is expected.`,
  });
}

/** Numbers as text, hashes in base64, as in the HTTP answers. */
function json(content: object): string {
  const inText = (value: unknown): unknown =>
    typeof value === 'bigint'
      ? String(value)
      : Buffer.isBuffer(value)
        ? value.toString('base64')
        : Array.isArray(value)
          ? value.map(inText)
          : value;
  return `${JSON.stringify(Object.fromEntries(Object.entries(content).map(([name, value]) => [name, inText(value)])))}\n`;
}
