import { type LookupItem, type Resource, resourcesOf, usernameOf } from './lookup-item.ts';

/** Events of one account in one Region, oldest first by (time, serial). */
export type Shelf = { items: LookupItem[]; isSorted: boolean };

export type Arrival = number | ((timeMs: number) => number);

export type AddOptions = {
  /** When CloudTrail delivers them (ms since the epoch, of the server's `now`), or how that follows from the event's
   *  time in ms; they cannot be looked up before. Left out: they are there at once. */
  readonly arrivesAt?: Arrival;
};

/** An event as LookupEvents would list it, member by member, for what no real record gives: absent and null members,
 *  a CloudTrailEvent that is not JSON. EventTime in seconds. */
export type RawItem = {
  readonly EventTime: number;
  readonly EventId?: string;
  readonly EventName?: string;
  readonly ReadOnly?: string;
  readonly AccessKeyId?: string;
  readonly EventSource?: string;
  readonly Username?: string;
  readonly Resources?: readonly Resource[] | null;
  readonly CloudTrailEvent?: string;
};

type Json = Readonly<Record<string, unknown>>;

/** Stores per account and Region. Management and Insights events only, as event history has no others. */
export class EventShelves {
  readonly #shelves = new Map<string, Shelf>();
  readonly #shared = new Map<string, string>();
  #serial = 0;

  /** How many were taken. `account` and `region` null: what the record says. @throws SyntaxError for text that is
   *  not JSON */
  add(account: string | null, region: string | null, records: Iterable<unknown>, { arrivesAt }: AddOptions): number {
    let added = 0;
    for (const given of records) {
      const record = (typeof given === 'string' ? JSON.parse(given) : given) as Json;
      const isInsight = record.eventCategory === 'Insight' || record.eventType === 'AwsCloudTrailInsight';
      const isManagement = record.managementEvent !== false && (record.eventCategory ?? 'Management') === 'Management';
      if (!isInsight && !isManagement) continue;
      const time = Math.floor(Date.parse(String(record.eventTime)) / 1000);
      if (Number.isNaN(time)) continue;
      const identity = (record.userIdentity ?? {}) as Json;
      const shelf = this.#shelf(account ?? accountOf(record), region ?? String(record.awsRegion));
      this.#put(shelf, {
        time,
        arrivesAt: arrival(arrivesAt, time),
        serial: this.#serial++,
        isInsight,
        eventId: string(record.eventID),
        eventName: this.#share(record.eventName),
        readOnly: typeof record.readOnly === 'boolean' ? String(record.readOnly) : undefined,
        username: this.#share(usernameOf(identity)),
        accessKeyId: this.#share(identity.accessKeyId),
        eventSource: this.#share(record.eventSource),
        resources: resourcesOf(record),
        text: typeof given === 'string' ? given : JSON.stringify(given),
      });
      added++;
    }
    return added;
  }

  addItems(account: string, region: string, items: Iterable<RawItem>, { arrivesAt }: AddOptions): void {
    const shelf = this.#shelf(account, region);
    for (const item of items)
      this.#put(shelf, {
        time: item.EventTime,
        arrivesAt: arrival(arrivesAt, item.EventTime),
        serial: this.#serial++,
        isInsight: false,
        eventId: item.EventId,
        eventName: item.EventName,
        readOnly: item.ReadOnly,
        username: item.Username,
        accessKeyId: item.AccessKeyId,
        eventSource: item.EventSource,
        resources: item.Resources ?? null,
        text: item.CloudTrailEvent,
      });
  }

  /** Oldest first. */
  items(account: string, region: string): readonly LookupItem[] {
    const shelf = this.#shelves.get(`${account} ${region}`);
    if (shelf === undefined) return [];
    if (!shelf.isSorted) {
      shelf.items.sort((a, b) => a.time - b.time || a.serial - b.serial);
      shelf.isSorted = true;
    }
    return shelf.items;
  }

  /** What there is: account, Region, how many. */
  contents(): readonly { readonly account: string; readonly region: string; readonly events: number }[] {
    return [...this.#shelves].map(([key, { items }]) => {
      const [account = '', region = ''] = key.split(' ');
      return { account, region, events: items.length };
    });
  }

  #shelf(account: string, region: string): Shelf {
    const key = `${account} ${region}`;
    let shelf = this.#shelves.get(key);
    if (shelf === undefined) {
      shelf = { items: [], isSorted: true };
      this.#shelves.set(key, shelf);
    }
    return shelf;
  }

  #put(shelf: Shelf, item: LookupItem): void {
    const last = shelf.items.at(-1);
    if (last !== undefined && last.time > item.time) shelf.isSorted = false;
    shelf.items.push(item);
  }

  #share(value: unknown): string | undefined {
    if (typeof value !== 'string' || value === '') return undefined;
    const shared = this.#shared.get(value);
    if (shared !== undefined) return shared;
    this.#shared.set(value, value);
    return value;
  }
}

/** The account whose event history a record is in. */
export function accountOf({ recipientAccountId, userIdentity }: Json): string {
  return String(recipientAccountId ?? (userIdentity as Json | undefined)?.accountId);
}

function arrival(arrivesAt: Arrival | undefined, time: number): number {
  if (arrivesAt === undefined) return Number.NEGATIVE_INFINITY;
  return typeof arrivesAt === 'number' ? arrivesAt : arrivesAt(time * 1000);
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
