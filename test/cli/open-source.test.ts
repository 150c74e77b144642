import { describe, expect, test } from 'vitest';
import { historyRange } from '../../src/cli/history-range.ts';
import { chooseSource, type Remembered } from '../../src/cli/open-source.ts';
import { parseOptions } from '../../src/cli/options.ts';
import { regionNotice } from '../../src/cli/region-notice.ts';

const remembered: Remembered = {
  profiles: ['prod'],
  regionsOf: (profile) => (profile === 'prod' ? ['eu-west-1', 'us-east-1'] : null),
};

const several: Remembered = {
  profiles: ['dev', 'all'],
  regionsOf: (profile) => {
    if (profile === 'all') return 'all';
    return profile === 'dev' ? ['eu-north-1', 'us-east-1'] : remembered.regionsOf(profile);
  },
};

function choose(line: readonly string[], env: Readonly<Record<string, string>> = {}, last?: Remembered) {
  const options = parseOptions(line, {});
  if (options.kind === 'usage-error') throw new Error(options.message);
  return chooseSource(options, env, last);
}

describe('what is read', () => {
  test('files and the sample where they are named', () => {
    expect(choose(['a', 'b'], {}, remembered)).toEqual({ kind: 'files', paths: ['a', 'b'] });
    expect(choose(['--sample'], {}, remembered)).toEqual({ kind: 'sample' });
  });

  const cases: readonly (readonly [readonly string[], Record<string, string>, Remembered | undefined, object])[] = [
    [['-p', 'a', '-p', 'b', '-r', 'all'], {}, remembered, { profiles: ['a', 'b'], regions: 'all' }],
    [['-p', 'prod'], {}, undefined, { profiles: ['prod'], regions: null }],
    [['-p', 'prod'], {}, remembered, { profiles: ['prod'], regions: ['eu-west-1', 'us-east-1'] }],
    [['-p', 'prod', '-r', 'eu-north-1'], {}, remembered, { profiles: ['prod'], regions: ['eu-north-1'] }],
    [['-p', 'prod', '-p', 'x'], {}, remembered, { profiles: ['prod', 'x'], regions: ['eu-west-1', 'us-east-1'] }],
    [['-p', 'prod', '-p', 'dev'], {}, several, { regions: ['eu-west-1', 'us-east-1', 'eu-north-1'] }],
    [['--insights'], {}, several, { profiles: ['dev', 'all'], regions: 'all' }],
    [['-p', 'x', '-p', 'y'], {}, several, { profiles: ['x', 'y'], regions: null }],
    [['-p', 'prod', '-p', 'dev'], {}, undefined, { profiles: ['prod', 'dev'], regions: null }],
    [['--insights'], {}, remembered, { profiles: ['prod'], isInsights: true }],
    [['--insights'], { AWS_PROFILE: 'x' }, remembered, { profiles: ['x'], regions: null }],
    [['--insights'], { AWS_PROFILE: '' }, remembered, { profiles: ['prod'] }],
    [['--insights'], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }, remembered, { profiles: [null] }],
    [['--insights'], {}, undefined, { profiles: [null], regions: null, isInsights: true }],
  ];
  test.each(cases)('event history: %j with %j', (line, env, last, scope) => {
    expect(choose(line, env, last)).toMatchObject({ kind: 'history', scope });
  });
});

describe('the time that is asked for', () => {
  const now = Date.UTC(2026, 4, 20, 12, 0, 0, 700);
  const noon = Date.UTC(2026, 4, 20, 12);
  const day = 86_400_000;
  test.each([
    [{ since: null, until: null }, false, { from: noon - day, to: null }],
    [{ since: null, until: null }, true, { from: noon - 90 * day, to: null }],
    [{ since: noon - 7 * day, until: null }, true, { from: noon - 7 * day, to: null }],
    [{ since: null, until: noon - day }, false, { from: noon - 2 * day, to: noon - day }],
    [{ since: 5000, until: 9000 }, false, { from: 5000, to: 9000 }],
  ])('%j, picked by the server: %j', (limits, isPicked, expected) => {
    expect(historyRange(limits, isPicked, now)).toEqual({ kind: 'span', ...expected });
  });
});

test('a Region that nobody knows is allowed, and said', () => {
  expect(regionNotice(['eu-west-1', 'us-gov-west-1'])).toBeNull();
  expect(regionNotice(['eu-wst-1', 'zz-middle-7'])).toBe(
    'no Region that trailx knows: eu-wst-1 (did you mean eu-west-1?), zz-middle-7',
  );
});
