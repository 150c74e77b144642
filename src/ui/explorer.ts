// Where state meets the world. Holds the one state, runs actions through the reducer, and after each of them fetches
// what the new state lacks. Everything fetched comes back as an action; a completion that answers a question nobody
// asks any more is dropped. Knows neither Ink nor the terminal.

import type { Awaited } from '../keys/awaits.ts';
import { parseQuery } from '../query/parse.ts';
import type { PresetPage } from '../query/presets.ts';
import type { LiveSource } from '../sources/live-source.ts';
import type { Source } from '../sources/source.ts';
import type { Action } from '../state/actions.ts';
import { reduce } from '../state/app.ts';
import { type AppOptions, type AppState, openApp } from '../state/app-state.ts';
import { isDownward } from '../state/list.ts';
import { isLoading, wholeFrom } from '../state/live.ts';
import { hasRows } from '../state/panel.ts';
import { isSelectionShown, selectedRow } from '../state/results.ts';
import type { Store } from '../store/store.ts';
import { attributeIn } from './attribute-in.ts';
import { Chooser, type OtherChoice } from './chooser.ts';
import { Completer } from './completer.ts';
import { Downloader } from './downloader.ts';
import { FacetsFetcher } from './facets-fetcher.ts';
import { Fetcher, messageOf } from './fetcher.ts';
import { FindNext } from './find-next.ts';
import { FirstsKeeper } from './firsts-keeper.ts';
import { HistogramFetcher } from './histogram-fetcher.ts';
import { ListSearch, type Placement } from './list-search.ts';
import { LiveSession } from './live.ts';
import { type KeptMarks, MarksKeeper } from './marks-keeper.ts';
import { NoiseCounter } from './noise.ts';
import { Queries } from './queries.ts';
import { readSource } from './read-source.ts';
import { StopQuestion } from './stop-question.ts';
import { TablePages } from './table-pages.ts';
import { type Started, type ViewCommand, viewCommand } from './view-command.ts';
import { Yank } from './yank.ts';

const STOP_QUESTIONS = { reading: 'Esc again stops reading', live: 'Esc again stops loading' } as const;

/** What comes from no account has the origin 0. */
const OTHER_ORIGINS: ReadonlySet<number> = new Set([0]);

/** @throws SourceError where it cannot be opened. */
export type OpenOther = (
  choice: { readonly kind: 'sample' } | { readonly kind: 'files'; readonly paths: readonly string[] },
) => Promise<Source>;

export type ExplorerServices = {
  readonly openStore: () => Promise<Store>;
  /** Null when nothing was named to read. */
  readonly openSource: (() => Promise<Source | LiveSource>) | null;
  /** Something else to look at, where there are no credentials. */
  readonly openOther?: OpenOther;
  /** Keys, web identity or a container's role stand in the environment. */
  readonly hasEnvironment?: boolean;
  readonly initialQuery: string;
  readonly initialPage?: PresetPage;
  /** For the command that prints the list; null: not known. */
  readonly started?: Started | null;
  /** Where marks and notes outlive the run; nowhere by default. */
  readonly marks?: KeptMarks | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The state has changed; called once after a batch of actions. */
  readonly onChange: (state: AppState) => void;
  /** Nothing can be explored: the source cannot be read at all, or the store cannot be opened. */
  readonly onFatal: (error: unknown) => void;
};

export class Explorer {
  #state: AppState;
  /** The last state that was given to onChange. */
  #drawn: AppState;
  #store: Store | null = null;
  #fetcher: Fetcher | null = null;
  #list: ListSearch | null = null;
  #facets: FacetsFetcher | null = null;
  #histogram: HistogramFetcher | null = null;
  #completer: Completer | null = null;
  #noise: NoiseCounter | null = null;
  #firsts: FirstsKeeper | null = null;
  #tables: TablePages | null = null;
  #live: LiveSession | null = null;
  /** What a person chooses by: profiles, Regions, time, codes, another source. */
  readonly chooser: Chooser;
  /** Searches that were kept, and those with a name. */
  readonly queries: Queries;
  /** Marks and notes, and where they are kept. */
  readonly marks: MarksKeeper;
  /** The next failure, write or event of a session. */
  readonly finder: FindNext;
  /** Files that are written. */
  readonly downloads: Downloader;
  readonly yank: Yank;
  #started: Started | null;
  /** Ends with an event history that another source has taken the place of. */
  #left: Promise<void> = Promise.resolve();
  /** Of that source; null: all of them. */
  #otherOrigins: ReadonlySet<number> | null = null;
  /** What the list was last cut to. */
  #notBefore: number | null = null;
  readonly #services: ExplorerServices;
  /** Pages that are about to open. */
  #opening = 0;
  #onSettled: () => void = () => {};
  #batchDepth = 0;
  #isChanged = false;
  #isClosed = false;
  readonly #reading = new AbortController();
  readonly #stopQuestion: StopQuestion;

  constructor(options: AppOptions, services: ExplorerServices) {
    this.#state = openApp(options);
    this.#drawn = this.#state;
    this.#services = services;
    this.queries = new Queries(this);
    this.marks = new MarksKeeper(this, services.marks ?? null, services.now);
    this.finder = new FindNext(this, () => this.#store);
    this.#stopQuestion = new StopQuestion(this);
    this.#started = services.started ?? null;
    this.yank = new Yank(this);
    const command = () => {
      const view = this.viewCommand();
      return view.kind === 'command' ? view.text : null;
    };
    this.downloads = new Downloader(this, { now: services.now, command });
    this.chooser = new Chooser(this, { now: services.now, hasEnvironment: services.hasEnvironment ?? false });
  }

  get state(): AppState {
    return this.#state;
  }

  /** Null until it is open. */
  get store(): Store | null {
    return this.#store;
  }

  /** Pages of rows over the list; null until the store is open. */
  get tables(): TablePages | null {
    return this.#tables;
  }

  /** Null while the source is another one, or not open yet. */
  get live(): LiveSession | null {
    return this.#live;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  dispatch(action: Action): void {
    const before = this.#state;
    this.#state = reduce(before, action);
    if (this.#state === before || this.#isClosed) return;
    this.#isChanged = true;
    const isNoiseNew = this.#state.noise !== before.noise && (this.#state.noise.isOn || before.noise.isOn);
    if (this.#state.range !== before.range || isNoiseNew) {
      const { results } = before;
      void this.#list?.run({ row: results.isFollowing ? null : selectedRow(results) });
    }
    if (this.#state.live !== before.live || this.#state.attribute !== before.attribute) this.#showWhole();
    if (action.kind === 'listMoved') {
      this.finder.onMoved(action.move);
      this.#list?.onMoved(action.move);
      if (isDownward(action.move)) this.#live?.wantOlder();
    }
    if (this.#batchDepth === 0) this.#settle();
  }

  /** Many actions, one frame: a chunk of input may hold a hundred keys. */
  batch(run: () => void): void {
    this.#batchDepth++;
    try {
      run();
    } finally {
      this.#batchDepth--;
      if (this.#batchDepth === 0) this.#settle();
    }
  }

  /** What a key works on is there: it means what is on the screen, or what it was typed ahead of. */
  isThere(awaited: Awaited | null): boolean {
    const { state } = this;
    const isSelecting = this.finder.isUnderWay || (this.#list?.isMovedAhead ?? false);
    if (this.#opening > 0) return false;
    switch (awaited) {
      case null:
        return true;
      case 'rows':
        return hasRows(state.panel);
      case 'selection':
        return !isSelecting;
      case 'event':
      case 'record': {
        if (isSelecting || this.#list?.isUnanswered || !isSelectionShown(state.results)) return false;
        return awaited === 'event' || !this.#fetcher?.lacksRecord;
      }
    }
  }

  /** A page that opens a moment later: all keys wait for it. */
  async opening(page: Promise<void>): Promise<void> {
    this.#opening++;
    await page;
    this.#opening--;
    this.#onSettled();
  }

  /** Called after every change, when all that it lacks is on its way; for one only, the last. */
  whenSettled(call: () => void): void {
    this.#onSettled = call;
  }

  /** Opens the store, reads the source to its end and keeps the list up to date meanwhile. */
  async start(): Promise<void> {
    try {
      const store = await this.#services.openStore();
      if (this.#isClosed) return await store.close();
      this.#store = store;
      store.warm();
      this.#fetcher = new Fetcher(store, this);
      this.#list = new ListSearch(store, this);
      void this.marks.start();
      this.#facets = new FacetsFetcher(store, this);
      this.#histogram = new HistogramFetcher(store, this);
      this.#completer = new Completer(store, this);
      this.#noise = new NoiseCounter(store, this, this.#list);
      this.#firsts = new FirstsKeeper(store, this);
      const list = this.#list;
      this.#tables = new TablePages(store, this, (term, signal) => list.searchWithin(term, signal));
      const { initialQuery } = this.#services;
      if (initialQuery !== '') {
        this.dispatch({ kind: 'searchOpened' });
        this.dispatch({ kind: 'searchEdited', edit: { kind: 'insert', text: initialQuery } });
        this.applyText(initialQuery, { row: null });
        this.dispatch({ kind: 'searchKept' });
      } else void this.#list?.run({ row: null });
      const { openSource, now, initialPage } = this.#services;
      if (initialPage?.page !== undefined) this.#tables.open(initialPage.page, initialPage.by);
      if (openSource === null) return;
      const source = await openSource();
      const { signal } = this.#reading;
      if (isLive(source)) return this.#startLive(source, store);
      if (!this.#isClosed)
        await readSource(source, store, {
          signal,
          now,
          dispatch: (action) => this.dispatch(action),
          onAppended: () => this.#list?.refreshSoon(),
        });
      this.#list?.refreshSoon();
    } catch (error) {
      if (!this.#isClosed) this.#services.onFatal(error);
    }
  }

  /** Ends everything under way and closes the store. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopQuestion.close();
    this.#list?.close();
    this.#noise?.close();
    this.#firsts?.close();
    this.#tables?.close();
    this.#fetcher?.close();
    this.#facets?.close();
    this.#histogram?.close();
    this.#reading.abort();
    this.chooser.close();
    await Promise.all([this.#live?.close(), this.#left]);
    await this.downloads.close();
    await this.marks.close();
    await this.#store?.close();
  }

  /** Stops the reading when asked again while the question stands: that of files cannot be taken up again. */
  stopReading(): void {
    const { loading, live } = this.#state;
    const isUnderWay = live === null ? loading.kind === 'reading' : isLoading(live);
    if (!isUnderWay || !this.#stopQuestion.isAnswered(live === null ? STOP_QUESTIONS.reading : STOP_QUESTIONS.live))
      return;
    if (this.#live !== null) {
      this.#live.source.setPaused(true);
      return;
    }
    this.#reading.abort();
    this.dispatch({ kind: 'readingStopped' });
  }

  /** The command that prints the list. */
  viewCommand(): ViewCommand {
    const names = () => this.#store?.distinct('name').map(({ value }) => value) ?? [];
    return viewCommand(this.#state, this.#started, { now: this.#services.now(), names });
  }

  /** Searches for what the line holds; a mistake only marks it. */
  applyText(text: string, placement: Placement): void {
    const parsed = parseQuery(text, { now: this.#services.now(), zone: this.#state.zone });
    this.dispatch({ kind: 'searchParsed', text, parsed });
    if (parsed.error === null) void this.#list?.run(placement);
  }

  /** The text in the line has been edited: the newest match is what one wants to see. */
  applyInput(): void {
    const { search } = this.#state;
    if (search.input.text !== search.applied || search.error !== null) this.applyText(search.input.text, { row: null });
  }

  /** Another search than the one that is shown; the selected event stays selected where the new one holds it. */
  replaceSearch(text: string): void {
    const { results } = this.#state;
    this.applyText(text, { row: results.isFollowing ? null : selectedRow(results) });
    if (this.#state.search.error === null) this.dispatch({ kind: 'searchReplaced' });
  }

  /** Back to the search before the line was opened, and to the event that was selected then. */
  cancelSearch(): void {
    const { applied, before } = this.#state.search;
    this.dispatch({ kind: 'searchCancelled' });
    if (applied !== before.text) this.applyText(before.text, { row: before.row });
  }

  /** Reads another source in place of an event history that cannot be read. Where it cannot be read either, that is
   *  said, and what was on the screen stays. */
  async readOther(choice: OtherChoice): Promise<void> {
    const { openOther, now } = this.#services;
    const [store, live] = [this.#store, this.#live];
    if (openOther === undefined || store === null || live === null || this.#state.loading.kind === 'reading') return;
    try {
      await readSource(await openOther(choice), store, {
        signal: this.#reading.signal,
        now,
        dispatch: (action) => this.dispatch(action),
        onAppended: () => {
          this.#leaveLive(choice);
          this.#list?.refreshSoon();
        },
      });
      this.#leaveLive(choice);
      this.#list?.refreshSoon();
    } catch (error) {
      if (this.#isClosed) return;
      if (this.#live === null) this.dispatch({ kind: 'readingFailed', reason: messageOf(error) });
      else this.dispatch({ kind: 'liveChanged', status: live.source.status(), now: now() });
      this.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
    }
  }

  #leaveLive(choice: OtherChoice): void {
    if (this.#live === null) return;
    this.#left = this.#live.close();
    this.#live = null;
    this.#otherOrigins = OTHER_ORIGINS;
    this.#started = choice.kind === 'sample' ? choice : { ...choice, since: null, until: null };
    this.dispatch({ kind: 'liveClosed' });
  }

  /** For ListSearch. */
  origins(): ReadonlySet<number> | undefined {
    return this.#live?.origins ?? this.#otherOrigins ?? undefined;
  }

  /** For ListSearch. What the server was asked for is shown as far back as it looked, and a time that the search names
   *  is on its way. */
  notBefore(): number | null {
    const { live, attribute } = this.#state;
    return live === null || attribute !== null || this.#live?.isNamed ? null : wholeFrom(live);
  }

  /** Where an event is in the list, or the folded run that holds it; null where neither is there. */
  placeOf(row: number): number | null {
    const [store, { result }] = [this.#store, this.#state.results];
    if (store === null || result === null) return null;
    const { rows } = result.folded?.whole ?? result;
    return rows[store.positionOf(result.folded?.whole ?? result, row)] === row ? store.positionOf(result, row) : null;
  }

  /** For ListSearch. An event history is headed by the accounts and Regions that were chosen. */
  onRefreshed(store: Store, total: number): void {
    this.dispatch({ kind: 'totalChanged', total, loaded: store.total });
    this.marks.place();
    if (this.#live !== null) return;
    const { regions, accounts } = this.#state.overview;
    const found = { regions: valuesOf(store, 'region'), accounts: valuesOf(store, 'account') };
    if (found.regions.length !== regions.length || found.accounts.length !== accounts.length) {
      this.dispatch({ kind: 'overviewArrived', overview: found });
    }
  }

  /** For ListSearch. */
  onAsked(): void {
    this.finder.stop();
  }

  /** For ListSearch. */
  onAnswered(placement: Placement): void {
    this.#fetcher?.wantTimeline(placement === 'keep');
    this.#noise?.want(placement === 'keep');
  }

  /** Looks again where the list has to go further back than before, or less far. */
  #showWhole(): void {
    const from = this.notBefore();
    if (from === this.#notBefore) return;
    this.#notBefore = from;
    void this.#list?.run('keep');
  }

  #startLive(source: LiveSource, store: Store): void {
    if (this.#isClosed) return void source.close();
    const live = new LiveSession(
      source,
      store,
      {
        stateOf: () => this.#state,
        now: this.#services.now,
        dispatch: (action) => this.dispatch(action),
        onAppended: () => this.#list?.refreshSoon(),
        onScopeChanged: () => {
          this.dispatch({ kind: 'totalChanged', total: live.total });
          void this.#list?.run('keep');
        },
        askMfaCode: (serial, profile) => this.chooser.askMfaCode(serial, profile),
      },
      attributeIn,
    );
    this.#live = live;
    live.start();
  }

  #settle(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    this.#completer?.serve();
    this.#fetcher?.fetchWanted();
    this.#list?.serve();
    this.marks.serve();
    this.downloads.serve();
    this.#facets?.serve();
    this.#histogram?.serve();
    this.#tables?.serve();
    this.#firsts?.serve();
    this.#live?.serve();
    this.#onSettled();
    if (isSameView(this.#drawn, this.#state)) return;
    this.#drawn = this.#state;
    this.#services.onChange(this.#state);
  }
}

function isLive(source: Source | LiveSource): source is LiveSource {
  return 'kind' in source && source.kind === 'live';
}

/** Whether two states look the same. A frame that changes nothing still costs its time, and Ink then holds the next one
 *  back: the key that runs ahead of its rows would be seen a frame later than they arrive. */
function isSameView(a: AppState, b: AppState): boolean {
  if (a.results.shown !== b.results.shown) return false;
  return (Object.keys(b) as (keyof AppState)[]).every((name) => name === 'results' || a[name] === b[name]);
}

function valuesOf(store: Store, field: 'region' | 'account'): readonly string[] {
  return store
    .distinct(field)
    .filter(({ value, count }) => value !== '' && count > 0)
    .map(({ value }) => value);
}
