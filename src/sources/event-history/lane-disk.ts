import type { Batch } from '../../store/batch.ts';
import type { CachedSpan, CacheLane, EventCache, LaneCache } from '../../store/event-cache/event-cache.ts';

/** A lane's part of the event cache, or of none. Writes one after the other, so that a stretch is never on disk as
 *  complete before its events are. */
export class LaneDisk {
  readonly #cache: EventCache | null;
  readonly #key: CacheLane;
  readonly #closing = new AbortController();
  #lane: LaneCache | null = null;
  #writes: Promise<void> = Promise.resolve();

  constructor(cache: EventCache | null, key: CacheLane) {
    this.#cache = cache;
    this.#key = key;
  }

  /** Hands over what is on disk. @returns the stretches that are known now. */
  async read(origin: number, sink: (batch: Batch) => Promise<void>): Promise<readonly CachedSpan[]> {
    const { signal } = this.#closing;
    if (this.#cache === null || signal.aborted) return [];
    this.#lane = await this.#cache.lane(this.#key);
    for await (const batch of this.#lane.batches(origin, signal)) {
      if (signal.aborted) return [];
      await sink(batch);
    }
    // Only now: what turns out to be damaged is not known any more.
    return [...this.#lane.spans];
  }

  /** Adds events, and then the stretches that are complete with them. */
  write(batches: readonly Batch[], spans: readonly CachedSpan[]): void {
    const lane = this.#lane;
    if (lane === null) return;
    for (const batch of batches.slice(0, -1)) this.#writes = this.#writes.then(() => lane.write(batch, []));
    const last = batches.at(-1) ?? null;
    if (last !== null || spans.length > 0) this.#writes = this.#writes.then(() => lane.write(last, spans));
  }

  /** Ends reading. */
  stop(): void {
    this.#closing.abort(new Error('closed'));
  }

  /** Settles when everything is on disk. */
  async close(): Promise<void> {
    this.stop();
    await this.#writes;
    await this.#lane?.close();
  }
}
