import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CONSOLE_CSV_COLUMNS } from '../../src/cloudtrail/console-csv.ts';
import { ColumnError } from '../../src/export/columns.ts';
import { type ExportJob, exportEvents } from '../../src/export/export-events.ts';
import { FILE_FORMATS } from '../../src/export/format.ts';
import { OutputError } from '../../src/export/output.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { logFilesSource } from '../../src/sources/log-files/log-files-source.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { Store } from '../../src/store/store.ts';
import { withStore } from '../store/events.ts';

const COUNT = 6000;

function record(index: number): string {
  const time = new Date(Date.UTC(2026, 4, 20) - index * 1000).toISOString().replace('.000', '');
  return JSON.stringify({
    eventTime: time,
    eventName: index % 2 === 0 ? 'GetObject' : 'PutObject',
    eventSource: 's3.amazonaws.com',
    userAgent: index === 3 ? '=HYPERLINK("http://evil")' : 'aws-cli/2',
    requestParameters: { bucketName: `b-${index}`, key: 'x'.repeat(200) },
    eventID: `e-${index}`,
    recipientAccountId: '111122223333',
  });
}

let store: Store;
let all: Result;
let source = '';
beforeAll(async () => {
  source = mkdtempSync(join(tmpdir(), 'trailx-test-'));
  writeFileSync(join(source, 'a.json'), Array.from({ length: COUNT }, (_, index) => record(index)).join('\n'));
  store = await openStore({ tempParent: source });
  await logFilesSource({ paths: [join(source, 'a.json')] }).read(async (batch) => void (await store.append(batch)));
  all = await store.search({ kind: 'all' });
});
afterAll(async () => {
  await store.close();
  rmSync(source, { recursive: true, force: true });
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function job(name: string, job: Partial<ExportJob> = {}): ExportJob {
  const path = join(folder, name);
  return { store, result: all, format: 'ndjson', path, force: false, signal: new AbortController().signal, ...job };
}

function written(name: string): string {
  const bytes = readFileSync(join(folder, name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

async function search(text: string): Promise<Result> {
  const { query } = parseQuery(text, { now: 0, zone: 'utc' });
  return await store.search(query ?? { kind: 'all' });
}

test('every record, whole and in order, with progress to the end', async () => {
  const seen: number[] = [];
  const onProgress = (done: number, total: number) => {
    expect(total).toBe(COUNT);
    seen.push(done);
  };
  expect(await exportEvents(job('a.ndjson', { onProgress }))).toEqual({ events: COUNT });
  expect(written('a.ndjson')).toBe(Array.from({ length: COUNT }, (_, index) => `${record(index)}\n`).join(''));
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(COUNT);
  expect(readdirSync(folder)).toEqual(['a.ndjson']);
});

test('a result, oldest first, not more than asked for, compressed', async () => {
  const result = await search('name:PutObject');
  const options = { result, oldestFirst: true, limit: 2, format: 'records' } as const;
  expect(await exportEvents(job('a.json.gz', options))).toEqual({ events: 2 });
  expect(written('a.json.gz')).toBe(`{"Records":[\n${record(COUNT - 1)},\n${record(COUNT - 3)}\n]}\n`);
});

test('a folded result is written whole', async () => {
  const whole = await search('name:PutObject');
  const result: Result = {
    ...whole,
    total: 1,
    rows: whole.rows.slice(0, 1),
    folded: { counts: Int32Array.of(whole.total), whole },
  };
  expect(await exportEvents(job('a.ndjson', { result }))).toEqual({ events: COUNT / 2 });
});

describe('CSV', () => {
  test('as the console has it, and no cell is a formula', async () => {
    await exportEvents(job('a.csv', { format: 'csv', limit: 4 }));
    const [head, ...lines] = written('a.csv').split('\n');
    expect(head).toBe(CONSOLE_CSV_COLUMNS.join(','));
    expect(lines[3]).toContain(`,"'=HYPERLINK(""http://evil"")",`);
    expect(lines).toHaveLength(5);
  });

  test('with the notes in a column behind the others', async () => {
    const noteOf = (row: number) => (row === all.rows[1] ? '=ask, alice' : null);
    await exportEvents(job('a.csv', { format: 'csv', limit: 2, noteOf }));
    const lines = written('a.csv').split('\n');
    expect(lines[0]).toBe(`${CONSOLE_CSV_COLUMNS.join(',')},note`);
    expect(lines[1]).toMatch(/,$/);
    expect(lines[2]).toMatch(/,"'=ask, alice"$/);
  });

  test('notes follow their events, oldest first, over many pages', async () => {
    const noteOf = (row: number) => `row ${row}`;
    const columns = ['id', 'name'];
    await exportEvents(job('a.csv', { format: 'csv', columns, noteOf, oldestFirst: true }));
    const lines = written('a.csv').trimEnd().split('\n').slice(1);
    const rows = [...all.rows].reverse();
    expect(lines).toEqual(
      rows.map((row, index) => {
        const event = COUNT - 1 - index;
        return `e-${event},${event % 2 === 0 ? 'GetObject' : 'PutObject'},row ${row}`;
      }),
    );
  });

  test('with the columns that were asked for, in their order', async () => {
    const columns = ['requestParameters.bucketName', 'time', 'NAME', 'result'];
    await exportEvents(job('a.csv', { format: 'csv', columns, limit: 1 }));
    expect(written('a.csv')).toBe(
      'requestParameters.bucketName,time,NAME,result\nb-0,2026-05-20T00:00:00Z,GetObject,ok\n',
    );
  });

  test('columns of the list alone are the same as with the record beside them', async () => {
    await exportEvents(job('a.csv', { format: 'csv', columns: ['time', 'name', 'resource'] }));
    await exportEvents(job('b.csv', { format: 'csv', columns: ['time', 'name', 'resource', 'id'] }));
    const short = written('b.csv').replace(/,[^,\n]*$/gm, '');
    expect(written('a.csv')).toBe(short);
  });
});

test('Markdown with its columns, notes and caption', async () => {
  const noteOf = () => 'a | b';
  const options = { format: 'markdown', limit: 1, noteOf, caption: 'the sample' } as const;
  await exportEvents(job('a.md', options));
  const lines = written('a.md').split('\n');
  expect(lines[0]).toBe('| time | name | who | ip | resource | result | region | account | note |');
  expect(lines[2]).toMatch(
    /^\| 2026-05-20T00:00:00Z \| GetObject \| .* \| ok \| {2}\| 111122223333 \| `a `&#124;` b` \|$/,
  );
  expect(lines.slice(3)).toEqual(['', '1 event: the sample', '']);
});

test.each(FILE_FORMATS)('nothing at all as %s is a valid file', async (format) => {
  const result = await search('name:Nothing');
  expect(await exportEvents(job('a', { format, result }))).toEqual({ events: 0 });
  expect(existsSync(join(folder, 'a'))).toBe(true);
});

describe('a record that somebody made to break an export', () => {
  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  const hostile = [
    record(1).replace('"key"', `"n":1.50,"list":${deep},"key"`),
    record(2).replace('"eventSource"', `"errorCode":${deep},"eventSource"`),
    record(3).replace('"aws-cli/2"', deep),
    record(4).replace(
      '"requestParameters"',
      `"resources":[${deep},{"ARN":${deep}}],"userIdentity":{"arn":${deep}},"more"`,
    ),
    record(5).replace('"e-5"', deep),
    record(6).replace('aws-cli', '\\ud800\\u0000\\u001e'),
  ];

  test.each([
    ['csv', undefined],
    ['csv', ['who', 'result', 'id', 'name', 'agent', 'eventName', 'resources', 'requestParameters', 'userIdentity']],
    ['csv', ['requestParameters.list.b', 'requestParameters.list[0].b', 'resources[].ARN']],
    ['markdown', undefined],
    ['markdown', ['requestParameters.list', 'requestParameters.list[]']],
    ['ndjson', undefined],
    ['json', undefined],
    ['records', undefined],
    ['parquet', undefined],
    ['parquet', ['who', 'result', 'requestParameters.list', 'eventID']],
  ] as const)('leaves %s with %j whole', async (format, columns) => {
    const events = [...hostile, record(7)];
    await withStore(events, async (store) => {
      const result = await store.search({ kind: 'all' });
      const columnsOf = columns === undefined ? {} : { columns };
      const exported = exportEvents(job('a', { store, result, format, ...columnsOf }));
      expect(await exported).toEqual({ events: events.length });
    });
  });
});

describe('what cannot be written leaves nothing', () => {
  test.each<readonly [string, string, Partial<ExportJob>]>([
    ['no/a.csv', 'there is no folder', { format: 'csv' }],
    ['sub', 'it is a folder; name a file in it', { format: 'markdown' }],
    ['file', 'it exists already', { format: 'parquet' }],
    ['file/a', 'part of the path is a file', { format: 'json' }],
    ['x'.repeat(300), 'the name is too long', { format: 'csv', force: true }],
    ['a.parquet.gz', 'parquet is compressed already', { format: 'parquet' }],
  ])('%s: %s', async (name, message, options) => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'file'), 'old');
    const exported = exportEvents(job(name, options));
    await expect(exported).rejects.toThrow(OutputError);
    await expect(exported).rejects.toThrow(message);
    expect(readdirSync(folder).sort()).toEqual(['file', 'sub']);
    expect(written('file')).toBe('old');
  });

  test.each(['csv', 'ndjson', 'markdown', 'parquet'] as const)('a full disk, as %s', async (format) => {
    if (!existsSync('/dev/full')) return;
    await expect(exportEvents(job('x', { format, path: '/dev/full' }))).rejects.toThrow(
      'cannot write /dev/full: the disk is full',
    );
  });

  test('a file that takes more memory than there is, as Parquet; the next ones are written', async () => {
    const text = 'x'.repeat(20_000);
    const records = Array.from({ length: 3000 }, (_, k) => record(k).replace('"key"', `"more":"${k}${text}","key"`));
    const use = async (store: Store) => {
      const result = await store.search({ kind: 'all' });
      const exported = exportEvents(job('a.parquet', { store, result, format: 'parquet' }));
      await expect(exported).rejects.toThrow(
        'cannot write Parquet: it takes more memory than there is; other formats take less',
      );
      expect(readdirSync(folder)).toEqual([]);
      expect(await exportEvents(job('a.ndjson', { store, result }))).toEqual({ events: 3000 });
      const columns = ['time', 'who'];
      const small = job('b.parquet', { store, result, format: 'parquet', columns });
      expect(await exportEvents(small)).toEqual({ events: 3000 });
    };
    await withStore(records, use, { memoryLimit: '60MB' });
  });

  test('columns that are none, or where there can be none', async () => {
    await expect(exportEvents(job('a.csv', { format: 'csv', columns: ['tiem'] }))).rejects.toThrow(ColumnError);
    await expect(exportEvents(job('a.json', { format: 'json', columns: ['time'] }))).rejects.toThrow(
      'json holds whole records and has no columns',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('cancelled', () => {
  test.each(FILE_FORMATS)('in the middle, as %s, what was there stays', async (format) => {
    writeFileSync(join(folder, 'a'), 'old');
    const stop = new AbortController();
    let seen = 0;
    const onProgress = (done: number) => {
      seen = done;
      stop.abort();
    };
    const exported = exportEvents(job('a', { format, force: true, signal: stop.signal, onProgress }));
    await expect(exported).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toBeLessThan(COUNT);
    expect(readdirSync(folder)).toEqual(['a']);
    expect(written('a')).toBe('old');
  });

  test('before it began', async () => {
    await expect(exportEvents(job('a.csv', { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
