import type { Access } from '../aws/access.ts';
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
    explain: async (fault) => fault,
  };
}
