import type { LiveStatus } from '../sources/live-source.ts';

/** The reports of a live source for one reader who takes his time: he gets the newest, never a queue of old ones. */
export class LiveWatch {
  #status: LiveStatus;
  #isFresh = true;
  #failure: { readonly error: unknown } | null = null;
  #wake: (() => void) | null = null;

  constructor(status: LiveStatus) {
    this.#status = status;
  }

  /** The newest report. */
  get status(): LiveStatus {
    return this.#status;
  }

  see(status: LiveStatus): void {
    this.#status = status;
    this.#isFresh = true;
    this.#wake?.();
  }

  /** Whoever waits, now or later, is told of this. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake?.();
  }

  /** The newest report, as soon as there is one that was not given out yet. Rejects with what `fail` was told. */
  async next(): Promise<LiveStatus> {
    while (!this.#isFresh && this.#failure === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = null;
    if (this.#failure !== null) throw this.#failure.error;
    this.#isFresh = false;
    return this.#status;
  }
}
