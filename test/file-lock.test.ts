import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFile, tryLock } from '../src/file-lock.ts';
import { ownName } from '../src/store/owner.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'marks.lock');

/** The number of a process that is gone. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;
const age = (ms: number) => utimesSync(path(), new Date(), new Date(Date.now() - ms));

test('one has it at a time', async () => {
  const lock = tryLock(path());
  expect(lock?.isHeld()).toBe(true);
  expect(tryLock(path())).toBeNull();
  expect(await lockFile(path(), 30)).toBeNull();
  const next = lockFile(path(), 10_000);
  lock?.unlock();
  expect((await next)?.isHeld()).toBe(true);
});

test('whoever waits gets it, and nothing is left', async () => {
  let held = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const lock = await lockFile(path(), 20_000);
      most = Math.max(most, ++held);
      await new Promise((resolve) => setImmediate(resolve));
      held--;
      lock?.unlock();
    }),
  );
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('that of a process that is gone is taken over, that of a living one is not', () => {
  writeFileSync(path(), ownName(deadPid()));
  const lock = tryLock(path());
  expect(lock?.isHeld()).toBe(true);
  lock?.unlock();
  writeFileSync(path(), ownName(process.ppid));
  expect(tryLock(path())).toBeNull();
  age(60_000);
  expect(tryLock(path())?.isHeld()).toBe(true);
});

test('one without a name is left for a moment', () => {
  writeFileSync(path(), '');
  expect(tryLock(path())).toBeNull();
  age(10_000);
  expect(tryLock(path())).not.toBeNull();
});

test('a dead one is taken down by one at a time', () => {
  writeFileSync(path(), ownName(deadPid()));
  writeFileSync(`${path()}.dead`, ownName(process.ppid));
  expect(tryLock(path())).toBeNull();
  writeFileSync(`${path()}.dead`, ownName(deadPid()));
  expect(tryLock(path())).toBeNull();
  expect(tryLock(path())).not.toBeNull();
});

test('who has lost it does not give back that of another', () => {
  const lock = tryLock(path());
  age(60_000);
  const other = tryLock(path());
  expect(lock?.isHeld()).toBe(false);
  lock?.unlock();
  expect(existsSync(path())).toBe(true);
  expect(other?.isHeld()).toBe(true);
});

test('a folder that is not there is said', async () => {
  await expect(lockFile(join(folder, 'none', 'lock'), 0)).rejects.toThrow('ENOENT');
});
