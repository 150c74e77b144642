// The search language as a tree. Immutable, printable (print ∘ parse keeps the meaning and the spelling),
// and compiled to each engine. Times are resolved when the text is parsed; their text is kept for printing.

/** `term` · `'term` · `^term` · `term$` · `^term$` · `"two words"` */
export type WordMode = 'fuzzy' | 'substring' | 'prefix' | 'suffix' | 'whole' | 'phrase';

export type Comparison = '>' | '>=' | '<' | '<=';

export type Query =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Query[] }
  | { readonly kind: 'not'; readonly term: Query }
  | { readonly kind: 'word'; readonly text: string; readonly mode: WordMode }
  /** `field:a,b*`: any of the values, each a pattern (see pattern.ts); `field:*` is `present`.
   *  `path` as typed: a field's id, CloudTrail's spelling or any path. */
  | { readonly kind: 'field'; readonly path: string; readonly values: readonly string[] }
  | { readonly kind: 'present'; readonly path: string }
  /** `field:~text` */
  | { readonly kind: 'like'; readonly path: string; readonly text: string }
  /** `field:>x`; `at` is set when x is a time (ms since the epoch), else x is a number */
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly operator: Comparison;
      readonly text: string;
      readonly at: number | null;
    }
  /** `since:2h`, `until:2026-05-20`; ends included, ms since the epoch */
  | { readonly kind: 'since' | 'until'; readonly at: number; readonly text: string }
  /** `at:14:02±5m`, `time:2026-05-20`: from … to, ends included, ms since the epoch */
  | { readonly kind: 'at'; readonly from: number; readonly to: number; readonly text: string };

/** A mistake in the text: where (UTF-16 offsets) and why. */
export type QueryError = { readonly from: number; readonly to: number; readonly reason: string };

export type Parsed =
  | { readonly query: Query; readonly error: null }
  | { readonly query: null; readonly error: QueryError };
