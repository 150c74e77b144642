/** What is told once each. */
export type NoticeKind = 'trouble' | 'shut' | 'damaged' | 'newer' | 'older' | 'cleared';

/** One line on what cannot be done and why, and what comes of it; the folder last, for lines may be cut. */
export function cacheTrouble(folder: string, what: string, error: unknown): string {
  return `the event cache ${what} (${reasonOf(error)}); this run goes on without it: ${folder}`;
}

/** The same for one file of it. */
export function shutTrouble(path: string, error: unknown): string {
  return `part of the event cache cannot be read (${reasonOf(error)}); it is left alone and loaded again: ${path}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || /no space left/i.test(message)) return 'no space left on the disk';
  if (code === 'EACCES' || code === 'EPERM') return 'not permitted';
  if (code === 'EROFS') return 'the disk is read-only';
  return code === 'EISDIR' ? 'it is a folder' : message;
}
