// Whatever is typed or pasted, at any time: an answer, and one that the database can give.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileQuery } from '../../src/query/compile.ts';
import { completionsAt } from '../../src/query/completion.ts';
import { withoutTerm, withTerm } from '../../src/query/edit.ts';
import { explainQuery } from '../../src/query/explain.ts';
import { MAX_QUERY_LENGTH, parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';
import { type EventsDatabase, openEventsDatabase } from './events-database.ts';
import { anyTerm, CLOCK, hostileText } from './queries.ts';
import { testEvents } from './test-events.ts';

let database: EventsDatabase;
beforeAll(async () => {
  database = await openEventsDatabase(testEvents(40));
});
afterAll(() => database.close());

/** All that happens to a text on the thread that draws. */
function think(text: string): void {
  const { query, error } = parseQuery(text, CLOCK);
  completionsAt(text, text.length, { distinct: () => [] }, []);
  if (query === null) {
    expect(error.from).toBeGreaterThanOrEqual(0);
    expect(error.to).toBeGreaterThanOrEqual(error.from);
    return;
  }
  explainQuery(query, { events: 1, distinct: () => 1, understood: [], spelling: () => null });
  compileQuery(query, { fuzzy: new Map() });
  const printed = printQuery(withoutTerm(withTerm(query, { kind: 'present', path: 'name' }), query));
  expect(parseQuery(printed, CLOCK).error).toBe(null);
  // What was read can be kept, edited and read again, unless quotes made it longer than a text may be.
  const again = printQuery(query);
  if (again.length <= MAX_QUERY_LENGTH) expect(parseQuery(again, CLOCK).query).toEqual(query);
}

async function run(text: string): Promise<void> {
  const { query } = parseQuery(text, CLOCK);
  if (query !== null) await database.rowsWhere(compileQuery(query, { fuzzy: new Map() }));
}

const grammar = fc.constantFrom(
  ...[
    '(',
    ')',
    '|',
    '||',
    '!',
    '-',
    '"',
    "'",
    '^',
    '$',
    ':',
    '*',
    '?',
    ',',
    '~',
    '>',
    '<=',
    '.',
    '[]',
    '["',
    '"]',
    '\\',
    ' ',
  ],
  ...['name', 'eventName', 'requestParameters', 'since', 'at', 'time', 'first', 'ip', 'resource', '10.0.0.0/8', '::/0'],
  ...['2h', 'yesterday', '±5m', '14:02', 'arn:aws:', 'é', '😀', '\u202e', '\u0000', '\ud800', 'İ', 'ﬀ', '\u2028'],
);

test('any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(grammar, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.array(hostileText, { maxLength: 20 }).map((parts) => parts.join(' ')),
  );
  fc.assert(fc.property(texts, think), { numRuns: 3000 });
});

test('a query that is typed letter by letter', () => {
  fc.assert(
    fc.property(anyTerm, (query) => {
      const text = printQuery(query).slice(0, 150);
      for (let length = 0; length <= text.length; length++) think(text.slice(0, length));
    }),
    { numRuns: 100 },
  );
});

test('soup, run', async () => {
  const texts = fc
    .array(fc.oneof(grammar, hostileText), { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join(''));
  await fc.assert(fc.asyncProperty(texts, run), { numRuns: 150 });
});

/** Text of `length`, or as much of it as fits. */
const filled = (part: string, length = MAX_QUERY_LENGTH) =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);
const times = (count: number, make: (index: number) => string, by: string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(by);

test.each<[string, string]>([
  ['one long word', filled('a')],
  ['one long word of letters that JSON may escape', filled('é')],
  ['a page in quotes', `"${filled('ab ', 9990)}"`],
  ['digits', `'${filled('1', 9990)}`],
  ['slashes and quotes', `"${filled('/\\"', 9990)}"`],
  ['many wildcards', `name:${'*a'.repeat(32)}b`],
  ['many wildcards, many times', times(60, () => `resource:${'*a?'.repeat(15)}b`, ' ')],
  ['wildcards in a path', `requestParameters.bucketName:${'*a'.repeat(32)}b`],
  ['a thousand values', `name:${times(1900, (k) => `a${k % 10}*`, ',')}`],
  ['a thousand people', `who:${times(2400, () => 'a', ',')}`],
  ['a thousand values of a path', `requestParameters.a:${times(1900, (k) => `a${k % 10}*`, ',')}`],
  ['a thousand resources', `resource:${times(4000, () => 'a', ',')}`],
  ['networks', `ip:${times(800, () => '10.0.0.0/8', ',')}`],
  ['networks of IPv6', `ip:${times(600, () => '2001:db8::/32', ',')}`],
  ['a hundred terms', times(100, (k) => `name:a${k}*`, ' | ')],
  ['a hundred paths', times(100, (k) => `requestParameters.a${k}.b:*`, ' | ')],
  ['twenty pages', times(20, () => `"${filled('é ', 480)}"`, ' ')],
  ['nots', `${'!'.repeat(49)}a`],
  ['parentheses', `${'('.repeat(50)}a${')'.repeat(50)}`],
  ['a long path', `requestParameters${'.items'.repeat(31)}:*`],
  ['a long path with places', `requestParameters${'[0]'.repeat(31)}:*`],
  ['a long key', `requestParameters.${filled('é', 9900)}:x`],
])('%s: read, and answered by the database', { timeout: 30_000 }, async (_, text) => {
  expect(text.length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
  expect(parseQuery(text, CLOCK).error).toBe(null);
  think(text);
  await run(text);
});

test.each<[string, RegExp]>([
  [filled('a', MAX_QUERY_LENGTH + 1), /too long/],
  [filled('('), /too deep/],
  [filled('!'), /too deep/],
  [filled('name:a ('), /too deep/],
  [filled('a b '), /too many words/],
  [filled('name:a '), /too many terms/],
  [`name:${filled('*a', 200)}`, /too many wildcards/],
  [`requestParameters${filled('.a', 5000)}:x`, /path is too long/],
  [`since:"${filled('monday ', 9000)}"`, /not a time/],
])('refused with a reason: %#', (text, reason) => {
  expect(parseQuery(text, CLOCK).error?.reason).toMatch(reason);
  think(text);
});
