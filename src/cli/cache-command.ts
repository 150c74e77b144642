// `trailx cache ls|clear|path`: what event history is kept on this machine, and away with it.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CachedLane,
  cachedLanes,
  clearLane,
  type LaneContents,
  laneContents,
} from '../store/event-cache/cached-lanes.ts';
import type { CachedSpan } from '../store/event-cache/event-cache.ts';
import { countOf, formatBytes, formatCount, formatTime, type TimeZoneChoice } from '../text/format.ts';
import { nearest } from '../text/nearest.ts';
import { sanitize } from '../text/sanitize.ts';
import { padCells, widthCells } from '../text/width.ts';
import { eventCacheFolder } from './event-cache-folder.ts';
import { EXIT } from './exit-code.ts';
import type { Options } from './options.ts';

export type CacheIo = {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
};

const ACTIONS = ['ls', 'clear', 'path'] as const;

/** A request that makes no sense; one line. */
class Refused extends Error {}

/** Runs `trailx cache …` and returns the exit code. */
export async function runCache(options: Options, io: CacheIo): Promise<number> {
  // A reader that left early (`| head`) is no failure.
  io.stdout.on('error', () => {});
  try {
    refuseOtherOptions(options);
    const [action, ...words] = options.sources;
    const folder = eventCacheFolder();
    switch (actionOf(action)) {
      case 'path':
        refuseWords('path', words);
        await write(io.stdout, `${io.stdout.isTTY ? sanitize(folder) : folder}\n`);
        break;
      case 'ls':
        refuseWords('ls', words);
        await write(io.stdout, await listing(folder, options.zone ?? 'utc', io));
        break;
      case 'clear':
        await clear(folder, words, io);
        break;
    }
    return EXIT.matched;
  } catch (error) {
    if (!(error instanceof Refused) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    io.stderr.write(`trailx: ${sanitize((error as Error).message)}\n`);
    if (error instanceof Refused)
      io.stderr.write('trailx cache ls lists what is kept, trailx cache clear removes it\n');
    return EXIT.unusable;
  }
}

function actionOf(word: string | undefined): (typeof ACTIONS)[number] {
  if (word === undefined) throw new Refused('trailx cache wants to be told what to do: ls, clear or path');
  const found = ACTIONS.find((action) => action === word);
  if (found !== undefined) return found;
  throw new Refused(`trailx cache has no "${word}": it is ls, clear or path${meant(nearest(word, ACTIONS))}`);
}

/** An option that would be passed over could mean that more is removed than was meant. */
function refuseOtherOptions(options: Options): void {
  const { query, since, until, regions, profiles, sample, insights, useCache, printOption } = options;
  const given: readonly (readonly [string, boolean])[] = [
    ['region', regions.length > 0],
    ['profile', profiles.length > 0],
    ['query', query !== ''],
    ['since', since !== null],
    ['until', until !== null],
    ['sample', sample],
    ['insights', insights],
    ['no-cache', !useCache],
    [printOption ?? '', printOption !== null],
  ];
  const other = given.find(([, isGiven]) => isGiven)?.[0];
  if (other === undefined) return;
  const hint = other === 'region' || other === 'profile' ? ': write trailx cache clear eu-west-1, or an account' : '';
  throw new Refused(`--${other} has nothing to do with trailx cache${hint}`);
}

function refuseWords(action: string, [word]: readonly string[]): void {
  if (word !== undefined) throw new Refused(`trailx cache ${action} takes nothing more, so "${word}" means nothing`);
}

/** Of the table, which is to fit in 80 cells; a line for machines says more. */
const TITLES = ['ACCOUNT', 'REGION', 'KIND', 'EVENTS', 'FROM', 'TO', 'SIZE'] as const;
const RIGHT: readonly string[] = ['EVENTS', 'SIZE'];

/** A table on a terminal; elsewhere one line a lane, parted by tabs, with whole numbers and ISO times. */
async function listing(folder: string, zone: TimeZoneChoice, { stdout, stderr }: CacheIo): Promise<string> {
  const lanes = await cachedLanes(folder);
  if (lanes.length === 0) {
    stderr.write(`no event history is kept in ${sanitize(folder)}\n`);
    return '';
  }
  const rows: (readonly string[])[] = [];
  let partial = 0;
  for (const lane of lanes) {
    const contents = await laneContents(lane);
    if (contents.isPartial) partial++;
    rows.push((stdout.isTTY ? rowForReading : rowForMachines)(lane, contents, zone).map(sanitize));
  }
  if (partial > 0) {
    stderr.write(
      `${countOf(partial, 'line')} counts less than there is: some is damaged or by another version of trailx\n`,
    );
  }
  if (!stdout.isTTY) return rows.map((row) => `${row.join('\t')}\n`).join('');
  const widths = TITLES.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(widthCells)),
  );
  const line = (cells: readonly string[]): string =>
    TITLES.map((title, column) =>
      padCells(cells[column] ?? '', widths[column] ?? 0, RIGHT.includes(title) ? 'right' : 'left'),
    )
      .join('  ')
      .trimEnd();
  return [TITLES, ...rows].map((row) => `${line(row)}\n`).join('');
}

function rowForReading(lane: CachedLane, contents: LaneContents, zone: TimeZoneChoice): readonly string[] {
  const { from, to, parts } = knownTime(contents.spans);
  const day = formatTime(from, { zone, style: 'date-time' }).slice(0, 10);
  const minute = formatTime(to, { zone, style: 'short' }).slice(0, 11);
  return [
    lane.account,
    lane.region,
    lane.category === 'insight' ? 'insight' : '',
    formatCount(contents.events),
    day,
    parts > 1 ? `${minute} (${parts} parts)` : minute,
    formatBytes(contents.bytes),
  ];
}

function rowForMachines(lane: CachedLane, contents: LaneContents, zone: TimeZoneChoice): readonly string[] {
  const { from, to } = knownTime(contents.spans);
  const time = (ms: number | null): string => (ms === null ? '' : formatTime(ms, { zone, style: 'iso' }));
  const { account, region, category } = lane;
  const { events, bytes, lastWritten } = contents;
  return [account, region, category, String(events), time(from), time(to), String(bytes), time(lastWritten)];
}

/** From when to when everything is known; with `parts` above 1 there are gaps in between. */
function knownTime(spans: readonly CachedSpan[]): {
  readonly from: number | null;
  readonly to: number | null;
  readonly parts: number;
} {
  const whole = spans.filter(({ attribute }) => attribute === null);
  return { from: whole.at(-1)?.from ?? null, to: whole[0]?.to ?? null, parts: whole.length };
}

async function clear(folder: string, words: readonly string[], { stdout }: CacheIo): Promise<void> {
  const lanes = await cachedLanes(folder);
  const accounts = [...new Set(lanes.map(({ account }) => account))];
  const regions = [...new Set(lanes.map(({ region }) => region))];
  for (const word of words) {
    if (accounts.includes(word) || regions.includes(word)) continue;
    throw new Refused(
      `no event history of "${word}" is kept: name an account or a Region${meant(nearest(word, [...accounts, ...regions]))}`,
    );
  }
  const wantedAccounts = words.filter((word) => accounts.includes(word));
  const wantedRegions = words.filter((word) => !accounts.includes(word));
  const wanted = lanes.filter(
    ({ account, region }) =>
      (wantedAccounts.length === 0 || wantedAccounts.includes(account)) &&
      (wantedRegions.length === 0 || wantedRegions.includes(region)),
  );
  let bytes = 0;
  for (const lane of wanted) {
    const removed = await clearLane(folder, lane);
    bytes += removed;
    await write(
      stdout,
      `removed ${sanitize(`${lane.account} ${lane.region} ${lane.category}`)}, ${formatBytes(removed)}\n`,
    );
  }
  if (words.length === 0) await rm(join(folder, 'accounts.json'), { force: true });
  const told = wanted.length === 0 ? 'nothing to remove' : `${formatBytes(bytes)} removed in all`;
  await write(stdout, `${told}\n`);
}

function meant(near: string | null): string {
  return near === null ? '' : `; did you mean ${near}?`;
}

async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  await new Promise<void>((resolve) => stream.write(text, () => resolve()));
}
