// What has happened to a resource, read from the store: the events that name it, what their records say has changed,
// and the same of what belongs to it. Of 50,000 events the newest changes are read, and how it came into being; each
// limit is told.

import { isReadOnly } from '../cloudtrail/outcome.ts';
import { type RelatedResource, relatedIn, relationThrough } from '../cloudtrail/related-resources.ts';
import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import type { ResourceChange } from '../cloudtrail/resource-change.ts';
import {
  type IsResource,
  isArn,
  mentions,
  otherNamesIn,
  plainNameOf,
  resourceMatcher,
} from '../cloudtrail/resource-names.ts';
import { changesOf } from '../cloudtrail/state-changes.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { withTerm } from '../query/edit.ts';
import { literalPattern } from '../query/pattern.ts';
import type { Query } from '../query/query.ts';
import { listedAs, resourceQuery } from '../query/resource-query.ts';
import { writesQuery } from '../query/writes.ts';
import type { Result } from '../store/result.ts';
import type { OneRecord, ResourceRecords } from './resource-records.ts';

/** Changes that are read, the newest first. */
export const MAX_CHANGES = 1000;
/** More reads than that bury what they stand among. */
export const MAX_READS = 50;
/** Of calls that may have made it: the oldest, and those that name it by what the newest do not. */
const MAX_OTHERS = 200;
const MAX_RELATED = 60;
const MAX_RELATED_CHANGES = 500;
/** From a volume to its snapshot, and what was made from that. */
const HOPS = 2;
/** Changes that are read before the records' texts are searched, for what is on the screen meanwhile. */
export const MAX_FIRST = 200;
/** Other resources that a search for this one leaves out by their names. */
const MAX_OTHER_NAMES = 8;

export type HistoryEntry = {
  readonly event: TrailEvent;
  readonly changes: readonly ResourceChange[];
  /** How the event has to do with it, where it names another resource: `snap-0ab…, snapshot of it`; '' where it names
   *  the resource itself. */
  readonly via: string;
  /** What finds the event among others of its kind. */
  readonly query: Query;
  readonly isRead: boolean;
};

export type ResourceHistory = {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** All that it was found to be called. */
  readonly names: readonly string[];
  /** Events that name it; those of others with a longer name that were read are no part of it, and `others` of them. */
  readonly total: number;
  readonly others: number;
  /** Reads that are left out. */
  readonly reads: number;
  /** Changes that are not read: older ones, beyond MAX_CHANGES. */
  readonly older: number;
  /** The same of what belongs to it; and how many related resources were not followed. */
  readonly relatedOlder: number;
  readonly relatedLeft: number;
  /** Records that could not be read, or were too many to read whole. */
  readonly unread: number;
  /** ARNs of other resources that are called the same: a plain name does not tell them apart. */
  readonly sameName: readonly string[];
};

/** `found`: the events that name it (namingQuery); of the first stage, which is still searched, only the newest changes
 *  are read, and nothing of what belongs to it. Rejects with AbortError, or as the store does. */
export async function readHistory(records: ResourceRecords, found: Result, name: string): Promise<ResourceHistory> {
  return await new HistoryReader(records, name).read(found);
}

/** A related resource, and how it is told of. */
type Followed = { readonly related: RelatedResource; readonly is: IsResource; readonly via: string };

class HistoryReader {
  readonly #records: ResourceRecords;
  readonly #name: string;
  readonly #names: string[];
  #is: IsResource;
  /** By row. */
  readonly #entries = new Map<number, HistoryEntry>();
  readonly #related = new Map<string, RelatedResource>();
  readonly #sameName = new Set<string>();
  /** What else events list that name it by accident. */
  readonly #otherNames = new Set<string>();
  #others = 0;
  #changing: Query | null = null;
  #unread = 0;
  #relatedOlder = 0;
  #relatedLeft = 0;

  constructor(records: ResourceRecords, name: string) {
    this.#records = records;
    this.#name = name;
    this.#names = [name];
    this.#is = resourceMatcher(this.#names);
  }

  async read(found: Result): Promise<ResourceHistory> {
    const { rows, reads, older } = await this.#choose(found);
    const learned = new Set<string>();
    await this.#readRows(rows, (one) => this.#takeDirect(one, this.#name, learned));
    if (found.stage === 'complete') {
      await this.#readOtherNames(learned, found);
      await this.#readRelated(found);
    }
    const order = this.#records.store.pick(this.#entries.keys()).rows;
    return {
      entries: this.#withoutOthers([...order].flatMap((row) => this.#entries.get(row) ?? [])),
      names: this.#names,
      total: found.total - this.#others,
      others: this.#others,
      reads,
      older,
      relatedOlder: this.#relatedOlder,
      relatedLeft: this.#relatedLeft,
      unread: this.#unread,
      sameName: [...this.#sameName],
    };
  }

  /** Writes and failures, newest first; reads where they are few, or all that there is; and what may have made it. */
  async #choose(
    found: Result,
  ): Promise<{ readonly rows: readonly number[]; readonly reads: number; readonly older: number }> {
    const { store } = this.#records;
    const most = found.stage === 'complete' ? MAX_CHANGES : MAX_FIRST;
    if (found.total <= most) {
      const events = await store.window(found, 0, found.total);
      const isRead = ({ cells }: TrailEvent) => cells.error === '' && isReadOnly(cells);
      const reads = events.filter(isRead).length;
      const isLeftOut = reads > MAX_READS && reads < events.length;
      const rows = events.filter((event) => !isLeftOut || !isRead(event)).map(({ row }) => row);
      return { rows, reads: isLeftOut ? reads : 0, older: 0 };
    }
    const changes = await this.#records.within(found, (await this.#records.search(this.#changingQuery())).rows);
    if (changes.length === 0) return { rows: [...found.rows.subarray(0, most)], reads: 0, older: found.total - most };
    const rows = changes.slice(0, most);
    const older = changes.length - rows.length;
    if (older > 0 && found.stage === 'complete') {
      const makers = await this.#records.within(found, (await this.#records.search(MAKERS)).rows);
      const last = new Set(rows);
      rows.push(...makers.filter((row) => !last.has(row)).slice(-MAX_OTHERS));
    }
    return { rows, reads: found.total - changes.length, older };
  }

  async #readRows(rows: readonly number[], take: (one: OneRecord) => void): Promise<void> {
    this.#unread += await this.#records.read(rows, take);
  }

  #takeDirect({ event, record, text }: OneRecord, name: string, learned: Set<string>): void {
    if (this.#isOfOther(event, text, name)) {
      if (name !== this.#name) return;
      this.#others++;
      for (const value of resourcesIn(event.cells.resource)) this.#otherNames.add(value);
      return;
    }
    for (const other of otherNamesIn(record, this.#is)) learned.add(other);
    for (const related of relatedIn(record, this.#is)) this.#relate(related);
    this.#add(event, changesOf(record, this.#is), name === this.#name ? '' : `as ${name}`, name);
  }

  /** The entries with searches that leave out the others, where their names tell them apart. */
  #withoutOthers(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
    const listed = new Set(entries.flatMap(({ event }) => resourcesIn(event.cells.resource)));
    const plain = plainNameOf(this.#name).toLowerCase();
    const names = [...this.#otherNames].filter((value) => !listed.has(value) && value.toLowerCase().includes(plain));
    if (names.length === 0 || names.length > MAX_OTHER_NAMES) return entries;
    const term: Query = { kind: 'field', path: 'resource', values: names.map(literalPattern) };
    const own = withTerm(resourceQuery(this.#name), { kind: 'not', term });
    return entries.map((entry) => (entry.via === '' ? { ...entry, query: own } : entry));
  }

  /** A longer name, or another resource of this name. */
  #isOfOther({ cells }: TrailEvent, text: string, name: string): boolean {
    const values = resourcesIn(cells.resource);
    const plain = plainNameOf(name).toLowerCase();
    const arns = values.filter((value) => isArn(value) && plainNameOf(value).toLowerCase() === plain);
    if (!isArn(name)) for (const arn of arns) if (!arn.startsWith('arn:aws:sts:')) this.#sameName.add(arn);
    if (arns.length > 0) return !arns.some(this.#is);
    if (values.some(this.#is)) return false;
    return text.toLowerCase().includes(plain) && !mentions(text, plain);
  }

  #add(event: TrailEvent, changes: readonly ResourceChange[], via: string, name: string): void {
    if (this.#entries.has(event.row)) return;
    const isRead = event.cells.error === '' && isReadOnly(event.cells);
    this.#entries.set(event.row, { event, changes, via, query: resourceQuery(name), isRead });
  }

  #relate(related: RelatedResource): void {
    if (this.#related.has(related.id)) return;
    if (this.#related.size < MAX_RELATED) this.#related.set(related.id, related);
    else this.#relatedLeft++;
  }

  /** A role's events by its AROA id, a key's by its alias. */
  async #readOtherNames(learned: ReadonlySet<string>, found: Result): Promise<void> {
    const names = [...learned].slice(0, MAX_RELATED);
    if (names.length === 0) return;
    this.#names.push(...names);
    this.#is = resourceMatcher(this.#names);
    const known = new Set(found.rows.length <= MAX_CHANGES ? found.rows : []);
    const result = await this.#changesOf(names);
    const fresh = [...result.rows.subarray(0, MAX_CHANGES)].filter((row) => !known.has(row) && !this.#entries.has(row));
    await this.#readRows(fresh.slice(0, MAX_OTHERS), (one) => {
      const values = resourcesIn(one.event.cells.resource);
      const name = names.find((other) => values.some(resourceMatcher([other]))) ?? names[0] ?? this.#name;
      this.#takeDirect(one, name, new Set());
    });
  }

  async #readRelated(found: Result): Promise<void> {
    let followed = [...this.#related.values()].map((related): Followed => {
      return { related, is: resourceMatcher([related.id]), via: `${related.id}, ${related.relation}` };
    });
    const seen = new Set(followed.map(({ related }) => related.id));
    const isDirect = new Set(found.rows.length <= MAX_CHANGES ? found.rows : []);
    for (let hop = 0; hop < HOPS && followed.length > 0; hop++) {
      const { rows } = await this.#changesOf(followed.map(({ related }) => related.id));
      const fresh = [...rows.subarray(0, MAX_RELATED_CHANGES + isDirect.size + this.#entries.size)].filter(
        (row) => !isDirect.has(row) && !this.#entries.has(row),
      );
      this.#relatedOlder += Math.max(0, fresh.length - MAX_RELATED_CHANGES);
      const next: Followed[] = [];
      await this.#readRows(fresh.slice(0, MAX_RELATED_CHANGES), ({ event, record }) => {
        const values = resourcesIn(event.cells.resource);
        for (const { related, is, via } of followed) {
          if (!values.some(is)) continue;
          const changes = changesOf(record, is);
          if (changes.length === 0) continue;
          this.#add(event, changes, via, related.id);
          for (const further of related.isOwn ? relatedIn(record, is) : []) {
            if (!further.isOwn || this.#is(further.id) || seen.has(further.id)) continue;
            if (seen.size >= MAX_RELATED) {
              this.#relatedLeft++;
              continue;
            }
            seen.add(further.id);
            const relation = relationThrough(further.relation, related);
            next.push({ related: further, is: resourceMatcher([further.id]), via: `${further.id}, ${relation}` });
          }
          break;
        }
      });
      followed = next;
    }
  }

  /** What changed these, or tried to. */
  async #changesOf(names: readonly string[]): Promise<Result> {
    const query: Query = { kind: 'and', terms: [listedAs(names), this.#changingQuery()] };
    return await this.#records.search(query);
  }

  #changingQuery(): Query {
    this.#changing ??= {
      kind: 'or',
      terms: [
        { kind: 'present', path: 'error' },
        writesQuery(this.#records.store.distinct('name').map(({ value }) => value)),
      ],
    };
    return this.#changing;
  }
}

/** What may have made it. */
const MAKERS: Query = {
  kind: 'and',
  terms: [
    {
      kind: 'field',
      path: 'name',
      values: ['Create*', 'Run*', 'Register*', 'Allocate*', 'Import*', 'Launch*', 'Request*', 'Restore*', 'Copy*'],
    },
    { kind: 'not', term: { kind: 'present', path: 'error' } },
  ],
};
