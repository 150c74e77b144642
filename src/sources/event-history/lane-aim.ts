// Where a lane is going: what is wanted, up to which moment it has been asked for, and when to look again.

import { reachFrom, secondOf } from './coverage.ts';
import { Following } from './following.ts';
import type { LaneIntake } from './lane-intake.ts';
import { isSamePlan, type LanePlan } from './lane-options.ts';
import type { LaneWork } from './lane-work.ts';
import type { ServerClock } from './server-clock.ts';

export class LaneAim {
  readonly following: Following;
  readonly #work: LaneWork;
  readonly #intake: LaneIntake;
  readonly #now: () => number;
  readonly #clock: ServerClock;
  #plan: LanePlan | null = null;
  /** When the newest events were last asked for as a whole, ms of AWS's clock; null: not yet. */
  #askedTop: number | null = null;
  #lastReached: number | null = null;

  constructor(work: LaneWork, intake: LaneIntake, slotMs: number, now: () => number, clock: ServerClock) {
    this.#work = work;
    this.#intake = intake;
    this.#now = now;
    this.#clock = clock;
    this.following = new Following(slotMs);
  }

  get hasBegun(): boolean {
    return this.#askedTop !== null;
  }

  /** @returns whether anything changes. */
  setPlan(plan: LanePlan): boolean {
    if (isSamePlan(this.#plan, plan)) return false;
    const isMoved = this.#plan?.from !== plan.from || this.#plan.to !== plan.to;
    this.#plan = plan;
    if (isMoved) this.#lastReached = null;
    const asked = this.#askedTop;
    if (asked === null || (isMoved && (plan.to === null || plan.to > asked))) this.#askTop(null);
    else this.#replan(asked);
    return true;
  }

  setFollowing(isFollowing: boolean): void {
    if (isFollowing) this.following.begin(this.#now());
    else {
      this.following.end();
      this.#work.stopPolling();
    }
  }

  /** Wants what has happened since, before anything else. */
  refresh(): void {
    this.#askTop(this.#askedTop);
  }

  /** AWS's time is known better: nothing was asked for in its future, and what was is asked for again. */
  moveClock(): void {
    if (this.#askedTop === null) return;
    this.#askedTop = Math.min(this.#askedTop, this.#clock.now());
    if (this.#work.isUntouched) this.#askTop(null);
    else this.refresh();
  }

  /** While following: looks for new events now and then, and at everything young again once in a while. */
  follow(now: number): void {
    if (this.#plan?.to !== null || this.#askedTop === null) return;
    if (this.following.takeReread(now, this.#work.isTopPending)) this.refresh();
    // Before the first page there is nothing that a quick look could stop at.
    if (this.#work.isUntouched || !this.following.takePoll(now)) return;
    this.#work.poll({ from: this.#work.ledger.settledAt(this.#askedTop), to: secondOf(this.#clock.now()) });
  }

  /** When `follow` will have something to do; null: never. */
  get followsAt(): number | null {
    return this.#plan?.to === null ? this.following.nextAt() : null;
  }

  /** While a refresh reads the top again, what was reached before still is. */
  get reachedDownTo(): number | null {
    const { from, to } = this.#work.wanted;
    const reached = reachFrom(this.#work.ledger.read(this.#work.common), to);
    if (reached !== null) this.#lastReached = Math.max(reached, from);
    return this.#lastReached;
  }

  /** What is younger than `urgentFrom` was then goes before other work; null: everything in its turn. */
  #askTop(urgentFrom: number | null): void {
    const now = this.#clock.now();
    this.#intake.remember(this.#askedTop ?? now);
    this.#askedTop = now;
    this.#work.refresh(urgentFrom);
    this.#replan(now);
  }

  #replan(askedTop: number): void {
    if (this.#plan === null) return;
    const { from, attribute, attributeFrom } = this.#plan;
    const newest = secondOf(askedTop);
    const to = Math.min(this.#plan.to ?? newest, newest);
    this.#work.plan({ from: Math.min(from, to), to }, attribute, { from: Math.min(attributeFrom, to), to });
  }
}
