// What can be asked of a result besides its rows: counts by value, groups, runs, what is new. Answered by the database,
// so nothing here grows with the number of events on the calling thread.

import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { Result } from './result.ts';

/** What can be counted: stored fields, and the family of user agents (see cloudtrail/agent-family.ts). */
export type FacetId = StoredFieldId | 'family';

export type FacetValue = { readonly value: string; readonly count: number; readonly failures: number };

/** How often each value of a field occurs in a result. */
export type Facet = {
  readonly field: FacetId;
  /** Most frequent first, as many as were asked for. An event with several resources counts for each of them. What
   *  differs in nothing but case is one value, as a search takes it, in the spelling that is most frequent. */
  readonly values: readonly FacetValue[];
  /** How many different values there are, and how many events state none. */
  readonly distinct: number;
  readonly absent: number;
};

export type FacetOptions = {
  /** Values of each field; 500 by default. */
  readonly limit?: number;
  /** Only values that hold this text, whatever the case. */
  readonly holding?: string;
  readonly signal?: AbortSignal;
};

/** Events of a result that agree in some fields. */
export type Group = {
  /** Those fields; '' where absent. */
  readonly cells: Readonly<Partial<Record<StoredFieldId, string>>>;
  readonly count: number;
  readonly failures: number;
  /** ms since the epoch; null where none of them states a time. */
  readonly first: number | null;
  readonly last: number | null;
  /** The newest of them. */
  readonly row: number;
};

export type Groups = { readonly groups: readonly Group[]; readonly distinct: number };

export type GroupOptions = {
  /** 1000 by default. */
  readonly limit?: number;
  /** `count`: most events first (default); `last`: newest first. */
  readonly order?: 'count' | 'last';
  readonly signal?: AbortSignal;
};

/** What an event says for a name that it is counted by. */
export type CountedCell =
  /** Of a very long text only the beginning. */
  | { readonly kind: 'value'; readonly text: string; readonly isWhole: boolean }
  /** Not there, or null. */
  | { readonly kind: 'absent' }
  /** A path that leads to an object. */
  | { readonly kind: 'object' }
  /** A list that holds more values than are counted each. */
  | { readonly kind: 'more' };

/** Events that agree in what they are counted by. */
export type CountedGroup = {
  /** In the order of the names. */
  readonly cells: readonly CountedCell[];
  readonly count: number;
  readonly failures: number;
  /** ms since the epoch; null where none of them states a time. */
  readonly first: number | null;
  readonly last: number | null;
};

export type Counts = {
  readonly groups: readonly CountedGroup[];
  readonly distinct: number;
  /** Events that were looked at: all of the result, or its newest where their records had to be read. */
  readonly looked: number;
};

export type CountOptions = GroupOptions & {
  /** Records that are read at most; 300,000 by default. */
  readonly records?: number;
};

/** An event's identity across runs: 16 hexadecimal digits of the hash that tells copies apart (see Batch.identity). */
export type EventKey = string;

/** The events of one value of a field from a time to another (ms since the epoch, ends included). */
export type ValueSpan = { readonly value: string; readonly from: number; readonly to: number };

export type SpanCount = { readonly count: number; readonly failures: number };

export type Analysis = {
  /** One for each field, in their order. A folded result counts whole. */
  facets(result: Result, fields: readonly FacetId[], options?: FacetOptions): Promise<readonly Facet[]>;
  /** By the values as they are spelt. */
  groups(result: Result, by: readonly StoredFieldId[], options?: GroupOptions): Promise<Groups>;
  /** How many events of all that is loaded fall into each of the spans, whatever the case of their values; one for each,
   *  in their order. One question to the database, however many spans there are. */
  countSpans(field: StoredFieldId, spans: readonly ValueSpan[], signal?: AbortSignal): Promise<readonly SpanCount[]>;
  /** Counts by fields and record paths, `family` among them (see query/count-names.ts). An event that states several
   *  resources, or has several values where a path leads, counts once for each combination of them. What differs in
   *  nothing but case is one value (see Facet).
   *  @throws Error for a name that nothing can be counted by, or where records cannot be read back. */
  countBy(result: Result, by: readonly string[], options?: CountOptions): Promise<Counts>;
  /** Each run of the same call by the same person in a row (same name, source, who, and both or neither failed) as one
   *  row: its newest event. `opened`: such rows whose runs are listed whole. */
  fold(result: Result, opened: ReadonlySet<number>, signal?: AbortSignal): Promise<Result>;
  /** A result of these rows, each once, in list order. */
  pick(rows: Iterable<number>): Result;
  /** Null for an event without eventID: it is the same as no other. */
  keyOf(row: number): EventKey | null;
  /** The same of many rows, in one pass; those without a key are left out. */
  keysOf(rows: Iterable<number>): Promise<ReadonlyMap<number, EventKey>>;
  /** -1 where it is not there (yet). */
  rowOf(key: EventKey): number;
  /** Brings TrailEvent.firsts and `first:…` up to date with what is loaded; true where something changed. */
  findFirsts(signal?: AbortSignal): Promise<boolean>;
};
