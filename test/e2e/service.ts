import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningService {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const ROOT = join(__dirname, '..', '..');

/** The built service as `npm start` runs it: embedded store in a folder of its own, worker inside, the sample loaded. @param more of its environment */
export async function startService(more: NodeJS.ProcessEnv = {}): Promise<RunningService> {
  const main = join(ROOT, 'dist', 'apps', 'api', 'src', 'main.js');
  for (const built of [main, join(ROOT, 'dist', 'apps', 'web', 'index.html')]) {
    if (!existsSync(built)) throw new Error(`${built} is missing: run npm run build (npm test does it by itself)`);
  }
  const home = mkdtempSync(join(tmpdir(), 'sajeon-e2e-'));
  const child = fork(main, [], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      SAJEON_HOME: home,
      SAJEON_WORKER: 'inline',
      SAJEON_SAMPLE: 'yes',
      SAJEON_LOG: 'silent',
      HOST: '127.0.0.1',
      PORT: '0',
      ...more,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { listening?: string }) => message.listening !== undefined && resolve(message.listening));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${complaints}`)));
  });
  return {
    url,
    stop: async () => {
      await ended(child);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
