// An account's event history that does what a test says: no AWS, no clock. It notes what it is asked, and its status
// changes only by `tell` and by what choose, setRange and the like set.

import type { RegionChoice } from '../../src/sources/aws/access.ts';
import { type Fault, FaultError } from '../../src/sources/aws/fault.ts';
import type { Profile } from '../../src/sources/aws/profiles.ts';
import type {
  AppendResult,
  LaneStatus,
  LiveListener,
  LiveSink,
  LiveSource,
  LiveStatus,
} from '../../src/sources/live-source.ts';
import { BatchBuilder } from '../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../src/sources/log-files/record-reader.ts';

export type FakeLiveSource = LiveSource & {
  /** What it was asked, in order: ['choose', {...}], ['refresh'] … */
  readonly calls: (readonly unknown[])[];
  /** Null before start. */
  readonly listener: LiveListener | null;
  /** Changes the status and tells the listener. */
  tell(changes: Partial<LiveStatus>): void;
  /** Hands records over as one page of a lane. */
  give(records: readonly object[], origin?: number): Promise<AppendResult>;
};

export type FakeLiveOptions = {
  readonly status?: Partial<LiveStatus>;
  readonly profiles?: readonly Profile[] | Fault | Promise<readonly Profile[]>;
  /** What an encoded message says. */
  readonly decoded?: string | Fault;
  readonly regions?: readonly RegionChoice[] | Fault | Promise<readonly RegionChoice[]>;
};

export function fakeLiveSource(options: FakeLiveOptions = {}): FakeLiveSource {
  const calls: (readonly unknown[])[] = [];
  let listener: LiveListener | null = null;
  let sink: LiveSink | null = null;
  let status: LiveStatus = {
    scope: { profiles: [null], regions: null, isInsights: false },
    range: { kind: 'recent' },
    lanes: [],
    isFollowing: false,
    isPaused: false,
    faults: [],
    missingGlobalRegion: null,
    notices: [],
    isIdle: false,
    ...options.status,
  };
  const tell = (changes: Partial<LiveStatus>): void => {
    status = { ...status, ...changes };
    listener?.onStatus(status);
  };
  const note = (...call: readonly unknown[]): void => void calls.push(call);
  return {
    kind: 'live',
    calls,
    get listener() {
      return listener;
    },
    tell,
    async give(records, origin = 1) {
      if (sink === null) throw new Error('the source has not been started');
      const builder = new BatchBuilder();
      const reader = new RecordReader(builder);
      reader.beginFile(origin);
      for (const record of records) reader.text(JSON.stringify(record));
      return await sink({ ...builder.take(), origin });
    },
    start(to, told) {
      note('start');
      sink = to;
      listener = told;
      told.onStatus(status);
    },
    status: () => status,
    choose(scope) {
      note('choose', scope);
      tell({ scope });
    },
    setRange(range) {
      note('setRange', range);
      tell({ range });
    },
    setAttribute: (attribute) => note('setAttribute', attribute),
    loadOlder: () => note('loadOlder'),
    loadAll: () => note('loadAll'),
    refresh: () => note('refresh'),
    setFollowing(isFollowing) {
      note('setFollowing', isFollowing);
      tell({ isFollowing });
    },
    setPaused(isPaused) {
      note('setPaused', isPaused);
      tell({ isPaused });
    },
    async profiles() {
      note('profiles');
      return await orFault(options.profiles ?? []);
    },
    async regions() {
      note('regions');
      return await orFault(options.regions ?? []);
    },
    async decodeMessage(message) {
      note('decodeMessage', message);
      return await orFault(options.decoded ?? null);
    },
    async close() {
      note('close');
    },
  };
}

/** A lane at work, for what a test says of it. */
export function lane(changes: Partial<LaneStatus> = {}): LaneStatus {
  return {
    origin: 1,
    profile: 'prod',
    label: 'prod',
    account: '111122223333',
    region: 'eu-west-1',
    phase: 'loading',
    attribute: null,
    wanted: { from: Date.UTC(2026, 4, 19), to: Date.UTC(2026, 4, 20) },
    loaded: [],
    loadedOfAttribute: [],
    reachedDownTo: null,
    askedAt: null,
    events: 0,
    cachedEvents: 0,
    requests: 0,
    eventsPerSecond: null,
    remainingMs: null,
    fault: null,
    ...changes,
  };
}

/** A fault, for what a test says of it. */
export function fault(changes: Partial<Fault> = {}): Fault {
  return {
    kind: 'credentials',
    name: 'CredentialsProviderError',
    message: 'no credentials',
    next: null,
    login: null,
    retryAfterMs: null,
    ...changes,
  };
}

async function orFault<T>(value: T | Fault | Promise<T>): Promise<T> {
  const found = await value;
  if (typeof found === 'object' && found !== null && 'retryAfterMs' in found) throw new FaultError(found as Fault);
  return found as T;
}
