// What can go wrong between here and AWS, in words a person can act on.

export type FaultKind =
  /** The quota is used up, by us or by somebody else of the account. */
  | 'throttled'
  /** 5xx, a truncated or empty answer, a reset, a hang: worth another try. */
  | 'transient'
  /** DNS, refused, proxy, certificates: nothing answers, or not who we asked. */
  | 'network'
  /** The page token does not hold any more: go on from the last second seen. */
  | 'token'
  /** Credentials that have run out. */
  | 'expired'
  /** There are none, or they cannot be used: profile, config file, MFA, SSO, credential_process. */
  | 'credentials'
  /** Somebody without the permission. */
  | 'denied'
  /** Not in this Region, account or partition. */
  | 'unavailable'
  /** A request that AWS says is wrong. */
  | 'request'
  /** A mistake of ours. */
  | 'internal'
  | 'cancelled';

export type Fault = {
  readonly kind: FaultKind;
  /** CloudTrail's or the SDK's name of it, e.g. "AccessDeniedException". */
  readonly name: string;
  /** What happened, with profile and Region where they are known; one line, no trailing full stop. */
  readonly message: string;
  /** The next step, e.g. "run aws sso login --profile prod"; null where there is none. */
  readonly next: string | null;
  /** What `l` runs in the explorer, e.g. ["aws", "sso", "login", "--profile", "prod"]; null where nothing helps. */
  readonly login: readonly string[] | null;
  /** How long AWS asks to wait (x-amz-retry-after), in ms; null where it does not say. */
  readonly retryAfterMs: number | null;
};

/** Ends a try with a reason that can be told. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.next === null ? fault.message : `${fault.message}; ${fault.next}`, options);
    this.fault = fault;
  }
}
