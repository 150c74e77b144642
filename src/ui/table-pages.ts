// The pages of rows over the list's result: filled when they open, and again while more is loaded.

import type { Query } from '../query/query.ts';
import type { AppState } from '../state/app-state.ts';
import { isLoading } from '../state/live.ts';
import { openTable, type TablePanel, type TableRow, type TableSubject } from '../state/table-panel.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import { countOf, formatCount } from '../text/format.ts';
import { byColumns, byRows } from './by-page.ts';
import type { Client } from './client.ts';
import { DENIED, DENIED_COLUMNS, DENIED_FIELDS, deniedRows } from './denied-page.ts';
import { messageOf } from './fetcher.ts';
import { Pace } from './pace.ts';
import { FIRSTS, RARE_COLUMNS, rareRows } from './rare-page.ts';

const MAX_GROUPS = 2000;
const MAX_FIRSTS = 2000;
const MAX_PEOPLE = 20_000;

const LEAVE = 'Esc closes the page.';
const NO_EVENTS = `There are no events in the list to count. ${LEAVE}`;

type Wanted = { readonly subject: TableSubject; readonly by: TablePanel['by']; readonly result: Result };

/** The list's question with another term. */
type Within = (term: Query, signal: AbortSignal) => Promise<Result>;

type Filled = { readonly rows: readonly TableRow[]; readonly about: string };

type Asked = {
  readonly store: Store;
  readonly within: Within;
  readonly state: AppState;
  /** What the list stands on. */
  readonly result: Result;
  readonly by: TablePanel['by'];
  readonly signal: AbortSignal;
};

type Page = {
  readonly head: (by: TablePanel['by']) => Pick<TablePanel, 'title' | 'columns' | 'none'>;
  readonly fill: (asked: Asked) => Promise<Filled>;
};

const PAGES: Readonly<Record<TableSubject, Page>> = {
  by: {
    head: (by) => ({ title: `By ${by.join(', ')}`, columns: byColumns(by), none: NO_EVENTS }),
    fill: async ({ store, state, result, by, signal }) => {
      const { groups, distinct, looked } = await store.countBy(result, by, { limit: MAX_GROUPS, signal });
      const whole = result.folded?.whole ?? result;
      const about = [
        `${countOf(distinct, 'row')} of ${overText(state)}`,
        looked < whole.total ? `only the newest ${formatCount(looked)} were read` : '',
        distinct > groups.length ? `only the ${formatCount(groups.length)} most frequent` : '',
      ];
      return { rows: byRows(groups, by, state.search.query, state.zone), about: joined(about) };
    },
  },
  denied: {
    head: () => ({ title: 'Denied calls', columns: DENIED_COLUMNS, none: `None of these calls was denied. ${LEAVE}` }),
    fill: async ({ store, within, state, signal }) => {
      const denied = await within(DENIED, signal);
      const { groups, distinct } = await store.groups(denied, DENIED_FIELDS, { limit: MAX_GROUPS, signal });
      const more =
        distinct > groups.length
          ? `only the ${formatCount(groups.length)} most frequent of ${formatCount(distinct)} messages`
          : '';
      const about = [`${formatCount(denied.total)} of ${overText(state)}`, more];
      return { rows: deniedRows(groups, state.zone), about: joined(about) };
    },
  },
  rare: {
    head: () => ({ title: 'What is new', columns: RARE_COLUMNS, none: `Nothing in these events is new. ${LEAVE}` }),
    fill: async ({ store, within, state, signal }) => {
      await store.findFirsts(signal);
      const firsts = await within(FIRSTS, signal);
      const events = await store.window(firsts, 0, MAX_FIRSTS);
      const all = await store.search({ kind: 'all' }, { signal });
      const { groups } = await store.groups(all, ['who'], { limit: MAX_PEOPLE, signal });
      const since = new Map(groups.flatMap(({ cells: { who = '' }, first }) => (first === null ? [] : [[who, first]])));
      const rows = rareRows(events, since, state.zone);
      const more = firsts.total > events.length ? `of the newest ${formatCount(events.length)} firsts` : '';
      const about = [`${formatCount(rows.length)} of ${overText(state)}`, 'the first of all that is loaded', more];
      return { rows, about: joined(about) };
    },
  },
};

export class TablePages {
  readonly #store: Store;
  readonly #client: Client;
  readonly #within: Within;
  #abort = new AbortController();
  #filledFor: { readonly subject: TableSubject; readonly result: Result } | null = null;
  #isFilling = false;
  /** Of fillings of one page. */
  readonly #pace = new Pace(1000, 2);

  constructor(store: Store, client: Client, within: Within) {
    this.#store = store;
    this.#client = client;
    this.#within = within;
  }

  /** `by`: names of fields and paths (see query/count-names.ts), for the subject of that name. */
  open(subject: TableSubject, by: readonly string[] = []): void {
    this.close();
    const panel = openTable({ subject, by, ...PAGES[subject].head(by) });
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
    return this.#filledFor?.subject !== subject || this.#filledFor.result !== result;
  }

  close(): void {
    this.#pace.stop();
    this.#abort.abort();
    this.#isFilling = false;
    this.#filledFor = null;
  }

  #wanted(): Wanted | null {
    const { panel, results } = this.#client.state;
    if (panel?.kind !== 'table' || results.result === null) return null;
    return { subject: panel.subject, by: panel.by, result: results.result };
  }

  async #fill({ subject, by, result }: Wanted): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#isFilling = true;
    this.#filledFor = { subject, result };
    this.#pace.begin();
    try {
      const [store, within, { state }, { signal }] = [this.#store, this.#within, this.#client, abort];
      const filled = await PAGES[subject].fill({ store, within, state, result, by, signal });
      if (abort.signal.aborted) return;
      this.#isFilling = false;
      this.#pace.end();
      const none = result.total === 0 ? { none: NO_EVENTS } : {};
      const step = { panel: 'table', kind: 'fill', subject, ...filled, ...none } as const;
      this.#client.dispatch({ kind: 'panelStepped', step });
    } catch (error) {
      if (abort.signal.aborted || this.#client.isClosed) return;
      this.#isFilling = false;
      const reason = messageOf(error);
      this.#client.dispatch({ kind: 'panelStepped', step: { panel: 'table', kind: 'fail', subject, reason } });
    }
  }
}

/** `41,208 events so far`, `12 events of this search` */
function overText(state: AppState): string {
  const { results, search } = state;
  const whole = results.result?.folded?.whole ?? results.result;
  const events = countOf(whole?.total ?? 0, 'event');
  return `${events}${search.applied === '' ? '' : ' of this search'}${isGrowing(state) ? ' so far' : ''}`;
}

function isGrowing({ live, loading }: AppState): boolean {
  return live === null ? loading.kind === 'reading' || loading.kind === 'opening' : isLoading(live);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
