import { describe, expect, test } from 'vitest';
import { type Cells, RESOURCE_SEPARATOR, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import { ColumnError, cellOf, readColumns, splitColumns } from '../../src/export/columns.ts';
import { parseExact } from '../../src/export/exact-json.ts';

const EMPTY = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;
const EVENT: TrailEvent = {
  row: 7,
  time: Date.UTC(2026, 4, 19, 14, 2, 11),
  cells: {
    ...EMPTY,
    who: 'Admin/alice',
    error: 'only a message',
    agent: 'aws-cli/2.31.0 md/x',
    resource: `i-1${RESOURCE_SEPARATOR}arn:x`,
  },
  firsts: ['call', 'ip'],
  personLabel: 'dave',
};
const RECORD = parseExact(
  '{"eventID":"e-1","requestID":"r-1","errorCode":null,"requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"},' +
    '{"instanceId":"i-2"},{"other":1},{"instanceId":null}]},"names":["a","b"],"empty":[],"mixed":["a",{"x":1}],"dryRun":false,' +
    '"big":12345678901234567890,"at":1.688560107857E9,"tags":{"aws:createdBy":"me","a,b":"c"},"Case":1,"case":2},' +
    '"resources":[{"ARN":"arn:x","n":1.50}]}',
);

function cell(name: string): string {
  const [column] = readColumns([name]);
  if (column === undefined) throw new Error('no column');
  return cellOf(column, EVENT, RECORD, 'utc');
}

describe('a cell', () => {
  test.each([
    ['time', '2026-05-19T14:02:11Z'],
    ['who', 'Admin/alice'],
    ['WHO', 'Admin/alice'],
    ['error', 'only a message'],
    ['errorCode', ''],
    ['result', 'failed'],
    ['resource', 'i-1; arn:x'],
    ['family', 'aws-cli'],
    ['first', 'call; ip'],
    ['person', 'dave'],
    ['id', 'e-1'],
    ['eventID', 'e-1'],
    ['request', 'r-1'],
    ['requestParameters.instancesSet.items[].instanceId', 'i-1; i-2'],
    ['requestparameters.instancesset.ITEMS.instanceid', 'i-1; i-2'],
    ['requestParameters.instancesSet.items[1].instanceId', 'i-2'],
    ['requestParameters.instancesSet.items[9].instanceId', ''],
    ['requestParameters.names', 'a; b'],
    ['requestParameters.names[0]', 'a'],
    ['requestParameters.empty', ''],
    ['requestParameters.mixed', '["a",{"x":1}]'],
    ['requestParameters.mixed[]', 'a; {"x":1}'],
    ['requestParameters.dryRun', 'false'],
    ['requestParameters.big', '12345678901234567890'],
    ['requestParameters.at', '1.688560107857E9'],
    ['requestParameters.at.rawJSON', ''],
    ['requestParameters.tags."aws:createdBy"', 'me'],
    ['requestParameters.tags["a,b"]', 'c'],
    ['requestParameters.case', '1; 2'],
    ['resources', '[{"ARN":"arn:x","n":1.50}]'],
    ['resources[].ARN', 'arn:x'],
    [
      'requestParameters.instancesSet',
      '{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"},{"other":1},{"instanceId":null}]}',
    ],
    ['responseElements.x', ''],
  ])('%s is %j', (name, expected) => {
    expect(cell(name)).toBe(expected);
  });

  test.each([null, 1, 'text', [], [[{ eventName: 'x' }]]])('of the record %j it is a text', (record) => {
    for (const column of readColumns(['eventName', 'requestParameters.a[0].b', 'resources[]'])) {
      expect(typeof cellOf(column, undefined, record, 'utc')).toBe('string');
    }
  });
});

describe('of lists within lists, thousands deep,', () => {
  const deep = (inner: string) => '['.repeat(20_000) + inner + ']'.repeat(20_000);
  test.each([
    ['requestParameters.a.b', '1; 2'],
    ['requestParameters.a[0].b', '1; 2'],
    ['requestParameters.a', deep('{"b":1},{"b":2}')],
    ['requestParameters.c[]', `${'{"d":'.repeat(20_000)}"\\n"${'}'.repeat(20_000)}; x`],
    ['requestParameters', null],
  ])('%s is read and written', (name, expected) => {
    const objects = `[${'{"d":'.repeat(20_000)}"\\n"${'}'.repeat(20_000)},"x"]`;
    const text = `{"n":1.50,"requestParameters":{"a":${deep('{"b":1},{"b":2}')},"c":${objects},"e":{},"f":[null]}}`;
    const [column] = readColumns([name]);
    const written = column === undefined ? '' : cellOf(column, undefined, parseExact(text), 'utc');
    expect(written === (expected ?? text.slice(text.indexOf('{"a"'), -1))).toBe(true);
  });
});

describe('a list of columns', () => {
  test.each([
    ['time,who', ['time', 'who']],
    [' time , ,who, ', ['time', 'who']],
    ['requestParameters.tags["a,b"],who', ['requestParameters.tags["a,b"]', 'who']],
    ['requestParameters.tags."a,\\"b",who', ['requestParameters.tags."a,\\"b"', 'who']],
    ['a"b,c', ['a"b', 'c']],
    ['', []],
  ])('%j', (text, names) => {
    expect(splitColumns(text)).toEqual(names);
  });

  test.each([
    [['tiem'], 'there is no field or path "tiem"; did you mean time?'],
    [['who', 'requestParamters.x'], 'there is no field or path "requestParamters.x"; did you mean requestParameters?'],
    [['xyzzy'], 'there is no field or path "xyzzy"; write who, or requestParameters.bucketName'],
    [['since'], 'there is no field or path "since"'],
    [['a"b'], 'there is no field or path "a"b"'],
    [[], 'name at least one column'],
    [Array.from({ length: 201 }, () => 'who'), 'too many columns: at most 200'],
  ])('%j is refused', (names, message) => {
    expect(() => readColumns(names)).toThrow(ColumnError);
    expect(() => readColumns(names)).toThrow(message);
  });
});
