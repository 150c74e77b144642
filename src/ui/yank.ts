// `y`: a menu of what can be copied. It opens at once, for its letters are typed with it; what only the record tells
// comes a moment later, and a letter that was quicker waits for it.

import { CLIPBOARD_BYTES } from '../export/clipboard.ts';
import { printQuery } from '../query/print.ts';
import type { AppState } from '../state/app-state.ts';
import { segmentsText } from '../state/json-path.ts';
import { openMenu } from '../state/menu-panel.ts';
import { selectedEvent } from '../state/results.ts';
import { recordPath, rowKey, rowTerm, rowText } from '../state/row-value.ts';
import { type Yankable, type YankItem, type YankValue, yankItems } from '../state/yank-items.ts';
import { cutValue } from '../text/cell.ts';
import type { Explorer } from './explorer.ts';
import { messageOf } from './fetcher.ts';
import type { Host } from './host.ts';

/** Of what was copied, in the status line. */
const SHOWN_CELLS = 60;

export class Yank {
  readonly #explorer: Explorer;
  #items: readonly YankItem[] = [];
  /** Settles when the record is there, or cannot be had. */
  #filled: Promise<void> = Promise.resolve();

  constructor(explorer: Explorer) {
    this.#explorer = explorer;
  }

  open(): void {
    const explorer = this.#explorer;
    const { state, store } = explorer;
    const { record } = state.detail;
    const isInDetail = state.detail.isOpen && state.focus === 'detail' && record !== null;
    const event = isInDetail ? record.event : selectedEvent(state.results);
    if (event === null || store === null) return;
    const known = record?.event.row === event.row ? record.text : null;
    const command = explorer.viewCommand();
    const value = isInDetail ? valueIn(state) : null;
    const of: Yankable = { event, record: known, command, value, maxBytes: CLIPBOARD_BYTES };
    this.#items = yankItems(of);
    explorer.dispatch({ kind: 'panelOpened', panel: openMenu('yank', 'Copy …', this.#items) });
    this.#filled = known === null ? this.#fill(of, () => store.record(event.row)) : Promise.resolve();
  }

  async take(id: string, host: Host): Promise<void> {
    const explorer = this.#explorer;
    await this.#filled;
    const item = this.#items.find((other) => other.id === id);
    if (item === undefined || explorer.isClosed) return;
    const { what, text, blocked } = item;
    const problem = blocked ?? (text === null ? 'the record cannot be read' : host.copy(text));
    if (problem !== null || text === null) {
      explorer.dispatch({ kind: 'said', text: problem ?? '', isWarning: true });
      return;
    }
    explorer.dispatch({ kind: 'said', text: `copied ${what} ${cutValue(text, SHOWN_CELLS)}` });
  }

  async #fill(of: Yankable, read: () => Promise<string>): Promise<void> {
    const explorer = this.#explorer;
    const opened = this.#items;
    try {
      const items = yankItems({ ...of, record: await read() });
      // Another menu has been opened meanwhile.
      if (this.#items !== opened) return;
      this.#items = items;
      const { panel } = explorer.state;
      if (panel?.kind === 'menu' && panel.subject === 'yank')
        explorer.dispatch({ kind: 'panelStepped', step: { panel: 'menu', kind: 'fill', items } });
    } catch (error) {
      if (!explorer.isClosed) explorer.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
    }
  }
}

function valueIn({ detail }: AppState): YankValue | string {
  if (detail.isRaw) return 'only in the tree (v leaves the raw JSON)';
  const tree = detail.tree?.tree;
  const row = tree?.rows[detail.tree?.focused ?? -1];
  if (tree === undefined || row === undefined) return 'the cursor is not on a value';
  const asked = rowTerm(tree, row);
  return {
    value: rowText(tree, row),
    key: rowKey(tree, row),
    path: segmentsText(recordPath(tree, row)),
    query: asked.kind === 'term' ? printQuery(asked.term) : '',
    noQuery: asked.kind === 'term' ? null : asked.reason,
  };
}
