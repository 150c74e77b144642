import { RESOURCE_SEPARATOR } from '../../cloudtrail/fields.ts';
import { insightName } from '../../cloudtrail/insight.ts';
import { resourcesOf } from '../../cloudtrail/resources.ts';
import { parseTime } from '../../cloudtrail/time.ts';
import { identityCells } from '../../cloudtrail/user-identity.ts';
import { type BatchBuilder, COLUMN } from './batch-builder.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import { Interner } from './interner.ts';
import { compactInto, JsonScanner } from './json-scanner.ts';
import { KEY, KEYS, keyAt } from './record-keys.ts';
import { type ObjectSink, RecordStream } from './record-stream.ts';

/** Envelopes in envelopes beyond this are not opened. */
const MAX_DEPTH = 4;
/** Longer values are searchable in the record's text, not as a column. */
const MAX_CELL_BYTES = 4096;
/** Parameters longer than this are not looked through for resource names. */
const MAX_PARAMETERS_BYTES = 256 * 1024;
const MAX_IDENTITIES = 50_000;
/** Parameters remembered with the resources they name, and how long they may be. */
const MAX_PARAMETERS = 30_000;
const MAX_REMEMBERED_BYTES = 4096;
const RESOURCE_KEYS = [KEY.resources, KEY.requestParameters, KEY.responseElements, KEY.serviceEventDetails];

/** Keys of which any two make an object a record; Insight and aggregated events lack some. */
const MARKS = [
  KEY.eventTime,
  KEY.eventName,
  KEY.eventSource,
  KEY.eventID,
  KEY.userIdentity,
  KEY.eventType,
  KEY.awsRegion,
  KEY.eventVersion,
];

type IdentityIds = {
  readonly who: number;
  readonly user: number;
  readonly role: number;
  readonly session: number;
  readonly type: number;
  readonly key: number;
  readonly caller: number;
  readonly arn: number;
  readonly service: number;
  readonly mfa: number;
};

/** Tells records from envelopes and from what is no event, and writes the records into batches. */
export class RecordReader implements ObjectSink {
  digests = 0;
  notifications = 0;
  otherValues = 0;
  /** Texts that begin as a JSON object (CloudTrailEvent, `_raw`, `message`) and are not valid JSON to their end. */
  brokenTexts = 0;
  /** Records found since the reader was made. */
  events = 0;

  /** For the stream that feeds this reader. */
  readonly scanner = new JsonScanner();

  /** Called whenever the batch is full. May be slow: nothing else happens meanwhile. */
  onFull: () => void = () => {};

  readonly #batch: BatchBuilder;
  readonly #at = new Int32Array(KEYS.length);
  #sequence = 0;
  /** Of the record at hand: no string in it needs decoding; where a creationDate stands. */
  #isPlain = false;
  #creationDateAt = -1;
  #depth = 0;
  #pool: Interner;
  #identityTexts = new Interner();
  #scratch: Buffer = Buffer.allocUnsafeSlow(1 << 13);
  #identities: (IdentityIds | undefined)[] = [];
  #parameterTexts = new Interner();
  /** Pool id of the resources named by each of `#parameterTexts`. */
  #parameters: (number | undefined)[] = [];

  constructor(batch: BatchBuilder) {
    this.#batch = batch;
    this.#pool = batch.pool;
  }

  /** The next records come from the file with this place in the reading order. */
  beginFile(ordinal: number): void {
    this.#sequence = ordinal * 2 ** 32;
  }

  otherValue(): void {
    this.otherValues++;
  }

  object(buffer: Buffer, start: number, end: number, scanner: JsonScanner): void {
    const at = this.#at.fill(-1);
    const { members, memberCount } = scanner;
    for (let m = 0; m < memberCount; m++) {
      const key = keyAt(buffer, members[m * 4] as number, members[m * 4 + 1] as number);
      if (key >= 0) at[key] = m;
    }
    if (this.#isRecord(buffer, members)) this.#record(buffer, start, end, scanner);
    else this.#open(buffer, this.#depth < MAX_DEPTH ? envelopeOf(buffer, members, at) : { kind: 'other' });
  }

  /** A record that exists as text already (a row of the console's CSV). */
  text(record: string): void {
    this.#nested(Buffer.from(record));
  }

  #isRecord(buffer: Buffer, members: Int32Array): boolean {
    let marks = 0;
    for (const key of MARKS) if ((this.#at[key] as number) >= 0) marks++;
    if (marks < 2) return false;
    // S3 and SNS notifications have eventSource, eventTime and eventName too, with sources like "aws:s3".
    const source = this.#at[KEY.eventSource] as number;
    if (source < 0) return true;
    const value = members[source * 4 + 2] as number;
    return !(buffer[value + 1] === 0x61 && buffer.toString('latin1', value + 1, value + 5) === 'aws:');
  }

  #open(buffer: Buffer, envelope: Envelope): void {
    switch (envelope.kind) {
      case 'text':
        this.#nested(Buffer.from(parseText(buffer, envelope.from, envelope.to)));
        break;
      case 'json':
        this.#nested(buffer.subarray(envelope.from, envelope.to));
        break;
      case 'detail': {
        const { events, otherValues } = this;
        this.#nested(buffer.subarray(envelope.from, envelope.to));
        if (this.events > events) break;
        this.otherValues = otherValues;
        this.notifications++;
        break;
      }
      case 'digest':
        this.digests++;
        break;
      case 'notification':
        this.notifications++;
        break;
      case 'other':
        this.otherValues++;
    }
  }

  #nested(bytes: Buffer): void {
    this.#depth++;
    const stream = new RecordStream(this);
    stream.push(bytes, true);
    if (bytes[0] === 0x7b && (stream.broken > 0 || stream.isTruncated)) this.brokenTexts++;
    else if (stream.objects === 0) this.otherValues++;
    this.#depth--;
  }

  #record(buffer: Buffer, start: number, end: number, scanner: JsonScanner): void {
    const batch = this.#batch;
    const { members } = scanner;
    const at = this.#at;
    if (this.#pool !== batch.pool) {
      this.#pool = batch.pool;
      this.#identities = [];
      this.#identityTexts = new Interner();
      this.#forgetParameters();
    }
    this.#isPlain = !scanner.hasEscape && !scanner.hasControl;
    this.#creationDateAt = scanner.creationDateAt;
    const identity = this.#identity(buffer, members);
    const name = this.#cell(buffer, members, KEY.eventName);
    const source = this.#cell(buffer, members, KEY.eventSource);
    const account = this.#cell(buffer, members, KEY.recipientAccountId);
    const message = this.#cell(buffer, members, KEY.errorMessage);
    const error = this.#cell(buffer, members, KEY.errorCode);

    batch.set(COLUMN.name, name > 0 ? this.#trimmed(name) : this.#nameWithout(buffer, start, end));
    batch.set(COLUMN.source, source);
    batch.set(COLUMN.who, identity.who > 0 ? identity.who : this.#whoWithout(buffer, members, source));
    batch.set(COLUMN.user, identity.user);
    batch.set(COLUMN.role, identity.role);
    batch.set(COLUMN.session, identity.session);
    batch.set(COLUMN.type, identity.type);
    batch.set(COLUMN.key, identity.key);
    batch.set(COLUMN.caller, identity.caller);
    batch.set(COLUMN.arn, identity.arn);
    batch.set(COLUMN.service, identity.service);
    batch.set(COLUMN.mfa, identity.mfa > 0 ? identity.mfa : this.#signInMfa(buffer, members));
    batch.set(COLUMN.error, error > 0 ? error : message);
    batch.set(COLUMN.message, message);
    batch.set(COLUMN.region, this.#cell(buffer, members, KEY.awsRegion));
    batch.set(COLUMN.account, account > 0 ? account : identity.caller);
    batch.set(COLUMN.ip, this.#cell(buffer, members, KEY.sourceIPAddress));
    batch.set(COLUMN.agent, this.#cell(buffer, members, KEY.userAgent));
    batch.set(COLUMN.eventType, this.#cell(buffer, members, KEY.eventType));
    batch.set(COLUMN.category, this.#cell(buffer, members, KEY.eventCategory));
    batch.set(COLUMN.readOnly, this.#readOnly(buffer, members));
    batch.set(COLUMN.resource, this.#resources(buffer, members));

    const target = batch.room(scanner.hasControl ? (end - start) * 6 : end - start);
    const from = batch.bytes;
    let to = from + (end - start);
    if (scanner.hasSpace || scanner.hasControl) to = compactInto(target, from, buffer, start, end);
    else buffer.copy(target, from, start, end);

    let high = 0;
    let low = 0;
    if (this.#hasEventId(buffer, members)) {
      high = 0x811c9dc5 | 0;
      low = 0x9e3779b9 | 0;
      for (const key of [KEY.eventID, KEY.recipientAccountId, KEY.eventTime, KEY.eventName]) {
        const member = at[key] as number;
        // A byte no JSON text holds keeps neighbours apart and marks the absent.
        high = Math.imul(high ^ 0xff, 0x01000193);
        low = Math.imul(low ^ 0xff, 0x85ebca6b);
        if (member < 0) continue;
        const valueEnd = members[member * 4 + 3] as number;
        for (let k = members[member * 4 + 2] as number; k < valueEnd; k++) {
          const byte = buffer[k] as number;
          high = Math.imul(high ^ byte, 0x01000193);
          low = Math.imul(low ^ byte, 0x85ebca6b);
          low ^= low >>> 13;
        }
      }
      if (high === 0 && low === 0) low = 1;
    }
    batch.addRow(to, this.#time(buffer, members), this.#sequence++, high >>> 0, low >>> 0);
    this.events++;
    if (batch.isFull) this.onFull();
  }

  /** False where it is absent, null or "": such an event is the same as no other. */
  #hasEventId(buffer: Buffer, members: Int32Array): boolean {
    const member = this.#at[KEY.eventID] as number;
    if (member < 0) return false;
    const from = members[member * 4 + 2] as number;
    return buffer[from] !== 0x6e && (members[member * 4 + 3] as number) - from > 2;
  }

  /** Pool id of a scalar member; 0 where it is absent or null. Lists and objects give their text. */
  #cell(buffer: Buffer, members: Int32Array, key: number): number {
    const member = this.#at[key] as number;
    if (member < 0) return 0;
    const from = members[member * 4 + 2] as number;
    const to = members[member * 4 + 3] as number;
    if (buffer[from] !== 0x22) {
      if (buffer[from] === 0x6e) return 0;
      return this.#pool.intern(buffer, from, Math.min(to, from + MAX_CELL_BYTES));
    }
    if (to - from > MAX_CELL_BYTES)
      return this.#pool.internText(parseText(buffer, from, to).slice(0, MAX_CELL_BYTES / 4));
    if (this.#isPlain) return this.#pool.intern(buffer, from + 1, to - 1);
    for (let k = from + 1; k < to - 1; k++) {
      const byte = buffer[k] as number;
      if (byte === 0x5c || byte < 0x20) return this.#pool.internText(parseText(buffer, from, to));
    }
    return this.#pool.intern(buffer, from + 1, to - 1);
  }

  #parsed(buffer: Buffer, members: Int32Array, key: number, maxBytes = MAX_PARAMETERS_BYTES): unknown {
    const member = this.#at[key] as number;
    if (member < 0) return undefined;
    const from = members[member * 4 + 2] as number;
    const to = members[member * 4 + 3] as number;
    if (buffer[from] === 0x6e || to - from > maxBytes || to - from <= 2) return undefined;
    return parseJson(buffer, from, to);
  }

  #identity(buffer: Buffer, members: Int32Array): IdentityIds {
    const member = this.#at[KEY.userIdentity] as number;
    let id = 0;
    if (member >= 0) {
      const from = members[member * 4 + 2] as number;
      const to = members[member * 4 + 3] as number;
      if (this.#identityTexts.size > MAX_IDENTITIES) {
        this.#identityTexts = new Interner();
        this.#identities = [];
      }
      const length = this.#withoutCreationDate(buffer, from, to);
      id = this.#identityTexts.intern(this.#scratch, 0, length);
    }
    const known = this.#identities[id];
    if (known !== undefined) return known;
    const cells = identityCells(this.#parsed(buffer, members, KEY.userIdentity));
    const ids = {} as Record<keyof typeof cells, number>;
    for (const key of Object.keys(cells) as (keyof typeof cells)[]) ids[key] = this.#pool.internText(cells[key]);
    this.#identities[id] = ids;
    return ids;
  }

  /** Copies a userIdentity to the scratch buffer less its creationDate, which differs by session and makes no cell. */
  #withoutCreationDate(buffer: Buffer, from: number, to: number): number {
    if (to - from > this.#scratch.length) this.#scratch = Buffer.allocUnsafeSlow((to - from) * 2);
    const date = this.#creationDateAt;
    if (date < from || date >= to || buffer[date] !== 0x22) return buffer.copy(this.#scratch, 0, from, to);
    let end = date + 1;
    while (end < to && buffer[end] !== 0x22) end++;
    const length = buffer.copy(this.#scratch, 0, from, date);
    return length + buffer.copy(this.#scratch, length, end, to);
  }

  #trimmed(name: number): number {
    const text = this.#pool.strings[name] as string;
    const trimmed = text.trim();
    return trimmed === text ? name : this.#pool.internText(trimmed);
  }

  #nameWithout(buffer: Buffer, start: number, end: number): number {
    if ((this.#at[KEY.insightDetails] as number) < 0) return 0;
    return this.#pool.internText(insightName(parseJson(buffer, start, end)));
  }

  /** Events of services state no identity at all; the service is who did it. */
  #whoWithout(buffer: Buffer, members: Int32Array, source: number): number {
    const type = this.#pool.strings[this.#cell(buffer, members, KEY.eventType)];
    return type === 'AwsServiceEvent' || type === 'AwsCloudTrailInsight' ? source : 0;
  }

  #signInMfa(buffer: Buffer, members: Int32Array): number {
    const data = this.#at[KEY.additionalEventData] as number;
    if (data < 0) return 0;
    const from = members[data * 4 + 2] as number;
    const to = members[data * 4 + 3] as number;
    if (to - from > 4096 || !buffer.toString('latin1', from, to).includes('"MFAUsed"')) return 0;
    const used = (parseJson(buffer, from, to) as { MFAUsed?: unknown } | undefined)?.MFAUsed;
    return used === 'Yes' ? this.#pool.internText('true') : used === 'No' ? this.#pool.internText('false') : 0;
  }

  #readOnly(buffer: Buffer, members: Int32Array): number {
    const id = this.#cell(buffer, members, KEY.readOnly);
    const text = this.#pool.strings[id];
    return text === 'true' || text === 'false' ? id : 0;
  }

  /** Most calls repeat parameters of earlier ones to the letter: the names are looked for once. */
  #resources(buffer: Buffer, members: Int32Array): number {
    let length = 0;
    for (const key of RESOURCE_KEYS) {
      const member = this.#at[key] as number;
      if (member < 0) continue;
      const from = members[member * 4 + 2] as number;
      const to = members[member * 4 + 3] as number;
      if (buffer[from] === 0x6e) continue;
      if (length + (to - from) + 1 > MAX_REMEMBERED_BYTES) return this.#findResources(buffer, members);
      this.#scratch[length++] = key;
      length += buffer.copy(this.#scratch, length, from, to);
    }
    if (length === 0) return 0;
    if (this.#parameterTexts.size > MAX_PARAMETERS) this.#forgetParameters();
    const id = this.#parameterTexts.intern(this.#scratch, 0, length);
    const known = this.#parameters[id];
    if (known !== undefined) return known;
    const found = this.#findResources(buffer, members);
    this.#parameters[id] = found;
    return found;
  }

  #forgetParameters(): void {
    this.#parameterTexts = new Interner();
    this.#parameters = [];
  }

  #findResources(buffer: Buffer, members: Int32Array): number {
    const resources = this.#parsed(buffer, members, KEY.resources);
    const requestParameters = this.#parsed(buffer, members, KEY.requestParameters);
    const responseElements = this.#parsed(buffer, members, KEY.responseElements);
    const serviceEventDetails = this.#parsed(buffer, members, KEY.serviceEventDetails);
    const names = resourcesOf({ resources, requestParameters, responseElements, serviceEventDetails });
    return names.length === 0 ? 0 : this.#pool.internText(names.join(RESOURCE_SEPARATOR).slice(0, MAX_CELL_BYTES));
  }

  #time(buffer: Buffer, members: Int32Array): number {
    const member = this.#at[KEY.eventTime] as number;
    if (member < 0) return Number.NaN;
    const from = members[member * 4 + 2] as number;
    const to = members[member * 4 + 3] as number;
    const plain = plainTime(buffer, from, to);
    if (!Number.isNaN(plain)) return plain;
    const text = buffer.toString(
      'latin1',
      buffer[from] === 0x22 ? from + 1 : from,
      buffer[from] === 0x22 ? to - 1 : to,
    );
    return parseTime(buffer[from] === 0x22 ? text : Number(text)) ?? Number.NaN;
  }
}

/** ms since the epoch of `"2026-05-19T14:02:11Z"` (the form of nearly all records); NaN for any other. */
function plainTime(buffer: Buffer, from: number, to: number): number {
  if (to - from !== 22 || buffer[to - 2] !== 0x5a || buffer[from + 11] !== 0x54) return Number.NaN;
  const two = (at: number): number => {
    const tens = (buffer[from + at] as number) - 0x30;
    const ones = (buffer[from + at + 1] as number) - 0x30;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
  };
  const month = two(6);
  const day = two(9);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28)) return Number.NaN;
  const [hour, minute, second] = [two(12), two(15), two(18)] as const;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  return Date.UTC(two(1) * 100 + two(3), month - 1, day, hour, minute, second);
}

/** JSON.parse of a scanned span; undefined where raw control characters make it fail. */
function parseJson(buffer: Buffer, from: number, to: number): unknown {
  const text = buffer.toString('utf8', from, to);
  try {
    return JSON.parse(text);
  } catch {
    const compact = Buffer.alloc(text.length * 6 + 16);
    try {
      return JSON.parse(compact.toString('utf8', 0, compactInto(compact, 0, buffer, from, to)));
    } catch {
      return undefined;
    }
  }
}

function parseText(buffer: Buffer, from: number, to: number): string {
  const text = parseJson(buffer, from, to);
  return typeof text === 'string' ? text : '';
}
