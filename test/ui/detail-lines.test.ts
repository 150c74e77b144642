// The tree as it is drawn: keys, values, and what is said beside them, never wider than the pane.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cells, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import { type Detail, resizeDetail, showRecord } from '../../src/state/detail.ts';
import { NO_DETAIL } from '../../src/state/no-detail.ts';
import { moveTree, type TreeCommand } from '../../src/state/tree.ts';
import { widthCells } from '../../src/text/width.ts';
import { detailLines } from '../../src/ui/detail-lines.ts';
import { themeNamed } from '../../src/ui/theme.ts';

const CELLS = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;
const TIME = Date.parse('2026-05-20T14:02:11Z');

function detailOf(members: object, width = 100, height = 200): Detail {
  const record = { eventTime: '2026-05-20T14:02:11Z', recipientAccountId: '111122223333', ...members };
  const event = { row: 0, time: TIME, cells: CELLS };
  return showRecord(resizeDetail(NO_DETAIL, width, height), event, JSON.stringify(record));
}

const moved = (detail: Detail, ...commands: readonly TreeCommand[]): Detail => ({
  ...detail,
  tree: detail.tree === null ? null : commands.reduce(moveTree, detail.tree),
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours
const withoutColours = (line: string) => line.replace(/\u001b\[[\d;]*m/g, '');

/** The lines of requestParameters and what follows. */
function lines(detail: Detail, isActive = false): readonly string[] {
  const all = detailLines(detail, isActive, themeNamed('mono'), 'utc').map((line) => withoutColours(line).trimEnd());
  return all.slice(all.findIndex((line) => line.includes('requestParameters')));
}

describe('beside a value', () => {
  test('stands what it means, where there is room', () => {
    const members = { requestParameters: { fromPort: 22, cidrIp: '0.0.0.0/0', name: 'web' } };
    expect(lines(detailOf(members))).toEqual([
      '▾ requestParameters',
      '    fromPort  22  · SSH',
      '    cidrIp    0.0.0.0/0  · everybody (IPv4)',
      '    name      web',
    ]);
    expect(lines(detailOf(members, 38))).toContain('    cidrIp    0.0.0.0/0  · everybody …');
    expect(lines(detailOf(members, 30))).toContain('    cidrIp    0.0.0.0/0');
  });

  test('a time is told from the event on', () => {
    const shown = lines(detailOf({ requestParameters: { startTime: 1_779_282_131 } }));
    expect(shown).toContain('    startTime  1779282131  · 2026-05-20T13:02:11Z, 1 h before');
  });

  test('nothing of a record reaches the terminal as it is', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/\u001b[2J/a\u202eb';
    const shown = lines(detailOf({ requestParameters: { arn } }, 160));
    expect(shown[1]).toContain('· role \\u001b[2J, session a\\u202eb');
  });
});

describe('a text that is opened', () => {
  const policy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }] };

  test('JSON in it says what it is, and a policy what it allows', () => {
    const detail = detailOf({ requestParameters: { policy: JSON.stringify(policy), bucketPolicy: policy } });
    expect(lines(detail)).toEqual([
      '▾ requestParameters',
      '  ▾ policy  · JSON in a text · anyone may s3:GetObject',
      '    ▾ Statement[0]',
      '        Effect     Allow',
      '        Principal  *  · anyone',
      '        Action     s3:GetObject',
      '  ▾ bucketPolicy.Statement[0]',
      '      Effect     Allow',
      '      Principal  *  · anyone',
      '      Action     s3:GetObject',
    ]);
    const closed = moved(detail, { kind: 'toRow', row: 2 }, 'nextSibling');
    expect(lines(closed)).toHaveLength(10);
  });

  test('a policy says of a principal whether it is of another account than the event', () => {
    const trust = (...accounts: readonly string[]) => ({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: accounts.map((id) => `arn:aws:iam::${id}:role/Admin`) },
          Action: 'sts:AssumeRole',
        },
      ],
    });
    const doc = JSON.stringify(trust('111122223333', '999999999999'));
    expect(lines(detailOf({ requestParameters: { doc } }, 140))[1]).toBe(
      '  ▾ doc  · JSON in a text · role Admin of account 999999999999, role Admin may sts:AssumeRole',
    );
  });

  test('a long one says its length, and stands below its key', () => {
    const description = 'lorem ipsum dolor '.repeat(20).trim();
    const detail = moved(detailOf({ requestParameters: { description } }, 60), 'down');
    expect(lines(detail)[1]).toMatch(/^ {2}▸ description {2}lorem [a-z ]{30,}…$/);
    const wide = lines(detailOf({ requestParameters: { description } }, 80))[1];
    expect(wide).toMatch(/^ {2}▸ description {2}lorem [a-z ]{30,}… {2}· 359 characters$/);
    const opened = lines(moved(detail, 'toggle'));
    expect(opened[1]).toBe('  ▾ description  · 359 characters');
    expect(opened.slice(2)).toHaveLength(Math.ceil(359 / 54));
    expect(opened[2]).toBe(`      ${description.slice(0, 54)}`.trimEnd());
  });

  test('in a narrow pane the value has the room, and a note what that leaves', () => {
    const userAgent = `Boto3/1.40.4 md/Botocore#1.40.4 ${'md/x '.repeat(12)}`;
    const arn = 'arn:aws:s3:::examplebucket-of-the-logs/2026/05/20/part-0001.json.gz';
    const narrow = lines(detailOf({ requestParameters: { userAgent, arn, policy: JSON.stringify(policy) } }, 48));
    expect(narrow.slice(1, 3)).toEqual([
      '  ▸ userAgent  Boto3/1.40.4 md/Botocore#1.40.4 …',
      '  ▸ arn        arn:aws:s3:::examplebucket-of-th…',
    ]);
    const shut = moved(detailOf({ requestParameters: { policy: JSON.stringify(policy) } }, 60), 'down', 'close');
    expect(lines(shut)[1]).toBe('  ▸ policy  {Statement[0]: {…}}  · JSON in a text · anyone …');
  });

  test('of wide letters is cut by its cells, and can be opened', () => {
    const text = '字'.repeat(40);
    const detail = moved(detailOf({ requestParameters: { text, 名前: 'a', description: 'b' } }, 60), 'down');
    expect(lines(detail).slice(1)).toEqual([
      `  ▸ text         ${'字'.repeat(21)}…`,
      '    名前         a',
      '    description  b',
    ]);
    expect(lines(moved(detail, 'open'))[2]).toBe(`      ${'字'.repeat(27)}`);
    const fits = lines(detailOf({ requestParameters: { text: 'e\u0301'.repeat(40) } }, 60));
    expect(fits[1]).toBe(`    text  ${'e\u0301'.repeat(40)}`);
  });

  test('base64 says what it holds before it is decoded', () => {
    const userData = Buffer.from('#!/bin/sh\nyum install -y nc\n').toString('base64');
    const detail = moved(detailOf({ requestParameters: { userData } }), 'down');
    expect(lines(detail)[1]).toBe(`  ▸ userData  ${userData}  · base64 of a text, 28 B`);
    expect(lines(moved(detail, 'open'))).toEqual([
      '▾ requestParameters',
      '  ▾ userData  · base64 of a text, 28 B',
      '      #!/bin/sh',
      '      yum install -y nc',
    ]);
  });
});

test('no line is wider than the pane, whatever is in the record and open', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.lorem({ maxCount: 60 }), fc.base64String());
  const members = fc.dictionary(text, fc.oneof(text, fc.jsonValue()), { noNullPrototype: true });
  fc.assert(
    fc.property(members, fc.integer({ min: 1, max: 90 }), (requestParameters, width) => {
      let detail = detailOf({ requestParameters }, width, 50);
      for (let step = 0; step < 8; step++) {
        for (const isActive of [true, false])
          for (const line of detailLines(detail, isActive, themeNamed('mono'), 'local'))
            expect(widthCells(withoutColours(line))).toBeLessThanOrEqual(width);
        detail = moved(detail, 'down', 'toggle');
      }
    }),
  );
});
