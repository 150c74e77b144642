// A record as a template: fixed text, and slots for what is its own. Filling one is a few string concatenations
// (about 2 µs), so that a million events take seconds; parsing and printing JSON would take minutes.

import { GLOBAL_REGION, KEY_ID } from '../../src/sources/sample/company.ts';
import type { Random } from '../../src/sources/sample/random.ts';

type Slot =
  | {
      readonly kind:
        | 'time'
        | 'start'
        | 'uuid'
        | 'kms key'
        | 'person'
        | 'session key'
        | 'user key'
        | 'address'
        | 'region'
        | 'account';
    }
  /** An id of EC2: i-…, vol-…; the nth of its kind in the record, so that a response repeats what the request said. */
  | { readonly kind: 'resource'; readonly prefix: string; readonly nth: number };

export type Template = {
  /** One more than there are slots. */
  readonly texts: readonly string[];
  readonly slots: readonly Slot[];
  /** Of a service whose events land in one Region only. */
  readonly isGlobal: boolean;
};

export type Filling = {
  readonly random: Random;
  /** ms since the epoch, whole seconds. */
  readonly time: number;
  readonly region: string;
  readonly account: string;
  /** Size of the corpus, which the pools grow with. */
  readonly events: number;
};

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const RESOURCE = '\\b(?:i|vol|snap|sg|sgr|eni|ami|subnet|vpc)-[0-9a-f]{17}\\b';
const ADDRESS = '\\b(?:203\\.0\\.113|198\\.51\\.100)\\.\\d+\\b|2001:db8:[0-9a-f:]+';

const FIRST_NAMES =
  'ada amir anna ben bruno chen clara david dina elif emil eva farid fiona gita hana hugo ines ivan jana jonas kai leila lena liam lucia mai marco mina nadia noah nora omar paula petra rafael rosa sami sara theo'.split(
    ' ',
  );
const LAST_NAMES =
  'abel adler bauer berg brandt costa cruz dahl diaz ek falk fischer garcia haas hansen ito jensen khan klein kovacs lang lind lopez maier marin meyer moreau nagy novak olsen park petit quist ricci rossi sato silva tanaka vogel weber'.split(
    ' ',
  );

/** Cuts a record's text; `people` are the names to vary. */
export function cut(record: string, people: readonly string[]): Template {
  const { awsRegion, recipientAccountId, eventSource } = JSON.parse(record) as Readonly<Record<string, string>>;
  const isGlobal = awsRegion === GLOBAL_REGION && /^(?:iam|signin|organizations|route53)\./.test(eventSource ?? '');
  const pattern = new RegExp(
    [
      '(?<="eventTime":")[^"]*',
      '(?<="creationDate":")[^"]*',
      UUID,
      `A[KS]IA[A-Z0-9]{16}`,
      RESOURCE,
      ADDRESS,
      `\\b(?:${people.join('|')})\\b`,
      ...(recipientAccountId === undefined ? [] : [recipientAccountId]),
      ...(isGlobal || awsRegion === undefined ? [] : [awsRegion]),
    ].join('|'),
    'g',
  );
  const texts: string[] = [];
  const slots: Slot[] = [];
  const resources: string[] = [];
  let end = 0;
  for (const match of record.matchAll(pattern)) {
    const [found] = match;
    texts.push(record.slice(end, match.index));
    end = match.index + found.length;
    slots.push(slotOf(found, record.slice(match.index - 16, match.index), resources));
  }
  texts.push(record.slice(end));
  return { texts, slots, isGlobal };

  function slotOf(found: string, before: string, seen: string[]): Slot {
    if (before.endsWith('"eventTime":"')) return { kind: 'time' };
    if (before.endsWith('"creationDate":"')) return { kind: 'start' };
    if (found === recipientAccountId) return { kind: 'account' };
    if (found === awsRegion) return { kind: 'region' };
    if (people.includes(found)) return { kind: 'person' };
    if (found.startsWith('ASIA')) return { kind: 'session key' };
    if (found.startsWith('AKIA')) return { kind: 'user key' };
    if (found === KEY_ID) return { kind: 'kms key' };
    if (found.length === 36) return { kind: 'uuid' };
    const resource = /^([a-z]+-)[0-9a-f]{17}$/.exec(found);
    if (resource === null) return { kind: 'address' };
    if (!seen.includes(found)) seen.push(found);
    return { kind: 'resource', prefix: resource[1] as string, nth: seen.indexOf(found) };
  }
}

/** One event of the corpus. */
export function fill({ texts, slots }: Template, filling: Filling): string {
  const { random, time, region, account, events } = filling;
  // People come back, the first of them most often; a person keeps an address, a session keeps its key.
  const person = Math.floor(random.next() ** 2 * Math.min(FIRST_NAMES.length * LAST_NAMES.length, 20 + events / 500));
  const session = Math.floor(random.next() * (1 + events / 25));
  const resource = Math.floor(random.next() ** 2 * (1 + events / 20));
  let text = texts[0] as string;
  for (let i = 0; i < slots.length; i++) {
    text += value(slots[i] as Slot);
    text += texts[i + 1] as string;
  }
  return text;

  function value(slot: Slot): string {
    switch (slot.kind) {
      case 'time':
        return isoSeconds(time);
      case 'start':
        return isoSeconds(time - (session % 3600) * 1000);
      case 'uuid':
        return uuid(random);
      case 'kms key':
        return `${HEX4[person]}6d1c-9b72-4e05-8c4d-7a1e5b92${HEX4[person]}`;
      case 'person':
        return `${FIRST_NAMES[person % FIRST_NAMES.length]}.${LAST_NAMES[Math.floor(person / FIRST_NAMES.length)]}`;
      case 'session key':
        return `ASIA${base32(session)}`;
      case 'user key':
        return `AKIA${base32(person + 7)}`;
      case 'address':
        return person % 3 === 0
          ? `2001:db8:${(person & 0xffff).toString(16)}::${(session & 15) + 1}`
          : `198.51.100.${person & 255}`;
      case 'resource':
        return slot.prefix + hex17(resource + slot.nth);
      case 'region':
        return region;
      case 'account':
        return account;
    }
  }
}

const TWO = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));
const HEX4 = Array.from({ length: 0x1_0000 }, (_, n) => n.toString(16).padStart(4, '0'));
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

let day = Number.NaN;
let date = '';

/** As Date prints it, without a Date for every event: days come in a row. */
function isoSeconds(time: number): string {
  const today = Math.floor(time / 86_400_000);
  if (today !== day) {
    day = today;
    date = new Date(time).toISOString().slice(0, 11);
  }
  const seconds = Math.floor((time - today * 86_400_000) / 1000);
  return `${date}${TWO[Math.floor(seconds / 3600)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}Z`;
}

function uuid(random: Random): string {
  const a = Math.floor(random.next() * 0x1_0000_0000);
  const b = Math.floor(random.next() * 0x1_0000_0000);
  const c = Math.floor(random.next() * 0x1_0000_0000);
  const d = Math.floor(random.next() * 0x1_0000_0000);
  const [b1, b2] = [b >>> 16, (b & 0x0fff) | 0x4000];
  return `${HEX4[a >>> 16]}${HEX4[a & 0xffff]}-${HEX4[b1]}-${HEX4[b2]}-${HEX4[((c >>> 16) & 0x3fff) | 0x8000]}-${HEX4[c & 0xffff]}${HEX4[d >>> 16]}${HEX4[d & 0xffff]}`;
}

/** Spreads small numbers over 32 bits, so that the nth id looks like any other. */
function mix(n: number): number {
  let x = Math.imul(n + 1, 0x9e37_79b1);
  x = Math.imul(x ^ (x >>> 15), 0x85eb_ca6b);
  return (x ^ (x >>> 13)) >>> 0;
}

function hex17(n: number): string {
  const a = mix(n);
  const b = mix(a);
  return `0${HEX4[a >>> 16]}${HEX4[a & 0xffff]}${HEX4[b >>> 16]}${HEX4[b & 0xffff]}`;
}

function base32(n: number): string {
  let text = '';
  for (let word = mix(n), i = 0; i < 16; i++) {
    if (i === 6 || i === 12) word = mix(word);
    text += BASE32[word & 31];
    word >>>= 5;
  }
  return text;
}
