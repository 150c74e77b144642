// What the state lacks, fetched from the store: rows, the record of the open event, the header's timeline. One of each
// at a time; when it has come, the state of then says what is still missing.

import { selectedEvent, type WantedRows, wantedRows } from '../state/results.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { Pace } from './pace.ts';

/** Bars of the header's histogram. */
const HISTOGRAM_CELLS = 24;

export class Fetcher {
  readonly #store: Store;
  readonly #client: Client;
  #isFetchingRows = false;
  #isFetchingRecord = false;
  #isFetchingTimeline = false;
  #lastRows: WantedRows | null = null;
  #unreadableRow = -1;
  #timelineOf: Result | null = null;
  /** Of histograms of one question. */
  readonly #pace = new Pace(1000, 1);

  constructor(store: Store, client: Client) {
    this.#store = store;
    this.#client = client;
  }

  /** The detail is open, and the record of the selected event still comes. */
  get lacksRecord(): boolean {
    const { detail, results } = this.#client.state;
    const event = selectedEvent(results);
    if (!detail.isOpen || event === null) return false;
    return detail.record?.event.row !== event.row && this.#unreadableRow !== event.row;
  }

  /** Starts what the state wants and is not under way. */
  fetchWanted(): void {
    void this.#fetchRows();
    void this.#fetchRecord();
  }

  /** When the list's events happened: at once for another question, from time to time while more answers the same one,
   *  for each costs a frame. */
  wantTimeline(isSameQuestion: boolean): void {
    if (this.#pace.isWaiting && isSameQuestion) return;
    const fetch = () => {
      if (!this.#client.isClosed) void this.#fetchTimeline();
    };
    if (isSameQuestion) this.#pace.whenDue(fetch);
    else this.#pace.now(fetch);
  }

  /** Nothing more is asked for by itself. */
  close(): void {
    this.#pace.stop();
  }

  /** One at a time, the newest result's at the end. */
  async #fetchTimeline(): Promise<void> {
    const { result } = this.#client.state.results;
    if (result === null || this.#isFetchingTimeline || this.#timelineOf === result) return;
    this.#isFetchingTimeline = true;
    this.#timelineOf = result;
    try {
      const timeline = await this.#store.timeline(result, HISTOGRAM_CELLS);
      if (timeline !== null) this.#pace.begin();
      const { from = null, to = null, counts: histogram = [] } = timeline ?? {};
      this.#client.dispatch({ kind: 'overviewArrived', overview: { from, to, histogram } });
    } catch (error) {
      this.#say(error);
    }
    this.#isFetchingTimeline = false;
    if (this.#timelineOf !== this.#client.state.results.result) this.wantTimeline(true);
  }

  async #fetchRows(): Promise<void> {
    const wanted = wantedRows(this.#client.state.results);
    if (wanted === null || this.#isFetchingRows) return;
    // Asked for and still missing: asking again would never end.
    const { result, start, count } = wanted;
    const last = this.#lastRows;
    if (last !== null && last.result === result && last.start === start && last.count === count) return;
    this.#lastRows = wanted;
    this.#isFetchingRows = true;
    try {
      const events = await this.#store.window(result, start, count);
      this.#isFetchingRows = false;
      this.#client.dispatch({ kind: 'eventsArrived', events });
    } catch (error) {
      this.#isFetchingRows = false;
      this.#say(error);
    }
  }

  async #fetchRecord(): Promise<void> {
    const event = selectedEvent(this.#client.state.results);
    if (event === null || this.#isFetchingRecord || !this.lacksRecord) return;
    this.#isFetchingRecord = true;
    try {
      const text = await this.#store.record(event.row);
      this.#isFetchingRecord = false;
      this.#client.dispatch({ kind: 'recordArrived', event, text });
    } catch (error) {
      this.#isFetchingRecord = false;
      this.#unreadableRow = event.row;
      this.#say(error);
    }
  }

  #say(error: unknown): void {
    // What fails because the store is being closed fails as it should.
    if (!this.#client.isClosed) this.#client.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
