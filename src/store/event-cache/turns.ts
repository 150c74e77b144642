/**
 * Work of many lanes, one piece after the other, with other work in between. Node hands over whatever its threads have
 * finished in one go: the batches of 17 Regions, unpacked side by side, would be taken in without a key getting through.
 * And the first lane is done early instead of all of them late.
 */
export class Turns {
  readonly #waiting: (() => Promise<void>)[] = [];
  #isServing = false;

  /** Settles as `work` does, which must not ask for a turn itself. `next`: before all that wait. */
  take<T>(work: () => Promise<T>, place: 'next' | 'last' = 'last'): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const turn = (): Promise<void> => work().then(resolve, reject);
      if (place === 'next') this.#waiting.unshift(turn);
      else this.#waiting.push(turn);
      void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    for (;;) {
      // Whoever had the last turn may want the next one.
      await new Promise((resolve) => setImmediate(resolve));
      const turn = this.#waiting.shift();
      if (turn === undefined) break;
      await turn();
    }
    this.#isServing = false;
  }
}
