import type { StoredFieldId } from '../cloudtrail/fields.ts';

/** A column of the file: VARCHAR, and NULL where absent, if nothing else is said. */
export type CopiedColumn = {
  readonly name: string;
  readonly source:
    | { readonly kind: 'field'; readonly id: StoredFieldId }
    /** What is said instead of each of the field's values, '' among them. */
    | { readonly kind: 'mapped'; readonly id: StoredFieldId; readonly map: (value: string) => string }
    /** TIMESTAMP. */
    | { readonly kind: 'time' }
    /** VARCHAR[], empty where there are none. */
    | { readonly kind: 'resources' }
    | { readonly kind: 'family' }
    /** As far as they were looked for: Analysis.findFirsts. */
    | { readonly kind: 'firsts'; readonly separator: string }
    /** As far as they were looked for: Sessions.findPeople. */
    | { readonly kind: 'person' }
    /** A text, number or boolean right in the record. */
    | { readonly kind: 'member'; readonly key: string }
    | { readonly kind: 'record' }
    /** The next of CopiedPage.given. */
    | { readonly kind: 'given' };
};

/** Some rows, in the order of writing; for each column of kind 'given' the rows' values, null where absent. */
export type CopiedPage = { readonly rows: Int32Array; readonly given: readonly (readonly (string | null)[])[] };

export type CopyOptions = {
  readonly signal?: AbortSignal;
  /** Rows done so far, roughly. */
  readonly onProgress?: (rows: number) => void;
};
