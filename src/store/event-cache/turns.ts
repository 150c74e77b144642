/**
 * Work of many lanes, one piece after the other in the order of asking, with other work in between. Node hands over
 * whatever its threads have finished in one go: the batches of 17 Regions, unpacked side by side, would be taken in
 * without a key getting through.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => new Promise((resolve) => setImmediate(resolve))).then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
