import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownSpelling } from '../../src/cloudtrail/event-names.ts';
import { compileQuery } from '../../src/query/compile.ts';
import { costOf, type ExplainContext, explainQuery } from '../../src/query/explain.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { Query } from '../../src/query/query.ts';
import { anyTerm, CLOCK } from './queries.ts';

const CONTEXT: ExplainContext = { events: 1_000_000, distinct: () => 100, understood: [], spelling: null };

function parse(text: string): Query {
  const { query, error } = parseQuery(text, CLOCK);
  if (error !== null) throw new Error(`${text}: ${error.reason}`);
  return query;
}

const lines = (text: string, context: Partial<ExplainContext> = {}) =>
  explainQuery(parse(text), { ...CONTEXT, ...context });

test.each([
  ['', 'every event'],
  ['since:2026-05-19', 'at 2026-05-19T00:00:00Z or later'],
  ['until:2026-05-19', 'at 2026-05-19T23:59:59.999Z or earlier'],
  ['at:11:02±5m', 'from 2026-05-20T10:57:00Z to 2026-05-20T11:07:00Z, both included'],
  ['name:RunInstances', 'name (eventName) is “RunInstances”'],
  ['name:Run*,Stop*', 'name (eventName) is all of the pattern Run*, or is all of the pattern Stop*'],
  ['source:ec2', 'source (eventSource) is “ec2” (.amazonaws.com may be left out)'],
  ['who:alice', 'who is “alice” (or either half of role/session is)'],
  ['ip:10.0.0.0/8', 'ip (sourceIPAddress) is in the network 10.0.0.0/8'],
  ['error:*', 'error (errorCode) is stated'],
  ['!error:*', 'error (errorCode) is not stated'],
  ['!name:x', 'not: name (eventName) is “x”'],
  ['!!name:x', 'name (eventName) is “x”'],
  ['first:ip,call', 'the first of its person, among what is loaded, by ip or call'],
  [
    'person:dave,al*',
    'the person behind it is “dave”, or is all of the pattern al*, whatever role they took on (as far as loaded calls hand out its key)',
  ],
  ['requestParameters.size:>50', 'requestParameters.size is a number, more than 50'],
  ['time:<2026-05-19', 'time (eventTime) is before 2026-05-19T00:00:00Z'],
  ["'abc", 'some value (no key) holds “abc”'],
  ['^abc$', 'some value of the fields is “abc”'],
])('%s: %s', (text, meaning) => expect(lines(text).map((line) => line.meaning)).toEqual([meaning]));

test('groups stand before what is in them', () => {
  expect(lines('name:b x !(error:* | y who:z)').map(({ depth, term }) => `${depth} ${term}`)).toEqual([
    '0 name:b',
    '0 x',
    '0 !(error:* | y who:z)',
    '1 error:*',
    '1 y who:z',
    '2 y',
    '2 who:z',
  ]);
});

test('what a fuzzy word stood for, with counts', () => {
  const understood = [
    { word: 'termnate', matches: [{ field: 'name' as const, value: 'TerminateInstances', count: 1200 }] },
  ];
  const [line] = lines('termnate', { understood });
  expect(line?.meaning).toMatch(/^names that resemble it: TerminateInstances 1,200 \(name\); or any id/);
});

test.each([
  ['name:RunInstances who:alice', /could look up EventName=RunInstances; the rest/],
  ['alice', /no term/],
])('what the server could be asked: %s', (text, expected) => {
  expect(lines(text, { spelling: knownSpelling }).at(-1)).toMatchObject({ depth: 0, term: 'LookupEvents' });
  expect(lines(text, { spelling: knownSpelling }).at(-1)?.meaning).toMatch(expected);
});

describe('costs', () => {
  test('in thousands, with what they are made of', () => {
    const [line] = lines('name:x', { distinct: () => 12_345 });
    expect(line?.cost).toBe('columns: 12,345 distinct values, then one integer of each event · about 19 ms');
  });

  test('whoever reads records says so, and nobody else', () => {
    fc.assert(
      fc.property(
        anyTerm.filter(({ kind }) => !['and', 'or', 'not'].includes(kind)),
        (term) => {
          const { records } = compileQuery(term, { fuzzy: new Map() });
          expect(['names', 'text', 'path'].includes(costOf(term))).toBe(records.length > 0);
        },
      ),
    );
  });

  test('every query has an explanation', () => {
    fc.assert(
      fc.property(anyTerm, (query) => {
        const explained = explainQuery(query, CONTEXT);
        expect(explained.length).toBeGreaterThan(0);
        expect(explained.every(({ meaning }) => meaning !== '')).toBe(true);
      }),
    );
  });
});
