import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a process gets for each step of its start. */
const STEP_MS = 60_000;

/**
 * A process of this folder, made to be killed while it works. Its script says `{"loaded":true}` once its modules are there, `{"ready":true}`
 * once it is under way, and then one object on each line.
 */
export class Victim {
  /** Answers when it has ended and all that it said has been read, also when that was before anybody waited. */
  readonly ended: Promise<unknown>;
  readonly #process: ChildProcess;
  readonly #steps = new EventEmitter();
  #complaints = '';

  /**
   * @param said gets each whole line after the first two
   * @throws Error with what it said on its error output, when it ends before it is ready or takes too long
   */
  static async start(
    script: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
    said: (line: object) => void = () => undefined,
  ): Promise<Victim> {
    for (let attempt = 1; ; attempt++) {
      const victim = new Victim(script, args, environment, said);
      if ((await victim.#reaches('loaded')) !== 'late' || attempt > 1) {
        const reached = await victim.#reaches('ready');
        if (reached === 'there') return victim;
        await victim.kill();
        throw new Error(`${script} was not ready (${reached}): ${victim.complaints}`);
      }
      // Nothing of ours has run yet: what stands still is Node while it loads TypeScript, which no test is about.
      console.warn(`${script} did not come to its first line: started once more`);
      await victim.kill();
    }
  }

  private constructor(script: string, args: readonly string[], environment: NodeJS.ProcessEnv, said: (line: object) => void) {
    this.#process = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = this.#process;
    if (!stdout || !stderr) throw new Error('a process without the pipes that it was given');
    stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaints += text));
    const lines = createInterface({ input: stdout });
    this.ended = Promise.all([once(this.#process, 'close'), once(lines, 'close')]);
    lines.on('line', (line) => {
      if (!line.endsWith('}')) return; // cut off by the kill
      const object = JSON.parse(line) as object; // written by a script of this folder
      const step = 'loaded' in object ? 'loaded' : 'ready' in object ? 'ready' : undefined;
      if (step) this.#steps.emit(step);
      else said(object);
    });
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** What it said on its error output. */
  get complaints(): string {
    return this.#complaints;
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
  }

  async #reaches(step: 'loaded' | 'ready'): Promise<'there' | 'ended' | 'late'> {
    const over = new AbortController();
    try {
      return await Promise.race([
        once(this.#steps, step, over).then(() => 'there' as const),
        this.ended.then(() => 'ended' as const),
        sleep(STEP_MS, 'late' as const, over),
      ]);
    } finally {
      over.abort();
    }
  }
}
