import { OPTION_TABLE, type OptionSpec } from './option-table.ts';

const USAGE = `trailx: explore AWS CloudTrail events

  trailx [options]                      an AWS account's event history: the last
                                        90 days of management events, live
  trailx SOURCE... [options]            log files
  trailx query [SOURCE...] [options]    print matching events, without a screen
  trailx cache ls|clear|path            event history kept on this machine

SOURCE is a CloudTrail log file, a folder of them (read to the bottom), or - for
standard input (read also where something is piped in): plain or gzip, as
delivered to a bucket, downloaded from the console (JSON or CSV), LookupEvents
output, EventBridge events, NDJSON. A file called "query" is given as ./query.
`;

const EXAMPLES = `Examples
  trailx --sample                       look around without any files
  trailx                                event history, by the environment's
                                        credentials and Region
  trailx -p prod -r eu-west-1,us-east-1
  trailx AWSLogs --since 7d -q 'error:denied'
  trailx query -p prod -p dev -r all --since 7d -q 'name:ConsoleLogin'
  trailx query AWSLogs -q 'termnate'    the table, typing errors forgiven
  trailx query AWSLogs -r eu-west-1 --format csv -o events.csv
  aws s3 cp s3://bucket/file.json.gz - | trailx query - | jq .eventName

Exit codes of query
  0 something matched   1 nothing matched   2 wrong usage, nothing readable, no
  answer from AWS, or output that cannot be written   3 no access: credentials
  or permissions   4 some files or Regions failed, the rest was printed
  130 interrupted
`;

const GROUPS: readonly (readonly [OptionSpec['group'], string])[] = [
  ['search', 'What to read and to look for'],
  ['output', 'What query prints'],
  ['screen', 'Explorer'],
  ['general', 'General'],
];

const WIDTH = 80;
const ABOUT_COLUMN = 27;

/** The text of `--help`, at most 80 columns wide, ending with a line break. */
export function helpText(): string {
  const sections = GROUPS.map(([group, title]) =>
    [title, ...OPTION_TABLE.filter((spec) => spec.group === group).flatMap(optionLines)].join('\n'),
  );
  return [USAGE, ...sections.map((section) => `${section}\n`), EXAMPLES].join('\n');
}

function optionLines(spec: OptionSpec): readonly string[] {
  const short = spec.short === undefined ? '    ' : `-${spec.short}, `;
  const left = `  ${short}--${spec.name}${spec.value === undefined ? '' : ` ${spec.value}`}`;
  const [first = '', ...rest] = wrap(spec.about, WIDTH - ABOUT_COLUMN);
  return [left.padEnd(ABOUT_COLUMN) + first, ...rest.map((line) => ' '.repeat(ABOUT_COLUMN) + line)];
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
