import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { FuzzyMatcher } from '../query/fuzzy-client.ts';
import { NAME_FIELDS } from '../query/fuzzy-matches.ts';
import type { EventTable } from './event-table.ts';
import type { Understood } from './result.ts';

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

  warm(): void {}

  /** Asks the matcher, which is told of new names first. */
  async understand(words: readonly string[]): Promise<Understood[]> {
    const { dictionaries } = this.#table;
    for (const field of NAME_FIELDS) {
      const known = this.#told.get(field) ?? 1;
      this.#fuzzy.update(field, dictionaries[field].since(known));
      this.#told.set(field, dictionaries[field].values.length);
    }
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
}
