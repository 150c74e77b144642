// A table for tickets and incident notes. Whoever made a call chose what stands in it, and a ticket system renders what
// it gets: links, images, HTML, mentions, the end of a cell. So a value is plain only where it cannot be anything else,
// and a code span otherwise: nothing acts in one, and it stays legible where nobody renders it.

import { countOf } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import type { CellRows } from './csv.ts';

/** A longer cell makes a table nobody can read; the whole value is in the other formats. */
const MAX_CELL = 300;

/** A GitHub-flavoured Markdown table, and below it how many events it holds and, as `caption`, where they are from. */
export async function* markdown(
  header: readonly string[],
  rows: CellRows,
  caption: string | null,
): AsyncGenerator<string> {
  let head = line(header.map(markdownText)) + line(header.map(() => '---'));
  let count = 0;
  for await (const batch of rows) {
    let text = head;
    for (const cells of batch) text += line(cells.map((cell) => markdownText(cutText(cell))));
    yield text;
    head = '';
    count += batch.length;
  }
  yield `${head}\n${countOf(count, 'event')}${caption === null ? '' : `: ${markdownText(caption)}`}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function cutText(value: string): string {
  return value.length > MAX_CELL ? `${value.slice(0, MAX_CELL - 1).replace(/[\ud800-\udbff]$/, '')}…` : value;
}

/** No mark of Markdown or HTML, no name of a host that would become a link, no `--` that would become a dash, and a
 *  colon only in a time: elsewhere it begins a URL or an emoji (`:tada:`). */
const IS_PLAIN = /^(?:[A-Za-z0-9 ,]|(?<=\d):(?=\d\d(?!\d))|\/(?!\/)|-(?!-)|\.(?![A-Za-z]))*$/;

/** What GitHub, GitLab or Jira would link: an issue (`GH-1`, `ABC-12`), the id of a commit, a host. */
const IS_REFERENCE = /\b(?:gh|[A-Z][A-Z0-9]*)-\d|\b(?=\d*[a-f])[\da-f]{7,}\b|\b[\da-f]{40}\b|\b[wW]{3}\./;

/** The value so that a renderer shows its characters and does nothing else, on one line. */
export function markdownText(value: string): string {
  const text = sanitize(value);
  if (text === '' || (IS_PLAIN.test(text) && IS_WORDS.test(text) && !IS_REFERENCE.test(text))) return text;
  // Not every renderer knows an escaped bar inside a code span: it stands between two of them.
  return text
    .split('|')
    .map((part) => (part === '' ? '' : codeSpan(part)))
    .join('&#124;');
}

/** No blanks at its ends, and nothing that would begin a list. */
const IS_WORDS = /^[A-Za-z0-9](?:.*\S)?$/;

function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // A renderer takes one blank off each end.
  const padding = /^`|`$|^ .* $/.test(text) && text.trim() !== '' ? ' ' : '';
  return fence + padding + text + padding + fence;
}
