import { KEY } from './record-keys.ts';
import type { RecordView } from './record-view.ts';

const LISTS = [KEY.Records, KEY.Events, KEY.records, KEY.events, KEY.logEvents, KEY.Items, KEY.items];

/** What an object that is no record is: something with records inside, or a known kind of something else. */
export type Envelope =
  /** A JSON string holding JSON: CloudTrailEvent of LookupEvents, `_raw`, `message`. */
  | { readonly kind: 'text'; readonly from: number; readonly to: number }
  /** A list or object of records. */
  | { readonly kind: 'json'; readonly from: number; readonly to: number }
  /** What EventBridge delivers: a record when it comes from CloudTrail. */
  | { readonly kind: 'detail'; readonly from: number; readonly to: number }
  | { readonly kind: 'digest' | 'notification' | 'other' };

const QUOTE = 0x22;
const LIST = 0x5b;
const OBJECT = 0x7b;

export function envelopeOf(view: RecordView): Envelope {
  const find = (key: number, first: number): { readonly from: number; readonly to: number } | null =>
    view.has(key) && view.buffer[view.from(key)] === first ? { from: view.from(key), to: view.to(key) } : null;
  const event = find(KEY.CloudTrailEvent, QUOTE);
  if (event !== null) return { kind: 'text', ...event };
  for (const key of LISTS) {
    const list = find(key, LIST);
    if (list !== null) return { kind: 'json', ...list };
  }
  const detail = find(KEY.detail, OBJECT);
  if (detail !== null) return { kind: 'detail', ...detail };
  for (const key of [KEY._raw, KEY.message]) {
    const text = find(key, QUOTE);
    if (text !== null) return { kind: 'text', ...text };
    const object = find(key, OBJECT);
    if (object !== null) return { kind: 'json', ...object };
  }
  if (view.has(KEY.digestStartTime)) return { kind: 'digest' };
  const isNotification = NOTIFICATION_KEYS.some((key) => view.has(key));
  return { kind: isNotification ? 'notification' : 'other' };
}

/** Of S3 (eventSource aws:s3, Event), SNS (EventSource, Message), SQS (messageId) and EventBridge. */
const NOTIFICATION_KEYS = [KEY.eventSource, KEY.EventSource, KEY.Message, KEY.messageId, KEY.Event, KEY['detail-type']];
