/** Child programs of the set-up scripts. */
import { spawn } from 'node:child_process';

/** A child program ended with something else than 0. It has already said why. */
export class RunFailed extends Error {
  constructor(command, code, signal) {
    super(`${command} ended with ${signal ?? code}`);
    this.name = 'RunFailed';
  }
}

const running = new Set();

/** Stops what `run` started; for the signal handlers of a caller who is about to exit. */
export function stopRunning(signal) {
  for (const child of running) child.kill(signal);
}

/** Runs a program to its end. All it prints goes to stderr: stdout belongs to the command the user asked for. */
export function run(command, args, { cwd }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 2, 2] });
    running.add(child);
    child.once('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new RunFailed([command, ...args].join(' '), code, signal));
    });
  });
}
