import { fstatSync } from 'node:fs';
import type { Source } from '../sources/source.ts';
import type { Options } from './options.ts';
import type { TimeLimits } from './request.ts';

/** What the source is to be; null where the command line names none. */
export type SourceChoice = { readonly kind: 'sample' } | { readonly kind: 'files'; readonly paths: readonly string[] };

/** Piped input without a SOURCE is read as `-`. */
export function chooseSource(options: Options): SourceChoice | null {
  if (options.sample) return { kind: 'sample' };
  if (options.sources.length > 0) return { kind: 'files', paths: options.sources };
  return isStdinPiped() ? { kind: 'files', paths: ['-'] } : null;
}

/** Whether somebody feeds standard input: a pipe or a file, not a terminal, /dev/null or nothing at all. */
export function isStdinPiped(): boolean {
  try {
    const stats = fstatSync(0);
    return stats.isFIFO() || stats.isFile() || stats.isSocket();
  } catch {
    return false;
  }
}

/** Opens the chosen source; the readers are loaded only now. */
export async function openSource(choice: SourceChoice, options: Options, limits: TimeLimits): Promise<Source> {
  if (choice.kind === 'sample') {
    const { sampleSource } = await import('../sources/sample/sample-source.ts');
    return sampleSource(sampleEnd());
  }
  const { logFilesSource } = await import('../sources/log-files/log-files-source.ts');
  return logFilesSource({
    paths: choice.paths,
    since: limits.since ?? undefined,
    until: limits.until ?? undefined,
    maxFileSize: options.maxFileSize,
  });
}

/** The pictures that the program draws of itself must not change with the clock: TRAILX_SAMPLE_END, ISO 8601. */
function sampleEnd(): number | undefined {
  const end = Date.parse(process.env.TRAILX_SAMPLE_END ?? '');
  return Number.isNaN(end) ? undefined : end;
}
