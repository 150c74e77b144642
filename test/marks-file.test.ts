import { spawn } from 'node:child_process';
import {
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
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tryLock } from '../src/file-lock.ts';
import { openMarks } from '../src/marks-file.ts';
import type { StoredMark } from '../src/state/marks.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'marks.json');
const key = (number: number) => number.toString(16).padStart(16, '0');

function stored(changes: Partial<StoredMark> = {}): StoredMark {
  return {
    marked: true,
    note: '',
    eventID: 'e',
    time: '2026-05-19T14:00:00Z',
    name: 'RunInstances',
    who: 'Admin/alice',
    at: '2026-05-20T00:00:00.000Z',
    ...changes,
  };
}

describe('marks.json', () => {
  test('what is saved is read again; nobody else may read it', async () => {
    const nested = join(folder, 'a', 'b');
    expect(await openMarks(nested).read()).toEqual({ marks: new Map(), notice: null });
    const note = 'ask bob about \u202eit ✎';
    expect(await openMarks(nested).save(new Map([[key(1), stored({ note })]]))).toBeNull();
    expect(
      await openMarks(nested).save(new Map([[key(2), stored({ marked: false, note: 'only a note' })]])),
    ).toBeNull();
    const { marks } = await openMarks(nested).read();
    expect(marks).toEqual(
      new Map([
        [key(1), stored({ note })],
        [key(2), stored({ marked: false, note: 'only a note' })],
      ]),
    );
    expect(statSync(join(nested, 'marks.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(nested)).toEqual(['marks.json']);
  });

  test('a person can read it', async () => {
    await openMarks(folder).save(new Map([[key(1), stored({ note: 'why' })]]));
    expect(readFileSync(path(), 'utf8')).toMatch(/"note": "why",\n.*"eventID": "e",\n.*"time"/);
  });

  test('two at once keep the marks of both, and the last one wins where they mean the same event', async () => {
    const [one, two] = [openMarks(folder), openMarks(folder)];
    await Promise.all([one.read(), two.read()]);
    await one.save(new Map([[key(1), stored({ note: 'one' })]]));
    await two.save(
      new Map([
        [key(2), stored()],
        [key(1), stored({ note: 'two' })],
      ]),
    );
    await one.save(new Map([[key(3), stored()]]));
    await two.save(new Map([[key(3), { marked: false }]]));
    const { marks } = await openMarks(folder).read();
    expect([...marks].map(([at, { note }]) => [at, note])).toEqual([
      [key(2), ''],
      [key(1), 'two'],
    ]);
  });

  test('processes that write at the same moment lose nothing', { timeout: 30_000 }, async () => {
    const program = `
      const { openMarks } = await import(process.argv[1]);
      const file = openMarks(process.argv[2]);
      const first = Number(process.argv[3]);
      for (let n = first; n < first + 20; n++) {
        const notice = await file.save(new Map([[n.toString(16).padStart(16, '0'), { marked: true, note: 'n' + n }]]));
        if (notice !== null) throw new Error(notice);
      }`;
    const module = new URL('../src/marks-file.ts', import.meta.url).href;
    const codes = await Promise.all(
      [100, 200, 300, 400, 500, 600].map(
        (first) =>
          new Promise((resolve) => {
            const args = ['--input-type=module', '-e', program, module, folder, String(first)];
            spawn(process.execPath, args, { stdio: 'inherit' }).on('exit', resolve);
          }),
      ),
    );
    expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await openMarks(folder).read()).marks.size).toBe(120);
    expect(readdirSync(folder)).toEqual(['marks.json']);
  });

  test.each([
    ['no JSON', '{"format": 1, "marks": {"00', 'not JSON'],
    ['no object', '[1]', 'not a JSON object'],
    ['no marks', '{"format": 1}', 'without marks'],
    ['zeroes', '\0'.repeat(100), 'not JSON'],
    ['empty', '', 'not JSON'],
  ])('a damaged file is set aside: %s', async (_, text, reason) => {
    writeFileSync(path(), text);
    const file = openMarks(folder);
    const { marks, notice } = await file.read();
    expect(marks.size).toBe(0);
    expect(notice).toContain(`${path()} was damaged (${reason}): set aside as`);
    expect(readFileSync(join(folder, 'marks.damaged.json'), 'utf8')).toBe(text);
    expect(await file.save(new Map([[key(1), stored()]]))).toBeNull();
    expect((await openMarks(folder).read()).marks.size).toBe(1);
  });

  test('a file that is damaged meanwhile loses nothing of what this run knows', async () => {
    const file = openMarks(folder);
    await file.save(new Map([[key(1), stored()]]));
    writeFileSync(path(), '{"format":1,"ma');
    expect(await file.save(new Map([[key(2), stored()]]))).toContain('set aside');
    expect((await openMarks(folder).read()).marks.size).toBe(2);
  });

  test('entries that make no sense cost only themselves', async () => {
    const odd = {
      [key(1)]: stored(),
      [key(2)]: 7,
      'not a key': stored(),
      __proto__: stored(),
      [key(3)]: { note: 'x'.repeat(5000), eventID: 9 },
      [key(4)]: { marked: false, note: 3 },
    };
    writeFileSync(path(), JSON.stringify({ format: 1, marks: odd }));
    const { marks, notice } = await openMarks(folder).read();
    expect(notice).toBeNull();
    expect([...marks.keys()]).toEqual([key(1), key(3)]);
    expect(marks.get(key(3))).toMatchObject({ marked: true, eventID: '' });
    expect(marks.get(key(3))?.note).toHaveLength(2000);
  });

  test('a file of a newer trailx is read, and left alone', async () => {
    const text = JSON.stringify({ format: 2, marks: { [key(1)]: stored() } });
    writeFileSync(path(), text);
    const file = openMarks(folder);
    const { marks, notice } = await file.read();
    expect(marks.size).toBe(1);
    expect(notice).toContain('written by a newer trailx');
    expect(await file.save(new Map([[key(2), stored()]]))).toBeNull();
    expect(readFileSync(path(), 'utf8')).toBe(text);
  });

  test('what cannot be written says so, and is written with the next change', async () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    const file = openMarks(join(blocked, 'trailx'));
    expect(await file.read()).toEqual({ marks: new Map(), notice: null });
    expect(await file.save(new Map([[key(1), stored()]]))).toContain('marks and notes cannot be kept in');
    rmSync(blocked);
    expect(await file.save(new Map([[key(2), stored()]]))).toBeNull();
    expect((await openMarks(join(blocked, 'trailx')).read()).marks.size).toBe(2);
  });

  test('each damaged file is kept under a name of its own', async () => {
    for (const text of ['{oops 1', '{oops 2', '{oops 3']) {
      writeFileSync(path(), text);
      expect((await openMarks(folder).read()).notice).toContain('set aside as');
    }
    const kept = ['marks.damaged.json', 'marks.damaged-2.json', 'marks.damaged-3.json'];
    expect(kept.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['{oops 1', '{oops 2', '{oops 3']);
    expect(readdirSync(folder).sort()).toEqual([...kept].sort());
  });

  test('mark and note are stored each for itself', async () => {
    const file = openMarks(folder);
    await file.save(new Map([[key(1), stored({ note: 'of last week' })]]));
    await openMarks(folder).save(new Map([[key(1), { marked: false }]]));
    expect((await file.read()).marks.get(key(1))).toEqual(stored({ marked: false, note: 'of last week' }));
    await file.save(new Map([[key(1), { note: '' }]]));
    expect((await file.read()).marks.size).toBe(0);
  });

  test('what this trailx does not know is kept', async () => {
    const odd = { [key(1)]: { ...stored(), colour: 'red' }, 'not a key': 7 };
    writeFileSync(path(), JSON.stringify({ format: 1, tags: { keep: 'me' }, marks: odd }));
    await openMarks(folder).save(
      new Map<string, Partial<StoredMark>>([
        [key(1), { marked: false, note: '' }],
        [key(2), stored()],
      ]),
    );
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toEqual({
      format: 1,
      tags: { keep: 'me' },
      marks: { [key(1)]: { ...stored({ marked: false }), colour: 'red' }, 'not a key': 7, [key(2)]: stored() },
    });
  });

  test.each(['"2"', '{"major":2}', 'null', '1.5'])(
    'a format that is none of ours is a newer one: %s',
    async (format) => {
      const text = `{"format":${format},"marks":{}}`;
      writeFileSync(path(), text);
      const file = openMarks(folder);
      expect((await file.read()).notice).toContain('written by a newer trailx');
      expect(await file.save(new Map([[key(2), stored()]]))).toBeNull();
      expect(readFileSync(path(), 'utf8')).toBe(text);
    },
  );

  test.each([true, false])('a link to the file stays one, whether or not the file is there: %s', async (isThere) => {
    const real = join(folder, 'dotfiles');
    mkdirSync(real);
    if (isThere) writeFileSync(join(real, 'm.json'), JSON.stringify({ format: 1, marks: { [key(1)]: stored() } }));
    symlinkSync(join('dotfiles', 'm.json'), path());
    expect(await openMarks(folder).save(new Map([[key(2), stored()]]))).toBeNull();
    expect(lstatSync(path()).isSymbolicLink()).toBe(true);
    expect(readdirSync(real)).toEqual(['m.json']);
    expect((await openMarks(folder).read()).marks.size).toBe(isThere ? 2 : 1);
  });

  test('nothing that lies about is written into or takes the place of the file', async () => {
    const precious = join(folder, 'precious');
    writeFileSync(precious, 'precious');
    symlinkSync(precious, `${path()}.${process.pid}.tmp`);
    await openMarks(folder).save(new Map([[key(1), stored()]]));
    expect(readFileSync(precious, 'utf8')).toBe('precious');
    expect(lstatSync(path()).isFile()).toBe(true);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  test('a folder that is made is for its owner alone', async () => {
    const nested = join(folder, 'a', 'trailx');
    await openMarks(nested).save(new Map([[key(1), stored()]]));
    expect(statSync(nested).mode & 0o777).toBe(0o700);
  });

  test('what another trailx holds up is not written, and is written when that one is done', {
    timeout: 20_000,
  }, async () => {
    const file = openMarks(folder);
    const lock = tryLock(join(folder, 'marks.lock'));
    expect(await file.save(new Map([[key(1), stored()]]))).toContain('another trailx is writing');
    expect(file.unsaved).toBe(1);
    expect(readdirSync(folder)).toEqual(['marks.lock']);
    lock?.unlock();
    expect(await file.save(new Map())).toBeNull();
    expect(file.unsaved).toBe(0);
    expect((await openMarks(folder).read()).marks.size).toBe(1);
  });

  test('a folder in the place of the file harms nothing', async () => {
    mkdirSync(path());
    const file = openMarks(folder);
    expect((await file.read()).notice).toContain('are not kept');
    expect(await file.save(new Map([[key(1), stored()]]))).toBeNull();
  });
});
