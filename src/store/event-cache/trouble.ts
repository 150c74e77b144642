/** What is told once each. */
export type NoticeKind = 'trouble' | 'damaged' | 'newer' | 'older' | 'cleared';

/** One line on what cannot be done and why, and what comes of it; the folder last, for lines may be cut. */
export function cacheTrouble(folder: string, what: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOSPC' || /no space left/i.test(message)
      ? 'no space left on the disk'
      : code === 'EACCES' || code === 'EPERM'
        ? 'not permitted'
        : code === 'EROFS'
          ? 'the disk is read-only'
          : message;
  return `the event cache ${what} (${reason}); this run goes on without it: ${folder}`;
}
