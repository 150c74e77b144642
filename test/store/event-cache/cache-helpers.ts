import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Query } from '../../../src/query/query.ts';
import type { Batch } from '../../../src/store/batch.ts';
import type { CachedSpan, CacheLane, EventCache, LaneCache } from '../../../src/store/event-cache/event-cache.ts';
import { openEventCache } from '../../../src/store/event-cache/open-event-cache.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { recordWith } from '../../sources/log-files/read.ts';
import { batchesOf, textsOf } from '../events.ts';

export const ALL: Query = { kind: 'all' };

export const LANE: CacheLane = {
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  category: 'management',
};

/** Event k happened k seconds after this. */
export const START = Date.UTC(2026, 4, 19);

export function makeCacheFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'cache-')), 'events');
}

export function laneFolderOf(folder: string): string {
  return join(folder, 'aws', '111122223333', 'eu-west-1', 'management');
}

export function filesOf(folder: string, ending: string): readonly string[] {
  return readdirSync(laneFolderOf(folder))
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Records of events [from, to), newest first as event history sends them. */
export function records(from: number, to: number, parts: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return Array.from({ length: to - from }, (_, k) => {
    const number = to - 1 - k;
    return JSON.stringify(
      recordWith({
        eventID: `event-${number}`,
        requestID: `request-${number}`,
        eventName: `Call${number % 300}`,
        eventTime: new Date(START + number * 1000).toISOString(),
        requestParameters: { text: `needle${number}`, quote: 'line\nbreak "é😀"' },
        ...parts,
      }),
    );
  });
}

export function pages(from: number, to: number, size = 50): readonly Batch[] {
  return batchesOf(records(from, to), 0, size);
}

/** The stretch of time of events [from, to). */
export function spanOf(from: number, to: number, attribute: CachedSpan['attribute'] = null): CachedSpan {
  return { from: START + from * 1000, to: START + (to - 1) * 1000, attribute };
}

export type Opened = { readonly cache: EventCache; readonly notices: string[] };

export function openCache(folder: string): Opened {
  const notices: string[] = [];
  return { cache: openEventCache({ folder, onNotice: (line) => void notices.push(line) }), notices };
}

/** Writes events [from, to) as pages, oldest page first, each with its span. */
export async function writeEvents(lane: LaneCache, from: number, to: number, size = 50): Promise<void> {
  for (let start = from; start < to; start += size) {
    const end = Math.min(start + size, to);
    for (const batch of pages(start, end, size)) await lane.write(batch, [spanOf(start, end)]);
  }
}

/** One run of trailx that writes these events. */
export async function runOnce(folder: string, from: number, to: number, size = 50): Promise<readonly string[]> {
  const { cache, notices } = openCache(folder);
  await writeEvents(await cache.lane(LANE), from, to, size);
  await cache.close();
  return notices;
}

export type Held = {
  readonly texts: readonly string[];
  readonly spans: readonly CachedSpan[];
  readonly notices: readonly string[];
  readonly origins: ReadonlySet<number | undefined>;
};

/** What a later run finds, read through the store as trailx does. */
export async function heldIn(folder: string, lane = LANE): Promise<Held> {
  const { cache, notices } = openCache(folder);
  const store = await openStore();
  const origins = new Set<number | undefined>();
  const held = await cache.lane(lane);
  for await (const batch of held.batches(7)) {
    origins.add(batch.origin);
    await store.append(batch);
  }
  const texts = await textsOf(store, await store.search(ALL));
  await store.close();
  const { spans } = held;
  await cache.close();
  return { texts, spans, notices, origins };
}
