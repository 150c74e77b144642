// A thread that reads log files (role 'read'), finds them ('list') or makes the built-in sample ('sample'). Reading blocks freely here: the screen's
// thread only ever takes finished batches. Two words of shared memory steer it: how many batches it may still send,
// and whether to stop.

import { parentPort, workerData } from 'node:worker_threads';
import { BatchBuilder, transferables } from './batch-builder.ts';
import { type FileReport, type FileTask, readLogFile } from './file-reader.ts';
import { listFiles } from './list-files.ts';
import {
  CREDITS,
  IS_CANCELLED,
  type ListMessage,
  type ReaderMessage,
  type ReaderRequest,
  type ReaderTotals,
  type WorkerInput,
} from './reader-protocol.ts';
import { RecordReader } from './record-reader.ts';

/** Rows wait at most this long for their batch to fill; the first rows do not wait at all. */
const MAX_WAIT_MS = 500;
const REPORT_EVERY_MS = 80;

if (parentPort !== null) {
  const input = workerData as WorkerInput;
  if (input.role === 'list') {
    for (const event of listFiles(input.options)) parentPort.postMessage(event);
    parentPort.postMessage({ kind: 'listed' } satisfies ListMessage);
  } else if (input.role === 'sample') void sendSample(input.end);
  else read(input.control, input.maxRawBytes);
}

async function sendSample(end: number): Promise<void> {
  const { generateSample } = await import('../sample/generate-sample.ts');
  const builder = new BatchBuilder();
  const reader = new RecordReader(builder);
  const send = (): void => {
    const batch = builder.take();
    parentPort?.postMessage({ kind: 'batch', batch } satisfies ReaderMessage, transferables(batch));
  };
  reader.onFull = send;
  reader.beginFile(0);
  for (const record of generateSample({ end })) reader.text(record);
  if (builder.count > 0) send();
  parentPort?.postMessage({ kind: 'ended' } satisfies ReaderMessage);
}

function read(control: Int32Array, maxRawBytes: number): void {
  const port = parentPort as NonNullable<typeof parentPort>;
  const builder = new BatchBuilder();
  const reader = new RecordReader(builder);
  /** Files that were read, of which the batch at hand still holds rows; and those of which everything was sent. Only
   *  those are reported: should this thread die, the others are read again. */
  const finished: FileReport[] = [];
  const sent: FileReport[] = [];
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
    sent.push(...finished.splice(0));
  };
  reader.onFull = send;

  const totals = (): ReaderTotals => ({
    digests: reader.digests,
    notifications: reader.notifications,
    otherValues: reader.otherValues,
  });

  let reportedAt = Date.now();
  const report = (bytesOfThisFile: number, isIdle: boolean): void => {
    if (builder.count === 0) sent.push(...finished.splice(0));
    const reports = sent.splice(0);
    const partialBytes = finished.reduce((sum, { bytes }) => sum + bytes, bytesOfThisFile);
    port.postMessage({ kind: 'files', reports, partialBytes, totals: totals(), isIdle } satisfies ReaderMessage);
    reportedAt = Date.now();
  };
  const tell = (bytesOfThisFile: number): void => {
    const now = Date.now();
    if (now - sentAt >= waitMs && builder.count > 0) {
      send();
      waitMs = Math.min(MAX_WAIT_MS, waitMs * 2 + 20);
    }
    if (now - reportedAt > REPORT_EVERY_MS) report(bytesOfThisFile, false);
  };

  const readTasks = async (tasks: readonly FileTask[]): Promise<void> => {
    for (const task of tasks) {
      if (isCancelled()) break;
      const done = await readLogFile(task, reader, maxRawBytes, { isCancelled, onPiece: tell });
      finished.push(done);
      tell(0);
    }
    report(0, true);
  };

  port.on('message', (request: ReaderRequest) => {
    if (request.kind === 'read') void readTasks(request.tasks);
    else {
      send();
      report(0, true);
      port.postMessage({ kind: 'ended' } satisfies ReaderMessage);
      port.close();
    }
  });
}
