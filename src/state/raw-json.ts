// A record's text as lines to read: indented like JSON.stringify does it, but token by token, so that every
// number and string keeps the record's own spelling. Made once for each record, whatever the pane's width.

import type { JsonTree } from './json-tree.ts';

const INDENT = '  ';

/** A record of CloudTrail has at most 256 kB; what is larger is cut here and said so by the caller. */
const MAX_LINES = 50_000;

/** Lines of a JSON text without white space between its tokens (as the store keeps it). A text that is not JSON
 *  comes back cut at its commas and brackets all the same: nothing is lost or thrown. */
export function indentJson(text: string): readonly string[] {
  const lines: string[] = [];
  let depth = 0;
  let line = '';
  let at = 0;
  const breakLine = () => {
    lines.push(line);
    line = INDENT.repeat(Math.min(depth, 100));
  };
  while (at < text.length && lines.length < MAX_LINES) {
    const character = text[at] as string;
    switch (character) {
      case '"': {
        const end = endOfString(text, at);
        line += text.slice(at, end);
        at = end;
        continue;
      }
      case '{':
      case '[':
        if (text[at + 1] === '}' || text[at + 1] === ']') {
          line += text.slice(at, at + 2);
          at += 2;
          continue;
        }
        line += character;
        depth++;
        breakLine();
        break;
      case '}':
      case ']':
        depth = Math.max(0, depth - 1);
        breakLine();
        line += character;
        break;
      case ',':
        line += character;
        breakLine();
        break;
      case ':':
        line += ': ';
        break;
      default:
        line += character;
    }
    at++;
  }
  lines.push(line);
  return lines;
}

/** The line of indentJson on which a row of the same record's tree begins. A row may stand for several containers, each
 *  the only child of the one before: they open on as many lines, and close on as many. */
export function rawLineOf({ rows }: JsonTree, wanted: number): number {
  let line = 1;
  // What a string holds is on the line of the string.
  let row = wanted;
  for (let holder = rows[row]?.textRow ?? -1; holder >= 0; holder = rows[row]?.textRow ?? -1) row = holder;
  for (const { index, ownSegments, childCount, lastDescendant, textRow, content } of rows) {
    if (index >= row) break;
    if (textRow >= 0) continue;
    line += ownSegments.length;
    if (childCount > 0 && content === null && lastDescendant < row) line += ownSegments.length;
  }
  return line;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
