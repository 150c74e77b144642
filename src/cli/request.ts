import { parseQuery } from '../query/parse.ts';
import type { PresetPage } from '../query/presets.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import { type Clock, parseInstant } from '../query/time-range.ts';
import type { Options, UsageError } from './options.ts';
import { presetQuery, type SavedQueries } from './preset.ts';

/** Milliseconds since the epoch, ends included; null: open. */
export type TimeLimits = { readonly since: number | null; readonly until: number | null };

/** What is asked of the events, and the times by which the reader of the files can skip folders. */
export type Request = {
  readonly kind: 'request';
  readonly query: Query;
  /** Of -q and --preset alone, as typed where it can be, so that nobody wonders about their own words. */
  readonly text: string;
  /** Of --preset: what the explorer opens over the list. */
  readonly page: PresetPage;
  /** Of --since and --until: holds however the query is changed later. */
  readonly optionLimits: TimeLimits;
  /** Of the whole query as it is now. */
  readonly limits: TimeLimits;
};

export type RequestOptions = {
  /** The source is confined to some Regions anyway. */
  readonly isOfRegions?: boolean;
  readonly savedQueries?: SavedQueries;
};

/** Query, preset, --since, --until and --region as one query, all of which must hold. */
export function readRequest(
  options: Options,
  clock: Clock,
  { isOfRegions = false, savedQueries = {} }: RequestOptions = {},
): Request | UsageError {
  const regions = isOfRegions ? [] : filteredRegions(options);
  const parsed = parseQuery(options.query, clock);
  if (parsed.error !== null) return { kind: 'usage-error', message: queryMistake('-q', options.query, parsed.error) };
  const preset = options.preset === null ? null : readPreset(options.preset, savedQueries, clock);
  if (preset?.kind === 'usage-error') return preset;
  const range: Query[] = [];
  for (const kind of ['since', 'until'] as const) {
    const text = options[kind];
    if (text === null) continue;
    const at = parseInstant(text, kind === 'since' ? 'start' : 'end', clock);
    if (at === null) return { kind: 'usage-error', message: timeMistake(kind, text) };
    range.push({ kind, at, text });
  }
  const terms: readonly Query[] = [
    ...(preset === null ? [] : [preset.query]),
    parsed.query,
    ...range,
    ...(regions.length === 0 ? [] : [{ kind: 'field' as const, path: 'region', values: regions }]),
  ];
  const query = allOf(terms);
  const optionLimits = limitsOf({ kind: 'and', terms: range });
  if (optionLimits.since !== null && optionLimits.until !== null && optionLimits.since > optionLimits.until) {
    return { kind: 'usage-error', message: `--since ${options.since} is later than --until ${options.until}` };
  }
  const text = preset === null ? options.query : textOf(preset, parsed.query);
  return { kind: 'request', query, text, page: preset?.page ?? {}, optionLimits, limits: limitsOf(query) };
}

/** The Regions that --region leaves of log files; none: all of them. */
export function filteredRegions({ regions }: Options): readonly string[] {
  return regions === 'all' ? [] : regions;
}

type ReadPreset = {
  readonly kind: 'preset';
  readonly query: Query;
  readonly text: string;
  readonly page: PresetPage;
};

function readPreset(name: string, saved: SavedQueries, clock: Clock): ReadPreset | UsageError {
  const found = presetQuery(name, saved);
  if (found.kind === 'unknown') return { kind: 'usage-error', message: found.message };
  const { query, error } = parseQuery(found.query, clock);
  if (query !== null) return { kind: 'preset', query, text: found.query, page: found.page };
  return { kind: 'usage-error', message: queryMistake(`--preset ${name}`, found.query, error) };
}

function textOf(preset: ReadPreset, query: Query): string {
  return query.kind === 'all' ? preset.text : printQuery(allOf([preset.query, query]));
}

/** All of the terms must hold. */
export function allOf(terms: readonly Query[]): Query {
  const limiting = terms
    .flatMap((term) => (term.kind === 'and' ? term.terms : [term]))
    .filter(({ kind }) => kind !== 'all');
  return limiting.length > 1 ? { kind: 'and', terms: limiting } : (limiting[0] ?? { kind: 'all' });
}

/** The narrowest range that every match lies in, as far as the terms that must all hold tell. */
function limitsOf(query: Query): TimeLimits {
  switch (query.kind) {
    case 'since':
      return { since: query.at, until: null };
    case 'until':
      return { since: null, until: query.at };
    case 'at':
      return { since: query.from, until: query.to };
    case 'and': {
      const limits = query.terms.map(limitsOf);
      const starts = limits.flatMap(({ since }) => since ?? []);
      const ends = limits.flatMap(({ until }) => until ?? []);
      return {
        since: starts.length === 0 ? null : Math.max(...starts),
        until: ends.length === 0 ? null : Math.min(...ends),
      };
    }
    default:
      return { since: null, until: null };
  }
}

function queryMistake(
  option: string,
  text: string,
  { from, to, reason }: { from: number; to: number; reason: string },
): string {
  const part = text.slice(from, to);
  return `${option}: ${reason}${part === '' ? '' : `, at "${part}"`}`;
}

function timeMistake(option: 'since' | 'until', text: string): string {
  return `--${option}: "${text}" is no time; write 24h, 90d, 2026-05-20, 2026-05-20T14:00Z or "yesterday 5pm"`;
}
