// The event history of some accounts in some Regions: makes profiles into accounts, accounts and Regions into lanes, and
// passes on to every lane what a person asks for. Lanes that leave the scope are parked, not closed: coming back to a
// Region costs one request.

import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import type { CacheLane, EventCache } from '../../store/event-cache/event-cache.ts';
import type { AccessOptions, RegionChoice } from '../aws/access.ts';
import type { Profile } from '../aws/profiles.ts';
import type {
  EncodedMessage,
  HistoryRange,
  LiveListener,
  LiveSink,
  LiveSource,
  LiveStatus,
  Scope,
} from '../live-source.ts';
import { Lane } from './lane.ts';
import { type OpenAccess, ProfileSession } from './profile-session.ts';
import { missingGlobalRegion, type Place, partitionFor, regionsFor, statusOfPlace } from './scope-regions.ts';
import { ServerClock } from './server-clock.ts';
import { StatusPace } from './status-pace.ts';
import { Timeframe } from './timeframe.ts';

const MOST_NOTICES = 20;
const LEAST_MOVE_MS = 60_000;

export type EventHistoryOptions = {
  readonly scope: Scope;
  readonly range: HistoryRange;
  readonly attribute: LookupAttribute | null;
  /** True: what has the attribute is all that is wanted, and the rest of the range is not read after it. */
  readonly isAttributeAlone?: boolean;
  readonly env: AccessOptions['env'];
  /** Closed with the source. */
  readonly cache: EventCache | null;
  /** What the cache has to tell, beside what the source itself finds. */
  readonly notices?: () => readonly string[];
  /** ms since the epoch. */
  readonly now?: () => number;
  readonly openAccess?: OpenAccess;
  /** Of each account and Region: AWS's quota is 2. */
  readonly requestsPerSecond?: number;
  readonly debug?: (event: string, data: unknown) => void;
};

/** Event history by LookupEvents, newest first, as long as it is wanted. */
export function createEventHistory(options: EventHistoryOptions): LiveSource {
  return new EventHistory(options);
}

class EventHistory implements LiveSource {
  readonly kind = 'live';
  readonly #options: EventHistoryOptions;
  readonly #now: () => number;
  readonly #clock: ServerClock;
  readonly #requestsPerSecond: number;
  readonly #timeframe: Timeframe;
  readonly #sessions = new Map<string | null, ProfileSession>();
  /** All that ever were, by lane key. */
  readonly #lanes = new Map<string, Lane>();
  readonly #origins = new Map<string, number>();
  readonly #notices = new Set<string>();
  readonly #pace = new StatusPace(() => this.#tell());
  #active: Lane[] = [];
  #places: Place[] = [];
  #nextOrigin = 1;
  #scope: Scope;
  #isFollowing = false;
  #isPaused = false;
  #sink: LiveSink | null = null;
  #listener: LiveListener | null = null;
  #mfa: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor(options: EventHistoryOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#requestsPerSecond = options.requestsPerSecond ?? 2;
    this.#scope = options.scope;
    this.#clock = new ServerClock(this.#now, (byMs) => this.#moveClock(byMs));
    this.#timeframe = new Timeframe(options.range, options.attribute, this.#clock.now);
  }

  start(sink: LiveSink, listener: LiveListener): void {
    if (this.#sink !== null || this.#closing !== null) return;
    this.#sink = sink;
    this.#listener = listener;
    this.#reconcile();
  }

  status(): LiveStatus {
    const sessions = this.#sessionsInScope();
    return {
      scope: this.#scope,
      range: this.#timeframe.range,
      lanes: [
        ...this.#active.map((lane) => lane.status()),
        ...this.#places.map((place) => statusOfPlace(place, this.#timeframe.wanted, this.#isPaused)),
      ],
      isFollowing: this.#isFollowing,
      isPaused: this.#isPaused,
      faults: sessions.flatMap(({ fault, account }) => (fault !== null && account === null ? [fault] : [])),
      missingGlobalRegion: missingGlobalRegion(sessions, this.#scope),
      notices: [...(this.#options.notices?.() ?? []), ...[this.#clock.notice ?? []].flat(), ...this.#notices],
      isIdle: this.#isIdle(sessions),
    };
  }

  choose(scope: Scope): void {
    this.#scope = scope;
    this.#reconcile();
  }

  setRange(range: HistoryRange): void {
    this.#timeframe.setRange(range);
    this.#planAll();
  }

  setAttribute(attribute: LookupAttribute | null): void {
    this.#timeframe.setAttribute(attribute);
    this.#planAll();
  }

  loadOlder(): void {
    if (this.#active.length === 0 || this.#places.length > 0) return;
    if (!this.#active.every(({ isLoaded }) => isLoaded)) return;
    if (this.#timeframe.extend()) this.#planAll();
  }

  loadAll(): void {
    this.#timeframe.extendToAll();
    this.#planAll();
  }

  refresh(): void {
    for (const session of this.#sessionsInScope()) void session.open();
    for (const lane of this.#active) lane.refresh();
    this.#changed();
  }

  setFollowing(isFollowing: boolean): void {
    this.#isFollowing = isFollowing;
    for (const lane of this.#active) lane.setFollowing(isFollowing);
    this.#changed();
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    for (const lane of this.#active) lane.setPaused(isPaused);
    this.#changed();
  }

  async profiles(): Promise<readonly Profile[]> {
    const { readProfiles } = await import('../aws/profiles.ts');
    return readProfiles(this.#options.env);
  }

  async regions(): Promise<readonly RegionChoice[]> {
    const answers = await Promise.allSettled(this.#sessionsInScope().map((session) => session.regionChoices()));
    const byName = new Map<string, RegionChoice>();
    for (const answer of answers) {
      if (answer.status === 'rejected') continue;
      for (const region of answer.value)
        if (byName.get(region.name)?.isEnabled !== true) byName.set(region.name, region);
    }
    const failure = answers.find((answer) => answer.status === 'rejected');
    if (byName.size === 0 && failure !== undefined) throw failure.reason;
    return [...byName.values()];
  }

  async decodeMessage({ text, region, accounts }: EncodedMessage, signal: AbortSignal): Promise<string | null> {
    const sessions = this.#sessionsInScope();
    const owners = accounts.flatMap((account) => sessions.filter((session) => session.account === account));
    const access = owners.find((session) => session.access !== null)?.access ?? null;
    if (access === null) return null;
    const { decodeMessage } = await import('../aws/decode-message.ts');
    return decodeMessage(access, region, text, signal);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#pace.stop();
    for (const session of this.#sessions.values()) session.close();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
    await this.#options.cache?.close();
  }

  #planAll(): void {
    const { plan } = this.#timeframe;
    for (const lane of this.#active) lane.setPlan(plan);
    this.#changed();
  }

  /** All that was asked for by this machine's time was meant by AWS's. */
  #moveClock(byMs: number): void {
    this.#options.debug?.('clock.moved', { byMs });
    // A minute does not matter where days begin, and would let every lane plan anew.
    if (Math.abs(byMs) >= LEAST_MOVE_MS) this.#timeframe.moveClock(byMs);
    for (const lane of this.#lanes.values()) lane.moveClock();
    this.#planAll();
  }

  // ---- scope → lanes

  #sessionsInScope(): ProfileSession[] {
    return [...new Set(this.#scope.profiles)].flatMap((profile) => this.#sessions.get(profile) ?? []);
  }

  #reconcile(): void {
    if (this.#sink === null || this.#closing !== null) return;
    for (const profile of this.#scope.profiles) this.#openSession(profile);
    const active = new Set<Lane>();
    const places: Place[] = [];
    const held = new Map<Lane, Set<ProfileSession>>();
    const sessions = this.#sessionsInScope();
    for (const session of sessions)
      for (const region of regionsFor(session, this.#scope)) {
        if (session.account === null) {
          if (session.fault === null) places.push({ origin: this.#originOf(session, region), session, region });
          continue;
        }
        const lane = this.#laneOf(session, session.account, region);
        active.add(lane);
        held.set(lane, (held.get(lane) ?? new Set()).add(session));
      }
    this.#places = places;
    for (const lane of this.#active) if (!active.has(lane)) lane.park();
    this.#active = [...active];
    for (const [lane, holders] of held) this.#hold(lane, holders);
    this.#changed();
  }

  #openSession(profile: string | null): void {
    if (this.#sessions.has(profile)) return;
    const session = new ProfileSession({
      profile,
      env: this.#options.env,
      cache: this.#options.cache,
      openAccess: this.#options.openAccess ?? openRealAccess,
      askMfaCode: this.#listener?.askMfaCode == null ? null : (serial, name) => this.#askMfaCode(serial, name),
      onWarning: (line) => this.#notice(line),
      onChange: () => this.#reconcile(),
      onClaimLost: (claim) => {
        for (const lane of this.#lanes.values()) lane.removeClaim(claim);
        this.#reconcile();
      },
      slotMs: 1000 / this.#requestsPerSecond,
    });
    this.#sessions.set(profile, session);
    void session.open();
  }

  #laneOf(session: ProfileSession, account: string, region: string): Lane {
    const partition = partitionFor(session, region, this.#scope);
    const key: CacheLane = { partition, account, region, category: this.#scope.isInsights ? 'insight' : 'management' };
    const name = `${partition} ${account} ${region} ${key.category}`;
    const known = this.#lanes.get(name);
    if (known !== undefined) return known;
    const lane = new Lane({
      key,
      origin: this.#takeOrigin(session, region),
      profile: session.profile,
      label: session.label,
      cache: this.#options.cache,
      requestsPerSecond: this.#requestsPerSecond,
      now: this.#now,
      clock: this.#clock,
      sink: this.#sink as LiveSink,
      onChange: () => this.#changed(),
      debug: this.#options.debug ?? (() => {}),
      isAttributeAlone: this.#options.isAttributeAlone ?? false,
    });
    this.#lanes.set(name, lane);
    return lane;
  }

  /** Lets a lane know who may read it, and what is wanted of it. */
  #hold(lane: Lane, holders: ReadonlySet<ProfileSession>): void {
    for (const session of this.#sessions.values())
      if (!holders.has(session) && session.claim !== null) lane.removeClaim(session.claim);
    lane.setPaused(this.#isPaused);
    lane.setFollowing(this.#isFollowing);
    lane.activate(this.#timeframe.plan);
    for (const { claim } of holders) if (claim !== null) lane.addClaim(claim);
    lane.setOpeningTrouble([...holders].find(({ trouble }) => trouble !== null)?.trouble ?? null);
    const faults = [...holders].map(({ fault }) => fault);
    if (!lane.hasClaims && faults.every((fault) => fault !== null))
      lane.fail(faults[0] as NonNullable<(typeof faults)[0]>);
  }

  #placeName(session: ProfileSession, region: string): string {
    return `${session.profile ?? ''} ${region} ${this.#scope.isInsights}`;
  }

  #originOf(session: ProfileSession, region: string): number {
    const name = this.#placeName(session, region);
    const known = this.#origins.get(name);
    if (known !== undefined) return known;
    const origin = this.#nextOrigin++;
    this.#origins.set(name, origin);
    return origin;
  }

  /** The number under which the lane was shown before its account was known, where it was. */
  #takeOrigin(session: ProfileSession, region: string): number {
    const origin = this.#originOf(session, region);
    this.#origins.delete(this.#placeName(session, region));
    return origin;
  }

  // ---- telling

  #isIdle(sessions: readonly ProfileSession[]): boolean {
    if (this.#sink === null || this.#isFollowing || this.#isPaused) return false;
    const isAnswered = ({ fault, claim, isListed }: ProfileSession) =>
      fault !== null || (claim !== null && (this.#scope.regions !== 'all' || isListed));
    return sessions.every(isAnswered) && this.#active.every(({ isSettled }) => isSettled);
  }

  #notice(line: string): void {
    if (this.#notices.size < MOST_NOTICES) this.#notices.add(line);
    this.#options.debug?.('notice', { line });
    this.#changed();
  }

  /** One question at a time: there is one person. */
  #askMfaCode(serial: string, profile: string): Promise<string | null> {
    const answer = this.#mfa.then(() =>
      this.#closing === null ? (this.#listener?.askMfaCode?.(serial, profile) ?? null) : null,
    );
    this.#mfa = answer.catch(() => {});
    return answer;
  }

  #changed(): void {
    if (this.#listener !== null && this.#closing === null) this.#pace.changed();
  }

  #tell(): boolean {
    const status = this.status();
    this.#listener?.onStatus(status);
    return !status.isIdle && !status.isPaused;
  }
}

async function openRealAccess(options: AccessOptions) {
  const { openAccess } = await import('../aws/open-access.ts');
  return openAccess(options);
}
