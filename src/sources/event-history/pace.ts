/** How long back the pace looks. */
const WINDOW_MS = 10_000;
/** Samples closer together than this are taken as one, so that a fast source stays small. */
const GRAIN_MS = 100;
/** Before so much time has gone by, a rate would be a guess. */
const LEAST_MS = 500;

type Sample = { readonly at: number; events: number; covered: number };

/** Events a second and how fast history is covered, over the last ten seconds. Times in ms. */
export class Pace {
  #samples: Sample[] = [];
  #since: number | null = null;

  /** Loading begins (again): what was before is another pace. */
  begin(now: number): void {
    this.#samples = [];
    this.#since = now;
  }

  /** So many new events came, and so many ms of history are complete now. */
  note(now: number, events: number, covered: number): void {
    this.#since ??= now;
    const last = this.#samples.at(-1);
    if (last !== undefined && now - last.at < GRAIN_MS) {
      last.events += events;
      last.covered += covered;
      return;
    }
    this.#samples.push({ at: now, events, covered });
    this.#forget(now);
  }

  /** Null: too early to tell, or nothing under way. */
  eventsPerSecond(now: number): number | null {
    const elapsed = this.#elapsed(now);
    if (elapsed === null) return null;
    return (this.#sum(({ events }) => events) / elapsed) * 1000;
  }

  /** Until so many ms of history are covered at this pace; null: no telling. */
  remainingMs(now: number, missing: number): number | null {
    if (missing <= 0) return 0;
    const elapsed = this.#elapsed(now);
    const covered = this.#sum((sample) => sample.covered);
    if (elapsed === null || covered <= 0) return null;
    return (missing / covered) * elapsed;
  }

  #elapsed(now: number): number | null {
    if (this.#since === null) return null;
    this.#forget(now);
    const elapsed = Math.min(WINDOW_MS, now - this.#since);
    return elapsed < LEAST_MS ? null : elapsed;
  }

  #sum(of: (sample: Sample) => number): number {
    return this.#samples.reduce((sum, sample) => sum + of(sample), 0);
  }

  #forget(now: number): void {
    while (this.#samples.length > 0 && now - (this.#samples[0] as Sample).at > WINDOW_MS) this.#samples.shift();
  }
}
