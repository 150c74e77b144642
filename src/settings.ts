// What trailx remembers between runs. Reading is by hand and synchronous, because the first frame needs the theme
// and importing conf costs more than the whole rest of a start (50 ms); conf does the writing, later and rarely:
// it knows how to replace a file so that two programs at once never leave half of one.
//
// Remembering is a comfort, so nothing here ever stops the program: a damaged file is set aside, a file of a newer
// trailx is left alone, a folder that cannot be written means that this run remembers nothing.

import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { DEFAULT_NOISE, type NoiseRules } from './query/noise.ts';

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
  /** What the list leaves out while it is on. */
  readonly noise: NoiseRules & { readonly isOn: boolean };
  /** Searches that were kept, newest first, each once; at most 100. */
  readonly queryHistory: readonly string[];
  /** Searches by the names that a person gave them. */
  readonly savedQueries: Readonly<Record<string, string>>;
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
const MAX_HISTORY = 100;

/** The user's folder for settings, e.g. ~/.config/trailx. */
export function settingsFolder(): string {
  return envPaths('trailx', { suffix: '' }).config;
}

/** Reads the settings in `folder`. Never throws. */
export function openSettings(folder: string = settingsFolder()): SettingsFile {
  const path = join(folder, `${NAME}.json`);
  const found = readStored(path);
  if (found.kind === 'unreadable') {
    return {
      values: DEFAULT_SETTINGS,
      notice: `${path}: ${found.reason}; settings are not kept`,
      save: async () => null,
    };
  }
  if (found.kind === 'stored' && typeof found.value.format === 'number' && found.value.format > FORMAT) {
    const notice = `${path} was written by a newer trailx; it is left alone and settings are not kept`;
    return { values: settingsOf(found.value), notice, save: async () => null };
  }
  const values = found.kind === 'stored' ? settingsOf(found.value) : DEFAULT_SETTINGS;
  const notice = found.kind === 'damaged' ? setAside(path, found.reason) : null;
  return { values, notice, save: (changes) => save(folder, changes) };
}

type Found =
  | { readonly kind: 'stored'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged' | 'unreadable'; readonly reason: string };

function readStored(path: string): Found {
  let text: string;
  try {
    const stats = statSync(path);
    // Reading a FIFO would wait for ever.
    if (!stats.isFile()) return { kind: 'unreadable', reason: 'is no file' };
    if (stats.size > LARGEST_BYTES) return { kind: 'damaged', reason: 'too large' };
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { kind: 'none' }
      : { kind: 'unreadable', reason: `cannot be read (${code})` };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { kind: 'stored', value: value as Record<string, unknown> };
    }
    return { kind: 'damaged', reason: 'not a JSON object' };
  } catch {
    return { kind: 'damaged', reason: 'not JSON' };
  }
}

/** Each value on its own: one that makes no sense costs only itself. */
function settingsOf(stored: Readonly<Record<string, unknown>>): Settings {
  const { theme, hiddenColumns, zone, lastQuery, detailSize, mouse, profiles, regionsOfProfile, noise } = stored;
  const { queryHistory, savedQueries } = stored;
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
    savedQueries: queriesIn(savedQueries),
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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return DEFAULT_SETTINGS.regionsOfProfile;
  const kept = Object.entries(value).filter(
    ([, regions]) => regions === 'all' || (isListOfStrings(regions) && regions.length > 0),
  );
  return Object.fromEntries(kept);
}

/** Each on its own. */
function queriesIn(value: unknown): Settings['savedQueries'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return DEFAULT_SETTINGS.savedQueries;
  return Object.fromEntries(
    Object.entries(value).filter(([name, text]) => name !== '' && typeof text === 'string' && text !== ''),
  );
}

function noiseIn(value: unknown): Settings['noise'] {
  const known = DEFAULT_SETTINGS.noise;
  if (typeof value !== 'object' || value === null) return known;
  const { isOn, reads, services, names } = value as Readonly<Record<string, unknown>>;
  return {
    isOn: typeof isOn === 'boolean' ? isOn : known.isOn,
    reads: typeof reads === 'boolean' ? reads : known.reads,
    services: typeof services === 'boolean' ? services : known.services,
    names: isListOfStrings(names) ? names : known.names,
  };
}

function setAside(path: string, reason: string): string {
  const aside = path.replace(/\.json$/, '.damaged.json');
  try {
    renameSync(path, aside);
    return `${path} was damaged (${reason}): set aside as ${aside}, starting with the default settings`;
  } catch {
    return `${path} is damaged (${reason}): using the default settings`;
  }
}

async function save(folder: string, changes: Changes): Promise<string | null> {
  try {
    const { default: Conf } = await import('conf');
    const conf = new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: NAME,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
    const changed = typeof changes === 'function' ? changes(settingsOf(conf.store)) : changes;
    conf.set({ format: FORMAT, ...changed });
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return `settings cannot be kept in ${folder} (${code ?? message})`;
  }
}
