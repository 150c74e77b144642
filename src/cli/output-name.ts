import { FORMATS, type Format } from './option-table.ts';

/** What the name given to -o says about what the file should hold. */
export type OutputName = {
  readonly format: Format | 'unknown';
  /** `.gz` at the end: compressed on the way. */
  readonly isGzip: boolean;
  /** With its dot, less `.gz`; '' where there is none. */
  readonly extension: string;
};

/** `a.csv.gz` → csv, compressed. A name without an extension means ndjson. */
export function readOutputName(path: string): OutputName {
  const isGzip = /\.gz$/i.test(path);
  const extension = /\.[^./\\]+$/.exec(isGzip ? path.slice(0, -3) : path)?.[0]?.toLowerCase() ?? '';
  const word = extension === '' || extension === '.jsonl' ? 'ndjson' : extension.slice(1);
  return { format: FORMATS.find((format) => format === word) ?? 'unknown', isGzip, extension };
}
