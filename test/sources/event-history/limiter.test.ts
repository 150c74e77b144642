import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLimiter, type Limiter, limiterFor, quotaKey } from '../../../src/sources/event-history/limiter.ts';
import { SimulatedTime } from './simulated-time.ts';

/** Numbers that look random and are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function start(limiter: Limiter, time: SimulatedTime, starts: number[], count: number): void {
  for (let k = 0; k < count; k++) void limiter.acquire().then(() => starts.push(time.now()));
}

/** Most starts in any second, its beginning included and its end too. */
function mostInASecond(starts: readonly number[]): number {
  return Math.max(...starts.map((from) => starts.filter((at) => at >= from && at <= from + 1000).length));
}

describe('pace', () => {
  test('98 % of the quota is used and no second holds more than two starts', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time);
    const starts: number[] = [];
    start(limiter, time, starts, 300);
    await time.advance(100_000);
    expect(starts.length).toBeGreaterThanOrEqual(196);
    expect(starts.length).toBeLessThanOrEqual(200);
    expect(mostInASecond(starts)).toBe(2);
  });

  test('timers that come late cost nothing', async () => {
    const random = chance(7);
    const time = new SimulatedTime(() => random() * 6);
    const limiter = createLimiter(2, time);
    const starts: number[] = [];
    start(limiter, time, starts, 300);
    await time.advance(100_000);
    expect(starts.length).toBeGreaterThanOrEqual(196);
    expect(mostInASecond(starts)).toBe(2);
  });

  test('callers that come one after the other, whenever, never exceed it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 2, maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 8 }),
        async (waits, lateness) => {
          let turn = 0;
          const time = new SimulatedTime(() => lateness[turn++ % lateness.length] as number);
          const limiter = createLimiter(2, time);
          const starts: number[] = [];
          for (const wait of waits) {
            start(limiter, time, starts, 1);
            await time.advance(wait);
          }
          await time.advance(60_000);
          expect(starts).toHaveLength(waits.length);
          expect(mostInASecond(starts)).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('an idle hour saves nothing up', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time);
    const starts: number[] = [];
    start(limiter, time, starts, 1);
    await time.advance(3_600_000);
    start(limiter, time, starts, 6);
    await time.advance(900);
    expect(starts).toHaveLength(3);
    await time.advance(10_000);
    expect((starts[2] as number) - (starts[1] as number)).toBeGreaterThanOrEqual(500);
  });

  test('an answer that comes a little after the next start was due keeps the rate', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time);
    let pages = 0;
    const read = async (): Promise<void> => {
      for (;;) {
        await limiter.acquire();
        await time.sleep(pages % 2 === 0 ? 560 : 100);
        pages++;
      }
    };
    void read();
    await time.advance(50_000);
    expect(pages).toBeGreaterThanOrEqual(97);
  });
});

describe('turns', () => {
  test('the newest data goes first, equals in order', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time);
    const served: string[] = [];
    for (const [name, priority] of [
      ['a', 1],
      ['b', 1],
      ['c', 5],
      ['d', 3],
      ['e', 5],
    ] as const) {
      void limiter.acquire({ priority }).then(() => served.push(name));
    }
    await time.advance(10_000);
    expect(served).toEqual(['a', 'c', 'e', 'd', 'b']);
  });

  test('a turn given up is no start, and leaves no timer behind', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time);
    const stop = new AbortController();
    const starts: number[] = [];
    start(limiter, time, starts, 1);
    const given = limiter.acquire({ signal: stop.signal });
    const refused = expect(given).rejects.toThrow('enough');
    await time.advance(100);
    expect(limiter.state.waiting).toBe(1);
    stop.abort(new Error('enough'));
    await refused;
    expect(time.timers).toBe(0);
    await expect(limiter.acquire({ signal: stop.signal })).rejects.toThrow('enough');
    start(limiter, time, starts, 1);
    await time.advance(1000);
    expect(starts).toHaveLength(2);
  });

  test('one limiter for a quota, another for the next', () => {
    const lane = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
    expect(limiterFor(quotaKey(lane))).toBe(limiterFor('aws/111122223333/eu-west-1'));
    expect(limiterFor(quotaKey(lane))).not.toBe(limiterFor(quotaKey({ ...lane, region: 'us-east-1' })));
  });
});

describe('backing off', () => {
  test('a collision now and then hardly slows down', async () => {
    const random = chance(5);
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time, random);
    let answers = 0;
    const read = async (): Promise<void> => {
      for (;;) {
        await limiter.acquire();
        await time.sleep(50);
        if (++answers % 40 === 0) limiter.onThrottled(null);
        else limiter.onSuccess();
        expect(limiter.state.isThrottled).toBe(false);
      }
    };
    void read();
    await time.advance(200_000);
    expect(answers).toBeGreaterThan(340);
  });

  test('one after the other halves the pace, down to one in eight seconds, and good answers bring it back', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time, () => 1);
    const rates: number[] = [];
    for (let k = 0; k < 8; k++) {
      limiter.onThrottled(null);
      await time.advance(limiter.state.pauseMs + 1);
      rates.push(Math.round(limiter.state.requestsPerSecond * 1000) / 1000);
    }
    expect(rates.slice(0, 4)).toEqual([2, 1, 0.5, 0.25]);
    expect(rates.at(-1)).toBe(0.126);
    expect(limiter.state.isThrottled).toBe(true);
    for (let k = 0; k < 10; k++) limiter.onSuccess();
    expect(limiter.state).toMatchObject({ isThrottled: false, requestsPerSecond: 2 });
  });

  test('the pause is as long as AWS asks, and what was under way before it says nothing new', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time, () => 0);
    const starts: number[] = [];
    start(limiter, time, starts, 1);
    await time.advance(1);
    limiter.onThrottled(3000);
    expect(limiter.state).toMatchObject({ isThrottled: true, pauseMs: 3000 });
    limiter.onThrottled(null);
    limiter.onThrottled(null);
    start(limiter, time, starts, 1);
    await time.advance(2999);
    expect(starts).toHaveLength(1);
    await time.advance(1);
    expect(starts).toHaveLength(2);
    expect(limiter.state.requestsPerSecond).toBe(2);
  });

  test('waiting callers see a pause and a recovery at once', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time, () => 1);
    limiter.onThrottled(null);
    for (let k = 0; k < 5; k++) {
      limiter.onThrottled(null);
      await time.advance(limiter.state.pauseMs + 1);
    }
    const starts: number[] = [];
    start(limiter, time, starts, 2);
    await time.advance(10);
    expect(starts).toHaveLength(1);
    for (let k = 0; k < 19; k++) limiter.onSuccess();
    await time.advance(1010);
    expect(starts).toHaveLength(2);
  });
});

/** AWS's side: a bucket that fills at `rate` and holds `burst`. */
class Quota {
  #tokens: number;
  #at = 0;
  granted = 0;
  refused = 0;
  readonly #rate: number;
  readonly #burst: number;

  constructor(rate: number, burst: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
  }

  take(now: number): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    const isGranted = this.#tokens >= 1;
    if (isGranted) {
      this.#tokens--;
      this.granted++;
    } else this.refused++;
    return isGranted;
  }
}

describe('two on one quota', () => {
  test.for([1, 2])('both complete, neither starves, and the quota is used (bucket of %i)', async (burst) => {
    for (let seed = 1; seed <= 12; seed++) {
      const time = new SimulatedTime();
      const quota = new Quota(2, burst);
      const pages = [0, 0];
      const done: number[] = [];
      let othersAtFirst = Number.NaN;
      const client = async (index: 0 | 1, random: () => number): Promise<void> => {
        const limiter = createLimiter(2, time, random);
        while ((pages[index] as number) < 200) {
          await limiter.acquire();
          await time.sleep(20 + random() * 60);
          if (quota.take(time.now())) {
            pages[index] = (pages[index] as number) + 1;
            limiter.onSuccess();
          } else limiter.onThrottled(null);
        }
        if (done.push(time.now()) === 1) othersAtFirst = pages[1 - index] as number;
      };
      void client(0, chance(seed));
      void client(1, chance(seed * 7919));
      await time.advance(900_000);
      expect(done).toHaveLength(2);
      expect(othersAtFirst).toBeGreaterThan(20);
      // 400 pages take 200 s at best; a bucket that holds one only is hard to meet.
      expect(done[1]).toBeLessThan(burst === 1 ? 540_000 : 250_000);
      expect(quota.refused).toBeLessThan(quota.granted);
    }
  });

  test('a minute of nothing but refusals is few requests, and is over soon after', async () => {
    const time = new SimulatedTime();
    const limiter = createLimiter(2, time, chance(3));
    let [refused, good] = [0, 0];
    const read = async (): Promise<void> => {
      for (;;) {
        await limiter.acquire();
        if (time.now() < 60_000) {
          refused++;
          limiter.onThrottled(null);
        } else {
          good++;
          limiter.onSuccess();
        }
      }
    };
    void read();
    await time.advance(60_000);
    expect(refused).toBeLessThan(15);
    await time.advance(60_000);
    expect(good).toBeGreaterThan(40);
    expect(limiter.state.isThrottled).toBe(false);
  });
});
