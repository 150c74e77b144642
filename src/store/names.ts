import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { FuzzyMatcher } from '../query/fuzzy-client.ts';
import { NAME_FIELDS } from '../query/fuzzy-matches.ts';
import type { EventTable } from './event-table.ts';
import type { Understood } from './result.ts';
import { Slices } from './slices.ts';

/** Names that are sent at once: a thousandth of a second. */
const AT_ONCE = 1000;

/** The names of what is loaded, as the matcher of words knows them. */
export class Names {
  readonly #table: EventTable;
  readonly #fuzzy: FuzzyMatcher;
  /** How many values of each field the matcher knows. */
  readonly #told = new Map<StoredFieldId, number>();

  constructor(table: EventTable, fuzzy: FuzzyMatcher) {
    this.#table = table;
    this.#fuzzy = fuzzy;
  }

  /** Starts the matcher and tells it of new names, a few at a time. */
  async tell(isOver: () => boolean): Promise<void> {
    this.#fuzzy.start();
    const slices = new Slices();
    for (const field of NAME_FIELDS) while (!isOver() && this.#tell(field, AT_ONCE)) await slices.next();
  }

  /** Asks the matcher, which is told of new names first. */
  async understand(words: readonly string[]): Promise<Understood[]> {
    const { dictionaries } = this.#table;
    for (const field of NAME_FIELDS) this.#tell(field, Number.POSITIVE_INFINITY);
    const matches = await this.#fuzzy.match(words);
    return words.map((word) => ({
      word,
      matches: (matches.get(word) ?? []).map(({ field, value }) => ({
        field,
        value,
        count: dictionaries[field].countOf(value),
      })),
    }));
  }

  close(): void {
    this.#fuzzy.close();
  }

  /** Tells the matcher of at most `limit` new names of a field. @returns whether there were any. */
  #tell(field: StoredFieldId, limit: number): boolean {
    const dictionary = this.#table.dictionaries[field];
    const known = this.#told.get(field) ?? 1;
    const fresh = dictionary.since(known, limit);
    this.#fuzzy.update(field, fresh);
    this.#told.set(field, known + fresh.length);
    return fresh.length > 0;
  }
}
