// The right to change a small file that several trailx share. A lock is a file with its owner's name in it; whoever
// holds it reads, changes and writes within milliseconds.
//
// The lock of a process that was killed is taken down, and only by one at a time: between finding a lock dead and
// removing it another may have done the same and a third have locked anew, whose lock it must not be.

import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { hasLivingOwner, ownName } from './store/owner.ts';

/** Nobody writes for so long: its number belongs to another process by now, or its machine is gone. */
const STALE_MS = 30_000;
/** Between its making and its naming a lock is empty. */
const UNNAMED_MS = 5000;
const PAUSE_MS = 10;

export type FileLock = {
  /** Whether it is held still: a process that was stopped for long has lost it. */
  isHeld(): boolean;
  unlock(): void;
};

/** Waits so long for the lock at `path`; null: somebody else had it all the time. Rejects where it cannot be made. */
export async function lockFile(path: string, patienceMs: number): Promise<FileLock | null> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const lock = tryLock(path);
    if (lock !== null || performance.now() >= giveUpAt) return lock;
    // Not in step with the others who wait.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (0.5 + Math.random())));
  }
}

/** The lock at `path`; null: somebody else has it. Throws where it cannot be made. */
export function tryLock(path: string): FileLock | null {
  const own = ownName();
  if (!make(path, own)) {
    const found = look(path);
    if (found !== null && !isDead(found)) return null;
    takeDown(path);
    if (!make(path, own)) return null;
  }
  const isHeld = () => look(path)?.owner === own;
  return {
    isHeld,
    unlock() {
      try {
        if (isHeld()) rmSync(path, { force: true });
      } catch {
        // It is taken down when we are gone.
      }
    },
  };
}

function make(path: string, owner: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(file, owner);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

type Found = { readonly owner: string; readonly modifiedMs: number };

function look(path: string): Found | null {
  try {
    return { modifiedMs: statSync(path).mtimeMs, owner: readFileSync(path, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isDead({ owner, modifiedMs }: Found): boolean {
  const ageMs = Date.now() - modifiedMs;
  return ageMs > STALE_MS || (owner === '' ? ageMs > UNNAMED_MS : !hasLivingOwner(owner, modifiedMs));
}

/** Removes the lock if it is dead, with the right to do so: only a living owner removes it otherwise. */
function takeDown(path: string): void {
  const right = `${path}.dead`;
  if (!make(right, ownName())) {
    const found = look(right);
    if (found !== null && isDead(found)) rmSync(right, { force: true });
    return;
  }
  try {
    const found = look(path);
    if (found !== null && isDead(found)) rmSync(path, { force: true });
  } finally {
    rmSync(right, { force: true });
  }
}
