/**
 * Which events are there already. One event = the same eventID, recipientAccountId, eventTime and eventName; readers
 * send a 64-bit hash of the four (0,0 for events without eventID, which are all kept). Open addressing in typed arrays:
 * 16 bytes an event instead of a Set's 80. By the birthday bound two of 10 million events share a hash with a
 * probability of 3 in a million.
 */
export class SeenEvents {
  #high = new Uint32Array(1 << 14);
  #low = new Uint32Array(1 << 14);
  #count = 0;

  /** Remembers an event. @returns false when it was there before. */
  add(high: number, low: number): boolean {
    if (high === 0 && low === 0) return true;
    if (this.#count * 2 >= this.#high.length) this.#grow();
    const mask = this.#high.length - 1;
    for (let slot = (high ^ (low >>> 7)) & mask; ; slot = (slot + 1) & mask) {
      const h = this.#high[slot] as number;
      const l = this.#low[slot] as number;
      if (h === high && l === low) return false;
      if (h === 0 && l === 0) {
        this.#high[slot] = high;
        this.#low[slot] = low;
        this.#count++;
        return true;
      }
    }
  }

  #grow(): void {
    const high = this.#high;
    const low = this.#low;
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(high.length * 2);
    this.#count = 0;
    for (let slot = 0; slot < high.length; slot++) this.add(high[slot] as number, low[slot] as number);
    // Empty slots are 0,0, which add() takes for events without eventID and does not count.
  }
}
