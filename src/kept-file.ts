// What the files beside each other in the folder for settings have in common: each is one JSON object, read as far as
// it makes sense, set aside where it is damaged, left alone where a newer trailx has written it.

import {
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

export type KeptFile =
  | { readonly kind: 'stored'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'none' }
  /** `reason`: completes "it was damaged (…)", or "it …". */
  | { readonly kind: 'damaged' | 'unreadable'; readonly reason: string };

/** Of damaged files: who has more of them has another trouble. */
const MAX_SET_ASIDE = 1000;
/** Links that lead to links. */
const MAX_LINKS = 40;

/** Never rejects. A file above `largestBytes` counts as damaged. */
export async function readKept(path: string, largestBytes: number): Promise<KeptFile> {
  try {
    return refused(await stat(path), largestBytes) ?? understood(await readFile(path, 'utf8'));
  } catch (error) {
    return unread(error as NodeJS.ErrnoException);
  }
}

/** The same for what has to be known before the first frame. */
export function readKeptNow(path: string, largestBytes: number): KeptFile {
  try {
    return refused(statSync(path), largestBytes) ?? understood(readFileSync(path, 'utf8'));
  } catch (error) {
    return unread(error as NodeJS.ErrnoException);
  }
}

function refused(stats: { isFile(): boolean; readonly size: number }, largestBytes: number): KeptFile | null {
  // Reading a FIFO would wait for ever.
  if (!stats.isFile()) return { kind: 'unreadable', reason: 'is no file' };
  return stats.size > largestBytes ? { kind: 'damaged', reason: 'too large' } : null;
}

function unread({ code = '' }: NodeJS.ErrnoException): KeptFile {
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none' };
  return { kind: 'unreadable', reason: `cannot be read (${code})` };
}

function understood(text: string): KeptFile {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { kind: 'stored', value } : { kind: 'damaged', reason: 'not a JSON object' };
  } catch {
    return { kind: 'damaged', reason: 'not JSON' };
  }
}

/** Whether a file whose `format` this is was written by a trailx that knows more: whatever is not a format of ours. */
export function isNewer(format: unknown, ours: number): boolean {
  return format !== undefined && !(Number.isInteger(format) && (format as number) >= 1 && (format as number) <= ours);
}

/** Gives a damaged file another name beside it that nothing has yet. @returns that path; null: it could not be done, and
 *  the file is where it was. */
export function setAside(path: string): string | null {
  const real = realPathOf(path);
  const stem = join(dirname(real), basename(real).replace(/\.json$/, ''));
  for (let number = 1; number <= MAX_SET_ASIDE; number++) {
    const aside = `${stem}.damaged${number === 1 ? '' : `-${number}`}.json`;
    try {
      takeFreeName(real, aside);
      return aside;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return null;
    }
  }
  return null;
}

/** A hard link fails where a rename would replace. */
function takeFreeName(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    // File systems without hard links: the next best check.
    const isTaken = lstatSync(to, { throwIfNoEntry: false }) !== undefined;
    if (isTaken) throw Object.assign(new Error(`${to} exists`), { code: 'EEXIST' });
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    renameSync(from, to);
    return;
  }
  unlinkSync(from);
}

/** The file that a symbolic link leads to, whether or not it is there: people keep such files in a repository. */
export function realPathOf(path: string): string {
  let target = path;
  for (let link = 0; link < MAX_LINKS; link++) {
    try {
      return realpathSync(target);
    } catch {
      if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return target;
      target = resolve(dirname(target), readlinkSync(target));
    }
  }
  return target;
}

/** Makes the folder where there is none; nobody else looks into it then. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
