// Finds the files to read, newest first, and hands them on in groups, so that reading begins before the listing ends.
//
// Folders …/YYYY/MM/DD are listed day by day, the newest first. In an AWSLogs tree (…/CloudTrail/REGION/YYYY/MM/DD) that
// is the day of delivery, and a time range skips whole days; anywhere else nobody knows what a date in a path means.
// The delivery time in a file's name (…_20260831T1205Z_…) orders the other files; files without one come last.

import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Problem } from '../source.ts';

export type ListedFile = { readonly path: string; readonly bytes: number; readonly isNamed: boolean };

export type ListEvent =
  | { readonly kind: 'files'; readonly files: readonly ListedFile[] }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** A named path that does not exist or cannot be entered. */
  | { readonly kind: 'unreadable'; readonly problem: Problem }
  /** Entries of folders that are no files (pipes, sockets, devices). */
  | { readonly kind: 'passedOver'; readonly count: number }
  /** Day folders outside the time range: not opened. */
  | { readonly kind: 'daysOutside'; readonly count: number };

export type ListOptions = {
  readonly paths: readonly string[];
  /** Range of event times, ms since the epoch. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
};

const DAY_MS = 86_400_000;
const DAY_FOLDER = /[\\/](\d{4})[\\/](\d{2})[\\/](\d{2})$/;
const DELIVERY_DAY =
  /[\\/](?:CloudTrail(?:-\w+)?[\\/][^\\/]+|[a-z]{2,4}(?:-[a-z]+)+-\d)[\\/]\d{4}[\\/]\d{2}[\\/]\d{2}$/;
const NAME_TIME = /_(\d{8})T(\d{4,6})Z/;
const GROUP = 2000;

type Unit = { readonly day: string; readonly folder: string | null; readonly files: Entry[] };
type Entry = { readonly path: string; readonly order: string; readonly isNamed: boolean };

export function* listFiles({ paths, since, until }: ListOptions): Generator<ListEvent> {
  const walk = new Walk(since, until);
  for (const path of paths) {
    if (path === '-') {
      yield { kind: 'files', files: [{ path, bytes: 0, isNamed: true }] };
      continue;
    }
    try {
      if (statSync(path).isDirectory()) walk.folder(path);
      else walk.file(path, true);
    } catch (error) {
      yield { kind: 'unreadable', problem: { path, reason: reasonOf(error), kept: 0 } };
    }
  }
  const byDay = Map.groupBy(walk.units(), (unit) => unit.day);
  const days = [...byDay.keys()].sort().reverse();
  for (const day of days) {
    const files: Entry[] = [];
    for (const unit of byDay.get(day) ?? []) {
      for (const file of unit.files) files.push(file);
      if (unit.folder !== null) walk.dayFolder(unit.folder, day, files);
    }
    files.sort((a, b) => (a.order < b.order ? 1 : a.order > b.order ? -1 : a.path < b.path ? -1 : 1));
    for (let k = 0; k < files.length; k += GROUP) {
      yield { kind: 'files', files: files.slice(k, k + GROUP).map(withSize) };
    }
  }
  for (const problem of walk.problems) yield { kind: 'problem', problem };
  if (walk.daysOutside > 0) yield { kind: 'daysOutside', count: walk.daysOutside };
  if (walk.passedOver > 0) yield { kind: 'passedOver', count: walk.passedOver };
}

class Walk {
  readonly problems: Problem[] = [];
  passedOver = 0;
  daysOutside = 0;
  readonly #since: number;
  readonly #until: number;
  readonly #visited = new Set<string>();
  readonly #days: Unit[] = [];
  readonly #flat = new Map<string, Unit>();

  constructor(since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY) {
    this.#since = since;
    this.#until = until;
  }

  units(): Unit[] {
    return [...this.#days, ...this.#flat.values()];
  }

  file(path: string, isNamed: boolean): void {
    const order = nameTime(path);
    const day = order.slice(0, 8);
    let unit = this.#flat.get(day);
    if (unit === undefined) {
      unit = { day, folder: null, files: [] };
      this.#flat.set(day, unit);
    }
    unit.files.push({ path, order, isNamed });
  }

  folder(top: string): void {
    const pending = [top];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const whole = resolve(path);
      const day = DAY_FOLDER.exec(whole);
      if (day !== null) {
        const text = `${day[1]}${day[2]}${day[3]}`;
        const isSkipped = DELIVERY_DAY.test(whole) && !this.#isInRange(text);
        if (isSkipped) this.daysOutside++;
        else if (this.#isNew(path)) this.#days.push({ day: text, folder: path, files: [] });
        continue;
      }
      if (!this.#isNew(path)) continue;
      for (const entry of this.#entries(path)) {
        if (entry.isFolder) pending.push(entry.path);
        else this.file(entry.path, false);
      }
    }
  }

  /** Files below a day folder, into `files`. */
  dayFolder(top: string, day: string, files: Entry[]): void {
    const pending = [top];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      for (const entry of this.#entries(path)) {
        if (!entry.isFolder) files.push({ path: entry.path, order: nameTime(entry.path) || day, isNamed: false });
        else if (this.#isNew(entry.path)) pending.push(entry.path);
      }
    }
  }

  /** Delivery follows the call by minutes, rarely by hours: the range is widened by a day at both ends. */
  #isInRange(day: string): boolean {
    const start = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)));
    return start + 2 * DAY_MS > this.#since && start - DAY_MS <= this.#until;
  }

  /** False for a folder reached before (through a symbolic link, say): it is read once, and no loop is endless. */
  #isNew(path: string): boolean {
    let real: string;
    try {
      real = realpathSync(path);
    } catch {
      return true;
    }
    if (this.#visited.has(real)) return false;
    this.#visited.add(real);
    return true;
  }

  #entries(folder: string): { readonly path: string; readonly isFolder: boolean }[] {
    const found: { path: string; isFolder: boolean }[] = [];
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isFile()) found.push({ path, isFolder: false });
        else if (entry.isDirectory()) found.push({ path, isFolder: true });
        else if (entry.isSymbolicLink()) this.#link(path, found);
        else this.passedOver++;
      }
    } catch (error) {
      this.problems.push({ path: folder, reason: reasonOf(error), kept: 0 });
    }
    return found;
  }

  #link(path: string, found: { path: string; isFolder: boolean }[]): void {
    try {
      const stat = statSync(path);
      if (stat.isFile()) found.push({ path, isFolder: false });
      else if (stat.isDirectory()) found.push({ path, isFolder: true });
      else this.passedOver++;
    } catch (error) {
      this.problems.push({ path, reason: reasonOf(error), kept: 0 });
    }
  }
}

function nameTime(path: string): string {
  const match = NAME_TIME.exec(path);
  return match === null ? '' : `${match[1]}${match[2]}`;
}

function withSize(entry: Entry): ListedFile {
  let bytes = 0;
  try {
    bytes = statSync(entry.path).size;
  } catch {
    // The reader will say what is wrong with it.
  }
  return { path: entry.path, bytes, isNamed: entry.isNamed };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read it';
    case 'ELOOP':
      return 'a symbolic link that leads to itself';
    case 'ENOTDIR':
      return 'part of the path is not a folder';
    default:
      return message;
  }
}
