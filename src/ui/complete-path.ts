// Tab in a line that holds a path, as a shell has it.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** More are not worth listing: one more letter says which. */
const MAX_COMPLETIONS = 200;

export type PathCompletion = {
  /** The line, as far as the names agree. */
  readonly text: string;
  /** The names, where several are possible; folders end in a slash. */
  readonly completions: readonly string[];
};

/** `~` and `~/logs` below the home folder. */
export function expandHome(path: string, home: string): string {
  if (path === '~') return home;
  return path.startsWith('~/') ? join(home, path.slice(2)) : path;
}

/** Completes the last part of a path. Never rejects: what cannot be listed completes to itself. */
export async function completePath(text: string, home: string): Promise<PathCompletion> {
  if (text === '~') return { text: '~/', completions: [] };
  const at = text.lastIndexOf('/') + 1;
  const [folder, part] = [text.slice(0, at), text.slice(at)];
  const names = await namesIn(expandHome(folder === '' ? '.' : folder, home), part);
  const [first, ...others] = names;
  if (first === undefined) return { text, completions: [] };
  const agreed = others.reduce(commonStart, first);
  return { text: folder + agreed, completions: others.length === 0 ? [] : names.slice(0, MAX_COMPLETIONS) };
}

/** Hidden names only where a dot asks for them. */
async function namesIn(folder: string, part: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(({ name }) => name.startsWith(part) && (part !== '' || !name.startsWith('.')))
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort();
  } catch {
    return [];
  }
}

function commonStart(a: string, b: string): string {
  let end = 0;
  while (end < a.length && a[end] === b[end]) end++;
  // Never half a surrogate pair.
  if (end > 0 && (a.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
  return a.slice(0, end);
}
