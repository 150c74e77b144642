/** While events arrive, so often. */
const PAUSE_MS = 250;

/** Work that a question would wait for, done before anybody asks: some of it after every few batches. */
export class WarmUp {
  readonly #work: (isOver: () => boolean) => Promise<void>;
  #isOn = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(work: (isOver: () => boolean) => Promise<void>) {
    this.#work = work;
  }

  start(): void {
    this.#isOn = true;
    this.grown();
  }

  /** There is more to do. What goes wrong is left to whoever asks. */
  grown(): void {
    if (!this.#isOn || this.#timer !== null) return;
    const run = (): void => {
      this.#work(() => !this.#isOn)
        .catch(() => {})
        .finally(() => {
          this.#timer = null;
        });
    };
    this.#timer = setTimeout(run, PAUSE_MS).unref();
  }

  stop(): void {
    this.#isOn = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
