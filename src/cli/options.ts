import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FORMATS, type Format } from '../export/format.ts';
import { nearest } from '../text/nearest.ts';
import { OPTION_TABLE, type OptionName } from './option-table.ts';

export type Command = 'explore' | 'query' | 'cache' | 'help' | 'version';

/** What the command line asks for. Times and the query are still text: their parsers load when they are needed. */
export type Options = {
  readonly kind: 'options';
  readonly command: Command;
  readonly sources: readonly string[];
  readonly sample: boolean;
  readonly query: string;
  /** Name of a preset or saved query. */
  readonly preset: string | null;
  readonly since: string | null;
  readonly until: string | null;
  /** Empty: none given, which is each profile's own Region in event history and every Region elsewhere. */
  readonly regions: readonly string[] | 'all';
  /** Empty: none given. */
  readonly profiles: readonly string[];
  /** Insights events instead of management events. */
  readonly insights: boolean;
  /** Null: chosen from where the output goes. */
  readonly format: Format | null;
  /** Still text: fields and paths between commas. Null: those of the format. */
  readonly columns: string | null;
  /** Null: standard output. */
  readonly output: string | null;
  readonly force: boolean;
  readonly limit: number | null;
  readonly oldestFirst: boolean;
  readonly count: boolean;
  /** Says how the query is understood, instead of printing. */
  readonly explain: boolean;
  /** Raw bytes. */
  readonly maxFileSize: number;
  /** Null: as the settings say. */
  readonly zone: 'utc' | 'local' | null;
  readonly theme: Theme | null;
  readonly useColor: boolean;
  readonly useMouse: boolean;
  readonly useCache: boolean;
  readonly debugFile: string | null;
  /** The first option given that only `query` knows, e.g. "--count". */
  readonly printOption: string | null;
};

export type UsageError = { readonly kind: 'usage-error'; readonly message: string };

export const THEMES = ['dark', 'light', 'mono'] as const;
export type Theme = (typeof THEMES)[number];

export const DEFAULT_MAX_FILE_SIZE = 4 * 1024 ** 3;

const COMMANDS: readonly string[] = ['query', 'cache'] satisfies Command[];

/** Thrown while reading one option, turned into a UsageError by `parseOptions`. */
class Refused extends Error {}

/** Reads the words after `trailx`. Looks at no terminal, of `env` only at NO_COLOR, and at the file system only where
 *  the first word might be a mistyped command. */
export function parseOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Options | UsageError {
  try {
    return readOptions(argv, env);
  } catch (error) {
    if (error instanceof Refused) return { kind: 'usage-error', message: error.message };
    throw error;
  }
}

function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Options {
  const { given, words, afterTerminator } = tokenize(argv);
  const text = (name: OptionName): string | null => given.get(name)?.at(-1) ?? null;
  const has = (name: OptionName): boolean => given.has(name);

  const isCommand = words.length > 0 && COMMANDS.includes(words[0] ?? '');
  let command: Command = isCommand ? (words[0] as Command) : 'explore';
  if (has('version')) command = 'version';
  if (has('help')) command = 'help';
  if (!isCommand) refuseMistypedCommand(words[0]);
  const sources = [...(isCommand ? words.slice(1) : words), ...afterTerminator];

  const zone = lastOf(argv, ['--utc', '--local']);
  const theme = text('theme');
  const format = text('format');
  const limit = text('limit');
  const maxFileSize = text('max-file-size');
  const options: Options = {
    kind: 'options',
    command,
    sources,
    sample: has('sample'),
    query: text('query') ?? '',
    preset: text('preset'),
    since: text('since'),
    until: text('until'),
    regions: regionsOf(given.get('region') ?? []),
    profiles: [...new Set(given.get('profile') ?? [])],
    insights: has('insights'),
    format: format === null ? null : formatOf(format),
    columns: text('columns'),
    output: text('output') === '-' ? null : text('output'),
    force: has('force'),
    limit: limit === null ? null : wholeNumber('--limit', limit),
    oldestFirst: has('oldest-first'),
    count: has('count'),
    explain: has('explain'),
    maxFileSize: maxFileSize === null ? DEFAULT_MAX_FILE_SIZE : byteCount('--max-file-size', maxFileSize),
    zone: zone === '--utc' ? 'utc' : zone === '--local' ? 'local' : null,
    theme: theme === null ? null : oneOf('--theme', theme, THEMES),
    // https://no-color.org: present and not empty, whatever its value.
    useColor: !has('no-color') && !env.NO_COLOR,
    useMouse: !has('no-mouse'),
    useCache: !has('no-cache'),
    debugFile: text('debug'),
    printOption: OPTION_TABLE.find((spec) => spec.group === 'output' && has(spec.name))?.name ?? null,
  };
  if (command === 'explore' || command === 'query') refuseContradictions(options);
  return options;
}

function refuseMistypedCommand(word: string | undefined): void {
  if (word === undefined || !/^[a-z]+$/i.test(word)) return;
  const near = nearest(word, COMMANDS);
  if (near === null || existsSync(word)) return;
  throw new Refused(`there is no command and no file "${word}"; did you mean ${near}?`);
}

type Tokens = {
  readonly given: ReadonlyMap<OptionName, readonly string[]>;
  readonly words: readonly string[];
  readonly afterTerminator: readonly string[];
};

function tokenize(argv: readonly string[]): Tokens {
  // Not strict: a value may begin with a dash (`-q -readOnly:true`), and the messages are our own.
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      OPTION_TABLE.map(({ name, short, value }) => [
        name,
        {
          type: value === undefined ? ('boolean' as const) : ('string' as const),
          ...(short === undefined ? {} : { short }),
        },
      ]),
    ),
  });
  const given = new Map<OptionName, string[]>();
  const words: string[] = [];
  const afterTerminator: string[] = [];
  let isTerminated = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') isTerminated = true;
    else if (token.kind === 'positional') (isTerminated ? afterTerminator : words).push(token.value);
    else addOption(given, token.name, token.rawName, token.value);
  }
  return { given, words, afterTerminator };
}

function addOption(given: Map<OptionName, string[]>, name: string, rawName: string, value: string | undefined): void {
  const spec = OPTION_TABLE.find((candidate) => candidate.name === name);
  if (spec === undefined) throw new Refused(unknownOption(name, rawName));
  if (spec.value === undefined && value !== undefined) throw new Refused(`${rawName} takes no value`);
  if (spec.value !== undefined && (value === undefined || value === '') && spec.name !== 'query') {
    throw new Refused(`${rawName} needs a value: ${rawName} ${spec.value}`);
  }
  if (spec.value !== undefined && value === undefined) throw new Refused(`${rawName} needs a value: ${rawName} TEXT`);
  const values = given.get(spec.name) ?? [];
  // Of other options the last one counts, as with every command behind an alias; a search must not vanish silently.
  if (spec.name === 'query' && values.length > 0) {
    throw new Refused('-q is given twice: write both searches in one, -q "this that" or -q "this | that"');
  }
  given.set(spec.name, [...values, value ?? '']);
}

function unknownOption(name: string, rawName: string): string {
  const near = rawName.startsWith('--')
    ? nearest(
        name,
        OPTION_TABLE.map((spec) => spec.name),
      )
    : null;
  return `there is no option ${rawName}${near === null ? '' : `; did you mean --${near}?`}`;
}

function regionsOf(values: readonly string[]): readonly string[] | 'all' {
  const regions = values
    .flatMap((value) => value.split(','))
    .map((region) => region.trim().toLowerCase())
    .filter((region) => region !== '');
  // It becomes part of a host's name.
  const wrong = regions.find((region) => !/^[a-z0-9-]+$/.test(region));
  if (wrong !== undefined) throw new Refused(`-r: "${wrong}" is no name of a Region: write one like eu-west-1, or all`);
  return regions.includes('all') ? 'all' : [...new Set(regions)];
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === text.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(text, allowed);
  throw new Refused(
    `${option} is one of ${allowed.join(', ')}, not "${text}"${near === null ? '' : `; did you mean ${near}?`}`,
  );
}

function formatOf(text: string): Format {
  return text.toLowerCase() === 'md' ? 'markdown' : oneOf('--format', text, FORMATS);
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw new Refused(`${option} wants a whole number from 1 up, not "${text}"`);
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

function byteCount(option: string, text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text.trim()) ?? [];
  const bytes = digits === '' ? 0 : Math.floor(Number(digits) * (UNITS[unit.toUpperCase()] ?? 1));
  if (bytes >= 1 && Number.isSafeInteger(bytes)) return bytes;
  throw new Refused(`${option} wants a size such as 500M or 4G, not "${text}"`);
}

/** Of two switches that undo each other the one given last. */
function lastOf(argv: readonly string[], names: readonly string[]): string | null {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).findLast((word) => names.includes(word)) ?? null;
}

function refuseContradictions(options: Options): void {
  const remote = options.sources.find((source) => /^(s3:\/\/|athena:)/i.test(source));
  if (remote !== undefined) {
    throw new Refused(`${remote} cannot be read yet: download it and name the folder`);
  }
  if (options.sample && options.sources.length > 0) {
    throw new Refused(`--sample and ${options.sources[0]} are two sources: give one of them`);
  }
  const named = options.sample ? '--sample' : options.sources[0];
  if (named !== undefined && options.profiles.length > 0) {
    throw new Refused(`-p ${options.profiles[0]} reads event history and ${named} does not: give one of them`);
  }
  if (named !== undefined && options.insights) {
    throw new Refused(`--insights is for event history, and ${named} is not: give one of them`);
  }
  if (options.sources.filter((source) => source === '-').length > 1) {
    throw new Refused('- (standard input) can be read only once');
  }
  if (options.count && options.format !== null) {
    throw new Refused('--count prints a number, so --format has nothing to do: give one of them');
  }
  if (options.count && options.columns !== null) {
    throw new Refused('--count prints a number, so --columns has nothing to do: give one of them');
  }
  if (options.count && options.limit !== null) {
    throw new Refused('--count counts all that match, so --limit has nothing to do: give one of them');
  }
  const unused = (['count', 'format', 'columns', 'output', 'limit'] as const).find((name) => options[name]);
  if (options.explain && unused !== undefined) {
    throw new Refused(`--explain prints no events, so --${unused} has nothing to do: give one of them`);
  }
  if (options.force && options.output === null) {
    throw new Refused('--force lets -o FILE replace a file: there is no -o FILE');
  }
}
