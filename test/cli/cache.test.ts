// `trailx cache ls|clear|path`, through the program.

import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heldIn, LANE, openCache, spanOf, writeEvents } from '../store/event-cache/cache-helpers.ts';
import { type Ended, makeFolder, runTrailx } from './run-trailx.ts';

type Machine = { readonly folder: string; readonly run: (...args: readonly string[]) => Promise<Ended> };

/** A user with a cache folder of their own. */
function machine(): Machine {
  const cacheHome = makeFolder();
  return {
    folder: join(cacheHome, 'trailx', 'events'),
    run: (...args) => runTrailx(['cache', ...args], { env: { XDG_CACHE_HOME: cacheHome } }),
  };
}

const LANES = [
  LANE,
  { ...LANE, region: 'us-east-1' },
  { ...LANE, category: 'insight' as const },
  { ...LANE, account: '444455556666', region: 'us-east-1' },
];

async function fill(folder: string): Promise<void> {
  const { cache } = openCache(folder);
  for (const lane of LANES) await writeEvents(await cache.lane(lane), 0, 120);
  await (await cache.lane(LANE)).write(null, [spanOf(500, 600)]);
  cache.rememberAccount('print', '111122223333');
  await cache.close();
}

test('path: where it is, whether or not it is there', async () => {
  const { folder, run } = machine();
  expect(await run('path')).toEqual({ code: 0, stdout: `${folder}\n`, stderr: '' });
});

test('an empty cache', async () => {
  const { folder, run } = machine();
  expect(await run('ls')).toEqual({ code: 0, stdout: '', stderr: `no event history is kept in ${folder}\n` });
  expect(await run('clear')).toEqual({ code: 0, stdout: 'nothing to remove\n', stderr: '' });
  expect(existsSync(folder)).toBe(false);
});

test('ls in a pipe: one line a lane, parted by tabs', async () => {
  const { folder, run } = machine();
  await fill(folder);
  const { code, stdout, stderr } = await run('ls');
  expect([code, stderr]).toEqual([0, '']);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(rows.map((row) => row.slice(0, 6))).toEqual([
    ['111122223333', 'eu-west-1', 'insight', '120', '2026-05-19T00:00:00Z', '2026-05-19T00:01:59Z'],
    ['111122223333', 'eu-west-1', 'management', '120', '2026-05-19T00:00:00Z', '2026-05-19T00:09:59Z'],
    ['111122223333', 'us-east-1', 'management', '120', '2026-05-19T00:00:00Z', '2026-05-19T00:01:59Z'],
    ['444455556666', 'us-east-1', 'management', '120', '2026-05-19T00:00:00Z', '2026-05-19T00:01:59Z'],
  ]);
  for (const row of rows) {
    expect(Number(row[6])).toBeGreaterThan(1000);
    expect(Date.parse(row[7] ?? '')).toBeGreaterThan(Date.now() - 60_000);
  }
});

test('ls tells of what it cannot count, and shows hostile names as escapes', async () => {
  const { folder, run } = machine();
  await fill(folder);
  const odd = join(folder, 'aws', '999\u001b[31m', 'eu-west-1', 'management');
  mkdirSync(odd, { recursive: true });
  writeFileSync(join(odd, 'x.journal'), 'trailx-event-cache 9 newer\n');
  const { stdout, stderr } = await run('ls');
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('999\\u001b[31m\teu-west-1\tmanagement\t0\t\t\t');
  expect(stderr).toBe('1 line counts less than there is: some is damaged or by another version of trailx\n');
});

test('clear: an account, a Region, both, everything', async () => {
  const { folder, run } = machine();
  await fill(folder);
  const one = await run('clear', '111122223333', 'us-east-1');
  expect(one.code).toBe(0);
  expect(one.stdout).toMatch(/^removed 111122223333 us-east-1 management, [\d.]+ kB\n[\d.]+ kB removed in all\n$/);
  expect((await run('ls')).stdout.trimEnd().split('\n')).toHaveLength(3);
  expect((await run('clear', 'eu-west-1')).stdout.split('\n')).toHaveLength(4);
  expect(readdirSync(join(folder, 'aws'))).toEqual(['444455556666']);
  expect((await heldIn(folder, { ...LANE, account: '444455556666', region: 'us-east-1' })).texts).toHaveLength(120);
  expect((await run('clear')).stdout).toMatch(/^removed 444455556666 us-east-1 management, /);
  expect(readdirSync(folder)).toEqual([]);
  expect((await run('clear')).stdout).toBe('nothing to remove\n');
});

test('clear touches nothing outside: neither by a name nor through a link', async () => {
  const { folder, run } = machine();
  await fill(folder);
  const outside = makeFolder();
  mkdirSync(join(outside, 'eu-west-1', 'management'), { recursive: true });
  writeFileSync(join(outside, 'eu-west-1', 'management', 'mine.txt'), 'mine');
  symlinkSync(outside, join(folder, 'aws', '777788889999'));
  for (const word of ['../..', '/', outside, '777788889999', '.', '']) {
    expect(await run('clear', word)).toMatchObject({ code: 2, stdout: '' });
  }
  await run('clear');
  expect(existsSync(join(outside, 'eu-west-1', 'management', 'mine.txt'))).toBe(true);
});

test('while another trailx is running: both go on', async () => {
  const { folder, run } = machine();
  const { cache, notices } = openCache(folder);
  const lane = await cache.lane(LANE);
  await writeEvents(lane, 0, 100);
  expect((await run('clear')).code).toBe(0);
  await writeEvents(lane, 100, 200);
  await cache.close();
  expect(notices).toEqual(['the event cache was cleared meanwhile; this run goes on without it']);
  expect(await heldIn(folder)).toMatchObject({ texts: [], spans: [] });
});

test.each([
  [[], 'trailx cache wants to be told what to do: ls, clear or path'],
  [['list'], 'trailx cache has no "list": it is ls, clear or path; did you mean ls?'],
  [['claer'], 'trailx cache has no "claer": it is ls, clear or path; did you mean clear?'],
  [['remove-all'], 'trailx cache has no "remove-all": it is ls, clear or path'],
  [['ls', 'eu-west-1'], 'trailx cache ls takes nothing more, so "eu-west-1" means nothing'],
  [['path', 'x'], 'trailx cache path takes nothing more, so "x" means nothing'],
  [
    ['clear', 'eu-wst-1'],
    'no event history of "eu-wst-1" is kept: name an account or a Region; did you mean eu-west-1?',
  ],
  [
    ['clear', 'eu-west-1', 'nowhere-at-all'],
    'no event history of "nowhere-at-all" is kept: name an account or a Region',
  ],
  [
    ['clear', '-r', 'eu-west-1'],
    '--region has nothing to do with trailx cache: write trailx cache clear eu-west-1, or an account',
  ],
  [['ls', '--count'], '--count has nothing to do with trailx cache'],
  [['clear', '--since', '7d'], '--since has nothing to do with trailx cache'],
])('trailx cache %j is refused', async (args, message) => {
  const { folder, run } = machine();
  await fill(folder);
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.split('\n')[0]).toBe(`trailx: ${message}`);
  expect((await heldIn(folder)).texts).toHaveLength(120);
});
