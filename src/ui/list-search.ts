// The list's question and its answers. Whatever is asked ends what was asked before; a store that is being filled is
// looked at again from time to time, the rarer the longer a look takes.

import type { Query } from '../query/query.ts';
import type { HistoryRange } from '../sources/live-source.ts';
import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import type { ListMove } from '../state/list.ts';
import { selectedRow } from '../state/results.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import { messageOf } from './fetcher.ts';
import { isSameShape, shapeResult, shapeWanted } from './list-shape.ts';
import { narrowTo } from './narrow.ts';
import { NoiseFilter } from './noise.ts';

/** Least time between two looks at a store that is being filled. */
const REFRESH_MS = 200;

/** A search whose records take longer is as good as answered: its columns are what one looks at. */
const ANSWER_MS = 500;

/** Where a new result starts: at the newest event, or at this one (or its nearest older neighbour). `keep`: the same
 *  query over a newer store, so the selection stays where it is and there is no first stage to show. */
export type Placement = { readonly row: number | null } | 'keep';

/** Whose state is served. */
export type SearchClient = {
  readonly state: AppState;
  dispatch(action: Action): void;
  /** Many actions, one frame. */
  batch(run: () => void): void;
  /** What the list is confined to; undefined: nothing. */
  origins(): ReadonlySet<number> | undefined;
  /** Older events (ms) are left out; null: none. */
  notBefore(): number | null;
  /** The store holds more than before, or other things are asked of it. `total`: events that the list could hold. */
  onRefreshed(store: Store, total: number): void;
  /** Another question is on its way to the store. */
  onAsked(): void;
  /** The list has its answer. */
  onAnswered(placement: Placement): void;
};

/** A question without its last answer. */
type Asked = {
  readonly at: number;
  readonly placement: Exclude<Placement, 'keep'>;
  /** The first answer is in the list. */
  isPlaced: boolean;
  /** How the list was moved before: meant for what is on its way, its records included. Empty again where one has moved
   *  in the first answer. */
  moves: readonly ListMove[];
};

export class ListSearch {
  readonly #store: Store;
  readonly #client: SearchClient;
  #search = new AbortController();
  #isSearching = false;
  #asked: Asked | null = null;
  #isShaping = false;
  /** The last answer, before it is shaped; how that was; and what ends it when a later one is. */
  #found: Result | null = null;
  #shapedBy: ReturnType<typeof shapeWanted> | null = null;
  #shaping = new AbortController();
  /** Who waits for what is being shaped. */
  #take: ((result: Result) => void) | null = null;
  readonly filter: NoiseFilter;
  #narrowed: {
    readonly search: Query;
    readonly range: HistoryRange;
    readonly noise: Query;
    readonly query: Query;
  } | null = null;
  #total: {
    readonly revision: number;
    readonly range: HistoryRange;
    readonly notBefore: number | null;
    readonly origins: ReadonlySet<number> | undefined;
    readonly total: number;
  } | null = null;
  #refreshTimer: NodeJS.Timeout | null = null;
  #refreshTookMs = 0;
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(store: Store, client: SearchClient) {
    this.#store = store;
    this.#client = client;
    this.filter = new NoiseFilter(store);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#refreshTimer !== null) clearTimeout(this.#refreshTimer);
    this.#search.abort();
    this.#shaping.abort();
  }

  /** Shapes the list anew where the state wants it otherwise: folded, only what is marked. */
  serve(): void {
    const wanted = shapeWanted(this.#client.state);
    if (this.#found === null || this.#isClosed || (this.#shapedBy !== null && isSameShape(this.#shapedBy, wanted)))
      return;
    // A search that has just answered still waits to be shown.
    void this.#accept(this.#found, this.#take ?? ((result) => this.#reshaped(result)));
  }

  /** What is selected now is not yet what was asked for. */
  get isUnanswered(): boolean {
    const [asked, shapedBy] = [this.#asked, this.#shapedBy];
    if (this.isAsking || (asked !== null && performance.now() - asked.at < ANSWER_MS)) return true;
    return this.#isShaping || (shapedBy !== null && !isSameShape(shapedBy, shapeWanted(this.#client.state)));
  }

  /** There is no answer yet: what is selected is of the question before. */
  get isAsking(): boolean {
    return this.#asked !== null && !this.#asked.isPlaced;
  }

  /** The list has been moved. */
  onMoved(move: ListMove): void {
    const asked = this.#asked;
    if (asked === null) return;
    // That place is one of the list that is there.
    const isPlace = typeof move === 'object' && move.kind === 'to';
    asked.moves = asked.isPlaced || isPlace ? [] : [...asked.moves, move];
  }

  #reshaped(result: Result): void {
    const position = this.#keep(result);
    this.#client.dispatch({ kind: 'resultArrived', result, position, newer: this.#newerIn(result) });
  }

  /** Looks at the store again; what comes after a pause is shown at once. */
  refreshSoon(): void {
    if (this.#refreshTimer !== null || this.#isClosed) return;
    const nextAt = this.#refreshedAt + Math.max(REFRESH_MS, 2 * this.#refreshTookMs);
    const delayMs = this.#client.state.total === 0 ? 0 : Math.max(0, nextAt - performance.now());
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = null;
      this.#refresh();
    }, delayMs);
  }

  #refresh(): void {
    const store = this.#store;
    if (this.#isClosed || store.revision === this.#client.state.results.result?.revision) return;
    // A search that is under way answers for the newer store as well, or is followed by another look.
    if (this.#isSearching) {
      this.refreshSoon();
      return;
    }
    this.#refreshedAt = performance.now();
    void this.run('keep');
  }

  /** Runs the state's query; whatever ran before is ended, its answer dropped. */
  async run(wanted: Placement): Promise<void> {
    const [store, client] = [this.#store, this.#client];
    this.#search.abort();
    if (wanted !== 'keep') {
      this.#asked = { at: performance.now(), placement: wanted, isPlaced: false, moves: [] };
      client.onAsked();
    }
    // Over a newer store, a question that waits for its first answer goes on waiting.
    const asked = this.#asked;
    const placement = asked?.placement ?? 'keep';
    const abort = new AbortController();
    this.#search = abort;
    this.#isSearching = true;
    const startedAt = performance.now();
    if (wanted !== 'keep' && wanted.row === null) client.dispatch({ kind: 'newestWanted' });
    const take = (result: Result, total: number | null): void => {
      if (abort.signal.aborted) return;
      const moves = asked === null || (asked.isPlaced && client.state.detail.isOpen) ? [] : asked.moves;
      const position = this.#place(result, asked, moves);
      if (asked !== null) asked.isPlaced = true;
      if (total !== null) this.#asked = null;
      const newer = placement === 'keep' ? this.#newerIn(result) : 0;
      client.batch(() => {
        if (total !== null) client.onRefreshed(store, total);
        client.dispatch({ kind: 'resultArrived', result, position, newer });
        for (const move of moves) client.dispatch({ kind: 'listMoved', move });
        if (asked !== null) asked.moves = moves;
      });
    };
    try {
      const options = { signal: abort.signal, origins: client.origins() };
      const onColumns =
        asked === null || asked.isPlaced
          ? undefined
          : (first: Result) => void this.#accept(this.#cut(first), (result) => take(result, null));
      const found = await store.search(this.#queryWanted(), { ...options, onColumns });
      const total = await this.#totalFor(options);
      if (abort.signal.aborted) return;
      await this.#accept(this.#cut(found), (result) => take(result, total));
      if (!abort.signal.aborted) client.onAnswered(placement);
    } catch (error) {
      if (abort.signal.aborted || this.#isClosed) return;
      this.#asked = null;
      client.dispatch({ kind: 'searchFailed', reason: `the search failed: ${messageOf(error)}` });
    } finally {
      if (this.#search === abort) {
        this.#asked = null;
        this.#isSearching = false;
        this.#refreshTookMs = performance.now() - startedAt;
        if (store.revision !== client.state.results.result?.revision) this.refreshSoon();
      }
    }
  }

  /** Hands on what becomes of an answer; whatever was being shaped before is dropped. */
  async #accept(found: Result, take: (result: Result) => void): Promise<void> {
    this.#shaping.abort();
    this.#shaping = new AbortController();
    const { signal } = this.#shaping;
    this.#found = found;
    this.#take = take;
    const { state } = this.#client;
    this.#shapedBy = shapeWanted(state);
    this.#isShaping = true;
    try {
      const { fold } = state;
      const shaped = isShaped(state) ? await shapeResult(this.#store, found, state, signal) : null;
      if (signal.aborted || this.#isClosed) return;
      this.#isShaping = false;
      if (shaped !== null && shaped.opened !== fold.opened && this.#client.state.fold === fold) {
        this.#shapedBy = { ...this.#shapedBy, fold: { ...fold, opened: shaped.opened } };
        this.#client.dispatch({ kind: 'runsMoved', opened: shaped.opened });
      }
      this.#take = null;
      take(shaped?.result ?? found);
    } catch (error) {
      if (signal.aborted || this.#isClosed) return;
      this.#isShaping = false;
      this.#client.dispatch({ kind: 'searchFailed', reason: `the list cannot be folded: ${messageOf(error)}` });
    }
  }

  /** Events that the list would hold without a search: counted once, and not at every letter of one. */
  async #totalFor(options: { readonly signal: AbortSignal; readonly origins?: ReadonlySet<number> }): Promise<number> {
    const { range } = this.#client.state;
    const { revision } = this.#store;
    const notBefore = this.#client.notBefore();
    const known = this.#total;
    const isKnown =
      known?.revision === revision &&
      known.range === range &&
      known.notBefore === notBefore &&
      known.origins === options.origins;
    if (isKnown) return known.total;
    const { total } = this.#cut(await this.#store.search(narrowTo({ kind: 'all' }, range), options));
    this.#total = { revision, range, notBefore, origins: options.origins, total };
    return total;
  }

  /** Without what is older than the list may show. */
  #cut(result: Result): Result {
    const notBefore = this.#client.notBefore();
    return notBefore === null ? result : this.#store.since(result, notBefore);
  }

  /** What is searched for, within the chosen span. The same object for the same question: the store remembers what it
   *  found for it. */
  #queryWanted(): Query {
    const { search, range, ...state } = this.#client.state;
    const noise = this.filter.queryFor(state.noise);
    const known = this.#narrowed;
    if (known?.search === search.query && known.range === range && known.noise === noise) return known.query;
    this.#narrowed = { search: search.query, range, noise, query: narrowTo(both(search.query, noise), range) };
    return this.#narrowed.query;
  }

  /** The events of the list's question that meet another term as well, whatever the list's stage. */
  async searchWithin(term: Query, signal: AbortSignal): Promise<Result> {
    const query = both(this.#queryWanted(), term);
    return this.#cut(await this.#store.search(query, { signal, origins: this.#client.origins() }));
  }

  /** The same without what noise hides while it is hidden. */
  searchAnywhere(term: Query, signal: AbortSignal, onColumns?: (result: Result) => void): Promise<Result> {
    return this.searchConfined(both(term, this.filter.queryFor(this.#client.state.noise)), signal, onColumns);
  }

  /** The events that meet the term alone, within what the list is confined to. */
  async searchConfined(term: Query, signal: AbortSignal, onColumns?: (result: Result) => void): Promise<Result> {
    const query = narrowTo(term, this.#client.state.range);
    const first = onColumns === undefined ? undefined : (result: Result) => onColumns(this.#cut(result));
    const origins = this.#client.origins();
    return this.#cut(await this.#store.search(query, { signal, origins, onColumns: first }));
  }

  /** What the list would hold if noise were shown. */
  async searchUnhidden(signal: AbortSignal): Promise<Result> {
    const { search, range } = this.#client.state;
    const query = narrowTo(search.query, range);
    return this.#cut(await this.#store.search(query, { signal, origins: this.#client.origins() }));
  }

  /** Where an answer begins: where its question said, and later answers where one is. With `moves` from there. */
  #place(result: Result, asked: Asked | null, moves: readonly ListMove[]): number | null {
    if (asked === null || (asked.isPlaced && moves.length === 0)) return this.#keep(result);
    const { row } = asked.placement;
    if (row !== null) return this.#store.positionOf(result, row);
    return moves.length > 0 ? null : this.#keep(result);
  }

  /** Where the selected event is in another result; null while nobody has moved away from the newest. */
  #keep(result: Result): number | null {
    const { results } = this.#client.state;
    const row = selectedRow(results);
    return results.isFollowing || row === null ? null : this.#store.positionOf(result, row);
  }

  /** Events above the newest that has been seen. */
  #newerIn(result: Result): number {
    const { newestSeen } = this.#client.state.results;
    return newestSeen === null ? 0 : Math.max(0, this.#store.positionOf(result, newestSeen));
  }
}

function isShaped({ fold, marks }: AppState): boolean {
  return fold.isOn || marks.isOnly;
}

function both(query: Query, term: Query): Query {
  if (term.kind === 'all') return query;
  if (query.kind === 'all') return term;
  return { kind: 'and', terms: [...(query.kind === 'and' ? query.terms : [query]), term] };
}
