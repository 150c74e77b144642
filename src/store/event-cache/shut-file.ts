// Files of the cache that may not be read, e.g. what a trailx run by another user left there: they are left alone. What was
// known while they could be read may rely on their events, so it does not count; what is loaded from then on does.

import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hole } from './spans.ts';

/** Times of files come from a clock that ticks this seldom. */
export const FILE_TICK_MS = 10;

const SHUT = new Set(['EACCES', 'EPERM', 'EISDIR']);

/** What is in doubt because this file could not be read; null where the error is none of a file that is shut: it may be
 *  read another time, and then as if nothing had been. */
export async function shutHole(path: string, error: unknown): Promise<Hole | null> {
  if (!isShut(error)) return null;
  // When its permissions, its owner or its content last changed.
  const found = await stat(path).catch(() => null);
  return { from: null, to: null, at: found === null ? Date.now() : found.ctimeMs + FILE_TICK_MS };
}

/** What `read` gives; null for a file that is shut. */
export async function unlessShut<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isShut(error)) return null;
    throw error;
  }
}

/** What is in doubt because of any of these files. @throws as the file system does. */
export async function shutHoles(folder: string, names: readonly string[]): Promise<readonly Hole[]> {
  const holes: Hole[] = [];
  for (const name of names) {
    const path = join(folder, name);
    try {
      await isReadable(path);
    } catch (error) {
      const hole = await shutHole(path, error);
      if (hole === null) throw error;
      holes.push(hole);
    }
  }
  return holes;
}

/** False: it is gone. @throws where it may not be read, as reading it would. */
export async function isReadable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    if (!(await stat(path)).isDirectory()) return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
}

function isShut(error: unknown): boolean {
  return SHUT.has((error as NodeJS.ErrnoException).code ?? '');
}
