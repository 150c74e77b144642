import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gzipOutput } from '../../src/export/gzip-output.ts';
import { type Output, OutputError } from '../../src/export/output.ts';

function memoryOutput(maxBytes = Number.POSITIVE_INFINITY) {
  const chunks: Uint8Array[] = [];
  const calls: string[] = [];
  const output: Output = {
    write: async (chunk) => {
      await new Promise((resolve) => setImmediate(resolve));
      chunks.push(Buffer.from(chunk as Uint8Array));
      if (Buffer.concat(chunks).length > maxBytes) throw new OutputError('the disk is full');
    },
    commit: async () => {
      calls.push('commit');
    },
    abandon: async () => {
      calls.push('abandon');
    },
  };
  return { output, calls, bytes: () => Buffer.concat(chunks) };
}

test('unpacks to what was written, and is committed after the last byte', async () => {
  const inner = memoryOutput();
  const gzip = gzipOutput(inner.output);
  const pieces = Array.from({ length: 40 }, () => randomBytes(20_000).toString('base64'));
  for (const piece of pieces) await gzip.write(piece);
  await gzip.commit();
  expect(gunzipSync(inner.bytes()).toString()).toBe(pieces.join(''));
  expect(inner.calls).toEqual(['commit']);
});

test('nothing at all is a valid file too', async () => {
  const inner = memoryOutput();
  await gzipOutput(inner.output).commit();
  expect(gunzipSync(inner.bytes())).toHaveLength(0);
});

test('a full disk reaches the writer, and nothing is committed', async () => {
  const inner = memoryOutput(50_000);
  const gzip = gzipOutput(inner.output);
  const writing = (async () => {
    for (let i = 0; i < 100; i++) await gzip.write(randomBytes(20_000));
    await gzip.commit();
  })();
  await expect(writing).rejects.toThrow('the disk is full');
  await gzip.abandon();
  expect(inner.calls).toEqual(['abandon']);
});

test('abandoned half way', async () => {
  const inner = memoryOutput();
  const gzip = gzipOutput(inner.output);
  await gzip.write(randomBytes(100_000));
  await gzip.abandon();
  expect(inner.calls).toEqual(['abandon']);
});
