import { expect, test } from 'vitest';
import { sampleSource } from '../../../src/sources/sample/sample-source.ts';
import type { Batch } from '../../../src/store/batch.ts';

const END = Date.UTC(2026, 10, 22, 16, 20, 30);

test('the sample arrives as batches with its cells filled', async () => {
  const batches: Batch[] = [];
  const report = await sampleSource(END).read(async (batch) => void batches.push(batch));
  expect(report).toMatchObject({ events: 3000, problems: [], wasCancelled: false });
  expect(batches.reduce((sum, batch) => sum + batch.count, 0)).toBe(3000);
  const names = new Set(batches.flatMap((batch) => batch.columns.name.values));
  expect(names).toContain('TerminateInstances');
  expect(names).toContain('Insight Start: ApiCallRateInsight RunInstances');
  expect(batches.every((batch) => batch.time.every((time) => time <= END))).toBe(true);
});

test('a cancelled read says so', async () => {
  const report = await sampleSource(END).read(async () => {}, { signal: AbortSignal.abort() });
  expect(report).toMatchObject({ events: 0, wasCancelled: true });
});
