import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELDS, RESOURCE_SEPARATOR, type StoredFieldId } from '../../src/cloudtrail/fields.ts';
import { completionsAt, dropMatch, MAX_COMPLETIONS } from '../../src/query/completion.ts';
import type { FuzzyMatch } from '../../src/query/fuzzy-matches.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { resolvePath } from '../../src/query/paths.ts';
import { literalPattern } from '../../src/query/pattern.ts';
import { termAt } from '../../src/query/term-at.ts';
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

test('of a text of any length only the term at the cursor is answered, from the values of its field', () => {
  for (const piece of ['eventNme:x ', 'error:denied ', 'zzzz.y:1 ', 'who:~al ', 'resource:i ']) {
    const text = piece.repeat(1000).slice(0, 10_000);
    for (const cursor of [0, 5000, 9999, 10_000]) {
      const asked: StoredFieldId[] = [];
      const counting = {
        distinct(field: StoredFieldId) {
          asked.push(field);
          return known.distinct(field);
        },
      };
      completionsAt(text, cursor, counting, []);
      expect(asked.length).toBeLessThanOrEqual(1);
    }
  }
});

/** The values, and how many UTF-16 units of them were looked at. */
function watched(texts: readonly string[]) {
  const seen = { units: 0 };
  const values = texts.map((text) => ({
    count: 1,
    get value() {
      seen.units += text.length;
      return text;
    },
  }));
  return { values, seen };
}

test('of long values no more are looked at than there is time for, and those that nobody can read are left out', () => {
  const long = watched(Array.from({ length: 10_000 }, (_, k) => `${'m'.repeat(900)}${k}`));
  expect(completionsAt('message:nosuch', 14, { distinct: () => long.values }, [])).toEqual([]);
  // A value is asked for several times while it is looked at.
  expect(long.seen.units).toBeLessThan(6_000_000);
  const odd = watched(['x'.repeat(5000), 'xy']);
  expect(completionsAt('message:x', 9, { distinct: () => odd.values }, []).map(({ label }) => label)).toEqual(['xy']);
});

test('of persons those that were found are offered, with their calls', () => {
  const people = () => [
    { value: 'dave', count: 12 },
    { value: 'dave of 111122223333', count: 3 },
    { value: 'erin', count: 2 },
  ];
  const offers = completionsAt('person:da', 9, { distinct: () => [], people }, []);
  expect(offers.map(({ text, count }) => [text, count])).toEqual([
    ['dave', 12],
    ['"dave of 111122223333"', 3],
  ]);
  expect(completionsAt('person:da', 9, { distinct: () => [] }, [])).toEqual([]);
});

test('of user agents no more are sorted into families than there is time for', () => {
  const agents = watched(Array.from({ length: 10_000 }, (_, k) => `tool${k}/1`));
  completionsAt('family:t', 8, { distinct: () => agents.values }, []);
  expect(agents.seen.units).toBeLessThan(5 * 1000);
});

test('names that are no slip of the hand are told apart, however many there are', () => {
  // The first 16 paths are compared with the keys that CloudTrail knows; the rest of a long text is taken as written.
  const text = Array.from({ length: 300 }, (_, k) => `z${k}.y:"a b"`).join(' ');
  expect(termAt(`${text} name:Run`, text.length + 9)).toMatchObject({ name: 'name', from: text.length + 1 });
  const slips = Array.from({ length: 30 }, (_, k) => `eventNme[${k}].x:1`).join(' ');
  expect(termAt(`${slips} eventNme[99].x:1`, slips.length + 3)).toMatchObject({ name: null });
  expect(termAt('eventNme:"a b" x', 11)).toMatchObject({ name: null });
  expect(termAt('eventNme.x:"a b" x', 13)).toMatchObject({ name: null });
  expect(termAt('requestparameters.x:"a b" x', 23)).toMatchObject({ name: 'requestparameters.x', to: 25 });
  expect(termAt('eventname[]:"a b" x', 14)).toMatchObject({ name: 'eventname[]', to: 17 });
  expect(termAt('z.y:"a b" x', 6)).toMatchObject({ name: 'z.y', to: 9 });
});

test('the names are those of the parser', () => {
  const part = fc.constantFrom('name', 'eventNme', 'requestParameters', 'zz', 'at', 'x', 'records', 'tlsDetails', '$a');
  const name = fc.tuple(part, fc.constantFrom('', '.x', '[]', '[0].b', '."q"', '["k"]')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(name, (path) => {
      const isName = ['since', 'until', 'at'].includes(path) || resolvePath(path).kind !== 'unknown';
      expect(termAt(`${path}:v`, 0)?.name).toBe(isName ? path : null);
    }),
  );
});

test("a word that is a person's name offers all of theirs first, and two of one name apart", () => {
  const people = () => [
    { value: 'dave', count: 290 },
    { value: 'erin (111122223333)', count: 3 },
    { value: 'erin (444455556666)', count: 2 },
    { value: 'davenport', count: 1 },
  ];
  const matches = [{ field: 'who', value: 'dave', count: 267 }] as unknown as readonly FuzzyMatch[];
  const offers = (word: string) =>
    completionsAt(word, word.length, { ...known, people }, [{ word, matches }]).map(({ text, count }) => [text, count]);
  expect(offers('Dave').slice(0, 2)).toEqual([
    ['person:dave', 290],
    ['who:dave', 267],
  ]);
  expect(offers('erin').slice(0, 2)).toEqual([
    ['person:"erin (111122223333)"', 3],
    ['person:"erin (444455556666)"', 2],
  ]);
  expect(offers('dav').map(([text]) => text)).toEqual(['who:dave']);
});
