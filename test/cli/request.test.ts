import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../src/cli/options.ts';
import { type Request, readRequest } from '../../src/cli/request.ts';
import { PRESETS } from '../../src/query/presets.ts';

const NOW = Date.UTC(2026, 4, 20, 12);
const CLOCK = { now: NOW, zone: 'utc' as const };

const SAVED = { Mine: 'who:alice since:2h', root: 'type:Root who:me', broken: '(a' };

function request(...line: readonly string[]): Request | string {
  const options = parseOptions(line, {});
  if (options.kind === 'usage-error') return options.message;
  const read = readRequest(options, CLOCK, { savedQueries: SAVED });
  return read.kind === 'request' ? read : read.message;
}

test('nothing asked: everything', () => {
  expect(request()).toEqual({
    kind: 'request',
    query: { kind: 'all' },
    text: '',
    page: {},
    limits: { since: null, until: null },
    optionLimits: { since: null, until: null },
  });
});

test('query, times and Regions must all hold', () => {
  const read = request('-q', 'name:GetObject', '--since', '24h', '--until', '2026-05-20', '-r', 'eu-west-1,us-east-1');
  expect(read).toMatchObject({
    query: {
      kind: 'and',
      terms: [
        { kind: 'field', path: 'name', values: ['GetObject'] },
        { kind: 'since', at: NOW - 86_400_000 },
        { kind: 'until', at: Date.UTC(2026, 4, 21) - 1 },
        { kind: 'field', path: 'region', values: ['eu-west-1', 'us-east-1'] },
      ],
    },
    limits: { since: NOW - 86_400_000, until: Date.UTC(2026, 4, 21) - 1 },
    optionLimits: { since: NOW - 86_400_000, until: Date.UTC(2026, 4, 21) - 1 },
  });
});

test('one term stands alone', () => {
  expect(request('-r', 'eu-west-1')).toMatchObject({ query: { kind: 'field', path: 'region' } });
});

test('times within the query narrow what is read, where they must hold', () => {
  expect(request('-q', 'a since:2h', '--since', '24h')).toMatchObject({
    limits: { since: NOW - 7_200_000, until: null },
    optionLimits: { since: NOW - 86_400_000, until: null },
  });
  expect(request('-q', 'a | since:2h')).toMatchObject({ limits: { since: null } });
  expect(request('-q', '!since:2h')).toMatchObject({ limits: { since: null } });
});

test.each([
  [['--since', 'soonish'], '--since: "soonish" is no time; write 24h'],
  [['--until', ''], '--until needs a value'],
  [['--since', '1h', '--until', '2h'], '--since 1h is later than --until 2h'],
  [['-q', '(a'], '-q: '],
])('%j is refused', (line, message) => {
  expect(request(...line)).toContain(message);
});

describe('--preset', () => {
  test('stands for its query, with what else must hold', () => {
    expect(request('--preset', 'Failures')).toMatchObject({
      text: 'error:*',
      query: { kind: 'present', path: 'error' },
    });
    expect(request('--preset', 'failures', '-q', 'a | b', '--since', '24h')).toMatchObject({
      text: 'error:* (a | b)',
      query: { kind: 'and', terms: [{ kind: 'present' }, { kind: 'or' }, { kind: 'since' }] },
    });
  });

  test('may have a page; one that was saved has none', () => {
    const page = { page: 'by', by: ['who', 'requestParameters.instanceType'] };
    expect(request('--preset', 'launches', '-q', 'who:bob')).toMatchObject({ text: 'name:RunInstances who:bob', page });
    expect(request('--preset', 'mine')).toMatchObject({ page: {} });
  });

  test('may be a query that was saved, which goes before one of the program', () => {
    expect(request('--preset', 'mine', '-q', 'x')).toMatchObject({ limits: { since: NOW - 7_200_000 } });
    expect(request('--preset', 'root')).toMatchObject({ text: 'type:Root who:me' });
    expect(request('--preset', 'broken')).toBe('--preset broken: this ( is not closed, at "("');
  });

  test('that there is none is said, with all there are', () => {
    const message = request('--preset', 'failurs') as string;
    expect(message.split('\n')).toEqual([
      '--preset: there is none called "failurs"; did you mean failures?',
      `presets: ${PRESETS.map(({ name }) => name).join(', ')}`,
      'saved queries: Mine, root, broken',
    ]);
  });

  test.each(PRESETS.map(({ name }) => name))('%s is a query', (name) => {
    expect(request('--preset', name)).toMatchObject({ kind: 'request' });
  });
});
