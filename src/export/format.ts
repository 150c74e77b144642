// The formats that events leave in: what the command line, the form of the explorer and file names choose from.

export const FORMATS = ['ndjson', 'json', 'records', 'csv', 'markdown', 'table', 'parquet'] as const;

export type Format = (typeof FORMATS)[number];

/** A table is fitted to a terminal: it is for reading, not for a file that somebody opens elsewhere. */
export type FileFormat = Exclude<Format, 'table'>;

/** What a file can hold, the most asked for first. */
export const FILE_FORMATS = ['csv', 'ndjson', 'json', 'records', 'markdown', 'parquet'] as const satisfies FileFormat[];

/** Formats whose columns can be chosen, and which have room for a note. The others hold records whole and unchanged. */
export function hasColumns(format: Format): boolean {
  return format === 'csv' || format === 'markdown' || format === 'table' || format === 'parquet';
}

/** Extension of a file of this format, with its dot. */
export function extensionOf(format: FileFormat): string {
  return format === 'markdown' ? '.md' : format === 'records' ? '.records.json' : `.${format}`;
}
