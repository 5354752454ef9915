import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogKey, logKeyFile, tokenKeyFile } from './log-key.js';
import { parseNote, signersOf } from './note.js';

it('keeps a key for each log that a home has been used with, and never passes over a file that was named', () => {
  const home = mkdtempSync(join(tmpdir(), 'sajeon-keys-'));
  const env = { SAJEON_HOME: home };
  const first = logKeyFile('first.example/log', env);
  expect(first).toBe(join(home, 'log-key'));
  LogKey.open(first, 'first.example/log');
  const second = logKeyFile('second.example/log', env);
  expect(second).not.toBe(first);
  LogKey.open(second, 'second.example/log');
  expect(logKeyFile('first.example/log', env)).toBe(first);
  expect(logKeyFile('second.example/log', env)).toBe(second);
  const named = { ...env, SAJEON_LOG_KEY: first };
  expect(() => LogKey.open(logKeyFile('second.example/log', named), 'second.example/log')).toThrow(
    'is not a key of the log second.example',
  );
});

it('keeps the key of the tokens beside that of the log, and signs with it whatever is no checkpoint', () => {
  const home = mkdtempSync(join(tmpdir(), 'sajeon-keys-'));
  const name = 'first.example/log/procurement';
  const file = tokenKeyFile(name, { SAJEON_HOME: home });
  expect(file).toBe(join(home, 'token-key'));
  expect(tokenKeyFile(name, { SAJEON_TOKEN_KEY: '/keys/token' })).toBe('/keys/token');
  const key = LogKey.open(file, name);
  const rotated = key.rotate();
  const note = parseNote(key.signText('token\nwhat it says\n'));
  expect(signersOf(note, rotated.everKnown())).toHaveLength(1);
  expect(signersOf({ ...note, text: 'token\nwhat it says not\n' }, rotated.everKnown())).toEqual([]);
  expect(() => key.signText(`${name}\n1\nAAAA\n`)).toThrow('a checkpoint is signed by');
});
