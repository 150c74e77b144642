// LookupEvents itself: checks of the request, matching, pages and their tokens.

import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from './answer.ts';
import type { EventShelves } from './event-shelf.ts';
import { itemJson, type LookupItem } from './lookup-item.ts';

const DAY_S = 24 * 3600;
const HISTORY_S = 90 * DAY_S;
const MAX_PAGE = 50;

type Attribute = { readonly AttributeKey: string; readonly AttributeValue: string };

export type LookupParameters = {
  readonly LookupAttributes?: readonly Attribute[];
  readonly StartTime?: number;
  readonly EndTime?: number;
  readonly EventCategory?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
};

/** What a page can be made to do that AWS allows itself now and then. */
export type PageQuirks = {
  /** That many events of the page before come again. */
  readonly repeated?: number;
  /** No events, and a token. */
  readonly isEmpty?: boolean;
  /** Bytes that each record is stretched to. */
  readonly padding?: number;
};

type Place = {
  readonly binding: string;
  readonly expiresAt: number;
  /** The last event of the page before; null: none yet. */
  readonly after: { readonly time: number; readonly serial: number } | null;
};

const MATCHERS: Readonly<Record<string, (item: LookupItem, value: string) => boolean>> = {
  EventId: (item, value) => item.eventId === value,
  EventName: (item, value) => item.eventName === value,
  ReadOnly: (item, value) => item.readOnly === value,
  Username: (item, value) => item.username === value,
  ResourceType: (item, value) => item.resources?.some(({ ResourceType }) => ResourceType === value) ?? false,
  ResourceName: (item, value) => item.resources?.some(({ ResourceName }) => ResourceName === value) ?? false,
  EventSource: (item, value) => item.eventSource === value,
  AccessKeyId: (item, value) => item.accessKeyId === value,
};
const INSIGHT_KEYS = new Set(['EventId', 'EventName', 'EventSource']);

export class EventLookup {
  readonly #shelves: EventShelves;
  readonly #now: () => number;
  readonly #tokenLifeMs: number;
  readonly #places = new Map<string, Place>();

  constructor(shelves: EventShelves, now: () => number, tokenLifeMs: number) {
    this.#shelves = shelves;
    this.#now = now;
    this.#tokenLifeMs = tokenLifeMs;
  }

  /** The answer's body. @throws AwsError */
  page(account: string, region: string, parameters: LookupParameters, quirks: PageQuirks = {}): string {
    const now = this.#now();
    checkParameters(parameters);
    const binding = bindingOf(account, region, parameters);
    const after = parameters.NextToken === undefined ? null : this.#placeOf(parameters.NextToken, binding, now);

    const all = this.#shelves.items(account, region);
    const from = Math.max(parameters.StartTime ?? 0, now / 1000 - HISTORY_S);
    const to = parameters.EndTime ?? Number.POSITIVE_INFINITY;
    const matches = matcherOf(parameters, now);
    const limit = parameters.MaxResults ?? MAX_PAGE;

    let at = firstIndex(all, after, to);
    const page: LookupItem[] = [];
    if (quirks.repeated !== undefined && after !== null) {
      for (let back = at + 1; back < all.length && page.length < Math.min(quirks.repeated, limit - 1); back++) {
        const item = all[back] as LookupItem;
        if (item.time <= to && matches(item)) page.unshift(item);
      }
    }
    const wanted = quirks.isEmpty ? 0 : Math.max(1, limit - page.length);
    let taken = 0;
    let last = after;
    let isMore = false;
    for (; at >= 0; at--) {
      const item = all[at] as LookupItem;
      if (item.time < from) break;
      if (!matches(item)) continue;
      if (taken === wanted) {
        isMore = true;
        break;
      }
      page.push(item);
      last = item;
      taken++;
    }
    const token = isMore ? this.#tokenFor({ binding, after: last, expiresAt: now + this.#tokenLifeMs }) : undefined;
    const items = page.slice(0, limit).map((item) => itemJson(item, quirks.padding));
    return `{"Events":[${items.join(',')}]${token === undefined ? '' : `,"NextToken":"${token}"`}}`;
  }

  #tokenFor(place: Place): string {
    const token = randomBytes(96).toString('base64');
    this.#places.set(token, place);
    return token;
  }

  #placeOf(token: string, binding: string, now: number): Place['after'] {
    const place = this.#places.get(token);
    // Oldest first: expired ones are at the front.
    for (const [old, { expiresAt }] of this.#places) {
      if (expiresAt > now) break;
      this.#places.delete(old);
    }
    if (place === undefined || place.binding !== binding || place.expiresAt <= now)
      throw new AwsError('InvalidNextTokenException', 'Invalid token: the token or the parameters have changed.');
    return place.after;
  }
}

function bindingOf(account: string, region: string, { NextToken: _, ...parameters }: LookupParameters): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([account, region, sorted]))
    .digest('base64');
}

function checkParameters({ LookupAttributes = [], StartTime, EndTime, EventCategory, MaxResults }: LookupParameters) {
  const isInsight = EventCategory !== undefined;
  if (isInsight && EventCategory !== 'insight')
    throw new AwsError('InvalidEventCategoryException', `Invalid event category: ${EventCategory}`);
  if (MaxResults !== undefined && !(MaxResults >= 1 && MaxResults <= MAX_PAGE))
    throw new AwsError('InvalidMaxResultsException', 'Max results must be between 1 and 50.');
  if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime)
    throw new AwsError('InvalidTimeRangeException', 'The start time must be before the end time.');
  if (LookupAttributes.length > 1)
    throw new AwsError('InvalidLookupAttributesException', 'Only one lookup attribute can be specified.');
  for (const { AttributeKey, AttributeValue } of LookupAttributes) {
    if (!(AttributeKey in MATCHERS) || (isInsight && !INSIGHT_KEYS.has(AttributeKey)))
      throw new AwsError('InvalidLookupAttributesException', `Invalid lookup attribute key: ${AttributeKey}`);
    const length = (AttributeValue ?? '').replace(/[_ ,\n]/g, 'xx').length;
    if (length < 1 || length > 2000)
      throw new AwsError('InvalidLookupAttributesException', `Invalid value of ${AttributeKey}: 1 to 2000 characters.`);
  }
}

function matcherOf({ LookupAttributes = [], EventCategory }: LookupParameters, now: number) {
  const isInsight = EventCategory === 'insight';
  const [attribute] = LookupAttributes;
  const matches = attribute && MATCHERS[attribute.AttributeKey];
  return (item: LookupItem) =>
    item.isInsight === isInsight &&
    item.arrivesAt <= now &&
    (matches === undefined || matches(item, attribute?.AttributeValue ?? ''));
}

/** Where reading backwards begins: the newest that is not after `to` and comes after the page before. */
function firstIndex(items: readonly LookupItem[], after: Place['after'], to: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { time, serial } = items[middle] as LookupItem;
    const isBefore = after === null ? time <= to : time < after.time || (time === after.time && serial < after.serial);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
