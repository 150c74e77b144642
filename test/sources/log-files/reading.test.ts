// The run itself: progress, cancelling, backpressure, a store that gives up, standard input.

import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CONSOLE_CSV_COLUMNS } from '../../../src/cloudtrail/console-csv.ts';
import { logFilesSource } from '../../../src/sources/log-files/log-files-source.ts';
import type { Progress } from '../../../src/sources/source.ts';
import { StoreError } from '../../../src/store/store.ts';
import { runTrailx, startTrailx } from '../../cli/run-trailx.ts';
import { makeFolder } from './files.ts';
import { recordsOf, recordWith } from './read.ts';

function records(count: number, parts: Readonly<Record<string, unknown>> = {}): string {
  return `${Array.from({ length: count }, () => JSON.stringify(recordWith(parts))).join('\n')}\n`;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const threads = () => (process.report.getReport() as { readonly workers: readonly unknown[] }).workers.length;

/** Some files of 10 MB, more than any batch or queue holds. */
function largeFiles(count: number): string {
  const { path, write } = makeFolder();
  const text = records(5000, { padding: 'x'.repeat(1200) });
  for (let k = 0; k < count; k++) write(text);
  return path;
}

describe('cancelling', () => {
  test('before the beginning', async () => {
    const { path, write } = makeFolder();
    write(records(10));
    const report = await logFilesSource({ paths: [path] }).read(async () => {}, { signal: AbortSignal.abort() });
    expect(report).toMatchObject({ wasCancelled: true, events: 0 });
  });

  test.each([
    ['quick', 0],
    ['slow', 250],
  ])('midway, with a %s sink: the readers stop, nothing hangs', async (_, sinkMs) => {
    const before = threads();
    const controller = new AbortController();
    const { signal } = controller;
    let batches = 0;
    let cancelledAt = 0;
    const report = await logFilesSource({ paths: [largeFiles(20)] }).read(
      async () => {
        await pause(sinkMs);
        if (++batches !== 2) return;
        expect(threads()).toBeGreaterThan(before);
        cancelledAt = performance.now();
        controller.abort();
      },
      { signal },
    );
    const tookMs = performance.now() - cancelledAt;
    const taken = batches;
    expect(report.wasCancelled).toBe(true);
    expect(report.filesDone).toBeLessThan(8);
    expect(report.problems).toEqual([]);
    expect(tookMs).toBeLessThan(5000);
    await pause(50);
    expect(batches).toBe(taken);
    expect(threads()).toBe(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('after the end: nothing', async () => {
    const { path, write } = makeFolder();
    write(records(10));
    const controller = new AbortController();
    const report = await logFilesSource({ paths: [path] }).read(async () => {}, { signal: controller.signal });
    controller.abort();
    expect(report).toMatchObject({ wasCancelled: false, events: 10 });
  });
});

test('a slow sink holds the readers back: batches do not pile up', async () => {
  const path = largeFiles(12);
  let isTaking = false;
  let most = 0;
  const before = process.memoryUsage();
  let taken = 0;
  await logFilesSource({ paths: [path] }).read(async (batch) => {
    expect(isTaking).toBe(false);
    isTaking = true;
    taken += batch.count;
    await pause(25);
    const { arrayBuffers, external } = process.memoryUsage();
    most = Math.max(most, arrayBuffers + external);
    isTaking = false;
  });
  expect(taken).toBe(60_000);
  // 120 MB were read; on the way are at most three batches of some MB for each of four readers.
  expect(most - before.arrayBuffers - before.external).toBeLessThan(90_000_000);
});

test('a store that cannot go on ends the reading with its error, and the threads with it', async () => {
  const before = threads();
  const full = new StoreError('no space left');
  let batches = 0;
  const reading = logFilesSource({ paths: [largeFiles(20)] }).read(async () => {
    await pause(20);
    if (++batches > 1) throw full;
  });
  await expect(reading).rejects.toBe(full);
  const taken = batches;
  await pause(100);
  expect(batches).toBe(taken);
  expect(threads()).toBe(before);
});

test('progress goes up to the whole, also within one file', async () => {
  const { write } = makeFolder();
  const file = write(records(30_000, { padding: 'x'.repeat(1200) }));
  const told: Progress[] = [];
  const report = await logFilesSource({ paths: [file] }).read(async () => {}, {
    onProgress: (progress) => told.push(progress),
  });
  expect(report).toMatchObject({ filesDone: 1, filesTotal: 1, events: 30_000, isListing: false });
  expect(report.bytesDone).toBe(report.bytesTotal);
  const midway = told.filter(({ bytesDone, bytesTotal }) => bytesDone > 0 && bytesDone < bytesTotal);
  expect(midway.length).toBeGreaterThan(0);
  for (const [k, progress] of told.entries()) {
    expect(progress.bytesDone).toBeGreaterThanOrEqual(told[k - 1]?.bytesDone ?? 0);
    expect(progress.events).toBeGreaterThanOrEqual(told[k - 1]?.events ?? 0);
  }
});

test('a file with bytes that are not UTF-8 takes no other file with it', async () => {
  const { path, write } = makeFolder();
  for (let k = 0; k < 20; k++) {
    const text = Buffer.from(records(1, { userAgent: 'agent ??' }));
    if (k === 10) text.fill(0xff, text.indexOf('??'), text.indexOf('??') + 2);
    write(text);
  }
  let events = 0;
  const report = await logFilesSource({ paths: [path] }).read(async (batch) => {
    events += batch.count;
    expect(recordsOf(batch).split('\n')).toHaveLength(batch.count + 1);
  });
  expect(events).toBe(20);
  expect(report.problems).toEqual([expect.objectContaining({ kept: 1, reason: expect.stringContaining('UTF-8') })]);
});

test('a file that no reader survives takes no other file with it', async () => {
  const { path, write } = makeFolder();
  for (let k = 0; k < 6; k++) write(records(3));
  // One cell of a console CSV that is larger than a reader's heap.
  const killer = write(
    gzipSync(Buffer.concat([Buffer.from(`${CONSOLE_CSV_COLUMNS.join(',')}\n"`), Buffer.alloc(400e6, 'x')])),
  );
  let events = 0;
  const report = await logFilesSource({ paths: [path] }).read(async (batch) => {
    events += batch.count;
  });
  expect({ events, told: report.events, files: report.filesDone }).toEqual({ events: 18, told: 18, files: 7 });
  expect(report.problems).toEqual([
    expect.objectContaining({ path: killer, reason: expect.stringMatching(/^the reader failed on it: .*memory/) }),
  ]);
});

test('labels', () => {
  expect(logFilesSource({ paths: ['/logs/AWSLogs/'] }).label).toBe('AWSLogs');
  expect(logFilesSource({ paths: ['-'] }).label).toBe('standard input');
  expect(logFilesSource({ paths: ['a', 'b'] }).label).toBe('2 paths');
  expect(logFilesSource({ paths: ['/'] }).label).toBe('/');
});

describe.concurrent('standard input, of the real program', () => {
  test('a pipe, plain and in pieces', async () => {
    const text = records(3000);
    const { child, ended } = startTrailx(['query', '-', '--oldest-first'], { isInputOpen: true });
    for (let at = 0; at < text.length; at += 100_001) {
      child.stdin?.write(text.slice(at, at + 100_001));
      await pause(5);
    }
    child.stdin?.end();
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').sort()).toEqual(text.split('\n').sort());
  });

  test('gzip, beside a file', async () => {
    const { gzipSync } = await import('node:zlib');
    const { write } = makeFolder();
    const [piped, filed] = [records(20), records(20)];
    const { code, stdout } = await runTrailx(['query', '-', write(filed)], { input: gzipSync(piped) });
    expect(code).toBe(0);
    expect(stdout.split('\n').sort()).toEqual((piped + filed).split('\n').sort());
  });

  test.each([
    ['nothing', '', 'standard input: empty file'],
    ['no log', 'hello\n', 'standard input: neither JSON, gzip nor a console CSV'],
  ])('%s', async (_, input, message) => {
    const { code, stdout, stderr } = await runTrailx(['query', '-'], { input });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('one that never ends can be interrupted', async () => {
    const { child, ended } = startTrailx(['query', '-'], { isInputOpen: true });
    child.stdin?.write(records(5));
    await pause(1500);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stdout: '' });
  });
});
