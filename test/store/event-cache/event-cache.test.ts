// The event cache as runs of trailx use it: write, end, start again; many runs, two at once, cleared in between.

import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { query, textsOf } from '../events.ts';
import {
  ALL,
  filesOf,
  heldIn,
  LANE,
  laneFolderOf,
  makeCacheFolder,
  openCache,
  pages,
  records,
  runOnce,
  spanOf,
  writeEvents,
} from './cache-helpers.ts';

test('an empty cache holds nothing and makes only folders', async () => {
  const folder = makeCacheFolder();
  expect(await heldIn(folder)).toEqual({ texts: [], spans: [], notices: [], origins: new Set() });
});

test('what one run writes the next one reads, text for text, cell for cell', async () => {
  const folder = makeCacheFolder();
  expect(await runOnce(folder, 0, 230)).toEqual([]);
  const { cache } = openCache(folder);
  const lane = await cache.lane(LANE);
  expect(lane.spans).toEqual([spanOf(0, 230)]);
  const store = await openStore();
  const direct = await openStore();
  for (const batch of pages(0, 230)) await direct.append(batch);
  for await (const batch of lane.batches(3)) await store.append(batch);
  const [found, expected] = [await store.search(ALL), await direct.search(ALL)];
  expect(await textsOf(store, found)).toEqual(records(0, 230));
  const cells = (events: readonly { readonly time: number | null; readonly cells: unknown }[]) =>
    events.map((event) => [event.time, event.cells]);
  expect(cells(await store.window(found, 0, 230))).toEqual(cells(await direct.window(expected, 0, 230)));
  expect(store.countOf(new Set([3]))).toBe(230);
  // Read once more, nothing is new.
  for await (const batch of lane.batches(3)) expect(await store.append(batch)).toMatchObject({ added: 0 });
  await store.close();
  await direct.close();
  await cache.close();
});

test('only its user may read it', async () => {
  const folder = makeCacheFolder();
  await runOnce(folder, 0, 10);
  const { cache } = openCache(folder);
  cache.rememberAccount('print', '111122223333');
  await cache.close();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
    expect([entry.name, mode.toString(8)]).toEqual([entry.name, entry.isDirectory() ? '700' : '600']);
  }
});

test('accounts, Regions and kinds of events are apart, and names lead nowhere', async () => {
  const folder = makeCacheFolder();
  await runOnce(folder, 0, 10);
  for (const other of [{ account: '444455556666' }, { region: 'us-east-1' }, { category: 'insight' as const }]) {
    expect((await heldIn(folder, { ...LANE, ...other })).texts).toEqual([]);
  }
  const { cache } = openCache(folder);
  await writeEvents(await cache.lane({ ...LANE, account: '../../..', region: '/etc' }), 0, 5);
  await cache.close();
  expect(readdirSync(join(folder, '..'))).toEqual(['events']);
  expect(readdirSync(join(folder, 'aws')).sort()).toEqual(['111122223333', '444455556666', '________']);
});

test('the account of a fingerprint is remembered, the latest only', async () => {
  const folder = makeCacheFolder();
  const { cache } = openCache(folder);
  expect(cache.accountOf('a')).toBeNull();
  cache.rememberAccount('a', '111122223333');
  const other = openCache(folder).cache;
  other.rememberAccount('b', '444455556666');
  cache.rememberAccount('c', '111122223333');
  expect(['a', 'b', 'c'].map((print) => openCache(folder).cache.accountOf(print))).toEqual([
    '111122223333',
    '444455556666',
    '111122223333',
  ]);
  for (let k = 0; k < 600; k++) cache.rememberAccount(`k${k}`, '111122223333');
  const later = openCache(folder).cache;
  expect([later.accountOf('a'), later.accountOf('k599')]).toEqual([null, '111122223333']);
  writeFileSync(join(folder, 'accounts.json'), '{"k599": "x", "k1');
  expect(openCache(folder).cache.accountOf('k599')).toBeNull();
});

describe('housekeeping', () => {
  test('hundreds of runs leave few files and lose nothing', async () => {
    const folder = makeCacheFolder();
    for (let run = 0; run < 90; run++) {
      // Each run overlaps the one before.
      expect(await runOnce(folder, Math.max(0, run * 20 - 5), run * 20 + 20)).toEqual([]);
    }
    expect(readdirSync(laneFolderOf(folder)).length).toBeLessThan(30);
    const { texts, spans, notices, origins } = await heldIn(folder);
    expect(texts).toEqual(records(0, 1800));
    expect(spans).toEqual([spanOf(0, 1800)]);
    expect(notices).toEqual([]);
    expect(origins).toEqual(new Set([7]));
  });

  test('a long run packs while it writes; segments come back newest first and search works on them', async () => {
    const folder = makeCacheFolder();
    for (let part = 0; part < 9; part++) {
      const { cache } = openCache(folder);
      const lane = await cache.lane(LANE);
      for (const batch of pages(part * 1000, part * 1000 + 1000, 250)) await lane.write(batch, []);
      // Enough of them that each run makes a segment.
      for (let k = 0; k < 8; k++) {
        const { cache: other } = openCache(folder);
        await (await other.lane(LANE)).write(null, [spanOf(part * 1000, part * 1000 + 1000)]);
        await other.close();
      }
      await cache.close();
    }
    const segments = filesOf(folder, '.parquet');
    expect(segments.length).toBeGreaterThan(0);
    expect(segments.length).toBeLessThan(9);
    const { cache, notices } = openCache(folder);
    const lane = await cache.lane(LANE);
    expect(lane.spans).toEqual([spanOf(0, 9_000)]);
    const store = await openStore();
    let newest: number | null = null;
    for await (const batch of lane.batches(1)) {
      newest ??= Math.max(...batch.time);
      await store.append(batch);
    }
    expect(newest).toBe(spanOf(0, 9_000).to);
    const result = await store.search(ALL);
    expect(result.total).toBe(9_000);
    expect(await textsOf(store, result)).toEqual(records(0, 9_000));
    const needle = await store.search(query('requestParameters.text:needle1234'));
    expect(await store.record(needle.rows[0] as number)).toBe(records(1_234, 1_235)[0]);
    await store.close();
    await cache.close();
    expect(notices).toEqual([]);
  });

  test('without events: that nothing happened is known too', async () => {
    const folder = makeCacheFolder();
    for (let run = 0; run < 20; run++) {
      const { cache } = openCache(folder);
      await (await cache.lane(LANE)).write(null, [spanOf(run * 10, run * 10 + 10)]);
      await cache.close();
    }
    const { texts, spans } = await heldIn(folder);
    expect(texts).toEqual([]);
    expect(spans).toEqual([spanOf(0, 200)]);
  });
});

test('spans of attributes are apart from each other and from everything', async () => {
  const folder = makeCacheFolder();
  const [alice, delete_] = [
    { key: 'Username', value: 'alice' },
    { key: 'EventName', value: 'DeleteTrail' },
  ] as const;
  const { cache } = openCache(folder);
  const lane = await cache.lane(LANE);
  await lane.write(pages(0, 10)[0] ?? null, [spanOf(0, 10, alice), spanOf(5, 20, delete_)]);
  await lane.write(null, [spanOf(10, 30, alice), spanOf(40, 50, alice), spanOf(0, 5)]);
  const expected = [spanOf(40, 50, alice), spanOf(0, 30, alice), spanOf(5, 20, delete_), spanOf(0, 5)];
  expect(new Set(lane.spans)).toEqual(new Set(expected));
  await cache.close();
  expect(new Set((await heldIn(folder)).spans)).toEqual(new Set(expected));
});

test('a lane is one, however often it is asked for; after its end nothing is written', async () => {
  const folder = makeCacheFolder();
  const { cache } = openCache(folder);
  const lane = await cache.lane(LANE);
  expect(await cache.lane(LANE)).toBe(lane);
  await writeEvents(lane, 0, 10);
  await lane.close();
  await lane.write(pages(20, 30)[0] ?? null, [spanOf(20, 30)]);
  await lane.close();
  await cache.close();
  await cache.close();
  expect((await heldIn(folder)).texts).toEqual(records(0, 10));
});

describe('two at once', () => {
  test('each sees what the other has written so far; both last', async () => {
    const folder = makeCacheFolder();
    const [one, two] = [openCache(folder), openCache(folder)];
    const [first, second] = [await one.cache.lane(LANE), await two.cache.lane(LANE)];
    await Promise.all([writeEvents(first, 0, 100), writeEvents(second, 60, 200)]);
    const { texts, spans } = await heldIn(folder);
    expect([texts, spans]).toEqual([records(0, 200), [spanOf(0, 200)]]);
    await Promise.all([one.cache.close(), two.cache.close()]);
    expect((await heldIn(folder)).texts).toEqual(records(0, 200));
    expect([...one.notices, ...two.notices]).toEqual([]);
  });

  test('begun by many at the same moment', async () => {
    const folder = makeCacheFolder();
    const notices = await Promise.all(Array.from({ length: 12 }, (_, k) => runOnce(folder, k * 10, k * 10 + 10)));
    expect(notices.flat()).toEqual([]);
    const { texts, spans } = await heldIn(folder);
    expect([texts, spans]).toEqual([records(0, 120), [spanOf(0, 120)]]);
  });

  test('one reads while the other merges and clears: it gets everything that was there', async () => {
    const folder = makeCacheFolder();
    for (let run = 0; run < 63; run++) await runOnce(folder, run * 10, run * 10 + 10);
    const { cache, notices } = openCache(folder);
    const lane = await cache.lane(LANE);
    const store = await openStore();
    let batches = 0;
    for await (const batch of lane.batches(1)) {
      if (batches++ === 0) {
        for (let run = 63; run < 80; run++) await runOnce(folder, run * 10, run * 10 + 10);
        for (const name of readdirSync(laneFolderOf(folder))) {
          if (!name.startsWith('reading-')) rmSync(join(laneFolderOf(folder), name));
        }
      }
      await store.append(batch);
    }
    expect(await textsOf(store, await store.search(ALL))).toEqual(records(0, 630));
    await store.close();
    await cache.close();
    expect(notices).toEqual([]);
  });

  test('cleared while a run writes: it goes on, and no span speaks of events that are gone', async () => {
    const folder = makeCacheFolder();
    const { cache, notices } = openCache(folder);
    const lane = await cache.lane(LANE);
    await writeEvents(lane, 0, 50);
    rmSync(join(folder, 'aws'), { recursive: true });
    await lane.write(pages(50, 60)[0] ?? null, [spanOf(0, 60)]);
    await lane.write(pages(60, 70)[0] ?? null, [spanOf(0, 70)]);
    expect(notices).toEqual(['the event cache was cleared meanwhile; this run goes on without it']);
    const other = await runOnce(folder, 100, 110);
    await lane.write(pages(70, 80)[0] ?? null, [spanOf(0, 80)]);
    await cache.close();
    expect(other).toEqual([]);
    const { texts, spans } = await heldIn(folder);
    expect([texts, spans]).toEqual([records(100, 110), [spanOf(100, 110)]]);
  });
});

test('reading stops when it is told to', async () => {
  const folder = makeCacheFolder();
  await runOnce(folder, 0, 200);
  const { cache, notices } = openCache(folder);
  const lane = await cache.lane(LANE);
  const abort = new AbortController();
  abort.abort();
  await expect(
    (async () => {
      for await (const _ of lane.batches(1, abort.signal)) expect.unreachable();
    })(),
  ).rejects.toThrow(/abort/i);
  await cache.close();
  expect(notices).toEqual([]);
});
