import { expect, test } from 'vitest';
import { LaneIntake } from '../../../src/sources/event-history/lane-intake.ts';
import { Ledger } from '../../../src/sources/event-history/ledger.ts';
import type { PageAnswer } from '../../../src/sources/event-history/page-reader.ts';
import { Slice } from '../../../src/sources/event-history/slice.ts';
import type { Batch } from '../../../src/store/batch.ts';
import type { CachedSpan, EventCache } from '../../../src/store/event-cache/event-cache.ts';

const HOUR = 3_600_000;
const SPAN = { from: 0, to: HOUR };

/** The last page of a chain, with this one event. */
function pageWith(id: string): PageAnswer {
  return {
    events: [{ id, time: HOUR - 1000 }],
    token: null,
    date: null,
    batches: (keep) => (keep(0) ? [{ count: 1 } as Batch] : []),
  };
}

test('a stretch is on disk as complete only when the event that another chain has brought is', async () => {
  const written: string[] = [];
  const cache: EventCache = {
    lane: async () => ({
      spans: [],
      async *batches() {},
      write: async (batch: Batch | null, spans: readonly CachedSpan[]) => {
        written.push(`${batch?.count ?? 0} events, ${spans.length} spans`);
      },
      close: async () => {},
    }),
    accountOf: () => null,
    rememberAccount() {},
    close: async () => {},
  };
  const sink = { accept: () => {} };
  const key = { partition: 'aws', account: '111122223333', region: 'us-east-1', category: 'management' } as const;
  const intake = new LaneIntake(
    {
      key,
      origin: 1,
      cache,
      now: () => 2 * HOUR,
      sink: () =>
        new Promise((resolve) => {
          sink.accept = () => resolve({ added: 1, duplicates: 0 });
        }),
    },
    new Ledger('management'),
  );
  await intake.readDisk(() => {});
  const [poll, history] = [new Slice('poll', null, SPAN), new Slice('history', null, SPAN)];
  history.askedAt = 2 * HOUR;
  const taking = [intake.take(poll, pageWith('a')), intake.take(history, pageWith('a'))];
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual([]);
  sink.accept();
  expect(await Promise.all(taking)).toEqual([1, 0]);
  await intake.close();
  expect(written).toEqual(['1 events, 0 spans', '0 events, 1 spans']);
});
