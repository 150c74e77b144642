// Between pickers and the scope of a live source: profiles and Regions as rows, and what picked rows mean.

import type { RegionChoice } from '../sources/aws/access.ts';
import type { Profile, ProfileKind } from '../sources/aws/profiles.ts';
import type { LiveStatus, Scope } from '../sources/live-source.ts';
import type { PickerRow } from './picker.ts';

type Regions = Scope['regions'];

/** By profile's name; that of the environment is ''. */
export type RegionsOfProfile = Readonly<Record<string, readonly string[] | 'all'>>;

/** No profile has an empty name. */
const ENVIRONMENT_ID = '';
/** As Access.label has it. */
const ENVIRONMENT_LABEL = 'environment';
const ALL_ID = 'all';
const OWN_ID = 'own';

export const PROFILE_COLUMNS = ['account', 'role', 'Region', 'credentials'] as const;
export const REGION_COLUMNS = ['', ''] as const;

const KINDS: Readonly<Record<ProfileKind, string>> = {
  keys: 'keys',
  sso: 'SSO',
  role: 'role',
  'web-identity': 'web identity',
  process: 'process',
  login: 'login',
  none: 'no credentials',
};

export type ProfileRowsOptions = {
  readonly profiles: readonly Profile[];
  readonly status: LiveStatus;
  /** Keys, web identity or a container's role stand in the environment. */
  readonly hasEnvironment: boolean;
};

/** The environment first, where it gives credentials; then the profiles in the order of the files. */
export function profileRows({ profiles, status, hasEnvironment }: ProfileRowsOptions): readonly PickerRow[] {
  const accountOf = (profile: string | null) =>
    status.lanes.find((lane) => lane.profile === profile && lane.account !== null)?.account ?? '';
  const rows = profiles.map(
    ({ name, kind, region, account, role, source, needsMfa }): PickerRow => ({
      id: name,
      name,
      notes: [
        account ?? accountOf(name),
        role ?? '',
        region ?? '',
        [KINDS[kind], source === null ? '' : `from ${source}`, needsMfa ? 'MFA' : ''].filter(Boolean).join(', '),
      ],
      isQuiet: kind === 'none',
      isWhole: false,
    }),
  );
  const isInUse = status.lanes.some(({ profile, label }) => profile === null && label === ENVIRONMENT_LABEL);
  if (!hasEnvironment && !isInUse) return rows;
  const notes = [accountOf(null), '', '', 'of the environment'];
  return [{ id: ENVIRONMENT_ID, name: 'environment', notes, isQuiet: false, isWhole: false }, ...rows];
}

/** "all" and the profile's own first, then the enabled Regions, then the others; `global`: where the partition's
 *  global services write. */
export function regionRows(regions: readonly RegionChoice[], globals: ReadonlySet<string>): readonly PickerRow[] {
  const enabled = regions.filter(({ isEnabled }) => isEnabled);
  const others = regions.filter(({ isEnabled }) => !isEnabled);
  const whole = (id: string, name: string, note: string): PickerRow => {
    return { id, name, notes: [note, ''], isQuiet: false, isWhole: true };
  };
  return [
    whole(ALL_ID, 'all', `every enabled Region: ${enabled.length}`),
    whole(OWN_ID, 'own', 'as each profile says'),
    ...[...enabled, ...others].map(
      ({ name, title, isEnabled }): PickerRow => ({
        id: name,
        name,
        notes: [title, isEnabled ? (globals.has(name) ? 'global services: IAM, sign-in' : '') : 'not enabled'],
        isQuiet: !isEnabled,
        isWhole: false,
      }),
    ),
  ];
}

/** The rows that stand for what is in use. */
export function pickedProfiles({ scope, lanes }: Pick<LiveStatus, 'scope' | 'lanes'>): readonly string[] {
  // Where nobody has chosen and the environment gives nothing, the profile `default` is in use.
  const ofNobody = lanes.find(({ profile, label }) => profile === null && label !== ENVIRONMENT_LABEL)?.label;
  return scope.profiles.map((profile) => profile ?? ofNobody ?? ENVIRONMENT_ID);
}

/** Of profiles read in their own Regions those Regions, so that one more can be picked beside them. */
export function pickedRegions({ scope, lanes }: LiveStatus): readonly string[] {
  if (scope.regions !== null) return scope.regions === 'all' ? [ALL_ID] : scope.regions;
  return lanes.length === 0 ? [OWN_ID] : [...new Set(lanes.map(({ region }) => region))];
}

/** Other profiles: with the Regions that were last chosen for them, else with their own. */
export function withProfiles(scope: Scope, ids: readonly string[], remembered: RegionsOfProfile): Scope {
  const profiles = ids.map((id) => (id === ENVIRONMENT_ID ? null : id));
  const isSame = profiles.length === scope.profiles.length && profiles.every((name) => scope.profiles.includes(name));
  if (isSame) return scope;
  return {
    ...scope,
    profiles,
    regions: rememberedRegions(ids, remembered),
  };
}

export function withRegions(scope: Scope, ids: readonly string[]): Scope {
  const regions: Regions = ids.includes(ALL_ID) ? 'all' : ids.includes(OWN_ID) ? null : ids;
  return { ...scope, regions };
}

/** What a chosen scope makes of what is remembered. */
export function rememberRegions(remembered: RegionsOfProfile, { profiles, regions }: Scope): RegionsOfProfile {
  const ids = new Set(profiles.map((profile) => profile ?? ENVIRONMENT_ID));
  const others = Object.entries(remembered).filter(([name]) => !ids.has(name));
  return Object.fromEntries([...others, ...(regions === null ? [] : [...ids].map((id) => [id, regions] as const))]);
}

/** Profiles that are read together share their Regions, so all of them must be remembered. */
function rememberedRegions(ids: readonly string[], remembered: RegionsOfProfile): Regions {
  const each = ids.map((id) => (Object.hasOwn(remembered, id) ? remembered[id] : undefined));
  if (each.length === 0 || each.includes(undefined)) return null;
  if (each.includes('all')) return 'all';
  return [...new Set(each.flatMap((regions) => regions ?? []))];
}
