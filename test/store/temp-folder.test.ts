// Where the store keeps its files: made, cleaned up, found full.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { StoreError } from '../../src/store/store.ts';
import { startTrailx } from '../cli/run-trailx.ts';
import { childEnvironment } from '../helpers/environment.ts';
import { BIN } from '../helpers/terminal.ts';
import { recordWith } from '../sources/log-files/read.ts';
import { batchesOf, textsOf } from './events.ts';

function makeParent(): string {
  return mkdtempSync(join(tmpdir(), 'parent-'));
}

function storesIn(parent: string): readonly string[] {
  return readdirSync(parent).filter((name) => name.startsWith('trailx-'));
}

/** The number of a process that was. */
function deadPid(): number {
  return spawnSync('true').pid;
}

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
};

const STORE_URL = JSON.stringify(new URL('../../src/store/open-store.ts', import.meta.url).href);

describe('the folder', () => {
  test("is the process's own, for its user only, and goes when the store is closed", async () => {
    const parent = join(makeParent(), 'not', 'there', 'yet');
    const [one, two] = [await openStore({ tempParent: parent }), await openStore({ tempParent: parent })];
    const folders = storesIn(parent);
    expect(folders).toHaveLength(2);
    for (const folder of folders) {
      expect(folder).toMatch(new RegExp(`^trailx-${process.pid}-\\w{6}$`));
      expect(statSync(join(parent, folder)).mode & 0o777).toBe(0o700);
    }
    await one.close();
    expect(storesIn(parent)).toHaveLength(1);
    for (const batch of batchesOf([JSON.stringify(recordWith())]))
      expect(await two.append(batch)).toMatchObject({ added: 1 });
    await two.close();
    expect(storesIn(parent)).toEqual([]);
  });

  test('closing many stores leaves no listeners behind', async () => {
    const before = process.listenerCount('exit');
    for (let k = 0; k < 3; k++) await (await openStore()).close();
    expect(process.listenerCount('exit')).toBe(before);
  });

  test('goes when the process exits, and with the next start when it was killed', async () => {
    const parent = makeParent();
    const script = (end: string) =>
      `import { openStore } from ${STORE_URL}; await openStore({ tempParent: process.argv[1] }); ${end}`;
    const args = (end: string) => ['--input-type=module', '-e', script(end), parent];
    execFileSync(process.execPath, args('process.exit(0);'));
    expect(storesIn(parent)).toEqual([]);

    const child = spawn(process.execPath, args('console.log("open"); setInterval(() => {}, 1000);'));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const [living] = storesIn(parent);
    expect(living).toContain(`-${child.pid}-`);
    await (await openStore({ tempParent: parent })).close();
    expect(storesIn(parent)).toEqual([living]);

    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(storesIn(parent)).toEqual([living]);
    await (await openStore({ tempParent: parent })).close();
    expect(storesIn(parent)).toEqual([]);
  });

  test('what is not surely left behind by a dead trailx is not touched', async () => {
    const parent = makeParent();
    const dead = deadPid();
    const kept = [
      `trailx-${process.pid}-abcdef`,
      'trailx-1-abcdef',
      `trailx-${dead}-too-long`,
      `trailx-${dead}`,
      'trailx-x-abcdef',
      `other-trailx-${dead}-abcdef`,
    ];
    for (const name of [...kept, `trailx-${dead}-abcdef`]) {
      mkdirSync(join(parent, name));
      writeFileSync(join(parent, name, 'records-000000.parquet'), 'x');
    }
    await (await openStore({ tempParent: parent })).close();
    expect(readdirSync(parent).sort()).toEqual([...kept].sort());
  });

  test('that cannot be made: says where, why and what to do', async () => {
    const file = join(makeParent(), 'file');
    writeFileSync(file, '');
    const opening = openStore({ tempParent: join(file, 'below') });
    await expect(opening).rejects.toThrow(StoreError);
    await expect(opening).rejects.toThrow(/^cannot make a temporary folder in .*below: .*; set TMPDIR to another$/);
  });
});

describe('a full disk', () => {
  const records = Array.from({ length: 4000 }, (_, k) => JSON.stringify(recordWith({ noise: noise(k) })));

  // Writes to /dev/full fail as those to a full disk do; where there is none, a folder in the way will do.
  test('append rejects with what to do; the store can be closed and cleans up', async () => {
    const parent = makeParent();
    const store = await openStore({ tempParent: parent });
    const [first, second, third] = batchesOf(records.slice(0, 3000), 0, 1000);
    await store.append(first as never);
    const segment = join(parent, storesIn(parent)[0] as string, 'records-000001.parquet');
    const hasFull = existsSync('/dev/full');
    if (hasFull) symlinkSync('/dev/full', segment);
    else mkdirSync(segment);
    const [failed, next] = [store.append(second as never), store.append(third as never)];
    await expect(failed).rejects.toThrow(StoreError);
    await expect(failed).rejects.toThrow(
      hasFull
        ? /^no space left in the temporary folder \/.*; free some, or set TMPDIR to a larger one$/
        : /^cannot write to the temporary folder /,
    );
    await next.catch(() => {});
    // What was there before can still be looked at.
    expect(await store.search({ kind: 'all' })).toMatchObject({ total: 1000 });
    await store.close();
    expect(storesIn(parent)).toEqual([]);
  });

  test('small batches that cannot be packed: the one that would not fit is refused, all before it can be read', async () => {
    const parent = makeParent();
    const store = await openStore({ tempParent: parent });
    const segment = join(parent, storesIn(parent)[0] as string, 'records-000000.parquet');
    mkdirSync(segment);
    let added = 0;
    const refused = async (): Promise<unknown> => {
      for (let round = 0; round < 3; round++) {
        const texts = records.map((_, k) => JSON.stringify(recordWith({ noise: `${round} ${k}` })));
        for (const batch of batchesOf(texts, round, 500)) {
          try {
            added += (await store.append(batch)).added;
          } catch (error) {
            return error;
          }
        }
      }
      return null;
    };
    expect(await refused()).toBeInstanceOf(StoreError);
    expect(added).toBeGreaterThan(4000);
    const result = await store.search({ kind: 'all' });
    expect(result.total).toBe(added);
    expect(await textsOf(store, result)).toHaveLength(added);
    await store.close();
    expect(storesIn(parent)).toEqual([]);
  });

  test('trailx query ends with one clear line, exit code 2 and no files left', async () => {
    const parent = makeParent();
    const file = join(makeParent(), 'events.json');
    writeFileSync(file, records.join('\n'));
    const ended = mayMount() ? runOnTinyDisk(parent, file) : await runIntoDevFull(parent, records.join('\n'));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /^trailx: no space left in the temporary folder .*trailx-\d+-\w{6}; free some, or set TMPDIR to a larger one\n$/,
    );
    expect(ended.left.filter((name) => name.startsWith('trailx-'))).toEqual([]);
  });
});

type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What is in the temporary folder afterwards. */
  readonly left: readonly string[];
};

/** In a mount namespace of the child's own: a disk of 400 KB, seen by nobody else and gone with the child. */
function runOnTinyDisk(parent: string, file: string): Ended {
  const script = `mount -t tmpfs -o size=400k tmpfs "$1" || exit 99
    "$2" "$3" query "$4"; code=$?; ls "$1" >&3; exit $code`;
  const { status, stdout, stderr, output } = spawnSync(
    'unshare',
    [...UNSHARE, 'sh', '-c', script, 'sh', parent, process.execPath, BIN, file],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...childEnvironment(makeParent()), TMPDIR: parent, NODE_DISABLE_COMPILE_CACHE: '1' },
    },
  );
  return { code: status, stdout, stderr, left: (output[3] ?? '').split('\n') };
}

const UNSHARE = process.getuid?.() === 0 ? ['-m'] : ['-Urm'];

function mayMount(): boolean {
  const mount = ['sh', '-c', 'mount -t tmpfs -o size=400k tmpfs "$1"', 'sh', makeParent()];
  return spawnSync('unshare', [...UNSHARE, ...mount], { stdio: 'ignore' }).status === 0;
}

/** Where nothing may be mounted: the first file that the store is to write is /dev/full. */
async function runIntoDevFull(parent: string, input: string): Promise<Ended> {
  const { child, ended } = startTrailx(['query', '-'], { env: { TMPDIR: parent }, isInputOpen: true });
  await until(() => storesIn(parent).length > 0);
  symlinkSync('/dev/full', join(parent, storesIn(parent)[0] as string, 'records-000000.parquet'));
  child.stdin?.end(input);
  return { ...(await ended), left: storesIn(parent) };
}

/** Text that does not compress. */
function noise(seed: number): string {
  let state = seed + 1;
  let text = '';
  while (text.length < 800) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    text += state.toString(36);
  }
  return text;
}
