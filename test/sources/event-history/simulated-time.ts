import type { LimiterClock } from '../../../src/sources/event-history/limiter.ts';

type Timer = { readonly id: number; readonly at: number; readonly run: () => void };

/** Time that passes only when told to; everything due runs in order, promises in between. */
export class SimulatedTime implements LimiterClock {
  #now = 0;
  #nextId = 0;
  #timers: readonly Timer[] = [];
  /** How late a timer comes, ms. */
  readonly #lateness: () => number;

  constructor(lateness: () => number = () => 0) {
    this.#lateness = lateness;
  }

  now(): number {
    return this.#now;
  }

  get timers(): number {
    return this.#timers.length;
  }

  setTimer(run: () => void, delayMs: number): () => void {
    const id = this.#nextId++;
    this.#timers = [...this.#timers, { id, at: this.#now + delayMs + this.#lateness(), run }];
    return () => {
      this.#timers = this.#timers.filter((timer) => timer.id !== id);
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.setTimer(resolve, delayMs));
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settle();
      const next = earliest(this.#timers);
      if (next === undefined || next.at > end) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}

function earliest(timers: readonly Timer[]): Timer | undefined {
  return timers.toSorted((a, b) => a.at - b.at || a.id - b.id)[0];
}
