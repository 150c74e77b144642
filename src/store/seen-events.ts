/**
 * Which events are there already. One event = the same eventID, recipientAccountId, eventTime and eventName; readers
 * send a 64-bit hash of the four (0,0 for events without eventID, which are all kept). Open addressing in typed arrays:
 * 24 bytes an event instead of a Set's 80. By the birthday bound two of 10 million events share a hash with a
 * probability of 3 in a million.
 */
export class SeenEvents {
  #high = new Uint32Array(1 << 14);
  #low = new Uint32Array(1 << 14);
  #rows = new Int32Array(1 << 14);
  #count = 0;

  /** Remembers an event as `row`. @returns the row of an earlier copy, or -1 when there is none. */
  add(high: number, low: number, row: number): number {
    if (high === 0 && low === 0) return -1;
    if (this.#count * 2 >= this.#high.length) this.#grow();
    const mask = this.#high.length - 1;
    for (let slot = (high ^ (low >>> 7)) & mask; ; slot = (slot + 1) & mask) {
      const h = this.#high[slot] as number;
      const l = this.#low[slot] as number;
      if (h === high && l === low) return this.#rows[slot] as number;
      if (h === 0 && l === 0) {
        this.#high[slot] = high;
        this.#low[slot] = low;
        this.#rows[slot] = row;
        this.#count++;
        return -1;
      }
    }
  }

  #grow(): void {
    const [high, low, rows] = [this.#high, this.#low, this.#rows];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(high.length * 2);
    this.#rows = new Int32Array(high.length * 2);
    this.#count = 0;
    // Empty slots are 0,0, which add() takes for events without eventID and does not count.
    for (let slot = 0; slot < high.length; slot++) {
      this.add(high[slot] as number, low[slot] as number, rows[slot] as number);
    }
  }
}
