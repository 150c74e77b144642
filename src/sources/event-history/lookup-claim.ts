import { createHash } from 'node:crypto';
import type { Access } from '../aws/access.ts';
import { explainUnrecognized, isUnrecognized } from '../aws/denied-fault.ts';
import { type Fault, FaultError } from '../aws/fault.ts';
import type { Claim, Renewal } from './claim.ts';
import { createLookupClient, type PageEvent } from './lookup-page.ts';
import { createPageBatches } from './page-batches.ts';
import type { PageReader } from './page-reader.ts';
import { isPassing } from './retry.ts';

/** The right to read `account`, which `access` was just found to belong to. Credentials that are fetched anew may be
 *  those of another one, where the profile was edited meanwhile: nothing is read by them, and `onOtherAccount` is
 *  called, before anything of that account could be taken for this one's. */
export function createClaim(access: Access, account: string, renewal: Renewal, onOtherAccount: () => void): Claim {
  const check = async (signal?: AbortSignal) => {
    // Costs a request only where the credentials are others than last time.
    const { account: now } = await access.caller(signal);
    if (now === account) return;
    onOtherAccount();
    throw movedFault(access, account, now);
  };
  // Another lane may renew them between a check and the signing: those that sign are those that were checked.
  const credentials = async () => {
    for (;;) {
      const found = await access.credentials();
      await check();
      if ((await access.credentials()).accessKeyId === found.accessKeyId) return found;
    }
  };
  const checked: Access = { ...access, credentials: Object.assign(credentials, { memoized: true }) };
  return {
    profile: access.profile,
    label: access.label,
    renewal,
    reader: async (region, isInsights) => readerOf(checked, region, isInsights, check),
  };
}

function movedFault({ label }: Access, before: string, now: string): FaultError {
  const message = `${label}: the profile is of account ${now} now, and was of ${before}`;
  return new FaultError({
    kind: 'cancelled',
    name: 'OtherAccount',
    message,
    next: null,
    login: null,
    retryAfterMs: null,
  });
}

function readerOf(
  access: Access,
  region: string,
  isInsights: boolean,
  check: (signal: AbortSignal) => Promise<void>,
): PageReader {
  const client = createLookupClient(access, region);
  const pages = createPageBatches();
  return {
    ready: check,
    async read({ attribute, from, to, token }, signal) {
      await check(signal);
      const page = await client.page({ attribute, from, to, isInsights, nextToken: token }, signal);
      return {
        events: page.events.map((event) => ({ id: idOf(event), time: event.eventTime ?? Number.NaN })),
        token: page.nextToken,
        date: page.date,
        batches: (keep, origin, firstSequence) =>
          pages.toBatches(
            page.events.filter((_, index) => keep(index)),
            origin,
            firstSequence,
          ),
      };
    },
    explain: (fault, signal) => explain(fault, access, region, signal),
  };
}

/** Where AWS gives none, the same event is known by all that it says. */
function idOf(event: PageEvent): string {
  return event.eventId || createHash('sha1').update(JSON.stringify(event)).digest('hex');
}

/** AWS says the same of a wrong key and of a Region that is off: who is asking, and which Regions are on, tells. */
async function explain(fault: Fault, access: Access, region: string, signal: AbortSignal): Promise<Fault> {
  if (!isUnrecognized(fault.name)) return fault;
  const [caller, list] = await Promise.allSettled([access.caller(signal, true), access.regions(signal)]);
  // Nobody there to say whose fault it is.
  const { reason } = caller as { reason?: unknown };
  if (reason instanceof FaultError && isPassing(reason.fault)) return fault;
  const isKnown = list.status === 'fulfilled' && !list.value.isGuess;
  const facts = {
    callerWorks: caller.status === 'fulfilled',
    isRegionEnabled: isKnown ? (list.value.regions.find(({ name }) => name === region)?.isEnabled ?? null) : null,
  };
  return explainUnrecognized(fault, facts, {
    profile: access.profile,
    env: access.env,
    label: access.label,
    region,
  });
}
