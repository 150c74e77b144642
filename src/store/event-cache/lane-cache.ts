// One lane of the cache on disk, as one process sees it. It writes a journal of its own, reads whatever is there, and tidies
// up at its end. What others do at the same time (write, merge, clear) takes nothing from it.

import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch } from '../batch.ts';
import type { Duck } from '../duck.ts';
import { ownName } from '../owner.ts';
import { arrange } from './arrange.ts';
import type { BatchEntry } from './batch-entry.ts';
import type { CachedSpan, LaneCache } from './event-cache.ts';
import { Gatherer } from './gatherer.ts';
import { Journal, readJournal } from './journal.ts';
import { enterLane, generationOf, listLane, writeHole } from './lane-folder.ts';
import { tidyLane } from './packing.ts';
import { findSegment, linkSegment, type Segment, segmentBatches, sumOf } from './segment.ts';
import { isReadable, shutHole } from './shut-file.ts';
import { type Hole, knownSpans, type StoredSpan } from './spans.ts';
import { cacheTrouble, type NoticeKind, shutTrouble } from './trouble.ts';
import type { Turns } from './turns.ts';

/** A journal of so many bytes (ten times that as text) is ended and packed while the next one is written. */
const MAX_JOURNAL = 2 * 1024 * 1024;
/** Others may merge while we look: how often we look again. */
const ATTEMPTS = 5;

export type LaneOptions = {
  readonly folder: string;
  readonly onNotice: (kind: NoticeKind, line: string) => void;
  readonly duck: () => Promise<Duck>;
  readonly turns: Turns;
};

export class Lane implements LaneCache {
  readonly #folder: string;
  readonly #onNotice: (kind: NoticeKind, line: string) => void;
  readonly #duck: () => Promise<Duck>;
  readonly #turns: Turns;
  #generation: string | null = null;
  #isForeign = false;
  #canWrite = false;
  #journal: Journal | null = null;
  /** Spans by the file they were found in; '' for those written by this process. */
  readonly #found = new Map<string, readonly StoredSpan[]>();
  readonly #own: StoredSpan[] = [];
  /** Journals as they were at a size (they only grow), from the look at the lane to the reading of its events. */
  readonly #journals = new Map<string, { readonly bytes: number; readonly entries: readonly BatchEntry[] }>();
  #holes: readonly Hole[] = [];
  /** Paths of files that may not be read. */
  readonly #shut = new Set<string>();
  #spans: readonly CachedSpan[] | null = null;
  #writing: Promise<void> = Promise.resolve();
  #tidying: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** Events of a segment have been handed out. */
  #hasBegun = false;
  /** Packing while the run goes on: its end does not wait for that. */
  readonly #background = new AbortController();
  readonly #readingFolders: string[] = [];

  private constructor({ folder, onNotice, duck, turns }: LaneOptions) {
    this.#folder = folder;
    this.#onNotice = onNotice;
    this.#duck = duck;
    this.#turns = turns;
  }

  /** Never rejects: a lane that cannot be used is empty and takes nothing. */
  static async open(options: LaneOptions): Promise<Lane> {
    const lane = new Lane(options);
    await lane.#enter();
    if (!lane.#isForeign) {
      await options.turns.take(() => lane.#look()).catch((error: unknown) => lane.#doubt(error));
    }
    return lane;
  }

  get spans(): readonly CachedSpan[] {
    this.#spans ??= knownSpans([...[...this.#found.values()].flat(), ...this.#own], this.#holes);
    return this.#spans;
  }

  async *batches(origin: number, signal?: AbortSignal): AsyncGenerator<Batch> {
    if (this.#isForeign) return;
    try {
      // Before other lanes are looked at: one that is open shows what it has.
      const { folder, segments, entries } = await this.#turns.take(() => this.#snapshot(), 'next');
      const arranged = arrange(entries);
      for (;;) {
        const { done, value } = await this.#turns.take(() => arranged.next(), 'next');
        if (done) break;
        signal?.throwIfAborted();
        const { parts, records } = value;
        yield { ...parts, records, origin };
      }
      for (const segment of segments) {
        signal?.throwIfAborted();
        yield* this.#segmentBatches(folder, segment, origin, signal);
      }
    } catch (error) {
      signal?.throwIfAborted();
      this.#doubt(error);
    }
  }

  write(batch: Batch | null, spans: readonly CachedSpan[]): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      if (!this.#canWrite || this.#isClosed || (batch === null && spans.length === 0)) return;
      try {
        await this.#append(batch, spans);
      } catch (error) {
        this.#stopWriting('cannot be written', error);
      }
    });
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.#writing;
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#background.abort();
    await this.#journal?.close().catch(() => {});
    this.#journal = null;
    await this.#tidying;
    if (this.#canWrite) {
      this.#tidy();
      await this.#tidying;
    }
    for (const folder of this.#readingFolders) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }

  async #enter(): Promise<void> {
    try {
      const { generation, isNewer } = await enterLane(this.#folder);
      this.#generation = generation;
      this.#isForeign = isNewer;
      this.#canWrite = !isNewer;
      if (isNewer)
        this.#onNotice(
          'newer',
          `a newer trailx wrote this event cache; it is left alone and not used: ${this.#folder}`,
        );
    } catch (error) {
      this.#tell('cannot be written', error);
    }
  }

  /** Learns the spans of all that is there. */
  async #look(): Promise<void> {
    const { journals, segments, holes } = await listLane(this.#folder);
    this.#holes = holes;
    for (const { name, bytes } of journals) await this.#lookAtJournal(name, bytes);
    for (const name of segments) await this.#lookAtSegment(name);
  }

  async #lookAtJournal(name: string, bytes: number): Promise<readonly BatchEntry[] | 'gone'> {
    const known = this.#journals.get(name);
    if (known?.bytes === bytes) return known.entries;
    const path = join(this.#folder, name);
    const found = await this.#unlessShut(path, () => readJournal(path));
    if (found === null) return [];
    if (found.kind === 'gone') return 'gone';
    if (found.kind === 'foreign') this.#tellForeign(found.isNewer);
    if (found.kind === 'damaged') await this.#setAside([name], null, null);
    if (found.kind !== 'journal') return [];
    this.#claim(
      name,
      found.entries.flatMap((entry) => entry.spans),
    );
    this.#journals.set(name, { bytes, entries: found.entries });
    return found.entries;
  }

  async #lookAtSegment(name: string): Promise<Segment | 'gone' | null> {
    const path = join(this.#folder, name);
    const found = await this.#unlessShut(`${path}.index`, () => findSegment(this.#folder, name));
    if (found === null) return null;
    if (found.kind === 'gone') return 'gone';
    if (found.kind === 'foreign') this.#tellForeign(found.isNewer);
    if (found.kind === 'damaged') {
      await this.#setAside([`${name}.index`, `${name}.parquet`], found.head?.from ?? null, found.head?.to ?? null);
    }
    if (found.kind !== 'segment') return null;
    this.#claim(name, found.head.spans);
    return found;
  }

  /** What is there at one moment, held by links so that it stays for the time of reading. */
  async #snapshot(): Promise<Snapshot> {
    for (let attempt = 1; ; attempt++) {
      const snapshot = await this.#trySnapshot();
      if (snapshot !== null) {
        this.#journals.clear();
        return snapshot;
      }
      if (attempt === ATTEMPTS) throw new Error('it changes all the time');
    }
  }

  async #trySnapshot(): Promise<Snapshot | null> {
    const listing = await listLane(this.#folder);
    const folder = await this.#makeReadingFolder(listing.segments.length > 0);
    const entries: BatchEntry[] = [];
    for (const { name, bytes } of listing.journals) {
      const found = await this.#lookAtJournal(name, bytes);
      if (found === 'gone') return null;
      entries.push(...found);
    }
    const segments: Segment[] = [];
    for (const name of listing.segments) {
      const found = await this.#lookAtSegment(name);
      if (found === 'gone') return null;
      if (found === null) continue;
      const parquet = join(this.#folder, `${name}.parquet`);
      // Before it is linked, which would make it look as if it had changed just now.
      const isOpen = await this.#unlessShut(parquet, () => isReadable(parquet));
      if (isOpen === false) return null;
      if (isOpen === null) continue;
      if (folder !== this.#folder && !(await linkSegment(this.#folder, folder, name))) return null;
      segments.push(found);
    }
    segments.sort((a, b) => (b.head.to ?? 0) - (a.head.to ?? 0));
    return { folder, segments, entries };
  }

  /** Where the links go; the lane's own folder where none can be made (then nobody can merge or clear either). */
  async #makeReadingFolder(isNeeded: boolean): Promise<string> {
    if (!isNeeded) return this.#folder;
    const folder = join(this.#folder, `reading-${ownName()}`);
    try {
      await mkdir(folder, { mode: 0o700 });
      this.#readingFolders.push(folder);
      return folder;
    } catch {
      return this.#folder;
    }
  }

  async *#segmentBatches(
    folder: string,
    { name, head }: Segment,
    origin: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Batch> {
    const file = join(folder, `${name}.parquet`);
    if ((await sumOf(file, signal)) !== head.parquetSum) {
      await this.#setAside([`${name}.index`, `${name}.parquet`], head.from, head.to);
      return;
    }
    let firstRow = 0;
    for (const batch of await segmentBatches(folder, name, this.#duck)) {
      signal?.throwIfAborted();
      // The newest of each lane first, then older ones of all lanes in turn.
      const place = this.#hasBegun ? 'last' : 'next';
      this.#hasBegun = true;
      const parts = await this.#turns.take(batch, place);
      yield { ...parts, records: { file, firstRow }, origin };
      firstRow += parts.count;
    }
  }

  async #append(batch: Batch | null, spans: readonly CachedSpan[]): Promise<void> {
    if (!(await this.#isOurs())) return this.#giveUp();
    this.#journal ??= await Journal.create(this.#folder);
    const at = Date.now();
    const stored = spans.map((span) => ({ ...span, at }));
    await this.#journal.append(entryFor(batch, stored));
    // Cleared at this very moment: the spans would outlive the events that were written before.
    if (!(await this.#isOurs())) return this.#giveUp();
    this.#own.push(...stored);
    this.#spans = null;
    if (this.#journal.bytes >= MAX_JOURNAL) {
      const journal = this.#journal;
      this.#journal = null;
      await journal.close();
      this.#tidy();
    }
  }

  async #isOurs(): Promise<boolean> {
    return (await generationOf(this.#folder)) === this.#generation;
  }

  async #giveUp(): Promise<void> {
    await this.#journal?.remove().catch(() => {});
    this.#journal = null;
    this.#canWrite = false;
    this.#onNotice('cleared', 'the event cache was cleared meanwhile; this run goes on without it');
  }

  #tidy(): void {
    const isBrief = this.#isClosed;
    const { signal } = isBrief ? new AbortController() : this.#background;
    this.#tidying = this.#tidying
      .then(() => (signal.aborted ? undefined : tidyLane({ folder: this.#folder, duck: this.#duck, signal, isBrief })))
      .catch((error: unknown) => {
        if (!signal.aborted) this.#tell('cannot be packed', error);
      });
  }

  /** Reads a file; one that may not be read is left alone (null), and what may rely on it does not count. */
  async #unlessShut<T>(path: string, read: () => Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch (error) {
      const hole = await shutHole(path, error);
      if (hole === null) throw error;
      if (!this.#shut.has(path)) {
        this.#shut.add(path);
        this.#holes = [...this.#holes, hole];
        this.#spans = null;
        this.#onNotice('shut', shutTrouble(path, error));
      }
      return null;
    }
  }

  /** What could not be read is not claimed: nobody would ask for it again. */
  #doubt(error: unknown): void {
    this.#found.clear();
    this.#own.length = 0;
    this.#spans = null;
    this.#tell('cannot be read', error);
  }

  #claim(name: string, spans: readonly StoredSpan[]): void {
    this.#found.set(name, spans);
    this.#spans = null;
  }

  /** Whatever the files said, and whatever relied on the events of that time, no longer counts. */
  async #setAside(names: readonly string[], from: number | null, to: number | null): Promise<void> {
    const hole: Hole = { from, to, at: Date.now() };
    this.#holes = [...this.#holes, hole];
    this.#spans = null;
    const [first = ''] = names;
    this.#onNotice(
      'damaged',
      `part of the event cache is damaged; it is loaded again, and set aside as ${join(this.#folder, first)}.damaged`,
    );
    try {
      await writeHole(this.#folder, hole);
      for (const name of names) {
        const path = join(this.#folder, name);
        await rename(path, `${path}.damaged`).catch(() => {});
      }
    } catch {
      // A folder that cannot be written: it is found damaged again next time.
    }
  }

  #stopWriting(what: string, error: unknown): void {
    // Later spans may speak of events that could not be written: none is kept from here on.
    this.#canWrite = false;
    this.#tell(what, error);
  }

  #tell(what: string, error: unknown): void {
    this.#onNotice('trouble', cacheTrouble(this.#folder, what, error));
  }

  #tellForeign(isNewer: boolean): void {
    const kind = isNewer ? 'newer' : 'older';
    this.#onNotice(
      kind,
      `${this.#folder} holds what ${isNewer ? 'a newer' : 'an older'} trailx wrote; that is left alone and not used`,
    );
  }
}

type Snapshot = {
  readonly folder: string;
  readonly segments: readonly Segment[];
  readonly entries: readonly BatchEntry[];
};

function entryFor(batch: Batch | null, spans: readonly StoredSpan[]): BatchEntry {
  if (batch === null) return { parts: new Gatherer().take(), records: null, spans };
  const { records, origin: _, ...parts } = batch;
  if (!(records instanceof Uint8Array)) throw new Error('its records are in a file already');
  return { parts, records, spans };
}
