// Marks and notes between the state and the file: what is marked is written soon after, what was marked in an earlier
// run is found again among the events as they are loaded. Like the Fetcher it is given every new state and reads off it
// what has changed.

import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import {
  type Mark,
  type MarkChange,
  type Marks,
  markedRows,
  markOf,
  type StoredMark,
  type StoredMarks,
} from '../state/marks.ts';
import type { EventKey } from '../store/analysis.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';

/** Where marks outlive the run. See marks-file.ts. */
export type KeptMarks = {
  read(): Promise<{ readonly marks: StoredMarks; readonly notice: string | null }>;
  save(changes: ReadonlyMap<EventKey, MarkChange>): Promise<string | null>;
  /** Changed marks that are still to be stored: `save` tries again. */
  readonly unsaved: number;
};

/** Whose state is served. */
type Client = {
  readonly state: AppState;
  readonly store: Store | null;
  readonly isClosed: boolean;
  dispatch(action: Action): void;
};

/** From a change until it is written: a row of them is written at once. */
const SAVE_MS = 300;
/** From a change that could not be written until the next try. */
const RETRY_MS = 3000;
/** Longest time without a turn for the keys. */
const SLICE_MS = 8;

export class MarksKeeper {
  readonly #client: Client;
  readonly #file: KeptMarks | null;
  readonly #now: () => number;
  /** Of earlier runs, not found among the events yet. */
  readonly #waiting = new Map<EventKey, StoredMark>();
  /** What the file holds of the events that are loaded. */
  readonly #stored = new Map<number, { readonly key: EventKey; readonly entry: StoredMark }>();
  #seen: Marks['byRow'] = new Map();
  readonly #changed = new Set<number>();
  #timer: NodeJS.Timeout | null = null;
  #saving: Promise<void> = Promise.resolve();
  /** Nothing is written before it is known what is there. */
  #reading: Promise<void> = Promise.resolve();
  #placing: Promise<void> = Promise.resolve();
  #isPlacing = false;
  #isPlaceWanted = false;
  #isClosing = false;
  #said: string | null = null;
  #hasSaidUnkept = false;

  constructor(client: Client, file: KeptMarks | null, now: () => number) {
    this.#client = client;
    this.#file = file;
    this.#now = now;
  }

  /** Reads what earlier runs have left. */
  start(): Promise<void> {
    this.#reading = this.#read();
    return this.#reading;
  }

  async #read(): Promise<void> {
    if (this.#file === null) return;
    const { marks, notice } = await this.#file.read();
    if (this.#client.isClosed) return;
    for (const [key, mark] of marks) this.#waiting.set(key, mark);
    if (notice !== null) this.#client.dispatch({ kind: 'said', text: notice, isWarning: true });
    this.place();
  }

  /** Looks for what is still waiting among the events: there are more of them now. */
  place(): void {
    this.#isPlaceWanted = true;
    if (!this.#isPlacing) this.#placing = this.#placeAll();
  }

  async #placeAll(): Promise<void> {
    this.#isPlacing = true;
    const { store } = this.#client;
    while (this.#isPlaceWanted && store !== null && !this.#client.isClosed) {
      this.#isPlaceWanted = false;
      let placed = new Map<number, Mark>();
      let startedAt = performance.now();
      for (const [key, entry] of this.#waiting) {
        const row = store.rowOf(key);
        if (row >= 0) {
          this.#waiting.delete(key);
          this.#stored.set(row, { key, entry });
          placed.set(row, { isMarked: entry.marked, note: entry.note });
        }
        if (performance.now() - startedAt < SLICE_MS) continue;
        this.#takePlaced(placed);
        placed = new Map();
        await new Promise((resolve) => setImmediate(resolve));
        startedAt = performance.now();
      }
      this.#takePlaced(placed);
    }
    this.#isPlacing = false;
  }

  #takePlaced(placed: ReadonlyMap<number, Mark>): void {
    if (placed.size > 0 && !this.#client.isClosed) this.#client.dispatch({ kind: 'marksPlaced', marks: placed });
  }

  /** Takes up what has changed in the state. */
  serve(): void {
    const { byRow } = this.#client.state.marks;
    const before = this.#seen;
    if (byRow === before) return;
    this.#seen = byRow;
    for (const [row, mark] of byRow) if (before.get(row) !== mark) this.#changed.add(row);
    for (const row of before.keys()) if (!byRow.has(row)) this.#changed.add(row);
    if (this.#changed.size === 0) return;
    if (this.#file === null) this.#sayUnkept('marks of the sample are not kept: they last as long as this run');
    else this.#saveIn(SAVE_MS);
  }

  #saveIn(delayMs: number): void {
    if (this.#isClosing) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#save();
    }, delayMs);
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#save();
  }

  /** Why marks of this run are lost, once it is closed; null: they are not. */
  get problem(): string | null {
    return this.#changed.size > 0 || (this.#file?.unsaved ?? 0) > 0 ? this.#said : null;
  }

  /** For exports; null where there is none. */
  noteOf(row: number): string | null {
    const { note } = markOf(this.#client.state.marks, row);
    return note === '' ? null : note;
  }

  /** The marked events in list order, whether or not the list holds them. Null before the store is open. */
  marked(): Result | null {
    return this.#client.store?.pick(markedRows(this.#client.state.marks)) ?? null;
  }

  #save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#saveChanged());
    return this.#saving;
  }

  async #saveChanged(): Promise<void> {
    const { store } = this.#client;
    if (this.#file === null || store === null) return;
    await this.#reading;
    await this.#placing;
    if (this.#changed.size === 0 && this.#file.unsaved === 0) return;
    const rows = [...this.#changed];
    this.#changed.clear();
    try {
      const changes = await this.#changesOf(rows, store);
      if (changes.size > 0 || this.#file.unsaved > 0) this.#say(await this.#file.save(changes));
      if (this.#file.unsaved > 0) this.#saveIn(RETRY_MS);
    } catch (error) {
      // They are still to be written.
      for (const row of rows) this.#changed.add(row);
      this.#saveIn(RETRY_MS);
      this.#say(`marks are not kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Once, however often it is tried again. */
  #say(notice: string | null): void {
    const isNew = notice !== null && notice !== this.#said;
    this.#said = notice;
    if (isNew) this.#client.dispatch({ kind: 'said', text: notice, isWarning: true });
  }

  /** What the file has to hold of these rows, member by member, where that is something else than it does. */
  async #changesOf(rows: readonly number[], store: Store): Promise<ReadonlyMap<EventKey, MarkChange>> {
    const { marks } = this.#client.state;
    const changes = new Map<EventKey, MarkChange>();
    const added: number[] = [];
    const at = new Date(this.#now()).toISOString();
    for (const row of rows) {
      const { isMarked, note } = markOf(marks, row);
      const known = this.#stored.get(row);
      if (known === undefined) {
        if (isMarked || note !== '') added.push(row);
        continue;
      }
      const { key, entry } = known;
      const change = {
        ...(entry.marked === isMarked ? {} : { marked: isMarked }),
        ...(entry.note === note ? {} : { note }),
      };
      if (Object.keys(change).length === 0) continue;
      this.#stored.set(row, { key, entry: { ...entry, ...change, at } });
      // With what makes it readable, for it may be gone from the file.
      const { marked: _marked, note: _note, ...about } = entry;
      changes.set(key, { ...about, ...change, at });
    }
    await this.#describe(added, store, (row, key, about) => {
      const { isMarked, note } = markOf(marks, row);
      const entry = { marked: isMarked, note, ...about, at };
      this.#stored.set(row, { key, entry });
      // A note that another trailx has written since is not taken away by marking its event.
      const { note: _note, ...withoutNote } = entry;
      changes.set(key, note === '' ? withoutNote : entry);
    });
    return changes;
  }

  /** What makes the file readable: which events these are. */
  async #describe(
    rows: readonly number[],
    store: Store,
    take: (row: number, key: EventKey, about: Pick<StoredMark, 'eventID' | 'time' | 'name' | 'who'>) => void,
  ): Promise<void> {
    if (rows.length === 0) return;
    const picked = store.pick(rows);
    const [events, keys] = await Promise.all([store.window(picked, 0, picked.total), store.keysOf(rows)]);
    let place = 0;
    let startedAt = performance.now();
    for await (const texts of store.records(picked)) {
      for (const text of texts) {
        const event = events[place++];
        if (event === undefined) continue;
        const key = keys.get(event.row);
        if (key === undefined) this.#sayUnkept('an event without eventID is marked for this run only');
        else take(event.row, key, { ...idAndTime(text), name: event.cells.name, who: event.cells.who });
        if (performance.now() - startedAt < SLICE_MS) continue;
        await new Promise((resolve) => setImmediate(resolve));
        startedAt = performance.now();
      }
    }
  }

  /** Once. */
  #sayUnkept(text: string): void {
    if (this.#hasSaidUnkept) return;
    this.#hasSaidUnkept = true;
    this.#client.dispatch({ kind: 'said', text });
  }
}

function idAndTime(text: string): { readonly eventID: string; readonly time: string } {
  try {
    const { eventID, eventTime } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return {
      eventID: typeof eventID === 'string' ? eventID : '',
      time: typeof eventTime === 'string' ? eventTime : '',
    };
  } catch {
    return { eventID: '', time: '' };
  }
}
