import type { Dictionary } from './dictionary.ts';

/** The spellings of a column's values at one moment. */
export type SpellingsThen = {
  /** SQL for the id of the first spelling, of an expression that is an id. */
  readonly main: (id: string) => string;
  /** The same of one id. */
  readonly mainOf: (id: number) => number;
  /** SQL: the ids of all spellings of a first one, as `IN` takes them. */
  readonly all: (main: number) => string;
};

/**
 * Values that differ in nothing but case, which no search tells apart. Nearly always there are none: then the SQL is as
 * without. Kept up to date as batches come: a look at each new value.
 */
export class Spellings {
  readonly #dictionary: Dictionary;
  #known = 1;
  /** First ids by the text in lower case. */
  readonly #first = new Map<string, number>();
  /** Ids of further spellings, and of their first ones. */
  readonly #mains = new Map<number, number>();

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary;
  }

  /** Takes in the values that came since the last time. */
  grow(): void {
    const { values } = this.#dictionary;
    for (; this.#known < values.length; this.#known++) {
      const folded = (values[this.#known] as string).toLowerCase();
      const first = this.#first.get(folded);
      if (first === undefined) this.#first.set(folded, this.#known);
      else this.#mains.set(this.#known, first);
    }
  }

  /** As of now; values of events that come later count as spelt in one way. */
  now(): SpellingsThen {
    const mains = new Map(this.#mains);
    const pairs = Array.from(mains, ([id, main]) => `(${id}, ${main})`).join(', ');
    return {
      main: (id) =>
        pairs === '' ? id : `coalesce((SELECT s.main FROM (VALUES ${pairs}) s(id, main) WHERE s.id = ${id}), ${id})`,
      mainOf: (id) => mains.get(id) ?? id,
      all: (main) => {
        const others = mains.size === 0 ? [] : [...mains].filter(([, first]) => first === main).map(([id]) => id);
        return [main, ...others].join(', ');
      },
    };
  }
}
