// The form of a download, over the list.

import { readOutputName } from '../export/output-name.ts';
import type { AppState } from '../state/app-state.ts';
import {
  DOWNLOAD_FIELDS,
  DOWNLOAD_SUBJECTS,
  type DownloadField,
  type DownloadPanel,
  type DownloadSubject,
  formatOf,
} from '../state/download-panel.ts';
import type { TextInput } from '../state/text-input.ts';
import { cutValue } from '../text/cell.ts';
import { countOf } from '../text/format.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { downloadCounts, downloadLimits, fileFormatOf } from './download-choices.ts';
import { paintInput } from './search-line.ts';
import type { Theme, Tone } from './theme.ts';

/** A line of ─, the title, the fields, and what there is to say. */
export const DOWNLOAD_HEIGHT = DOWNLOAD_FIELDS.length + 3;
/** Lines above the first field. */
export const DOWNLOAD_TOP = 2;

const TITLES: Readonly<Record<DownloadField, string>> = {
  what: 'events',
  format: 'format',
  columns: 'columns',
  file: 'file',
};
/** Of a field's name, with the cursor before it. */
const LABEL_CELLS = 12;

/** A choice and the cells it takes on the screen. */
export type ChoicePiece = { readonly text: string; readonly isOn: boolean; readonly x: number; readonly index: number };

export function downloadLines(state: AppState, panel: DownloadPanel, theme: Theme): readonly string[] {
  const { columns } = state;
  return [
    theme.paint('accent', '─'.repeat(columns)),
    theme.paint('title', ' Download') + limitsText(state, panel, theme),
    ...DOWNLOAD_FIELDS.map((field) => fieldLine(field, state, panel, theme)),
    noteLine(panel, columns, theme),
  ];
}

/** Before anything is written: what would be lacking. */
function limitsText(state: AppState, { what }: DownloadPanel, theme: Theme): string {
  const limits = downloadLimits(state, what);
  if (limits.length === 0) return '';
  const text = cutCells(limits.join(' · '), Math.max(0, state.columns - LABEL_CELLS - 1));
  return ' '.repeat(LABEL_CELLS - widthCells(' Download')) + theme.paint('warning', text);
}

function fieldLine(field: DownloadField, state: AppState, panel: DownloadPanel, theme: Theme): string {
  const isOn = panel.field === field;
  const label = theme.paint('accent', isOn ? ' ▌ ' : '   ') + theme.paint(isOn ? 'strong' : 'quiet', TITLES[field]);
  const start = label + ' '.repeat(LABEL_CELLS - 3 - widthCells(TITLES[field]));
  const room = state.columns - LABEL_CELLS - 1;
  switch (field) {
    case 'what':
    case 'format':
      return start + choicesText(choicePieces(field, state, panel), isOn, theme);
    case 'columns': {
      const { columns } = formatOf(panel);
      if (columns === null) return start + theme.paint('quiet', cutCells('none: records stay whole', room));
      if (!isOn && panel.columns.text === '') return start + theme.paint('quiet', cutCells(columns, room));
      const typed = line(panel.columns, isOn, room, theme);
      const hint = `  ${columns} unless named: time,who,requestParameters.bucketName`;
      return panel.columns.text === ''
        ? start + theme.paint('cursor', ' ') + theme.paint('quiet', cutCells(hint, room - 1))
        : start + typed;
    }
    case 'file':
      return start + line(panel.file, isOn, room, theme);
  }
}

function line(input: TextInput, isOn: boolean, room: number, theme: Theme): string {
  return isOn ? paintInput(input, null, room - 1, theme) : cutValue(input.text, room);
}

/** The choices of a field and where they are; those at the left go first where there is no room for all. */
export function choicePieces(field: 'what' | 'format', state: AppState, panel: DownloadPanel): readonly ChoicePiece[] {
  const texts = field === 'what' ? subjectTexts(state, panel.row) : panel.formats.map(({ id }) => id);
  const chosen = field === 'what' ? DOWNLOAD_SUBJECTS.indexOf(panel.what) : panel.format;
  const room = state.columns - LABEL_CELLS - 1;
  const cells = texts.map((text) => widthCells(text) + 2);
  const gap = cells.reduce((sum, each) => sum + each + 3, -3) <= room ? 3 : 2;
  const fits = (first: number) => cells.slice(first, chosen + 1).reduce((sum, each) => sum + each + gap, -gap) <= room;
  let first = 0;
  while (first < chosen && !fits(first)) first++;
  let x = LABEL_CELLS;
  return texts.flatMap((text, index) => {
    const from = x;
    if (index < first || from + (cells[index] ?? 0) > LABEL_CELLS + room) return [];
    x += (cells[index] ?? 0) + gap;
    return [{ text, isOn: index === chosen, x: from, index }];
  });
}

function choicesText(pieces: readonly ChoicePiece[], isFocused: boolean, theme: Theme): string {
  let x = LABEL_CELLS;
  let text = '';
  for (const piece of pieces) {
    const tone: Tone = piece.isOn ? (isFocused ? 'selected' : 'plain') : 'quiet';
    text += ' '.repeat(piece.x - x) + theme.paint(tone, `${piece.isOn ? '●' : '○'} ${piece.text}`);
    x = piece.x + widthCells(piece.text) + 2;
  }
  return text;
}

function subjectTexts(state: AppState, row: number | null): readonly string[] {
  const counts = downloadCounts(state, row);
  const texts: Readonly<Record<DownloadSubject, string>> = {
    result: `the list: ${countOf(counts.result, 'event')}`,
    marked: counts.marked === 0 ? 'nothing marked' : `marked: ${countOf(counts.marked, 'event')}`,
    event: 'this event',
  };
  return DOWNLOAD_SUBJECTS.map((subject) => texts[subject]);
}

function noteLine(panel: DownloadPanel, columns: number, theme: Theme): string {
  const [tone, text] = noteOf(panel);
  return ' '.repeat(LABEL_CELLS) + theme.paint(tone, cutValue(text, columns - LABEL_CELLS - 1));
}

function noteOf(panel: DownloadPanel): readonly [Tone, string] {
  const { problem, completions, target, file } = panel;
  if (problem !== '') return ['warning', problem];
  if (completions.length > 0) return ['quiet', completions.join('  ')];
  if (target.kind === 'unwritable') return ['warning', target.reason];
  if (target.kind === 'taken') return ['warning', 'exists already: another name, or Ctrl-R replaces it'];
  const { format: named, isGzip, extension } = readOutputName(file.text);
  const format = fileFormatOf(panel);
  if (named !== format && named !== 'unknown' && extension !== '')
    return ['warning', `the name says ${named}, what is written is ${format}`];
  return ['quiet', `${formatOf(panel).about}${isGzip ? '; compressed' : ''}`];
}
