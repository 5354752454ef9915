#!/usr/bin/env node
import { generateKey, parseSigningKey, parseVerifierKey } from '@sajeon/audit';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { witnessServer } from './server.js';
import { Witness } from './witness.js';

/**
 * A witness, for an auditor or a local government to run:
 *   SAJEON_WITNESS_LOGS  file with the verifier keys of the logs to watch, one a line (`log-key.pub` of the operator)
 *   SAJEON_WITNESS_HOME  where its own key and the newest checkpoints lie; `.sajeon-witness` unless given
 *   SAJEON_WITNESS_NAME  its name in cosignatures, e.g. `witness.suwon.example`; needed on the first run
 *   PORT (3002), HOST (127.0.0.1)
 */
function main(): void {
  const { SAJEON_WITNESS_LOGS: logs, SAJEON_WITNESS_NAME: name, SAJEON_WITNESS_HOME, PORT, HOST } = process.env;
  if (!logs)
    throw new Error(
      'SAJEON_WITNESS_LOGS is not set: name the file with the keys of the logs to watch (지켜볼 로그의 공개키 파일)',
    );
  const home = resolve(SAJEON_WITNESS_HOME || '.sajeon-witness');
  const keyFile = join(home, 'key');
  if (!existsSync(keyFile)) {
    if (!name) throw new Error('SAJEON_WITNESS_NAME is not set: a new witness needs a name (증인의 이름)');
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, `${generateKey(name, 'witness').secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
  }
  const watched = readFileSync(logs, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => parseVerifierKey(line.trim()));
  const witness = new Witness(
    parseSigningKey(readFileSync(keyFile, 'utf8').trim()),
    watched,
    join(home, 'logs'),
    undefined,
    (message) => process.stderr.write(`ALARM ${message}\n`),
  );
  const server = witnessServer(witness);
  server.listen(Number(PORT ?? 3002), HOST ?? '127.0.0.1', () => {
    process.stdout.write(`witness ${witness.verifier}\nwatching ${watched.map((key) => key.name).join(', ')}\n`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close(() => process.exit(0)));
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
