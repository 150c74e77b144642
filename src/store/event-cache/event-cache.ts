// Event history once fetched is never fetched again. Contract of the cache on disk; the parts are in this folder.

import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import type { Batch } from '../batch.ts';

/** One account in one Region, one kind of events. */
export type CacheLane = {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly category: 'management' | 'insight';
};

/** A stretch of time (ms since the epoch, whole seconds, ends included) of which every event is known; with an
 *  attribute, every event that has it. */
export type CachedSpan = { readonly from: number; readonly to: number; readonly attribute: LookupAttribute | null };

export type LaneCache = {
  /** What is known on disk, as far as it could be read; grows with `write`, and shrinks where `batches`
   *  finds damage: read it afterwards. */
  readonly spans: readonly CachedSpan[];
  /** The events on disk, newest segment first, `origin` set on each batch. A damaged segment is set aside and told
   *  (EventCache.onNotice), the rest is used. */
  batches(origin: number, signal?: AbortSignal): AsyncIterable<Batch>;
  /** Adds events (a page of 50 or fewer new ones, `records` in memory) and the spans that are now complete, of
   *  events written or read by this lane. On disk,
   *  as far as the operating system goes, when it settles; never rejects: trouble (full disk, read-only) is told once by
   *  onNotice and this run goes on without. */
  write(batch: Batch | null, spans: readonly CachedSpan[]): Promise<void>;
  /** Leaves what was written for the next run, packed where it is worth a file. */
  close(): Promise<void>;
};

export type EventCache = {
  lane(lane: CacheLane): Promise<LaneCache>;
  /** The account that a fingerprint (Access.fingerprint) stood for last time; null: not known. */
  accountOf(fingerprint: string): string | null;
  rememberAccount(fingerprint: string, account: string): void;
  /** Closes every lane. */
  close(): Promise<void>;
};

export type EventCacheOptions = {
  /** The cache folder, e.g. ~/.cache/trailx/events; made 0700 where it is missing. */
  readonly folder: string;
  /** Trouble that a person should know of, one line, said once. */
  readonly onNotice: (line: string) => void;
};
