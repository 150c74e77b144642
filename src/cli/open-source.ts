import { fstatSync } from 'node:fs';
import type { LiveSource, Scope } from '../sources/live-source.ts';
import type { Source } from '../sources/source.ts';
import type { HistoryWish } from './open-history.ts';
import type { Options } from './options.ts';
import type { TimeLimits } from './request.ts';

export type FilesChoice = { readonly kind: 'files'; readonly paths: readonly string[] };

/** A source that is read to its end. */
export type EndingChoice = { readonly kind: 'sample' } | FilesChoice;

/** What the source is to be. */
export type SourceChoice = EndingChoice | { readonly kind: 'history'; readonly scope: Scope };

type Environment = Readonly<Record<string, string | undefined>>;

/** What was chosen in the explorer last time; `query` depends on nothing that is remembered. */
export type Remembered = {
  readonly profiles: readonly (string | null)[];
  regionsOf(profile: string | null): readonly string[] | 'all' | null;
};

const NOTHING_REMEMBERED: Remembered = { profiles: [], regionsOf: () => null };

/** Files and the sample where they are named; else what is piped in, read as `-`; else event history. Whoever names a
 *  profile or wants all Regions means event history, whatever standard input is (a cron job's is a pipe, too). One Region
 *  picks out of files as well; all of them would pick out nothing. */
export function chooseSource(
  options: Options,
  env: Environment,
  remembered: Remembered = NOTHING_REMEMBERED,
): SourceChoice {
  if (options.sample) return { kind: 'sample' };
  if (options.sources.length > 0) return { kind: 'files', paths: options.sources };
  const isHistoryNamed = options.profiles.length > 0 || options.regions === 'all' || options.insights;
  if (!isHistoryNamed && isStdinPiped()) return { kind: 'files', paths: ['-'] };
  return { kind: 'history', scope: chooseScope(options, env, remembered) };
}

function chooseScope(options: Options, env: Environment, remembered: Remembered): Scope {
  const profiles = chooseProfiles(options, env, remembered);
  const given = options.regions.length === 0 ? null : options.regions;
  return { profiles, regions: given ?? rememberedRegions(profiles, remembered), isInsights: options.insights };
}

/** Several profiles share one choice of Regions: what was chosen with any of them. */
function rememberedRegions(profiles: Scope['profiles'], remembered: Remembered): Scope['regions'] {
  const chosen = profiles.map((profile) => remembered.regionsOf(profile));
  if (chosen.includes('all')) return 'all';
  const regions = new Set(chosen.flatMap((each) => each ?? []));
  return regions.size === 0 ? null : [...regions];
}

function chooseProfiles(options: Options, env: Environment, remembered: Remembered): readonly (string | null)[] {
  if (options.profiles.length > 0) return options.profiles;
  // By its name, so that what is remembered and picked of it is the same whichever way it was chosen. It wins over keys
  // in the environment, as in the SDKs.
  if (env.AWS_PROFILE) return [env.AWS_PROFILE];
  if (isIdentityIn(env) || remembered.profiles.length === 0) return [null];
  return remembered.profiles;
}

/** Whether the environment says who to be: that is this shell's choice, newer than what is remembered. */
function isIdentityIn(env: Environment): boolean {
  return [
    'AWS_ACCESS_KEY_ID',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ].some((name) => env[name] !== undefined && env[name] !== '');
}

/** Whether somebody feeds standard input: a pipe or a file, not a terminal, /dev/null or nothing at all. */
export function isStdinPiped(): boolean {
  try {
    const stats = fstatSync(0);
    return stats.isFIFO() || stats.isFile() || stats.isSocket();
  } catch {
    return false;
  }
}

/** Opens a source that is read to its end; the readers are loaded only now. */
export async function openSource(choice: EndingChoice, options: Options, limits: TimeLimits): Promise<Source> {
  if (choice.kind === 'sample') {
    const { sampleSource } = await import('../sources/sample/sample-source.ts');
    return sampleSource(sampleEnd());
  }
  const { logFilesSource } = await import('../sources/log-files/log-files-source.ts');
  return logFilesSource({
    paths: choice.paths,
    since: limits.since ?? undefined,
    until: limits.until ?? undefined,
    maxFileSize: options.maxFileSize,
  });
}

/** Opens any of them. */
export async function openAnySource(
  choice: SourceChoice,
  options: Options,
  limits: TimeLimits,
  wish: Omit<HistoryWish, 'scope'>,
): Promise<Source | LiveSource> {
  if (choice.kind !== 'history') return await openSource(choice, options, limits);
  const { openHistory } = await import('./open-history.ts');
  return await openHistory({ ...wish, scope: choice.scope });
}

/** The pictures that the program draws of itself must not change with the clock: TRAILX_SAMPLE_END, ISO 8601. */
function sampleEnd(): number | undefined {
  const end = Date.parse(process.env.TRAILX_SAMPLE_END ?? '');
  return Number.isNaN(end) ? undefined : end;
}
