// D in the explorer: what is in the form, what is in the file, and what is not there when it was stopped.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONSOLE_CSV_COLUMNS } from '../../src/cloudtrail/console-csv.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { type OpenExplorer, openExplorer, record, records, recordsSource } from './open-explorer.ts';

const EVENTS = [...records(5), record(5, { eventName: 'RunInstances', readOnly: false })];
const TEXTS = EVENTS.map((event) => JSON.stringify(event));

let folder = '';
let app: OpenExplorer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(async () => {
  app.press('ctrl+c');
  await app.ended.catch(() => {});
  app.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: Parameters<typeof openExplorer>[1] = {}, events = EVENTS): Promise<OpenExplorer> {
  app = openExplorer(recordsSource(events), options);
  await app.until(`UTC · 1/`);
  return app;
}

/** The form, in its last line, which is empty now. */
async function toFile({ press, until }: OpenExplorer): Promise<void> {
  press('D');
  await until('▌ events');
  press('k');
  await until('▌ file');
  press('ctrl+u');
}

async function download(app: OpenExplorer, name: string, ...keys: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await toFile(app);
  app.type(path);
  app.press('up', ...keys, 'enter');
  await app.until(`wrote`);
  return readFileSync(path, 'utf8');
}

describe('a file holds the list', () => {
  test('as CSV of the console', async () => {
    const text = await download(await open(), 'a.csv');
    const [head, ...rows] = text.trimEnd().split(/\r?\n/);
    expect(head).toBe(CONSOLE_CSV_COLUMNS.join(','));
    expect(rows.map((row) => /event-\d+/.exec(row)?.[0])).toEqual([0, 1, 2, 3, 4, 5].map((n) => `event-${n}`));
    expect(app.picture()).toContain(`wrote 6 events to ${join(folder, 'a.csv')}`);
  });

  test('as NDJSON, byte for byte', async () => {
    expect(await download(await open(), 'a.ndjson')).toBe(`${TEXTS.join('\n')}\n`);
  });

  test('as JSON', async () => {
    expect(JSON.parse(await download(await open(), 'a.json'))).toEqual(TEXTS.map((text) => JSON.parse(text)));
  });

  test('as a log file', async () => {
    const text = await download(await open(), 'a.records.json');
    expect(JSON.parse(text)).toEqual({ Records: TEXTS.map((each) => JSON.parse(each)) });
  });

  test('as Markdown, with the command that prints it', async () => {
    const app = await open({ started: { kind: 'files', paths: ['logs'], since: null, until: null } });
    const text = await download(app, 'a.md');
    expect(text).toContain('RunInstances');
    expect(text).toContain('trailx query logs');
  });

  test('as Parquet', async () => {
    await download(await open(), 'a.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    const found = await connection.runAndReadAll(`SELECT record FROM '${join(folder, 'a.parquet')}'`);
    expect(found.getRows().flat()).toEqual(TEXTS);
    connection.closeSync();
  });

  test('with columns of its own', async () => {
    const app = await open();
    await toFile(app);
    app.type(join(folder, 'a.csv'));
    app.press('up');
    app.type('name, requestParameters.instancesSet.items.instanceId');
    app.press('enter');
    await app.until('wrote 6 events');
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toContain('RunInstances,i-00000000000000005');
  });

  test('of the search, whole where runs of it are folded', async () => {
    const app = await open({ initialQuery: 'name:DescribeInstances' });
    await app.until('5 of 6');
    app.press('z');
    await app.until('×5');
    const text = await download(app, 'a.ndjson');
    expect(text).toBe(`${TEXTS.slice(0, 5).join('\n')}\n`);
  });
});

test('the marked events, and their notes beside them', async () => {
  const app = await open();
  app.press('space', 'j', 'j', 'space');
  await app.until('2 marked');
  app.press('j', 'm');
  await app.until('Note to this event');
  app.type('who was this?');
  app.press('enter');
  await app.until('3 marked');
  const text = await download(app, 'a.csv', 'up', 'up', 'l');
  const [head, ...rows] = text.trimEnd().split(/\r?\n/);
  expect(head).toBe([...CONSOLE_CSV_COLUMNS, 'note'].join(','));
  expect(rows.map((row) => /event-\d+/.exec(row)?.[0])).toEqual(['event-0', 'event-2', 'event-3']);
  expect(rows.map((row) => row.endsWith(',who was this?'))).toEqual([false, false, true]);
});

test('from the detail it is this event', async () => {
  const app = await open();
  app.press('j', 'enter');
  await app.until('requestParameters');
  const text = await download(app, 'a.json');
  expect(JSON.parse(text)).toEqual([JSON.parse(TEXTS[1] ?? '')]);
});

describe('the form', () => {
  test('offers a name of today that follows the format until it is written by hand', async () => {
    const app = await open();
    app.press('D');
    await app.until('trailx-2026-05-20-0000.csv');
    expect(app.picture()).toContain('● the list: 6 events   ○ nothing marked   ○ this event');
    app.press('j', 'l');
    await app.until('trailx-2026-05-20-0000.ndjson');
    await app.until('none: records stay whole');
    app.press('j', 'ctrl+w');
    app.type('mine.csv');
    await app.until('● csv');
    app.press('up', 'up', 'l');
    await app.until('● ndjson');
    expect(app.picture()).toContain('mine.csv');
    expect(app.picture()).toContain('the name says csv, what is written is ndjson');
    app.press('escape');
    await app.until((picture) => !picture.includes('Download'));
  });

  test('the extension of a name that is typed chooses the format, as with a word', async () => {
    const app = await open();
    await toFile(app);
    app.type(join(folder, 'a.md'));
    await app.until('● markdown');
    app.press('enter');
    await app.until('wrote 6 events');
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toMatch(/^\| /);
  });

  test('says what noise keeps out of the list, and says it again of the file', async () => {
    const app = await open();
    app.press('n');
    await app.until('noise hidden: 5 (reads 5)');
    await toFile(app);
    await app.until(/Download +5 hidden by noise are not in it/);
    app.type(join(folder, 'a.csv'));
    app.press('enter');
    await app.until('wrote 1 event (5 hidden by noise are not in it) to ');
    app.press('D', 'l');
    await app.until('● this event');
    expect(app.picture()).toMatch(/ Download *│?$/m);
  });

  test('says that the events are those read so far while there are more to come', async () => {
    const gate = Promise.withResolvers<void>();
    const gated = (batch: number) => (batch === 0 ? Promise.resolve() : gate.promise);
    app = openExplorer(recordsSource(EVENTS, { batchSize: 4, gate: gated }));
    await app.until('1/4');
    await toFile(app);
    await app.until(/Download +of the 4 read so far/);
    app.type(join(folder, 'a.csv'));
    app.press('enter');
    await app.until('wrote 4 events (of the 4 read so far) to ');
    gate.resolve();
    await app.until('6 events');
    app.press('D');
    await app.until('the list: 6 events');
    expect(app.picture()).toMatch(/ Download *│?$/m);
  });

  test('never replaces a file by accident, and does so when asked', async () => {
    writeFileSync(join(folder, 'a.csv'), 'mine');
    const app = await open();
    await toFile(app);
    app.type(join(folder, 'a.csv'));
    await app.until('exists already: another name, or Ctrl-R replaces it');
    app.press('enter');
    await app.until('it exists already: another name');
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('mine');
    app.press('ctrl+r');
    await app.until('wrote 6 events');
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toContain('RunInstances');
  });

  test.each([
    ['no/such/a.csv', 'there is no folder'],
    ['', 'it is a folder; name a file in it'],
    [`${'x'.repeat(300)}.csv`, 'the name is too long'],
    ['a-file/a.csv', 'part of the path is a file, not a folder'],
  ])('says of %s: %s', async (name, reason) => {
    writeFileSync(join(folder, 'a-file'), '');
    const app = await open();
    await toFile(app);
    app.type(`${folder}/${name}`);
    await app.until(reason);
    app.press('enter');
    await app.until('▌ file');
    expect(readdirSync(folder)).toEqual(['a-file']);
  });

  test('refuses a pipe, which nobody may read from', async () => {
    await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
    const app = await open();
    await toFile(app);
    app.type(join(folder, 'pipe'));
    await app.until('it is a pipe');
  });

  test('refuses columns that no event has, and goes to them', async () => {
    const app = await open();
    await toFile(app);
    app.type(join(folder, 'a.csv'));
    app.press('up');
    app.type('nam');
    app.press('down', 'enter');
    await app.until('there is no field or path "nam"; did you mean name?');
    await app.until('▌ columns');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('completes folders, and takes ~ for the home', async () => {
    mkdirSync(join(homedir(), 'evidence'), { recursive: true });
    const app = await open();
    await toFile(app);
    app.type('~/evid');
    app.press('tab');
    await app.until('~/evidence/');
    app.type('case.csv');
    app.press('enter');
    await app.until('wrote 6 events');
    expect(readdirSync(join(homedir(), 'evidence'))).toEqual(['case.csv']);
  });

  test('is opened with a path by a word', async () => {
    const app = await open();
    app.press(':');
    app.type(`export ${join(folder, 'a.md')}`);
    app.press('enter');
    await app.until('● markdown');
    app.press('enter');
    await app.until('wrote 6 events');
    expect(readdirSync(folder)).toEqual(['a.md']);
  });

  test('the mouse goes to fields and takes choices', async () => {
    const app = await open();
    app.press('D');
    await app.until('○ json');
    const row = app.lines().findIndex((line) => line.includes('○ json'));
    app.click((app.lines()[row] ?? '').indexOf('○ json') + 2, row);
    await app.until('● json');
    app.click(20, row + 2);
    await app.until('▌ file');
  });
});

describe('Enter while the list is searching', () => {
  /** The fields have answered the search; the records' texts do when the gate opens. */
  async function searching(gate: Promise<void>): Promise<OpenExplorer> {
    const slow = async () => {
      const store = await openStore();
      return new Proxy(store, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown;
          if (name === 'search') {
            return async (...args: Parameters<Store['search']>) => {
              const result = await target.search(...args);
              if (JSON.stringify(args[0]).includes('RunInstances')) await gate;
              return result;
            };
          }
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    };
    const app = await open({ openStore: slow });
    app.press('/');
    app.type('"RunInstances"');
    app.press('enter');
    await app.until('⟳ records');
    return app;
  }

  async function enter(app: OpenExplorer, name: string, key: string): Promise<void> {
    await toFile(app);
    app.type(join(folder, name));
    await app.until(existsSync(join(folder, name)) ? 'exists already' : name);
    app.press(key);
    await app.until('still searching: it is written then');
  }

  test('writes when the list has its answer', async () => {
    const gate = Promise.withResolvers<void>();
    const app = await searching(gate.promise);
    await enter(app, 'a.csv', 'enter');
    gate.resolve();
    await app.until('wrote 1 event');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  test('never replaces a file of another name than the one that was agreed to', async () => {
    writeFileSync(join(folder, 'a.csv'), 'mine');
    writeFileSync(join(folder, 'b.csv'), 'mine as well');
    const gate = Promise.withResolvers<void>();
    const app = await searching(gate.promise);
    await enter(app, 'a.csv', 'ctrl+r');
    app.press('ctrl+u');
    await app.until('changed since: not written yet, Enter writes it as it is now');
    app.type(join(folder, 'b.csv'));
    await app.until('exists already: another name, or Ctrl-R replaces it');
    gate.resolve();
    await app.until('1/1');
    await setTimeout(50);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, 'b.csv'), 'utf8')).toBe('mine as well');
    expect(app.picture()).toContain('▌ file');
  });

  test('writes no name that is half typed', async () => {
    const gate = Promise.withResolvers<void>();
    const app = await searching(gate.promise);
    await enter(app, 'fin', 'enter');
    app.type('a');
    await app.until('changed since');
    gate.resolve();
    await app.until('1/1');
    app.type('l.csv');
    await app.until('final.csv');
    expect(readdirSync(folder)).toEqual([]);
    app.press('enter');
    await app.until('wrote 1 event');
    expect(readdirSync(folder)).toEqual(['final.csv']);
  });

  test('is not for another form, opened in the same breath', async () => {
    const gate = Promise.withResolvers<void>();
    const app = await searching(gate.promise);
    await enter(app, 'one.csv', 'enter');
    app.press('escape');
    await app.until('one.csv was not written: the form was closed');
    await toFile(app);
    app.type(join(folder, 'two.csv'));
    gate.resolve();
    await app.until('1/1');
    await setTimeout(50);
    expect(readdirSync(folder)).toEqual([]);
    expect(app.picture()).toContain('▌ file');
  });

  test('Ctrl-R takes the place of an Enter before it', async () => {
    writeFileSync(join(folder, 'a.csv'), 'mine');
    const gate = Promise.withResolvers<void>();
    const app = await searching(gate.promise);
    await enter(app, 'a.csv', 'enter');
    app.press('ctrl+r');
    gate.resolve();
    await app.until('wrote 1 event');
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toContain('RunInstances');
  });
});

describe('while a file is written', () => {
  /** The records come when the gate opens, and not before. */
  function slowly(gate: Promise<void>): () => Promise<Store> {
    return async () => {
      const store = await openStore();
      return new Proxy(store, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown;
          if (name === 'records') {
            return async function* (...args: Parameters<Store['records']>) {
              for await (const texts of target.records(...args)) {
                await Promise.race([gate, aborted(args[1]?.signal)]);
                yield texts;
              }
            };
          }
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    };
  }

  function aborted(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
  }

  async function writing(gate: Promise<void>): Promise<OpenExplorer> {
    const app = await open({ openStore: slowly(gate) });
    await toFile(app);
    app.type(join(folder, 'a.csv'));
    app.press('enter');
    await app.until('writing a.csv: 0 of 6 events · Esc stops it');
    return app;
  }

  test('keys work, another D waits, and it is said when it is done', async () => {
    const gate = Promise.withResolvers<void>();
    const app = await writing(gate.promise);
    app.press('j');
    await app.until('2/6');
    app.press('D');
    await app.until('a file is being written: Esc stops it');
    gate.resolve();
    await app.until(() => readdirSync(folder).join() === 'a.csv');
    app.press('k');
    await app.until(`wrote 6 events to ${join(folder, 'a.csv')}`);
  });

  test('Esc asks, a second one stops, and nothing is left', async () => {
    const app = await writing(new Promise(() => {}));
    app.press('escape');
    await app.until('Esc again stops writing the file');
    expect(readdirSync(folder).map((name) => basename(name).endsWith('.part'))).toEqual([true]);
    // Two of them at once would be another key.
    await setTimeout(50);
    app.press('escape');
    await app.until('stopped: a.csv was not written');
    expect(readdirSync(folder)).toEqual([]);
    app.press('D');
    await app.until('▌ events');
  });

  test('q asks before it quits, and leaves nothing behind', async () => {
    const app = await writing(new Promise(() => {}));
    app.press('q');
    await app.until('a file is being written: q again quits without it');
    app.press('q');
    expect(await app.ended).toEqual({ exitCode: 0 });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('q closes the detail first', async () => {
    const app = await writing(new Promise(() => {}));
    app.press('enter');
    await app.until('requestParameters');
    app.press('q', 'q');
    await app.until((picture) => !picture.includes('requestParameters'));
    expect(app.picture()).toContain('writing a.csv');
  });

  test('Ctrl-C quits at once, and leaves nothing behind', async () => {
    const app = await writing(new Promise(() => {}));
    app.press('ctrl+c');
    await app.ended;
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.skipIf(process.platform !== 'linux')('a full disk is said, and nothing is left of the file', async () => {
  const app = await open();
  await toFile(app);
  app.type('/dev/full');
  app.press('enter');
  await app.until('cannot write /dev/full: the disk is full');
});
