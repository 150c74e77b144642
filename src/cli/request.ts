import { parseQuery } from '../query/parse.ts';
import type { Query } from '../query/query.ts';
import { type Clock, parseInstant } from '../query/time-range.ts';
import type { Options, UsageError } from './options.ts';

/** Milliseconds since the epoch, ends included; null: open. */
export type TimeLimits = { readonly since: number | null; readonly until: number | null };

/** What is asked of the events, and the times by which the reader of the files can skip folders. */
export type Request = {
  readonly kind: 'request';
  readonly query: Query;
  /** Of --since and --until: holds however the query is changed later. */
  readonly optionLimits: TimeLimits;
  /** Of the whole query as it is now. */
  readonly limits: TimeLimits;
};

/** Query, --since, --until and, of a source that is not confined to some Regions anyway, --region as one query, all of
 *  which must hold. */
export function readRequest(options: Options, clock: Clock, isOfRegions = false): Request | UsageError {
  const regions = isOfRegions ? [] : filteredRegions(options);
  const parsed = parseQuery(options.query, clock);
  if (parsed.error !== null) return { kind: 'usage-error', message: queryMistake(options.query, parsed.error) };
  const range: Query[] = [];
  for (const kind of ['since', 'until'] as const) {
    const text = options[kind];
    if (text === null) continue;
    const at = parseInstant(text, kind === 'since' ? 'start' : 'end', clock);
    if (at === null) return { kind: 'usage-error', message: timeMistake(kind, text) };
    range.push({ kind, at, text });
  }
  const terms: readonly Query[] = [
    parsed.query,
    ...range,
    ...(regions.length === 0 ? [] : [{ kind: 'field' as const, path: 'region', values: regions }]),
  ];
  const query = allOf(terms);
  const optionLimits = limitsOf({ kind: 'and', terms: range });
  if (optionLimits.since !== null && optionLimits.until !== null && optionLimits.since > optionLimits.until) {
    return { kind: 'usage-error', message: `--since ${options.since} is later than --until ${options.until}` };
  }
  return { kind: 'request', query, optionLimits, limits: limitsOf(query) };
}

/** The Regions that --region leaves of log files; none: all of them. */
export function filteredRegions({ regions }: Options): readonly string[] {
  return regions === 'all' ? [] : regions;
}

/** All of the terms must hold. */
export function allOf(terms: readonly Query[]): Query {
  const limiting = terms.filter(({ kind }) => kind !== 'all');
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

function queryMistake(text: string, { from, to, reason }: { from: number; to: number; reason: string }): string {
  const part = text.slice(from, to);
  return `-q: ${reason}${part === '' ? '' : `, at "${part}"`}`;
}

function timeMistake(option: 'since' | 'until', text: string): string {
  return `--${option}: "${text}" is no time; write 24h, 90d, 2026-05-20, 2026-05-20T14:00Z or "yesterday 5pm"`;
}
