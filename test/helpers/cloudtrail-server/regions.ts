// The Regions of each partition, for ListRegions and for telling a Region that is not opted in from one that is.
// Written down apart from src/cloudtrail/regions.ts, so that a mistake there does not hide here.

import type { AccountSetup } from './accounts.ts';
import { type Answer, AwsError } from './answer.ts';

type PartitionRegions = { readonly byDefault: readonly string[]; readonly optIn: readonly string[] };

const PARTITIONS: Readonly<Record<string, PartitionRegions>> = {
  aws: {
    byDefault: (
      'ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 ' +
      'eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2'
    ).split(' '),
    optIn: (
      'af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ' +
      'ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1'
    ).split(' '),
  },
  'aws-cn': { byDefault: ['cn-north-1', 'cn-northwest-1'], optIn: [] },
  'aws-us-gov': { byDefault: ['us-gov-east-1', 'us-gov-west-1'], optIn: [] },
  'aws-eusc': { byDefault: ['eusc-de-east-1'], optIn: [] },
};

type RegionStatus = 'ENABLED_BY_DEFAULT' | 'ENABLED' | 'DISABLED';

/** Every Region of the partition with its RegionOptStatus; `optedIn` are those the account has switched on. */
function regionStatuses(
  partition: string,
  optedIn: ReadonlySet<string>,
): readonly { readonly RegionName: string; readonly RegionOptStatus: RegionStatus }[] {
  const { byDefault, optIn } = PARTITIONS[partition] ?? { byDefault: [], optIn: [] };
  return [
    ...byDefault.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED_BY_DEFAULT' as const })),
    ...optIn.map((RegionName) => ({
      RegionName,
      RegionOptStatus: optedIn.has(RegionName) ? ('ENABLED' as const) : ('DISABLED' as const),
    })),
  ].sort((a, b) => (a.RegionName < b.RegionName ? -1 : 1));
}

/** Whether the account can be used there: its partition has the Region, and it is on. */
export function isRegionOn(partition: string, optedIn: ReadonlySet<string>, region: string): boolean {
  const regions = PARTITIONS[partition];
  if (regions === undefined) return false;
  return regions.byDefault.includes(region) || (regions.optIn.includes(region) && optedIn.has(region));
}

/** account:ListRegions, restJson. @throws AwsError */
export function answerListRegions({ partition = 'aws', optedIn = [] }: AccountSetup, body: string): Answer {
  const {
    MaxResults = 50,
    NextToken,
    RegionOptStatusContains,
  } = JSON.parse(body || '{}') as {
    readonly MaxResults?: number;
    readonly NextToken?: string;
    readonly RegionOptStatusContains?: readonly string[];
  };
  const all = regionStatuses(partition, new Set(optedIn)).filter(
    ({ RegionOptStatus }) => RegionOptStatusContains?.includes(RegionOptStatus) ?? true,
  );
  const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64').toString());
  if (Number.isNaN(from)) throw new AwsError('ValidationException', 'Invalid NextToken');
  const to = from + MaxResults;
  const next = to < all.length ? Buffer.from(String(to)).toString('base64') : undefined;
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Regions: all.slice(from, to), NextToken: next }),
  };
}
