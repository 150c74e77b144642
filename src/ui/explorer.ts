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
import { selectedRow } from '../state/results.ts';
import type { Store } from '../store/store.ts';
import { Chooser, type OtherChoice } from './chooser.ts';
import { Downloader } from './downloader.ts';
import { FindNext } from './find-next.ts';
import type { Placement } from './list-search.ts';
import type { LiveSession } from './live.ts';
import { type KeptMarks, MarksKeeper } from './marks-keeper.ts';
import { showNoise } from './noise.ts';
import { Queries } from './queries.ts';
import { SourceReader } from './source-reader.ts';
import { StoreParts } from './store-parts.ts';
import type { TablePages } from './table-pages.ts';
import { type Started, type ViewCommand, viewCommand } from './view-command.ts';
import { Yank } from './yank.ts';

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
  /** Of the preset that the query is from: what is opened over the list. */
  readonly initialPage?: PresetPage;
  /** For the command that prints the list; null: not known. */
  readonly started?: Started | null;
  /** Where marks and notes outlive the run; nowhere by default. */
  readonly marks?: KeptMarks | null;
  /** Identity Center userId → name; none by default. */
  readonly identityCenterUsers?: Readonly<Record<string, string>>;
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
  /** Null until the store is open. */
  #parts: StoreParts | null = null;
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
  readonly #sources: SourceReader;
  readonly #services: ExplorerServices;
  /** Pages that are about to open. */
  #opening = 0;
  #onSettled: () => void = () => {};
  #batchDepth = 0;
  #isChanged = false;
  #isClosed = false;

  constructor(options: AppOptions, services: ExplorerServices) {
    this.#state = openApp(options);
    this.#drawn = this.#state;
    this.#services = services;
    this.queries = new Queries(this);
    this.marks = new MarksKeeper(this, services.marks ?? null, services.now);
    this.finder = new FindNext(this, () => this.store);
    this.yank = new Yank(this);
    const command = () => {
      const view = this.viewCommand();
      return view.kind === 'command' ? view.text : null;
    };
    this.downloads = new Downloader(this, { now: services.now, command });
    const { openOther, started = null, now } = services;
    this.#sources = new SourceReader(this, { openOther, started, now });
    this.chooser = new Chooser(this, { now: services.now, hasEnvironment: services.hasEnvironment ?? false });
  }

  get state(): AppState {
    return this.#state;
  }

  /** Null until it is open. */
  get store(): Store | null {
    return this.#parts?.store ?? null;
  }

  /** Pages of rows over the list; null until the store is open. */
  get tables(): TablePages | null {
    return this.#parts?.tables ?? null;
  }

  /** Null while the source is another one, or not open yet. */
  get live(): LiveSession | null {
    return this.#sources.live;
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
      void this.#parts?.list.run({ row: results.isFollowing ? null : selectedRow(results) });
    }
    if (this.#state.live !== before.live || this.#state.attribute !== before.attribute) this.#sources.showWhole();
    if (action.kind === 'listMoved') {
      this.finder.onMoved(action.move);
      this.#parts?.onMoved(action.move);
      if (isDownward(action.move)) this.live?.wantOlder();
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
    if (this.#opening > 0) return false;
    if (awaited === null || this.#parts === null) return true;
    return (awaited === 'rows' || !this.finder.isUnderWay) && this.#parts.isThere(awaited);
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
      store.warm();
      const parts = new StoreParts(store, this, this.#services.identityCenterUsers);
      this.#parts = parts;
      void this.marks.start();
      const { initialQuery } = this.#services;
      if (this.#services.initialPage !== undefined) showNoise(this);
      if (initialQuery !== '') {
        this.dispatch({ kind: 'searchOpened' });
        this.dispatch({ kind: 'searchEdited', edit: { kind: 'insert', text: initialQuery } });
        this.applyText(initialQuery, { row: null });
        this.dispatch({ kind: 'searchKept' });
      } else void parts.list.run({ row: null });
      const { openSource, initialPage } = this.#services;
      if (initialPage?.page !== undefined) void this.opening(parts.tables.open(initialPage.page, initialPage.by));
      if (openSource === null) return;
      await this.#sources.read(await openSource(), store);
    } catch (error) {
      if (!this.#isClosed) this.#services.onFatal(error);
    }
  }

  /** Ends everything under way and closes the store. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#parts?.close();
    this.chooser.close();
    await this.#sources.close();
    await this.downloads.close();
    await this.marks.close();
    await this.#parts?.store.close();
  }

  /** Asks once, and stops when asked again. */
  stopReading(): void {
    this.#sources.stop();
  }

  /** The command that prints the list. */
  viewCommand(): ViewCommand {
    const names = () => this.#parts?.store.distinct('name').map(({ value }) => value) ?? [];
    return viewCommand(this.#state, this.#sources.started, { now: this.#services.now(), names });
  }

  /** Searches for what the line holds; a mistake only marks it. */
  applyText(text: string, placement: Placement): void {
    const parsed = parseQuery(text, { now: this.#services.now(), zone: this.#state.zone });
    this.dispatch({ kind: 'searchParsed', text, parsed });
    if (parsed.error === null) void this.#parts?.list.run(placement);
  }

  /** The text in the line has been edited: the newest match is what one wants to see. */
  applyInput(): void {
    const { applied, error, input } = this.#state.search;
    // The space that the line opens with is no edit.
    const isSame = input.text === applied || input.text === `${applied} `;
    if (!isSame || error !== null) this.applyText(input.text, { row: null });
  }

  /** Another search than the one that is shown; the event `row` is selected where the new one holds it: the one that is
   *  selected now, by default. */
  replaceSearch(text: string, row?: number): void {
    const { results } = this.#state;
    this.applyText(text, { row: row ?? (results.isFollowing ? null : selectedRow(results)) });
    if (this.#state.search.error === null) this.dispatch({ kind: 'searchReplaced' });
  }

  /** Back to the search before the line was opened, and to the event that was selected then. */
  cancelSearch(): void {
    const { applied, before } = this.#state.search;
    this.dispatch({ kind: 'searchCancelled' });
    if (applied !== before.text) this.applyText(before.text, { row: before.row });
  }

  /** For Chooser. */
  readOther(choice: OtherChoice): Promise<void> {
    return this.#sources.readOther(choice);
  }

  /** For ListSearch. */
  origins(): ReadonlySet<number> | undefined {
    return this.#sources.origins;
  }

  /** For ListSearch. */
  notBefore(): number | null {
    return this.#sources.notBefore;
  }

  /** Where an event is in the list, or the folded run that holds it; null where neither is there. */
  placeOf(row: number): number | null {
    const [store, { result }] = [this.store, this.#state.results];
    if (store === null || result === null) return null;
    const { rows } = result.folded?.whole ?? result;
    return rows[store.positionOf(result.folded?.whole ?? result, row)] === row ? store.positionOf(result, row) : null;
  }

  /** For ListSearch. An event history is headed by the accounts and Regions that were chosen. */
  onRefreshed(store: Store, total: number): void {
    this.dispatch({ kind: 'totalChanged', total, loaded: store.total });
    this.marks.place();
    if (this.live !== null) return;
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
    this.#parts?.onAnswered(placement);
  }

  /** For SourceReader. */
  onAppended(): void {
    this.#parts?.list.refreshSoon();
  }

  /** For SourceReader. */
  onScopeChanged(): void {
    void this.#parts?.list.run('keep');
  }

  #settle(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    this.#parts?.serve();
    this.marks.serve();
    this.downloads.serve();
    this.live?.serve();
    this.#onSettled();
    if (isSameView(this.#drawn, this.#state)) return;
    this.#drawn = this.#state;
    this.#services.onChange(this.#state);
  }
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
