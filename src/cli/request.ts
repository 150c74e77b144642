import { parseQuery } from '../query/parse.ts';
import type { Query } from '../query/query.ts';
import { type Clock, parseInstant } from '../query/time-range.ts';
import type { Options, UsageError } from './options.ts';

/** What is asked of the events, and the times that the reader of the files can skip folders by. */
export type Request = {
  readonly kind: 'request';
  readonly query: Query;
  /** Milliseconds since the epoch, ends included; null: open. */
  readonly since: number | null;
  readonly until: number | null;
};

/** Query, --since, --until and --region as one query, all of which must hold. */
export function readRequest(options: Options, clock: Clock): Request | UsageError {
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
    ...(parsed.query.kind === 'all' ? [] : [parsed.query]),
    ...range,
    ...(options.regions.length === 0 ? [] : [{ kind: 'field' as const, path: 'region', values: options.regions }]),
  ];
  const query = terms.length > 1 ? { kind: 'and' as const, terms } : (terms[0] ?? { kind: 'all' as const });
  const { since, until } = boundsOf(query);
  if (range.length === 2 && since !== null && until !== null && since > until) {
    return { kind: 'usage-error', message: `--since ${options.since} is later than --until ${options.until}` };
  }
  return { kind: 'request', query, since, until };
}

/** The narrowest range that every match lies in, as far as the terms that must all hold tell. */
function boundsOf(query: Query): Pick<Request, 'since' | 'until'> {
  switch (query.kind) {
    case 'since':
      return { since: query.at, until: null };
    case 'until':
      return { since: null, until: query.at };
    case 'at':
      return { since: query.from, until: query.to };
    case 'and': {
      const bounds = query.terms.map(boundsOf);
      const starts = bounds.flatMap(({ since }) => since ?? []);
      const ends = bounds.flatMap(({ until }) => until ?? []);
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
