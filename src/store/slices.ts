/** Well below a frame: a key may find several slices of different work before it. */
const SLICE_MS = 4;

/** Long work on the thread that keys come to, in slices: whoever calls `next` between two steps lets others in where the
 *  time is up, and goes on at once where it is not. */
export class Slices {
  #since = performance.now();

  async next(): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}
