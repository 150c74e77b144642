import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { FuzzyMatcher } from '../query/fuzzy-client.ts';
import { NAME_FIELDS } from '../query/fuzzy-matches.ts';
import type { EventTable } from './event-table.ts';
import type { Understood } from './result.ts';
import { Slices } from './slices.ts';

/** Names that are sent at once: a thousandth of a second. */
const AT_ONCE = 1000;
/** While events arrive, names are sent so often. */
const PAUSE_MS = 250;

/** The names of what is loaded, as the matcher of words knows them. */
export class Names {
  readonly #table: EventTable;
  readonly #fuzzy: FuzzyMatcher;
  /** How many values of each field the matcher knows. */
  readonly #told = new Map<StoredFieldId, number>();
  #isWarm = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(table: EventTable, fuzzy: FuzzyMatcher) {
    this.#table = table;
    this.#fuzzy = fuzzy;
  }

  /** From now on the matcher is told of new names as they come, a few at a time, once its thread runs. */
  warm(): void {
    if (this.#isWarm) return;
    this.#isWarm = true;
    this.#fuzzy.start();
    this.grown();
  }

  /** There may be new names. */
  grown(): void {
    if (!this.#isWarm || this.#timer !== null) return;
    this.#timer = setTimeout(() => void this.#tellSome(), PAUSE_MS).unref();
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
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#isWarm = false;
    this.#fuzzy.close();
  }

  async #tellSome(): Promise<void> {
    const slices = new Slices();
    for (const field of NAME_FIELDS) while (this.#isWarm && this.#tell(field, AT_ONCE)) await slices.next();
    this.#timer = null;
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
