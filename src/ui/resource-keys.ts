// `r`: the history of a resource of the selected event, or of the one under the cursor in its record.

import { meaningOfKey } from '../cloudtrail/resource-keys.ts';
import { isIdOrArn } from '../cloudtrail/resource-names.ts';
import { openResourceMenu, resourceChoices } from '../state/resource-menu.ts';
import { selectedEvent } from '../state/results.ts';
import type { Explorer } from './explorer.ts';
import { openPage } from './open-page.ts';

/** Of the screen: header, status, footer; of the menu: a line of ─ and its title. */
const LINES_AROUND_ITEMS = 5;
const MAX_NAME = 2048;

/** One resource opens at once; of several a menu asks which. */
export function openResources(explorer: Explorer): void {
  const event = selectedEvent(explorer.state.results);
  if (event === null) return;
  const choices = resourceChoices(event);
  const [only] = choices;
  if (only === undefined) {
    const text = 'the record names no resource; :resource NAME asks for any';
    explorer.dispatch({ kind: 'said', text });
  } else if (choices.length === 1) openPage(explorer, 'resource', [only]);
  else {
    const panel = openResourceMenu(choices, explorer.state.rows - LINES_AROUND_ITEMS);
    explorer.dispatch({ kind: 'panelOpened', panel });
  }
}

/** In the tree: the value under the cursor, where it names a resource; of an object or a list, the event's. */
export function openResourceUnderCursor(explorer: Explorer): void {
  const { tree } = explorer.state.detail;
  const row = tree?.tree.rows[tree.focused];
  if (row === undefined || row.childCount > 0 || row.kind === 'object' || row.kind === 'array') {
    openResources(explorer);
    return;
  }
  const key = row.path.findLast((segment) => typeof segment === 'string') ?? '';
  const isName = row.kind === 'string' && (isIdOrArn(row.value) || meaningOfKey(key).kind === 'named');
  if (isName && row.value.trim() !== '') openPage(explorer, 'resource', [row.value.trim()]);
  else explorer.dispatch({ kind: 'said', text: 'this value is no id, ARN or name of a resource' });
}

/** `:resource NAME`; says why it cannot, or null. */
export function openTypedResource(text: string, explorer: Explorer): string | null {
  const name = text.trim();
  if (name.length > MAX_NAME) return 'this is too long to be the name of a resource';
  openPage(explorer, 'resource', [name]);
  return null;
}
