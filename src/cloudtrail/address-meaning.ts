// What kind of address it is, where the address itself tells: private, of a document, everybody. Which provider has an
// address is in no record, and AWS's own ranges change every week: only those that are AWS's as a whole are told.

const UNSPECIFIED: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html and the pages on task roles, DNS
 *  and time. */
const LINK_LOCAL_SERVICES: ReadonlyMap<string, string> = new Map([
  ['169.254.169.254', 'instance metadata service'],
  ['169.254.170.2', 'credentials of container tasks'],
  ['169.254.170.23', 'credentials of EKS pods'],
  ['169.254.169.253', 'DNS of the VPC'],
  ['169.254.169.123', 'AWS time service'],
]);

type Range<T> = readonly [first: T, bits: number, meaning: string];

const V4: readonly Range<string>[] = [
  ['10.0.0.0', 8, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['100.64.0.0', 10, 'private (shared, carrier-grade NAT)'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local'],
  ['192.0.2.0', 24, 'documentation'],
  ['198.51.100.0', 24, 'documentation'],
  ['203.0.113.0', 24, 'documentation'],
  ['198.18.0.0', 15, 'benchmarking'],
  ['224.0.0.0', 4, 'multicast'],
];

/** By their first hextets. The last three are whole allocations to Amazon by ARIN, APNIC and RIPE. */
const V6: readonly Range<readonly number[]>[] = [
  [[0xfd00, 0x0ec2], 32, 'AWS, within the instance or VPC'],
  [[0xfc00], 7, 'private'],
  [[0xfe80], 10, 'link-local'],
  [[0x2001, 0x0db8], 32, 'documentation'],
  [[0x3fff, 0x0000], 20, 'documentation'],
  [[0xff00], 8, 'multicast'],
  [[0x2600, 0x1f00], 24, 'AWS'],
  [[0x2406, 0xda00], 24, 'AWS'],
  [[0x2a05, 0xd000], 25, 'AWS'],
];

const MAX_UNITS = 64;
const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** `private`, `documentation` …, of an address or a CIDR range; '' for public addresses and for what is no address. */
export function addressMeaning(text: string): string {
  if (text.length > MAX_UNITS) return '';
  if (UNSPECIFIED.has(text)) return 'any address';
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const v4 = numberOfV4(mapped);
  // Whatever address stands before it: 1.2.3.4/0 is 0.0.0.0/0.
  if (length !== undefined && Number(length) === 0) {
    if (v4 !== null && mapped === address) return 'everybody (IPv4)';
    return hextetsOf(address) === null ? '' : 'everybody (IPv6)';
  }
  const service = LINK_LOCAL_SERVICES.get(mapped);
  if (service !== undefined) return service;
  const least = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
  if (v4 !== null) return V4.find(([first, bits]) => least >= bits && isInV4(v4, first, bits))?.[2] ?? '';
  const v6 = hextetsOf(address);
  if (v6 === null) return '';
  if (address === '::1') return 'loopback';
  if (/^fd00:ec2::254$/i.test(address)) return 'instance metadata service';
  return V6.find(([first, bits]) => least >= bits && isInV6(v6, first, bits))?.[2] ?? '';
}

function numberOfV4(text: string): number | null {
  const parts = IPV4.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function isInV4(address: number, first: string, bits: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(address / size) === Math.floor((numberOfV4(first) ?? 0) / size);
}

function hextetsOf(text: string): readonly number[] | null {
  if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(':') || text.split('::').length > 2) return null;
  const [before = '', after] = text.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const missing = 8 - head.length - tail.length;
  if (after === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return all.every((part) => /^[0-9a-f]{1,4}$/i.test(part)) ? all.map((part) => Number.parseInt(part, 16)) : null;
}

function isInV6(address: readonly number[], first: readonly number[], bits: number): boolean {
  for (let at = 0; at * 16 < bits; at++) {
    const shift = 16 - Math.min(16, bits - at * 16);
    if ((address[at] ?? 0) >> shift !== (first[at] ?? 0) >> shift) return false;
  }
  return true;
}
