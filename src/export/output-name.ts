import { extensionOf, type FileFormat, FORMATS, type Format } from './format.ts';

/** What the name of a file says about what it should hold. */
export type OutputName = {
  readonly format: Format | 'unknown';
  /** `.gz` at the end: compressed on the way. */
  readonly isGzip: boolean;
  /** With its dot, less `.gz`; '' where there is none. */
  readonly extension: string;
};

const OTHER_EXTENSIONS: Readonly<Record<string, Format>> = {
  '': 'ndjson',
  '.jsonl': 'ndjson',
  '.md': 'markdown',
};

/** All extensions, with their dots, that mean the format. */
export function extensionsFor(format: FileFormat): readonly string[] {
  const others = Object.keys(OTHER_EXTENSIONS).filter((name) => name !== '' && OTHER_EXTENSIONS[name] === format);
  return [...new Set([extensionOf(format), `.${format}`, ...others])];
}

/** `a.csv.gz` → csv, compressed. A name without an extension means ndjson; `a.records.json` is records. */
export function readOutputName(path: string): OutputName {
  const isGzip = /\.gz$/i.test(path);
  const name = isGzip ? path.slice(0, -3) : path;
  const extension = /\.[^./\\]+$/.exec(name)?.[0]?.toLowerCase() ?? '';
  const isRecords = /\.records\.json$/i.test(name);
  const format = isRecords
    ? 'records'
    : (OTHER_EXTENSIONS[extension] ?? FORMATS.find((word) => `.${word}` === extension) ?? 'unknown');
  return { format, isGzip, extension };
}
