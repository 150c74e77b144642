// One account in one Region: first what the cache has, then, slot by slot of the quota, what is missing.
//
// There is one loop. It asks lane-work.ts whether anything could go out, waits for its turn at the limiter, asks again
// (in the meantime a page may have come, and its chain goes on) and sends without waiting for the answer. So a chain
// that waits for an answer never costs the rate: if all of them do when the turn comes, a chain is split.

import type { CacheLane } from '../../store/event-cache/event-cache.ts';
import type { Fault } from '../aws/fault.ts';
import type { LaneStatus } from '../live-source.ts';
import type { Claim } from './claim.ts';
import { Claims, type Holder } from './claims.ts';
import { SECOND, secondOf } from './coverage.ts';
import { LaneAim } from './lane-aim.ts';
import { faultOfError, storeFault, stuckFault } from './lane-faults.ts';
import { LaneIntake } from './lane-intake.ts';
import type { LaneOptions, LanePlan } from './lane-options.ts';
import { phaseOf } from './lane-status.ts';
import { KEPT_MS, LaneWork } from './lane-work.ts';
import { Ledger } from './ledger.ts';
import { type Limiter, limiterFor, quotaKey } from './limiter.ts';
import type { PageAnswer } from './page-reader.ts';
import { givenUp, isPassing, MOST_FAILURES, MOST_UNREACHED, retryDelay } from './retry.ts';
import type { Slice } from './slice.ts';
import { Waiting } from './waiting.ts';

/** While following, a lane that gave up tries again after so many slots (a minute). */
const REVIVE_SLOTS = 120;
/** A place in the quota that is not used at once is lost. */
const PLACE_MS = 10;

export class Lane {
  readonly key: CacheLane;
  readonly origin: number;
  readonly #options: LaneOptions;
  readonly #limiter: Limiter;
  readonly #slotMs: number;
  readonly #ledger: Ledger;
  readonly #work: LaneWork;
  readonly #intake: LaneIntake;
  readonly #aim: LaneAim;
  readonly #claims: Claims;
  readonly #waiting = new Waiting();
  /** Requests under way. */
  readonly #asking = new Set<Promise<void>>();
  /** Ends them; replaced after each time. */
  #abort = new AbortController();
  /** Ends the wait for the limiter only. */
  #turn = new AbortController();
  #running: Promise<void> | null = null;

  #isActive = false;
  #isPaused = false;
  #isClosed = false;
  #isCacheRead = false;
  #failure: Fault | null = null;
  #reviveAt: number | null = null;
  /** Of the last try, when there will be another. */
  #trouble: Fault | null = null;
  /** Failures since the last good answer. */
  #streak = 0;
  #throttledSince: number | null = null;
  #askedAt: number | null = null;
  #wasAnswered = false;
  /** While nobody may read it yet: of the profile that is to. */
  #openingTrouble: Fault | null = null;
  #requests = 0;

  constructor(options: LaneOptions) {
    const { key, requestsPerSecond, now, clock } = options;
    this.#options = options;
    this.key = key;
    this.origin = options.origin;
    this.#limiter = limiterFor(quotaKey(key), requestsPerSecond);
    this.#slotMs = 1000 / requestsPerSecond;
    this.#ledger = new Ledger(key.category);
    this.#work = new LaneWork(this.#ledger, options.isAttributeAlone);
    this.#intake = new LaneIntake(options, this.#ledger);
    this.#aim = new LaneAim(this.#work, this.#intake, this.#slotMs, now, clock);
    this.#claims = new Claims(
      (claim) => claim.reader(key.region, key.category === 'insight'),
      () => {
        // What stopped the profile before does not stop this one.
        this.#failure = null;
        this.#goOn();
      },
    );
  }

  /** Nothing will come by itself. */
  get isSettled(): boolean {
    if (this.#failure !== null) return true;
    const isUnderWay = this.#aim.following.isOn || this.#isPaused || this.#work.isPending;
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
    const isBack = !this.#isActive && this.#aim.hasBegun;
    this.#isActive = true;
    this.setPlan(plan);
    if (isBack) this.refresh();
    this.#running ??= this.#run();
  }

  /** Not in the scope any more: stops, and keeps what it knows for the next time. */
  park(): void {
    if (!this.#isActive) return;
    this.#isActive = false;
    this.#reviveAt = null;
    this.#work.stopPolling();
    this.#interrupt();
  }

  setPlan(plan: LanePlan): void {
    if (!this.#aim.setPlan(plan)) return;
    this.#intake.pace.begin(this.#options.now());
    this.#goOn();
  }

  setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#turn.abort(new Error('paused'));
    else this.#intake.pace.begin(this.#options.now());
    this.#goOn();
  }

  setFollowing(isFollowing: boolean): void {
    if (this.#aim.following.isOn === isFollowing) return;
    this.#aim.setFollowing(isFollowing);
    this.#goOn();
  }

  /** Asks for what is new, and tries again what failed. */
  refresh(): void {
    this.#failure = null;
    this.#reviveAt = null;
    this.#trouble = null;
    this.#streak = 0;
    this.#work.forgive();
    this.#aim.refresh();
    this.#claims.forgive();
    this.#goOn();
  }

  /** AWS's time is known better. */
  moveClock(): void {
    const now = this.#options.clock.now();
    this.#ledger.limit(now);
    if (this.#askedAt !== null) this.#askedAt = Math.min(this.#askedAt, now);
    this.#aim.moveClock();
    this.#goOn();
  }

  /** The account of `claim` is known to be this lane's. */
  addClaim(claim: Claim): void {
    this.#claims.add(claim);
  }

  removeClaim(claim: Claim): void {
    this.#claims.remove(claim);
  }

  /** What keeps the account from being known for certain; null: nothing so far. */
  setOpeningTrouble(fault: Fault | null): void {
    this.#openingTrouble = fault;
  }

  /** Ends what is under way and says why, until `refresh`. */
  fail(fault: Fault): void {
    this.#failure = fault;
    this.#reviveAt = isPassing(fault) ? this.#options.now() + REVIVE_SLOTS * this.#slotMs : null;
    this.#interrupt();
    this.#options.onChange();
  }

  /** Ends at once; settles when the cache is on disk. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isActive = false;
    this.#intake.stop();
    this.#interrupt();
    await this.#running;
    await Promise.all(this.#asking);
    await this.#intake.close();
  }

  status(): LaneStatus {
    const now = this.#options.now();
    const { profile, label } = this.#claims.holder?.claim ?? this.#options;
    const { isPending, isPendingBelowTop, attribute, attributeNow, common, wanted } = this.#work;
    const { pace, events, cachedEvents } = this.#intake;
    const isLoading = this.#canAsk && isPending;
    const openingTrouble = this.#claims.holder === null ? this.#openingTrouble : null;
    return {
      origin: this.origin,
      profile,
      label,
      account: this.key.account,
      region: this.key.region,
      phase: phaseOf(
        {
          failure: this.#failure,
          isPaused: this.#isPaused,
          isOpening: this.#claims.holder === null || !this.#isCacheRead,
          throttledSince: this.#throttledSince,
          streak: this.#streak,
          isOpeningTroubled: openingTrouble !== null,
          isPending,
          isPendingBelowTop,
          isFollowing: this.#aim.following.isOn,
        },
        now,
      ),
      attribute: attributeNow ?? common,
      wanted,
      loaded: this.#ledger.loaded(null),
      loadedOfAttribute: attribute === null ? [] : this.#ledger.loaded(attribute),
      reachedDownTo: this.#aim.reachedDownTo,
      askedAt: this.#askedAt,
      events,
      cachedEvents,
      requests: this.#requests,
      eventsPerSecond: isLoading ? pace.eventsPerSecond(now) : null,
      remainingMs: isLoading ? pace.remainingMs(now, this.#work.missingMs) : null,
      fault: this.#failure ?? openingTrouble ?? this.#trouble,
    };
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
      if (this.#isDueAgain(now)) this.refresh();
      if (this.#canAsk) this.#aim.follow(now);
      const offer = this.#canAsk ? this.#work.offer(now, this.#streak > 0) : null;
      if (offer !== null) await this.#takeTurn(offer.priority);
      else await this.#waiting.wait(this.#untilNext(now));
    }
  }

  async #readCache(): Promise<void> {
    try {
      await this.#intake.readDisk(this.#options.onChange);
    } catch (error) {
      if (!this.#isClosed) this.#options.debug('cache.failed', { region: this.key.region, error: String(error) });
    }
    this.#isCacheRead = true;
    this.#options.onChange();
  }

  /** Who follows wants to go on when the network is back. */
  #isDueAgain(now: number): boolean {
    const isWaiting = this.#isActive && !this.#isPaused && this.#aim.following.isOn;
    return isWaiting && this.#reviveAt !== null && now >= this.#reviveAt;
  }

  #untilNext(now: number): number | null {
    const { followsAt, following } = this.#aim;
    const known = this.#canAsk ? [this.#work.nextAt(now), followsAt] : [following.isOn ? this.#reviveAt : null];
    const times = known.filter((time) => time !== null);
    return times.length === 0 || this.#isPaused ? null : Math.max(this.#slotMs / 4, Math.min(...times) - now);
  }

  async #takeTurn(priority: number): Promise<void> {
    this.#turn = new AbortController();
    const { signal } = this.#turn;
    const { holder } = this.#claims;
    if (holder === null) return;
    const { label, renewal } = holder.claim;
    const { generation } = renewal;
    let trouble: Fault | null;
    let placeAt: number;
    do {
      try {
        await this.#limiter.acquire({ priority, signal });
      } catch {
        return;
      }
      placeAt = performance.now();
      trouble = await holder.reader.ready(signal).then(
        () => null,
        (error: unknown) => faultOfError(error, label),
      );
      if (signal.aborted) return;
      // Credentials can take a helper's or a person's time. A place is good for now only: requests that had waited with
      // theirs would all go out at once.
    } while (trouble === null && performance.now() - placeAt > PLACE_MS);
    const slice = this.#claims.holder === holder ? this.#take() : null;
    if (slice === null) return;
    if (trouble !== null) return this.#onFault(slice, trouble, holder, generation);
    slice.isBusy = true;
    const asking = this.#ask(slice, holder).finally(() => {
      slice.isBusy = false;
      this.#asking.delete(asking);
      this.#work.tidy();
      this.#goOn();
    });
    this.#asking.add(asking);
  }

  /** What could go out just now. */
  #take(): Slice | null {
    const slice = this.#canAsk ? this.#work.offer(this.#options.now(), this.#streak > 0)?.take() : undefined;
    if (slice === undefined) return null;
    this.#begin(slice);
    if (!slice.isFinished) return slice;
    this.#work.tidy();
    return null;
  }

  #begin(slice: Slice): void {
    const now = this.#options.clock.now();
    const lost = slice.clamp(secondOf(now - KEPT_MS) + SECOND);
    if (lost !== null) this.#ledger.giveUp(slice.attribute, lost);
    if (slice.askedAt !== null) return;
    slice.askedAt = now;
    if (slice.to >= this.#work.wanted.to) this.#askedAt = now;
  }

  async #ask(slice: Slice, holder: Holder): Promise<void> {
    const { renewal } = holder.claim;
    const { generation } = renewal;
    const { signal } = this.#abort;
    const { attribute, from, to, token, failures } = slice;
    const sentAt = performance.now();
    const sentAtTime = this.#options.now();
    this.#requests++;
    let answer: PageAnswer;
    try {
      answer = await holder.reader.read({ attribute, from, to, token }, signal);
    } catch (error) {
      if (!signal.aborted) await this.#onFault(slice, faultOfError(error, holder.claim.label), holder, generation);
      return;
    }
    const { account, region } = this.key;
    const ms = Math.round(performance.now() - sentAt);
    this.#options.debug('lane.request', { account, region, ms, events: answer.events.length });
    this.#limiter.onSuccess();
    // A machine that slept has only its clock to tell; one whose clock was set back, only the time that went by.
    this.#onTime(slice, answer.date, Math.max(performance.now() - sentAt, this.#options.now() - sentAtTime));
    this.#wasAnswered = true;
    renewal.onSuccess(generation);
    this.#streak = 0;
    this.#trouble = null;
    this.#throttledSince = null;
    try {
      const fresh = await this.#intake.take(slice, answer);
      if (answer.token !== null && answer.token === token) this.#onSameToken(slice, fresh > 0 ? 0 : failures + 1);
    } catch (error) {
      if (!this.#isClosed) this.fail(storeFault(error));
    }
  }

  /** The page shows what was there when it was asked for, and nothing after that is complete, not even where the cache
   *  says so. */
  #onTime(slice: Slice, date: number | null, tookMs: number): void {
    const { clock } = this.#options;
    if (date !== null) clock.note(date, tookMs);
    slice.askedAt = Math.min(slice.askedAt ?? Number.POSITIVE_INFINITY, clock.now() - tookMs);
    if (!this.#wasAnswered) this.#ledger.limit(clock.now());
  }

  // ---- trouble

  async #onFault(slice: Slice, fault: Fault, { claim, reader }: Holder, generation: number): Promise<void> {
    const { debug, now } = this.#options;
    debug('lane.fault', { account: this.key.account, region: this.key.region, ...fault });
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
    if (slice.failures >= this.#mostFailures(fault)) this.fail(givenUp(fault, slice.failures));
  }

  /** Where nothing was ever reached, nothing is lost by saying so soon. */
  #mostFailures({ kind }: Fault): number {
    return kind === 'network' && !this.#wasAnswered ? MOST_UNREACHED : MOST_FAILURES;
  }

  /** The token leads nowhere; a new one may. */
  #onSameToken(slice: Slice, failures: number): void {
    slice.resume();
    slice.failures = failures;
    if (failures >= MOST_FAILURES) this.fail(stuckFault(this.key.region));
  }

  /** Ends what is under way; chains go on from where they are. */
  #interrupt(): void {
    this.#turn.abort(new Error('stopped'));
    this.#abort.abort(new Error('stopped'));
    this.#abort = new AbortController();
    this.#waiting.wake();
  }
}
