// Marks and notes between runs: marks.json beside the settings, for people to read as well. As with the settings,
// keeping them must never stop the program, and a damaged file is set aside. Other than those they are changed all the
// time and by several trailx at once, so a change is merged into what the file holds at that moment, mark by mark.

import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsFolder } from './settings.ts';
import { MAX_NOTE, type StoredMark, type StoredMarks } from './state/marks.ts';
import type { EventKey } from './store/analysis.ts';
import { lockLane } from './store/event-cache/lane-lock.ts';

export type MarksFile = {
  /** Never rejects. `notice`: what went wrong, for the status line; null: nothing. */
  read(): Promise<{ readonly marks: StoredMarks; readonly notice: string | null }>;
  /** Stores the changed marks, null for one that goes. Never rejects; settles with a notice where they could not be
   *  stored. */
  save(changes: ReadonlyMap<EventKey, StoredMark | null>): Promise<string | null>;
};

/** Rises when an older trailx could misread the file. */
const FORMAT = 1;
const NAME = 'marks';
/** Room for a hundred thousand marks. */
const LARGEST_BYTES = 64_000_000;
/** Another trailx writes for a few milliseconds. */
const LOCK_PATIENCE_MS = 2000;
const LOCK_PAUSE_MS = 20;

type Entries = Record<string, unknown>;

/** The marks in `folder`. */
export function openMarks(folder: string = settingsFolder()): MarksFile {
  const path = join(folder, `${NAME}.json`);
  /** Of this run, for the case that the file is damaged under it. */
  let known: Entries = {};
  let isLeftAlone = false;
  /** What could not be written, and is tried again with the next change. */
  const unsaved = new Map<EventKey, StoredMark | null>();
  let saving: Promise<unknown> = Promise.resolve();

  async function look(): Promise<{ readonly entries: Entries; readonly notice: string | null }> {
    const found = await readStored(path);
    if (found.kind === 'none') return { entries: {}, notice: null };
    if (found.kind === 'damaged') return { entries: known, notice: await setAside(path, found.reason) };
    if (found.kind === 'stored') return { entries: found.entries, notice: null };
    isLeftAlone = true;
    return { entries: found.entries, notice: `${path} ${found.reason}; marks and notes of this run are not kept` };
  }

  async function merge(changes: ReadonlyMap<EventKey, StoredMark | null>): Promise<string | null> {
    if (isLeftAlone) return null;
    for (const [key, mark] of changes) unsaved.set(key, mark);
    let unlock: (() => Promise<void>) | null = null;
    try {
      await mkdir(folder, { recursive: true });
      unlock = await lockPatiently(folder);
      const { entries, notice } = await look();
      if (isLeftAlone) return notice;
      const merged: Entries = { ...entries };
      for (const [key, mark] of unsaved) {
        delete merged[key];
        if (mark !== null) merged[key] = mark;
      }
      await replace(path, `${JSON.stringify({ format: FORMAT, marks: merged }, null, 1)}\n`);
      known = merged;
      unsaved.clear();
      return notice;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return `marks and notes cannot be kept in ${folder} (${code ?? message})`;
    } finally {
      await unlock?.().catch(() => {});
    }
  }

  return {
    async read() {
      const { entries, notice } = await look();
      known = entries;
      return { marks: marksIn(entries), notice };
    },
    save(changes) {
      const saved = saving.then(() => merge(changes));
      saving = saved;
      return saved;
    },
  };
}

type Found =
  | { readonly kind: 'stored'; readonly entries: Entries }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly reason: string }
  /** Not ours to change. `entries`: what of it can be understood. */
  | { readonly kind: 'left'; readonly entries: Entries; readonly reason: string };

async function readStored(path: string): Promise<Found> {
  let text: string;
  try {
    const stats = await stat(path);
    // Reading a FIFO would wait for ever.
    if (!stats.isFile()) return { kind: 'left', entries: {}, reason: 'is no file' };
    if (stats.size > LARGEST_BYTES) return { kind: 'damaged', reason: 'too large' };
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none' };
    return { kind: 'left', entries: {}, reason: `cannot be read (${code})` };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'damaged', reason: 'not JSON' };
  }
  if (!isObject(value)) return { kind: 'damaged', reason: 'not a JSON object' };
  const entries = isObject(value.marks) ? value.marks : {};
  if (typeof value.format === 'number' && value.format > FORMAT) {
    return { kind: 'left', entries, reason: 'was written by a newer trailx and is left alone' };
  }
  return isObject(value.marks) ? { kind: 'stored', entries } : { kind: 'damaged', reason: 'without marks' };
}

/** Each mark on its own: one that makes no sense costs only itself. */
function marksIn(entries: Entries): StoredMarks {
  const marks = new Map<EventKey, StoredMark>();
  for (const [key, entry] of Object.entries(entries)) {
    if (!/^[0-9a-f]{16}$/.test(key) || !isObject(entry)) continue;
    const note = textOf(entry.note).slice(0, MAX_NOTE);
    const marked = entry.marked !== false;
    if (!marked && note === '') continue;
    const [eventID, time, name, who, at] = [entry.eventID, entry.time, entry.name, entry.who, entry.at].map(textOf);
    marks.set(key, {
      marked,
      note,
      eventID: eventID ?? '',
      time: time ?? '',
      name: name ?? '',
      who: who ?? '',
      at: at ?? '',
    });
  }
  return marks;
}

/** Written beside and put in its place, so that nobody ever reads half of one. */
async function replace(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const handle = await open(beside, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw error;
  }
}

/** Null after a while: one mark lost to another trailx is better than none kept at all. */
async function lockPatiently(folder: string): Promise<(() => Promise<void>) | null> {
  const giveUpAt = performance.now() + LOCK_PATIENCE_MS;
  while (performance.now() < giveUpAt) {
    const unlock = await lockLane(folder, `${NAME}.lock`);
    if (unlock !== null) return unlock;
    await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS));
  }
  return null;
}

async function setAside(path: string, reason: string): Promise<string> {
  const aside = path.replace(/\.json$/, '.damaged.json');
  try {
    await rename(path, aside);
    return `${path} was damaged (${reason}): set aside as ${aside}`;
  } catch {
    return `${path} is damaged (${reason}), and could not be set aside`;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
