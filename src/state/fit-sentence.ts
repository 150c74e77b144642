// The sentence in the lines that it has: how it ended is never cut off, so names give way first, then the end of the rest.

import type { Sentence } from '../cloudtrail/summary.ts';
import { cutCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { clean } from './head-line.ts';

/** Cells of the longest words, tried in this order: an ARN can be told by how it begins and how it ends. */
const WORD_WIDTHS: readonly number[] = [72, 56, 44, 34, 26];

/** The same where the end of the sentence goes as well. */
const LEAST_WIDTHS: readonly number[] = [26, 18, 12];

/** An account, or an address: half of it is nobody's. */
const WHOLE = /^\(?(?:\d{12}|\d{1,3}(?:\.\d{1,3}){3})\W*$/;

/** At most `maxLines` lines of at most `width` cells. */
export function fitSentence({ body, ending }: Sentence, width: number, maxLines: number): readonly string[] {
  const [start, end] = [clean(body), clean(ending)];
  const linesOf = (text: string) => wrapWords(text + end, width, maxLines + 1);
  const whole = linesOf(start);
  if (whole.length <= maxLines) return whole;
  const words = start.split(' ');
  const shortened = (most: number, kept: number) =>
    words
      .slice(0, kept)
      .map((word) => (WHOLE.test(word) ? word : cutCells(word, most, 'middle')))
      .join(' ');
  for (const most of WORD_WIDTHS) {
    const lines = linesOf(shortened(most, words.length));
    if (lines.length <= maxLines) return lines;
  }
  // Where it was goes before what it was done to.
  for (let kept = words.length - 1; kept > 0; kept--) {
    for (const most of LEAST_WIDTHS) {
      const lines = linesOf(`${shortened(most, kept)} …`);
      if (lines.length <= maxLines) return lines;
    }
  }
  return wrapWords(start + end, width, maxLines);
}
