// The cache as `trailx cache` shows it: every lane in the folder, whoever wrote it.

import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasLivingOwner } from '../owner.ts';
import type { CachedSpan } from './event-cache.ts';
import { readJournal } from './journal.ts';
import { LANE_FILE, listLane } from './lane-folder.ts';
import { findSegment } from './segment.ts';
import { unlessShut } from './shut-file.ts';
import { knownSpans, type StoredSpan } from './spans.ts';

export type CachedLane = {
  readonly folder: string;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** As the folder is called; a later trailx may keep kinds of events that this one does not know. */
  readonly category: string;
};

export type LaneContents = {
  /** Events written; one that two runs wrote at once counts twice until they are merged. */
  readonly events: number;
  readonly spans: readonly CachedSpan[];
  readonly bytes: number;
  /** ms since the epoch; null: nothing was. */
  readonly lastWritten: number | null;
  /** Some of it was written by another version of trailx, or is damaged, and does not count. */
  readonly isPartial: boolean;
};

/** Lanes of the cache in `folder`, in the order of their names. Links are not followed. @throws as the file system does. */
export async function cachedLanes(folder: string): Promise<readonly CachedLane[]> {
  const lanes: CachedLane[] = [];
  for (const partition of await foldersIn(folder)) {
    for (const account of await foldersIn(join(folder, partition))) {
      for (const region of await foldersIn(join(folder, partition, account))) {
        for (const category of await foldersIn(join(folder, partition, account, region))) {
          const path = join(folder, partition, account, region, category);
          lanes.push({ folder: path, partition, account, region, category });
        }
      }
    }
  }
  return lanes;
}

/** What a lane holds, as far as it can be read without reading the texts. */
export async function laneContents({ folder }: CachedLane): Promise<LaneContents> {
  const { journals, segments, holes } = await listLane(folder);
  const spans: StoredSpan[] = [];
  let events = 0;
  let isPartial = false;
  for (const { name } of journals) {
    const found = await unlessShut(() => readJournal(join(folder, name)));
    if (found?.kind === 'journal') {
      for (const entry of found.entries) {
        events += entry.parts.count;
        spans.push(...entry.spans);
      }
    } else if (found?.kind !== 'gone') isPartial = true;
  }
  for (const name of segments) {
    const found = await unlessShut(() => findSegment(folder, name));
    if (found?.kind === 'segment') {
      events += found.head.count;
      spans.push(...found.head.spans);
    } else if (found?.kind !== 'gone') isPartial = true;
  }
  return { events, spans: knownSpans(spans, holes), isPartial, ...(await sizeOf(folder)) };
}

/**
 * Removes a lane. A trailx that is running goes on: it sees that the lane is gone and keeps what it has loaded to itself.
 * @returns the bytes that were removed. @throws as the file system does.
 */
export async function clearLane(root: string, { folder, partition, account, region }: CachedLane): Promise<number> {
  const { bytes } = await sizeOf(folder);
  // First of all: from here on nobody writes spans that speak of events which are about to go.
  await rm(join(folder, LANE_FILE), { force: true });
  for (const name of await readdir(folder)) {
    const isBeingRead = name.startsWith('reading-') && hasLivingOwner(name, (await lstat(join(folder, name))).mtimeMs);
    if (!isBeingRead) await rm(join(folder, name), { recursive: true, force: true });
  }
  const ofAccount = join(root, partition, account);
  for (const path of [folder, join(ofAccount, region), ofAccount, join(root, partition)]) {
    // Not empty: others are in it, or somebody is still reading.
    await rmdir(path).catch(() => {});
  }
  return bytes;
}

async function sizeOf(folder: string): Promise<{ readonly bytes: number; readonly lastWritten: number | null }> {
  let bytes = 0;
  let lastWritten: number | null = null;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const found = entry.isFile() ? await lstat(join(folder, entry.name)).catch(() => null) : null;
    if (found === null) continue;
    bytes += found.size;
    if (/\.(?:journal|index)$/.test(entry.name)) lastWritten = Math.max(lastWritten ?? 0, found.mtimeMs);
  }
  return { bytes, lastWritten };
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
