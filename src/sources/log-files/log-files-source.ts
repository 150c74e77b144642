import { basename } from 'node:path';
import type { Source } from '../source.ts';
import { type LogFilesOptions, Reading } from './reading.ts';

/** CloudTrail log files on disk or on standard input, read by worker threads. */
export function logFilesSource(options: LogFilesOptions): Source {
  return {
    label: labelOf(options.paths),
    read: (sink, readOptions) => new Reading(options, sink, readOptions ?? {}).run(),
  };
}

function labelOf(paths: readonly string[]): string {
  const [first] = paths;
  if (first === undefined || paths.length > 1) return `${paths.length} paths`;
  return first === '-' ? 'standard input' : basename(first) || first;
}
