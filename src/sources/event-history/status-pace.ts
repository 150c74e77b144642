const LEAST_MS = 100;
/** Rates and waits move on although nothing happens. */
const HEARTBEAT_MS = 1000;

/** Calls `tell` after changes: at once where the last time is long ago, else a little later, and never not at all. */
export class StatusPace {
  readonly #tell: () => boolean;
  #timer: NodeJS.Timeout | null = null;
  #isHeartbeat = false;
  #last = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  /** `tell` returns whether there is more to come by itself. */
  constructor(tell: () => boolean) {
    this.#tell = tell;
  }

  changed(): void {
    if (this.#isStopped || (this.#timer !== null && !this.#isHeartbeat)) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#arm(Math.max(0, this.#last + LEAST_MS - performance.now()), false);
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #arm(ms: number, isHeartbeat: boolean): void {
    this.#isHeartbeat = isHeartbeat;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#last = performance.now();
      if (this.#tell() && this.#timer === null) this.#arm(HEARTBEAT_MS, true);
    }, ms);
  }
}
