// The sentence in the lines that it has: how it ended is never cut off, so names give way first, then the end of the rest.

import type { Sentence } from '../cloudtrail/summary.ts';
import { cutCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { clean } from './head-line.ts';

/** Cells of the longest words, tried in this order: an ARN can be told by how it begins and how it ends. */
const WORD_WIDTHS: readonly number[] = [72, 56, 44, 34, 26];

/** At most `maxLines` lines of at most `width` cells. */
export function fitSentence({ body, ending }: Sentence, width: number, maxLines: number): readonly string[] {
  const [start, end] = [clean(body), clean(ending)];
  const linesOf = (text: string) => wrapWords(text + end, width, maxLines + 1);
  const whole = linesOf(start);
  if (whole.length <= maxLines) return whole;
  let shorter = start;
  for (const most of WORD_WIDTHS) {
    shorter = start
      .split(' ')
      .map((word) => cutCells(word, most, 'middle'))
      .join(' ');
    const lines = linesOf(shorter);
    if (lines.length <= maxLines) return lines;
  }
  const words = shorter.split(' ');
  for (let kept = words.length - 1; kept > 0; kept--) {
    const lines = linesOf(`${words.slice(0, kept).join(' ')} …`);
    if (lines.length <= maxLines) return lines;
  }
  return wrapWords(shorter + end, width, maxLines);
}
