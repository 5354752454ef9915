import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogKey, logKeyFile } from './log-key.js';

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
