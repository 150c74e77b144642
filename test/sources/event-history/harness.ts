// An event history against the simulator, through the real SDK over real HTTP, with a sink that counts.

import type { LookupAttribute } from '../../../src/cloudtrail/lookup-attribute.ts';
import { createEventHistory, type EventHistoryOptions } from '../../../src/sources/event-history/event-history.ts';
import type { LaneStatus, LiveSource, LiveStatus } from '../../../src/sources/live-source.ts';
import type { Batch } from '../../../src/store/batch.ts';
import {
  type CloudTrailServer,
  type ServerOptions,
  startCloudTrailServer,
} from '../../helpers/cloudtrail-server/server.ts';

export const RATE = 50;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const KEY = 'AKIAIOSFODNN7EXAMPLE';

let lastAccount = 100_000_000_000;

/** What the sink was given: how often each event was handed over, and by which lane first. */
export class Collected {
  readonly times = new Map<string, number>();
  readonly origins = new Map<string, number>();
  batches = 0;
  handed = 0;

  get ids(): string[] {
    return [...this.times.keys()].sort();
  }

  readonly sink = async (batch: Batch): Promise<{ added: number; duplicates: number }> => {
    const { records, origin = 0, count } = batch;
    if (!(records instanceof Uint8Array)) throw new Error('records are expected in memory');
    this.batches++;
    this.handed += count;
    let added = 0;
    for (const line of Buffer.from(records).toString().split('\n')) {
      if (line === '') continue;
      const { eventID } = JSON.parse(line) as { eventID: string };
      const before = this.times.get(eventID) ?? 0;
      if (before === 0) {
        added++;
        this.origins.set(eventID, origin);
      }
      this.times.set(eventID, before + 1);
    }
    return { added, duplicates: count - added };
  };
}

export type Bench = {
  readonly server: CloudTrailServer;
  /** Twelve digits; of the only account. */
  readonly account: string;
  readonly env: Record<string, string>;
};

const ended: (() => unknown)[] = [];

/** For afterEach: ends what the test began, the last first. */
export async function endAll(): Promise<void> {
  for (const end of ended.splice(0).reverse()) await end();
}

/** A simulator with one account that no other test has: the limiter of an account and Region is the process's. */
export async function startBench(options: ServerOptions = {}): Promise<Bench> {
  const account = String(++lastAccount + process.pid * 1000);
  const server = await startCloudTrailServer({
    requestsPerSecond: RATE,
    accounts: [{ id: account, accessKeyId: KEY }],
    ...options,
  });
  ended.push(() => server.close());
  return { server, account, env: environment(server.url) };
}

export function environment(url: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    ...(process.env as Record<string, string>),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: KEY,
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_ENDPOINT_URL: url,
    ...more,
  };
}

export type Run = {
  readonly source: LiveSource;
  readonly collected: Collected;
  readonly statuses: LiveStatus[];
  readonly notes: { readonly event: string; readonly data: unknown }[];
  /** Profiles whose MFA code was asked for, and what is answered. */
  readonly asked: string[];
  code: string | null;
  /** The only lane, or that of a Region. */
  lane(region?: string): LaneStatus;
  until(isSo: (status: LiveStatus) => boolean, timeoutMs?: number): Promise<LiveStatus>;
  idle(timeoutMs?: number): Promise<LiveStatus>;
};

export type RunOptions = Partial<EventHistoryOptions> & {
  readonly regions?: readonly string[] | 'all' | null;
  readonly attribute?: LookupAttribute | null;
};

/** Starts an event history; it is closed by `endAll`. */
export function startRun({ env }: Pick<Bench, 'env'>, options: RunOptions = {}): Run {
  const { regions = null, ...rest } = options;
  const collected = new Collected();
  const statuses: LiveStatus[] = [];
  const notes: { event: string; data: unknown }[] = [];
  const source = createEventHistory({
    scope: { profiles: [null], regions, isInsights: false },
    range: { kind: 'recent' },
    attribute: null,
    cache: null,
    requestsPerSecond: RATE,
    env,
    debug: (event, data) => notes.push({ event, data }),
    ...rest,
  });
  ended.push(() => source.close());
  const run: Run = {
    asked: [],
    code: null,
    source,
    collected,
    statuses,
    notes,
    lane: (region) => {
      const found = source.status().lanes.find((lane) => region === undefined || lane.region === region);
      if (found === undefined) throw new Error(`no lane of ${region}`);
      return found;
    },
    until: async (isSo, timeoutMs = 15_000) => {
      const end = performance.now() + timeoutMs;
      for (;;) {
        const status = source.status();
        if (isSo(status)) return status;
        if (performance.now() > end) throw new Error(`not so in ${timeoutMs} ms: ${JSON.stringify(status, null, 1)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    idle: (timeoutMs) => run.until(({ isIdle }) => isIdle, timeoutMs),
  };
  source.start(collected.sink, {
    onStatus: (status) => statuses.push(status),
    askMfaCode: async (_, profile) => {
      run.asked.push(profile);
      return run.code;
    },
  });
  return run;
}

/** Whole seconds, as the times of events are. */
export function wholeSecond(time: number): number {
  return Math.floor(time / 1000) * 1000;
}
