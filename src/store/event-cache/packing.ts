// Housekeeping of a lane, under its lock: journals that nobody writes any more become a segment, small segments one larger,
// so that hundreds of runs do not leave hundreds of files. What is new is there before what is old goes: a process killed
// in between leaves events twice, and the store takes each once.

import { join } from 'node:path';
import { type Duck, LINES } from '../duck.ts';
import { quoted } from '../quoted.ts';
import { arrange } from './arrange.ts';
import type { BatchEntry } from './batch-entry.ts';
import { Gatherer } from './gatherer.ts';
import { readJournal } from './journal.ts';
import { listLane, removeAll } from './lane-folder.ts';
import { lockLane } from './lane-lock.ts';
import {
  BATCH_ROWS,
  findSegment,
  removeSegment,
  type Segment,
  SegmentWriter,
  segmentBatches,
  sumOf,
} from './segment.ts';
import { isReadable, shutHoles, unlessShut } from './shut-file.ts';
import { type Hole, knownSpans, type StoredSpan } from './spans.ts';

/** So many journals, or so many bytes of them, are worth a segment. */
const MANY_JOURNALS = 8;
const MANY_BYTES = 1024 * 1024;
/** Texts that are packed at a time. */
const PACK_BYTES = 64 * 1024 * 1024;
/** So many segments of like size become one. */
const MANY_SEGMENTS = 8;
/** Segments below the first are merged with one another, those between the two as well, larger ones are left. */
const TIERS = [16_384, 131_072] as const;

export type Packing = {
  readonly folder: string;
  readonly duck: () => Promise<Duck>;
  /** Ends it as soon as may be; what was not finished is done another time. */
  readonly signal: AbortSignal;
  /** Somebody waits for the end: only what is quick is merged. */
  readonly isBrief: boolean;
};

/** Packs and merges what is due. @throws as the file system and DuckDB do; nothing is lost then. */
export async function tidyLane(packing: Packing): Promise<void> {
  const { folder, signal } = packing;
  if (!isDue(await listLane(folder))) return;
  const unlock = await lockLane(folder);
  if (unlock === null) return;
  try {
    const { journals, rubbish } = await listLane(folder);
    await removeAll(folder, rubbish);
    const idle = journals.filter(({ isIdle }) => isIdle);
    const bytes = idle.reduce((sum, journal) => sum + journal.bytes, 0);
    if (idle.length >= MANY_JOURNALS || bytes >= MANY_BYTES) {
      await packJournals(
        packing,
        idle.map(({ name }) => name),
      );
    }
    if (!signal.aborted) await mergeSegments(packing);
    if (!signal.aborted) await removeHoles(folder);
  } finally {
    await unlock();
  }
}

function isDue({ journals, segments, rubbish }: Awaited<ReturnType<typeof listLane>>): boolean {
  const idle = journals.filter(({ isIdle }) => isIdle);
  const bytes = idle.reduce((sum, journal) => sum + journal.bytes, 0);
  return idle.length >= MANY_JOURNALS || bytes >= MANY_BYTES || segments.length >= MANY_SEGMENTS || rubbish.length > 0;
}

/** A journal that cannot be used is left: whoever reads the lane next sets it aside and says so. */
async function packJournals(packing: Packing, names: readonly string[]): Promise<void> {
  const { folder } = packing;
  let entries: BatchEntry[] = [];
  let packed: string[] = [];
  let bytes = 0;
  const finish = async (): Promise<void> => {
    if (packed.length === 0) return;
    const holes = await holesIn(folder);
    const spans = entries.flatMap((entry) => entry.spans);
    if (entries.length > 0) await writeSegment(packing, entries, stored(spans, holes));
    await removeAll(folder, packed);
    [entries, packed, bytes] = [[], [], 0];
  };
  for (const name of names) {
    if (packing.signal.aborted) break;
    const found = await unlessShut(() => readJournal(join(folder, name)));
    if (found?.kind !== 'journal') continue;
    const size = found.entries.reduce((sum, { records }) => sum + (records?.length ?? 0), 0);
    if (bytes > 0 && bytes + size > PACK_BYTES) await finish();
    entries.push(...found.entries);
    packed.push(name);
    bytes += size;
  }
  await finish();
}

async function writeSegment(
  { folder, duck }: Packing,
  entries: readonly BatchEntry[],
  spans: readonly StoredSpan[],
): Promise<void> {
  const writer = new SegmentWriter(folder);
  const texts: Uint8Array[] = [];
  for await (const { parts, records } of arrange(entries)) {
    await writer.add(parts);
    texts.push(records);
  }
  const database = await duck();
  if (writer.count === 0) {
    // Spans alone: nothing happened then, which is worth knowing too.
    await writer.finish((sql) => database.query(sql), 'SELECT NULL::VARCHAR AS raw WHERE false', spans);
    return;
  }
  const lines = Buffer.concat(texts);
  await writer.finish((sql) => database.runWithLines(sql, lines), `SELECT raw FROM ${LINES}`, spans);
}

/** Merges the newest segments of like size, as many as there are. */
async function mergeSegments(packing: Packing): Promise<void> {
  const { folder } = packing;
  const { segments: names } = await listLane(folder);
  const segments: Segment[] = [];
  for (const name of names) {
    const found = await unlessShut(async () => {
      await isReadable(join(folder, `${name}.parquet`));
      return await findSegment(folder, name);
    });
    if (found?.kind === 'segment') segments.push(found);
  }
  let low = 0;
  for (const high of packing.isBrief ? TIERS.slice(0, 1) : TIERS) {
    const alike = segments.filter(({ head }) => head.count >= low && head.count < high);
    low = high;
    if (alike.length < MANY_SEGMENTS || packing.signal.aborted) continue;
    const whole = await undamaged(packing, alike);
    if (whole.length < MANY_SEGMENTS) continue;
    whole.sort((a, b) => (b.head.to ?? 0) - (a.head.to ?? 0));
    await mergeSome(packing, whole, await holesIn(folder));
  }
}

/** Those whose texts are as they were written: merged, the others would get a checksum that vouches for the damage. They
 *  are left to whoever reads the lane next, who sets them aside and says so. */
async function undamaged({ folder, signal }: Packing, segments: readonly Segment[]): Promise<Segment[]> {
  const whole: Segment[] = [];
  for (const segment of segments) {
    const { name, head } = segment;
    if ((await sumOf(join(folder, `${name}.parquet`), signal)) === head.parquetSum) whole.push(segment);
  }
  return whole;
}

async function mergeSome(
  { folder, duck, signal }: Packing,
  segments: readonly Segment[],
  holes: readonly Hole[],
): Promise<void> {
  const spans = stored(
    segments.flatMap(({ head }) => head.spans),
    holes,
  );
  const writer = new SegmentWriter(folder);
  const gatherer = new Gatherer();
  for (const { name } of segments) {
    for (const batch of await segmentBatches(folder, name, duck)) {
      signal.throwIfAborted();
      const parts = await batch();
      for (let row = 0; row < parts.count; row++) gatherer.add(parts, row);
      if (gatherer.count >= BATCH_ROWS) await writer.add(gatherer.take());
    }
  }
  if (gatherer.count > 0) await writer.add(gatherer.take());
  const files = segments.map(({ name }) => quoted(join(folder, `${name}.parquet`)));
  const database = await duck();
  const run = (sql: string) => database.query(sql, {}, signal);
  await writer.finish(run, `SELECT raw FROM read_parquet([${files.join(',')}])`, spans);
  for (const { name } of segments) await removeSegment(folder, name);
}

/** What does not count any more of the spans that are written anew, for good: what relied on files that are shut, too. */
async function holesIn(folder: string): Promise<readonly Hole[]> {
  const { journals, segments, holes } = await listLane(folder);
  const names = [
    ...journals.map(({ name }) => name),
    ...segments.flatMap((name) => [`${name}.index`, `${name}.parquet`]),
  ];
  return [...holes, ...(await shutHoles(folder, names))];
}

/** Holes that nothing speaks of any more: all that is there was said after them. */
async function removeHoles(folder: string): Promise<void> {
  const { journals, segments, holes } = await listLane(folder);
  if (holes.length === 0) return;
  const spans: StoredSpan[] = [];
  for (const { name } of journals) {
    const found = await unlessShut(() => readJournal(join(folder, name)));
    // Somebody else may be able to read it some day.
    if (found?.kind !== 'journal') return;
    spans.push(...found.entries.flatMap((entry) => entry.spans));
  }
  for (const name of segments) {
    const found = await unlessShut(() => findSegment(folder, name));
    if (found?.kind !== 'segment') return;
    spans.push(...found.head.spans);
  }
  const done = holes.filter((hole) => spans.every(({ at }) => at > hole.at));
  await removeAll(
    folder,
    done.map(({ name }) => name),
  );
}

/** Spans as they are written anew: what holes took away is gone for good, so the holes need not speak of them again. */
function stored(spans: readonly StoredSpan[], holes: readonly Hole[]): readonly StoredSpan[] {
  // Holes made from now on count: they are of what was there before.
  const at = Math.max(Date.now(), ...holes.map((hole) => hole.at + 1));
  return knownSpans(spans, holes).map((span) => ({ ...span, at }));
}
