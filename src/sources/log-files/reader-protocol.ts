import type { Batch } from '../../store/batch.ts';
import type { FileReport, FileTask } from './file-reader.ts';
import type { ListEvent, ListOptions } from './list-files.ts';

/** What a thread of reader-worker.ts is started for. */
export type WorkerInput =
  | { readonly role: 'list'; readonly options: ListOptions }
  | { readonly role: 'read'; readonly control: Int32Array; readonly maxRawBytes: number }
  /** The built-in sample, its newest event at `end` (ms since the epoch). */
  | { readonly role: 'sample'; readonly end: number };

/** Index in the shared `control` words. */
export const CREDITS = 0;
export const IS_CANCELLED = 1;

export type ReaderRequest = { readonly kind: 'read'; readonly tasks: readonly FileTask[] } | { readonly kind: 'end' };

export type ReaderMessage =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | {
      readonly kind: 'files';
      readonly reports: readonly FileReport[];
      /** Read but not reported yet, as stored: of the file at hand, and of those whose last rows are still to be sent. */
      readonly partialBytes: number;
      readonly totals: ReaderTotals;
      readonly isIdle: boolean;
    }
  | { readonly kind: 'ended' };

/** Counts since the worker began. */
export type ReaderTotals = {
  readonly digests: number;
  readonly notifications: number;
  readonly otherValues: number;
};

export type ListMessage = ListEvent | { readonly kind: 'listed' };
