// The pages of rows over the list's result: filled when they open, and again while more is loaded.

import { openTable, type TablePanel, type TableSubject } from '../state/table-panel.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { messageOf } from './fetcher.ts';
import { Pace } from './pace.ts';
import { type Asked, type Filled, isGrowing, NO_EVENTS, type Page } from './table-page.ts';

async function pageOf(subject: TableSubject): Promise<Page> {
  return (await import('./pages.ts')).PAGES[subject];
}

/** How pages ask the list's search. */
type Asks = Pick<Asked, 'within' | 'anywhere' | 'unhidden'>;

type Wanted = { readonly subject: TableSubject; readonly of: TablePanel['of']; readonly result: Result };

export class TablePages {
  readonly #store: Store;
  readonly #client: Client;
  readonly #asks: Asks;
  #abort = new AbortController();
  #filledFor: { readonly subject: TableSubject; readonly result: Result } | null = null;
  #isFilling = false;
  /** What is shown was filled before persons were found. */
  #isStale = false;
  /** Of fillings of one page. */
  readonly #pace = new Pace(1000, 2);

  constructor(store: Store, client: Client, asks: Asks) {
    this.#store = store;
    this.#client = client;
    this.#asks = asks;
  }

  /** `of`: what it is about (see TablePanel.of). */
  async open(subject: TableSubject, of: readonly string[] = []): Promise<void> {
    const page = await pageOf(subject);
    if (this.#client.isClosed) return;
    this.close();
    const panel = openTable({ subject, of, ...page.head(of) });
    this.#client.dispatch({ kind: 'panelOpened', panel });
  }

  /** Fills the page that is open, if the list stands on another result than it was filled from. */
  serve(): void {
    const wanted = this.#wanted();
    if (wanted === null) {
      if (this.#filledFor !== null || this.#isFilling) this.close();
      return;
    }
    if (this.#isFilling || this.#pace.isWaiting || !this.#isDue(wanted)) return;
    const fill = () => {
      const newest = this.#wanted();
      if (newest !== null && !this.#client.isClosed && this.#isDue(newest)) void this.#fill(newest);
    };
    if (this.#filledFor?.subject === wanted.subject) this.#pace.whenDue(fill);
    else this.#pace.now(fill);
  }

  #isDue({ subject, result }: Wanted): boolean {
    const { state } = this.#client;
    // What the list shows is the answer to another search, or there is nothing to count yet.
    const isEarly = result.total === 0 && (isGrowing(state) || result.revision !== this.#store.revision);
    if (state.search.stage !== 'settled' || isEarly) return false;
    return this.#isStale || this.#filledFor?.subject !== subject || this.#filledFor.result !== result;
  }

  /** Of what is open, though the list's result is the same. */
  fillAgain(): void {
    this.#isStale = this.#filledFor !== null;
  }

  close(): void {
    this.#pace.stop();
    this.#abort.abort();
    this.#isFilling = false;
    this.#filledFor = null;
    this.#isStale = false;
  }

  #wanted(): Wanted | null {
    const { panel, results } = this.#client.state;
    if (panel?.kind !== 'table' || results.result === null) return null;
    return { subject: panel.subject, of: panel.of, result: results.result };
  }

  async #fill({ subject, of, result }: Wanted): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#isFilling = true;
    this.#filledFor = { subject, result };
    this.#isStale = false;
    this.#pace.begin();
    try {
      const [store, { state }, { signal }] = [this.#store, this.#client, abort];
      const page = await pageOf(subject);
      const show = (part: Filled): void => {
        if (signal.aborted || !this.#isFilling) return;
        this.#client.dispatch({ kind: 'panelStepped', step: { panel: 'table', kind: 'fill', subject, ...part } });
      };
      const filled = await page.fill({ ...this.#asks, store, state, result, of, signal, show });
      if (abort.signal.aborted) return;
      this.#isFilling = false;
      this.#pace.end();
      const none = result.total === 0 && filled.none === undefined ? { none: NO_EVENTS } : {};
      const step = { panel: 'table', kind: 'fill', subject, ...none, ...filled } as const;
      this.#client.dispatch({ kind: 'panelStepped', step });
    } catch (error) {
      if (abort.signal.aborted || this.#client.isClosed) return;
      this.#isFilling = false;
      const reason = messageOf(error);
      this.#client.dispatch({ kind: 'panelStepped', step: { panel: 'table', kind: 'fail', subject, reason } });
    }
  }
}
