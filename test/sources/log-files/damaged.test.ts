// Input that is cut, damaged or hostile: everything that can be had is read, and the rest is named.

import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchBuilder } from '../../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../../src/sources/log-files/record-reader.ts';
import { MAX_VALUE_BYTES, RecordStream } from '../../../src/sources/log-files/record-stream.ts';
import { makeFolder } from './files.ts';
import { type ReadHere, readAll, readHere, recordWith, unpack } from './read.ts';

const { write } = makeFolder();
const records = ['One', 'Two', 'Three', 'Four'].map((eventName) => recordWith({ eventName }));
const texts = records.map((record) => JSON.stringify(record));
const [a, b, c, d] = texts as [string, string, string, string];

function read(content: string | Uint8Array, options?: Parameters<typeof readHere>[1]): Promise<ReadHere> {
  return readHere([write(content)], options);
}

function names(read: Pick<ReadHere, 'rows'>): readonly (string | undefined)[] {
  return read.rows.map(({ name }) => name);
}

/** The text up to and with the first `part` in it. */
function upTo(text: string, part: string): string {
  return text.slice(0, text.indexOf(part) + part.length);
}

describe('cut off: the records before the end are kept, as they were', () => {
  test.each([
    ['a log file in a record', `{"Records":[${a},${b},${c.slice(0, 200)}`],
    ['a log file between records', `{"Records":[${a},${b},`],
    ['a log file before it ends', `{"Records":[${a},${b}]`],
    ['a pretty log file', upTo(JSON.stringify({ Records: records.slice(0, 3) }, null, 2), '"eventName": "Three"')],
    ['a bare array', `[${a},${b},${c.slice(0, -1)}`],
    ['NDJSON', `${a}\n${b}\n${c.slice(0, 300)}`],
    ['concatenated objects', `${a}${b}${c.slice(0, 300)}`],
    ['in the middle of a key', `${a}\n${b}\n{"eventVe`],
    ['in the middle of an escape', `${a}\n${b}\n{"eventVersion":"\\u00`],
    ['in the middle of a literal', `${a}\n${b}\n{"eventVersion":tr`],
    [
      'a LookupEvents response',
      JSON.stringify({ Events: texts.map((CloudTrailEvent) => ({ CloudTrailEvent })) }).split('Three')[0] as string,
    ],
  ])('%s', async (_, text) => {
    for (const content of [Buffer.from(text), gzipSync(text)]) {
      const { records, problems } = await read(content);
      expect(records).toEqual([a, b]);
      expect(problems).toEqual(['the JSON breaks off in the middle']);
    }
  });

  test('a gzip file', async () => {
    const many = Array.from({ length: 2000 }, (_, k) => JSON.stringify(recordWith({ n: Math.sin(k) })));
    const whole = gzipSync(`{"Records":[${many.join(',')}]}`);
    const { records, reports } = await read(whole.subarray(0, whole.length / 2));
    expect(records.length).toBeGreaterThan(800);
    expect(records).toEqual(many.slice(0, records.length));
    expect(reports[0]).toMatchObject({
      events: records.length,
      problem: 'the gzip data breaks off in the middle',
    });
    for (const length of [3, 10, 18]) {
      const { records, problems } = await read(whole.subarray(0, length));
      expect({ length, records, problems }).toEqual({
        length,
        records: [],
        problems: ['the gzip data breaks off in the middle'],
      });
    }
  });

  test('a gzip file that is read as a stream', async () => {
    // Text that does not compress well: more than is read in one go.
    const many = Array.from({ length: 9000 }, (_, k) => JSON.stringify(recordWith({ k, noise: noise(1000) })));
    const whole = gzipSync(many.join('\n'), { level: 1 });
    expect(whole.length).toBeGreaterThan(4 * 1024 * 1024);
    const cut = await read(whole.subarray(0, whole.length - 100_000));
    expect(cut.records.length).toBeGreaterThan(8500);
    expect(cut.records).toEqual(many.slice(0, cut.records.length));
    expect(cut.problems).toEqual(['the gzip data breaks off in the middle']);

    const { records, problems } = await read(withByteFlipped(whole, whole.length - 6));
    expect(records).toEqual(many);
    expect(problems).toEqual(['the gzip data is damaged (incorrect data check)']);
  });
});

describe('damaged gzip', () => {
  test('a wrong checksum costs nothing', async () => {
    const whole = gzipSync(`{"Records":[${texts.join(',')}]}`);
    expect(() => gunzipSync(withByteFlipped(whole, whole.length - 6))).toThrow();
    const { records, problems } = await read(withByteFlipped(whole, whole.length - 6));
    expect(records).toEqual(texts);
    expect(problems).toEqual(['the gzip data is damaged (incorrect data check)']);
  });

  test('what comes before the damage is kept', async () => {
    const many = Array.from({ length: 3000 }, (_, k) => JSON.stringify(recordWith({ k, noise: noise(100) })));
    const whole = gzipSync(many.join('\n'));
    const at = Math.floor(whole.length * 0.8);
    whole.fill(0xff, at, at + 1000);
    const { records, problems } = await read(whole);
    expect(records.slice(0, 2300)).toEqual(many.slice(0, 2300));
    expect(problems).toEqual([expect.stringMatching(/^the gzip data is damaged \(/)]);
  });

  test('what is no gzip after all', async () => {
    const { problems } = await read(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
    expect(problems).toEqual([expect.stringMatching(/^the gzip data is damaged \(/)]);
  });
});

describe('a broken record in the middle: the others are read', () => {
  const inString = upTo(b, '"arn":"arn:aws:');
  const cuts = {
    'in a string': inString,
    'in a list': upTo(b, '"items":['),
    'after a colon': upTo(b, '"eventTime":'),
    'after a comma': upTo(b, '"eventVersion":"1.11",'),
    'with a wrong character': b.replace('"eventTime":', '"eventTime";'),
    'with a bad escape': b.replace('Admin', 'Ad\\xmin'),
    'with a bad number': b.replace('"readOnly":false', '"readOnly":01.x'),
    'with a closing brace too many': `${b}}`,
    'with NUL between its tokens': b.replace('"eventTime":', '"eventTime"\0:'),
    'not JSON at all': 'Traceback (most recent call last):',
  };
  const layouts: Readonly<Record<string, (record: string) => string>> = {
    'NDJSON with LF': (record) => `${a}\n${record}\n${c}\n${d}\n`,
    'NDJSON with CRLF': (record) => [a, record, c, d].join('\r\n'),
    'concatenated objects': (record) => `${a}${record}${c}${d}`,
    'an array': (record) => `[${[a, record, c, d].join(',')}]`,
    'a log file': (record) => `{"Records":[${[a, record, c, d].join(',\n')}]}`,
    'a log file with more after the list': (record) => `{"Records":[${[a, record, c, d].join(',')}],"next":null}`,
    'two log files': (record) => `{"Records":[${[a, record].join(',')}]}{"Records":[${[c, d].join(',')}]}`,
  };
  const cases = Object.keys(layouts).flatMap((layout) => Object.keys(cuts).map((cut) => [layout, cut] as const));

  test.each(cases)('%s, broken %s', async (layout, cut) => {
    const { records, problems } = await read((layouts[layout] as (record: string) => string)(cuts[cut as 'in a list']));
    // Of a record with one brace too many nothing is broken but the brace.
    expect(records.filter((record) => record !== b)).toEqual([a, c, d]);
    expect(problems).toEqual([expect.stringMatching(/^not valid JSON /)]);
  });

  test.each(['first', 'last'])('the %s record', async (place) => {
    const broken = cuts['after a colon'];
    const { records, problems } = await read((place === 'first' ? [broken, a, c] : [a, c, broken]).join('\n'));
    expect(records).toEqual([a, c]);
    expect(problems).toHaveLength(1);
  });

  test('pretty-printed', async () => {
    const pretty = records.map((record) => JSON.stringify(record, null, 2));
    pretty[1] = (pretty[1] as string).replace('"items": [', '"items" [');
    for (const text of [pretty.join('\n'), `[\n${pretty.join(',\n')}\n]`]) {
      const { records, problems, reader } = await read(text);
      expect(records).toEqual([a, c, d]);
      expect(problems).toEqual([expect.stringMatching(/^not valid JSON at byte [\d,]+; skipped to the next record$/)]);
      expect(reader.otherValues).toBe(0);
    }
  });

  test('a list that never ends does not swallow the records in it', async () => {
    expect((await read(`{"unknown":[${a},${b},${c}`)).records).toEqual([a, b, c]);
  });

  test('the place is told', async () => {
    const { problems } = await read(`\n\n${a}\noops\n${b}\nnot good\n${c}\n`);
    expect(problems).toEqual([
      `not valid JSON in 2 places (the first at byte ${(a.length + 3).toLocaleString('en-US')}); skipped`,
    ]);
  });

  test('inside the text of an envelope', async () => {
    const events = [a, b.slice(0, 300), c].map((CloudTrailEvent) => ({ EventId: 'x', CloudTrailEvent }));
    const { records, problems } = await read(JSON.stringify({ Events: events }));
    expect(records).toEqual([a, c]);
    expect(problems).toEqual([
      'the records inside a text (CloudTrailEvent, _raw or message) are not valid JSON; skipped',
    ]);
  });

  test('wherever bytes are lost: of the others at most one goes with them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('\n', '', ',\n'),
        fc.nat({ max: b.length - 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 5000 }),
        (between, at, length, chunk) => {
          const broken = b.slice(0, at) + b.slice(Math.min(at + length, b.length));
          const list = [a, broken, c, d].join(between);
          const bytes = Buffer.from(between === ',\n' ? `[${list}]` : list);
          const builder = new BatchBuilder();
          const stream = new RecordStream(new RecordReader(builder));
          for (let k = 0; k < bytes.length; k += chunk) stream.push(bytes.subarray(k, k + chunk), false);
          stream.push(Buffer.alloc(0), true);
          const { records } = unpack([builder.take()]);
          expect(records[0]).toBe(a);
          expect(records.at(-1)).toBe(d);
          if (at + length < b.length) expect(records).toContain(c);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a million broken lines are read as quickly as others', async () => {
    const line = "{'eventVersion': '1.11', 'eventName': None}\n";
    const { problems } = await read(`${a}\n${line.repeat(300_000)}${b}\n`);
    expect(problems).toEqual([expect.stringMatching(/^not valid JSON in 300000 places/)]);
  });

  test('openings without an end are not tried for ever', async () => {
    const started = performance.now();
    const { records } = await read(`${a}\n${'{"eventVersion":'.repeat(200_000)}`);
    expect(records).toEqual([a]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('a cap on what a file may hold', () => {
  test.each([
    ['plain', (text: string) => text],
    ['gzip', gzipSync],
  ])('%s: what comes before it is kept', async (_, pack) => {
    const cap = a.length + b.length + 50;
    const { records, problems } = await read(pack(texts.join('\n')), { maxFileSize: cap });
    expect(records).toEqual([a, b]);
    expect(problems).toEqual([
      `holds more than ${cap.toLocaleString('en-US')} bytes; read up to there (--max-file-size raises the limit)`,
    ]);
    expect((await read(pack(texts.join('\n')), { maxFileSize: texts.join('\n').length })).problems).toEqual([]);
  });

  test('a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from(`${a}\n`), Buffer.alloc(200_000_000, ' ')]), { level: 1 });
    expect(bomb.length).toBeLessThan(1_000_000);
    const { records, problems } = await read(bomb, { maxFileSize: 10_000_000 });
    expect(records).toEqual([a]);
    expect(problems).toEqual([expect.stringMatching(/^holds more than 10,000,000 bytes; /)]);
  });

  test('a bomb that is one value does not fill the memory', async () => {
    const parts = [`${a}\n{"x":"`, 'y'.repeat(MAX_VALUE_BYTES + 3_000_000), `"}\n${b}\n`];
    const { records, problems } = await read(gzipSync(parts.join(''), { level: 1 }));
    expect(records).toEqual([a, b]);
    expect(problems).toEqual([expect.stringMatching(/^a value of more than 67,108,864 bytes; skipped$/)]);
  });
});

describe('odd bytes', () => {
  test('invalid UTF-8 is read, shown as U+FFFD and told', async () => {
    const bad = Buffer.from(a.replace('Admin/alice', 'Admin/al~ice').replace('203.0.113.9', '~203.0.113.9'));
    for (let at = bad.indexOf('~'); at >= 0; at = bad.indexOf('~')) bad[at] = 0xe9;
    const { records, rows, problems } = await read(Buffer.concat([bad, Buffer.from(`\n${b}`)]));
    expect(records).toEqual([bad.toString('utf8'), b]);
    expect(rows[0]).toMatchObject({ session: 'al\ufffdice', ip: '\ufffd203.0.113.9' });
    expect(problems).toEqual(['not valid UTF-8; the bytes in question show as \ufffd']);
  });

  test('invalid UTF-8 through the threads, between files that are well', async () => {
    const bad = Buffer.from(b.replace('Admin/alice', 'Admin/al~ice'));
    bad[bad.indexOf('~')] = 0xe9;
    const paths = [a, bad, c, d].map((content) => write(content));
    const { records, report } = await readAll({ paths });
    expect(records).toEqual([a, bad.toString('utf8'), c, d]);
    expect(report.problems).toMatchObject([{ path: paths[1], kept: 1 }]);
  });

  test('a character cut at the very end of the file', async () => {
    const { records, problems } = await read(Buffer.concat([Buffer.from(a), Buffer.from([0x0a, 0xe2, 0x82])]));
    expect(records).toEqual([a]);
    expect(problems).toHaveLength(1);
  });

  test('characters cut by the edge of a chunk are whole', async () => {
    const euros = JSON.stringify(recordWith({ euros: '€😀é'.repeat(600_000) }));
    const { records, problems } = await read(`${euros}\n${a}`);
    expect(records[0] === euros).toBe(true);
    expect(records[1]).toBe(a);
    expect(problems).toEqual([]);
  });

  test('byte order marks, NUL bytes and record separators between records', async () => {
    const { records, problems } = await read(`\ufeff\0\0${a}\0\n\ufeff${b}\0\0\n\x1e${c}\r\n\0${d}\0\0`);
    expect(records).toEqual(texts);
    expect(problems).toEqual([]);
  });

  test('raw control characters in strings come out as escapes', async () => {
    const raw = '\0\x01\b\t\n\v\f\r\x1b[31m\x1f\x7f\u0085\u2028';
    const { records, rows, problems } = await read(
      `[ ${a.replace('aws-cli/2.31.0', `x${raw}y`)} , ${b.replace('Admin/alice', 'Admin/al\0ice')} ]`,
    );
    expect(rows[0]?.agent).toBe(`x${raw}y`);
    expect(JSON.parse(records[0] as string)).toEqual({ ...records0(), userAgent: `x${raw}y` });
    expect(records[0]).toContain('x\\u0000\\u0001\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001b[31m\\u001f\x7f');
    expect(rows[1]?.session).toBe('al\0ice');
    expect(problems).toEqual([]);
  });

  test('raw control characters inside the text of an envelope', async () => {
    const event = JSON.stringify({ CloudTrailEvent: a }).replace('203.0.113.9', '203.0\t.113.9');
    const { rows, problems } = await read(`[${event},${JSON.stringify({ message: b })}]`);
    expect(names({ rows })).toEqual(['One', 'Two']);
    expect(rows[0]?.ip).toBe('203.0\t.113.9');
    expect(problems).toEqual([]);
  });

  test('surrogates without their half', async () => {
    const lone = a.replace('"One"', '"On\\ud800e"');
    expect((await read(lone)).records).toEqual([lone]);
  });
});

function records0(): Record<string, unknown> {
  return JSON.parse(a) as Record<string, unknown>;
}

describe('size and depth', () => {
  test('a string of 10 MB in a record, in a cell and elsewhere', async () => {
    const long = 'long '.repeat(2_000_000);
    const given = [{ note: long }, { userAgent: long }, { requestParameters: { instanceId: long } }].map((parts) =>
      JSON.stringify(recordWith(parts)),
    );
    const { records, rows, problems } = await read(`${a}\n${given.join('\n')}\n${b}`);
    expect(records.map((record) => record.length)).toEqual([a, ...given, b].map((record) => record.length));
    expect(records.every((record, k) => record === [a, ...given, b][k])).toBe(true);
    expect(rows[2]?.agent.length).toBeLessThan(5000);
    expect(long.startsWith(rows[2]?.agent as string)).toBe(true);
    expect(problems).toEqual([]);
  });

  test.each([1_000, 100_000])(
    'nesting %i deep, as a list and as an object, wherever the reader looks',
    async (depth) => {
      const keys = ['x', 'userIdentity', 'requestParameters', 'responseElements', 'resources', 'additionalEventData'];
      const given = [...keys, 'eventName', 'eventTime', 'sourceIPAddress', 'errorCode'].flatMap((key) => {
        const record = JSON.stringify(recordWith({ [key]: 0 }));
        const list = '['.repeat(depth) + ']'.repeat(depth);
        const object = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
        return [list, object].map((value) => record.replace(`"${key}":0`, `"${key}":${value}`));
      });
      const { records, problems } = await read(given.join('\n'));
      expect(records.every((record, k) => record === given[k])).toBe(true);
      expect(records).toHaveLength(given.length);
      expect(problems).toEqual([]);
    },
  );

  test('envelopes in envelopes', async () => {
    const deep = (levels: number) => `${'{"detail":'.repeat(levels)}${a}${'}'.repeat(levels)}`;
    expect((await read(deep(3))).records).toEqual([a]);
    const { records, problems } = await read(`${deep(10_000)}\n${b}`);
    expect(records).toEqual([b]);
    expect(problems).toEqual([]);
  });

  test('a record with more members than anybody looks at', async () => {
    const wide = `${a.slice(0, -1)}${Array.from({ length: 2000 }, (_, k) => `,"k${k}":${k}`).join('')}}`;
    const { records, rows } = await read(wide);
    expect(records).toEqual([wide]);
    expect(names({ rows })).toEqual(['One']);
  });
});

function withByteFlipped(bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] as number) ^ 0xff;
  return flipped;
}

let state = 1;
/** Letters that do not compress well; the same ones in each run. */
function noise(length: number): string {
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    text += state.toString(36);
  }
  return text.slice(0, length);
}
