import { describe, expect, test } from 'vitest';
import { MAX_QUERY_LENGTH, parseQuery } from '../../src/query/parse.ts';
import type { Query } from '../../src/query/query.ts';

const NOW = Date.UTC(2026, 4, 20, 12, 0, 0);
const CLOCK = { now: NOW, zone: 'utc' } as const;

function parse(text: string): Query {
  const { query, error } = parseQuery(text, CLOCK);
  if (error !== null) throw new Error(`${text}: ${error.reason} at ${error.from}–${error.to}`);
  return query;
}

function mistakeIn(text: string): { readonly at: string; readonly reason: string } {
  const { query, error } = parseQuery(text, CLOCK);
  if (error === null) throw new Error(`${text} was understood: ${JSON.stringify(query)}`);
  expect(error.from).toBeLessThanOrEqual(error.to);
  return { at: text.slice(error.from, error.to), reason: error.reason };
}

const fuzzy = (text: string): Query => ({ kind: 'word', text, mode: 'fuzzy' });
const field = (path: string, ...values: string[]): Query => ({ kind: 'field', path, values });

describe('words', () => {
  test.each<[string, Query]>([
    ['termin', fuzzy('termin')],
    ["'termin", { kind: 'word', text: 'termin', mode: 'substring' }],
    [`'"two words"`, { kind: 'word', text: 'two words', mode: 'substring' }],
    ['^Run', { kind: 'word', text: 'Run', mode: 'prefix' }],
    ['Instances$', { kind: 'word', text: 'Instances', mode: 'suffix' }],
    ['^RunInstances$', { kind: 'word', text: 'RunInstances', mode: 'whole' }],
    ['"two words"', { kind: 'word', text: 'two words', mode: 'phrase' }],
    ['"a \\"b\\" \\\\ c"', { kind: 'word', text: 'a "b" \\ c', mode: 'phrase' }],
    ['"two words"$', { kind: 'word', text: 'two words', mode: 'suffix' }],
    ['$', fuzzy('$')],
    ['i-0ab12', fuzzy('i-0ab12')],
    ['Mozilla/5.0(X11)', fuzzy('Mozilla/5.0(X11)')],
  ])('%s', (text, query) => expect(parse(text)).toEqual(query));

  test.each([
    'arn:aws:iam::123456789012:user/alice',
    'arn:aws-us-gov:s3:::bucket/key',
    'fe80::1',
    '2001:db8::ff00:42:8329',
    'abcd:ef01::',
    '14:02:11',
    'https://example.com/a:b',
    's3.amazonaws.com:443',
    'AROAEXAMPLEEXAMPLE12:alice',
  ])('%s holds a colon and is still a word', (text) => expect(parse(text)).toEqual(fuzzy(text)));
});

describe('fields', () => {
  test.each<[string, Query]>([
    ['name:RunInstances', field('name', 'RunInstances')],
    ['eventName:Run*', field('eventName', 'Run*')],
    ['error:a,b', field('error', 'a', 'b')],
    ['error:"x y",z', field('error', 'x y', 'z')],
    ['arn:*user/alice', field('arn', '*user/alice')],
    ['arn:"arn:aws:iam::1:user/x"', field('arn', 'arn:aws:iam::1:user/x')],
    ['resource:arn:aws:iam::1:user/x', field('resource', 'arn:aws:iam::1:user/x')],
    ['ip:2001:db8::1', field('ip', '2001:db8::1')],
    ['ip:10.0.0.0/8', field('ip', '10.0.0.0/8')],
    ['error:*', { kind: 'present', path: 'error' }],
    ['role:~admn', { kind: 'like', path: 'role', text: 'admn' }],
    ['requestParameters.instanceId:i-0ab*', field('requestParameters.instanceId', 'i-0ab*')],
    [
      'requestParameters.ipPermissions.items[].cidrIp:0.0.0.0/0',
      field('requestParameters.ipPermissions.items[].cidrIp', '0.0.0.0/0'),
    ],
    ['requestParameters.tags."aws:createdBy":x', field('requestParameters.tags."aws:createdBy"', 'x')],
    ['sharedEventID:*', { kind: 'present', path: 'sharedEventID' }],
    ['p_source.label:x', field('p_source.label', 'x')],
    [
      'requestParameters.maxResults:>=50',
      { kind: 'compare', path: 'requestParameters.maxResults', operator: '>=', text: '50', at: null },
    ],
    [
      'time:>2026-05-19',
      { kind: 'compare', path: 'time', operator: '>', text: '2026-05-19', at: Date.UTC(2026, 4, 20) - 1 },
    ],
    [
      'eventTime:<=2026-05-19T10:00Z',
      { kind: 'compare', path: 'eventTime', operator: '<=', text: '2026-05-19T10:00Z', at: Date.UTC(2026, 4, 19, 10) },
    ],
  ])('%s', (text, query) => expect(parse(text)).toEqual(query));

  test('a pattern keeps its escapes', () => expect(parse('resource:a\\*b')).toEqual(field('resource', 'a\\*b')));
});

describe('times', () => {
  test.each<[string, Query]>([
    ['since:2h', { kind: 'since', at: NOW - 7_200_000, text: '2h' }],
    ['until:2026-05-19', { kind: 'until', at: Date.UTC(2026, 4, 20) - 1, text: '2026-05-19' }],
    ['Since:"yesterday 5pm"', { kind: 'since', at: Date.UTC(2026, 4, 19, 17), text: 'yesterday 5pm' }],
    [
      'at:11:02±5m',
      { kind: 'at', from: Date.UTC(2026, 4, 20, 10, 57), to: Date.UTC(2026, 4, 20, 11, 7), text: '11:02±5m' },
    ],
    [
      'at:11:02+-5m',
      { kind: 'at', from: Date.UTC(2026, 4, 20, 10, 57), to: Date.UTC(2026, 4, 20, 11, 7), text: '11:02+-5m' },
    ],
    ['time:2026-05-19', { kind: 'at', from: Date.UTC(2026, 4, 19), to: Date.UTC(2026, 4, 20) - 1, text: '2026-05-19' }],
    [
      'at:11:02',
      { kind: 'at', from: Date.UTC(2026, 4, 20, 11, 2), to: Date.UTC(2026, 4, 20, 11, 3) - 1, text: '11:02' },
    ],
  ])('%s', (text, query) => expect(parse(text)).toEqual(query));
});

describe('and, or, not, parentheses', () => {
  const [a, b, c] = [fuzzy('a'), fuzzy('b'), fuzzy('c')];
  test.each<[string, Query]>([
    ['', { kind: 'all' }],
    [' \t\n', { kind: 'all' }],
    ['a b', { kind: 'and', terms: [a, b] }],
    ['a | b', { kind: 'or', terms: [a, b] }],
    ['a|b||c', { kind: 'or', terms: [a, b, c] }],
    ['a b | c', { kind: 'or', terms: [{ kind: 'and', terms: [a, b] }, c] }],
    ['a (b | c)', { kind: 'and', terms: [a, { kind: 'or', terms: [b, c] }] }],
    ['(a)', a],
    ['a(b c)', { kind: 'and', terms: [a, { kind: 'and', terms: [b, c] }] }],
    ['!a', { kind: 'not', term: a }],
    ['-a', { kind: 'not', term: a }],
    ['!!a', { kind: 'not', term: { kind: 'not', term: a } }],
    ['!(a b)', { kind: 'not', term: { kind: 'and', terms: [a, b] } }],
    ['!error:*', { kind: 'not', term: { kind: 'present', path: 'error' } }],
    ["!'a", { kind: 'not', term: { kind: 'word', text: 'a', mode: 'substring' } }],
  ])('%s', (text, query) => expect(parse(text)).toEqual(query));
});

describe('mistakes say where and why', () => {
  test.each<[string, string, RegExp]>([
    ['-', '-', /leave out/],
    ['a !', '!', /leave out/],
    ['! a', '!', /leave out/],
    ['a |', '|', /after \|/],
    ['| a', '|', /before \|/],
    ['(a', '(', /not closed/],
    ['(', '(', /not closed/],
    ['a(', '(', /not closed/],
    ['name:(a b)', 'name:', /which value/],
    ['a)', ')', /no \( for this \)/],
    [')', ')', /no \( for this \)/],
    ['()', '()', /nothing between/],
    ['"a b', '"a b', /not closed/],
    ['""', '""', /nothing/],
    ["'", "'", /right after/],
    ['^', '^', /right after/],
    ['x nmae:RunInstances', 'nmae', /did you mean name\?/],
    ['usrIdentity.arn:x', 'usrIdentity.arn', /did you mean userIdentity/],
    ['iamx:CreateUser', 'iamx', /quote it/],
    ['error:', 'error:', /which value/],
    ['error:a,', 'error:a,', /comma/],
    ['error:""', 'error:""', /!error:\*/],
    ['"a"b', 'b', /space/],
    ['region:>x', 'region:>', /neither/],
    ['time:>soonish', 'soonish', /not a time/],
    ['since:', 'since:', /2h/],
    ['since:2026-02-31', '2026-02-31', /not a time/],
    ['at:11:02±x', '11:02±x', /how far/],
    ['ip:10.0.0.0/99', '10.0.0.0/99', /not a network/],
    ['ip:300.1.1.1', '300.1.1.1', /no address/],
    ['ip:10.0.0', '10.0.0', /203\.0\.113\.\*/],
    ['ip:203.0.113.9,2001:db8:::1', '2001:db8:::1', /no address/],
    ['readOnly:maybe', 'maybe', /true or false/],
    ['mfa:true,no', 'no', /true or false.*!mfa:\*/],
    ['name:/Run.*/', '/Run.*/', /no regular expressions/],
    ['requestParameters.[:x', 'requestParameters.[', /no path/],
    ['requestParameters..a:x', 'requestParameters..a', /no path/],
    ['userIdentity.a[*].b:x', 'userIdentity.a[*].b', /no path/],
    ['name=RunInstances', 'name=', /write name:RunInstances;/],
    ['eventName!="x y"', 'eventName!=', /write !eventName:value;/],
    ['a since==2h', 'since==', /write since:2h;/],
    ['requestParameters.a[]=1', 'requestParameters.a[]=', /write requestParameters\.a\[\]:1;/],
    ['since:2h until:3h', 'until:3h', /begins after it ends.*two hours ago/],
    ['until:2026-05-18 a (b | since:2026-05-20 c until:2026-05-19)', 'until:2026-05-19', /begins after it ends: /],
    ['NOT alice', 'NOT', /write !alice; .* 'NOT/],
    ['a AND NOT b', 'AND', /needs no word/],
    ['alice OR bob', 'OR', /write a \| bob/],
    ['alice and bob | c', 'and', /write a bob/],
    ['x not (a b)', 'not', /write !b/],
    ['(a or b)', 'or', /for or/],
    ['requestParameters.n:>many', 'many', /neither a number nor a time/],
  ])('%s', (text, at, reason) => {
    const mistake = mistakeIn(text);
    expect(mistake).toEqual({ at, reason: expect.stringMatching(reason) });
  });

  test.each<[string, Query]>([
    ["a 'AND b", { kind: 'and', terms: [fuzzy('a'), { kind: 'word', text: 'AND', mode: 'substring' }, fuzzy('b')] }],
    ['a OR', { kind: 'and', terms: [fuzzy('a'), { kind: 'word', text: 'OR', mode: 'substring' }] }],
    ['not', { kind: 'word', text: 'not', mode: 'substring' }],
    ['or', { kind: 'word', text: 'or', mode: 'substring' }],
    ['NOTIFY andy', { kind: 'and', terms: [fuzzy('NOTIFY'), fuzzy('andy')] }],
    ['name:NOT*', field('name', 'NOT*')],
    ['"is NOT authorized"', { kind: 'word', text: 'is NOT authorized', mode: 'phrase' }],
    ["'name=x", { kind: 'word', text: 'name=x', mode: 'substring' }],
    ['colour=red', fuzzy('colour=red')],
    ['aGk=', fuzzy('aGk=')],
    ['readOnly:"maybe"', field('readOnly', 'maybe')],
    ['mfa:t*,FALSE', field('mfa', 't*', 'FALSE')],
    ['ip:"300.1.1.1"', field('ip', '300.1.1.1')],
    ['ip:10.0.*,AWS*,ec2.amazonaws.com,::1', field('ip', '10.0.*', 'AWS*', 'ec2.amazonaws.com', '::1')],
    ['resource:/aws/lambda/', field('resource', '/aws/lambda/')],
    [
      'since:2026-05-19 until:2026-05-19',
      {
        kind: 'and',
        terms: [
          { kind: 'since', at: Date.UTC(2026, 4, 19), text: '2026-05-19' },
          { kind: 'until', at: Date.UTC(2026, 4, 20) - 1, text: '2026-05-19' },
        ],
      },
    ],
  ])('%s is none', (text, query) => expect(parse(text)).toEqual(query));

  test('too long, too deep, too many', () => {
    expect(mistakeIn('a'.repeat(MAX_QUERY_LENGTH + 1)).reason).toMatch(/too long/);
    expect(mistakeIn('('.repeat(5000)).reason).toMatch(/too deep/);
    expect(mistakeIn('!'.repeat(10_000)).reason).toMatch(/too deep/);
    expect(mistakeIn('a '.repeat(5000)).reason).toMatch(/too many words/);
    expect(mistakeIn('name:a '.repeat(1000)).reason).toMatch(/too many terms/);
    expect(mistakeIn(`name:${'*a'.repeat(4000)}`).reason).toMatch(/too many wildcards/);
  });
});
