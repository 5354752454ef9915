import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The key that wraps the keys of all subjects cannot be used as it is. */
export class MasterKeyUnusable extends Error {
  override readonly name = 'MasterKeyUnusable';
}

const KEY_BYTES = 32;

/**
 * `SAJEON_VAULT_KEY` (32 bytes in base64), or the file that `SAJEON_VAULT_KEY_FILE` names, or `vault-key` in `SAJEON_HOME`, which is made
 * when it is not there, except in production: a key that every machine makes for itself protects nothing, and is lost with the machine.
 * @throws MasterKeyUnusable
 */
export function masterKey(env: NodeJS.ProcessEnv = process.env): Buffer {
  const given = env['SAJEON_VAULT_KEY']?.trim();
  const production = env['NODE_ENV'] === 'production';
  if (given) return parsed(given, 'SAJEON_VAULT_KEY', production);
  const named = env['SAJEON_VAULT_KEY_FILE']?.trim();
  const file = named || join(resolve(env['SAJEON_HOME']?.trim() || '.sajeon'), 'vault-key');
  if (existsSync(file)) return parsed(readFileSync(file, 'utf8').trim(), file, production);
  if (named || production) {
    throw new MasterKeyUnusable(`${file} is missing. Make one: openssl rand -base64 32 > ${file}, and keep a copy elsewhere.`);
  }
  const key = randomBytes(KEY_BYTES);
  mkdirSync(dirname(file), { recursive: true });
  // wx: of two processes that start at once, one makes it and both read it.
  try {
    writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    return key;
  } catch {
    return parsed(readFileSync(file, 'utf8').trim(), file, production);
  }
}

function parsed(text: string, from: string, production: boolean): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length === KEY_BYTES && key.toString('base64') === text) {
    // Of 32 random bytes hardly ever two are alike: this one was made up by hand.
    if (production && new Set(key).size < 16)
      throw new MasterKeyUnusable(`${from}: this is no random key; make one: openssl rand -base64 32`);
    return key;
  }
  throw new MasterKeyUnusable(`${from}: expected 32 bytes in base64`);
}
