// What is in a lane's folder, by its names:
//   lane.json                  says of which generation the lane is: `trailx cache clear` takes it away first, and whoever
//                              wrote before no longer may: its spans would speak of events that are gone
//   <owner>.journal            what a process has written so far; with owner 0 it is complete
//   <owner>.index + .parquet   a segment: the numbers and spans, and the texts. The index makes it one
//   <owner>.hole               a stretch of time whose events were lost (spans.ts)
//   reading-<owner>/           links to segments that a process reads, so that merging and clearing take nothing from it
//   *.tmp *.damaged lock       being written; set aside; held while packing

import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasLivingOwner, ownName } from '../owner.ts';
import { FORMAT } from './cache-file.ts';
import { FILE_TICK_MS } from './shut-file.ts';
import type { Hole } from './spans.ts';

export const LANE_FILE = 'lane.json';

export type LaneListing = {
  /** Names with their endings. */
  readonly journals: readonly { readonly name: string; readonly bytes: number; readonly isIdle: boolean }[];
  /** Names without endings. */
  readonly segments: readonly string[];
  readonly holes: readonly (Hole & { readonly name: string })[];
  /** What nobody needs any more. */
  readonly rubbish: readonly string[];
};

/** Looks through a lane's folder. @throws when it cannot be listed; one that is not there is empty. */
export async function listLane(folder: string): Promise<LaneListing> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const journals: LaneListing['journals'][number][] = [];
  const segments: string[] = [];
  const holes: LaneListing['holes'][number][] = [];
  const rubbish: string[] = [];
  const indexes = new Set(names.filter((name) => name.endsWith('.index')));
  for (const name of names) {
    const path = join(folder, name);
    const isOwned = async (): Promise<boolean> => {
      const found = await stat(path).catch(() => null);
      return found === null || hasLivingOwner(name, found.mtimeMs);
    };
    if (name.endsWith('.journal')) {
      const found = await stat(path).catch(() => null);
      if (found !== null) journals.push({ name, bytes: found.size, isIdle: !hasLivingOwner(name, found.mtimeMs) });
    } else if (name.endsWith('.index')) segments.push(name.slice(0, -'.index'.length));
    else if (name.endsWith('.hole')) {
      const hole = await readHole(path);
      if (hole !== null) holes.push({ ...hole, name });
    } else if (name.startsWith('reading-') || name.endsWith('.tmp')) {
      if (!(await isOwned())) rubbish.push(name);
    } else if (name.endsWith('.parquet') && !indexes.has(name.replace(/parquet$/, 'index'))) {
      if (!(await isOwned())) rubbish.push(name);
    }
  }
  return { journals, segments, holes, rubbish };
}

/** Makes a lane's folder and says of which generation it is. @throws as the file system does. */
export async function enterLane(folder: string): Promise<{ readonly generation: string; readonly isNewer: boolean }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, LANE_FILE);
  let text = await generationOf(folder);
  if (text === null) {
    await beginLane(folder, path);
    text = await generationOf(folder);
  }
  return { generation: text ?? '', isNewer: Number(/"format":(\d+)/.exec(text ?? '')?.[1] ?? FORMAT) > FORMAT };
}

/** Of two that begin a lane at once the first one says of which generation it is: never replaced, never half written. */
async function beginLane(folder: string, path: string): Promise<void> {
  const content = JSON.stringify({ format: FORMAT, id: randomBytes(8).toString('hex') });
  const fresh = join(folder, `${ownName()}.tmp`);
  await writeFile(fresh, content, { mode: 0o600 });
  try {
    await link(fresh, path);
  } catch (error) {
    // A file system without links.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** What tells whether a lane was cleared; null: there is none. */
export async function generationOf(folder: string): Promise<string | null> {
  return await readFile(join(folder, LANE_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Keeps in mind that events of this time were lost. Never half written: it would say so of all time. */
export async function writeHole(folder: string, hole: Hole): Promise<void> {
  const name = ownName();
  const fresh = join(folder, `${name}.tmp`);
  try {
    await writeFile(fresh, JSON.stringify(hole), { mode: 0o600 });
    await rename(fresh, join(folder, `${name}.hole`));
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => {});
    throw error;
  }
}

/** Null: it is gone, and so is whatever it spoke of. */
async function readHole(path: string): Promise<Hole | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  try {
    const { from, to, at } = JSON.parse(await readFile(path, 'utf8')) as Hole;
    if (typeof at === 'number') return { from, to, at };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  }
  // Cut off, or not to be read: whatever it said, all that was known then is in doubt; what came later is not.
  return { from: null, to: null, at: found.mtimeMs + FILE_TICK_MS };
}

export async function removeAll(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}
