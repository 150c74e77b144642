import type { Batch } from '../store/batch.ts';

/** Why something could not be read, and what to call it. Never fatal to the rest. */
export type Problem = {
  /** File (or Region, later) as the user would name it. */
  readonly path: string;
  /** What happened and, where there is one, the next step. One line, no trailing full stop. */
  readonly reason: string;
  /** Events that were still read from it. */
  readonly kept: number;
};

export type PassedOver = {
  readonly digests: number;
  readonly notifications: number;
  /** JSON values that are neither events nor a known kind of notification. */
  readonly otherValues: number;
  /** Files in a folder that are neither JSON, gzip nor a console CSV. */
  readonly otherFiles: number;
};

export type Progress = {
  readonly filesDone: number;
  readonly filesTotal: number;
  /** Bytes on disk (compressed where the files are). */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** True while the folders are still being listed: the totals still grow. */
  readonly isListing: boolean;
  /** Events read so far, duplicates included. */
  readonly events: number;
};

export type SourceReport = Progress & {
  readonly problems: readonly Problem[];
  readonly passedOver: PassedOver;
  /** Day folders that were not opened because they lie outside --since and --until. */
  readonly daysOutside: number;
  readonly wasCancelled: boolean;
};

export type SourceOptions = {
  readonly signal?: AbortSignal;
  /** Called at most ten times a second. */
  readonly onProgress?: (progress: Progress) => void;
};

/** Where records come from: log files now; event history, S3 and Athena behind the same shape. */
export type Source = {
  /** For the header, e.g. "AWSLogs" or "3 files". */
  readonly label: string;
  /** Reads everything, hands each batch to `sink` (awaited: that is the backpressure) and reports.
   *  Rejects only when nothing at all can be read because the request itself is wrong (SourceError). */
  read(sink: (batch: Batch) => Promise<void>, options?: SourceOptions): Promise<SourceReport>;
};

/** A request that cannot be served: a path that does not exist, a file named directly that holds no JSON. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}
