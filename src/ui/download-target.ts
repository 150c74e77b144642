// What a name is to the file system, before anything is written.

import { stat } from 'node:fs/promises';
import { OutputError } from '../export/output.ts';
import { checkWritable } from '../export/write-file.ts';
import type { DownloadTarget } from '../state/download-panel.ts';

/** Looks at the path and creates nothing. `taken`: it could be replaced. Never rejects. */
export async function lookAtTarget(path: string): Promise<DownloadTarget> {
  // Opening one waits until somebody reads from it, and cannot be called off.
  const isPipe = await stat(path).then(
    (stats) => stats.isFIFO(),
    () => false,
  );
  if (isPipe) return { kind: 'unwritable', reason: 'it is a pipe; trailx query -o writes into one' };
  if ((await whyNot(path, false)) === null) return { kind: 'free' };
  const reason = await whyNot(path, true);
  return reason === null ? { kind: 'taken' } : { kind: 'unwritable', reason };
}

async function whyNot(path: string, force: boolean): Promise<string | null> {
  try {
    await checkWritable(path, { force });
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const start = `cannot write ${path}: `;
    return error instanceof OutputError && message.startsWith(start) ? message.slice(start.length) : message;
  }
}
