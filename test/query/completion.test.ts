import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELDS, RESOURCE_SEPARATOR, type StoredFieldId } from '../../src/cloudtrail/fields.ts';
import { completionsAt, dropMatch, MAX_COMPLETIONS } from '../../src/query/completion.ts';
import type { FuzzyMatch } from '../../src/query/fuzzy-matches.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { literalPattern } from '../../src/query/pattern.ts';
import { CLOCK, hostileText } from './queries.ts';

const counted = (...values: string[]) => values.map((value, index) => ({ value, count: 100 - index }));

const VALUES: Readonly<Partial<Record<StoredFieldId, readonly { value: string; count: number }[]>>> = {
  name: counted('DescribeInstances', 'RunInstances', 'TerminateInstances', 'Rerun'),
  source: counted('s3.amazonaws.com', 'ec2.amazonaws.com', 'ec2-instance-connect.amazonaws.com', 'example.com'),
  who: counted('Admin/alice', 'alice', 'ci/*deploy?', 'two words'),
  error: counted('AccessDenied', 'ThrottlingException'),
  readOnly: counted('true', 'false'),
  agent: counted('aws-cli/2.1 x', 'aws-cli/2.2 y', 'Boto3/1.40'),
  resource: counted(`i-1${RESOURCE_SEPARATOR}vol-1`, 'i-1', 'arn:aws:s3:::bucket'),
};
const known = { distinct: (field: StoredFieldId) => VALUES[field] ?? [] };

/** The cursor is where | stands in the marked text. */
function at(marked: string, understood: readonly { word: string; matches: readonly FuzzyMatch[] }[] = []) {
  const cursor = marked.indexOf('▏');
  const text = marked.replace('▏', '');
  const offers = completionsAt(text, cursor, known, understood);
  return offers.map((offer) => text.slice(0, offer.from) + offer.text + text.slice(offer.to));
}

test.each<[string, readonly string[]]>([
  ['▏', []],
  ['x ▏', []],
  ['na▏', ['name:']],
  ['x !(NA▏ y)', ['x !(name: y)']],
  ['eventn▏', ['eventName:']],
  ['req▏', ['request:', 'requestID:', 'requestParameters.']],
  ['si▏', ['since:']],
  [
    'useridentity.sessionContext.s▏',
    ['userIdentity.sessionContext.sessionIssuer.', 'userIdentity.sessionContext.sourceIdentity:'],
  ],
  ["'na▏", []],
  ['"na▏', []],
  ['name:run▏', ['name:RunInstances', 'name:Rerun']],
  ['name:RUN▏ x', ['name:RunInstances x', 'name:Rerun x']],
  ['name:R▏un x', ['name:RunInstances x', 'name:Rerun x', 'name:DescribeInstances x', 'name:TerminateInstances x']],
  ['name:RunInstances,re▏', ['name:RunInstances,Rerun']],
  ['source:e▏', ['source:ec2', 'source:ec2-instance-connect', 'source:example.com']],
  ['who:a▏', ['who:Admin/alice', 'who:alice']],
  ['who:c▏', ['who:ci/\\*deploy\\?', 'who:Admin/alice', 'who:alice']],
  ['who:tw▏', ['who:"two words"']],
  ['who:"two w▏', ['who:"two words"']],
  ['who:~ali▏', ['who:alice', 'who:Admin/alice']],
  ['error:▏', ['error:denied', 'error:AccessDenied', 'error:ThrottlingException', 'error:*']],
  ['error:den▏', ['error:denied', 'error:AccessDenied']],
  ['readOnly:▏', ['readOnly:true', 'readOnly:false', 'readOnly:*']],
  ['mfa:f▏', ['mfa:false']],
  ['first:▏', ['first:who', 'first:call', 'first:ip', 'first:region', 'first:family', 'first:*']],
  ['first:ip,r▏', ['first:ip,region']],
  ['family:a▏', ['family:aws-cli']],
  ['resource:i▏', ['resource:i-1']],
  ['resource:arn▏', ['resource:arn:aws:s3:::bucket']],
  ['since:2▏', ['since:2h', 'since:24h']],
  ['since:y▏', ['since:yesterday']],
  ['at:y▏', ['at:yesterday']],
  ['time:>=y▏', ['time:yesterday']],
  ['requestParameters.x:a▏', []],
  ['nosuch:a▏', []],
])('%s', (marked, expected) => expect(at(marked)).toEqual(expected));

describe('what a fuzzy word stood for', () => {
  const match = (field: StoredFieldId, value: string, count: number): FuzzyMatch => ({ field, value, count });
  const understood = [
    {
      word: 'termin',
      matches: [match('name', 'TerminateInstances', 12), match('who', 'x y', 2), match('user', 'x y', 3)],
    },
  ];

  test('comes before the fields that start with it, each value once', () => {
    expect(at('a termi▏n', understood)).toEqual(['a name:TerminateInstances', 'a user:"x y"']);
    expect(at('!termin▏', understood)).toEqual(['!name:TerminateInstances', '!user:"x y"']);
    expect(at('na▏', [{ word: 'na', matches: [match('role', 'nana', 1)] }])).toEqual(['role:nana', 'name:']);
    expect(completionsAt('termin', 6, known, understood)[0]).toEqual({
      text: 'name:TerminateInstances',
      from: 0,
      to: 6,
      label: 'TerminateInstances',
      count: 12,
      kind: 'match',
      about: 'name',
    });
  });

  test.each([
    ['termin', 'termin !name:x*y', 'x*y'],
    ['a termin | b', 'a termin !name:z | b', 'z'],
    ['!termin', '!(termin !name:z)', 'z'],
    ['a -termin', 'a -(termin !name:z)', 'z'],
    ['(a-termin)', '(a-termin !name:z)', 'z'],
  ])('can be dropped: %s', (text, expected, value) => {
    const word = text.includes('a-termin') ? 'a-termin' : 'termin';
    const from = text.indexOf(word);
    expect(dropMatch(text, from, from + word.length, { field: 'name', value })).toBe(expected.replace('*', '\\*'));
  });
});

const anyText = fc.array(hostileText, { maxLength: 6 }).map((parts) => parts.join(' '));

test('any text, at any place: a handful of answers within it', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, place) => {
      const cursor = place % (text.length + 1);
      const offers = completionsAt(text, cursor, known, []);
      expect(offers.length).toBeLessThanOrEqual(MAX_COMPLETIONS);
      for (const { from, to } of offers) {
        expect(from).toBeLessThanOrEqual(cursor);
        expect(to).toBeGreaterThanOrEqual(cursor);
      }
    }),
    { numRuns: 2000 },
  );
});

test('what starts with the text comes first, then what has a part that does, then what holds it', () => {
  const who = counted('DataAnalyst/dave', 'Admin/alice', 'RealAlice', 'Scalar', 'alice');
  const offers = completionsAt('who:al', 6, { distinct: () => who }, []);
  expect(offers.map(({ label }) => label)).toEqual(['alice', 'Admin/alice', 'DataAnalyst/dave', 'RealAlice', 'Scalar']);
});

test('a value that is picked means itself, whatever it holds', () => {
  const field = fc
    .constantFrom(...FIELDS.filter(({ kind }) => kind === 'name' || kind === 'value'))
    .filter(({ id }) => id !== 'source' && id !== 'service');
  fc.assert(
    fc.property(field, hostileText, ({ id }, value) => {
      const some = { distinct: () => [{ value, count: 1 }] };
      const offer = completionsAt(`${id}:`, id.length + 1, some, []).find(({ label }) => label === value);
      const parsed = parseQuery(`x ${id}:${offer?.text} y`, CLOCK).query;
      const [, term] = parsed?.kind === 'and' ? parsed.terms : [];
      expect(term).toEqual({ kind: 'field', path: id, values: [literalPattern(value)] });
    }),
  );
});

test('of a hundred thousand values only the most frequent are looked at', () => {
  let read = 0;
  const values = new Proxy(
    Array.from({ length: 100_000 }, (_, index) => ({ value: `i-${index}`, count: 1 })),
    {
      get(target, key, receiver) {
        read++;
        return Reflect.get(target, key, receiver);
      },
    },
  );
  expect(completionsAt('key:nosuch', 10, { distinct: () => values }, [])).toEqual([]);
  expect(read).toBeLessThan(50_000);
});

test('paths that the records at hand have are offered, one key at a time', () => {
  const some = { distinct: () => [], paths: ['requestParameters.deep.down[].here', 'requestParameters.deep.up'] };
  const offered = (text: string) => completionsAt(text, text.length, some, []).map((offer) => offer.text);
  expect(offered('requestparameters.de')).toEqual(['requestParameters.deep.']);
  expect(offered('requestParameters.deep.')).toEqual(['requestParameters.deep.down[].', 'requestParameters.deep.up:']);
});
