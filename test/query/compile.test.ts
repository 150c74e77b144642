import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELDS, type StoredFieldId } from '../../src/cloudtrail/fields.ts';
import { compileQuery } from '../../src/query/compile.ts';
import { type FuzzyMatches, likeKey } from '../../src/query/fuzzy-matches.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { literalPattern } from '../../src/query/pattern.ts';
import type { Query } from '../../src/query/query.ts';
import { matches } from './brute-force.ts';
import { type EventsDatabase, openEventsDatabase } from './events-database.ts';
import { CLOCK, combined, hostileText } from './queries.ts';
import { testEvents, VALUES } from './test-events.ts';

const EVENTS = testEvents(250);
const FUZZY: FuzzyMatches = new Map([
  ['termnate', [{ field: 'name', value: 'TerminateInstances', count: 1 }]],
  [likeKey('who', 'alcie'), [{ field: 'who', value: 'alice', count: 1 }]],
  ['nothing', []],
]);

let database: EventsDatabase;
beforeAll(async () => {
  database = await openEventsDatabase(EVENTS);
});
afterAll(() => database.close());

function parse(text: string): Query {
  const { query, error } = parseQuery(text, CLOCK);
  if (error !== null) throw new Error(`${text}: ${error.reason}`);
  return query;
}

function expected(query: Query): readonly number[] {
  return EVENTS.flatMap((event, row) => (matches(query, event, FUZZY) ? [row] : []));
}

function rows(query: Query, stage: 'columns' | 'complete' = 'complete'): Promise<readonly number[]> {
  return database.rowsWhere(compileQuery(query, { fuzzy: FUZZY }), stage);
}

describe('finds what the words mean', () => {
  test.each([
    '',
    'alice',
    'termnate',
    'nothing',
    'instanceid',
    "'instanceid",
    '^Run',
    'Instances$',
    '^alice$',
    '^i-0ab12cd34$',
    'sg-0123$',
    '"line\nbreak"',
    '"a \\"quoted\\""',
    '"back\\\\slash"',
    "'a/b",
    "'<c>",
    '"it\'s"',
    "'JOSÉ",
    "!(since:2h '3)",
    "'3",
    "'00",
    "'u0",
    "'é/Ü",
    "'😀",
    "'true",
    "'nul",
    "'50%_",
    "'1",
    '10.0.0.0/8',
    '0.0.0.0/0',
    '::/0',
    'ip:0.0.0.0/0',
    'name:runinstances',
    'name:*Instances !name:Describe*',
    'name:Run*,Console*',
    'eventName:RunInstances',
    'source:ec2',
    'source:ec2*',
    'error:denied',
    'error:*',
    '!error:*',
    '!name:RunInstances',
    'resource:vol-1',
    'resource:*my-bucket/a\\*b',
    'resource:vol-1*sg*',
    'resource:*',
    'who:ci/\\*deploy\\?',
    'who:~alcie',
    'who:~lic',
    'ip:10.0.0.0/8',
    'ip:10.128.0.0/9',
    'ip:203.0.113.9/32',
    'readOnly:TRUE',
    'id:00007-abc',
    'id:*',
    'id:00001*',
    '!id:00001*',
    'time:*',
    '!time:*',
    'since:2026-05-19 until:2026-05-19',
    '!since:2026-05-19',
    'time:>2026-05-19',
    'time:2026-05-19',
    'requestParameters:*',
    'requestParameters.items.instanceId:*',
    'requestParameters.items[].instanceid:i-0ab*',
    'REQUESTPARAMETERS.items.n:>50',
    'requestParameters.n:<=10',
    'requestParameters.n:7.50',
    'requestParameters.n:1e1,-3.0',
    'requestParameters.n:15e-8',
    'requestParameters.n:<1e-6',
    '!requestParameters.n:<=10',
    'requestParameters.flag:true',
    'requestParameters."aws:createdBy":*',
    'requestParameters.items."a/b~c":~a',
    'errorMessage:*break',
    'resources[].ARN:vol-1',
    'resources.ARN:vol-1',
    'requestParameters.items:x',
    'requestParameters.deep:true',
    'requestParameters.deep:""',
    '!requestParameters.deep:vol-1',
    'requestParameters.deep:*',
    'requestParameters.deep[].deep[]:instanceid',
    'requestParameters.deep.n:>=3',
    'requestParameters.flag:*',
    'requestParameters.flag:false,0',
    'requestParameters.when:>2026-05-19',
    'requestParameters.when:<=2026-05-19',
    'requestParameters.when:<2026-05-19T10:00:00.001Z',
    '["name"]:*Instances',
    '["name"]:*',
    'name:*Instances !["name"]:*',
    '["since"]:2h',
    'ip:2001:db8::/32,10.0.0.0/8',
    'ip:::ffff:0:0/96',
    '2001:db8::/48',
    'requestParameters.nosuch:x',
    '(alice | bob) !(error:* | readOnly:true)',
  ])('%s', async (text) => {
    const query = parse(text);
    expect(await rows(query)).toEqual(expected(query));
  });

  test('an index takes that element of a list', async () => {
    const found = await rows(parse('requestParameters.items[0].n:*'));
    const all = EVENTS.flatMap(({ raw }, row) => {
      const first = JSON.parse(raw).requestParameters?.items?.[0];
      return [first].flat().some((item) => item?.n !== undefined) ? [row] : [];
    });
    expect(all.length).toBeGreaterThan(10);
    expect(found).toEqual(all);
  });

  test('an address of IPv6 lies in its network, however it is spelt', async () => {
    const addresses = [
      '2001:db8::1',
      '2001:0DB8:0:0:0:0:0:1',
      '2001:db9::',
      '::1',
      '1::',
      '::',
      'AWS Internal',
      '10.0.0.1',
    ];
    const [first] = EVENTS;
    const other = await openEventsDatabase(
      addresses.map((ip) => ({ ...first, time: null, raw: '{}', cells: { ...first?.cells, ip } as never })),
    );
    const within = (text: string) => other.rowsWhere(compileQuery(parse(text), { fuzzy: FUZZY }));
    expect(await within('ip:2001:db8::/32')).toEqual([0, 1]);
    expect(await within('ip:::/0')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await within('ip:::1/128')).toEqual([3]);
    expect(await within('ip:0::/16')).toEqual([3, 5]);
    other.close();
  });

  test('a person from the list, made a pattern, finds that label and those it is one half of', async () => {
    for (const who of new Set(EVENTS.map((event) => event.cells.who).filter((value) => value !== ''))) {
      const found = await rows({ kind: 'field', path: 'who', values: [literalPattern(who)] });
      expect(found).toEqual(
        EVENTS.flatMap((event, row) => ([event.cells.who, ...event.cells.who.split('/')].includes(who) ? [row] : [])),
      );
    }
  });
});

describe('agrees with a walk over the records', () => {
  const text = fc.oneof(
    fc.constantFrom(...VALUES),
    fc.constantFrom(...VALUES).chain((value) => {
      const chars = [...value];
      const place = fc.nat({ max: chars.length - 1 });
      return fc.tuple(place, place).map(([a, b]) => chars.slice(Math.min(a, b), Math.max(a, b) + 1).join(''));
    }),
    hostileText.filter((value) => !/[İ"]/.test(value)),
  );
  const pattern = fc.oneof(
    text,
    text.map((value) => `*${literalPattern(value)}*`),
    text.map((value) => `${literalPattern(value.slice(0, 5))}*`),
  );
  const stored = FIELDS.filter((field) => field.kind !== 'time' && field.kind !== 'derived').map(
    (field) => field.id as StoredFieldId,
  );
  const paths = [
    'requestParameters.items[].instanceId',
    'requestParameters.bucketName',
    'requestParameters',
    'requestParameters.deep',
    'requestParameters.deep[].deep[][]',
    'REQUESTPARAMETERS.flag',
    'requestParameters.n',
    'requestParameters.items.n',
    'requestParameters.deep.N',
    'requestParameters.when',
    'requestParameters."aws:createdBy"',
    'requestParameters.items["a/b~c"]',
    '["name"]',
    '["since"]',
    'resources.ARN',
  ];
  const path = fc.constantFrom(...stored, ...paths);
  const network = fc.oneof(
    fc.tuple(fc.constantFrom('10.1.2.3', '10.200.0.1', '192.168.0.1', '203.0.113.9', '0.0.0.0'), fc.nat({ max: 32 })),
    fc.tuple(fc.constantFrom('2001:db8::1', '2001:db8:0:1::', '::', '::ffff:a01:203', 'ffff::'), fc.nat({ max: 128 })),
  );
  const times = EVENTS.flatMap(({ time }) => time ?? []);
  const instant = fc.tuple(fc.constantFrom(...times), fc.constantFrom(-1, 0, 1)).map(([time, by]) => time + by);
  const operator = fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const);
  const leaf = fc.oneof(
    fc
      .record({ text, mode: fc.constantFrom('fuzzy', 'substring', 'prefix', 'suffix', 'whole', 'phrase') })
      .map(({ text, mode }): Query => ({ kind: 'word', text, mode: mode as 'fuzzy' })),
    fc
      .record({ path, values: fc.array(pattern, { minLength: 1, maxLength: 3 }) })
      .map((term): Query => ({ kind: 'field', ...term })),
    fc.record({ path, text }).map((term): Query => ({ kind: 'like', ...term })),
    path.map((path): Query => ({ kind: 'present', path })),
    fc
      .record({
        path: fc.constantFrom('time', ...paths),
        operator,
        value: fc.integer({ min: -4, max: 101 }),
        at: instant,
      })
      .map(({ path, operator, value, at }): Query => {
        const isTime = path === 'time' || path.endsWith('when');
        return { kind: 'compare', path, operator, text: String(isTime ? at : value), at: isTime ? at : null };
      }),
    network.map(([address, size]): Query => ({ kind: 'field', path: 'ip', values: [`${address}/${size}`] })),
    network.map(([address, size]): Query => ({ kind: 'word', text: `${address}/${size}`, mode: 'fuzzy' })),
    fc
      .record({ kind: fc.constantFrom('since' as const, 'until' as const), at: instant })
      .map(({ kind, at }): Query => ({ kind, at, text: '2h' })),
    fc.tuple(instant, instant).map(([from, to]): Query => ({ kind: 'at', from, to, text: '2h' })),
  );

  test('any query', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(combined(leaf), async (query) => {
        expect(await rows(query)).toEqual(expected(query));
      }),
      { numRuns: 250 },
    );
  });

  test('and binds tighter than or', async () => {
    const terms = ['name:Run*', '!error:*', 'who:alice', 'readOnly:true', "'vol-1", 'ip:10.0.0.0/8'];
    const row = fc.array(fc.constantFrom(...terms), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 3 }), async (alternatives) => {
        const text = alternatives.map((all) => all.join(' ')).join(' | ');
        const wanted = EVENTS.flatMap((event, index) =>
          alternatives.some((all) => all.every((term) => matches(parse(term), event, FUZZY))) ? [index] : [],
        );
        expect(await rows(parse(text))).toEqual(wanted);
      }),
      { numRuns: 50 },
    );
  });

  test('a date means the whole day, ends included', async () => {
    const days = [...new Set(EVENTS.flatMap(({ time }) => (time === null ? [] : [dayOf(time)])))];
    expect(days.length).toBeGreaterThan(2);
    for (const day of days) {
      const where = (test: (other: string) => boolean) =>
        EVENTS.flatMap(({ time }, index) => (time !== null && test(dayOf(time)) ? [index] : []));
      expect(await rows(parse(`time:${day}`))).toEqual(where((other) => other === day));
      expect(await rows(parse(`at:${day}`))).toEqual(where((other) => other === day));
      expect(await rows(parse(`since:${day}`))).toEqual(where((other) => other >= day));
      expect(await rows(parse(`until:${day}`))).toEqual(where((other) => other <= day));
      expect(await rows(parse(`time:>${day}`))).toEqual(where((other) => other > day));
      expect(await rows(parse(`time:<${day}`))).toEqual(where((other) => other < day));
    }
  });
});

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

test('a list of names that hold the word was cut short: all that hold it are meant', async () => {
  const fuzzy: FuzzyMatches = new Map([['Instance', [{ field: 'name', value: 'RunInstances', count: 1 }]]]);
  const found = await database.rowsWhere(compileQuery(parse('Instance'), { fuzzy }), 'columns');
  const names = new Set(found.map((row) => EVENTS[row]?.cells.name));
  expect([...names]).toEqual(expect.arrayContaining(['RunInstances', 'TerminateInstances', 'DescribeInstances']));
});

describe('stages', () => {
  test('the first stage reads columns only, and finds no event that the last one lacks', async () => {
    for (const text of ['alice', "'alice", 'name:Run* alice', '(alice | bob) readOnly:true']) {
      const query = parse(text);
      const { records } = compileQuery(query, { fuzzy: FUZZY });
      expect(records.length).toBeGreaterThan(0);
      expect(records.every(({ isOptional }) => isOptional)).toBe(true);
      const complete = new Set(await rows(query));
      const first = await rows(query, 'columns');
      expect(first.length).toBeGreaterThan(0);
      expect(first.filter((row) => !complete.has(row))).toEqual([]);
    }
  });

  test('fields of the table need no record, other paths always do', () => {
    const recordTests = (text: string) =>
      compileQuery(parse(text), { fuzzy: FUZZY }).records.map(({ isOptional }) => isOptional);
    expect(recordTests('name:x error:* ^x since:2h resource:y')).toEqual([]);
    expect(recordTests('id:x')).toEqual([false]);
    expect(recordTests('requestParameters.x:y')).toEqual([false]);
    expect(recordTests('alice')).toEqual([true]);
  });
});

test('no text of a query gets into the SQL', () => {
  fc.assert(
    fc.property(fc.constantFrom("'", '', '^'), (sign) => {
      const { where, dictionaries, records } = compileQuery(
        parse(`${sign}x9y'; name:x9y'; requestParameters.x9y:*x9y\\' who:~x9y'`),
        { fuzzy: new Map() },
      );
      for (const sql of [where, ...[...dictionaries, ...records].map(({ condition }) => condition)]) {
        expect(sql).not.toContain('x9y');
      }
    }),
  );
});

test('a record that is no JSON has no paths, and breaks nothing', async () => {
  const [first] = EVENTS;
  const broken = await openEventsDatabase([{ time: null, cells: { ...first?.cells } as never, raw: '{"eventID":"x"' }]);
  const found = (text: string) => broken.rowsWhere(compileQuery(parse(text), { fuzzy: FUZZY }));
  expect(await found('id:x')).toEqual([]);
  expect(await found('!id:x')).toEqual([0]);
  broken.close();
});
