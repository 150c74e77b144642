import { defaultRegionOf, globalRegionOf, regionsOf, regionTitle } from '../../cloudtrail/regions.ts';
import type { Access, RegionChoice } from './access.ts';
import { clientOptions } from './client-options.ts';

/** Being switched on counts: a request may be refused for some minutes, and says so by itself. */
const ENABLED = new Set(['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING']);

/** The Regions of the account as it has them (account:ListRegions, one host a partition), in the order of the table.
 *  Rejects with what the SDK throws. */
export async function listRegions(access: Access, signal: AbortSignal): Promise<readonly RegionChoice[]> {
  const { AccountClient, paginateListRegions } = await import('@aws-sdk/client-account');
  const client = new AccountClient(clientOptions(access, 'account', globalRegionOf(access.partition)));
  const found: RegionChoice[] = [];
  for await (const page of paginateListRegions(
    { client, pageSize: 50, stopOnSameToken: true },
    {},
    { abortSignal: signal },
  )) {
    for (const { RegionName: name, RegionOptStatus: status } of page.Regions ?? []) {
      if (name) found.push({ name, title: regionTitle(name), isEnabled: ENABLED.has(status ?? '') });
    }
  }
  return inTableOrder(found, access.partition);
}

/** What an account has where it may not be asked: those that nobody needs to turn on, and the one in use. */
export function guessedRegions(partition: string, own: string | null): readonly RegionChoice[] {
  const table = regionsOf(partition).map(({ name, title, isOptIn }) => ({
    name,
    title,
    isEnabled: !isOptIn || name === own,
  }));
  const extra = own ?? defaultRegionOf(partition);
  if (table.some(({ name }) => name === extra)) return table;
  return [...table, { name: extra, title: regionTitle(extra), isEnabled: true }];
}

function inTableOrder(regions: readonly RegionChoice[], partition: string): readonly RegionChoice[] {
  const places = new Map(regionsOf(partition).map(({ name }, index) => [name, index]));
  const placeOf = ({ name }: RegionChoice) => places.get(name) ?? places.size;
  return [...regions].sort((a, b) => placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : 1));
}
