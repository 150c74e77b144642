/** Token buckets by key. Time is real: a quota is about the wire, not about the events' clock. */
export class Quotas {
  #perSecond: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  set perSecond(perSecond: number) {
    this.#perSecond = perSecond;
    this.#buckets.clear();
  }

  /** Two may come at once, as with AWS; a tenth of a second's worth where tests raise the rate. */
  get #capacity(): number {
    return Math.max(2, this.#perSecond / 10);
  }

  /** False: used up, and nothing is taken. `count` more than one: others of the account at work. */
  take(key: string, count = 1): boolean {
    const now = performance.now();
    const bucket = this.#buckets.get(key) ?? { tokens: this.#capacity, at: now };
    const tokens = Math.min(this.#capacity, bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond);
    const isEnough = tokens >= count;
    this.#buckets.set(key, { tokens: isEnough ? tokens - count : tokens, at: now });
    return isEnough;
  }
}
