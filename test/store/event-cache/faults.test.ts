// What may go wrong with a cache on disk: processes killed, files damaged, cut short or newer, no room, no permission.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { childEnvironment } from '../../helpers/environment.ts';
import {
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

const HELPERS = JSON.stringify(new URL('./cache-helpers.ts', import.meta.url).href);
const LOOSE = { timeout: 20_000 };

/** A process of its own that runs `body`; `folder` is the cache. */
function startChild(folder: string, body: string): ChildProcess {
  const script = `import { LANE, openCache, pages, spanOf, writeEvents } from ${HELPERS};
    const [folder] = process.argv.slice(1);
    const { cache, notices } = openCache(folder);
    const lane = await cache.lane(LANE);
    ${body}`;
  return spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: childEnvironment(mkdtempSync(join(tmpdir(), 'home-'))),
  });
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Eight runs make a segment of `each` events a run. */
async function makeSegment(folder: string, from: number, each = 10): Promise<void> {
  for (let run = 0; run < 8; run++) await runOnce(folder, from + run * each, from + (run + 1) * each);
}

describe('killed', () => {
  test(
    'in the middle of writing: every page that was written is there, and no span without its events',
    LOOSE,
    async () => {
      const folder = makeCacheFolder();
      const child = startChild(
        folder,
        `for (let k = 0; ; k += 50) {
        await writeEvents(lane, k, k + 50);
        process.stdout.write(\`\${k + 50}\\n\`);
      }`,
      );
      let written = 0;
      await new Promise<void>((resolve) => {
        child.stdout?.on('data', (data) => {
          written = Number(String(data).trim().split('\n').at(-1));
          if (written >= 1500) resolve();
        });
      });
      // What is being written can be read.
      const before = written;
      expect((await heldIn(folder)).texts.length).toBeGreaterThanOrEqual(before);
      await kill(child);
      const { texts, spans, notices } = await heldIn(folder);
      expect(notices).toEqual([]);
      expect(texts.length).toBeGreaterThanOrEqual(written);
      expect(texts).toEqual(records(0, texts.length));
      expect(spans).toEqual([spanOf(0, texts.length)]);
      // Whoever comes next takes over what was left behind.
      await makeSegment(folder, 50_000);
      expect(filesOf(folder, '.journal').filter((name) => name.includes(`-${child.pid}-`))).toEqual([]);
      expect((await heldIn(folder)).texts.length).toBe(texts.length + 80);
    },
  );

  test('with a last page that is cut off at any byte', async () => {
    const whole = makeCacheFolder();
    await runOnce(whole, 0, 20, 10);
    const [journal = ''] = filesOf(whole, '.journal');
    const source = join(laneFolderOf(whole), journal);
    const { size } = statSync(source);
    for (const left of [0, 1, 30, 300, Math.floor(size / 3), size - 1000, size - 9, size - 1]) {
      const folder = makeCacheFolder();
      mkdirSync(laneFolderOf(folder), { recursive: true });
      const target = join(laneFolderOf(folder), journal);
      copyFileSync(source, target);
      truncateSync(target, left);
      const { texts, spans, notices } = await heldIn(folder);
      expect(notices).toEqual([]);
      expect([0, 10]).toContain(texts.length);
      expect(texts).toEqual(records(0, texts.length));
      expect(spans).toEqual(texts.length === 0 ? [] : [spanOf(0, 10)]);
    }
  });

  test('while packing: what it left half done is cleared away, nothing is lost', async () => {
    const folder = makeCacheFolder();
    await makeSegment(folder, 0);
    const dead = `${(filesOf(folder, '.index')[0] ?? '').slice(0, 8)}-${spawnSync('true').pid}-0123456789ab`;
    for (const name of [`${dead}.parquet`, `${dead}.parquet.tmp`, `${dead}.index.tmp`, `${dead}.tmp`]) {
      writeFileSync(join(laneFolderOf(folder), name), 'half');
    }
    writeFileSync(join(laneFolderOf(folder), 'lock'), dead);
    mkdirSync(join(laneFolderOf(folder), `reading-${dead}`));
    await makeSegment(folder, 80);
    expect(readdirSync(laneFolderOf(folder)).filter((name) => name.includes(dead) || name === 'lock')).toEqual([]);
    const { texts, notices } = await heldIn(folder);
    expect([texts, notices]).toEqual([records(0, 160), []]);
  });
});

test('two processes write one lane at once, then both end', LOOSE, async () => {
  const folder = makeCacheFolder();
  const body = (
    from: number,
    to: number,
  ) => `for (let k = ${from}; k < ${to}; k += 50) await writeEvents(lane, k, k + 50);
    await cache.close(); if (notices.length > 0) throw new Error(notices.join());`;
  const children = [startChild(folder, body(0, 2000)), startChild(folder, body(1500, 3500))];
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0]);
  const { texts, spans, notices } = await heldIn(folder);
  expect([texts, spans, notices]).toEqual([records(0, 3500), [spanOf(0, 3500)], []]);
});

describe('damaged', () => {
  const damages: readonly (readonly [string, string, (path: string) => void])[] = [
    ['its texts cut short', '.parquet', (path) => truncateSync(path, statSync(path).size - 100)],
    ['its texts altered', '.parquet', (path) => flip(path, 0.4)],
    ['its texts emptied', '.parquet', (path) => truncateSync(path, 0)],
    ['its texts gone', '.parquet', (path) => renameSync(path, `${path}.elsewhere`)],
    ['its index cut short', '.index', (path) => truncateSync(path, statSync(path).size - 10)],
    ['its index altered', '.index', (path) => flip(path, 0.9)],
    ['its index without a head', '.index', (path) => flip(path, 0)],
    ['its index emptied', '.index', (path) => truncateSync(path, 0)],
    ['its index full of rubbish', '.index', (path) => writeFileSync(path, 'x'.repeat(5000))],
  ];
  test.each(damages)(
    'a segment, %s: set aside with one line, the rest is used, what it held is not claimed',
    async (_, ending, damage) => {
      const folder = makeCacheFolder();
      await makeSegment(folder, 0);
      const [segment = ''] = filesOf(folder, ending);
      await makeSegment(folder, 200);
      // A span that relies on events of several files.
      const { cache } = openCache(folder);
      await (await cache.lane(LANE)).write(pages(300, 310)[0] ?? null, [spanOf(0, 310)]);
      await cache.close();
      damage(join(laneFolderOf(folder), segment));
      const { texts, spans, notices } = await heldIn(folder);
      expect(texts).toEqual([...records(300, 310), ...records(200, 280)]);
      expect(notices).toHaveLength(1);
      expect(notices[0]).toMatch(
        /^part of the event cache is damaged; it is loaded again, and set aside as \/.*\.damaged$/,
      );
      expect(spans.some(({ from, to }) => from <= spanOf(0, 80).to && to >= spanOf(0, 80).from)).toBe(false);
      expect(filesOf(folder, '.damaged').length).toBeGreaterThan(0);
      // Remembered, told once, and mended by loading it again.
      const again = await heldIn(folder);
      expect([again.texts, again.spans, again.notices]).toEqual([texts, spans, []]);
      for (let run = 0; run < 20; run++) await runOnce(folder, run * 20, run * 20 + 20);
      const mended = await heldIn(folder);
      expect([mended.texts, mended.spans, mended.notices]).toEqual([records(0, 400), [spanOf(0, 400)], []]);
    },
  );

  test('a segment that is due to be merged: the others are, and its damage is found all the same', async () => {
    const folder = makeCacheFolder();
    await makeSegment(folder, 0);
    flip(join(laneFolderOf(folder), filesOf(folder, '.parquet')[0] ?? ''), 0.4);
    const notices: string[] = [];
    for (let run = 8; run < 72; run++) notices.push(...(await runOnce(folder, run * 10, run * 10 + 10)));
    expect([notices, filesOf(folder, '.index').length]).toEqual([[], 2]);
    const held = await heldIn(folder);
    expect([held.texts, held.spans]).toEqual([records(80, 720), [spanOf(80, 720)]]);
    expect(held.notices).toEqual([expect.stringMatching(/^part of the event cache is damaged/)]);
  });

  test('a journal in its middle: set aside, and nothing is claimed that may have relied on it', async () => {
    const folder = makeCacheFolder();
    await runOnce(folder, 0, 40, 10);
    flip(join(laneFolderOf(folder), filesOf(folder, '.journal')[0] ?? ''), 0.5);
    await runOnce(folder, 40, 50);
    const { texts, spans, notices } = await heldIn(folder);
    expect(texts).toEqual(records(40, 50));
    // What was loaded after the damage was found counts.
    expect(spans).toEqual([spanOf(40, 50)]);
    expect(notices).toEqual([]);
  });

  test('a hole that cannot be read puts everything in doubt, other files do no harm', async () => {
    const folder = makeCacheFolder();
    await runOnce(folder, 0, 40);
    appendFileSync(join(laneFolderOf(folder), 'notes.txt'), 'mine');
    mkdirSync(join(laneFolderOf(folder), 'folder'));
    expect((await heldIn(folder)).spans).toEqual([spanOf(0, 40)]);
    appendFileSync(join(laneFolderOf(folder), 'x.hole'), '{"from"');
    const { texts, spans, notices } = await heldIn(folder);
    expect([texts, spans, notices]).toEqual([records(0, 40), [], []]);
    // Of what was known then: what is loaded again counts, and once all is packed anew the hole has had its day.
    await sleep(20);
    await runOnce(folder, 0, 40);
    expect((await heldIn(folder)).spans).toEqual([spanOf(0, 40)]);
    await makeSegment(folder, 40);
    await makeSegment(folder, 120);
    expect(filesOf(folder, '.hole')).toEqual([]);
    expect((await heldIn(folder)).spans).toEqual([spanOf(0, 200)]);
  });

  test('a hole stays as long as something speaks of its time', async () => {
    const folder = makeCacheFolder();
    await makeSegment(folder, 0);
    await sleep(2);
    const hole = { from: spanOf(0, 5).from, to: spanOf(0, 5).to, at: Date.now() };
    writeFileSync(join(laneFolderOf(folder), 'x.hole'), JSON.stringify(hole));
    await sleep(2);
    await makeSegment(folder, 80);
    expect(filesOf(folder, '.hole')).toEqual(['x.hole']);
    for (let run = 1; run < 7; run++) await makeSegment(folder, 80 + run * 80);
    expect([filesOf(folder, '.hole'), filesOf(folder, '.index').length]).toEqual([[], 1]);
    expect((await heldIn(folder)).spans).toEqual([spanOf(5, 640)]);
  });
});

describe('shut', () => {
  // A folder of that name cannot be read, whoever asks; permissions do not stop a superuser.
  test.each(['.index', '.journal'])(
    'one file (%s): the rest is used, and nothing is claimed that may rely on it',
    async (ending) => {
      const folder = makeCacheFolder();
      await makeSegment(folder, 0);
      await runOnce(folder, 100, 110);
      const shut = join(laneFolderOf(folder), `00000000-0-000000000000${ending}`);
      mkdirSync(shut);
      const { texts, spans, notices } = await heldIn(folder);
      expect([texts, spans]).toEqual([[...records(100, 110), ...records(0, 80)], []]);
      expect(notices).toEqual([
        `part of the event cache cannot be read (it is a folder); it is left alone and loaded again: ${shut}`,
      ]);
      // What is loaded from then on counts, also when it was packed, and what was loaded before is not revived by that.
      await sleep(20);
      await makeSegment(folder, 200);
      expect((await heldIn(folder)).spans).toEqual([spanOf(200, 280)]);
      expect(filesOf(folder, '.journal').length).toBeLessThan(8);
      rmdirSync(shut);
      expect((await heldIn(folder)).texts).toEqual([...records(200, 280), ...records(100, 110), ...records(0, 80)]);
    },
  );

  test('no file can be read: nothing is claimed, and what is loaded anew is kept', async () => {
    const folder = makeCacheFolder();
    await runOnce(folder, 0, 10);
    const { cache, notices } = openCache(folder);
    const lane = await cache.lane(LANE);
    expect(lane.spans).toEqual([spanOf(0, 10)]);
    const elsewhere = `${laneFolderOf(folder)}-elsewhere`;
    renameSync(laneFolderOf(folder), elsewhere);
    symlinkSync('management', laneFolderOf(folder));
    for await (const _ of lane.batches(1)) expect.unreachable();
    rmSync(laneFolderOf(folder));
    renameSync(elsewhere, laneFolderOf(folder));
    expect(lane.spans).toEqual([]);
    await writeEvents(lane, 0, 10);
    expect(lane.spans).toEqual([spanOf(0, 10)]);
    await cache.close();
    expect(notices).toEqual([expect.stringMatching(/^the event cache cannot be read \(ELOOP.*\); this run goes on/)]);
  });
});

describe('of another version', () => {
  test('a newer segment and journal are left alone with a clear line', async () => {
    const folder = makeCacheFolder();
    await makeSegment(folder, 0);
    await runOnce(folder, 100, 110);
    const [index = ''] = filesOf(folder, '.index');
    const [journal = ''] = filesOf(folder, '.journal');
    for (const name of [index, journal]) asFormat(join(laneFolderOf(folder), name), 9);
    const before = readdirSync(laneFolderOf(folder)).sort();
    const { texts, spans, notices } = await heldIn(folder);
    expect([texts, spans]).toEqual([[], []]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^\/.* holds what a newer trailx wrote; that is left alone and not used$/);
    expect(readdirSync(laneFolderOf(folder)).sort()).toEqual(before);
    // What this version writes beside it works, and packing does not touch the others.
    await makeSegment(folder, 200);
    expect((await heldIn(folder)).texts).toEqual(records(200, 280));
    expect(existsSync(join(laneFolderOf(folder), index))).toBe(true);
    expect(existsSync(join(laneFolderOf(folder), journal))).toBe(true);
  });

  test('a newer lane is neither read nor written', async () => {
    const folder = makeCacheFolder();
    await runOnce(folder, 0, 10);
    writeFileSync(join(laneFolderOf(folder), 'lane.json'), '{"format":2,"id":"x"}');
    const before = readdirSync(laneFolderOf(folder));
    const notices = await runOnce(folder, 10, 20);
    expect(notices).toEqual([
      `a newer trailx wrote this event cache; it is left alone and not used: ${laneFolderOf(folder)}`,
    ]);
    expect((await heldIn(folder)).texts).toEqual([]);
    expect(readdirSync(laneFolderOf(folder))).toEqual(before);
  });

  test('fields that this version does not know: left alone', async () => {
    const folder = makeCacheFolder();
    await runOnce(folder, 0, 10);
    const path = join(laneFolderOf(folder), filesOf(folder, '.journal')[0] ?? '');
    asFormat(path, 0);
    const { texts, notices } = await heldIn(folder);
    expect(texts).toEqual([]);
    expect(notices[0]).toMatch(/holds what an older trailx wrote/);
  });
});

describe('a folder that cannot be written', () => {
  test('one line for all lanes, and the run goes on', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cache-')), 'file');
    writeFileSync(file, '');
    const { cache, notices } = openCache(join(file, 'events'));
    for (const region of ['eu-west-1', 'us-east-1']) {
      const lane = await cache.lane({ ...LANE, region });
      await writeEvents(lane, 0, 100);
      expect(lane.spans).toEqual([]);
      for await (const _ of lane.batches(1)) expect.unreachable();
    }
    cache.rememberAccount('print', '111122223333');
    expect(cache.accountOf('print')).toBe('111122223333');
    await cache.close();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^the event cache cannot be made \(.+\); this run goes on without it: \/.*events$/);
  });

  test('read-only: what is there is read, nothing is written', LOOSE, async () => {
    const folder = makeCacheFolder();
    await makeSegment(folder, 0);
    const output = await onDisk(folder, 'ro', 'await writeEvents(lane, 80, 200);');
    expect(output).toEqual({
      total: 80,
      notices: [expect.stringMatching(/^the event cache cannot be written \(.*\); this run goes on without it: \/.*$/)],
    });
    expect((await heldIn(folder)).texts).toEqual(records(0, 80));
  });

  test('a full disk: what fitted is there and claimed, nothing more; one line', LOOSE, async () => {
    const folder = makeCacheFolder();
    await runOnce(folder, 0, 40);
    const body = `for (let k = 40; k < 20_000; k += 50) {
      const [batch] = pages(k, k + 50);
      const noise = Buffer.from(Array.from({ length: 40_000 }, () => 97 + Math.random() * 26)).toString();
      const records = Buffer.concat([...Array.from({ length: 49 }, () => Buffer.from('{}\\n')), Buffer.from(JSON.stringify(noise) + '\\n')]);
      await lane.write({ ...batch, records }, [spanOf(k, k + 50)]);
      if (notices.length > 0) break;
    }`;
    const output = await onDisk(folder, 'tiny', body);
    expect(output.notices).toEqual([
      expect.stringMatching(/^the event cache cannot be (written|made) \(.*\); this run goes on without it: \/.*$/),
    ]);
    expect((output.total - 40) % 50).toBe(0);
  });
});

type DiskRun = { readonly total: number; readonly notices: readonly string[] };

/** Runs `body` on a copy of the cache on a disk that is read-only or tiny, in a mount namespace of the child's own; where
 *  nothing may be mounted, on a folder that takes no files. Tells what a later reader there finds. */
async function onDisk(folder: string, kind: 'ro' | 'tiny', body: string): Promise<DiskRun> {
  const script = `import { heldIn, LANE, openCache, pages, spanOf, writeEvents } from ${HELPERS};
    const [folder] = process.argv.slice(1);
    const { cache, notices } = openCache(folder);
    const lane = await cache.lane(LANE);
    ${body}
    await cache.close();
    const told = [...notices];
    const { texts } = await heldIn(folder);
    process.stdout.write(JSON.stringify({ total: texts.length, notices: told }));`;
  const parent = mkdtempSync(join(tmpdir(), 'disk-'));
  const mount = `mount -t tmpfs -o size=400k tmpfs "$1" && cp -r "$2" "$1/events" ${kind === 'ro' ? '&& mount -o remount,ro "$1"' : ''}`;
  const unshare = process.getuid?.() === 0 ? ['-m'] : ['-Urm'];
  const env = childEnvironment(mkdtempSync(join(tmpdir(), 'home-')));
  const node = [process.execPath, '--input-type=module', '-e', script];
  const mounted = spawnSync(
    'unshare',
    [
      ...unshare,
      'sh',
      '-c',
      `${mount} || exit 99; shift 2; exec "$@"`,
      'sh',
      parent,
      folder,
      ...node,
      join(parent, 'events'),
    ],
    {
      encoding: 'utf8',
      env,
    },
  );
  if (mounted.status === 0) return JSON.parse(mounted.stdout) as DiskRun;
  if (mounted.status !== 99 && mounted.status !== 1) throw new Error(mounted.stderr);
  // The journal cannot be made where a read-only folder refuses it (this is no superuser, or the mount had worked).
  spawnSync('chmod', ['500', laneFolderOf(folder)]);
  const plain = spawnSync(node[0] as string, [...node.slice(1), folder], { encoding: 'utf8', env });
  spawnSync('chmod', ['700', laneFolderOf(folder)]);
  return JSON.parse(plain.stdout) as DiskRun;
}

/** Alters one byte, so far into the file. */
function flip(path: string, part: number): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length * part);
  bytes[at] = (bytes[at] as number) ^ 0x55;
  writeFileSync(path, bytes);
}

function asFormat(path: string, format: number): void {
  const bytes = readFileSync(path);
  const text = bytes.toString('latin1').replace(/^trailx-event-cache 1 /, `trailx-event-cache ${format} `);
  writeFileSync(path, Buffer.from(text, 'latin1'));
}
