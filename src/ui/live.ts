// An account's event history behind the explorer: events go into the store, the status into the state, and what the
// state asks for (a range, a condition the server can compare, older events) goes to the source. Like the Fetcher it is
// given every new state and reads off it what is wanted; it asks for nothing twice.

import type { LookupAttribute } from '../cloudtrail/lookup-attribute.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Query } from '../query/query.ts';
import type { HistoryRange, LaneStatus, LiveSource, LiveStatus } from '../sources/live-source.ts';
import type { Action } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import { failuresIn, hasSameOrigins, isDone, isLoading, originsIn } from '../state/live.ts';
import type { Shown } from '../state/results.ts';
import type { Store } from '../store/store.ts';
import { messageOf } from './fetcher.ts';
import { foundText, isAsked, type LookUp, lookingText, notFoundText, tooOldText } from './look-up.ts';
import { type NamedRange, namedRange } from './named-range.ts';

/** What is loaded of the time where nobody has chosen any. */
const RECENT_MS = 86_400_000;
/** What AWS keeps. */
const KEPT_MS = 90 * RECENT_MS;
/** A text that is still being typed is not sent to the server before it has stood for so long. */
const ATTRIBUTE_REST_MS = 1000;
/** How long something that is said by itself stands in the status line, which has better to tell. */
const NOTICE_MS = 6000;

/** Whose state is served. */
export type LiveClient = {
  readonly stateOf: () => AppState;
  readonly now: () => number;
  dispatch(action: Action): void;
  /** The store holds more than before. */
  onAppended(): void;
  /** Other accounts and Regions: the list is of events that are not those any more. */
  onScopeChanged(): void;
  /** The code of an MFA device; null: refused. */
  askMfaCode(serial: string, profile: string): Promise<string | null>;
};

/** What is looked up, and whether it is there by now. */
type LookedUp = { readonly asked: LookUp; readonly find: () => Promise<TrailEvent | null> };

/** The condition that the server can compare, if the search holds one. */
export type AttributeOf = (state: AppState) => LookupAttribute | null;

export class LiveSession {
  readonly source: LiveSource;
  readonly #store: Store;
  readonly #client: LiveClient;
  readonly #attributeOf: AttributeOf;
  #origins: ReadonlySet<number> = new Set();
  #status: LiveStatus | null = null;
  #range: HistoryRange | null = null;
  /** What the search names, while that is what the source loads. */
  #named: NamedRange | null = null;
  /** From when on events are loaded by themselves, ms; null: not known yet. */
  #recentFrom: number | null = null;
  /** All 90 days have been asked for: hours of loading, before which goes what the search names. */
  #isAll = false;
  #query: Query | null = null;
  #shown: Shown | null = null;
  #attribute: LookupAttribute | null = null;
  #attributeTimer: NodeJS.Timeout | null = null;
  #noticeTimer: NodeJS.Timeout | null = null;
  readonly #noticed = new Set<string>();
  readonly #notices: string[] = [];
  /** What stands in the status line by itself. */
  #said: string | null = null;
  #isClosed = false;
  /** A call that a page asks for: until it is there or all have answered, the source loads that and nothing else. */
  #lookUp: LookedUp | null = null;
  #isLookedFor = false;
  /** Events have come since it was last looked for. */
  #hasNew = false;

  constructor(source: LiveSource, store: Store, client: LiveClient, attributeOf: AttributeOf) {
    this.source = source;
    this.#store = store;
    this.#client = client;
    this.#attributeOf = attributeOf;
  }

  /** What a search is confined to. */
  get origins(): ReadonlySet<number> {
    return this.#origins;
  }

  /** Events of the chosen accounts and Regions, whatever the search. */
  get total(): number {
    return this.#store.countOf(this.#origins);
  }

  /** Whether the source loads the time that the search names. */
  get isNamed(): boolean {
    return this.#named !== null;
  }

  start(): void {
    this.#takeRange();
    this.source.start(
      async (batch) => {
        try {
          const appended = await this.#store.append(batch);
          // Also for copies alone: they may make events of another account or Region this one's as well.
          this.#client.onAppended();
          this.#hasNew = true;
          return appended;
        } catch (error) {
          // A full disk: the source can only stop, and the person has to know why.
          if (!this.#isClosed) this.#client.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
          throw error;
        }
      },
      {
        onStatus: (status) => this.#accept(status),
        askMfaCode: (serial, profile) => this.#client.askMfaCode(serial, profile),
      },
    );
    this.#accept(this.source.status());
    this.serve();
  }

  /** Settles when nothing is under way any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#attributeTimer !== null) clearTimeout(this.#attributeTimer);
    if (this.#noticeTimer !== null) clearTimeout(this.#noticeTimer);
    await this.source.close();
  }

  /** Tells the source what the state wants and has not been told. */
  serve(): void {
    if (this.#isClosed) return;
    const { range, results, search } = this.#client.stateOf();
    if (range !== this.#range) {
      this.#leaveLookUp();
      this.#range = range;
      this.#isAll = false;
      this.#setRange(range, null);
      // Of a range that the person has chosen nothing else is listed; without one the search may name another.
      if (range.kind === 'recent') this.#query = null;
    }
    const isNew = search.query !== this.#query;
    this.#query = search.query;
    if (isNew) this.#leaveLookUp();
    // The list stands on more than before: what is looked up goes on.
    if (this.#lookUp !== null) return;
    // How a value is spelt may be known only from what has been found.
    const isOtherList = results.shown !== this.#shown;
    this.#shown = results.shown;
    const isUnknown = isOtherList && this.#attribute === null && search.query.kind !== 'all';
    if (!search.isOpen && (isNew || isUnknown || this.#attributeTimer !== null)) this.#pushDown();
    else if (isNew) {
      if (this.#attributeTimer !== null) clearTimeout(this.#attributeTimer);
      this.#attributeTimer = setTimeout(() => this.#pushDown(), ATTRIBUTE_REST_MS);
    }
  }

  /** All 90 days, whatever was chosen of them before. */
  loadAll(): void {
    this.#leaveLookUp();
    if (this.#client.stateOf().range.kind === 'span') {
      // Told here and not by `serve`, which would ask for the last 24 hours.
      this.#range = { kind: 'recent' };
      this.#client.dispatch({ kind: 'rangeChosen', range: this.#range });
    }
    this.#isAll = true;
    this.#setRange({ kind: 'recent' }, null);
  }

  /** The person has moved down: where the list is about to end, what is older is fetched. */
  wantOlder(): void {
    const { attribute, results, range } = this.#client.stateOf();
    const { list } = results;
    if (this.#lookUp !== null) return;
    // Of what the server looks for all 90 days are asked for anyway, and others are not in the list.
    if (attribute !== null) return;
    if (range.kind !== 'recent' || this.#status === null || isLoading(this.#status) || this.#status.isPaused) return;
    if (list.top + 2 * list.height >= list.total) this.source.loadOlder();
  }

  /** Asks for a call at a time that need not be in the chosen range, in all chosen Regions, and says what comes of it.
   *  `find`: the call, once it is there. */
  lookUp(asked: LookUp, find: LookedUp['find']): void {
    const [status, { zone }] = [this.source.status(), this.#client.stateOf()];
    const say = (text: string) => this.#client.dispatch({ kind: 'said', text, isWarning: true });
    const isTooOld = asked.span.to < this.#client.now() - KEPT_MS;
    if (isTooOld || status.isPaused) {
      say(isTooOld ? tooOldText(asked, zone) : 'loading is paused: Esc, then p goes on');
      return;
    }
    this.#leaveLookUp();
    const lookUp = { asked, find };
    this.#lookUp = lookUp;
    this.source.setAttribute(asked.attribute);
    this.source.setRange({ kind: 'span', ...asked.span });
    this.#client.dispatch({ kind: 'said', text: lookingText(asked, status, zone) });
    void this.#lookFor(lookUp);
  }

  /** Looks whether it has come, or cannot any more. */
  async #lookFor(lookUp: LookedUp): Promise<void> {
    if (this.#isLookedFor) return;
    this.#isLookedFor = true;
    try {
      while (this.#lookUp === lookUp && !this.#isClosed) {
        const isThrough = isAsked(lookUp.asked, this.source.status());
        if (!isThrough && !this.#hasNew) return;
        this.#hasNew = false;
        const found = await lookUp.find();
        if (this.#lookUp !== lookUp || this.#isClosed) return;
        if (found === null && !isThrough) continue;
        const status = this.source.status();
        this.#leaveLookUp();
        const { zone } = this.#client.stateOf();
        const text = found === null ? notFoundText(lookUp.asked, status) : foundText(found, zone);
        this.#client.dispatch({ kind: 'said', text, isWarning: found === null });
      }
    } catch (error) {
      if (this.#isClosed) return;
      this.#leaveLookUp();
      this.#client.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
    } finally {
      this.#isLookedFor = false;
    }
  }

  /** Back to what was loaded before. */
  #leaveLookUp(): void {
    if (this.#lookUp === null) return;
    this.#lookUp = null;
    this.source.setAttribute(this.#attribute);
    this.#setRange(this.#named ?? this.#client.stateOf().range, this.#named);
  }

  /** The source was made with a range, of the command line: that counts where the person has chosen none yet. */
  #takeRange(): void {
    const made = this.source.status().range;
    const { range } = this.#client.stateOf();
    if (range.kind === 'span') return;
    this.#range = made.kind === 'span' ? made : range;
    if (made.kind === 'span') this.#client.dispatch({ kind: 'rangeChosen', range: made });
  }

  #pushDown(): void {
    if (this.#attributeTimer !== null) clearTimeout(this.#attributeTimer);
    this.#attributeTimer = null;
    if (this.#isClosed) return;
    const attribute = this.#attributeOf(this.#client.stateOf());
    this.#loadNamed(attribute);
    if (attribute?.key === this.#attribute?.key && attribute?.value === this.#attribute?.value) return;
    this.#attribute = attribute;
    this.source.setAttribute(attribute);
    this.#client.dispatch({ kind: 'attributeAsked', attribute });
  }

  /** The time that the search is about. Of one condition the server finds all there is, whenever it was. */
  #loadNamed(attribute: LookupAttribute | null): void {
    const { range, search } = this.#client.stateOf();
    if (range.kind === 'span') return;
    const now = this.#client.now();
    const options = { asked: this.#named, now };
    const named = attribute === null ? namedRange(search.query, this.#recentFrom ?? now - RECENT_MS, options) : null;
    if (named !== this.#named) this.#setRange(named ?? range, named);
  }

  #setRange(range: HistoryRange, named: NamedRange | null): void {
    this.#named = named;
    // The source begins anew with the last day.
    if (range.kind === 'recent') this.#recentFrom = null;
    if (range.kind === 'recent' && this.#isAll) this.source.loadAll();
    else this.source.setRange(range);
  }

  #accept(status: LiveStatus): void {
    if (this.#isClosed || status === this.#status) return;
    const isOtherScope = !hasSameOrigins(this.#status, status);
    this.#status = status;
    if (status.range.kind === 'recent' && this.#named === null && status.lanes.length > 0) {
      const now = this.#client.now();
      const fromIn = (lane: LaneStatus) =>
        this.#isAll && !isDone(lane) ? (lane.reachedDownTo ?? now) : lane.wanted.from;
      this.#recentFrom = Math.max(...status.lanes.map(fromIn));
    }
    if (isOtherScope) this.#origins = originsIn(status);
    this.#client.dispatch({ kind: 'liveChanged', status, now: this.#client.now() });
    if (isOtherScope) this.#client.onScopeChanged();
    if (this.#lookUp !== null) void this.#lookFor(this.#lookUp);
    else this.#notice(status);
  }

  /** Says once what has to be said once, one after the other, and never over a failure. */
  #notice(status: LiveStatus): void {
    const { missingGlobalRegion, notices } = status;
    const wanted = [...notices, ...(missingGlobalRegion === null ? [] : [missingText(missingGlobalRegion)])];
    for (const text of wanted) {
      if (this.#noticed.has(text)) continue;
      this.#noticed.add(text);
      this.#notices.push(text);
    }
    if (failuresIn(status).length > 0) {
      this.#hush();
      return;
    }
    // Whoever still waits for the first events wants to see how far those are.
    const hasBegun = status.lanes.some((lane) => lane.events > 0 || isDone(lane));
    if (!hasBegun || this.#noticeTimer !== null || this.#client.stateOf().message !== null) return;
    const text = this.#notices.shift();
    if (text === undefined) return;
    this.say(text);
  }

  /** Says something that stands for a while, and not over a failure. */
  say(text: string): void {
    if (this.#noticeTimer !== null) clearTimeout(this.#noticeTimer);
    this.#client.dispatch({ kind: 'said', text });
    this.#said = text;
    this.#noticeTimer = setTimeout(() => {
      this.#noticeTimer = null;
      this.#hush();
      if (this.#status !== null) this.#notice(this.#status);
    }, NOTICE_MS);
  }

  /** Takes back what was said by itself, where it still stands. */
  #hush(): void {
    const said = this.#said;
    this.#said = null;
    if (said !== null && this.#client.stateOf().message?.text === said) this.#client.dispatch({ kind: 'hushed' });
  }
}

/** IAM, sign-in and other global services are recorded in one Region only. */
export function missingText(region: string): string {
  return `IAM and sign-in events are in ${region}, which is not chosen: R adds it`;
}
