// THE table of command line options: the parser, the help text and the "did you mean" all read this one list.

export type OptionName =
  | 'query'
  | 'preset'
  | 'since'
  | 'until'
  | 'region'
  | 'profile'
  | 'insights'
  | 'sample'
  | 'format'
  | 'columns'
  | 'output'
  | 'force'
  | 'limit'
  | 'oldest-first'
  | 'count'
  | 'explain'
  | 'max-file-size'
  | 'no-cache'
  | 'utc'
  | 'local'
  | 'no-color'
  | 'no-mouse'
  | 'theme'
  | 'debug'
  | 'version'
  | 'help';

export type OptionSpec = {
  readonly name: OptionName;
  readonly short?: string;
  /** What the value is called in the help; none for a switch. */
  readonly value?: string;
  readonly isRepeatable?: boolean;
  /** Which part of the program it belongs to; an option of the other part is a usage error that says so. */
  readonly group: 'search' | 'output' | 'screen' | 'general';
  readonly about: string;
};

export const OPTION_TABLE: readonly OptionSpec[] = [
  { name: 'query', short: 'q', value: 'TEXT', group: 'search', about: 'search, as behind / in the explorer' },
  {
    name: 'preset',
    value: 'NAME',
    group: 'search',
    about: 'a ready-made search, such as failures or root, or one that was saved; with -q, both must hold',
  },
  { name: 'since', value: 'TIME', group: 'search', about: 'from then on: 90d, 24h, 15m, 2026-05-20, "yesterday 5pm"' },
  { name: 'until', value: 'TIME', group: 'search', about: 'up to then; a date means the whole day' },
  {
    name: 'profile',
    short: 'p',
    value: 'NAME',
    isRepeatable: true,
    group: 'search',
    about: 'AWS profile for event history; repeatable: several accounts side by side',
  },
  {
    name: 'region',
    short: 'r',
    value: 'REGION',
    isRepeatable: true,
    group: 'search',
    about: 'Regions of event history: repeatable, a,b or all; of files and the sample: only this awsRegion',
  },
  { name: 'insights', group: 'search', about: 'Insights events of event history, not management events' },
  { name: 'sample', group: 'search', about: 'the built-in sample: no files, no credentials' },
  {
    name: 'max-file-size',
    value: 'SIZE',
    group: 'search',
    about: 'read at most this much of one file, unpacked (4G)',
  },
  { name: 'no-cache', group: 'search', about: 'neither read nor write the cache of event history' },
  {
    name: 'format',
    value: 'FORMAT',
    group: 'output',
    about:
      'ndjson, json, records, csv, markdown, table or parquet; table on a terminal, else by the name of FILE, else ndjson',
  },
  {
    name: 'columns',
    value: 'LIST',
    group: 'output',
    about: 'of csv, markdown, table and parquet: time,who,result, or paths of the record',
  },
  {
    name: 'output',
    short: 'o',
    value: 'FILE',
    group: 'output',
    about: 'write to FILE, whole or not at all; .gz compresses',
  },
  { name: 'force', group: 'output', about: 'let -o replace a file' },
  { name: 'limit', value: 'N', group: 'output', about: 'print at most N events' },
  { name: 'oldest-first', group: 'output', about: 'oldest first instead of newest first' },
  { name: 'count', group: 'output', about: 'print only how many events match' },
  { name: 'explain', group: 'output', about: 'print how the query is understood, and no events' },
  { name: 'utc', group: 'general', about: 'times in UTC (the default)' },
  { name: 'local', group: 'general', about: 'times in the local time zone' },
  { name: 'theme', value: 'NAME', group: 'screen', about: 'colours: dark, light or mono; remembered' },
  { name: 'no-color', group: 'general', about: 'no colours (also: NO_COLOR)' },
  { name: 'no-mouse', group: 'screen', about: 'leave the mouse to the terminal' },
  { name: 'debug', value: 'FILE', group: 'general', about: 'append timings and warnings to FILE' },
  { name: 'version', group: 'general', about: 'print the version' },
  { name: 'help', short: 'h', group: 'general', about: 'print this' },
];
