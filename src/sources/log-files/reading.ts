import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Batch } from '../../store/batch.ts';
import { type Problem, type Progress, SourceError, type SourceOptions, type SourceReport } from '../source.ts';
import type { FileReport, FileTask } from './file-reader.ts';
import type { ListedFile, ListOptions } from './list-files.ts';
import {
  CREDITS,
  IS_CANCELLED,
  type ListMessage,
  type ReaderMessage,
  type ReaderRequest,
  type ReaderTotals,
} from './reader-protocol.ts';
import { startWorker } from './reader-thread.ts';

export type LogFilesOptions = {
  /** Files and folders; '-' is standard input. */
  readonly paths: readonly string[];
  /** Range of event times (ms since the epoch): whole day folders outside it are not opened. Filters nothing else. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Cap on what one file may unpack to, bytes. */
  readonly maxFileSize?: number | undefined;
};

export const DEFAULT_MAX_FILE_SIZE = 4 * 1024 ** 3;

const MAX_READERS = 4;
/** Batches one reader may have on the way. */
const CREDITS_PER_READER = 3;
/** Stored bytes given to a reader at a time, once the sizes of files are known. */
const TASK_BYTES = 1024 * 1024;
const MAX_TASK_FILES = 200;

type Reader = {
  readonly worker: Worker;
  readonly control: Int32Array;
  /** Files given to it that it has not reported, by ordinal. */
  readonly open: Map<number, FileTask>;
  /** Bytes read of files that it has not reported, as stored. */
  partialBytes: number;
  totals: ReaderTotals;
  isIdle: boolean;
};

const NO_TOTALS: ReaderTotals = { digests: 0, notifications: 0, otherValues: 0 };

/** One run over the files: a lister, some readers, and the bookkeeping between them. */
export class Reading {
  readonly #options: LogFilesOptions;
  readonly #sink: (batch: Batch) => Promise<void>;
  readonly #read: SourceOptions;
  readonly #readers = new Set<Reader>();
  readonly #problems: Problem[] = [];
  #queue: ListedFile[] = [];
  #queueAt = 0;
  /** Files whose reader died: read again one by one. */
  readonly #retries: ListedFile[] = [];
  #ordinal = 0;
  #isListing = true;
  #isCancelled = false;
  #filesTotal = 0;
  #filesDone = 0;
  #bytesTotal = 0;
  #bytesDone = 0;
  #otherFiles = 0;
  #daysOutside = 0;
  #unreadable = 0;
  #endedTotals: ReaderTotals = NO_TOTALS;
  /** Events handed on: those still on their way when the reading is cancelled do not count. */
  #events = 0;
  #progressAt = 0;
  #sinking: Promise<void> = Promise.resolve();
  #finish: (() => void) | null = null;
  #fail: ((error: unknown) => void) | null = null;

  constructor(options: LogFilesOptions, sink: (batch: Batch) => Promise<void>, read: SourceOptions) {
    this.#options = options;
    this.#sink = sink;
    this.#read = read;
  }

  async run(): Promise<SourceReport> {
    const { signal } = this.#read;
    const lister = this.#startLister();
    const cancel = (): void => this.#cancel(lister);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#finish = resolve;
        this.#fail = reject;
        if (signal?.aborted) cancel();
        else signal?.addEventListener('abort', cancel, { once: true });
      });
      await this.#sinking;
    } finally {
      signal?.removeEventListener('abort', cancel);
      const workers = [lister, ...[...this.#readers].map((reader) => reader.worker)];
      for (const { control } of this.#readers) wake(control);
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
    if (this.#unreadable > 0 && this.#filesTotal === 0) {
      throw new SourceError(this.#problems.map(({ path, reason }) => `${path}: ${reason}`).join('\n'));
    }
    return this.#report();
  }

  #startLister(): Worker {
    const { paths, since, until } = this.#options;
    const options: ListOptions = { paths, since, until };
    const lister = startWorker({ role: 'list', options });
    lister.on('message', (message: ListMessage) => {
      switch (message.kind) {
        case 'files':
          for (const file of message.files) this.#bytesTotal += file.bytes;
          this.#filesTotal += message.files.length;
          this.#queue.push(...message.files);
          this.#assign();
          break;
        case 'unreadable':
          this.#unreadable++;
          this.#problems.push(message.problem);
          break;
        case 'problem':
          this.#problems.push(message.problem);
          break;
        case 'passedOver':
          this.#otherFiles += message.count;
          break;
        case 'daysOutside':
          this.#daysOutside += message.count;
          break;
        case 'listed':
          this.#isListing = false;
          this.#assign();
      }
      this.#tell();
    });
    lister.on('error', (error) => this.#fail?.(error));
    return lister;
  }

  /** Gives work to idle readers, starts readers while there is work for more, and ends when there is none. */
  #assign(): void {
    if (this.#isCancelled) return;
    for (const reader of this.#readers) if (reader.isIdle) this.#give(reader);
    const most = Math.min(MAX_READERS, Math.max(1, availableParallelism()));
    while (this.#readers.size < most && this.#hasWork()) this.#give(this.#startReader());
    this.#flushForRetries();
    this.#endIfDone();
  }

  /** A file to be read again waits for a reader that has nothing unsent: that of no other file is lost with it. */
  #flushForRetries(): void {
    if (this.#retries.length === 0 || this.#queueAt < this.#queue.length) return;
    for (const { isIdle, open, worker } of this.#readers) {
      if (isIdle && open.size > 0) worker.postMessage({ kind: 'end' } satisfies ReaderRequest);
    }
  }

  #endIfDone(): void {
    if (this.#isListing || this.#hasWork()) return;
    for (const reader of this.#readers) if (!reader.isIdle) return;
    if (this.#readers.size === 0) this.#finish?.();
    else for (const reader of this.#readers) reader.worker.postMessage({ kind: 'end' } satisfies ReaderRequest);
  }

  #hasWork(): boolean {
    return this.#queueAt < this.#queue.length || this.#retries.length > 0;
  }

  #give(reader: Reader): void {
    const tasks: FileTask[] = [];
    const retry = reader.open.size === 0 && this.#queueAt >= this.#queue.length ? this.#retries.pop() : undefined;
    if (retry !== undefined) tasks.push({ path: retry.path, ordinal: this.#ordinal++, isNamed: retry.isNamed });
    let bytes = 0;
    // The first task is one file, so that the first rows come at once.
    const mostFiles = this.#ordinal < MAX_READERS ? 1 : MAX_TASK_FILES;
    while (this.#queueAt < this.#queue.length && tasks.length < mostFiles && bytes < TASK_BYTES) {
      const file = this.#queue[this.#queueAt++] as ListedFile;
      bytes += file.bytes;
      tasks.push({ path: file.path, ordinal: this.#ordinal++, isNamed: file.isNamed });
    }
    if (this.#queueAt > 10_000) {
      this.#queue = this.#queue.slice(this.#queueAt);
      this.#queueAt = 0;
    }
    if (tasks.length === 0) return;
    reader.isIdle = false;
    for (const task of tasks) reader.open.set(task.ordinal, task);
    reader.worker.postMessage({ kind: 'read', tasks } satisfies ReaderRequest);
  }

  #startReader(): Reader {
    const control = new Int32Array(new SharedArrayBuffer(8));
    control[CREDITS] = CREDITS_PER_READER;
    const maxRawBytes = this.#options.maxFileSize ?? DEFAULT_MAX_FILE_SIZE;
    const worker = startWorker({ role: 'read', control, maxRawBytes });
    const reader: Reader = { worker, control, open: new Map(), partialBytes: 0, totals: NO_TOTALS, isIdle: true };
    worker.on('message', (message: ReaderMessage) => this.#onMessage(reader, message));
    worker.on('error', (error) => this.#onCrash(reader, error));
    this.#readers.add(reader);
    return reader;
  }

  #onMessage(reader: Reader, message: ReaderMessage): void {
    switch (message.kind) {
      case 'batch':
        this.#sinking = this.#sinking.then(async () => {
          if (!this.#isCancelled) {
            await this.#sink(message.batch);
            this.#events += message.batch.count;
          }
          Atomics.add(reader.control, CREDITS, 1);
          Atomics.notify(reader.control, CREDITS);
        });
        // A store that cannot go on (disk full) ends the reading; run() rejects with its error.
        this.#sinking.catch((error) => this.#fail?.(error));
        break;
      case 'files':
        for (const report of message.reports) {
          reader.open.delete(report.ordinal);
          this.#onFile(report);
        }
        reader.partialBytes = message.partialBytes;
        reader.totals = message.totals;
        if (message.isIdle) {
          reader.isIdle = true;
          this.#assign();
        }
        this.#tell();
        break;
      case 'ended':
        this.#retire(reader);
        this.#assign();
    }
  }

  #onFile(report: FileReport): void {
    this.#filesDone++;
    this.#bytesDone += report.bytes;
    if (report.isOther) this.#otherFiles++;
    else if (report.problem !== null) {
      const path = report.path === '-' ? 'standard input' : report.path;
      this.#problems.push({ path, reason: report.problem, kept: report.events });
    }
  }

  /**
   * A reader died (out of memory, say). The files it has not reported are read again, each in a task of its own (what
   * the store has of them it knows by the events' ids), so that only the one that kills its reader again is given up.
   */
  #onCrash(reader: Reader, error: Error): void {
    this.#retire(reader);
    const isAlone = reader.open.size === 1;
    for (const { path, isNamed } of reader.open.values()) {
      if (isAlone || path === '-') {
        this.#filesDone++;
        const name = path === '-' ? 'standard input' : path;
        const reason = `the reader failed on it: ${error.message || error.name}; some of its events may be missing`;
        this.#problems.push({ path: name, reason, kept: 0 });
      } else this.#retries.push({ path, bytes: 0, isNamed });
    }
    this.#assign();
  }

  #retire(reader: Reader): void {
    this.#endedTotals = addTotals(this.#endedTotals, reader.totals);
    this.#readers.delete(reader);
  }

  #cancel(lister: Worker): void {
    this.#isCancelled = true;
    for (const { control } of this.#readers) wake(control);
    void lister.terminate();
    this.#finish?.();
  }

  #totals(): ReaderTotals {
    return [...this.#readers].reduce((sum, reader) => addTotals(sum, reader.totals), this.#endedTotals);
  }

  #progress(): Progress {
    return {
      filesDone: this.#filesDone,
      filesTotal: this.#filesTotal,
      bytesDone: [...this.#readers].reduce((sum, reader) => sum + reader.partialBytes, this.#bytesDone),
      bytesTotal: this.#bytesTotal,
      isListing: this.#isListing,
      events: this.#events,
    };
  }

  #tell(): void {
    const now = Date.now();
    if (now - this.#progressAt < 100) return;
    this.#progressAt = now;
    this.#read.onProgress?.(this.#progress());
  }

  #report(): SourceReport {
    const { digests, notifications, otherValues } = this.#totals();
    return {
      ...this.#progress(),
      problems: this.#problems.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
      passedOver: { digests, notifications, otherValues, otherFiles: this.#otherFiles },
      daysOutside: this.#daysOutside,
      wasCancelled: this.#isCancelled,
    };
  }
}

function wake(control: Int32Array): void {
  Atomics.store(control, IS_CANCELLED, 1);
  Atomics.notify(control, CREDITS);
}

function addTotals(a: ReaderTotals, b: ReaderTotals): ReaderTotals {
  return {
    digests: a.digests + b.digests,
    notifications: a.notifications + b.notifications,
    otherValues: a.otherValues + b.otherValues,
  };
}
