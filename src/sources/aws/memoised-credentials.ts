import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { FaultError } from './fault.ts';

/** As the SDKs do: early enough that no request is signed with credentials that run out on the way. */
const REFRESH_MS = 5 * 60_000;
/** Helpers hand out the same keys until they run out, and a search may ask a person: no more often than this. Those just
 *  found are used although they have run out by this machine's clock, which may be wrong: AWS says it otherwise. */
const RETRY_MS = 60_000;
/** When temporary credentials run out, every Region finds out by itself and asks for new ones. */
const FRESH_MS = 5_000;

export type MemoisedCredentials = {
  readonly provider: AwsCredentialIdentityProvider;
  /** Forgets them, and what a person has refused. */
  renew(): void;
};

/** One search for credentials at a time, shared by all clients of an access, and again shortly before they run out: in
 *  the background, for a request need not wait while the old ones are good.
 *  A code that the person has refused is not asked for again by the next Region, only after `renew`. */
export function memoisedCredentials(
  find: () => Promise<AwsCredentialIdentity>,
  onWarning: (line: string) => void,
): MemoisedCredentials {
  let known: AwsCredentialIdentity | null = null;
  let knownSince = 0;
  let triedAt = 0;
  let refusal: FaultError | null = null;
  let search: Promise<AwsCredentialIdentity> | null = null;

  const provide = async (): Promise<AwsCredentialIdentity> => {
    const left = remainingMs(known);
    if (known !== null && (left > 0 || Date.now() - knownSince < RETRY_MS)) {
      if (left <= REFRESH_MS) refresh();
      return known;
    }
    if (refusal !== null) throw refusal;
    search ??= start();
    return search;
  };
  const refresh = () => {
    if (refusal !== null || search !== null || Date.now() - triedAt < RETRY_MS) return;
    search = start();
    search.catch((error: unknown) => {
      // Still good for a while: a fault now need not stop what works.
      onWarning(`credentials could not be refreshed: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  const start = () => {
    triedAt = Date.now();
    return find().then(
      (found) => {
        known = found;
        knownSince = Date.now();
        search = null;
        return found;
      },
      (error: unknown) => {
        search = null;
        if (error instanceof FaultError && error.fault.name === 'MfaRefused') refusal = error;
        throw error;
      },
    );
  };
  return {
    // The SDK's clients would each keep a copy of their own, which `renew` could not reach.
    provider: Object.assign(provide, { memoized: true }),
    renew() {
      refusal = null;
      // Those without an end are read again from where they are written down, which costs nothing.
      const isFresh = known?.expiration !== undefined && Date.now() - knownSince < FRESH_MS;
      if (!isFresh) known = null;
    },
  };
}

function remainingMs(credentials: AwsCredentialIdentity | null): number {
  return credentials?.expiration === undefined
    ? Number.POSITIVE_INFINITY
    : credentials.expiration.getTime() - Date.now();
}
