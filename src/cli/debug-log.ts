import { closeSync, openSync, writeSync } from 'node:fs';
import { ioReason } from '../export/io-reason.ts';
import { OutputError } from '../export/output.ts';

/** What `--debug FILE` collects: one JSON object a line, `ms` since the start, written at once so that a crash keeps it. */
export type DebugLog = {
  /** `what` is a dotted name such as `read.done`; details are plain JSON values. */
  log(what: string, details?: Readonly<Record<string, unknown>>): void;
  close(): void;
};

export const NO_DEBUG_LOG: DebugLog = { log: () => {}, close: () => {} };

/** Appends to `path`, which only the user may read, for it names files and searches. Throws OutputError. */
export function openDebugLog(path: string): DebugLog {
  let descriptor: number | null;
  try {
    descriptor = openSync(path, 'a', 0o600);
  } catch (error) {
    throw new OutputError(`cannot write the debug file ${path}: ${ioReason(error)}`);
  }
  const log = (what: string, details: Readonly<Record<string, unknown>> = {}) => {
    if (descriptor === null) return;
    try {
      writeSync(descriptor, `${JSON.stringify({ ms: Math.round(performance.now() * 10) / 10, what, ...details })}\n`);
    } catch {
      // A full disk must not stop the program that is being debugged.
    }
  };
  const close = () => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };
  log('start', {
    at: new Date().toISOString(),
    pid: process.pid,
    node: process.version,
    arguments: process.argv.slice(2),
  });
  return { log, close };
}

/** Sends process warnings to the log: on the screen they would tear up what is drawn there. */
export function captureWarnings(debug: DebugLog): void {
  // Node's own listener is the one that prints.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => debug.log('warning', { name: warning.name, message: warning.message }));
}
