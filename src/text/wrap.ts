// Long texts on several lines. Texts are taken as sanitised; no line is ever wider than asked.

import { cutCells, widthCells } from './width.ts';

const NOT_PLAIN_ASCII = /[^\u{20}-\u{7E}]/v;
const SEGMENTER = new Intl.Segmenter();

/** Breaks between words, and within a word only where it is wider than a line. At most `maxLines`; the last one then
 *  ends in '…'. */
export function wrapWords(text: string, width: number, maxLines: number): readonly string[] {
  if (width <= 0 || maxLines <= 0) return [];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthCells(joined) <= width) {
      line = joined;
      continue;
    }
    if (widthCells(word) > width) {
      // An ARN may be wider than any line: it starts where the line is, rather than leave that half empty.
      const parts = chopCells(joined, width);
      lines.push(...parts.slice(0, -1));
      line = parts.at(-1) ?? '';
    } else {
      lines.push(line);
      line = word;
    }
    // What follows cannot be seen: a record may hold a message of any length.
    if (lines.length > maxLines) break;
  }
  if (line !== '') lines.push(line);
  if (lines.length <= maxLines) return lines;
  const goesOn = `${lines[maxLines - 1] ?? ''} ${lines[maxLines] ?? ''}…`;
  return [...lines.slice(0, maxLines - 1), cutCells(goesOn, width)];
}

/** Breaks anywhere, so that nothing is lost and the parts joined are the text. */
export function chopCells(text: string, width: number): readonly string[] {
  if (width <= 0) return [];
  const parts: string[] = [];
  if (!NOT_PLAIN_ASCII.test(text)) {
    for (let at = 0; at < text.length; at += width) parts.push(text.slice(at, at + width));
    return parts.length === 0 ? [''] : parts;
  }
  let part = '';
  let cells = 0;
  for (const { segment } of SEGMENTER.segment(text)) {
    // A consonant cluster or a musical sign with its flags may be wider than any line: only then it is taken apart.
    const pieces = widthCells(segment) > width ? segment : [segment];
    for (const piece of pieces) {
      const more = widthCells(piece);
      if (cells + more > width && part !== '') {
        parts.push(part);
        part = '';
        cells = 0;
      }
      part += piece;
      cells += more;
    }
  }
  parts.push(part);
  return parts;
}
