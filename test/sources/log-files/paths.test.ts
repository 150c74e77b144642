// What is named on the command line and what lies in folders: the real source, real threads, real pipes and links.

import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../../src/sources/log-files/list-files.ts';
import { SourceError } from '../../../src/sources/source.ts';
import { makeFolder } from './files.ts';
import { readAll, readHere, recordWith } from './read.ts';

const isRoot = process.getuid?.() === 0;
const NOTHING = { digests: 0, notifications: 0, otherValues: 0, otherFiles: 0 };
/** A user whom no file here belongs to. */
const NOBODY = 65534;

function record(): string {
  return JSON.stringify(recordWith());
}

function makeFifo(path: string): string {
  execFileSync('mkfifo', [path]);
  return path;
}

describe.concurrent('pipes, links and devices', () => {
  // The slowest first: the others are done while it waits.
  test('a named pipe that nobody writes to is given up; other files are not kept waiting', async () => {
    const { path, write } = makeFolder();
    const text = record();
    const pipe = makeFifo(join(path, 'pipe'));
    const { records, report } = await readAll({ paths: [pipe, write(text), '/dev/null'] });
    expect(records).toEqual([text]);
    expect(report.problems).toEqual([
      { path: '/dev/null', reason: 'not a file', kept: 0 },
      { path: pipe, reason: 'a pipe that nobody writes to', kept: 0 },
    ]);
    expect(report.passedOver).toEqual(NOTHING);
  });

  test('in a folder: pipes and sockets are passed over, links followed, each folder read once', async () => {
    const { path, write } = makeFolder();
    const texts = [record(), record()];
    write(texts[0] as string, 'a/one.json');
    write(texts[1] as string, 'elsewhere.json');
    makeFifo(join(path, 'a/pipe'));
    const server = createServer().listen(join(path, 'a/socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    symlinkSync('../elsewhere.json', join(path, 'a/link.json'));
    symlinkSync('..', join(path, 'a/back'));
    symlinkSync('a', join(path, 'twin'));
    symlinkSync('a', join(path, 'triplet'));
    symlinkSync('.', join(path, 'a/self'));
    symlinkSync('loop-b', join(path, 'loop-a'));
    symlinkSync('loop-a', join(path, 'loop-b'));
    symlinkSync('nowhere', join(path, 'dangling'));
    symlinkSync('/dev/null', join(path, 'null'));
    const { records, report } = await readAll({ paths: [join(path, 'twin'), join(path, 'triplet'), path] });
    server.close();
    // elsewhere.json is reached by its name too: the store sees that it is one event.
    expect([...records].sort()).toEqual([...texts, texts[1]].sort());
    expect(report.passedOver.otherFiles).toBe(3);
    expect(report.problems.map(({ path: at, reason }) => [basename(at), reason])).toEqual([
      ['dangling', 'no such file or folder'],
      ['loop-a', 'a symbolic link that leads to itself'],
      ['loop-b', 'a symbolic link that leads to itself'],
    ]);
  });

  test('a named pipe is read, however slowly it comes', async () => {
    const { path, write } = makeFolder();
    const pipe = makeFifo(join(path, 'pipe'));
    const texts = Array.from({ length: 40 }, record);
    const [first, second] = [write(texts.slice(0, 3).join('\n')), write(`\n${texts.slice(3).join('\n')}`)];
    spawn('sh', ['-c', `exec 1>'${pipe}'; cat '${first}'; sleep 0.3; cat '${second}'`], { stdio: 'ignore' });
    const arrived: number[] = [];
    const { records, report } = await readAll({ paths: [pipe] }, undefined, (batch) => arrived.push(batch.count));
    expect(records).toEqual(texts);
    expect(report.problems).toEqual([]);
    // The first did not wait for the rest.
    expect(arrived[0]).toBeLessThanOrEqual(3);
  });

  test('a named pipe with gzip, through the shell', async () => {
    const { path, write } = makeFolder();
    const texts = Array.from({ length: 2000 }, record);
    const file = write(gzipSync(texts.join('\n')), 'a.gz');
    const pipe = makeFifo(join(path, 'pipe'));
    spawn('sh', ['-c', `cat '${file}' > '${pipe}'`], { stdio: 'ignore' });
    const { records, report } = await readAll({ paths: [pipe] });
    expect(records).toEqual(texts);
    expect(report.problems).toEqual([]);
  });
});

describe.concurrent('paths that cannot be read', () => {
  test('alone: the request is wrong', async () => {
    const { path, write } = makeFolder();
    const missing = join(path, 'missing');
    await expect(readAll({ paths: [missing] })).rejects.toThrow(new SourceError(`${missing}: no such file or folder`));
    const below = join(write('{}'), 'below');
    await expect(readAll({ paths: [missing, below] })).rejects.toThrow(
      new SourceError(`${missing}: no such file or folder\n${below}: part of the path is not a folder`),
    );
  });

  test('among others: named, and the others read', async () => {
    const { path, write } = makeFolder();
    const text = record();
    const missing = join(path, 'missing');
    const { records, report } = await readAll({ paths: [missing, write(text)] });
    expect(records).toEqual([text]);
    expect(report.problems).toEqual([{ path: missing, reason: 'no such file or folder', kept: 0 }]);
    expect(report).toMatchObject({ filesDone: 1, filesTotal: 1, events: 1, wasCancelled: false });
  });

  // Root may read everything: as root, the reading is done by a child process that has stepped down to nobody.
  test('without permission', async () => {
    const { path, write } = makeFolder();
    const [good, file, inside] = [write(record()), write(record(), 'shut.json'), write(record(), 'folder/a.json')];
    chmodSync(path, 0o755);
    chmodSync(file, 0);
    chmodSync(join(path, 'folder'), 0);
    const script = `
      import { listFiles } from ${JSON.stringify(new URL('../../../src/sources/log-files/list-files.ts', import.meta.url).href)};
      import { readHere } from ${JSON.stringify(new URL('./read.ts', import.meta.url).href)};
      const events = [...listFiles({ paths: process.argv.slice(1) })];
      const files = events.flatMap((event) => event.kind === 'files' ? event.files : []).map(({ path }) => path);
      const { reports } = await readHere(files);
      console.log(JSON.stringify({ problems: events.flatMap(({ problem }) => problem ?? []), reports }));`;
    openToAll(path);
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, path, inside], {
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
      encoding: 'utf8',
    });
    chmodSync(join(path, 'folder'), 0o755);
    const reason = 'no permission to read it';
    const { problems, reports } = JSON.parse(output) as Awaited<ReturnType<typeof readHere>>;
    expect(problems).toEqual([
      { path: inside, reason, kept: 0 },
      { path: join(path, 'folder'), reason, kept: 0 },
    ]);
    expect(reports).toMatchObject([
      { path: good, events: 1, problem: null },
      { path: file, events: 0, problem: reason },
    ]);
  });
});

/** Lets any user pass through the folders that lead to `path`, as far as they are ours to open. */
function openToAll(path: string): void {
  const root = process.env.TRAILX_TEST_ROOT as string;
  for (let folder = path; folder.startsWith(root); folder = join(folder, '..')) chmodSync(folder, 0o755);
}

describe.concurrent('what holds no events', () => {
  test('an empty file, white space, an empty folder, a folder without events', async () => {
    const { path, write } = makeFolder();
    const empty = write('');
    const packed = write(gzipSync(''));
    const blank = write(' \n\t\n');
    mkdirSync(join(path, 'sub'));
    const { records, report } = await readAll({ paths: [path] });
    expect(records).toEqual([]);
    expect(report.problems).toEqual([
      { path: empty, reason: 'empty file', kept: 0 },
      { path: packed, reason: 'empty file', kept: 0 },
      { path: blank, reason: 'nothing but white space', kept: 0 },
    ]);
    expect((await readAll({ paths: [join(path, 'sub')] })).report).toMatchObject({ filesTotal: 0, problems: [] });
    const other = makeFolder();
    other.write('{"a":1}');
    other.write('[]');
    other.write('{}');
    const { report: none } = await readAll({ paths: [other.path] });
    expect(none).toMatchObject({ problems: [], events: 0, passedOver: { ...NOTHING, otherValues: 2 } });
  });

  const OTHERS: Readonly<Record<string, string | Uint8Array>> = {
    'README.md': '# Logs\n',
    'link.md': '[a link](https://example.com)\n',
    'config.ini': '[default]\nregion = eu-west-1\n',
    'template.j2': '{{ records }}\n',
    'query.js': '{ eventName: 1 }',
    'notes.txt': 'eventName: RunInstances',
    'number.txt': '42\n',
    'table.csv': 'eventTime,eventName\n2026-05-19,RunInstances\n',
    'logs.zip': Buffer.from('504b0304140000000800', 'hex'),
    'logs.tar.gz': gzipSync(`logs/a.json${'\0'.repeat(500)}`),
    'logs.json.bz2': Buffer.from('425a6839314159265359', 'hex'),
    'logs.json.zst': Buffer.from('28b52ffd0458', 'hex'),
    'events.parquet': 'PAR1\x15\x04PAR1',
    'picture.png': Buffer.from('89504e470d0a1a0a', 'hex'),
    '.DS_Store': Buffer.from('0000000142756431', 'hex'),
  };

  test('files of other kinds: passed over in a folder, an error when named', async () => {
    const { path, write } = makeFolder();
    const paths = Object.entries(OTHERS).map(([name, content]) => write(content, name));
    const text = record();
    write(text, 'a.log');
    const { records, report } = await readAll({ paths: [path] });
    expect(records).toEqual([text]);
    expect(report.problems).toEqual([]);
    expect(report.passedOver).toEqual({ ...NOTHING, otherFiles: paths.length });

    const named = await readHere(paths);
    const reasons = paths.map((file) =>
      file.endsWith('number.txt') ? 'JSON, but no events in it' : 'neither JSON, gzip nor a console CSV',
    );
    expect(named.problems).toEqual(reasons);
    const { report: one } = await readAll({ paths: [paths[0] as string] });
    expect(one.problems).toEqual([{ path: paths[0], reason: 'neither JSON, gzip nor a console CSV', kept: 0 }]);
  });

  test.each<[string, Buffer, string]>([
    ['null', Buffer.from('null\n'), 'JSON, but no events in it'],
    ['42', Buffer.from(' -4.2e1'), 'JSON, but no events in it'],
    ['text', Buffer.from('"say \\"hello\\""'), 'JSON, but no events in it'],
    ['two of them', Buffer.from('1 2'), 'neither JSON, gzip nor a console CSV'],
    ['UTF-16LE', Buffer.from('\ufeff{"Records":[]}', 'utf16le'), 'UTF-16 text; convert it to UTF-8'],
    ['UTF-16BE', Buffer.from('\ufeff{"Records":[]}', 'utf16le').swap16(), 'UTF-16 text; convert it to UTF-8'],
  ])('a named file that holds %s is told what it is', async (_, content, reason) => {
    const { write } = makeFolder();
    const path = write(content, 'a.json');
    expect((await readAll({ paths: [path] })).report.problems).toEqual([{ path, reason, kept: 0 }]);
  });

  test('gzip and JSON are told by content, not by name', async () => {
    const { path, write } = makeFolder();
    const texts = [record(), record(), record()];
    write(texts[0] as string, 'a.gz');
    write(gzipSync(texts[1] as string), 'b.json');
    write(gzipSync(texts[2] as string), 'c');
    expect((await readAll({ paths: [path] })).records).toEqual(texts);
  });
});

describe.concurrent('files that change while they are read', () => {
  test('one that vanishes after it was listed', async () => {
    const { path, write } = makeFolder();
    const texts = [record(), record()];
    const [first, gone] = texts.map((text) => write(text)) as [string, string];
    const listed = [...listFiles({ paths: [path] })].flatMap((event) => (event.kind === 'files' ? event.files : []));
    expect(listed.map((file) => file.path)).toEqual([first, gone]);
    rmSync(gone);
    const { records, problems } = await readHere(listed.map((file) => file.path));
    expect(records).toEqual([texts[0]]);
    expect(problems).toEqual(['no such file (it may have been removed meanwhile)']);
  });

  test('one that grows: what was there is read', async () => {
    const { write } = makeFolder();
    const small = Array.from({ length: 10 }, record);
    const large = Array.from({ length: 8000 }, record);
    for (const texts of [small, large]) {
      const path = write(`${texts.join('\n')}\n`);
      const file = openSync(path, 'a');
      const reading = readHere([path]);
      for (let k = 0; k < 200; k++) writeSync(file, `${record()}\n`);
      const { records, problems } = await reading;
      closeSync(file);
      expect(records.slice(0, texts.length)).toEqual(texts);
      expect(problems).toEqual([]);
    }
  });

  test('one that shrinks: what is left is read', async () => {
    const { write } = makeFolder();
    const texts = Array.from({ length: 8000 }, record);
    const path = write(texts.join('\n'));
    const reading = readHere([path]);
    writeFileSync(path, '');
    const { records, problems } = await reading;
    expect(records).toEqual(texts.slice(0, records.length));
    expect(problems).toHaveLength(1);
  });
});

test.concurrent('5,000 tiny files in many folders, and in one', async () => {
  const { path, write } = makeFolder();
  const texts = Array.from({ length: 5000 }, record);
  for (const [k, text] of texts.entries()) write(text, k < 2500 ? `${k % 50}/${k}.json` : `flat/${k}.json`);
  const { records, report } = await readAll({ paths: [path] });
  expect(report).toMatchObject({ filesTotal: 5000, filesDone: 5000, events: 5000, problems: [], isListing: false });
  expect(report.bytesDone).toBe(report.bytesTotal);
  expect([...records].sort()).toEqual([...texts].sort());
});
