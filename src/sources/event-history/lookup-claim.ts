import type { Access } from '../aws/access.ts';
import { explainUnrecognized, isUnrecognized } from '../aws/denied-fault.ts';
import type { Fault } from '../aws/fault.ts';
import type { Claim, Renewal } from './claim.ts';
import { createLookupClient } from './lookup-page.ts';
import { createPageBatches } from './page-batches.ts';
import type { PageReader } from './page-reader.ts';

/** The right to read the account of `access`, whose caller is known. */
export function createClaim(access: Access, renewal: Renewal): Claim {
  return {
    profile: access.profile,
    label: access.label,
    renewal,
    reader: async (region, isInsights) => readerOf(access, region, isInsights),
  };
}

function readerOf(access: Access, region: string, isInsights: boolean): PageReader {
  const client = createLookupClient(access, region);
  const pages = createPageBatches();
  return {
    async read({ attribute, from, to, token }, signal) {
      const page = await client.page({ attribute, from, to, isInsights, nextToken: token }, signal);
      return {
        events: page.events.map(({ eventId, eventTime }) => ({ id: eventId, time: eventTime ?? Number.NaN })),
        token: page.nextToken,
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

/** AWS says the same of a wrong key and of a Region that is off: who is asking, and which Regions are on, tells. */
async function explain(fault: Fault, access: Access, region: string, signal: AbortSignal): Promise<Fault> {
  if (!isUnrecognized(fault.name)) return fault;
  const [caller, list] = await Promise.allSettled([access.caller(signal), access.regions(signal)]);
  const isKnown = list.status === 'fulfilled' && !list.value.isGuess;
  const facts = {
    callerWorks: caller.status === 'fulfilled',
    isRegionEnabled: isKnown ? (list.value.regions.find(({ name }) => name === region)?.isEnabled ?? null) : null,
  };
  return explainUnrecognized(fault, facts, { profile: access.profile, label: access.label, region });
}
