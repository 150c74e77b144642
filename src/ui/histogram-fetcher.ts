// Bars for the histogram while it is open. Another question, range or width is counted at once; more events of the same
// question from time to time. And the cursor follows the list when that is moved.

import { timeTerms } from '../query/edit.ts';
import type { Query } from '../query/query.ts';
import { type Bars, type HistogramStep, planBars, spanIn } from '../state/histogram.ts';
import { selectedEvent } from '../state/results.ts';
import type { Result } from '../store/result.ts';
import type { Store, Timeline } from '../store/store.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import type { Client } from './client.ts';
import { messageOf } from './fetcher.ts';
import { barCells } from './histogram-lines.ts';
import { Pace } from './pace.ts';

type Wanted = {
  readonly result: Result;
  readonly query: Query;
  /** Bars that there is room for. */
  readonly most: number;
  readonly zone: TimeZoneChoice;
};

export class HistogramFetcher {
  readonly #store: Pick<Store, 'timeline'>;
  readonly #client: Client;
  #last: Wanted | null = null;
  #isCounting = false;
  /** Of counts of one question: one cannot be ended. */
  readonly #pace = new Pace(500, 4);
  #followed = -1;

  constructor(store: Pick<Store, 'timeline'>, client: Client) {
    this.#store = store;
    this.#client = client;
  }

  /** Starts what the state now wants. */
  serve(): void {
    const wanted = this.#wanted();
    if (wanted === null) {
      if (this.#client.state.histogram === null) this.close();
      return;
    }
    this.#follow();
    const last = this.#last;
    if (last !== null && isSame(last, wanted) && last.result === wanted.result) return;
    // One at a time: it is linear, takes milliseconds, and cannot be ended.
    if (this.#isCounting) return;
    const isPaced = last !== null && isSame(last, wanted);
    if (isPaced && this.#pace.isWaiting) return;
    const count = () => {
      const newest = this.#wanted();
      if (newest !== null && !this.#client.isClosed) void this.#count(newest);
    };
    if (isPaced) this.#pace.whenDue(count);
    else this.#pace.now(count);
  }

  /** Nothing more is asked for by itself. */
  close(): void {
    this.#pace.stop();
    this.#last = null;
  }

  #wanted(): Wanted | null {
    const { histogram, layout, results, zone } = this.#client.state;
    const { result } = results;
    if (histogram === null || result === null || layout.isTooSmall || layout.band.height === 0) return null;
    return { result, query: result.query, most: barCells(layout.band.width), zone };
  }

  async #count(wanted: Wanted): Promise<void> {
    this.#last = wanted;
    this.#isCounting = true;
    this.#pace.begin();
    try {
      const bars = await this.#barsOf(wanted);
      // Closed meanwhile, or another question is on: its bars are on their way.
      const { state } = this.#client;
      if (this.#last === wanted && state.results.result?.query === wanted.query) {
        this.#step({ kind: 'fill', bars, time: selectedEvent(state.results)?.time ?? null });
      }
    } catch (error) {
      if (!this.#client.isClosed) this.#client.dispatch({ kind: 'said', text: messageOf(error), isWarning: true });
    }
    this.#pace.end();
    this.#isCounting = false;
    if (!this.#client.isClosed) this.serve();
  }

  /** Over the time that the search names, or from the first to the last event; null where none states a time. */
  async #barsOf({ result, query, most, zone }: Wanted): Promise<Bars | null> {
    const named = spanIn(timeTerms(query));
    let { from, to } = named;
    if (from === null || to === null) {
      const whole = await this.#store.timeline(result, 1);
      if (whole === null) return null;
      from ??= whole.from;
      to ??= whole.to;
    }
    const plan = planBars({ from, to: Math.max(from, to) }, most, zone);
    const span = { from: plan.from, to: plan.from + plan.count * plan.bucketMs - 1 };
    const counted: Timeline | null = await this.#store.timeline(result, plan.count, span);
    const none = new Array<number>(plan.count).fill(0);
    return {
      from: plan.from,
      bucketMs: plan.bucketMs,
      counts: counted?.counts ?? none,
      failures: counted?.failures ?? none,
    };
  }

  /** To the bar of the selected event, once the list has come to rest on another one. */
  #follow(): void {
    const { results } = this.#client.state;
    const event = selectedEvent(results);
    if (event === null || results.shown?.list !== results.list || event.row === this.#followed) return;
    const isFirst = this.#followed < 0;
    this.#followed = event.row;
    if (!isFirst && event.time !== null) this.#step({ kind: 'follow', time: event.time });
  }

  #step(step: HistogramStep): void {
    this.#client.dispatch({ kind: 'histogramStepped', step });
  }
}

function isSame(a: Wanted, b: Wanted): boolean {
  return a.query === b.query && a.most === b.most && a.zone === b.zone;
}
