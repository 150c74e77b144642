// All that asks the store for what the state lacks: made when the store is open, served after every change, closed with
// it. Each part has a file of its own.

import type { Awaited } from '../keys/awaits.ts';
import type { ListMove } from '../state/list.ts';
import { hasRows } from '../state/panel.ts';
import { isSelectionShown } from '../state/results.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { Completer } from './completer.ts';
import { FacetsFetcher } from './facets-fetcher.ts';
import { Fetcher } from './fetcher.ts';
import { FirstsKeeper } from './firsts-keeper.ts';
import { HistogramFetcher } from './histogram-fetcher.ts';
import { ListSearch, type Placement, type SearchClient } from './list-search.ts';
import { NoiseCounter } from './noise.ts';
import { PathDoubts } from './path-doubts.ts';
import { PeopleKeeper } from './people-keeper.ts';
import { TablePages } from './table-pages.ts';

export class StoreParts {
  readonly store: Store;
  readonly list: ListSearch;
  readonly tables: TablePages;
  readonly #client: Client;
  readonly #fetcher: Fetcher;
  readonly #completer: Completer;
  readonly #facets: FacetsFetcher;
  readonly #histogram: HistogramFetcher;
  readonly #noise: NoiseCounter;
  readonly #firsts: FirstsKeeper;
  readonly #people: PeopleKeeper;
  readonly #doubts: PathDoubts;

  /** `centerUsers`: what users of Identity Center are called, by their userIds. */
  constructor(store: Store, client: Client & SearchClient, centerUsers: Readonly<Record<string, string>> = {}) {
    this.store = store;
    this.#client = client;
    const list = new ListSearch(store, client);
    this.list = list;
    this.tables = new TablePages(store, client, {
      within: (term, signal) => list.searchWithin(term, signal),
      anywhere: (term, signal, onColumns) => list.searchAnywhere(term, signal, onColumns),
      unhidden: (term, signal) => list.searchConfined(term, signal),
    });
    this.#fetcher = new Fetcher(store, client);
    this.#completer = new Completer(store, client);
    this.#facets = new FacetsFetcher(store, client);
    this.#histogram = new HistogramFetcher(store, client);
    this.#noise = new NoiseCounter(store, client, list);
    this.#firsts = new FirstsKeeper(store, client);
    this.#people = new PeopleKeeper(
      store,
      client,
      centerUsers,
      () => void list.run('keep'),
      () => this.tables.fillAgain(),
    );
    this.#doubts = new PathDoubts(store, client);
  }

  /** Starts what the state lacks, ends what it does not want any more. */
  serve(): void {
    this.#completer.serve();
    this.#fetcher.fetchWanted();
    this.list.serve();
    this.#facets.serve();
    this.#histogram.serve();
    this.tables.serve();
    this.#firsts.serve();
    this.#people.serve();
  }

  /** The list has its answer. */
  onAnswered(placement: Placement): void {
    this.#fetcher.wantTimeline(placement === 'keep');
    this.#noise.want(placement === 'keep');
    this.#doubts.want(placement === 'keep');
  }

  onMoved(move: ListMove): void {
    this.list.onMoved(move);
  }

  /** It has come, or cannot be had: what was asked for is what is on the screen. */
  isThere(awaited: Awaited): boolean {
    const { state } = this.#client;
    if (awaited === 'rows') return hasRows(state.panel);
    if (this.list.isAsking) return false;
    if (awaited === 'selection') return true;
    if (this.list.isUnanswered || !isSelectionShown(state.results)) return false;
    return awaited === 'event' || !this.#fetcher.lacksRecord;
  }

  close(): void {
    this.list.close();
    this.tables.close();
    this.#fetcher.close();
    this.#facets.close();
    this.#histogram.close();
    this.#noise.close();
    this.#firsts.close();
    this.#people.close();
    this.#doubts.close();
  }
}
