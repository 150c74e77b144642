// A batch as the content of an entry: a line of JSON, then the numbers. Everything is small and mostly alike (indexes into
// dictionaries of a few dozen values), so it is packed into the fewest bytes and deflated: 15 bytes an event, beside its
// text.

import { promisify } from 'node:util';
import { deflateRaw, inflateRaw, inflateRawSync } from 'node:zlib';
import { STORED_FIELDS, type StoredFieldId } from '../../cloudtrail/fields.ts';
import type { Batch, BatchColumn } from '../batch.ts';
import { missingColumns } from './older-fields.ts';
import type { StoredSpan } from './spans.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
/** A page is inflated in less time than it takes to hand it to another thread and back. */
const SMALL_BYTES = 32 * 1024;

/** What a batch holds beside its texts. */
export type BatchParts = Omit<Batch, 'records' | 'origin'>;

export type BatchEntry = {
  readonly parts: BatchParts;
  /** Null: they are in the segment's Parquet file. */
  readonly records: Uint8Array | null;
  readonly spans: readonly StoredSpan[];
};

type Summary = {
  readonly count: number;
  readonly spans: readonly StoredSpan[];
  readonly values: Readonly<Record<StoredFieldId, readonly string[]>>;
  /** Bytes of the texts; -1: none. */
  readonly records: number;
};

export async function packEntry({ parts, records, spans }: BatchEntry): Promise<Buffer> {
  const { count, time, sequence, identity, columns } = parts;
  const values = Object.fromEntries(STORED_FIELDS.map((field) => [field, columns[field].values])) as Summary['values'];
  const summary: Summary = { count, spans, values, records: records?.length ?? -1 };
  const json = Buffer.from(JSON.stringify(summary));
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(json.length);
  const sections = [time, sequence, identity, ...STORED_FIELDS.map((field) => narrow(columns[field]))];
  return await deflate(Buffer.concat([length, json, ...sections.map(bytesOf), records ?? new Uint8Array(0)]), {
    level: 1,
  });
}

/** `fields`: those that the entry's file lists. Where some are missing they are found in the texts, which `textsOf` gives
 *  where they are not in the entry. @throws when it is not what `packEntry` made. */
export async function unpackEntry(
  content: Uint8Array,
  fields: readonly StoredFieldId[] = STORED_FIELDS,
  textsOf: (count: number) => Promise<readonly string[]> = noTexts,
): Promise<BatchEntry> {
  const bytes = content.length <= SMALL_BYTES ? inflateRawSync(content) : await inflate(content);
  const jsonEnd = 4 + bytes.readUInt32LE(0);
  const { count, spans, values, records } = JSON.parse(bytes.toString('utf8', 4, jsonEnd)) as Summary;
  let at = jsonEnd;
  // Copied: the numbers do not lie at multiples of their size.
  const take = (length: number): ArrayBuffer => {
    const section = new ArrayBuffer(length);
    new Uint8Array(section).set(bytes.subarray(at, at + length));
    at += length;
    return section;
  };
  const time = new Float64Array(take(count * 8));
  const sequence = new Float64Array(take(count * 8));
  const identity = new Uint32Array(take(count * 8));
  const columns = {} as Record<StoredFieldId, BatchColumn>;
  for (const field of fields) {
    const size = widthOf(values[field].length);
    const section = take(count * size);
    const narrowed =
      size === 1 ? new Uint8Array(section) : size === 2 ? new Uint16Array(section) : new Int32Array(section);
    columns[field] = { values: values[field], indexes: Int32Array.from(narrowed) };
  }
  const texts = records < 0 ? null : Buffer.from(bytes.subarray(at, at + records));
  if (fields.length < STORED_FIELDS.length) {
    const lines = texts === null ? await textsOf(count) : texts.toString('utf8').split('\n').slice(0, count);
    if (lines.length !== count) throw new Error(`${lines.length} texts of ${count} events`);
    Object.assign(columns, await missingColumns(fields, lines));
  }
  return { parts: { count, time, sequence, identity, columns }, records: texts, spans };
}

function noTexts(count: number): Promise<readonly string[]> {
  return count === 0 ? Promise.resolve([]) : Promise.reject(new Error('its texts are elsewhere'));
}

/** Bytes that an index into so many values takes. */
function widthOf(values: number): 1 | 2 | 4 {
  if (values <= 0x100) return 1;
  return values <= 0x1_0000 ? 2 : 4;
}

function narrow({ values, indexes }: BatchColumn): Uint8Array | Uint16Array | Int32Array {
  const size = widthOf(values.length);
  if (size === 4) return indexes;
  return size === 1 ? Uint8Array.from(indexes) : Uint16Array.from(indexes);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
