// A source that is never read to its end: an account's event history in some Regions. The screen (or `trailx query`)
// steers it and is told how far it is.

import type { LookupAttribute } from '../cloudtrail/lookup-attribute.ts';
import type { Batch } from '../store/batch.ts';
import type { RegionChoice } from './aws/access.ts';
import type { Fault } from './aws/fault.ts';
import type { Profile } from './aws/profiles.ts';

/** From … to, ends included, ms since the epoch, whole seconds. */
export type Span = { readonly from: number; readonly to: number };

/** Which accounts and Regions. */
export type Scope = {
  /** Names of profiles; null stands for what the environment gives. Never empty. */
  readonly profiles: readonly (string | null)[];
  /** `null`: each profile's own Region. */
  readonly regions: readonly string[] | 'all' | null;
  /** Insights events instead of management events. */
  readonly isInsights: boolean;
};

/** What is wanted of the time: the last 24 hours and, as the person goes on, older ones; or just this. `to` null: now. */
export type HistoryRange =
  | { readonly kind: 'recent' }
  | { readonly kind: 'span'; readonly from: number; readonly to: number | null };

export type LanePhase =
  /** Credentials, account: before the first request. */
  | 'opening'
  | 'loading'
  /** Backing off: the account's quota is in use elsewhere. */
  | 'throttled'
  /** Something went wrong and is being tried again; `fault` says what. */
  | 'retrying'
  | 'paused'
  /** All that was wanted is there. */
  | 'done'
  /** Looking for newer events from time to time. */
  | 'following'
  | 'failed';

/** One account in one Region: has its own quota, its own progress, its own trouble. */
export type LaneStatus = {
  /** Number of the lane in batches and in the store; never used again for another. */
  readonly origin: number;
  readonly profile: string | null;
  /** The profile's name, or "environment". */
  readonly label: string;
  /** Null until it is known. */
  readonly account: string | null;
  readonly region: string;
  readonly phase: LanePhase;
  /** What the server filters by just now; null: everything. */
  readonly attribute: LookupAttribute | null;
  readonly wanted: Span;
  /** What was read whole, newest first, disjoint. Never reaches into the newest 15 minutes (Insights: the newest hour). */
  readonly loaded: readonly Span[];
  /** The same for `attribute`; empty where there is none. */
  readonly loadedOfAttribute: readonly Span[];
  /** The newest-first reading has come down to here without a gap from `wanted.to`; null: nothing yet. */
  readonly reachedDownTo: number | null;
  /** When newer events were last asked for, ms; null: not yet. */
  readonly askedAt: number | null;
  /** Events handed to the store, from AWS and from the cache. */
  readonly events: number;
  readonly cachedEvents: number;
  readonly requests: number;
  readonly eventsPerSecond: number | null;
  /** Until all that is wanted is there, by the pace so far. */
  readonly remainingMs: number | null;
  readonly fault: Fault | null;
};

export type LiveStatus = {
  readonly scope: Scope;
  readonly range: HistoryRange;
  readonly lanes: readonly LaneStatus[];
  readonly isFollowing: boolean;
  readonly isPaused: boolean;
  /** A lane could not even be made: no credentials, no such profile. By profile. */
  readonly faults: readonly Fault[];
  /** The partition's Region of global services (IAM, sign-in …) where it is not among those chosen; null otherwise. */
  readonly missingGlobalRegion: string | null;
  /** Of the cache and the like: said once each, one line. */
  readonly notices: readonly string[];
  /** Everything that was wanted is there or has failed; nothing will come by itself. */
  readonly isIdle: boolean;
};

export type LiveListener = {
  /** At most ten times a second. */
  onStatus(status: LiveStatus): void;
  /** The code of an MFA device; null: refused. No such function: nobody is there to be asked. */
  readonly askMfaCode: ((serial: string, profile: string) => Promise<string | null>) | null;
};

export type AppendResult = { readonly added: number; readonly duplicates: number };

export type LiveSink = (batch: Batch) => Promise<AppendResult>;

/** An encoded authorization failure message of an event. */
export type EncodedMessage = {
  readonly text: string;
  /** The event's Region; '' where it states none. */
  readonly region: string;
  /** Whose it may be, the likeliest first. */
  readonly accounts: readonly string[];
};

export type LiveSource = {
  readonly kind: 'live';
  /** Begins with the scope and range it was made with. Never throws: what goes wrong is in the status. */
  start(sink: LiveSink, listener: LiveListener): void;
  status(): LiveStatus;
  /** Another scope: lanes that are in both go on, the others stop (their events stay in the store, by origin). */
  choose(scope: Scope): void;
  setRange(range: HistoryRange): void;
  /** Asks the server for this condition first, over the whole range (90 days where it is `recent`); null: everything. */
  setAttribute(attribute: LookupAttribute | null): void;
  /** One more day before the oldest wanted so far; nothing while that is still loading. */
  loadOlder(): void;
  /** All 90 days. */
  loadAll(): void;
  /** What has happened since (overlapping the newest minutes, to which AWS may have added), and another try for what has failed. */
  refresh(): void;
  setFollowing(isFollowing: boolean): void;
  setPaused(isPaused: boolean): void;
  /** Profiles of the shared files. @throws FaultError where they cannot be read. */
  profiles(): Promise<readonly Profile[]>;
  /** Regions of the accounts in scope. @throws FaultError */
  regions(): Promise<readonly RegionChoice[]>;
  /** What the message says, as JSON, by sts:DecodeAuthorizationMessage; null: no profile of the scope is of these
   *  accounts. @throws FaultError */
  decodeMessage(message: EncodedMessage, signal: AbortSignal): Promise<string | null>;
  /** Settles when nothing is under way any more and the cache is on disk. */
  close(): Promise<void>;
};
