import {
  chmodSync,
  existsSync,
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
import { OutputError } from '../../src/export/output.ts';
import { checkWritable, openFileOutput } from '../../src/export/write-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;

test('the name appears when everything is written, and nothing else stays', async () => {
  const path = join(folder, 'out.json');
  const output = await openFileOutput(path, { force: false });
  await output.write('one\n');
  await output.write(Buffer.from('two\n'));
  expect(existsSync(path)).toBe(false);
  await output.commit();
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  expect(readdirSync(folder)).toEqual(['out.json']);
  expect(statSync(path).mode & 0o777).toBe(0o666 & ~process.umask());
});

test('an abandoned output leaves nothing, and what was there stays', async () => {
  const path = join(folder, 'out.json');
  writeFileSync(path, 'old');
  const output = await openFileOutput(path, { force: true });
  await output.write('half');
  await output.abandon();
  expect(readdirSync(folder)).toEqual(['out.json']);
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test('an existing file is kept without force, replaced with it, in its own mode', async () => {
  const path = join(folder, 'out.json');
  writeFileSync(path, 'old');
  chmodSync(path, 0o640);
  await expect(openFileOutput(path, { force: false })).rejects.toThrow(
    `cannot write ${path}: it exists already; --force replaces it`,
  );
  const output = await openFileOutput(path, { force: true });
  await output.write('new');
  await output.commit();
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test('a file that appears meanwhile is not overwritten', async () => {
  const path = join(folder, 'out.json');
  const output = await openFileOutput(path, { force: false });
  await output.write('ours');
  writeFileSync(path, 'theirs');
  await expect(output.commit()).rejects.toThrow('it exists already');
  expect(readFileSync(path, 'utf8')).toBe('theirs');
  expect(readdirSync(folder)).toEqual(['out.json']);
});

test('force replaces what a link leads to, and keeps the link', async () => {
  const path = join(folder, 'link');
  writeFileSync(join(folder, 'real'), 'old');
  symlinkSync('real', path);
  const output = await openFileOutput(path, { force: true });
  await output.write('new');
  await output.commit();
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
  expect(readdirSync(folder).sort()).toEqual(['link', 'real']);
});

test('a link that leads nowhere is a name that is taken', async () => {
  const path = join(folder, 'link');
  symlinkSync('nowhere', path);
  await expect(checkWritable(path, { force: false })).rejects.toThrow('it exists already');
});

test('a device is written into, never replaced', async () => {
  const output = await openFileOutput('/dev/null', { force: false });
  await output.write('gone');
  await output.commit();
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('a full disk fails with a clear reason', async () => {
  if (!existsSync('/dev/full')) return;
  const output = await openFileOutput('/dev/full', { force: false });
  await expect(output.write('x')).rejects.toThrow('cannot write /dev/full: the disk is full');
  await output.abandon();
});

test.each([
  ['a missing folder', 'missing/out.json', /: there is no folder .*missing$/],
  ['a folder', 'sub', /: it is a folder; name a file in it$/],
  ['a name that ends like a folder', 'new/', /: it is a folder; name a file in it$/],
  ['a file in the middle of the path', 'file/out.json', /: part of the path is a file, not a folder$/],
  ['a name that is too long', 'x'.repeat(300), /: the name is too long$/],
])('%s is refused before any work', async (_, name, message) => {
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'file'), '');
  await expect(checkWritable(`${folder}/${name}`, { force: true })).rejects.toThrow(OutputError);
  await expect(checkWritable(`${folder}/${name}`, { force: true })).rejects.toThrow(message);
  expect(readdirSync(folder).sort()).toEqual(['file', 'sub']);
});

test('a folder without write permission is refused', async () => {
  // Root may write anywhere.
  if (isRoot) return;
  chmodSync(folder, 0o500);
  await expect(checkWritable(join(folder, 'out.json'), { force: false })).rejects.toThrow('permission denied');
  chmodSync(folder, 0o700);
});

test('names of any length and spelling can be written', async () => {
  for (const name of ['é'.repeat(120), '-o', '.hidden', 'a b\nc']) {
    const output = await openFileOutput(join(folder, name), { force: false });
    await output.write(name);
    await output.commit();
    expect(readFileSync(join(folder, name), 'utf8')).toBe(name);
  }
});
