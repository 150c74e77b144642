// The command that prints what somebody is looking at: for a colleague, a ticket, a script. It is pasted into a shell,
// and parts of it come from records (a value picked with `=`), so nothing in it may end its quotes or hide, and all of it
// has to be there, for another value is another question.

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

/** The `trailx query …` command for a view, on one line, for any POSIX shell. Where a part holds a character that cannot
 *  be seen or that a terminal obeys, that part is `$'…'`, for bash, zsh, ksh and what else follows POSIX of 2024. Null
 *  where a part holds what no command can (see isSayable). */
export function reproduceCommand(view: View): string | null {
  const { isSample, isInsights, profiles, regions, since, until, query, preset = null, zone } = view;
  const sources = isSample ? [] : view.sources.filter((source) => source !== '');
  const needsTerminator = sources.some((source) => source.startsWith('-') && source !== '-');
  const words = ['trailx', 'query', ...(needsTerminator ? [] : sources.map(shellQuote))];
  const add = (short: string, long: string, value: string | null): void => {
    const shown = (value ?? '').trim();
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
  const command = words.join(' ');
  return isSayable(command) ? command : null;
}

/** A value that looks like an option belongs to its own by `=` only. */
function joined(value: string): string {
  return value.startsWith('-') ? `=${shellQuote(value)}` : ` ${shellQuote(value)}`;
}

/** Whether a command line can hold the text: it ends at NUL, and half a surrogate pair is no character. */
function isSayable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** The text as one word of a shell. */
export function shellQuote(text: string): string {
  if (/^[\w@%+:,./-]+$/.test(text)) return text;
  if (sanitize(text) === text || !isSayable(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  return `$'${Array.from(text, escaped).join('')}'`;
}

/** Bytes in octal are what all shells understand. An exclamation mark would call up an earlier command in some, and to a
 *  shell that does not know `$'…'` a quote would end it: such a shell finds nothing, but runs nothing either. */
function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\\') return '\\\\';
  if (character !== '!' && character !== "'" && sanitize(character) === character) return character;
  return Array.from(Buffer.from(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
