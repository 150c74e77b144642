import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export type LogRecord = Readonly<Record<string, unknown>>;

/** The records of files and folders: {"Records": […]}, arrays, one record, one record a line; gzip by its magic bytes.
 *  Files that are none of these are named in `skipped`. @throws when a path cannot be read */
export function readLogs(paths: readonly string[]): { readonly records: LogRecord[]; readonly skipped: string[] } {
  const records: LogRecord[] = [];
  const skipped: string[] = [];
  for (const path of paths.flatMap(filesOf)) {
    const found = recordsOf(textOf(path));
    if (found === null) skipped.push(path);
    else for (const record of found) records.push(record);
  }
  return { records, skipped };
}

/** Moves all events by the same time, so that the newest is at `newest` (ms). */
export function moveTo(records: readonly LogRecord[], newest: number): LogRecord[] {
  const times = records.map(({ eventTime }) => Date.parse(String(eventTime)));
  const last = times.filter((time) => !Number.isNaN(time)).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return records.map((record, index) => {
    const time = new Date((times[index] as number) + newest - last);
    return Number.isNaN(time.getTime()) ? record : { ...record, eventTime: `${time.toISOString().slice(0, 19)}Z` };
  });
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
}

function recordsOf(text: string): LogRecord[] | null {
  const whole = parse(text);
  const values =
    whole === undefined
      ? text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(parse)
      : [whole];
  const records = values
    .flatMap((value) => (isObject(value) && Array.isArray(value.Records) ? value.Records : value))
    .filter((value): value is LogRecord => isObject(value) && typeof value.eventTime === 'string');
  return records.length === 0 ? null : records;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is LogRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
