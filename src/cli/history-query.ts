// `trailx query` over event history: fetches, searches and prints side by side, for the quota makes an account's 90 days
// a matter of hours. What it says beside is in live-report.ts, what order things come in, in newest-first.ts.

import { type LookupAttribute, type LookupKey, lookupAttributeText } from '../cloudtrail/lookup-attribute.ts';
import type { Results } from '../export/export-rows.ts';
import { fuzzyWords } from '../query/fuzzy-matches.ts';
import type { Query } from '../query/query.ts';
import type { HistoryRange, LiveSource, Scope } from '../sources/live-source.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import { sanitize } from '../text/sanitize.ts';
import { askCode, canAskCode } from './ask-code.ts';
import { EXIT } from './exit-code.ts';
import { DAY_MS, HISTORY_DAYS, historyRange } from './history-range.ts';
import { liveExitCode } from './live-exit.ts';
import { liveReport, stoppedLine } from './live-report.ts';
import { LiveWatch } from './live-watch.ts';
import { newestFirst, originsIn } from './newest-first.ts';
import { openHistory } from './open-history.ts';
import type { Options } from './options.ts';
import type { ProgressLine } from './progress-line.ts';
import { type Printed, printResults, type QueryIo, type Shape } from './query-output.ts';
import { regionNotice } from './region-notice.ts';
import { allOf, type Request, type TimeLimits } from './request.ts';

/** A table is fitted to its first events; so many make a good fit. */
const TABLE_FIT = 50;

/** Half of everything may have these: 90 days of them take hours all the same. */
const COMMON: ReadonlySet<LookupKey> = new Set(['ReadOnly', 'EventSource', 'ResourceType']);

/** Exit codes that say so. */
const NOTHING_READ: ReadonlySet<number> = new Set([EXIT.unusable, EXIT.accessDenied]);

export type HistoryQuery = {
  readonly options: Options;
  readonly io: QueryIo;
  readonly store: Store;
  readonly progress: ProgressLine;
  readonly scope: Scope;
  readonly request: Request;
  readonly shape: Shape;
};

/** Runs to the end and gives the exit code. Rejects as runQuery's parts do: StoreError, OutputError, or an AbortError
 *  after an interrupt. */
export async function queryHistory(query: HistoryQuery, open: typeof openHistory = openHistory): Promise<number> {
  const { options, io, scope, request } = query;
  const now = Date.now();
  const attribute = await attributeOf(request.query, scope);
  const range = historyRange(request.limits, attribute !== null && !COMMON.has(attribute.key), now);
  for (const line of notices(options, request.limits, now)) io.stderr.write(`trailx: ${sanitize(line)}\n`);
  io.debug.log('history.start', {
    scope,
    range,
    attribute: attribute === null ? null : lookupAttributeText(attribute),
  });
  const source = await open({ scope, range, attribute, useCache: options.useCache, env: io.env, debug: io.debug });
  try {
    return await new HistoryRun(query, source, range).run();
  } finally {
    query.progress.clear();
    await source.close();
  }
}

/** The condition that the server can compare, where the query holds one; its spelling has to be known beforehand. */
async function attributeOf(query: Query, { isInsights }: Scope): Promise<LookupAttribute | null> {
  const [{ INSIGHT_KEYS, lookupAttributeOf }, { knownSpelling }] = await Promise.all([
    import('../query/lookup-attribute.ts'),
    import('../cloudtrail/event-names.ts'),
  ]);
  return lookupAttributeOf(query, knownSpelling, isInsights ? INSIGHT_KEYS : undefined);
}

function notices({ regions }: Options, { since }: TimeLimits, now: number): readonly string[] {
  const unknown = regions === 'all' ? null : regionNotice(regions);
  const isTooOld = since !== null && since < now - HISTORY_DAYS * DAY_MS - 60_000;
  return [
    ...(unknown === null ? [] : [unknown]),
    ...(isTooOld ? [`event history goes back ${HISTORY_DAYS} days; older events come from log files only`] : []),
  ];
}

class HistoryRun {
  readonly #query: HistoryQuery;
  readonly #source: LiveSource;
  readonly #range: HistoryRange;
  readonly #watch: LiveWatch;
  readonly #started = performance.now();
  #matched = 0;
  /** Nobody needs an answer any more. */
  readonly #over = new AbortController();
  /** The line of a question is not drawn over. */
  #isAsking = false;

  constructor(query: HistoryQuery, source: LiveSource, range: HistoryRange) {
    this.#query = query;
    this.#source = source;
    this.#range = range;
    this.#watch = new LiveWatch(source.status());
  }

  async run(): Promise<number> {
    const { options, io, store, progress, shape, request } = this.#query;
    const { signal } = io.interrupt;
    const onAbort = () => this.#watch.fail(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      this.#start();
      const query = allOf([request.query, ...this.#lowerBound()]);
      const results = newestFirst({
        store,
        query,
        watch: this.#watch,
        signal,
        isAtTheEnd: options.oldestFirst || options.count || shape.format === 'parquet' || fuzzyWords(query).length > 0,
        firstCount: shape.format === 'table' ? Math.min(TABLE_FIT, options.limit ?? TABLE_FIT) : 1,
      });
      const isNothingRead = () => NOTHING_READ.has(liveExitCode(this.#watch.status, this.#matched));
      const job = { options, io, store, shape, progress, total: null, isNothingRead };
      const printed = await printResults(this.#tally(results), job);
      this.#over.abort();
      progress.clear();
      return await this.#end(printed);
    } catch (error) {
      if (signal.aborted && io.stderr.isTTY === true) await this.#tellStopped();
      throw error;
    } finally {
      this.#over.abort();
      signal.removeEventListener('abort', onAbort);
    }
  }

  #start(): void {
    const { store, progress } = this.#query;
    this.#source.start(
      async (batch) => {
        try {
          return await store.append(batch);
        } catch (error) {
          // A full disk: nothing that comes after it could be kept.
          this.#watch.fail(error);
          throw error;
        }
      },
      {
        onStatus: (status) => {
          if (!this.#isAsking) progress.loading(status);
          this.#watch.see(status);
        },
        askMfaCode: canAskCode(this.#query.io) ? (serial, profile) => this.#askCode(serial, profile) : null,
      },
    );
  }

  /** The cache may hand over events of other times; what is printed is of the range that was read. */
  #lowerBound(): readonly Query[] {
    if (this.#range.kind !== 'span' || this.#query.request.limits.since !== null) return [];
    return [{ kind: 'since', at: this.#range.from, text: '' }];
  }

  /** How many events of these lanes, each once, are of the time that was asked for. */
  async #countWithin(origins: ReadonlySet<number>): Promise<number> {
    const { store, request } = this.#query;
    const { since, until } = request.limits;
    const limits: readonly Query[] = [
      ...(since === null ? this.#lowerBound() : [{ kind: 'since' as const, at: since, text: '' }]),
      ...(until === null ? [] : [{ kind: 'until' as const, at: until, text: '' }]),
    ];
    return (await store.search(allOf(limits), { origins })).total;
  }

  /** One line for whoever pressed Ctrl-C. */
  async #tellStopped(): Promise<void> {
    const { io, progress } = this.#query;
    progress.clear();
    const { status } = this.#watch;
    try {
      const distinct = await this.#countWithin(originsIn(status));
      io.stderr.write(`${stoppedLine(status, distinct, performance.now() - this.#started)}\n`);
    } catch {
      // The store cannot be asked any more.
    }
  }

  async *#tally(results: AsyncIterable<Result>): Results & AsyncGenerator<Result> {
    for await (const result of results) {
      this.#matched += result.total;
      yield result;
    }
  }

  async #end({ events, isWhole }: Printed): Promise<number> {
    const { options, io } = this.#query;
    const { status } = this.#watch;
    const isLimited = options.limit !== null && this.#matched >= options.limit;
    const matched = isLimited ? events : this.#matched;
    const { lanes, faults } = status;
    const distinct = await this.#countWithin(originsIn(status));
    io.debug.log('history.done', { lanes, faults, distinct, matched });
    const code = liveExitCode(status, matched);
    // After a broken pipe nobody wants to hear more, but what failed is told.
    const isBrief = io.stderr.isTTY !== true || !isWhole;
    const eventsOf = new Map<number, number>();
    for (const { origin, events: handedOver } of isBrief && matched > 0 ? [] : lanes) {
      if (handedOver > 0) eventsOf.set(origin, await this.#countWithin(new Set([origin])));
    }
    const outcome = {
      status,
      distinct,
      eventsOf,
      matched,
      isCutShort: isLimited && !status.isIdle,
      elapsedMs: performance.now() - this.#started,
    };
    for (const line of liveReport(outcome, isBrief)) io.stderr.write(`${line}\n`);
    return code;
  }

  async #askCode(serial: string, profile: string): Promise<string | null> {
    const { io, progress } = this.#query;
    this.#isAsking = true;
    progress.clear();
    try {
      const signal = AbortSignal.any([io.interrupt.signal, this.#over.signal]);
      return await askCode(serial, profile, { stdin: io.stdin, stderr: io.stderr, signal });
    } finally {
      this.#isAsking = false;
    }
  }
}
