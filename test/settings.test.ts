import { spawn } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryLock } from '../src/file-lock.ts';
import { DEFAULT_SETTINGS, openSettings, settingsFolder } from '../src/settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'settings.json');

test('what is saved is read again, and the rest stays', async () => {
  const nested = join(folder, 'a', 'b');
  expect(openSettings(nested)).toMatchObject({ values: DEFAULT_SETTINGS, notice: null });
  expect(await openSettings(nested).save({ theme: 'light', hiddenColumns: ['source', 'from'] })).toBeNull();
  expect(await openSettings(nested).save({ lastQuery: 'error:denied', detailSize: 0.5, mouse: false })).toBeNull();
  expect(openSettings(nested)).toMatchObject({
    values: {
      theme: 'light',
      hiddenColumns: ['source', 'from'],
      lastQuery: 'error:denied',
      detailSize: 0.5,
      mouse: false,
    },
    notice: null,
  });
  expect(statSync(join(nested, 'settings.json')).mode & 0o777).toBe(0o600);
});

test.each([
  ['no JSON', '{"theme": "da', 'not JSON'],
  ['no object', '[1]', 'not a JSON object'],
  ['zeroes', '\0'.repeat(100), 'not JSON'],
  ['empty', '', 'not JSON'],
  ['huge', `{"theme":"${'x'.repeat(1_100_000)}"}`, 'too large'],
])('a damaged file is set aside: %s', async (_, text, reason) => {
  writeFileSync(path(), text);
  const settings = openSettings(folder);
  expect(settings.values).toEqual(DEFAULT_SETTINGS);
  expect(settings.notice).toContain(`${path()} was damaged (${reason}): set aside as`);
  expect(readFileSync(join(folder, 'settings.damaged.json'), 'utf8')).toBe(text);
  expect(await settings.save({ theme: 'mono' })).toBeNull();
  expect(openSettings(folder)).toMatchObject({ values: { theme: 'mono' }, notice: null });
});

test('values that make no sense cost only themselves', () => {
  writeFileSync(
    path(),
    JSON.stringify({
      theme: 7,
      hiddenColumns: ['time', 1],
      zone: 'mars',
      lastQuery: null,
      detailSize: 40,
      mouse: false,
    }),
  );
  expect(openSettings(folder)).toMatchObject({ values: { ...DEFAULT_SETTINGS, mouse: false }, notice: null });
});

test('profiles and their Regions are kept, each on its own', async () => {
  const regionsOfProfile = { prod: ['eu-west-1', 'us-east-1'], '': 'all' } as const;
  expect(await openSettings(folder).save({ profiles: [null, 'prod'], regionsOfProfile })).toBeNull();
  expect(openSettings(folder).values).toMatchObject({ profiles: [null, 'prod'], regionsOfProfile });
  const odd = { prod: 'all', a: [], b: 'some', c: [7], d: null, e: ['eu-west-1'] };
  writeFileSync(path(), JSON.stringify({ profiles: ['prod', 3], regionsOfProfile: odd }));
  expect(openSettings(folder).values).toMatchObject({
    profiles: [],
    regionsOfProfile: { prod: 'all', e: ['eu-west-1'] },
  });
  for (const regions of [[], null, 'all']) {
    writeFileSync(path(), JSON.stringify({ regionsOfProfile: regions }));
    expect(openSettings(folder).values.regionsOfProfile).toEqual({});
  }
});

test('noise is kept, and each part of it that makes no sense is as at first', async () => {
  const noise = { isOn: true, reads: false, services: true, names: ['AssumeRole'] };
  expect(await openSettings(folder).save({ noise })).toBeNull();
  expect(openSettings(folder).values.noise).toEqual(noise);
  writeFileSync(path(), JSON.stringify({ noise: { isOn: 'yes', reads: false, names: [1] } }));
  expect(openSettings(folder).values.noise).toEqual({ ...DEFAULT_SETTINGS.noise, reads: false });
  writeFileSync(path(), JSON.stringify({ noise: null }));
  expect(openSettings(folder).values.noise).toEqual(DEFAULT_SETTINGS.noise);
});

test('users of Identity Center keep the names that make sense, and the others are told', async () => {
  const users = { 'user-1': 'dave', 'user-2': 'erin' };
  writeFileSync(path(), JSON.stringify({ identityCenterUsers: users }));
  expect(openSettings(folder)).toMatchObject({ values: { identityCenterUsers: users }, notice: null });
  expect(await openSettings(folder).save({ theme: 'light' })).toBeNull();
  expect(openSettings(folder).values.identityCenterUsers).toEqual(users);
  const odd = { 'user-1': 'dave', 'user-3': 7, 'user-4': '', 'user-5': null };
  writeFileSync(path(), JSON.stringify({ theme: 'light', identityCenterUsers: odd }));
  const settings = openSettings(folder);
  expect(settings.values).toMatchObject({ theme: 'light', identityCenterUsers: { 'user-1': 'dave' } });
  expect(settings.notice).toBe(
    `${path()}: identityCenterUsers of "user-3" and 2 more is no name in quotes; only the others are used`,
  );
  for (const wrong of [['dave'], 'dave', 7, null]) {
    writeFileSync(path(), JSON.stringify({ theme: 'light', identityCenterUsers: wrong }));
    expect(openSettings(folder)).toMatchObject({
      values: { theme: 'light', identityCenterUsers: {} },
      notice: `${path()}: identityCenterUsers is not of the form {"<userId>": "name"}; it is not used`,
    });
  }
});

test('a file of a newer trailx is read, and left alone', async () => {
  const text = JSON.stringify({ format: 2, theme: 'light' });
  writeFileSync(path(), text);
  const settings = openSettings(folder);
  expect(settings.values.theme).toBe('light');
  expect(settings.notice).toContain('written by a newer trailx');
  expect(await settings.save({ theme: 'dark' })).toBeNull();
  expect(readFileSync(path(), 'utf8')).toBe(text);
});

test('what cannot be written is not kept, and says so', async () => {
  // A file where the folder should be: refused to everybody, root too.
  const blocked = join(folder, 'file');
  writeFileSync(blocked, '');
  const settings = openSettings(join(blocked, 'trailx'));
  expect(settings).toMatchObject({ values: DEFAULT_SETTINGS, notice: null });
  expect(await settings.save({ theme: 'dark' })).toContain('settings cannot be kept in');
});

test('a folder in the place of the file harms nothing', async () => {
  mkdirSync(path());
  const settings = openSettings(folder);
  expect(settings.values).toEqual(DEFAULT_SETTINGS);
  expect(settings.notice).toContain('settings are not kept');
  expect(await settings.save({ theme: 'dark' })).toBeNull();
});

test('a read-only folder with a file in it still gives its values', async () => {
  await openSettings(folder).save({ theme: 'light' });
  chmodSync(folder, 0o500);
  expect(openSettings(folder).values.theme).toBe('light');
  chmodSync(folder, 0o700);
});

test('two programs at once leave a whole file', async () => {
  await Promise.all([1, 2, 3, 4].map((n) => openSettings(folder).save({ lastQuery: `q${n}` })));
  expect(openSettings(folder).values.lastQuery).toMatch(/^q[1-4]$/);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test('each damaged file is kept under a name of its own', () => {
  for (const text of ['{oops 1', '{oops 2']) {
    writeFileSync(path(), text);
    expect(openSettings(folder).notice).toContain('set aside as');
  }
  expect(readFileSync(join(folder, 'settings.damaged.json'), 'utf8')).toBe('{oops 1');
  expect(readFileSync(join(folder, 'settings.damaged-2.json'), 'utf8')).toBe('{oops 2');
});

test('a format that is none of ours is a newer one', async () => {
  const text = '{"format":"2","theme":"light"}';
  writeFileSync(path(), text);
  const settings = openSettings(folder);
  expect(settings.notice).toContain('written by a newer trailx');
  expect(await settings.save({ theme: 'dark' })).toBeNull();
  expect(readFileSync(path(), 'utf8')).toBe(text);
});

test('processes that write at the same moment keep what the others have written', { timeout: 60_000 }, async () => {
  const program = `
    const { openSettings } = await import(process.argv[1]);
    const file = openSettings(process.argv[2]);
    for (let n = 0; n < 20; n++) {
      const name = process.argv[3] + n;
      for (;;) {
        const notice = await file.save((stored) => ({ savedQueries: { ...stored.savedQueries, [name]: 'x' } }));
        if (notice === null) break;
        if (!notice.includes('another trailx')) throw new Error(notice);
      }
    }`;
  const module = new URL('../src/settings.ts', import.meta.url).href;
  const codes = await Promise.all(
    ['a', 'b', 'c'].map(
      (name) =>
        new Promise((resolve) => {
          const args = ['--input-type=module', '-e', program, module, folder, name];
          spawn(process.execPath, args, { stdio: 'inherit' }).on('exit', resolve);
        }),
    ),
  );
  expect(codes).toEqual([0, 0, 0]);
  expect(Object.keys(openSettings(folder).values.savedQueries)).toHaveLength(60);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test('what another trailx holds up is not written, and that is said', async () => {
  const settings = openSettings(folder);
  const lock = tryLock(join(folder, 'settings.lock'));
  expect(await settings.save({ theme: 'dark' })).toContain('another trailx is writing');
  expect(openSettings(folder).values.theme).toBe('');
  lock?.unlock();
  expect(await settings.save({ theme: 'dark' })).toBeNull();
});

test('a link to the file stays one, and the folder that is made is for its owner alone', async () => {
  const real = join(folder, 'dotfiles', 's.json');
  mkdirSync(join(folder, 'dotfiles'));
  symlinkSync(real, path());
  expect(await openSettings(folder).save({ theme: 'dark' })).toBeNull();
  expect(lstatSync(path()).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(real, 'utf8'))).toMatchObject({ theme: 'dark' });
  await openSettings(join(folder, 'trailx')).save({ theme: 'dark' });
  expect(statSync(join(folder, 'trailx')).mode & 0o777).toBe(0o700);
});

test('the folder is the one the desktop names', () => {
  const saved = process.env.XDG_CONFIG_HOME;
  process.env.XDG_CONFIG_HOME = folder;
  if (process.platform === 'linux') expect(settingsFolder()).toBe(join(folder, 'trailx'));
  if (saved === undefined) delete process.env.XDG_CONFIG_HOME;
  else process.env.XDG_CONFIG_HOME = saved;
});

test('changes can follow from what is stored by then', async () => {
  const settings = openSettings(folder);
  await openSettings(folder).save({ queryHistory: ['error:*'], savedQueries: { root: 'type:Root' } });
  await settings.save(({ queryHistory, savedQueries }) => ({
    queryHistory: ['who:alice', ...queryHistory],
    savedQueries: { ...savedQueries, ['__proto__']: 'x' },
  }));
  const { values } = openSettings(folder);
  expect(values.queryHistory).toEqual(['who:alice', 'error:*']);
  expect(Object.entries(values.savedQueries)).toEqual([
    ['root', 'type:Root'],
    ['__proto__', 'x'],
  ]);
});

test('of searches that were kept, those that make no sense are left out', () => {
  const queryHistory = Array.from({ length: 120 }, (_, k) => `q${k}`);
  writeFileSync(path(), JSON.stringify({ queryHistory, savedQueries: { a: 'b', c: 1, d: '', '': 'x' } }));
  const { values } = openSettings(folder);
  expect(values.queryHistory).toEqual(queryHistory.slice(0, 100));
  expect(values.savedQueries).toEqual({ a: 'b' });
  writeFileSync(path(), JSON.stringify({ queryHistory: ['a', 1], savedQueries: ['a'] }));
  expect(openSettings(folder).values).toEqual(DEFAULT_SETTINGS);
});
