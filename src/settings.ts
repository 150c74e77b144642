// What trailx remembers between runs. Reading is by hand and synchronous, because the first frame needs the theme
// and importing conf costs more than the whole rest of a start (50 ms); conf does the writing, later and rarely:
// it knows how to replace a file so that two programs at once never leave half of one.
//
// Remembering is a comfort, so nothing here ever stops the program: a damaged file is set aside, a file of a newer
// trailx is left alone, a folder that cannot be written means that this run remembers nothing.

import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { lockFile, tryLock } from './file-lock.ts';
import { isNewer, isObject, makeFolder, readKeptNow, realPathOf, setAside } from './kept-file.ts';
import { DEFAULT_NOISE, type NoiseRules } from './query/noise.ts';
import { MAX_HISTORY } from './state/query-history.ts';

export type Settings = {
  /** Empty: chosen from the terminal's background. */
  readonly theme: string;
  /** Columns that the list leaves out: these and not the shown ones, so that a column of a later trailx is seen. */
  readonly hiddenColumns: readonly string[];
  readonly zone: 'utc' | 'local';
  readonly lastQuery: string;
  /** Share of the screen that the detail pane takes, 0 to 1. */
  readonly detailSize: number;
  readonly mouse: boolean;
  /** Last chosen; null is what the environment gives. Empty: none was ever chosen. */
  readonly profiles: readonly (string | null)[];
  /** The Regions last chosen, by profile; that of the environment is ''. */
  readonly regionsOfProfile: Readonly<Record<string, readonly string[] | 'all'>>;
  /** What the list leaves out while that is on; `isOn`: from the start of a run. */
  readonly noise: NoiseRules & { readonly isOn: boolean };
  /** Searches that were kept, newest first, each once; at most MAX_HISTORY. */
  readonly queryHistory: readonly string[];
  /** Searches by the names that a person gave them. */
  readonly savedQueries: Readonly<Record<string, string>>;
  /** What users of IAM Identity Center are called, by their userIds; written by hand. */
  readonly identityCenterUsers: Readonly<Record<string, string>>;
};

export const DEFAULT_SETTINGS: Settings = {
  theme: '',
  hiddenColumns: [],
  zone: 'utc',
  lastQuery: '',
  detailSize: 0.4,
  mouse: true,
  profiles: [],
  regionsOfProfile: {},
  noise: { ...DEFAULT_NOISE, isOn: false },
  queryHistory: [],
  savedQueries: {},
  identityCenterUsers: {},
};

export type Changes = Partial<Settings> | ((stored: Settings) => Partial<Settings>);

export type SettingsFile = {
  /** As read, defaults where nothing (or nonsense) is stored. */
  readonly values: Settings;
  /** What went wrong, for the status line; one line. Null: nothing. */
  readonly notice: string | null;
  /** Stores the changes, or those that follow from what is stored now. Never rejects; settles with a notice where they
   *  could not be stored. */
  save(changes: Changes): Promise<string | null>;
};

/** Rises when an older trailx could misread the file. */
const FORMAT = 1;
const NAME = 'settings';
const LARGEST_BYTES = 1_000_000;
/** Another trailx writes for a few milliseconds. */
const LOCK_PATIENCE_MS = 1000;

/** The user's folder for settings, e.g. ~/.config/trailx. */
export function settingsFolder(): string {
  return envPaths('trailx', { suffix: '' }).config;
}

/** Reads the settings in `folder`. Never throws. */
export function openSettings(folder: string = settingsFolder()): SettingsFile {
  const path = join(folder, `${NAME}.json`);
  const found = readKeptNow(path, LARGEST_BYTES);
  if (found.kind === 'unreadable') {
    const notice = `${path}: ${found.reason}; settings are not kept`;
    return { values: DEFAULT_SETTINGS, notice, save: async () => null };
  }
  if (found.kind === 'stored' && isNewer(found.value.format, FORMAT)) {
    return { values: settingsOf(found.value), notice: newerNotice(path), save: async () => null };
  }
  const values = found.kind === 'stored' ? settingsOf(found.value) : DEFAULT_SETTINGS;
  const notice = found.kind === 'damaged' ? leaveDamaged(path, found.reason) : usersNotice(path, found, values);
  return { values, notice, save: (changes) => save(folder, changes) };
}

function newerNotice(path: string): string {
  return `${path} was written by a newer trailx; it is left alone and settings are not kept`;
}

/** Each value on its own: one that makes no sense costs only itself. */
function settingsOf(stored: Readonly<Record<string, unknown>>): Settings {
  const { theme, hiddenColumns, zone, lastQuery, detailSize, mouse, profiles, regionsOfProfile, noise } = stored;
  const { queryHistory, savedQueries, identityCenterUsers } = stored;
  const isShare = typeof detailSize === 'number' && detailSize > 0 && detailSize < 1;
  return {
    theme: typeof theme === 'string' ? theme : DEFAULT_SETTINGS.theme,
    hiddenColumns: isListOfStrings(hiddenColumns) ? hiddenColumns : DEFAULT_SETTINGS.hiddenColumns,
    zone: zone === 'utc' || zone === 'local' ? zone : DEFAULT_SETTINGS.zone,
    lastQuery: typeof lastQuery === 'string' ? lastQuery : DEFAULT_SETTINGS.lastQuery,
    detailSize: isShare ? detailSize : DEFAULT_SETTINGS.detailSize,
    mouse: typeof mouse === 'boolean' ? mouse : DEFAULT_SETTINGS.mouse,
    profiles: isListOfProfiles(profiles) ? profiles : DEFAULT_SETTINGS.profiles,
    regionsOfProfile: regionsIn(regionsOfProfile),
    noise: noiseIn(noise),
    queryHistory: isListOfStrings(queryHistory) ? queryHistory.slice(0, MAX_HISTORY) : DEFAULT_SETTINGS.queryHistory,
    savedQueries: textsIn(savedQueries),
    identityCenterUsers: textsIn(identityCenterUsers),
  };
}

function isListOfStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isListOfProfiles(value: unknown): value is readonly (string | null)[] {
  return Array.isArray(value) && value.every((item) => item === null || (typeof item === 'string' && item !== ''));
}

/** Each profile on its own; no Region at all is no choice. */
function regionsIn(value: unknown): Settings['regionsOfProfile'] {
  if (!isObject(value)) return DEFAULT_SETTINGS.regionsOfProfile;
  const kept = Object.entries(value).filter(
    (entry): entry is [string, readonly string[] | 'all'] =>
      entry[1] === 'all' || (isListOfStrings(entry[1]) && entry[1].length > 0),
  );
  return Object.fromEntries(kept);
}

/** Each on its own. */
function textsIn(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => entry[0] !== '' && typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
}

/** What people write by hand is told where it is wrong: no program will ever put it right. */
function usersNotice(
  path: string,
  found: { readonly kind: string; readonly value?: unknown },
  used: Settings,
): string | null {
  const given = found.kind === 'stored' && isObject(found.value) ? found.value.identityCenterUsers : undefined;
  if (given === undefined) return null;
  const form = '{"<userId>": "name"}';
  if (!isObject(given)) return `${path}: identityCenterUsers is not of the form ${form}; it is not used`;
  const wrong = Object.keys(given).filter((userId) => !Object.hasOwn(used.identityCenterUsers, userId));
  if (wrong.length === 0) return null;
  const [first = '', ...others] = wrong;
  const which = others.length === 0 ? `of "${first}"` : `of "${first}" and ${others.length} more`;
  return `${path}: identityCenterUsers ${which} is no name in quotes; only the others are used`;
}

function noiseIn(value: unknown): Settings['noise'] {
  const known = DEFAULT_SETTINGS.noise;
  if (!isObject(value)) return known;
  const { isOn, reads, services, names } = value;
  return {
    isOn: typeof isOn === 'boolean' ? isOn : known.isOn,
    reads: typeof reads === 'boolean' ? reads : known.reads,
    services: typeof services === 'boolean' ? services : known.services,
    names: isListOfStrings(names) ? names : known.names,
  };
}

/** Sets the file aside unless another trailx is about to. */
function leaveDamaged(path: string, reason: string): string {
  const unmoved = `${path} is damaged (${reason}): using the default settings`;
  try {
    const lock = tryLock(lockPath(path));
    if (lock === null) return unmoved;
    try {
      const aside = readKeptNow(path, LARGEST_BYTES).kind === 'damaged' ? setAside(path) : null;
      if (aside === null) return unmoved;
      return `${path} was damaged (${reason}): set aside as ${aside}, starting with the default settings`;
    } finally {
      lock.unlock();
    }
  } catch {
    return unmoved;
  }
}

/** Beside the file itself: other folders may hold links to it. */
function lockPath(path: string): string {
  return join(dirname(realPathOf(path)), `${NAME}.lock`);
}

/** Nobody else writes between reading what is stored and writing what follows from it. */
async function save(folder: string, changes: Changes): Promise<string | null> {
  const path = join(folder, `${NAME}.json`);
  try {
    const { default: Conf } = await import('conf');
    makeFolder(folder);
    const lock = await lockFile(lockPath(path), LOCK_PATIENCE_MS);
    if (lock === null) return `settings cannot be kept in ${folder} (another trailx is writing them)`;
    try {
      const found = readKeptNow(path, LARGEST_BYTES);
      if (found.kind === 'stored' && isNewer(found.value.format, FORMAT)) return newerNotice(path);
      if (found.kind === 'damaged' && setAside(path) === null) {
        return `settings cannot be kept: ${path} is damaged (${found.reason})`;
      }
      const conf = new Conf<Record<string, unknown>>({
        cwd: folder,
        configName: NAME,
        configFileMode: 0o600,
        accessPropertiesByDotNotation: false,
      });
      const changed = typeof changes === 'function' ? changes(settingsOf(conf.store)) : changes;
      conf.set({ format: FORMAT, ...changed });
      return null;
    } finally {
      lock.unlock();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return `settings cannot be kept in ${folder} (${code ?? message})`;
  }
}
