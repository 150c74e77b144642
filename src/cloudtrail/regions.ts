// The partitions of AWS and their Regions, as the endpoint tables of the AWS SDKs of 2026 list them for CloudTrail.
// What an account has enabled is told by account:ListRegions; this table stands in where that may not be asked.

export type Region = {
  readonly name: string;
  /** e.g. "Europe (Ireland)" */
  readonly title: string;
  /** Off in a new account until somebody turns it on ("opt-in"; the commercial Regions since 2019). */
  readonly isOptIn: boolean;
};

type Partition = {
  readonly name: string;
  /** Where the events of global services (IAM, sign-in, Organizations …) are recorded. */
  readonly globalRegion: string;
  /** How the names of its Regions begin, for Regions newer than this table. */
  readonly prefixes: readonly string[];
  readonly regions: readonly Region[];
};

const region = (name: string, title: string): Region => ({ name, title, isOptIn: false });
const optIn = (name: string, title: string): Region => ({ name, title, isOptIn: true });

const COMMERCIAL: Partition = {
  name: 'aws',
  globalRegion: 'us-east-1',
  prefixes: [],
  regions: [
    region('us-east-1', 'US East (N. Virginia)'),
    region('us-east-2', 'US East (Ohio)'),
    region('us-west-1', 'US West (N. California)'),
    region('us-west-2', 'US West (Oregon)'),
    optIn('af-south-1', 'Africa (Cape Town)'),
    optIn('ap-east-1', 'Asia Pacific (Hong Kong)'),
    optIn('ap-east-2', 'Asia Pacific (Taipei)'),
    region('ap-northeast-1', 'Asia Pacific (Tokyo)'),
    region('ap-northeast-2', 'Asia Pacific (Seoul)'),
    region('ap-northeast-3', 'Asia Pacific (Osaka)'),
    region('ap-south-1', 'Asia Pacific (Mumbai)'),
    optIn('ap-south-2', 'Asia Pacific (Hyderabad)'),
    region('ap-southeast-1', 'Asia Pacific (Singapore)'),
    region('ap-southeast-2', 'Asia Pacific (Sydney)'),
    optIn('ap-southeast-3', 'Asia Pacific (Jakarta)'),
    optIn('ap-southeast-4', 'Asia Pacific (Melbourne)'),
    optIn('ap-southeast-5', 'Asia Pacific (Malaysia)'),
    optIn('ap-southeast-6', 'Asia Pacific (New Zealand)'),
    optIn('ap-southeast-7', 'Asia Pacific (Thailand)'),
    region('ca-central-1', 'Canada (Central)'),
    optIn('ca-west-1', 'Canada West (Calgary)'),
    region('eu-central-1', 'Europe (Frankfurt)'),
    optIn('eu-central-2', 'Europe (Zurich)'),
    region('eu-north-1', 'Europe (Stockholm)'),
    optIn('eu-south-1', 'Europe (Milan)'),
    optIn('eu-south-2', 'Europe (Spain)'),
    region('eu-west-1', 'Europe (Ireland)'),
    region('eu-west-2', 'Europe (London)'),
    region('eu-west-3', 'Europe (Paris)'),
    optIn('il-central-1', 'Israel (Tel Aviv)'),
    optIn('me-central-1', 'Middle East (UAE)'),
    optIn('me-south-1', 'Middle East (Bahrain)'),
    optIn('mx-central-1', 'Mexico (Central)'),
    region('sa-east-1', 'South America (São Paulo)'),
  ],
};

const PARTITIONS: readonly Partition[] = [
  COMMERCIAL,
  {
    name: 'aws-cn',
    globalRegion: 'cn-northwest-1',
    prefixes: ['cn-'],
    regions: [region('cn-north-1', 'China (Beijing)'), region('cn-northwest-1', 'China (Ningxia)')],
  },
  {
    name: 'aws-us-gov',
    globalRegion: 'us-gov-west-1',
    prefixes: ['us-gov-'],
    regions: [region('us-gov-west-1', 'AWS GovCloud (US-West)'), region('us-gov-east-1', 'AWS GovCloud (US-East)')],
  },
  {
    name: 'aws-eusc',
    globalRegion: 'eusc-de-east-1',
    prefixes: ['eusc-'],
    regions: [region('eusc-de-east-1', 'AWS European Sovereign Cloud (Germany)')],
  },
  {
    name: 'aws-iso',
    globalRegion: 'us-iso-east-1',
    prefixes: ['us-iso-'],
    regions: [region('us-iso-east-1', 'US ISO East'), region('us-iso-west-1', 'US ISO West')],
  },
  {
    name: 'aws-iso-b',
    globalRegion: 'us-isob-east-1',
    prefixes: ['us-isob-'],
    regions: [region('us-isob-east-1', 'US ISOB East (Ohio)'), region('us-isob-west-1', 'US ISOB West')],
  },
  {
    name: 'aws-iso-e',
    globalRegion: 'eu-isoe-west-1',
    prefixes: ['eu-isoe-'],
    regions: [region('eu-isoe-west-1', 'EU ISOE West')],
  },
  {
    name: 'aws-iso-f',
    globalRegion: 'us-isof-south-1',
    prefixes: ['us-isof-'],
    regions: [region('us-isof-south-1', 'US ISOF South'), region('us-isof-east-1', 'US ISOF East')],
  },
];

const TITLES: ReadonlyMap<string, string> = new Map(
  PARTITIONS.flatMap(({ regions }) => regions.map(({ name, title }) => [name, title] as const)),
);

/** The partition of a Region, by the beginning of its name: Regions are added faster than programs are updated. */
export function partitionOf(regionName: string): string {
  const isIn = ({ prefixes }: Partition) => prefixes.some((prefix) => regionName.startsWith(prefix));
  return (PARTITIONS.find(isIn) ?? COMMERCIAL).name;
}

/** Where the events of global services are; that of `aws` for a partition nobody has heard of. */
export function globalRegionOf(partition: string): string {
  return partitionNamed(partition).globalRegion;
}

/** What to begin with where neither the environment nor the profile names a Region: that of the global services, which
 *  holds most of what an account's people do. */
export function defaultRegionOf(partition: string): string {
  return globalRegionOf(partition);
}

/** All Regions of the partition; none for a partition nobody has heard of. */
export function regionsOf(partition: string): readonly Region[] {
  return PARTITIONS.find(({ name }) => name === partition)?.regions ?? [];
}

/** "Europe (Ireland)"; '' for a Region that is not in the table. */
export function regionTitle(regionName: string): string {
  return TITLES.get(regionName) ?? '';
}

function partitionNamed(partition: string): Partition {
  return PARTITIONS.find(({ name }) => name === partition) ?? COMMERCIAL;
}
