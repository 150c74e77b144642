// The command that prints the events of the list: what trailx was started on, and what has been asked since.

import { reproduceCommand, type View } from '../export/reproduce-command.ts';
import { withoutTerm } from '../query/edit.ts';
import { momentText, withFixedTimes } from '../query/fixed-times.ts';
import { withoutNoise } from '../query/noise.ts';
import { parseQuery } from '../query/parse.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { LiveStatus } from '../sources/live-source.ts';
import type { AppState } from '../state/app-state.ts';
import { wholeFrom } from '../state/live.ts';

/** What is read. Of event history everything else is in its status. */
export type Started =
  | { readonly kind: 'sample' }
  /** `since`, `until`: of the command line, in ms since the epoch; null: not given. */
  | {
      readonly kind: 'files';
      readonly paths: readonly string[];
      readonly since: number | null;
      readonly until: number | null;
    }
  | { readonly kind: 'history' };

export type ViewCommand =
  | { readonly kind: 'command'; readonly text: string }
  /** It cannot be said in a command. */
  | { readonly kind: 'none'; readonly reason: string };

/** Longer ones a shell or a person cannot take. */
const MAX_COMMAND = 20_000;

/** `names`: the event names there are, by which noise is told. Times are those that they stood for when they were
 *  typed: the command prints the same events tomorrow. */
export function viewCommand(
  state: AppState,
  started: Started | null,
  { now, names }: { readonly now: number; readonly names: () => readonly string[] },
): ViewCommand {
  if (started === null) return none('it is not known what trailx was started on');
  if (state.marks.isOnly) return none('only marked events are listed, which no query can name');
  const source = sourceOf(state, started, now);
  if (typeof source === 'string') return none(source);
  const { since, until, ...rest } = source;
  const query = queryText(state, source, names);
  // What is hidden besides the search may take more words than a search can hold.
  if (parseQuery(query, { now, zone: state.zone }).error !== null)
    return none(state.noise.isOn ? 'too long with the noise that is hidden: n shows it' : 'too long for a command');
  const text = reproduceCommand({
    ...rest,
    query,
    since: since === null ? null : momentText(since),
    until: until === null ? null : momentText(until),
    zone: state.zone,
  });
  if (text === null) return none('it holds a character that no command line can (NUL, or half of one)');
  return text.length > MAX_COMMAND ? none('too long for a command line') : { kind: 'command', text };
}

function none(reason: string): ViewCommand {
  return { kind: 'none', reason };
}

type Source = Pick<View, 'sources' | 'isSample' | 'profiles' | 'regions' | 'isInsights'> & {
  /** ms since the epoch. */
  readonly since: number | null;
  readonly until: number | null;
};

const NOTHING: Source = {
  sources: [],
  isSample: false,
  profiles: [],
  regions: [],
  isInsights: false,
  since: null,
  until: null,
};

/** What the shell has for this one process: standard input, `<(…)`. */
const PASSING = /^(?:-|\/dev\/(?:stdin|fd\/\d+)|\/proc\/(?:self|\d+)\/fd\/\d+)$/;

/** The reason where a command cannot name it. */
function sourceOf(state: AppState, started: Started, now: number): Source | string {
  const { range, live } = state;
  if (started.kind === 'history') return live === null ? 'nothing is loaded yet' : historyOf(state, live, now);
  const [from, to] = range.kind === 'span' ? [range.from, range.to] : [null, null];
  if (started.kind === 'sample') return { ...NOTHING, isSample: true, since: from, until: to };
  if (started.paths.some((path) => PASSING.test(path)))
    return 'what came in on standard input or a pipe cannot be read again: save it as a file first';
  return {
    ...NOTHING,
    sources: started.paths,
    since: latest([started.since, from]),
    until: earliest([started.until, to]),
  };
}

function historyOf(state: AppState, live: LiveStatus, now: number): Source | string {
  const { scope, range } = live;
  if (scope.profiles.length > 1 && scope.profiles.includes(null))
    return 'what the environment gives has no name beside those of profiles';
  const isSpan = range.kind === 'span';
  // The server was asked over all that it has.
  const whole = state.attribute === null ? wholeFrom(live) : now - HISTORY_MS;
  const since = isSpan ? range.from : whole;
  if (since === null) return 'nothing is loaded yet';
  const until = (isSpan ? range.to : null) ?? Math.floor(now / 1000) * 1000;
  const { profiles, regions, isInsights } = scope;
  return { ...NOTHING, profiles, regions: regions ?? [], isInsights, since, until };
}

const HISTORY_MS = 90 * 86_400_000;

function queryText(state: AppState, { since, until }: Source, names: () => readonly string[]): string {
  const { search, noise, zone } = state;
  const limits: Query[] = [
    ...(since === null ? [] : [{ kind: 'since', at: since, text: '' } as const]),
    ...(until === null ? [] : [{ kind: 'until', at: until, text: '' } as const]),
  ];
  const own = limits.reduce(withoutMoment, search.query);
  const query = noise.isOn ? both(own, withoutNoise(noise, names())) : own;
  // What the person typed is theirs to read again, where it means the same at another time.
  if (query === search.query && isLasting(search.applied, search.query, zone)) return search.applied;
  return printQuery(withFixedTimes(query));
}

/** The query without the limit that the command has an option for. */
function withoutMoment(query: Query, limit: Query): Query {
  if (limit.kind !== 'since' && limit.kind !== 'until') return query;
  const terms = query.kind === 'and' ? query.terms : [query];
  const same = terms.find((term) => term.kind === limit.kind && term.at === limit.at);
  return same === undefined ? query : withoutTerm(query, same);
}

function isLasting(text: string, query: Query, zone: AppState['zone']): boolean {
  return [0, 1e12].every((now) => {
    const parsed = parseQuery(text, { now, zone });
    return parsed.error === null && JSON.stringify(parsed.query) === JSON.stringify(query);
  });
}

function both(query: Query, term: Query): Query {
  if (term.kind === 'all') return query;
  if (query.kind === 'all') return term;
  return { kind: 'and', terms: [...(query.kind === 'and' ? query.terms : [query]), term] };
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.flatMap((time) => time ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.flatMap((time) => time ?? []);
  return known.length === 0 ? null : Math.min(...known);
}
