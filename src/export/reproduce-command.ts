// The command that prints what somebody is looking at: for a colleague, a ticket, a script. It is pasted into a shell,
// and parts of it come from records (a value picked with `=`), so nothing in it may end its quotes or hide.

import { sanitize } from '../text/sanitize.ts';

export type View = {
  /** Files, folders or `-`; none: event history, or the sample. */
  readonly sources: readonly string[];
  readonly isSample: boolean;
  /** Null is what the environment gives: not named. */
  readonly profiles: readonly (string | null)[];
  readonly regions: readonly string[] | 'all';
  /** As --since and --until take them. */
  readonly since: string | null;
  readonly until: string | null;
  readonly preset?: string | null;
  readonly query: string;
  readonly zone: 'utc' | 'local';
  readonly isInsights: boolean;
};

/** The `trailx query …` command for a view, for sh. A character that cannot be seen or that a terminal obeys becomes `?`
 *  (in a field's value that finds it all the same), white space one blank. */
export function reproduceCommand(view: View): string {
  const { isSample, isInsights, profiles, regions, since, until, query, preset = null, zone } = view;
  const sources = isSample ? [] : view.sources.map(visible).filter((source) => source !== '');
  const needsTerminator = sources.some((source) => source.startsWith('-') && source !== '-');
  const words = ['trailx', 'query', ...(needsTerminator ? [] : sources.map(shellQuote))];
  const add = (short: string, long: string, value: string | null): void => {
    const shown = visible(value ?? '').trim();
    if (shown === '') return;
    if (shown.startsWith('-') || short === '') words.push(`--${long}${joined(shown)}`);
    else words.push(`-${short}`, shellQuote(shown));
  };
  if (isSample) words.push('--sample');
  for (const profile of profiles) add('p', 'profile', profile);
  add('r', 'region', regions === 'all' ? 'all' : regions.join(','));
  if (isInsights) words.push('--insights');
  add('', 'since', since);
  add('', 'until', until);
  add('', 'preset', preset);
  add('q', 'query', query);
  if (zone === 'local') words.push('--local');
  if (needsTerminator) words.push('--', ...sources.map(shellQuote));
  return words.join(' ');
}

/** A value that looks like an option belongs to its own by `=` only. */
function joined(value: string): string {
  return value.startsWith('-') ? `=${shellQuote(value)}` : ` ${shellQuote(value)}`;
}

function visible(text: string): string {
  const line = text.replace(/[\t\n\v\f\r]+/g, ' ');
  if (sanitize(line) === line) return line;
  return Array.from(line, (character) => (sanitize(character) === character ? character : '?')).join('');
}

/** The text as one word of a POSIX shell. */
export function shellQuote(text: string): string {
  return /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
