// One profile of the scope, from its name to the right to read: access, the account of last time (so that the cache can
// be shown before anybody is asked), the account for certain, and the Regions where all are wanted.

import { defaultRegionOf } from '../../cloudtrail/regions.ts';
import type { EventCache } from '../../store/event-cache/event-cache.ts';
import type { Access, AccessOptions, RegionChoice } from '../aws/access.ts';
import { type Fault, FaultError } from '../aws/fault.ts';
import { type Claim, Renewal } from './claim.ts';
import { faultOfError } from './lane-faults.ts';
import { givenUp, isPassing, MOST_FAILURES, retryDelay } from './retry.ts';
import { Waiting } from './waiting.ts';

export type OpenAccess = (options: AccessOptions) => Promise<Access>;

/** A name that is not known or a door that is shut is told after so many requests' time (15 s), and is tried often until
 *  then: nothing else can be seen meanwhile, and a person can try again. */
const NETWORK_SLOTS = 30;
/** An answer that is no good, or does not come: 45 s. */
const ANSWER_SLOTS = 90;
const LONGEST_WAIT_SLOTS = 8;

export type SessionOptions = {
  readonly profile: string | null;
  readonly env: AccessOptions['env'];
  readonly cache: EventCache | null;
  readonly openAccess: OpenAccess;
  /** Null: there is nobody to be asked. */
  readonly askMfaCode: NonNullable<AccessOptions['askMfaCode']> | null;
  readonly onWarning: (line: string) => void;
  readonly onChange: () => void;
  /** Nothing may be read by it any more. */
  readonly onClaimLost: (claim: Claim) => void;
  readonly slotMs: number;
};

export class ProfileSession {
  readonly profile: string | null;
  readonly #options: SessionOptions;
  readonly #closing = new AbortController();
  readonly #waiting = new Waiting();
  #opening: Promise<Access> | null = null;
  #access: Access | null = null;
  #account: string | null = null;
  #claim: Claim | null = null;
  #fault: Fault | null = null;
  #trouble: Fault | null = null;
  /** Since when STS is asked, performance.now(). */
  #triedFrom = 0;
  #isBusy = false;
  #regions: readonly string[] | null = null;
  /** They need not be asked for: known for certain, or asked for since `open` was called last. */
  #isListed = false;
  #isGuess = true;
  #isListing = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.profile = options.profile;
  }

  get label(): string {
    return this.#access?.label ?? this.profile ?? 'environment';
  }

  get access(): Access | null {
    return this.#access;
  }

  /** As of last time, until it is known for certain (`claim`). */
  get account(): string | null {
    return this.#account;
  }

  get claim(): Claim | null {
    return this.#claim;
  }

  get fault(): Fault | null {
    return this.#fault;
  }

  /** Of the last try, when there will be another. */
  get trouble(): Fault | null {
    return this.#trouble;
  }

  /** The profile's own Region, else the partition's default; null before the access is open. */
  get ownRegion(): string | null {
    return this.#access === null ? null : (this.#access.region ?? defaultRegionOf(this.#access.partition));
  }

  /** Names of all enabled Regions; null until `listRegions` has been answered with some. */
  get regions(): readonly string[] | null {
    return this.#regions;
  }

  /** Nothing more is to come of them by itself. */
  get isListed(): boolean {
    return this.#isListed && !this.#isListing;
  }

  /** Begins, or tries again what failed. Never rejects: what goes wrong is the session's fault. */
  async open(): Promise<void> {
    // One that waits for another try tries now.
    if (this.#isBusy) {
      this.#triedFrom = performance.now();
      this.#waiting.wake();
    }
    this.#isListed = !this.#isGuess;
    if (this.#isBusy || this.#claim !== null) return this.#options.onChange();
    const hadFailed = this.#fault !== null;
    this.#isBusy = true;
    this.#fault = null;
    try {
      const access = await this.#openOnce();
      if (hadFailed) access.renew();
      this.#account ??= this.#options.cache?.accountOf(access.fingerprint) ?? null;
      this.#options.onChange();
      await this.#verify(access);
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#fault = faultOfError(error, this.label);
    }
    this.#trouble = null;
    this.#isBusy = false;
    if (!this.#closing.signal.aborted) this.#options.onChange();
  }

  /** Asks which Regions there are, once; after `open` again where they are a guess or not known. */
  listRegions(): void {
    if (this.#isListing || this.#isListed || this.#access === null) return;
    this.#isListing = true;
    this.#isListed = true;
    this.#access
      .regions(this.#closing.signal)
      .then(({ regions, isGuess }) => {
        this.#isGuess = isGuess;
        this.#regions = regions.filter(({ isEnabled }) => isEnabled).map(({ name }) => name);
      })
      .catch((error: unknown) => {
        // The same credentials fail for every request: the lane of its own Region tells it.
        this.#options.onWarning(
          `the Regions of ${this.label} are not known: ${faultOfError(error, this.label).message}`,
        );
      })
      .finally(() => {
        this.#isListing = false;
        if (!this.#closing.signal.aborted) this.#options.onChange();
      });
  }

  /** For the picker. @throws FaultError */
  async regionChoices(): Promise<readonly RegionChoice[]> {
    const access = await this.#openOnce();
    return (await access.regions(this.#closing.signal)).regions;
  }

  close(): void {
    this.#closing.abort(new Error('closed'));
    this.#waiting.wake();
    this.#access?.close();
  }

  #openOnce(): Promise<Access> {
    const { profile, env, openAccess, askMfaCode, onWarning } = this.#options;
    this.#opening ??= openAccess({ profile, env, ...(askMfaCode && { askMfaCode }), onWarning }).then(
      (access) => {
        this.#access = access;
        if (this.#closing.signal.aborted) access.close();
        return access;
      },
      (error: unknown) => {
        // A file can be mended: the next try reads it anew.
        this.#opening = null;
        throw error;
      },
    );
    return this.#opening;
  }

  async #verify(access: Access): Promise<void> {
    const { cache, slotMs } = this.#options;
    const { signal } = this.#closing;
    // Loaded while STS thinks about it: the first page needs them.
    const loading = Promise.all([import('./lookup-claim.ts'), import('@aws-sdk/client-cloudtrail')]);
    loading.catch(() => {});
    let hasRenewed = false;
    this.#triedFrom = performance.now();
    for (let failures = 1; ; failures++) {
      try {
        const { account } = await access.caller(signal);
        if (signal.aborted) return;
        this.#account = account;
        if (cache !== null && cache.accountOf(access.fingerprint) !== account)
          cache.rememberAccount(access.fingerprint, account);
        const [{ createClaim }] = await loading;
        const claim: Claim = createClaim(access, account, new Renewal(() => access.renew()), () => this.#lose(claim));
        this.#claim = claim;
        // What kept the account from being known has kept the Regions from it too.
        if (failures > 1 || hasRenewed) this.#isListed = !this.#isGuess;
        return;
      } catch (error) {
        const fault = faultOfError(error, this.label);
        if (fault.kind === 'expired' && !hasRenewed) {
          hasRenewed = true;
          access.renew();
        } else if (isPassing(fault) && !signal.aborted && !this.#isEnough(fault, failures)) {
          this.#trouble = fault;
          this.#options.onChange();
          const delay = Math.min(LONGEST_WAIT_SLOTS * slotMs, retryDelay(fault, failures, slotMs));
          await this.#waiting.wait(Math.max(slotMs / 2, fault.retryAfterMs ?? 0, delay));
        } else throw isPassing(fault) ? new FaultError(givenUp(fault, failures), { cause: error }) : error;
        if (signal.aborted) return;
      }
    }
  }
  #isEnough({ kind }: Fault, failures: number): boolean {
    const tried = performance.now() - this.#triedFrom;
    if (kind === 'network') return tried >= NETWORK_SLOTS * this.#options.slotMs;
    return failures >= MOST_FAILURES || tried >= ANSWER_SLOTS * this.#options.slotMs;
  }

  /** The profile has come to mean another account: it is opened anew, with its files read anew. */
  #lose(claim: Claim): void {
    if (this.#claim !== claim || this.#closing.signal.aborted) return;
    const { onWarning, onClaimLost } = this.#options;
    onWarning(`${this.label} was of account ${this.#account} and is of another now: it is opened anew`);
    this.#access?.close();
    this.#access = null;
    this.#opening = null;
    this.#account = null;
    this.#claim = null;
    this.#regions = null;
    this.#isGuess = true;
    onClaimLost(claim);
    void this.open();
  }
}
