// How often the same thing is asked for again while events keep coming: the rarer the longer it takes, so that it never
// has a processor or the database to itself.

export class Pace {
  readonly #leastMs: number;
  readonly #times: number;
  #startedAt = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #timer: NodeJS.Timeout | null = null;

  /** From one beginning to the next: at least `leastMs`, and `times` as long as the last one took. */
  constructor(leastMs: number, times: number) {
    this.#leastMs = leastMs;
    this.#times = times;
  }

  /** Something is due later. */
  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  begin(): void {
    this.#startedAt = performance.now();
  }

  end(): void {
    this.#tookMs = performance.now() - this.#startedAt;
  }

  /** Now, in place of what waits. */
  now(run: () => void): void {
    this.stop();
    run();
  }

  /** When it is due again, and `leastMs` from now at the soonest; now, if that is past. In place of what waits. */
  whenDue(run: () => void, leastMs: number = 0): void {
    this.stop();
    const dueAt = this.#startedAt + Math.max(this.#leastMs, this.#times * this.#tookMs);
    const dueInMs = Math.max(leastMs, dueAt - performance.now());
    if (dueInMs <= 0) run();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        run();
      }, dueInMs);
    }
  }

  /** What waits is not wanted any more. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
