// What can be asked about the sessions behind events: which call began one, who made that call, and so on up to somebody
// who was not handed credentials by another call. Answered from what is loaded.

import type { SessionSource } from '../cloudtrail/session-source.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Query } from '../query/query.ts';
import type { Result } from './result.ts';
import type { DistinctValue } from './store.ts';

/** How a call is known to have begun a session, the surest first. The last two are weak: nothing but names and times
 *  agree. */
export type LinkKind =
  /** Its answer holds the access key that the session calls with. */
  | 'key'
  /** The other account's record of such a call: the same sharedEventID. */
  | 'sharedEventID'
  /** It signs the caller in, or takes on the role under the session's name, in the second of the session's creationDate. */
  | 'creationDate'
  /** The last such call before the session's first event. */
  | 'name';

/** Calls of one caller with one set of credentials: one access key, or the keys that the console draws from one sign-in
 *  (same ARN and creationDate). A long-term key, root and a service are such callers too. */
export type CallerSession = {
  /** The same for the same session as long as the store lives. */
  readonly id: string;
  /** Its newest event among those that are loaded. */
  readonly event: TrailEvent;
  /** Its access keys, most used first, at most ten; and how many there are. */
  readonly keys: readonly string[];
  readonly keyCount: number;
  /** creationDate in ms since the epoch; null where it is not stated. */
  readonly created: number | null;
  /** Of its events that are loaded, ms since the epoch; null where none states a time. */
  readonly first: number | null;
  readonly last: number | null;
  readonly calls: number;
  readonly failures: number;
  /** sourceIPAddress, most calls first, at most ten; and how many there are. */
  readonly addresses: readonly string[];
  readonly addressCount: number;
  /** Finds its events. */
  readonly query: Query;
};

/** Where a session comes from. */
export type Origin =
  | {
      readonly kind: 'call';
      readonly call: TrailEvent;
      readonly link: LinkKind;
      /** Other calls that could have begun it as well. */
      readonly others: number;
    }
  /** Nobody handed out these credentials: a user's own, root, a service, an instance, a function, another account. Or
   *  somebody did that no call tells of (IAM Identity Center): `signIn` is then the session's own sign-in, where there is
   *  one. */
  | {
      readonly kind: 'source';
      readonly what: SourceKind;
      readonly name: string;
      readonly signIn?: { readonly call: TrailEvent; readonly link: LinkKind; readonly others: number };
      /** What would tell more of it and is not among what is loaded. */
      readonly missing?: Missing;
    }
  /** The call that began it is not among what is loaded. */
  | ({ readonly kind: 'missing' } & Missing)
  /** Its call was made by a session further down: records that contradict each other. */
  | { readonly kind: 'cycle' };

/** `query` asks for it, in a form that LookupEvents can be asked; `needs` says what to load; `account`: whose it is, ''
 *  where nothing says so. */
export type Missing = { readonly query: Query; readonly needs: string; readonly account: string };

export type SourceKind = SessionSource['what'];

export type ChainStep = { readonly session: CallerSession; readonly origin: Origin };

/** From an event's own session up: each step's call was made by the next one's session. */
export type SessionChain = {
  readonly steps: readonly ChainStep[];
  /** There is more above the last step, whose origin is a call then: so long a chain is not followed to its end. */
  readonly isCut: boolean;
};

/** A session that another one began. */
export type BegunSession = {
  readonly session: CallerSession;
  readonly call: TrailEvent;
  readonly link: LinkKind;
  /** Other calls that could have begun it as well. */
  readonly others: number;
};

export type BegunSessions = {
  /** In the order of the calls that began them. */
  readonly sessions: readonly BegunSession[];
  readonly total: number;
  /** Calls that may have begun more, and were not looked at: their answers hold no key that a loaded event was made with,
   *  and there are too many of them. */
  readonly unread: number;
};

/** Somebody, with everything done under whatever role. */
export type PersonSummary = {
  readonly person: string;
  readonly sessions: number;
  readonly calls: number;
  readonly failures: number;
  readonly first: number | null;
  readonly last: number | null;
  /** At most ten, most calls first; and how many there are. */
  readonly addresses: readonly string[];
  readonly addressCount: number;
  /** Labels of the callers (`who`), most calls first, at most ten; and how many there are. */
  readonly callers: readonly string[];
  readonly callerCount: number;
  /** `person` is no name but an id of Identity Center: nothing that is loaded says who it is. */
  readonly isBareId: boolean;
  readonly query: Query;
};

export type Sessions = {
  /** At most 32 steps (see isCut). @throws Error where there is no such row, or a record cannot be read back. */
  chainOf(row: number, signal?: AbortSignal): Promise<SessionChain>;
  /** The sessions that calls of this one began. */
  begunBy(
    session: CallerSession,
    options?: { readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<BegunSessions>;
  /** The same of many sessions at once, by their ids: `limit` of each, and `atMost` of all, given out in their order. */
  begunByAll(
    sessions: readonly CallerSession[],
    options: { readonly limit: number; readonly atMost: number; readonly signal?: AbortSignal | undefined },
  ): Promise<ReadonlyMap<string, BegunSessions>>;
  /** The sessions of a result's events, newest first. Their numbers are of these events alone; a folded result counts
   *  whole. */
  sessions(
    result: Result,
    options?: { readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<{ readonly sessions: readonly CallerSession[]; readonly total: number }>;
  /** The persons behind a result's events, most calls first. */
  people(
    result: Result,
    options?: { readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<{ readonly people: readonly PersonSummary[]; readonly total: number }>;
  /** What users of Identity Center are called by whatever looks for persons from now on, by userId in any case. */
  namePeople(names: ReadonlyMap<string, string>): void;
  /** Brings TrailEvent.person and `person:…` up to date with what is loaded; true where something changed.
   *  `names`: Identity Center userId → name, as the person's settings have them; null: those that were given last. */
  findPeople(names: ReadonlyMap<string, string> | null, signal?: AbortSignal): Promise<boolean>;
  /** Persons that have been found, with the calls of each, most calls first. */
  knownPeople(): readonly DistinctValue[];
};
