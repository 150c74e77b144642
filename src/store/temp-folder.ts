import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './process-alive.ts';
import { StoreError } from './store.ts';

const PREFIX = 'trailx-';

/**
 * A folder of this process's own for the store's segments, readable by this user only.
 * Folders that killed processes left behind are removed. @throws StoreError when none can be made.
 */
export function makeTempFolder(parent: string = tmpdir()): string {
  try {
    mkdirSync(parent, { recursive: true });
    removeLeftovers(parent);
    return mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  } catch (error) {
    throw new StoreError(
      `cannot make a temporary folder in ${parent}: ${(error as Error).message}; set TMPDIR to another`,
    );
  }
}

export function removeTempFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^trailx-(\d+)-\w{6}$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      removeTempFolder(join(parent, name));
    } catch {
      // Another user's: not ours to remove.
    }
  }
}
