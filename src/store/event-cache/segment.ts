// A segment: events that are packed for good. `<name>.parquet` holds the texts (column `raw`), `<name>.index` the numbers,
// in batches of the same order, and what is known by them. The index is written last and under another name: without it
// there is no segment, and whatever it says is on disk.

import { createReadStream } from 'node:fs';
import { chmod, copyFile, link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Duck } from '../duck.ts';
import { ownName } from '../owner.ts';
import { quoted } from '../quoted.ts';
import { type BatchParts, packEntry, unpackEntry } from './batch-entry.ts';
import { entriesOf, entryOf, headLine, readHead } from './cache-file.ts';
import type { StoredSpan } from './spans.ts';

/** Rows of one batch of an index: what the store takes in without missing a frame. */
export const BATCH_ROWS = 4096;
const PARQUET = '(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 4096)';

export type SegmentHead = {
  readonly kind: 'segment';
  readonly count: number;
  readonly batches: number;
  /** Oldest and newest event, ms; null where none states a time. */
  readonly from: number | null;
  readonly to: number | null;
  readonly spans: readonly StoredSpan[];
  readonly parquetBytes: number;
  readonly parquetSum: number;
};

export type Segment = {
  readonly kind: 'segment';
  readonly name: string;
  readonly head: SegmentHead;
  readonly indexBytes: number;
};

export type FoundSegment =
  | Segment
  | { readonly kind: 'gone' }
  | { readonly kind: 'foreign'; readonly isNewer: boolean }
  /** `head`: what can still be said of it. */
  | { readonly kind: 'damaged'; readonly head: SegmentHead | null };

/** Looks at a segment: everything but the bytes of its texts. @throws as the file system does. */
export async function findSegment(folder: string, name: string): Promise<FoundSegment> {
  const bytes = await readFile(join(folder, `${name}.index`)).catch(ifMissing);
  if (bytes === null) return { kind: 'gone' };
  const opened = readHead(bytes);
  if (opened.kind === 'damaged') return { kind: 'damaged', head: null };
  if (opened.kind === 'foreign') return opened;
  const head = opened.head as SegmentHead;
  const { contents, end } = entriesOf(bytes, opened.start);
  if (end !== 'whole' || contents.length !== head.batches) return { kind: 'damaged', head };
  const parquet = await stat(join(folder, `${name}.parquet`)).catch(ifMissing);
  // Somebody who merges takes the index away first.
  if (parquet === null && (await stat(join(folder, `${name}.index`)).catch(ifMissing)) === null)
    return { kind: 'gone' };
  if (parquet?.size !== head.parquetBytes) return { kind: 'damaged', head };
  return { kind: 'segment', name, head, indexBytes: bytes.length };
}

/** The batches of a segment that was found whole, to be taken in this order, that of its texts. `duck` is opened where an older trailx wrote
 *  it: what it did not store is found in the texts. */
export async function segmentBatches(
  folder: string,
  name: string,
  duck: () => Promise<Duck>,
): Promise<readonly (() => Promise<BatchParts>)[]> {
  const bytes = await readFile(join(folder, `${name}.index`));
  const opened = readHead(bytes);
  if (opened.kind !== 'readable') return [];
  const { contents } = entriesOf(bytes, opened.start);
  let firstRow = 0;
  return contents.map((content) => async () => {
    const textsOf = async (count: number): Promise<readonly string[]> =>
      await readTexts(await duck(), join(folder, `${name}.parquet`), firstRow, count);
    const { parts } = await unpackEntry(content, opened.fields, textsOf);
    firstRow += parts.count;
    return parts;
  });
}

async function readTexts(duck: Duck, file: string, firstRow: number, count: number): Promise<readonly string[]> {
  const found = await duck.query(
    `SELECT raw FROM read_parquet(${quoted(file)}, file_row_number = true)
      WHERE file_row_number >= ${firstRow} AND file_row_number < ${firstRow + count} ORDER BY file_row_number`,
  );
  return found.values(0) as string[];
}

/** Checksum of a file, read in pieces. */
export async function sumOf(path: string, signal?: AbortSignal): Promise<number> {
  let sum = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) })) {
    sum = crc32(piece as Buffer, sum);
  }
  return sum;
}

/** Gathers a segment's batches while its texts are written. */
export class SegmentWriter {
  readonly #folder: string;
  readonly #name = ownName();
  readonly #entries: Buffer[] = [];
  #count = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get count(): number {
    return this.#count;
  }

  async add(parts: BatchParts): Promise<void> {
    this.#entries.push(entryOf(await packEntry({ parts, records: null, spans: [] })));
    this.#count += parts.count;
    for (const time of parts.time) {
      if (time < this.#from) this.#from = time;
      if (time > this.#to) this.#to = time;
    }
  }

  /** Writes the texts as `copy` says (a SELECT of `raw`, run by `run`) and makes the segment one.
   *  @throws when that fails; nothing is left then. */
  async finish(run: (sql: string) => Promise<unknown>, select: string, spans: readonly StoredSpan[]): Promise<void> {
    const parquet = join(this.#folder, `${this.#name}.parquet`);
    const index = join(this.#folder, `${this.#name}.index`);
    try {
      await run(`COPY (${select}) TO ${quoted(`${parquet}.tmp`)} ${PARQUET}`);
      await chmod(`${parquet}.tmp`, 0o600);
      const head: SegmentHead = {
        kind: 'segment',
        count: this.#count,
        batches: this.#entries.length,
        from: Number.isFinite(this.#from) ? this.#from : null,
        to: Number.isFinite(this.#to) ? this.#to : null,
        spans,
        parquetBytes: (await stat(`${parquet}.tmp`)).size,
        parquetSum: await sumOf(`${parquet}.tmp`),
      };
      await writeFile(`${index}.tmp`, Buffer.concat([headLine(head), ...this.#entries]), { mode: 0o600 });
      await rename(`${parquet}.tmp`, parquet);
      await rename(`${index}.tmp`, index);
    } catch (error) {
      for (const path of [`${parquet}.tmp`, `${index}.tmp`, parquet]) await rm(path, { force: true }).catch(() => {});
      throw error;
    }
  }
}

/** Links a segment to where it is read; false when it is gone. */
export async function linkSegment(from: string, to: string, name: string): Promise<boolean> {
  try {
    for (const ending of ['parquet', 'index']) {
      const [source, target] = [join(from, `${name}.${ending}`), join(to, `${name}.${ending}`)];
      await link(source, target).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw error;
        // A file system without links.
        return copyFile(source, target);
      });
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Takes a segment away: the index first. */
export async function removeSegment(folder: string, name: string): Promise<void> {
  await rm(join(folder, `${name}.index`), { force: true });
  await rm(join(folder, `${name}.parquet`), { force: true });
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
