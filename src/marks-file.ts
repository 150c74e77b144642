// Marks and notes between runs: marks.json beside the settings, for people to read as well. As with the settings,
// keeping them must never stop the program, and a damaged file is set aside. Other than those they are changed all the
// time and by several trailx at once, so a change is merged into what the file holds at that moment, mark by mark.

import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lockFile } from './file-lock.ts';
import { isNewer, isObject, makeFolder, readKept, realPathOf, setAside } from './kept-file.ts';
import { settingsFolder } from './settings.ts';
import { MAX_NOTE, type MarkChange, type StoredMark, type StoredMarks } from './state/marks.ts';
import type { EventKey } from './store/analysis.ts';

export type MarksFile = {
  /** Never rejects. `notice`: what went wrong, for the status line; null: nothing. */
  read(): Promise<{ readonly marks: StoredMarks; readonly notice: string | null }>;
  /** Stores the changes, and those that could not be stored before. Never rejects; settles with a notice where they
   *  could not be stored. */
  save(changes: ReadonlyMap<EventKey, MarkChange>): Promise<string | null>;
  /** Changed marks that are still to be stored: `save` tries again. */
  readonly unsaved: number;
};

/** Rises when an older trailx could misread the file. */
const FORMAT = 1;
const NAME = 'marks';
/** Room for a hundred thousand marks. */
const LARGEST_BYTES = 64_000_000;
/** Another trailx writes for a few milliseconds. */
const LOCK_PATIENCE_MS = 2000;

type Entries = Readonly<Record<string, unknown>>;

/** The marks in `folder`. */
export function openMarks(folder: string = settingsFolder()): MarksFile {
  const path = join(folder, `${NAME}.json`);
  /** Of this run, for the case that the file is damaged under it. */
  let known: Entries = {};
  let isLeftAlone = false;
  /** What could not be written, and is tried again with the next change. */
  const unsaved = new Map<EventKey, MarkChange>();
  /** Reading and writing one after the other. */
  let last: Promise<unknown> = Promise.resolve();

  function next<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done;
    return done;
  }

  /** `isLocked`: a damaged file can be set aside, for nobody else is about to do so. */
  async function look(isLocked: boolean): Promise<{ readonly value: Entries; readonly notice: string | null }> {
    const found = await readKept(path, LARGEST_BYTES);
    if (found.kind === 'none') return { value: {}, notice: null };
    if (found.kind === 'unreadable') return leaveAlone({}, found.reason);
    if (found.kind === 'stored' && isNewer(found.value.format, FORMAT)) {
      return leaveAlone(found.value, 'was written by a newer trailx and is left alone');
    }
    if (found.kind === 'stored' && isObject(found.value.marks)) return { value: found.value, notice: null };
    const reason = found.kind === 'damaged' ? found.reason : 'without marks';
    if (!isLocked)
      return await underLock(() => look(true)).catch(() => ({ value: {}, notice: `${path} is damaged (${reason})` }));
    const aside = setAside(path);
    if (aside === null) return leaveAlone({}, `is damaged (${reason}), and could not be set aside`);
    return { value: known, notice: `${path} was damaged (${reason}): set aside as ${aside}` };
  }

  function leaveAlone(value: Entries, reason: string): { readonly value: Entries; readonly notice: string } {
    isLeftAlone = true;
    return { value, notice: `${path} ${reason}; marks and notes of this run are not kept` };
  }

  async function underLock<T>(work: (real: string, isHeld: () => boolean) => Promise<T>): Promise<T> {
    makeFolder(folder);
    const real = realPathOf(path);
    const lock = await lockFile(join(dirname(real), `${NAME}.lock`), LOCK_PATIENCE_MS);
    if (lock === null) throw new Error('another trailx is writing them');
    try {
      return await work(real, lock.isHeld);
    } finally {
      lock.unlock();
    }
  }

  async function mergeAll(): Promise<string | null> {
    try {
      return await underLock(async (real, isHeld) => {
        const { value, notice } = await look(true);
        if (isLeftAlone) {
          unsaved.clear();
          return notice;
        }
        const merged = { ...value, format: FORMAT, marks: withChanges(value.marks, unsaved) };
        await replace(real, `${JSON.stringify(merged, null, 1)}\n`, isHeld);
        known = merged;
        unsaved.clear();
        return notice;
      });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return `marks and notes cannot be kept in ${folder} (${code ?? message})`;
    }
  }

  return {
    read: () =>
      next(async () => {
        const { value, notice } = await look(false);
        known = value;
        return { marks: marksIn(value.marks), notice };
      }),
    save: (changes) =>
      next(async () => {
        if (isLeftAlone) return null;
        for (const [key, change] of changes) unsaved.set(key, { ...unsaved.get(key), ...change });
        return unsaved.size === 0 ? null : await mergeAll();
      }),
    get unsaved() {
      return unsaved.size;
    },
  };
}

const NEW_MARK: StoredMark = { marked: true, note: '', eventID: '', time: '', name: '', who: '', at: '' };
const MEMBERS = new Set(Object.keys(NEW_MARK));

/** Member by member: another trailx may have written the note of an event that is marked here. */
function withChanges(entries: unknown, changes: ReadonlyMap<EventKey, MarkChange>): Entries {
  const merged: Record<string, unknown> = isObject(entries) ? { ...entries } : {};
  for (const [key, change] of changes) {
    const before = merged[key];
    const entry: Record<string, unknown> = { ...NEW_MARK, ...(isObject(before) ? before : {}), ...change };
    delete merged[key];
    // What we do not know is not ours to drop.
    const isEmpty = entry.marked === false && textOf(entry.note) === '';
    if (!isEmpty || Object.keys(entry).some((member) => !MEMBERS.has(member))) merged[key] = entry;
  }
  return merged;
}

/** Each mark on its own: one that makes no sense costs only itself. */
function marksIn(entries: unknown): StoredMarks {
  const marks = new Map<EventKey, StoredMark>();
  if (!isObject(entries)) return marks;
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
async function replace(path: string, text: string, isHeld: () => boolean): Promise<void> {
  // Reading it takes 5 ms: not at the start.
  const { randomBytes } = await import('node:crypto');
  const beside = join(dirname(path), `.${NAME}.${process.pid}-${randomBytes(6).toString('hex')}.part`);
  // What has the name already is neither followed nor kept.
  const handle = await open(beside, 'wx', 0o600);
  try {
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!isHeld()) throw new Error('another trailx is writing them');
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw error;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
