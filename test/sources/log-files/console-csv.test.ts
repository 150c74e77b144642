// The console's CSV download: read, and exported again, it is equal cell by cell.

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONSOLE_CSV_COLUMNS } from '../../../src/cloudtrail/console-csv.ts';
import { consoleCsv } from '../../../src/export/csv.ts';
import { CsvStream } from '../../../src/sources/log-files/csv-stream.ts';
import { protectFromFormula } from '../../../src/text/formula.ts';
import { makeFolder } from './files.ts';
import { readHere } from './read.ts';

const { write } = makeFolder();
const HEADER = CONSOLE_CSV_COLUMNS.join(',');

const ROW = [
  'alice',
  'ASIAEXAMPLE000000001',
  '2026-05-19T14:02:11Z',
  'ec2.amazonaws.com',
  'StopInstances',
  'eu-west-1',
  '203.0.113.9',
  'aws-cli/2.31.0',
  '',
  '[{"resourceType":"AWS::EC2::Instance","resourceName":"i-0ab12cd34ef567890"}]',
  'r-1',
  'e-1',
  'false',
  'AwsApiCall',
  '111122223333',
  'Management',
];

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function line(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? quoted(cell) : cell)).join(',');
}

/** Splits as RFC 4180 says, in another way than the reader: by one regular expression. */
function parse(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, open, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(open === undefined ? (plain as string) : open.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}

async function exported(texts: readonly string[]): Promise<string> {
  async function* batches() {
    yield texts;
  }
  let csv = '';
  for await (const chunk of consoleCsv(batches())) csv += chunk;
  return csv;
}

test('events of a download', async () => {
  const { rows, times, records, problems, reports } = await readHere([write(`${HEADER}\n${line(ROW)}\n`)]);
  expect({ problems, events: reports[0]?.events }).toEqual({ problems: [], events: 1 });
  expect(times).toEqual([Date.UTC(2026, 4, 19, 14, 2, 11)]);
  expect(rows[0]).toMatchObject({
    name: 'StopInstances',
    source: 'ec2.amazonaws.com',
    user: 'alice',
    key: 'ASIAEXAMPLE000000001',
    region: 'eu-west-1',
    ip: '203.0.113.9',
    agent: 'aws-cli/2.31.0',
    readOnly: 'false',
    account: '111122223333',
    error: '',
    resource: 'i-0ab12cd34ef567890',
  });
  expect(JSON.parse(records[0] as string)).not.toHaveProperty('requestParameters');
});

test('an event of the download and of a log file is one event', async () => {
  const [eventTime, eventName, eventID, recipientAccountId] = [ROW[2], ROW[4], ROW[11], ROW[14]];
  const record = JSON.stringify({ eventVersion: '1.11', eventTime, eventName, eventID, recipientAccountId });
  const { identities } = await readHere([write(`${HEADER}\n${line(ROW)}\n`), write(record)]);
  expect(identities[0]).toBe(identities[1]);
});

describe('whatever the spelling, the cells are the same', () => {
  const rows = [ROW, ROW.map((cell, k) => (k === 7 ? 'a "quoted",\nagent\r\nof é😀' : cell))];
  const spelt: Readonly<Record<string, string>> = {
    'line ends LF': `${[HEADER, ...rows.map(line)].join('\n')}\n`,
    'line ends CRLF': `${[HEADER, ...rows.map(line)].join('\r\n')}\r\n`,
    'no line end at the end': [HEADER, ...rows.map(line)].join('\n'),
    'no CRLF at the end': [HEADER, ...rows.map(line)].join('\r\n'),
    'every cell quoted': `${[HEADER, ...rows.map((row) => row.map(quoted).join(','))].join('\r\n')}\r\n`,
    'empty lines': `\n${[HEADER, ...rows.map(line)].join('\n\n')}\n\n\n`,
    'a byte order mark': `\ufeff${[HEADER, ...rows.map(line)].join('\n')}\n`,
  };
  test.each(Object.keys(spelt))('%s', async (name) => {
    for (const content of [Buffer.from(spelt[name] as string), gzipSync(spelt[name] as string)]) {
      const { records, problems } = await readHere([write(content, 'event_history.csv')]);
      expect(problems).toEqual([]);
      expect(parse(await exported(records))).toEqual([CONSOLE_CSV_COLUMNS, ...rows]);
    }
  });

  test('any cells, in any chunks', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\r\n', ' ', 'é', '😀', '\0', '[', '{'),
      maxLength: 8,
    });
    const row = fc.array(cell, { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.integer({ min: 1, max: 60 }),
        (rows, end, isEnded, chunk) => {
          const bytes = Buffer.from(rows.map(line).join(end) + (isEnded ? end : ''));
          const read: (readonly string[])[] = [];
          const stream = new CsvStream((cells) => read.push(cells));
          for (let k = 0; k < bytes.length; k += chunk) stream.push(bytes.subarray(k, k + chunk), false);
          stream.push(Buffer.alloc(0), true);
          expect(read).toEqual(rows);
          expect(stream.isTruncated).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any cells, read and exported again', async () => {
    const cell = fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme', maxLength: 10 }));
    const rows = fc.sample(fc.array(cell, { minLength: 16, maxLength: 16 }), { numRuns: 200, seed: 5 });
    const given = rows.map((row) => row.map((value) => value.replaceAll('\0', '')));
    const { records, problems } = await readHere([write(`${HEADER}\n${given.map(line).join('\n')}\n`)]);
    expect(problems).toEqual([]);
    const rewritten = await exported(records);
    expect(parse(rewritten)).toEqual([CONSOLE_CSV_COLUMNS, ...given.map((row) => row.map(protectFromFormula))]);
    // What protects a spreadsheet is taken back: the records are the same, however often they go this way.
    expect((await readHere([write(rewritten)])).records).toEqual(records);
  });
});

describe('what is wrong in it', () => {
  test('rows with too few or too many cells are skipped and counted', async () => {
    const rows = [ROW, ROW.slice(1), [...ROW, 'more'], ['one'], ROW];
    const { records, problems } = await readHere([write(`${HEADER}\n${rows.map(line).join('\n')}\n`)]);
    expect(records).toHaveLength(2);
    expect(problems).toEqual(['3 CSV rows do not have 16 columns; skipped']);
  });

  test('a quote where none belongs costs no other row', async () => {
    const odd = ROW.with(7, 'agent 5" "x" wide');
    const text = `${HEADER}\n${line(ROW)}\n${odd.map((cell, k) => (k === 7 ? cell : line([cell]))).join(',')}\n${line(ROW)}\n`;
    const { records, problems } = await readHere([write(text)]);
    expect(parse(await exported(records))).toEqual([CONSOLE_CSV_COLUMNS, ROW, odd, ROW]);
    expect(problems).toEqual([]);
  });

  test('cut inside quotes', async () => {
    const cut = line(ROW.with(7, 'a\nb')).split('\n')[0] as string;
    const { records, problems } = await readHere([write(`${HEADER}\n${line(ROW)}\n${cut}`)]);
    expect(records).toHaveLength(1);
    expect(problems).toEqual(['the CSV breaks off in the middle']);
  });

  test('a column of notes behind the others is passed over', async () => {
    const text = `${HEADER},note\n${line([...ROW, 'a note'])}\n${line([...ROW.with(11, 'e-2'), ''])}\n${line(ROW.slice(1))}\n`;
    const { records, problems } = await readHere([write(text)]);
    expect(records.map((record) => JSON.parse(record).eventID)).toEqual(['e-1', 'e-2']);
    expect(problems).toEqual(['1 CSV rows do not have 16 columns; skipped']);
  });

  test('titles alone: no events, no problem', async () => {
    for (const text of [HEADER, `${HEADER}\n`, `${HEADER}\r\n`]) {
      const { records, problems } = await readHere([write(text)]);
      expect({ records, problems }).toEqual({ records: [], problems: [] });
    }
  });

  test('control characters in cells', async () => {
    const row = ROW.with(7, 'a\0b\x1b[31m\tc');
    const { records, rows } = await readHere([write(`${HEADER}\n${line(row)}\n`)]);
    expect(rows[0]?.agent).toBe('a\0b\x1b[31m\tc');
    expect(parse(await exported(records))[1]).toEqual(row);
  });
});
