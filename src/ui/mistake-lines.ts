// A mistake in the search that the status line has no room for: its useful end (which values there are, how a time is
// written) is told below the search line, over the first rows of the events.

import type { AppState } from '../state/app-state.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import type { Theme } from './theme.ts';

const MAX_LINES = 3;

/** What is wrong with the text in the line, '' while nothing is; where a long line does not show the place, with it. */
export function mistakeText({ search, columns }: AppState): string {
  const { input, isOpen } = search;
  const error = search.error ?? search.doubt;
  if (!isOpen || error === null) return '';
  const isLong = widthCells(sanitize(input.text.slice(0, columns * 4))) >= columns - 4;
  return sanitize(isLong ? `at character ${error.from + 1}: ${error.reason}` : error.reason);
}

/** Painted lines, none where the status line has room for all of it. */
export function mistakeLines(state: AppState, theme: Theme): readonly string[] {
  const text = mistakeText(state);
  if (widthCells(text) + 1 <= state.columns) return [];
  const lines = wrapWords(text, state.columns - 2, MAX_LINES);
  return lines.map((line) => theme.paint('accent', '│ ') + theme.paint('failed', cutCells(line, state.columns - 2)));
}
