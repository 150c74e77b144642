// The quota of LookupEvents is two requests a second for an account in a Region, shared with the console and every
// other tool of the account. Two things are kept apart here:
//
// - The schedule. Starts are laid on a grid a little wider than the quota's (504 ms for 500); a start that comes late
//   does not move the grid, so lateness of some milliseconds costs nothing. On top of it stands a bound that always
//   holds: no second, wherever it begins, has more starts than the quota.
// - The pace. A single throttled answer among good ones is a collision with somebody else and slows nothing down. The
//   next one soon after means that the quota is really shared: the interval doubles (up to 8 s) and a pause of random
//   length follows (full jitter). Each good answer adds a tenth of the full rate again: additive increase,
//   multiplicative decrease, as TCP shares a line. That alone is not fair here: a bucket that fills at a steady pace
//   always serves the one whose requests come right after it has filled, and the other one never. So for a while after
//   a collision the starts are scattered around their places.

/** Part by which the grid is wider than the quota's; room for timers that come late. */
const MARGIN = 0.008;
const WINDOW_MS = 1000;
/** Timers and clocks are good for a millisecond. */
const GUARD_MS = 1;
const MAX_INTERVAL_MS = 8000;
const RECOVERY = 1 / 10;
/** So many good answers between two throttled ones make the second a collision of its own. */
const COLLISION_DISTANCE = 3;
/** So many good answers after a throttled one, starts are scattered; by how much at most, in intervals. */
const SCATTERED_ANSWERS = 20;
const SCATTER = 0.75;
/** How much of a late start is caught up at most, in intervals. */
const CATCH_UP = 0.2;

/** Time as the limiter knows it; a test has its own. */
export type LimiterClock = {
  /** Milliseconds from 0 on that only grow. */
  now(): number;
  /** @returns what stops the timer. */
  setTimer(run: () => void, delayMs: number): () => void;
};

export type LimiterState = {
  /** Slower than the quota allows, or waiting, because AWS said so. */
  readonly isThrottled: boolean;
  /** The pace now. */
  readonly requestsPerSecond: number;
  /** Until requests go out again; 0 where nothing is held back. */
  readonly pauseMs: number;
  /** Callers waiting for their turn. */
  readonly waiting: number;
};

export type AcquireOptions = {
  /** Who is served first: the greater, e.g. the time of the newest event asked for. Equal ones in order. */
  readonly priority?: number;
  /** Gives the turn up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

export type Limiter = {
  readonly state: LimiterState;
  /** Settles when a request may start, which it has to do at once. */
  acquire(options?: AcquireOptions): Promise<void>;
  /** AWS refused a request for its rate; `retryAfterMs` as AWS asked, or null. */
  onThrottled(retryAfterMs: number | null): void;
  /** A request was answered. */
  onSuccess(): void;
};

type Waiter = { readonly priority: number; readonly start: () => void };

const SYSTEM_CLOCK: LimiterClock = {
  now: () => performance.now(),
  // Not unref'ed: it only runs while somebody waits for it.
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

const limiters = new Map<string, Limiter>();

/** What has one quota of its own. */
export function quotaKey(lane: {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}): string {
  return `${lane.partition}/${lane.account}/${lane.region}`;
}

/** The one limiter of this process for a quota (see quotaKey); the rate is that of the first caller. */
export function limiterFor(key: string, requestsPerSecond = 2): Limiter {
  const known = limiters.get(key);
  if (known !== undefined) return known;
  const limiter = createLimiter(requestsPerSecond);
  limiters.set(key, limiter);
  return limiter;
}

/** A limiter of its own; `random` gives 0 … 1. */
export function createLimiter(
  requestsPerSecond: number,
  clock: LimiterClock = SYSTEM_CLOCK,
  random: () => number = Math.random,
): Limiter {
  return new PacedLimiter(requestsPerSecond, clock, random);
}

class PacedLimiter implements Limiter {
  readonly #clock: LimiterClock;
  readonly #random: () => number;
  readonly #fullInterval: number;
  /** Starts that a second may hold. */
  readonly #perWindow: number;
  #interval: number;
  /** The last starts, oldest first, as many as a second may hold. */
  readonly #starts: number[] = [];
  /** Place of the next start on the grid. */
  #due = 0;
  #pausedUntil = 0;
  /** Since the last throttled one. */
  #goodAnswers = Number.POSITIVE_INFINITY;
  /** Next to be served first. */
  readonly #waiters: Waiter[] = [];
  #stopTimer: (() => void) | null = null;

  constructor(requestsPerSecond: number, clock: LimiterClock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
    this.#fullInterval = (WINDOW_MS / requestsPerSecond) * (1 + MARGIN);
    this.#perWindow = Math.max(1, Math.floor(requestsPerSecond));
    this.#interval = this.#fullInterval;
  }

  get state(): LimiterState {
    const pauseMs = Math.max(0, this.#pausedUntil - this.#clock.now());
    return {
      isThrottled: pauseMs > 0 || this.#interval > this.#fullInterval,
      requestsPerSecond: (WINDOW_MS / this.#interval) * (1 + MARGIN),
      pauseMs,
      waiting: this.#waiters.length,
    };
  }

  acquire({ priority = 0, signal }: AcquireOptions = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        const at = this.#waiters.indexOf(waiter);
        if (at >= 0) this.#waiters.splice(at, 1);
        if (this.#waiters.length === 0) this.#disarm();
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        priority,
        start: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#enqueue(waiter);
      this.#serve();
    });
  }

  onThrottled(retryAfterMs: number | null): void {
    const now = this.#clock.now();
    const asked = retryAfterMs === null ? 0 : Math.max(0, retryAfterMs);
    if (now < this.#pausedUntil) {
      // A request from before the pause: it tells nothing new but perhaps a longer wait.
      this.#pauseUntil(now + asked);
      return;
    }
    const isCollision = this.#goodAnswers >= COLLISION_DISTANCE;
    this.#goodAnswers = 0;
    if (!isCollision) this.#interval = Math.max(this.#fullInterval, Math.min(this.#interval * 2, MAX_INTERVAL_MS));
    // Two who were told the same wait do not come back together.
    if (!isCollision || asked > 0) this.#pauseUntil(now + asked + this.#random() * this.#interval);
  }

  onSuccess(): void {
    this.#goodAnswers++;
    if (this.#interval <= this.#fullInterval) return;
    const rate = 1 / this.#interval + RECOVERY / this.#fullInterval;
    const interval = Math.max(this.#fullInterval, 1 / rate);
    // The start that is waited for now was laid out at the slower pace.
    const last = this.#starts.at(-1) ?? this.#due;
    this.#due = last + (this.#due - last) * (interval / this.#interval);
    this.#interval = interval;
    this.#rearm();
  }

  #pauseUntil(at: number): void {
    if (at <= this.#pausedUntil) return;
    this.#pausedUntil = at;
    this.#rearm();
  }

  #enqueue(waiter: Waiter): void {
    let at = this.#waiters.length;
    while (at > 0 && (this.#waiters[at - 1] as Waiter).priority < waiter.priority) at--;
    this.#waiters.splice(at, 0, waiter);
  }

  /** When the next request may start at the earliest. */
  #earliest(): number {
    const oldest = this.#starts.length < this.#perWindow ? undefined : this.#starts[0];
    const bound = oldest === undefined ? Number.NEGATIVE_INFINITY : oldest + WINDOW_MS + GUARD_MS;
    return Math.max(this.#due, this.#pausedUntil, bound);
  }

  #serve(): void {
    while (this.#stopTimer === null && this.#waiters.length > 0) {
      const now = this.#clock.now();
      const earliest = this.#earliest();
      if (now < earliest) this.#arm(earliest - now);
      else this.#start(now);
    }
  }

  #start(now: number): void {
    // A start that came late leaves the grid where it was, within reason; after idle time it begins anew.
    const place = now - this.#due <= this.#interval * CATCH_UP ? this.#due : now;
    const isScattered = this.#goodAnswers < SCATTERED_ANSWERS;
    this.#due = place + this.#interval * (isScattered ? 1 + SCATTER * (this.#random() * 2 - 1) : 1);
    this.#starts.push(now);
    if (this.#starts.length > this.#perWindow) this.#starts.shift();
    this.#waiters.shift()?.start();
  }

  #arm(delayMs: number): void {
    this.#stopTimer = this.#clock.setTimer(() => {
      this.#stopTimer = null;
      this.#serve();
    }, Math.ceil(delayMs));
  }

  #disarm(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }

  #rearm(): void {
    this.#disarm();
    this.#serve();
  }
}
