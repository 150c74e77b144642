// A thread that reads log files (role 'read') or finds them (role 'list'). Reading blocks freely here: the screen's
// thread only ever takes finished batches. Two words of shared memory steer it: how many batches it may still send,
// and whether to stop.

import { parentPort, workerData } from 'node:worker_threads';
import type { Batch } from '../../store/batch.ts';
import { BatchBuilder, transferables } from './batch-builder.ts';
import { type FileReport, type FileTask, readLogFile } from './file-reader.ts';
import { type ListEvent, type ListOptions, listFiles } from './list-files.ts';
import { RecordReader } from './record-reader.ts';

export type WorkerInput =
  | { readonly role: 'list'; readonly options: ListOptions }
  | { readonly role: 'read'; readonly control: Int32Array; readonly maxRawBytes: number };

/** Index in the shared `control` words. */
export const CREDITS = 0;
export const IS_CANCELLED = 1;

export type ReaderRequest = { readonly kind: 'read'; readonly tasks: readonly FileTask[] } | { readonly kind: 'end' };

export type ReaderMessage =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'files'; readonly reports: readonly FileReport[]; readonly totals: ReaderTotals; readonly isIdle: boolean }
  | { readonly kind: 'ended' };

/** Counts since the worker began. */
export type ReaderTotals = {
  readonly events: number;
  readonly digests: number;
  readonly notifications: number;
  readonly otherValues: number;
};

export type ListMessage = ListEvent | { readonly kind: 'listed' };

/** Rows wait at most this long for their batch to fill; the first rows do not wait at all. */
const MAX_WAIT_MS = 500;
const REPORT_EVERY_MS = 80;

if (parentPort !== null) {
  const input = workerData as WorkerInput;
  if (input.role === 'list') {
    for (const event of listFiles(input.options)) parentPort.postMessage(event);
    parentPort.postMessage({ kind: 'listed' } satisfies ListMessage);
  } else read(input.control, input.maxRawBytes);
}

function read(control: Int32Array, maxRawBytes: number): void {
  const port = parentPort as NonNullable<typeof parentPort>;
  const builder = new BatchBuilder();
  const reader = new RecordReader(builder);
  let sentAt = 0;
  let waitMs = 0;
  const isCancelled = (): boolean => Atomics.load(control, IS_CANCELLED) === 1;

  const send = (): void => {
    if (builder.count === 0) return;
    while (Atomics.load(control, CREDITS) <= 0 && !isCancelled()) Atomics.wait(control, CREDITS, 0, 100);
    Atomics.sub(control, CREDITS, 1);
    const batch = builder.take();
    port.postMessage({ kind: 'batch', batch } satisfies ReaderMessage, transferables(batch));
    sentAt = Date.now();
  };
  reader.onFull = send;

  const totals = (): ReaderTotals => ({
    events: reader.events,
    digests: reader.digests,
    notifications: reader.notifications,
    otherValues: reader.otherValues,
  });

  const readTasks = async (tasks: readonly FileTask[]): Promise<void> => {
    let reports: FileReport[] = [];
    let reportedAt = Date.now();
    for (const task of tasks) {
      if (isCancelled()) break;
      reports.push(await readLogFile(task, reader, maxRawBytes, isCancelled));
      const now = Date.now();
      if (now - sentAt >= waitMs) {
        send();
        waitMs = Math.min(MAX_WAIT_MS, waitMs * 2 + 20);
      }
      if (now - reportedAt > REPORT_EVERY_MS) {
        port.postMessage({ kind: 'files', reports, totals: totals(), isIdle: false } satisfies ReaderMessage);
        reports = [];
        reportedAt = now;
      }
    }
    port.postMessage({ kind: 'files', reports, totals: totals(), isIdle: true } satisfies ReaderMessage);
  };

  port.on('message', (request: ReaderRequest) => {
    if (request.kind === 'read') void readTasks(request.tasks);
    else {
      send();
      port.postMessage({ kind: 'ended' } satisfies ReaderMessage);
      port.close();
    }
  });
}
