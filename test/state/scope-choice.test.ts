import { describe, expect, test } from 'vitest';
import type { Profile } from '../../src/sources/aws/profiles.ts';
import type { LiveStatus, Scope } from '../../src/sources/live-source.ts';
import {
  pickedProfiles,
  pickedRegions,
  profileRows,
  regionRows,
  rememberRegions,
  withProfiles,
  withRegions,
} from '../../src/state/scope-choice.ts';
import { fakeLiveSource, lane } from '../ui/fake-live-source.ts';

const SCOPE: Scope = { profiles: ['prod'], regions: ['eu-west-1'], isInsights: false };
const status = (changes: Partial<LiveStatus>): LiveStatus => fakeLiveSource({ status: changes }).status();

const profile = (name: string, changes: Partial<Profile> = {}): Profile => ({
  name,
  kind: 'keys',
  region: null,
  account: null,
  role: null,
  source: null,
  needsMfa: false,
  ...changes,
});

describe('profiles', () => {
  test('say what the files tell, and the account that the event history knows', () => {
    const rows = profileRows({
      profiles: [
        profile('prod', { kind: 'role', role: 'Admin', source: 'base', needsMfa: true, region: 'eu-west-1' }),
        profile('base'),
        profile('odd', { kind: 'none' }),
      ],
      status: status({ lanes: [lane({ profile: 'base', account: '444455556666' })] }),
      hasEnvironment: false,
    });
    expect(rows.map(({ name, notes, isQuiet }) => [name, ...notes, isQuiet])).toEqual([
      ['prod', '', 'Admin', 'eu-west-1', 'role, from base, MFA', false],
      ['base', '444455556666', '', '', 'keys', false],
      ['odd', '', '', '', 'no credentials', true],
    ]);
  });

  test('the environment is one of them where it gives credentials', () => {
    const rows = (hasEnvironment: boolean, changes: Partial<LiveStatus> = {}) =>
      profileRows({ profiles: [profile('prod')], status: status(changes), hasEnvironment }).map(({ name }) => name);
    expect(rows(false)).toEqual(['prod']);
    expect(rows(true)).toEqual(['environment', 'prod']);
    // Where nobody has chosen, it is the profile `default` that is in use.
    expect(rows(false, { lanes: [lane({ profile: null, label: 'prod' })] })).toEqual(['prod']);
    expect(rows(false, { lanes: [lane({ profile: null, label: 'environment' })] })).toEqual(['environment', 'prod']);
    const scope = withProfiles(SCOPE, pickedProfiles({ scope: { ...SCOPE, profiles: [null, 'prod'] }, lanes: [] }), {});
    expect(scope.profiles).toEqual([null, 'prod']);
  });
});

describe('Regions', () => {
  test('enabled ones come first, and the one of the global services says so', () => {
    const rows = regionRows(
      [
        { name: 'me-south-1', title: 'Middle East (Bahrain)', isEnabled: false },
        { name: 'us-east-1', title: 'US East (N. Virginia)', isEnabled: true },
      ],
      new Set(['us-east-1']),
    );
    expect(rows.map(({ id, notes, isQuiet, isWhole }) => [id, notes[1], isQuiet, isWhole])).toEqual([
      ['all', '', false, true],
      ['own', '', false, true],
      ['us-east-1', 'global services: IAM, sign-in', false, false],
      ['me-south-1', 'not enabled', true, false],
    ]);
  });

  test.each([
    [['all'], 'all'],
    [['own'], null],
    [
      ['eu-west-1', 'us-east-1'],
      ['eu-west-1', 'us-east-1'],
    ],
  ] as const)('%j and back', (ids, regions) => {
    const scope = withRegions(SCOPE, ids);
    expect(scope.regions).toEqual(regions);
    expect(pickedRegions(status({ scope }))).toEqual(ids);
  });
});

test('of profiles read in their own Regions those are picked', () => {
  const lanes = [lane({ region: 'eu-west-1' }), lane({ region: 'us-east-1' }), lane({ region: 'eu-west-1' })];
  const scope = { ...SCOPE, regions: null };
  expect(pickedRegions(status({ scope, lanes }))).toEqual(['eu-west-1', 'us-east-1']);
});

describe('what is remembered', () => {
  test('is by profile', () => {
    const known = rememberRegions({ dev: 'all', prod: ['us-east-1'] }, SCOPE);
    expect(known).toEqual({ dev: 'all', prod: ['eu-west-1'] });
    expect(rememberRegions(known, { ...SCOPE, regions: null })).toEqual({ dev: 'all' });
    expect(rememberRegions({}, { ...SCOPE, profiles: [null], regions: 'all' })).toEqual({ '': 'all' });
  });

  test('the same profiles keep the Regions they have', () => {
    expect(withProfiles(SCOPE, ['prod'], { prod: 'all' })).toBe(SCOPE);
  });

  test.each([
    [['test'], ['us-east-1', 'eu-west-1']],
    [['dev'], 'all'],
    [
      ['prod', 'test'],
      ['eu-west-1', 'us-east-1'],
    ],
    [['prod', 'dev'], 'all'],
    [['prod', 'new'], null],
    [['constructor'], null],
  ])('%j begin with %j', (profiles, regions) => {
    const remembered = { dev: 'all', prod: ['eu-west-1'], test: ['us-east-1', 'eu-west-1'] } as const;
    expect(withProfiles(SCOPE, profiles, remembered)).toEqual({ ...SCOPE, profiles, regions });
  });
});
