import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Query } from '../query/query.ts';
import type { Analysis } from './analysis.ts';
import type { Batch } from './batch.ts';
import type { CopiedColumn, CopiedPage, CopyOptions } from './copied.ts';
import type { Result } from './result.ts';
import type { Sessions } from './sessions.ts';

export type SearchOptions = {
  readonly signal?: AbortSignal;
  /** Called with the first stage as soon as the columns have answered, before the promise settles. Where only the
   *  records' texts can tell, with the beginning of the list, as soon as the newest of them are searched. */
  readonly onColumns?: (result: Result) => void;
  /** Only events of these origins; all by default. An event that came from several belongs to each of them. */
  readonly origins?: ReadonlySet<number>;
};

/** Times in ms since the epoch, ends included. */
export type Span = { readonly from: number; readonly to: number };

/** How many events fall into each of equal parts of a span, and how many of them failed. */
export type Timeline = Span & { readonly counts: readonly number[]; readonly failures: readonly number[] };

export type DistinctValue = { readonly value: string; readonly count: number };

/** Where every event lands, whatever its source. Nothing here blocks the calling thread for longer than a frame. */
export type Store = Analysis & {
  /** Who stands behind events: sessions, and the calls that began them. */
  readonly callers: Sessions;
  /** Rises with each append. */
  readonly revision: number;
  readonly total: number;
  /** Events of some origins, each once. */
  countOf(origins: ReadonlySet<number>): number;
  /** Adds the events that are not there yet. Rejects with StoreError when the temporary folder is full. */
  append(batch: Batch): Promise<{ readonly added: number; readonly duplicates: number }>;
  /** Newest first. Settles with the complete result; rejects with AbortError when `signal` fires. */
  search(query: Query, options?: SearchOptions): Promise<Result>;
  /** The events at positions [start, start + count) of a result, clamped to it. */
  window(result: Result, start: number, count: number): Promise<readonly TrailEvent[]>;
  /** The beginning of a result: its events of `time` (ms) or later. */
  since(result: Result, time: number): Result;
  /** Position of a row in a result; where it is not there, that of its nearest older neighbour (or the last). */
  positionOf(result: Result, row: number): number;
  /** Nearest position after (step 1) or before (step -1) `from` whose event also matches `query`; -1 if none. */
  findNext(result: Result, from: number, step: 1 | -1, query: Query): Promise<number>;
  /** When a result's events happened, or those within a span; null when none of them states a time. */
  timeline(result: Result, buckets: number, span?: Span): Promise<Timeline | null>;
  /** A record's text exactly as read, without white space between tokens. */
  record(row: number): Promise<string>;
  /** The texts of a result's records in its order (or oldest first), a few hundred at a time, at constant memory. */
  records(result: Result, options?: RecordsOptions): AsyncIterable<readonly string[]>;
  /** Writes events into a Parquet file, in a folder of its own (parts may stand beside it), and tells how many. This
   *  thread only lists them. Rejects with AbortError, or with DuckDB's error where the disk is full. */
  copyTo(
    file: string,
    pages: AsyncIterable<CopiedPage>,
    columns: readonly CopiedColumn[],
    options?: CopyOptions,
  ): Promise<number>;
  /** Distinct values of a stored field with how many events hold each, most frequent first. */
  distinct(field: StoredFieldId): readonly DistinctValue[];
  /** The same, at most `limit`: soon enough for a key press, however many there are. */
  frequent(field: StoredFieldId, limit: number): readonly DistinctValue[];
  /** How many distinct values of a stored field there are. */
  distinctCount(field: StoredFieldId): number;
  /** Readies what searches and facets need as events arrive, so that the first letter need not wait for it. */
  warm(): void;
  /** Closes the database and removes its temporary files. */
  close(): Promise<void>;
};

export type RecordsOptions = {
  readonly oldestFirst?: boolean;
  readonly limit?: number;
  readonly signal?: AbortSignal;
};

/** The store cannot go on: names the folder and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
