// What the keys and the mouse do in the form of a download.

import type { MouseInput } from '../keys/mouse.ts';
import { DOWNLOAD_FIELDS, DOWNLOAD_SUBJECTS, type DownloadPanel, type DownloadStep } from '../state/download-panel.ts';
import { selectedRow } from '../state/results.ts';
import { downloadSubjects } from './download-choices.ts';
import { choicePieces, DOWNLOAD_TOP } from './download-lines.ts';
import type { Explorer } from './explorer.ts';

/** `D`, and `:download FILE`. */
export function openDownloadHere(explorer: Explorer, name: string = ''): void {
  explorer.downloads.open(selectedRow(explorer.state.results), name);
}

export function downloadStep(step: DownloadStep): (explorer: Explorer) => void {
  return (explorer) => explorer.dispatch({ kind: 'panelStepped', step: { panel: 'download', ...step } });
}

export function chooseInDownload(step: 1 | -1): (explorer: Explorer) => void {
  return (explorer) => {
    const { panel } = explorer.state;
    if (panel?.kind !== 'download') return;
    downloadStep({ kind: 'choose', step, subjects: downloadSubjects(explorer.state, panel.row) })(explorer);
  };
}

/** Tab: completes the path; there is nothing to complete in the other line. */
export function completeInDownload(explorer: Explorer): void {
  const { panel } = explorer.state;
  if (panel?.kind !== 'download') return;
  if (panel.field === 'file') void explorer.downloads.completePath();
  else downloadStep({ kind: 'field', step: 1 })(explorer);
}

/** `line`: from the form's first. */
export function mouseInDownload(mouse: MouseInput, line: number, panel: DownloadPanel, explorer: Explorer): void {
  const field = DOWNLOAD_FIELDS[line - DOWNLOAD_TOP];
  if (mouse.kind !== 'press' || mouse.button !== 'left' || field === undefined) return;
  downloadStep({ kind: 'toField', field })(explorer);
  if (field !== 'what' && field !== 'format') return;
  const pieces = choicePieces(field, explorer.state, panel);
  const piece = pieces.find(({ x, text }) => mouse.column >= x && mouse.column < x + text.length + 2);
  if (piece === undefined) return;
  if (field === 'format') downloadStep({ kind: 'toFormat', format: piece.index })(explorer);
  const what = DOWNLOAD_SUBJECTS[piece.index];
  if (field === 'what' && what !== undefined && downloadSubjects(explorer.state, panel.row).includes(what))
    downloadStep({ kind: 'toSubject', what })(explorer);
}
