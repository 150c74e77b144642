// What the keys of the panels over the list do. Menus and lines are told apart by what they are about; each has its
// handler here.

import type { LinePurpose } from '../state/line-panel.ts';
import type { ListMove } from '../state/list.ts';
import type { MenuSubject } from '../state/menu-panel.ts';
import { selectedRow } from '../state/results.ts';
import { selectedTableRow, type TableSubject } from '../state/table-panel.ts';
import type { Explorer } from './explorer.ts';
import type { Host } from './host.ts';
import { lookUpCall } from './look-up-call.ts';
import { takeNote } from './marks-keys.ts';
import { showNoise } from './noise.ts';
import { openPage } from './open-page.ts';
import { textEnd } from './panel-lines.ts';
import { takePivot } from './pivots.ts';

/** The choice that was taken, by its id; the menu is closed already. `isCapital`: by the capital of its letter. */
type TakeItem = (id: string, explorer: Explorer, host: Host, isCapital: boolean) => void;

const MENUS: Readonly<Record<MenuSubject, TakeItem>> = {
  yank: (id, explorer, host) => void explorer.yank.take(id, host),
  only: (id, explorer, _, isCapital) => takePivot('only', id, explorer, isCapital),
  not: (id, explorer) => takePivot('not', id, explorer),
  resource: (id, explorer) => openPage(explorer, 'resource', [id]),
};

/** Takes what was typed; says why it cannot, and the line stays, or null. */
const LINES: Readonly<Record<LinePurpose, (text: string, explorer: Explorer, host: Host) => string | null>> = {
  note: takeNote,
  saveQuery: (text, explorer) => explorer.queries.save(text),
};

/** A letter in a menu; false where no item has it. */
export function takeMenuKey(key: string, explorer: Explorer, host: Host): boolean {
  const { panel } = explorer.state;
  if (panel?.kind !== 'menu') return false;
  const exact = panel.items.find((other) => other.key === key);
  const item =
    exact ?? (panel.subject === 'only' ? panel.items.find((other) => isCapitalOf(key, other.key)) : undefined);
  if (item === undefined) return false;
  explorer.dispatch({ kind: 'hushed' });
  if (item.blocked !== null) explorer.dispatch({ kind: 'said', text: item.blocked });
  else take(panel.subject, item.id, explorer, host, exact === undefined);
  return true;
}

function isCapitalOf(key: string, letter: string): boolean {
  return key !== letter && key.toLowerCase() === letter;
}

export function takeMenuItem(explorer: Explorer, host: Host): void {
  const { panel } = explorer.state;
  const item = panel?.kind === 'menu' ? panel.items[panel.at] : undefined;
  if (panel?.kind === 'menu' && item !== undefined) take(panel.subject, item.id, explorer, host);
}

function take(subject: MenuSubject, id: string, explorer: Explorer, host: Host, isCapital = false): void {
  explorer.dispatch({ kind: 'panelClosed' });
  MENUS[subject](id, explorer, host, isCapital);
}

export function takeLine(explorer: Explorer, host: Host): void {
  const { panel } = explorer.state;
  if (panel?.kind !== 'line') return;
  const problem = LINES[panel.purpose](panel.input.text, explorer, host);
  if (problem === null) explorer.dispatch({ kind: 'panelClosed' });
  else explorer.dispatch({ kind: 'panelStepped', step: { panel: 'line', kind: 'refuse', problem } });
}

export function moveTable(move: ListMove): (explorer: Explorer) => void {
  return (explorer) => explorer.dispatch({ kind: 'panelStepped', step: { panel: 'table', kind: 'move', move } });
}

/** The events of the row: its search takes the place of the one that was on. */
export function takeTableRow(explorer: Explorer): void {
  const { panel } = explorer.state;
  const row = panel?.kind === 'table' ? selectedTableRow(panel) : null;
  if (panel?.kind !== 'table' || row === null || row.query === '') return;
  if (row.lookUp !== undefined && explorer.live !== null) {
    lookUpCall(explorer, explorer.live, panel, row);
    return;
  }
  if (WITH_NOISE.has(panel.subject)) showNoise(explorer);
  leaveTable(explorer, row.query, row.row);
}

/** Pages that list and count noise as well, hidden or not. */
const WITH_NOISE: ReadonlySet<TableSubject> = new Set(['related', 'session']);

/** What happened after the row: its other search. The reads among it are counted on the page: noise does not hide them. */
export function takeAfterRow(explorer: Explorer): void {
  const { panel } = explorer.state;
  const row = panel?.kind === 'table' ? selectedTableRow(panel) : null;
  if (row?.after === undefined) return;
  showNoise(explorer);
  leaveTable(explorer, row.after.query);
}

function leaveTable(explorer: Explorer, query: string, event?: number): void {
  const { panel } = explorer.state;
  if (panel?.kind !== 'table' || query === '') return;
  const { results, search } = explorer.state;
  const before = { text: search.applied, row: results.isFollowing ? null : selectedRow(results) };
  explorer.dispatch({ kind: 'panelClosed' });
  explorer.replaceSearch(query, event);
  if (explorer.state.search.error === null)
    explorer.dispatch({ kind: 'tableLeft', left: { panel, query: explorer.state.search.applied, before } });
}

export function scrollText(explorer: Explorer, rows: number): void {
  const step = { panel: 'text', kind: 'scroll', rows, last: textEnd(explorer.state) } as const;
  explorer.dispatch({ kind: 'panelStepped', step });
}

export function copyText(explorer: Explorer, host: Host): void {
  const { panel } = explorer.state;
  if (panel?.kind === 'text' && panel.copy !== null) copy(panel.copy.text, panel.copy.what, explorer, host);
}

/** To the terminal's clipboard, and says what it was. */
export function copy(text: string, what: string, explorer: Explorer, host: Host): void {
  const problem = host.copy(text);
  explorer.dispatch({ kind: 'said', text: problem ?? `copied: ${what}`, isWarning: problem !== null });
}
