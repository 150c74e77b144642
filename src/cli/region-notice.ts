import { partitionOf, regionsOf, regionTitle } from '../cloudtrail/regions.ts';
import { nearest } from '../text/nearest.ts';

/** What to say of Regions that no table knows, in one line; null where all are known. They are not refused, for AWS
 *  opens Regions faster than programs are updated. */
export function regionNotice(regions: readonly string[]): string | null {
  const unknown = regions.filter((region) => regionTitle(region) === '').map(describe);
  return unknown.length === 0 ? null : `no Region that trailx knows: ${unknown.join(', ')}`;
}

function describe(region: string): string {
  const near = nearest(
    region,
    regionsOf(partitionOf(region)).map(({ name }) => name),
  );
  return near === null ? region : `${region} (did you mean ${near}?)`;
}
