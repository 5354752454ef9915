import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where an installation keeps the last snapshot of its overlap index. A shortcut for a restart, never the truth: one that is missing, damaged
 * or of another version costs only the time of reading the log again. One file for each log, so that two logs never share one.
 */
export class OverlapSnapshots {
  constructor(private readonly directory: string) {}

  /** Null when there is none. */
  async read(log: string): Promise<Uint8Array | null> {
    return readFile(this.file(log)).catch(() => null);
  }

  /** Whole or not at all: a process that dies meanwhile leaves the one before. */
  async write(log: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const draft = `${this.file(log)}.${process.pid}`;
    await writeFile(draft, bytes);
    await rename(draft, this.file(log));
  }

  private file(log: string): string {
    return join(this.directory, `overlap-${log}.snapshot`);
  }
}
