// One account in one Region: first what the cache has, then, slot by slot of the quota, what is missing.
//
// There is one loop. It asks lane-work.ts whether anything could go out, waits for its turn at the limiter, asks again
// (in the meantime a page may have come, and its chain goes on) and sends without waiting for the answer. So a chain
// that waits for an answer never costs the rate: if all of them do when the turn comes, a chain is split.

import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import type { EventCache } from '../../store/event-cache/event-cache.ts';
import { type Fault, FaultError } from '../aws/fault.ts';
import type { LaneStatus, LiveSink } from '../live-source.ts';
import type { Claim } from './claim.ts';
import { Claims, type Holder } from './claims.ts';
import { lengthOf, reachFrom, SECOND, secondOf } from './coverage.ts';
import { Following } from './following.ts';
import { LaneDisk } from './lane-disk.ts';
import { phaseOf } from './lane-status.ts';
import { KEPT_MS, LaneWork } from './lane-work.ts';
import { Ledger, settledAt } from './ledger.ts';
import { type Limiter, limiterFor, quotaKey } from './limiter.ts';
import { Pace } from './pace.ts';
import type { PageAnswer } from './page-reader.ts';
import { RecentIds } from './recent-ids.ts';
import { MOST_FAILURES, retryDelay } from './retry.ts';
import { forgetPage, siftPage } from './sift-page.ts';
import type { Slice } from './slice.ts';
import { Waiting } from './waiting.ts';

/** Ids are remembered for so much longer than events are young. */
const RECENT_MARGIN_MS = 60_000;

export type LaneKey = {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly category: 'management' | 'insight';
};

/** What a lane is to have. */
export type LanePlan = {
  readonly from: number;
  /** Null: now, whenever it is asked. */
  readonly to: number | null;
  readonly attribute: LookupAttribute | null;
  /** The attribute is asked for from here. */
  readonly attributeFrom: number;
};

export type LaneOptions = {
  readonly key: LaneKey;
  readonly origin: number;
  readonly profile: string | null;
  readonly label: string;
  readonly cache: EventCache | null;
  readonly requestsPerSecond: number;
  readonly now: () => number;
  readonly sink: LiveSink;
  readonly onChange: () => void;
  readonly debug: (event: string, data: unknown) => void;
  /** What has the plan's attribute is all that is wanted. */
  readonly isAttributeAlone: boolean;
};

export class Lane {
  readonly key: LaneKey;
  readonly origin: number;
  readonly #options: LaneOptions;
  readonly #limiter: Limiter;
  readonly #slotMs: number;
  readonly #ledger = new Ledger();
  readonly #work: LaneWork;
  readonly #pace = new Pace();
  readonly #recent = new RecentIds();
  readonly #waiting = new Waiting();
  readonly #disk: LaneDisk;
  readonly #claims: Claims;
  readonly #following: Following;
  /** Requests under way. */
  readonly #asking = new Set<Promise<void>>();
  /** Ends them; replaced after each time. */
  #abort = new AbortController();
  /** Ends the wait for the limiter only. */
  #turn = new AbortController();
  #running: Promise<void> | null = null;

  #plan: LanePlan | null = null;
  #isActive = false;
  #isPaused = false;
  #isClosed = false;
  #isCacheRead = false;
  #failure: Fault | null = null;
  /** Of the last try, when there will be another. */
  #trouble: Fault | null = null;
  /** Failures since the last good answer. */
  #streak = 0;
  #throttledSince: number | null = null;

  /** When the newest events were last asked for as a whole, ms; null: not yet. */
  #askedTop: number | null = null;
  #askedAt: number | null = null;
  #lastReached: number | null = null;
  #events = 0;
  #cachedEvents = 0;
  #requests = 0;

  constructor(options: LaneOptions) {
    const { key, requestsPerSecond } = options;
    this.#options = options;
    this.#work = new LaneWork(this.#ledger, options.isAttributeAlone);
    this.key = key;
    this.origin = options.origin;
    this.#limiter = limiterFor(quotaKey(key), requestsPerSecond);
    this.#slotMs = 1000 / requestsPerSecond;
    this.#following = new Following(this.#slotMs);
    this.#disk = new LaneDisk(options.cache, key);
    this.#claims = new Claims(
      (claim) => claim.reader(key.region, key.category === 'insight'),
      () => this.#goOn(),
    );
  }

  /** Nothing will come by itself. */
  get isSettled(): boolean {
    if (this.#failure !== null) return true;
    const isUnderWay = this.#following.isOn || this.#isPaused || this.#work.isPending;
    return this.#isCacheRead && this.#claims.holder !== null && !isUnderWay;
  }

  /** All that was wanted is there, or cannot be had. */
  get isLoaded(): boolean {
    return this.#failure !== null || (this.#isCacheRead && !this.#work.isPending);
  }

  get hasClaims(): boolean {
    return this.#claims.hasAny;
  }

  /** Begins, or goes on after `park`. */
  activate(plan: LanePlan): void {
    if (this.#isClosed) return;
    const isBack = !this.#isActive && this.#askedTop !== null;
    this.#isActive = true;
    this.setPlan(plan);
    if (isBack) this.refresh();
    this.#running ??= this.#run();
  }

  /** Not in the scope any more: stops, and keeps what it knows for the next time. */
  park(): void {
    if (!this.#isActive) return;
    this.#isActive = false;
    this.#work.stopPolling();
    this.#interrupt();
  }

  setPlan(plan: LanePlan): void {
    if (isSamePlan(this.#plan, plan)) return;
    const isMoved = this.#plan?.from !== plan.from || this.#plan.to !== plan.to;
    this.#plan = plan;
    if (isMoved) this.#lastReached = null;
    if (this.#askedTop === null || (isMoved && plan.to === null)) this.#askTop(null);
    else this.#replan();
    this.#pace.begin(this.#options.now());
    this.#waiting.wake();
  }

  setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#turn.abort(new Error('paused'));
    else this.#pace.begin(this.#options.now());
    this.#waiting.wake();
  }

  setFollowing(isFollowing: boolean): void {
    if (this.#following.isOn === isFollowing) return;
    if (isFollowing) this.#following.begin(this.#options.now());
    else this.#following.end();
    if (!isFollowing) this.#work.stopPolling();
    this.#waiting.wake();
  }

  /** Asks for what is new, and tries again what failed. */
  refresh(): void {
    this.#failure = null;
    this.#trouble = null;
    this.#streak = 0;
    this.#work.forgive();
    this.#askTop(this.#askedTop);
    this.#claims.forgive();
    this.#goOn();
  }

  /** The account of `claim` is known to be this lane's. */
  addClaim(claim: Claim): void {
    this.#claims.add(claim);
  }

  removeClaim(claim: Claim): void {
    this.#claims.remove(claim);
  }

  /** Ends what is under way and says why, until `refresh`. */
  fail(fault: Fault): void {
    this.#failure = fault;
    this.#interrupt();
    this.#options.onChange();
  }

  /** Ends at once; settles when the cache is on disk. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isActive = false;
    this.#disk.stop();
    this.#interrupt();
    await this.#running;
    await Promise.all(this.#asking);
    await this.#disk.close();
  }

  status(): LaneStatus {
    const now = this.#options.now();
    const { holder } = this.#claims;
    const { isPending, isPendingBelowTop, attribute, attributeNow, common } = this.#work;
    const isLoading = this.#canAsk && isPending;
    return {
      origin: this.origin,
      profile: holder === null ? this.#options.profile : holder.claim.profile,
      label: holder === null ? this.#options.label : holder.claim.label,
      account: this.key.account,
      region: this.key.region,
      phase: phaseOf(
        {
          failure: this.#failure,
          isPaused: this.#isPaused,
          isOpening: holder === null || !this.#isCacheRead,
          throttledSince: this.#throttledSince,
          streak: this.#streak,
          isPending,
          isPendingBelowTop,
          isFollowing: this.#following.isOn,
        },
        now,
      ),
      attribute: attributeNow ?? common,
      wanted: this.#work.wanted,
      loaded: this.#ledger.loaded(null),
      loadedOfAttribute: attribute === null ? [] : this.#ledger.loaded(attribute),
      reachedDownTo: this.#reachedDownTo(),
      askedAt: this.#askedAt,
      events: this.#events,
      cachedEvents: this.#cachedEvents,
      requests: this.#requests,
      eventsPerSecond: isLoading ? this.#pace.eventsPerSecond(now) : null,
      remainingMs: isLoading ? this.#pace.remainingMs(now, this.#work.missingMs) : null,
      fault: this.#failure ?? this.#trouble,
    };
  }

  /** While a refresh reads the top again, what was reached before still is. */
  #reachedDownTo(): number | null {
    const { from, to } = this.#work.wanted;
    const reached = reachFrom(this.#ledger.read(this.#work.common), to);
    if (reached !== null) this.#lastReached = Math.max(reached, from);
    return this.#lastReached;
  }

  // ---- what to ask for

  /** Wants everything up to now; what is younger than `urgentFrom` was then goes before other work. */
  #askTop(urgentFrom: number | null): void {
    const now = this.#options.now();
    this.#recent.forgetBefore(settledAt(this.#askedTop ?? now) - RECENT_MARGIN_MS);
    this.#askedTop = now;
    this.#work.refresh(urgentFrom);
    this.#replan();
  }

  #replan(): void {
    if (this.#plan === null || this.#askedTop === null) return;
    const { from, attribute, attributeFrom } = this.#plan;
    const newest = secondOf(this.#askedTop);
    const to = Math.min(this.#plan.to ?? newest, newest);
    const wanted = { from: Math.min(from, to), to };
    this.#work.plan(wanted, attribute, { from: Math.min(attributeFrom, to), to });
    this.#options.onChange();
  }

  #follow(now: number): void {
    if (this.#plan?.to !== null || this.#askedTop === null) return;
    if (this.#following.takeReread(now, this.#work.isTopPending)) this.#askTop(this.#askedTop);
    // Before the first page there is nothing that a quick look could stop at.
    if (this.#ledger.read(null).length === 0 || !this.#following.takePoll(now)) return;
    this.#work.poll({ from: settledAt(this.#askedTop), to: secondOf(now) });
  }

  // ---- the loop

  get #canAsk(): boolean {
    return this.#isActive && !this.#isPaused && this.#failure === null && this.#claims.holder !== null;
  }

  #goOn(): void {
    this.#options.onChange();
    this.#waiting.wake();
  }

  async #run(): Promise<void> {
    await this.#readCache();
    while (!this.#isClosed) {
      const now = this.#options.now();
      if (this.#canAsk) this.#follow(now);
      const offer = this.#canAsk ? this.#work.offer(now, this.#streak > 0) : null;
      if (offer !== null) await this.#takeTurn(offer.priority);
      else await this.#waiting.wait(this.#canAsk ? this.#untilNext(now) : null);
    }
  }

  #untilNext(now: number): number | null {
    const times = [this.#work.nextAt(now), this.#following.nextAt()].filter((time) => time !== null);
    return times.length === 0 ? null : Math.max(this.#slotMs / 4, Math.min(...times) - now);
  }

  async #takeTurn(priority: number): Promise<void> {
    this.#turn = new AbortController();
    try {
      await this.#limiter.acquire({ priority, signal: this.#turn.signal });
    } catch {
      return;
    }
    const { holder } = this.#claims;
    if (!this.#canAsk || holder === null) return;
    const slice = this.#work.offer(this.#options.now(), this.#streak > 0)?.take();
    if (slice === undefined) return;
    this.#begin(slice);
    if (slice.isFinished) return this.#work.tidy();
    slice.isBusy = true;
    const asking = this.#ask(slice, holder).finally(() => {
      slice.isBusy = false;
      this.#asking.delete(asking);
      this.#work.tidy();
      this.#goOn();
    });
    this.#asking.add(asking);
  }

  async #readCache(): Promise<void> {
    try {
      const spans = await this.#disk.read(this.origin, async (batch) => {
        const { added } = await this.#options.sink(batch);
        this.#events += added;
        this.#cachedEvents += added;
        this.#options.onChange();
      });
      this.#ledger.addCached(spans);
    } catch (error) {
      if (!this.#isClosed) this.#options.debug('cache.failed', { region: this.key.region, error: String(error) });
    }
    this.#isCacheRead = true;
    this.#options.onChange();
  }

  async #ask(slice: Slice, holder: Holder): Promise<void> {
    const { renewal } = holder.claim;
    const { generation } = renewal;
    const { signal } = this.#abort;
    const { attribute, from, to, token } = slice;
    this.#requests++;
    const sentAt = performance.now();
    let answer: PageAnswer;
    try {
      answer = await holder.reader.read({ attribute, from, to, token }, signal);
    } catch (error) {
      if (!signal.aborted) await this.#onFault(slice, faultOfError(error), holder, generation);
      return;
    }
    const { account, region } = this.key;
    const ms = Math.round(performance.now() - sentAt);
    this.#options.debug('lane.request', { account, region, ms, events: answer.events.length });
    this.#limiter.onSuccess();
    renewal.onSuccess(generation);
    this.#streak = 0;
    this.#trouble = null;
    this.#throttledSince = null;
    await this.#accept(slice, answer, token);
  }

  #begin(slice: Slice): void {
    if (slice.askedAt !== null) return;
    const now = this.#options.now();
    slice.askedAt = now;
    if (slice.to >= this.#work.wanted.to) this.#askedAt = now;
    const lost = slice.clamp(secondOf(now - KEPT_MS) + SECOND);
    if (lost !== null) this.#ledger.giveUp(slice.attribute, lost);
  }

  async #accept(slice: Slice, answer: PageAnswer, token: string | null): Promise<void> {
    const { now, sink } = this.#options;
    const { failures } = slice;
    const page = siftPage(answer, slice, this.#recent, settledAt(this.#askedTop ?? now()) - RECENT_MARGIN_MS);
    const closed = slice.accept(page.facts, page.ids);
    if (answer.token !== null && answer.token === token) this.#onSameToken(slice, failures, page.fresh);
    if (slice.purpose === 'poll' && (answer.token === null || (page.fresh === 0 && answer.events.length > 0)))
      slice.isDropped = true;
    const batches =
      page.fresh === 0
        ? []
        : answer.batches((index) => page.isNew[index] === true, this.origin, slice.takeSequence(page.fresh));
    let added = 0;
    try {
      for (const batch of batches) added += (await sink(batch)).added;
    } catch (error) {
      forgetPage(page, answer, this.#recent);
      // Its place in time stays open, and a new chain takes it.
      slice.isDropped = true;
      if (!this.#isClosed) this.fail(storeFault(error));
      return;
    }
    this.#events += added;
    const isProof = closed !== null && slice.purpose === 'history';
    const settled = isProof ? this.#ledger.add(slice.attribute, closed, slice.askedAt ?? 0) : [];
    this.#pace.note(now(), added, isProof ? lengthOf([closed]) : 0);
    this.#disk.write(
      batches,
      settled.map((span) => ({ ...span, attribute: slice.attribute })),
    );
  }

  // ---- trouble

  async #onFault(slice: Slice, fault: Fault, { claim, reader }: Holder, generation: number): Promise<void> {
    const { debug, now } = this.#options;
    debug('lane.fault', { region: this.key.region, ...fault });
    switch (fault.kind) {
      case 'throttled':
        this.#limiter.onThrottled(fault.retryAfterMs);
        this.#throttledSince ??= now();
        this.#trouble = fault;
        return;
      case 'token':
        slice.onTokenLost();
        this.#again(slice, fault, 0);
        if (slice.stalls >= 2 * MOST_FAILURES) this.fail(fault);
        return;
      case 'transient':
      case 'network':
      case 'cancelled':
        this.#trouble = fault;
        this.#streak++;
        this.#again(slice, fault, retryDelay(fault, slice.failures + 1, this.#slotMs));
        return;
      case 'expired':
        if (claim.renewal.onExpired(generation)) return;
    }
    const { signal } = this.#abort;
    const told = await reader.explain(fault, signal).catch(() => fault);
    // Another request of the same profile may have said it first.
    if (signal.aborted || this.#claims.holder?.claim !== claim) return;
    this.#trouble = told;
    if (!this.#claims.refuse(claim)) this.fail(told);
  }

  #again(slice: Slice, fault: Fault, delayMs: number): void {
    slice.failures++;
    slice.notBefore = this.#options.now() + delayMs;
    if (slice.failures >= MOST_FAILURES) this.fail(fault);
  }

  /** The token leads nowhere; a new one may. */
  #onSameToken(slice: Slice, failures: number, fresh: number): void {
    slice.resume();
    slice.failures = fresh > 0 ? 0 : failures + 1;
    if (slice.failures >= MOST_FAILURES) this.fail(stuckFault(this.key.region));
  }

  /** Ends what is under way; chains go on from where they are. */
  #interrupt(): void {
    this.#turn.abort(new Error('stopped'));
    this.#abort.abort(new Error('stopped'));
    this.#abort = new AbortController();
    this.#waiting.wake();
  }
}

function isSamePlan(a: LanePlan | null, b: LanePlan): boolean {
  return (
    a !== null &&
    a.from === b.from &&
    a.to === b.to &&
    a.attributeFrom === b.attributeFrom &&
    a.attribute?.key === b.attribute?.key &&
    a.attribute?.value === b.attribute?.value
  );
}

function faultOfError(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  const name = error instanceof Error ? error.name : 'Error';
  return { kind: 'transient', name, message: String(error), next: null, login: null, retryAfterMs: null };
}

function storeFault(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'request', name: 'StoreError', message, next: null, login: null, retryAfterMs: null };
}

function stuckFault(region: string): Fault {
  return {
    kind: 'transient',
    name: 'SameToken',
    message: `AWS gave the same page of ${region} again and again`,
    next: 'try again with Ctrl-R',
    login: null,
    retryAfterMs: null,
  };
}
