// One way in for everything a person does: raw input → keypress parser → the keymap of the place that has the keys.
//
// Read from the stream itself and not through Ink's useInput, which knows no mouse, hands over a chunk of several keys
// as one, and holds a paste's text back from the keys around it.

import { awaitedBy } from '../keys/awaits.ts';
import type { Place } from '../keys/binding.ts';
import { commandFor, isLine } from '../keys/bindings.ts';
import { keyLabel } from '../keys/key-labels.ts';
import { createKeypressParser, ESCAPE_DELAY_MS, type Keypress } from '../keys/keypress.ts';
import type { MouseInput } from '../keys/mouse.ts';
import { textEditFor } from '../keys/text-keys.ts';
import type { Action } from '../state/actions.ts';
import { COLUMNS, fitColumns } from '../state/columns.ts';
import type { Area } from '../state/layout.ts';
import { columnsOf, listTextWidth } from '../state/list-columns.ts';
import { isPage } from '../state/panel.ts';
import type { TextCommand } from '../state/text-input.ts';
import { treeWindow } from '../state/tree-window.ts';
import { clickChoice } from './choice-mouse.ts';
import { COLUMN_LINES_TOP } from './column-lines.ts';
import { clickCompletion } from './completion-lines.ts';
import type { Explorer } from './explorer.ts';
import { showFacets } from './facets-keys.ts';
import { placeOf } from './facts.ts';
import { openRow } from './fold-keys.ts';
import { mouseInHistogram, openHistogram } from './histogram-keys.ts';
import type { Host } from './host.ts';
import { scrollOverlay } from './overlay-keys.ts';
import { overlayTop } from './overlay-lines.ts';
import { takeMenuKey } from './panel-keys.ts';
import { clickPanel } from './panel-mouse.ts';
import { perform } from './perform.ts';
import { TypedAhead } from './typed-ahead.ts';

/** Quits, suspends, draws anew, whatever is under way. */
const NEVER_WAIT: readonly string[] = ['ctrl+c', 'ctrl+z', 'ctrl+l'];
/** Rows that one notch of the wheel scrolls. */
const WHEEL_ROWS = 3;
/** A page that is open over the list begins below the header. */
const PAGE_Y = 1;

/** Reads a stream until the returned function is called. */
export function listenToKeys(stdin: NodeJS.ReadableStream, explorer: Explorer, host: Host): () => void {
  const parser = createKeypressParser();
  const handler = createKeyHandler(explorer, host);
  let timer: NodeJS.Timeout | null = null;

  function onData(data: string | Uint8Array): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    handler(parser.push(String(data)));
    if (parser.isWaiting()) timer = setTimeout(() => handler(parser.flush()), ESCAPE_DELAY_MS);
  }

  stdin.setEncoding('utf8');
  stdin.on('data', onData);
  stdin.resume();
  return () => {
    if (timer !== null) clearTimeout(timer);
    stdin.off('data', onData);
    stdin.pause();
  };
}

/** Takes all keys of a chunk of input and draws once; what comes too early is taken later. */
export function createKeyHandler(explorer: Explorer, host: Host): (keys: readonly Keypress[]) => void {
  /** Edits of the search line that have not been searched for yet: of a chunk only the last text counts. */
  let isEdited = false;
  const ahead = new TypedAhead({ take, batch, onDropped });
  explorer.whenSettled(() => ahead.retry());

  function applyEdits(): void {
    if (isEdited) explorer.applyInput();
    isEdited = false;
  }

  function batch(run: () => void): void {
    explorer.batch(() => {
      run();
      applyEdits();
    });
  }

  function onDropped(): void {
    const text = 'still searching: the keys typed ahead were not taken';
    explorer.dispatch({ kind: 'said', text, isWarning: true });
  }

  function onKey(key: Keypress): void {
    if (key.name === 'focusIn' || key.name === 'focusOut' || key.name === 'reply') return;
    if (NEVER_WAIT.includes(key.name)) take(key);
    else if (key.name === 'escape' && ahead.isHolding) {
      ahead.drop();
      // What Esc would have left has not been entered; a page or a line is there already.
      if (commandFor(placeOf(explorer.state), key.name) !== 'app.back') take(key);
    } else ahead.take(key);
  }

  function take(key: Keypress): boolean {
    if (explorer.isClosed) return true;
    if (key.mouse !== undefined) {
      applyEdits();
      onMouse(key.mouse, explorer, host);
      return true;
    }
    const place = placeOf(explorer.state);
    const command = commandFor(place, key.name);
    if (command !== undefined) applyEdits();
    const awaited = command === undefined ? null : awaitedBy(command);
    if (!NEVER_WAIT.includes(key.name) && key.name !== 'escape' && !explorer.isThere(awaited)) return false;
    if (place === 'menu' && takeMenuKey(key.text, explorer, host)) return true;
    // A second Esc (or q) answers what the first one has asked.
    if (command !== 'app.redraw' && command !== 'app.back' && command !== 'app.quit')
      explorer.dispatch({ kind: 'hushed' });
    if (command !== undefined) {
      perform(command, explorer, host);
      return true;
    }
    if (!isLine(place)) {
      sayWhereItWorks(key, explorer);
      return true;
    }
    const edit: TextCommand | undefined =
      textEditFor(key.name) ?? (key.text === '' ? undefined : { kind: 'insert', text: key.text });
    if (edit === undefined) return true;
    explorer.dispatch(editIn(place, edit));
    if (place === 'search') isEdited = true;
    return true;
  }

  return (keys) => {
    if (keys.length === 0) return;
    batch(() => {
      for (const key of keys) onKey(key);
    });
  };
}

/** A key of the list that a page in its place has no use for. */
function sayWhereItWorks({ name }: Keypress, explorer: Explorer): void {
  const { panel } = explorer.state;
  if (panel === null || !isPage(panel) || commandFor('list', name) === undefined) return;
  explorer.dispatch({ kind: 'said', text: `${keyLabel(name)}: not on this page, Esc first` });
}

/** What an edit of the line that has the keys is. */
function editIn(place: Place, edit: TextCommand): Action {
  switch (place) {
    case 'search':
      return { kind: 'searchEdited', edit };
    case 'picker':
      return { kind: 'pickerStepped', step: { kind: 'edit', edit } };
    case 'times':
      return { kind: 'timeMenuStepped', step: { kind: 'edit', edit } };
    case 'facetFilter':
      return { kind: 'panelStepped', step: { panel: 'facets', kind: 'edit', edit } };
    case 'palette':
      return { kind: 'panelStepped', step: { panel: 'palette', kind: 'edit', edit } };
    case 'downloadLine':
      return { kind: 'panelStepped', step: { panel: 'download', kind: 'edit', edit } };
    case 'line':
      return { kind: 'panelStepped', step: { panel: 'line', kind: 'edit', edit } };
    case 'code':
      return { kind: 'codeEdited', edit };
    case 'path':
      return { kind: 'offersStepped', step: { kind: 'edit', edit } };
    default:
      return { kind: 'findEdited', edit };
  }
}

function onMouse(mouse: MouseInput, explorer: Explorer, host: Host): void {
  const { state } = explorer;
  if (state.layout.isTooSmall) return;
  if (clickChoice(mouse, explorer) || clickPanel(mouse, explorer, host) || clickCompletion(mouse, explorer)) return;
  const { band, columnTitles, list, detail, search } = state.layout;
  if (mouse.kind === 'wheel') {
    const rows = mouse.wheel * WHEEL_ROWS;
    if (state.overlay !== null) scrollOverlay(explorer, rows);
    else if (isIn(detail, mouse)) explorer.dispatch({ kind: 'detailMoved', move: { kind: 'scroll', rows } });
    else explorer.dispatch({ kind: 'listMoved', move: { kind: 'scroll', rows } });
    return;
  }
  if (state.overlay === null && isIn(band, mouse)) {
    mouseInHistogram(mouse, explorer);
    return;
  }
  if (mouse.kind !== 'press' || mouse.button !== 'left') return;
  if (state.overlay !== null) {
    if (state.overlay.kind === 'columns') clickColumn(explorer, state.overlay.at, mouse.row);
  } else if (isIn(columnTitles, mouse)) clickTitle(explorer, mouse.column - columnTitles.x);
  else if (isIn(list, mouse)) clickList(explorer, mouse.row - list.y);
  else if (isIn(detail, mouse)) clickDetail(explorer, mouse.row - detail.y);
  else if (isIn(search, mouse)) explorer.dispatch({ kind: 'searchOpened' });
}

/** A click on a column's title counts its values; on the one of the times when events happened. */
function clickTitle(explorer: Explorer, x: number): void {
  const { state } = explorer;
  if (state.layout.isTooSmall) return;
  // The first cell is the selection's mark.
  const shown = fitColumns(columnsOf(state), listTextWidth(state.layout.list.width), state.columnScroll);
  const clicked = shown.findLast((column) => column.x <= x - 1);
  const cell = COLUMNS.find(({ id }) => id === clicked?.id)?.cell;
  if (cell === 'time') openHistogram(explorer);
  else if (cell !== undefined) showFacets(explorer, cell === 'mark' ? 'readOnly' : cell);
}

/** The first click selects, a click on the selected row opens it; so does a double click. */
function clickList(explorer: Explorer, line: number): void {
  const { list, shown } = explorer.state.results;
  if (shown === null || line >= shown.list.total - shown.list.top) return;
  const index = shown.list.top + line;
  const isSelected = index === list.selected;
  explorer.dispatch({ kind: 'focusMoved', to: 'list' });
  if (isSelected) openRow(explorer);
  else explorer.dispatch({ kind: 'listMoved', move: { kind: 'to', index } });
}

/** The first click selects, a click on the selected column shows or hides it. */
function clickColumn(explorer: Explorer, selected: number, row: number): void {
  const clicked = row - PAGE_Y + overlayTop(explorer.state) - COLUMN_LINES_TOP;
  if (row >= explorer.state.rows - 2 || COLUMNS[clicked] === undefined) return;
  if (clicked === selected) explorer.dispatch({ kind: 'columnToggled' });
  else scrollOverlay(explorer, clicked - selected);
}

/** The first click goes to the row, a click on the focused row opens or closes it. */
function clickDetail(explorer: Explorer, line: number): void {
  explorer.dispatch({ kind: 'focusMoved', to: 'detail' });
  const { tree, head, isRaw } = explorer.state.detail;
  if (tree === null || isRaw) return;
  const clicked = treeWindow(tree)[line - head.length];
  if (clicked === undefined) return;
  const command = clicked.isFocused ? 'toggle' : ({ kind: 'toRow', row: clicked.row } as const);
  explorer.dispatch({ kind: 'treeMoved', command });
}

function isIn(area: Area, { column, row }: MouseInput): boolean {
  return column >= area.x && column < area.x + area.width && row >= area.y && row < area.y + area.height;
}
