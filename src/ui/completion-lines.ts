// The list of completions below the search line, over the first rows of the events.
//
//    / termin who:alice
//   │≈ name:TerminateInstances   12  Tab only this · Ctrl-X not this · 1/2
//   │≈ name:TerminateSession      1

import type { MouseInput } from '../keys/mouse.ts';
import type { AppState } from '../state/app-state.ts';
import { completionHeight, completionTop, type Suggestion } from '../state/completion-list.ts';
import { cutValue, padValue } from '../text/cell.ts';
import { formatCount } from '../text/format.ts';
import { widthCells } from '../text/width.ts';
import { takeCompletion } from './completer.ts';
import type { Explorer } from './explorer.ts';
import { isConfined } from './search-line.ts';
import type { Theme } from './theme.ts';

/** The widest label, where the line is wide enough. */
const MAX_LABEL = 60;
const MARK_CELLS = 3;

/** Painted lines of at most `columns` cells, as many as completionHeight. */
export function completionLines(state: AppState, theme: Theme): readonly string[] {
  const { columns, rows, search } = state;
  const { completions } = search;
  const height = completionHeight(completions, rows);
  const top = completionTop(completions, height);
  const shown = completions.items.slice(top, top + height);
  const most = Math.min(MAX_LABEL, Math.floor((columns - MARK_CELLS) * 0.6));
  const labels = shown.map((suggestion) => cutValue(labelOf(suggestion), most));
  const labelCells = Math.max(0, ...labels.map(widthCells));
  const counts = shown.map(({ count }) => (count === null ? '' : (isConfined(state) ? '≤' : '') + formatCount(count)));
  const countCells = Math.max(0, ...counts.map(widthCells));
  return shown.map((suggestion, line) => {
    const isCurrent = top + line === completions.at;
    const label = padValue(labels[line] ?? '', labelCells);
    const count = countCells === 0 ? '' : `  ${padValue(counts[line] ?? '', countCells, 'right')}`;
    const room = columns - MARK_CELLS - labelCells - widthCells(count) - 1;
    const about = cutValue(`  ${restOf(suggestion, isCurrent, state)}`, room);
    const mark = `${isCurrent ? '▌' : '│'}${suggestion.kind === 'match' ? '≈' : ' '} `;
    if (completions.isStale) return theme.paint('quiet', mark + label + count);
    return (
      theme.paint('accent', mark) +
      theme.paint(isCurrent ? 'selected' : 'plain', label) +
      theme.paint('plain', count) +
      theme.paint('quiet', about)
    );
  });
}

/** True where the mouse takes a completion. */
export function clickCompletion({ kind, button, row }: MouseInput, explorer: Explorer): boolean {
  const { search, layout, rows } = explorer.state;
  if (!search.isOpen || layout.isTooSmall || kind !== 'press' || button !== 'left') return false;
  const height = completionHeight(search.completions, rows);
  const line = row - layout.search.y - layout.search.height;
  if (line < 0 || line >= height) return false;
  const at = completionTop(search.completions, height) + line;
  explorer.dispatch({ kind: 'completionsStepped', step: { kind: 'to', at } });
  takeCompletion(explorer);
  return true;
}

function labelOf({ kind, label, text }: Suggestion): string {
  return kind === 'match' ? text : label;
}

function restOf({ kind, about = '' }: Suggestion, isCurrent: boolean, { search }: AppState): string {
  const { items, at } = search.completions;
  const told = kind === 'match' ? '' : kind === 'recent' ? (isCurrent ? 'searched before' : '') : about;
  if (!isCurrent) return told;
  const keys = kind === 'match' ? 'Tab only this · Ctrl-X not this' : 'Tab';
  return [keys, `${at + 1}/${items.length}`, told].filter((part) => part !== '').join(' · ');
}
