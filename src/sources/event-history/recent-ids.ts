/** Ids of the newest events, which are read again and again while AWS may still add to their minutes. Holds those of
 *  about a quarter of an hour, however long trailx runs: older ones are forgotten. */
export class RecentIds {
  readonly #times = new Map<string, number>();

  get size(): number {
    return this.#times.size;
  }

  has(id: string): boolean {
    return this.#times.has(id);
  }

  add(id: string, time: number): void {
    this.#times.set(id, time);
  }

  delete(id: string): void {
    this.#times.delete(id);
  }

  forgetBefore(time: number): void {
    for (const [id, at] of this.#times) if (at < time) this.#times.delete(id);
  }
}
