// Numbers that mean something by their key: ports, protocols, sizes, durations; and texts that end where CloudTrail cuts.

import { protocolName } from './ip-protocols.ts';
import { bytesText } from './plain-number.ts';
import { spanText } from './time-meaning.ts';

const PORTS: ReadonlyMap<number, string> = new Map([
  [20, 'FTP data'],
  [21, 'FTP'],
  [22, 'SSH'],
  [23, 'Telnet'],
  [25, 'SMTP'],
  [53, 'DNS'],
  [80, 'HTTP'],
  [111, 'RPC'],
  [135, 'Windows RPC'],
  [139, 'NetBIOS'],
  [389, 'LDAP'],
  [443, 'HTTPS'],
  [445, 'SMB'],
  [465, 'SMTP'],
  [587, 'SMTP'],
  [636, 'LDAPS'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [2049, 'NFS'],
  [2375, 'Docker, unencrypted'],
  [2376, 'Docker'],
  [3306, 'MySQL'],
  [3389, 'RDP'],
  [5432, 'PostgreSQL'],
  [5439, 'Redshift'],
  [5601, 'Kibana'],
  [5900, 'VNC'],
  [5985, 'WinRM'],
  [5986, 'WinRM'],
  [6379, 'Redis'],
  [6443, 'Kubernetes API'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [10250, 'kubelet'],
  [11211, 'memcached'],
  [27017, 'MongoDB'],
]);

const PORT_KEY = /(?:^|from|to|remote|local|host|container|listener|db|instance)port$/i;
const SECONDS_KEY = /seconds$|^(?:maxSessionDuration|maxTunnelDuration|messageRetentionPeriod|visibilityTimeout)$/i;
/** Before the seconds, whose ending they have. */
const PARTS_OF_SECOND: readonly (readonly [RegExp, perMillisecond: number])[] = [
  [/(?:millis|milliseconds)$/i, 1],
  [/(?:micros|microseconds)$/i, 1000],
  [/(?:nanos|nanoseconds)$/i, 1_000_000],
];
const BYTES_KEY = /(?:bytes|bytes(?:In|Out|TransferredIn|TransferredOut)|contentLength|sizeInBytes)$/i;

/** What a number is by its key; '' where it says itself what it is. */
export function numberMeaning(key: string, value: string | number | boolean): string {
  if (/^(?:ip)?protocol$/i.test(key)) return protocolMeaning(String(value));
  const number = typeof value === 'number' ? value : numberIn(value);
  if (number === null || !Number.isFinite(number)) return '';
  if (PORT_KEY.test(key)) return number === -1 ? allPorts(key) : (PORTS.get(number) ?? '');
  const part = PARTS_OF_SECOND.find(([pattern]) => pattern.test(key))?.[1];
  if (part !== undefined) return number >= 1000 * part ? spanText(number / part) : '';
  if (SECONDS_KEY.test(key)) return number >= 120 ? spanText(number * 1000) : '';
  if (BYTES_KEY.test(key)) return number >= 10_000 ? bytesText(number) : '';
  return /^volumeSize$/i.test(key) ? 'GiB' : '';
}

function protocolMeaning(value: string): string {
  return value === '-1' ? 'all protocols' : protocolName(value).toUpperCase().replace('V6', 'v6');
}

function numberIn(value: string | boolean): number | null {
  return typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value) ? Number(value) : null;
}

/** The protocol stands elsewhere: ICMP has its types and codes in the place of ports. */
function allPorts(key: string): string {
  return `all ports; of ICMP all ${/^to/i.test(key) ? 'codes' : 'types'}`;
}

/** Fields that CloudTrail cuts at 1 kB. Source: CloudTrail User Guide, "CloudTrail record contents". */
const CUT_FIELDS: ReadonlySet<unknown> = new Set(['errorCode', 'errorMessage', 'userAgent', 'requestID']);
const CUT_BYTES = 1024;

/** Said of a text that is as long as CloudTrail keeps: it may have been longer. */
export function lengthMeaning(path: readonly (string | number)[], value: string): string {
  if (path.length !== 1 || !CUT_FIELDS.has(path[0]) || value.length < CUT_BYTES / 4) return '';
  return Buffer.byteLength(value) >= CUT_BYTES - 3 ? 'probably cut: CloudTrail keeps 1 kB' : '';
}
