/** The top-level keys the reader looks at, in records and in what they come wrapped in. */
export const KEYS = [
  'eventTime',
  'eventName',
  'eventSource',
  'eventID',
  'userIdentity',
  'eventType',
  'awsRegion',
  'eventVersion',
  'recipientAccountId',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'readOnly',
  'eventCategory',
  'requestParameters',
  'responseElements',
  'resources',
  'serviceEventDetails',
  'additionalEventData',
  'insightDetails',
  'CloudTrailEvent',
  'detail',
  'detail-type',
  '_raw',
  'message',
  'Records',
  'Events',
  'records',
  'events',
  'logEvents',
  'Items',
  'items',
  'digestStartTime',
  'Message',
  'EventSource',
  'messageId',
  'Event',
  'Resources',
  'Username',
  'EventTime',
  'EventName',
  'EventId',
  'consoleCsv',
  'accountId',
  'vpcEndpointAccountId',
  'timeWindow',
] as const;

export type Key = (typeof KEYS)[number];

/** Index of each key in KEYS. */
export const KEY = Object.fromEntries(KEYS.map((key, index) => [key, index])) as Readonly<Record<Key, number>>;

const BUCKETS = 256;
const buckets: { readonly bytes: Buffer; readonly id: number }[][] = Array.from({ length: BUCKETS }, () => []);

function bucketOf(length: number, first: number, last: number): number {
  return (length * 37 + first * 5 + last * 11) & (BUCKETS - 1);
}

KEYS.forEach((key, id) => {
  const bytes = Buffer.from(key);
  buckets[bucketOf(bytes.length, bytes[0] as number, bytes[bytes.length - 1] as number)]?.push({ bytes, id });
});

/** Index in KEYS of the key in `buffer[from, to)`, or -1. Compares bytes: no string is made. */
export function keyAt(buffer: Buffer, from: number, to: number): number {
  const length = to - from;
  if (length < 4) return -1;
  const bucket = buckets[bucketOf(length, buffer[from] as number, buffer[to - 1] as number)];
  if (bucket === undefined) return -1;
  for (let entry = 0; entry < bucket.length; entry++) {
    const { bytes, id } = bucket[entry] as (typeof bucket)[number];
    if (bytes.length !== length) continue;
    let k = 0;
    while (k < length && bytes[k] === buffer[from + k]) k++;
    if (k === length) return id;
  }
  return -1;
}
