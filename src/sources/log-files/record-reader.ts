import { aggregatedName } from '../../cloudtrail/aggregated.ts';
import { RESOURCE_SEPARATOR } from '../../cloudtrail/fields.ts';
import { insightName } from '../../cloudtrail/insight.ts';
import { firstText, listOf, objectOf } from '../../cloudtrail/json-value.ts';
import { issuedKeyOf } from '../../cloudtrail/session-grant.ts';
import { isSignInSource, signInName, whoOfInsight, whoOutside } from '../../cloudtrail/who-outside.ts';
import { type BatchBuilder, COLUMN } from './batch-builder.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import { writeIdentity } from './event-identity.ts';
import { IdentityCache } from './identity-cache.ts';
import type { Interner } from './interner.ts';
import { compactInto, JsonScanner } from './json-scanner.ts';
import { KEY } from './record-keys.ts';
import { type ObjectSink, RecordStream } from './record-stream.ts';
import { timeOf } from './record-time.ts';
import { parseJson, parseText, RecordView } from './record-view.ts';
import { ResourceCache } from './resource-cache.ts';

/** Envelopes in envelopes beyond this are not opened. */
const MAX_DEPTH = 4;
/** Longer values are searchable in the record's text, not as a column. */
const MAX_CELL_BYTES = 4096;

/** What an answer that hands out a key holds. */
const ISSUED = Buffer.from('"accessKeyId"');

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

/** What a source knows of a record beside its text; it counts where the record itself does not say. */
export type RecordExtras = {
  readonly user: string;
  /** Names, ids and ARNs that are listed after those of the record. */
  readonly resources: readonly string[];
};

const NO_EXTRAS: RecordExtras = { user: '', resources: [] };

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
  readonly #view = new RecordView();
  readonly #identity = new Uint32Array(2);
  #sequence = 0;
  #depth = 0;
  /** The batch's pool of texts, and what is remembered in terms of it. */
  #pool: Interner;
  #identities: IdentityCache;
  #resources: ResourceCache;
  #extras = NO_EXTRAS;

  constructor(batch: BatchBuilder) {
    this.#batch = batch;
    this.#pool = batch.pool;
    this.#identities = new IdentityCache(batch.pool);
    this.#resources = new ResourceCache(batch.pool);
  }

  /** The next records come from the file with this place in the reading order. */
  beginFile(ordinal: number): void {
    this.beginAt(ordinal * 2 ** 32);
  }

  /** The next record has this place in the reading order, those after it the next ones. */
  beginAt(sequence: number): void {
    this.#sequence = sequence;
  }

  otherValue(): void {
    this.otherValues++;
  }

  /** @returns whether it is a record or something records come in. */
  object(buffer: Buffer, start: number, end: number, scanner: JsonScanner): boolean {
    const view = this.#view;
    view.show(buffer, start, end, scanner);
    if (this.#isRecord()) {
      this.#record(scanner.hasSpace || scanner.hasControl, scanner.hasControl);
      return true;
    }
    const envelope: Envelope = this.#depth < MAX_DEPTH ? envelopeOf(view) : { kind: 'other' };
    this.#open(buffer, envelope);
    return envelope.kind !== 'other';
  }

  /** A record that exists as text already (a row of the console's CSV, an event of LookupEvents). */
  text(record: string, extras: RecordExtras = NO_EXTRAS): void {
    this.#extras = extras;
    this.#nested(Buffer.from(record));
    this.#extras = NO_EXTRAS;
  }

  #isRecord(): boolean {
    const view = this.#view;
    let marks = 0;
    for (const key of MARKS) if (view.has(key)) marks++;
    // A row of the console's CSV may state little; the cells it keeps tell what it is.
    if (marks < 2) return view.has(KEY.consoleCsv);
    // S3 and SNS notifications have eventSource, eventTime and eventName too, with sources like "aws:s3".
    if (!view.has(KEY.eventSource)) return true;
    const value = view.from(KEY.eventSource);
    return !(view.buffer[value + 1] === 0x61 && view.buffer.toString('latin1', value + 1, value + 5) === 'aws:');
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

  #record(isLoose: boolean, hasControl: boolean): void {
    const batch = this.#batch;
    const view = this.#view;
    if (this.#pool !== batch.pool) {
      this.#pool = batch.pool;
      this.#identities = new IdentityCache(batch.pool);
      this.#resources = new ResourceCache(batch.pool);
    }
    const identity = this.#identities.idsOf(view);
    const name = this.#cell(KEY.eventName);
    const source = this.#cell(KEY.eventSource);
    const account = this.#cell(KEY.recipientAccountId);
    const message = this.#cell(KEY.errorMessage);
    const error = this.#cell(KEY.errorCode);

    batch.set(
      COLUMN.name,
      name > 0 && !this.#view.isStated(KEY.insightDetails) ? this.#trimmed(name) : this.#nameWithout(),
    );
    batch.set(COLUMN.source, source);
    const signedIn = identity.user > 0 || identity.session > 0 ? 0 : this.#signInName(source);
    const user = identity.user > 0 ? identity.user : signedIn;
    batch.set(COLUMN.who, signedIn || identity.who || this.#whoWithout(source));
    batch.set(COLUMN.user, user > 0 ? user : this.#pool.internText(this.#extras.user));
    batch.set(COLUMN.role, identity.role);
    batch.set(COLUMN.session, identity.session);
    batch.set(COLUMN.type, identity.type);
    batch.set(COLUMN.key, identity.key);
    batch.set(COLUMN.caller, identity.caller);
    batch.set(COLUMN.arn, identity.arn);
    batch.set(COLUMN.service, identity.service);
    batch.set(COLUMN.mfa, identity.mfa > 0 ? identity.mfa : this.#signInMfa());
    batch.set(COLUMN.error, error > 0 ? error : message);
    batch.set(COLUMN.message, message);
    batch.set(COLUMN.region, this.#cell(KEY.awsRegion));
    // Aggregated events name it so.
    batch.set(COLUMN.account, account || identity.caller || this.#cell(KEY.accountId));
    batch.set(COLUMN.ip, view.isString(KEY.sourceIPAddress) ? this.#cell(KEY.sourceIPAddress) : this.#addressIn());
    batch.set(COLUMN.agent, this.#cell(KEY.userAgent));
    batch.set(COLUMN.eventType, this.#cell(KEY.eventType));
    batch.set(COLUMN.category, this.#cell(KEY.eventCategory));
    batch.set(COLUMN.readOnly, this.#readOnly());
    batch.set(COLUMN.resource, this.#withExtras(this.#resources.idOf(view)));
    batch.set(COLUMN.created, this.#identities.created(view, identity));
    batch.set(COLUMN.issued, this.#issued());

    const { buffer, start, end } = view;
    // A control character becomes an escape of six.
    const target = batch.room(hasControl ? (end - start) * 6 : end - start);
    const from = batch.bytes;
    const to = isLoose ? compactInto(target, from, buffer, start, end) : from + buffer.copy(target, from, start, end);
    writeIdentity(view, this.#identity);
    batch.addRow(to, timeOf(view), this.#sequence++, this.#identity);
    this.events++;
    if (batch.isFull) this.onFull();
  }

  /** Pool id of a scalar member; 0 where it is absent or null. Lists and objects give their text. */
  #cell(key: number): number {
    const view = this.#view;
    if (!view.isStated(key)) return 0;
    const { buffer } = view;
    const [from, to] = [view.from(key), view.to(key)];
    if (buffer[from] !== 0x22) return this.#pool.intern(buffer, from, Math.min(to, from + MAX_CELL_BYTES));
    if (to - from > MAX_CELL_BYTES) return this.#pool.internText(view.text(key).slice(0, MAX_CELL_BYTES / 4));
    if (!view.isPlain && needsDecoding(buffer, from + 1, to - 1)) return this.#pool.internText(view.text(key));
    return this.#pool.intern(buffer, from + 1, to - 1);
  }

  #trimmed(name: number): number {
    const text = this.#pool.strings[name] as string;
    const trimmed = text.trim();
    return trimmed === text ? name : this.#pool.internText(trimmed);
  }

  /** Tools put what they know of an address in its place: { "ipaddress": "203.0.113.9", "asn": … }. */
  #addressIn(): number {
    const found = this.#view.parsed(KEY.sourceIPAddress);
    const { ipaddress, ip, address } = objectOf(found);
    return this.#pool.internText(firstText(ipaddress, ip, address, ...listOf(found)));
  }

  #nameWithout(): number {
    const { buffer, start, end } = this.#view;
    if (this.#view.has(KEY.insightDetails)) return this.#pool.internText(insightName(parseJson(buffer, start, end)));
    if (this.#view.has(KEY.timeWindow)) return this.#pool.internText(aggregatedName(parseJson(buffer, start, end)));
    return 0;
  }

  /** Who stands outside of userIdentity, which tells nothing. */
  #whoWithout(source: number): number {
    const { buffer, start, end } = this.#view;
    if (this.#view.has(KEY.insightDetails)) return this.#pool.internText(whoOfInsight(parseJson(buffer, start, end)));
    const texts = this.#pool.strings;
    return this.#pool.internText(
      whoOutside({
        eventType: texts[this.#cell(KEY.eventType)],
        eventSource: texts[source],
        vpcEndpointAccountId: texts[this.#cell(KEY.vpcEndpointAccountId)],
        accountId: texts[this.#cell(KEY.accountId)],
      }),
    );
  }

  #signInName(source: number): number {
    if (!isSignInSource(this.#pool.strings[source] as string)) return 0;
    return this.#pool.internText(signInName(this.#additional('"UserName"')));
  }

  /** A sign-in states its MFA in additionalEventData.MFAUsed, as Yes or No. */
  #signInMfa(): number {
    const used = objectOf(this.#additional('"MFAUsed"')).MFAUsed;
    return used === 'Yes' ? this.#pool.internText('true') : used === 'No' ? this.#pool.internText('false') : 0;
  }

  /** additionalEventData where it holds the key, which stands in it with its quotes. */
  #additional(key: string): unknown {
    const view = this.#view;
    if (!view.has(KEY.additionalEventData)) return undefined;
    const [from, to] = [view.from(KEY.additionalEventData), view.to(KEY.additionalEventData)];
    if (to - from > MAX_CELL_BYTES || !view.buffer.toString('latin1', from, to).includes(key)) return undefined;
    return view.parsed(KEY.additionalEventData);
  }

  #issued(): number {
    const view = this.#view;
    if (!view.isStated(KEY.responseElements)) return 0;
    const answer = view.buffer.subarray(view.from(KEY.responseElements), view.to(KEY.responseElements));
    if (answer.length < ISSUED.length || !answer.includes(ISSUED)) return 0;
    return this.#pool.internText(issuedKeyOf(view.parsed(KEY.responseElements)));
  }

  #withExtras(resources: number): number {
    const extras = this.#extras.resources;
    if (extras.length === 0) return resources;
    const own = resources === 0 ? [] : (this.#pool.strings[resources] as string).split(RESOURCE_SEPARATOR);
    const all = new Set([...own, ...extras]);
    return all.size === own.length ? resources : this.#pool.internText([...all].join(RESOURCE_SEPARATOR));
  }

  #readOnly(): number {
    const id = this.#cell(KEY.readOnly);
    const text = this.#pool.strings[id];
    return text === 'true' || text === 'false' ? id : 0;
  }
}

function needsDecoding(buffer: Buffer, from: number, to: number): boolean {
  for (let k = from; k < to; k++) {
    const byte = buffer[k] as number;
    if (byte === 0x5c || byte < 0x20) return true;
  }
  return false;
}
