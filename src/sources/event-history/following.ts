/** In slots of the quota (500 ms each), so that a test with a faster quota follows faster. */
const POLL_SLOTS = 10;
const REREAD_SLOTS = 120;
/** Reading the newest minutes again takes at most this part of the time. */
const REREAD_SHARE = 1 / 4;

/** When to look for new events (every five seconds) and when to read the newest minutes again, to which AWS
 *  may have added (every minute, less often where that takes long). Times in ms. */
export class Following {
  isOn = false;
  readonly #slotMs: number;
  #nextPoll = 0;
  #nextReread = 0;
  #rereadSince: number | null = null;

  constructor(slotMs: number) {
    this.#slotMs = slotMs;
  }

  begin(now: number): void {
    this.isOn = true;
    this.#nextPoll = now;
    this.#nextReread = now + REREAD_SLOTS * this.#slotMs;
    this.#rereadSince = null;
  }

  end(): void {
    this.isOn = false;
  }

  /** Is it time for a quick look? Then the next one is later. */
  takePoll(now: number): boolean {
    if (!this.isOn || now < this.#nextPoll) return false;
    this.#nextPoll = now + POLL_SLOTS * this.#slotMs;
    return true;
  }

  /** Is it time to read everything young again? `isReading`: it is still under way, by whomever. */
  takeReread(now: number, isReading: boolean): boolean {
    if (!this.isOn || isReading) return false;
    if (this.#rereadSince !== null) {
      const took = now - this.#rereadSince;
      this.#nextReread = now + Math.max(REREAD_SLOTS * this.#slotMs, took / REREAD_SHARE);
      this.#rereadSince = null;
    }
    if (now < this.#nextReread) return false;
    this.#rereadSince = now;
    return true;
  }

  /** Until something is due; null: nothing will be. */
  nextAt(): number | null {
    return this.isOn ? Math.min(this.#nextPoll, Math.max(this.#nextReread, this.#nextPoll)) : null;
  }
}
