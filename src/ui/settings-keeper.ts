// What a person has chosen is written a moment after it was chosen, not only at the end: a program that is killed, or a
// connection that breaks, loses nothing. Writing waits for a pause, because it takes longer than a frame has time for;
// what somebody has given a name is written at once.

import type { AppState } from '../state/app-state.ts';
import { MAX_HISTORY } from '../state/query-history.ts';
import type { ExplorerOptions, ExplorerSettings } from './run-explorer.tsx';

/** Without a change for so long, or since the first change at the latest. */
const PAUSE_MS = 1000;
const LONGEST_MS = 10_000;
/** From what could not be written until the next try. */
const RETRY_MS = 3000;
/** Of the history: it is read before the first frame of every run. Longer searches last as long as the run. */
const MAX_HISTORY_UNITS = 100_000;
const MAX_KEPT_QUERY = 4000;

/** What is to be written, and what it has changed. */
type Unsaved = { readonly before: ExplorerSettings; readonly changes: Partial<ExplorerSettings> };

export class SettingsKeeper {
  readonly #options: Pick<ExplorerOptions, 'settings' | 'useMouse'>;
  readonly #onProblem: (problem: string) => void;
  #kept: ExplorerSettings;
  #state: AppState | null = null;
  #timer: NodeJS.Timeout | null = null;
  #waitsSince = 0;
  #saving: Promise<void> = Promise.resolve();
  #unsaved: Unsaved | null = null;
  #problem: string | null = null;

  constructor(options: Pick<ExplorerOptions, 'settings' | 'useMouse'>, onProblem: (problem: string) => void) {
    this.#options = options;
    this.#onProblem = onProblem;
    this.#kept = options.settings.values;
  }

  /** The state has changed. */
  note(state: AppState): void {
    this.#state = state;
    if (state.search.saved !== this.#kept.savedQueries) {
      void this.flush();
      return;
    }
    const now = performance.now();
    if (this.#timer === null) {
      if (Object.keys(this.#changes(state)).length === 0) return;
      this.#waitsSince = now;
    } else clearTimeout(this.#timer);
    const delayMs = Math.min(PAUSE_MS, Math.max(0, this.#waitsSince + LONGEST_MS - now));
    this.#timer = setTimeout(() => void this.flush(), delayMs).unref();
  }

  /** Writes what has changed, and what could not be written before; settles when that is done. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#state !== null) {
      const before = this.#kept;
      const changes = this.#changes(this.#state);
      if (Object.keys(changes).length > 0) {
        this.#kept = { ...before, ...changes };
        this.#unsaved = joined(this.#unsaved, { before, changes });
      }
    }
    this.#saving = this.#saving.then(() => this.#write());
    return this.#saving;
  }

  /** Why what was chosen in this run is lost, once `flush` has settled; null: it is not. */
  get problem(): string | null {
    return this.#unsaved === null ? null : this.#problem;
  }

  async #write(): Promise<void> {
    const unsaved = this.#unsaved;
    if (unsaved === null) return;
    this.#unsaved = null;
    const problem = await this.#options.settings.save((stored) => merged(stored, unsaved));
    const isNew = problem !== null && problem !== this.#problem;
    this.#problem = problem;
    if (problem === null) return;
    this.#unsaved = joined(unsaved, this.#unsaved);
    this.#waitsSince = performance.now();
    this.#timer ??= setTimeout(() => void this.flush(), RETRY_MS).unref();
    if (isNew) this.#onProblem(problem);
  }

  #changes(state: AppState): Partial<ExplorerSettings> {
    const kept = this.#kept;
    const wanted = wantedSettings(state, kept, this.#options);
    return Object.fromEntries(
      Object.entries(wanted).filter(([name, value]) => kept[name as keyof ExplorerSettings] !== value),
    );
  }
}

function wantedSettings(
  state: AppState,
  kept: ExplorerSettings,
  { settings, useMouse }: Pick<ExplorerOptions, 'settings' | 'useMouse'>,
): ExplorerSettings {
  const { values } = settings;
  const { search } = state;
  return {
    // NO_COLOR is of this run, not a choice.
    theme: state.chosenTheme ?? values.theme,
    hiddenColumns: state.hiddenColumns,
    zone: state.isZoneChosen ? state.zone : values.zone,
    lastQuery: search.isOpen || search.applied === '' ? (search.recent[0] ?? '') : search.applied,
    detailSize: state.detail.size,
    mouse: useMouse ? state.isMouseOn : values.mouse,
    profiles: state.chosenScope?.profiles ?? values.profiles,
    regionsOfProfile: state.regionsOfProfile,
    noise: keptNoise(kept.noise, state.noise),
    queryHistory: sameOr(kept.queryHistory, worthKeeping(search.history.texts)),
    savedQueries: search.saved,
  };
}

function worthKeeping(texts: readonly string[]): readonly string[] {
  let units = 0;
  return texts.filter((text) => {
    if (text.length > MAX_KEPT_QUERY || units + text.length > MAX_HISTORY_UNITS) return false;
    units += text.length;
    return true;
  });
}

function sameOr(known: readonly string[], wanted: readonly string[]): readonly string[] {
  return known.length === wanted.length && known.every((text, index) => text === wanted[index]) ? known : wanted;
}

/** The one and then the other. */
function joined(first: Unsaved | null, second: Unsaved | null): Unsaved | null {
  if (first === null || second === null) return first ?? second;
  return { before: first.before, changes: { ...first.changes, ...second.changes } };
}

/** Two of us may run at once: what the other has written since stays, unless it is the very thing that was changed. */
function merged(stored: ExplorerSettings, { before, changes }: Unsaved): Partial<ExplorerSettings> {
  const { queryHistory, savedQueries, regionsOfProfile, noise } = changes;
  return {
    ...changes,
    ...(queryHistory && {
      queryHistory: worthKeeping([...new Set([...queryHistory, ...stored.queryHistory])]).slice(0, MAX_HISTORY),
    }),
    ...(savedQueries && { savedQueries: mergedEntries(stored.savedQueries, before.savedQueries, savedQueries) }),
    ...(regionsOfProfile && {
      regionsOfProfile: mergedEntries(stored.regionsOfProfile, before.regionsOfProfile, regionsOfProfile),
    }),
    ...(noise && { noise: mergedNoise(stored.noise, before.noise, noise) }),
  };
}

type Entries<Value> = Readonly<Record<string, Value>>;

function mergedEntries<Value>(
  stored: Entries<Value>,
  before: Entries<Value>,
  wanted: Entries<Value>,
): Record<string, Value> {
  const isDeleted = (name: string) => Object.hasOwn(before, name) && !Object.hasOwn(wanted, name);
  const others = Object.entries(stored).filter(([name]) => !isDeleted(name));
  const changed = Object.entries(wanted).filter(
    ([name, value]) => !Object.hasOwn(before, name) || before[name] !== value,
  );
  return Object.fromEntries([...others, ...changed]);
}

type Noise = ExplorerSettings['noise'];

/** What `n` does is of the run: a list that is not whole is never what the next one begins with, unless asked for. */
function keptNoise(kept: Noise, { isAlways, reads, services, names }: AppState['noise']): Noise {
  const isSame = kept.isOn === isAlways && kept.reads === reads && kept.services === services && kept.names === names;
  return isSame ? kept : { isOn: isAlways, reads, services, names };
}

function mergedNoise(stored: Noise, before: Noise, wanted: Noise): Noise {
  const others = stored.names.filter((name) => wanted.names.includes(name) || !before.names.includes(name));
  const added = wanted.names.filter((name) => !before.names.includes(name));
  return {
    isOn: wanted.isOn === before.isOn ? stored.isOn : wanted.isOn,
    reads: wanted.reads === before.reads ? stored.reads : wanted.reads,
    services: wanted.services === before.services ? stored.services : wanted.services,
    names: [...new Set([...others, ...added])],
  };
}
