// `trailx query` as a script sees it: the built program, real files, real pipes.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { CONSOLE_CSV_COLUMNS } from '../../src/cloudtrail/console-csv.ts';
import { makeFolder, runTrailx, startTrailx } from './run-trailx.ts';

// Written as they must come out again: odd numbers, odd keys, escapes and characters.
const NEWEST =
  '{"eventVersion":"1.08","eventTime":"2026-05-19T14:02:11Z","eventSource":"ec2.amazonaws.com","eventName":"TerminateInstances",' +
  '"awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.9","userIdentity":{"type":"Root","arn":"arn:aws:iam::111122223333:root"},' +
  '"requestParameters":{"at":1.688560107857E9,"big":12345678901234567890,"__proto__":{"x":1}},"eventID":"e-3","recipientAccountId":"111122223333"}';
const MIDDLE =
  '{"eventID":"e-2","eventName":"GetObject","eventTime":"2026-05-18T10:00:00Z","eventSource":"s3.amazonaws.com","awsRegion":"us-east-1",' +
  '"errorCode":"AccessDenied","text":"\\u00e9é\u{1f600}\u202e\u009b","recipientAccountId":"111122223333"}';
const OLDEST =
  '{"eventTime":"2026-05-17T09:00:00Z","eventName":"RunInstances","eventSource":"ec2.amazonaws.com","awsRegion":"eu-west-1","eventID":"e-1","recipientAccountId":"111122223333"}';

let logs = '';
let untidy = '';
let damaged = '';
beforeAll(() => {
  logs = join(makeFolder(), 'logs');
  mkdirSync(join(logs, 'sub'), { recursive: true });
  writeFileSync(join(logs, 'a.json.gz'), gzipSync(`{"Records": [ ${OLDEST} ,\n ${NEWEST}]}`));
  writeFileSync(join(logs, 'sub', 'b.json'), `${MIDDLE}\n`);
  untidy = join(makeFolder(), 'untidy');
  mkdirSync(untidy);
  writeFileSync(join(untidy, 'a.json'), `${MIDDLE}\n${NEWEST}\n${MIDDLE}\n`);
  writeFileSync(join(untidy, 'README.md'), '# not a log file\n');
  damaged = join(makeFolder(), 'damaged');
  mkdirSync(damaged);
  writeFileSync(join(damaged, 'good.json'), OLDEST);
  writeFileSync(join(damaged, 'half.json'), `{"Records":[${NEWEST},{"eventName":"Brok`);
});

describe('what is printed', () => {
  test('each event once, newest first, whole and unchanged', async () => {
    expect(await runTrailx(['query', logs])).toEqual({
      code: 0,
      stdout: `${NEWEST}\n${MIDDLE}\n${OLDEST}\n`,
      stderr: '',
    });
  });

  test('what is left out is told, whoever reads', async () => {
    const { code, stdout, stderr } = await runTrailx(['query', untidy]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${NEWEST}\n${MIDDLE}\n` });
    expect(stderr).toMatch(
      /^2 of 2 events in \d files? of untidy \(1 copy left out, .*\)\npassed over: 1 other file\n$/,
    );
  });

  test('without a terminal the explorer is query', async () => {
    expect(await runTrailx([logs, '-q', 'name:GetObject'])).toEqual({ code: 0, stdout: `${MIDDLE}\n`, stderr: '' });
  });

  test.each([
    [['--oldest-first'], [OLDEST, MIDDLE, NEWEST]],
    [['--limit', '1'], [NEWEST]],
    [
      ['--limit', '2', '--oldest-first'],
      [OLDEST, MIDDLE],
    ],
    [
      ['-r', 'eu-west-1'],
      [NEWEST, OLDEST],
    ],
    [
      ['-r', 'eu-west-1', '-r', 'us-east-1'],
      [NEWEST, MIDDLE, OLDEST],
    ],
    [
      ['-r', 'all'],
      [NEWEST, MIDDLE, OLDEST],
    ],
    [
      ['--since', '2026-05-18'],
      [NEWEST, MIDDLE],
    ],
    [
      ['--until', '2026-05-18'],
      [MIDDLE, OLDEST],
    ],
    [['--since', '2026-05-18T10:00:00Z', '--until', '2026-05-18T10:00:00Z'], [MIDDLE]],
    [['-q', 'source:ec2 !name:Run*', '--since', '2026-05-01'], [NEWEST]],
    [['-q', 'error:denied'], [MIDDLE]],
  ])('%j', async (options, expected) => {
    const { code, stdout } = await runTrailx(['query', logs, ...options]);
    expect(stdout.split('\n').slice(0, -1)).toEqual(expected);
    expect(code).toBe(0);
  });

  test('a word written with a mistake finds the name it stands for', async () => {
    const { stdout } = await runTrailx(['query', logs, '-q', 'termnate']);
    expect(stdout).toBe(`${NEWEST}\n`);
  });

  test('json and records are valid JSON around the same texts', async () => {
    const json = await runTrailx(['query', logs, '--format', 'json']);
    expect(json.stdout).toBe(`[\n${NEWEST},\n${MIDDLE},\n${OLDEST}\n]\n`);
    const records = await runTrailx(['query', logs, '--format', 'records']);
    expect(records.stdout).toBe(`{"Records":[\n${NEWEST},\n${MIDDLE},\n${OLDEST}\n]}\n`);
    expect(JSON.parse(records.stdout).Records).toHaveLength(3);
  });

  test('a records file is read back to the same events', async () => {
    const { stdout } = await runTrailx(['query', logs, '--format', 'records']);
    expect((await runTrailx(['query', '-'], { input: stdout })).stdout).toBe(`${NEWEST}\n${MIDDLE}\n${OLDEST}\n`);
  });

  test('a console CSV that is read and printed again is equal cell by cell', async () => {
    const rows = [
      'alice,AKIAIOSFODNN7EXAMPLE,2026-05-19T14:02:11Z,ec2.amazonaws.com,RunInstances,eu-west-1,203.0.113.9,"a ""b"", c",,"[{""resourceType"":null,""resourceName"":""i-0ab""}]",r-1,e-1,false,AwsApiCall,111122223333,Management',
      ',,2026-05-18T14:02:11Z,kms.amazonaws.com,Decrypt,eu-west-1,kms.amazonaws.com,kms.amazonaws.com,AccessDenied,[],r-2,e-2,true,AwsApiCall,111122223333,Management',
    ];
    const input = `${[CONSOLE_CSV_COLUMNS.join(','), ...rows].join('\n')}\n`;
    expect(await runTrailx(['query', '-', '--format', 'csv'], { input })).toEqual({
      code: 0,
      stdout: input,
      stderr: '',
    });
  });

  test('the columns that are asked for: csv in a pipe, else as --format says', async () => {
    const columns = ['--columns', 'time,result,name, requestParameters.big,userIdentity'];
    const csv = await runTrailx(['query', logs, ...columns]);
    expect(csv.stdout).toBe(
      'time,result,name,requestParameters.big,userIdentity\n' +
        '2026-05-19T14:02:11Z,ok,TerminateInstances,12345678901234567890,' +
        '"{""type"":""Root"",""arn"":""arn:aws:iam::111122223333:root""}"\n' +
        '2026-05-18T10:00:00Z,denied,GetObject,,\n2026-05-17T09:00:00Z,ok,RunInstances,,\n',
    );
    const table = await runTrailx(['query', logs, '--columns', 'name,eventID', '--format', 'table']);
    expect(table.stdout.split('\n')[1]).toBe('TerminateInstances  e-3');
    const path = join(makeFolder(), 'out.md');
    await runTrailx(['query', logs, '--limit', '1', '--columns', 'name,eventID', '-o', path]);
    expect(readFileSync(path, 'utf8')).toMatch(
      /^\| name \| eventID \|\n\| --- \| --- \|\n\| TerminateInstances \| e-3 \|\n/,
    );
  });

  test('markdown names the command that it comes from', async () => {
    const { stdout } = await runTrailx(['query', 'logs', '--format', 'md', '-q', 'name:Get*'], {
      cwd: join(logs, '..'),
    });
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^\| time \| name \| who \| ip \| resource \| result \| region \| account \|$/),
      expect.any(String),
      expect.stringMatching(/^\| 2026-05-18T10:00:00Z \| GetObject \| .*\| denied \| us-east-1 \| 111122223333 \|$/),
      '',
      "1 event: `trailx query logs -q 'name:Get*'`",
      '',
    ]);
  });

  test('no cell of a CSV is a formula, and ours is read back', async () => {
    const hostile = JSON.stringify({ ...JSON.parse(MIDDLE), userAgent: '=cmd|x', eventID: '-e', text: undefined });
    const csv = await runTrailx(['query', '-', '--format', 'csv'], { input: hostile });
    expect(csv.stdout).toContain(",'=cmd|x,");
    const back = await runTrailx(['query', '-', '--columns', 'agent,id'], { input: csv.stdout });
    expect(back.stdout).toBe("agent,id\n'=cmd|x,'-e\n");
    const record = await runTrailx(['query', '-'], { input: csv.stdout });
    expect(JSON.parse(record.stdout)).toMatchObject({ userAgent: '=cmd|x', eventID: '-e' });
  });

  test('a preset is a search', async () => {
    expect(await runTrailx(['query', logs, '--preset', 'denied', '--count'])).toMatchObject({ code: 0, stdout: '1\n' });
    expect((await runTrailx(['query', logs, '--preset', 'root', '-q', 'name:Run*'])).code).toBe(1);
    expect((await runTrailx([logs, '--preset', 'root'])).stdout).toBe(`${NEWEST}\n`);
  });

  test('what a person saved in the explorer is a preset too', async () => {
    const home = makeFolder();
    mkdirSync(join(home, 'trailx'), { recursive: true });
    writeFileSync(
      join(home, 'trailx', 'settings.json'),
      JSON.stringify({ format: 1, savedQueries: { mine: 'name:Get*' } }),
    );
    const env = { XDG_CONFIG_HOME: home };
    expect(await runTrailx(['query', logs, '--preset', 'mine'], { env })).toMatchObject({ stdout: `${MIDDLE}\n` });
    expect((await runTrailx(['query', logs, '--preset', 'nine'], { env })).stderr).toContain('saved queries: mine\n');
  });

  test('--explain says how the query is understood', async () => {
    const { code, stdout } = await runTrailx(['query', logs, '--explain', '-q', 'termnate error:denied']);
    expect(code).toBe(0);
    expect(stdout).toContain('TerminateInstances');
    expect(stdout).toMatch(/^error:denied$/m);
    expect(stdout).toMatch(/over 3 events\n$/);
    expect((await runTrailx(['query', logs, '--explain'])).stdout).toBe('no condition: every event\n');
  });

  test('the table fits COLUMNS, else 120', async () => {
    const { stdout } = await runTrailx(['query', logs, '--format', 'table']);
    expect(stdout.split('\n')[0]).toMatch(/^TIME +NAME +SOURCE +/);
    expect(stdout.split('\n')[1]).toMatch(/^2026-05-19 14:02:11 {2}TerminateInstances {2}ec2 .* ok$/);
    const narrow = await runTrailx(['query', logs, '--format', 'table'], { env: { COLUMNS: '60' } });
    for (const line of narrow.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('parquet goes to a pipe or a file', async () => {
    const path = join(makeFolder(), 'out.parquet');
    expect(await runTrailx(['query', logs, '-o', path])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(path).subarray(0, 4).toString()).toBe('PAR1');
    expect((await runTrailx(['query', logs, '--format', 'parquet'])).stdout.slice(0, 4)).toBe('PAR1');
  });

  test('--count prints the number alone', async () => {
    expect(await runTrailx(['query', logs, '--count'])).toEqual({ code: 0, stdout: '3\n', stderr: '' });
    const none = await runTrailx(['query', logs, '--count', '-q', 'name:Nothing']);
    expect(none).toMatchObject({ code: 1, stdout: '0\n' });
    expect(none.stderr).toMatch(/^no match among 3 events in \d files of logs/);
  });

  test('--help and --version', async () => {
    expect(await runTrailx(['--help'])).toMatchObject({ code: 0, stderr: '' });
    expect((await runTrailx(['query', '--help'])).stdout).toContain('trailx query AWSLogs');
    expect((await runTrailx(['query', '--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('where events come from', () => {
  test('piped input without a source is read', async () => {
    expect(await runTrailx(['query'], { input: gzipSync(OLDEST) })).toMatchObject({ code: 0, stdout: `${OLDEST}\n` });
    expect(await runTrailx([], { input: OLDEST })).toMatchObject({ code: 0, stdout: `${OLDEST}\n` });
  });

  test('the sample needs nothing', async () => {
    const { code, stdout } = await runTrailx(['query', '--sample', '--count']);
    expect(code).toBe(0);
    expect(Number(stdout)).toBeGreaterThan(2000);
  });

  test('a file called query', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'query'), OLDEST);
    expect(await runTrailx(['./query'], { cwd: folder })).toMatchObject({ code: 0, stdout: `${OLDEST}\n` });
  });
});

describe('what goes wrong is said, and the exit code tells', () => {
  test('partial: 4, with what could be read', async () => {
    const { code, stdout, stderr } = await runTrailx(['query', damaged]);
    expect(code).toBe(4);
    expect(stdout).toBe(`${NEWEST}\n${OLDEST}\n`);
    expect(stderr).toMatch(/half\.json: .*\(1 event kept\)\n$/);
  });

  test('no match in what could be read is partial too', async () => {
    expect(await runTrailx(['query', damaged, '--count', '-q', 'name:Nothing'])).toMatchObject({
      code: 4,
      stdout: '0\n',
    });
  });

  test('a folder without events: 1, and what lies there', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'README.md'), '# nothing\n');
    const { code, stdout, stderr } = await runTrailx(['query', folder]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^no events in /);
    expect(stderr).toContain('passed over: 1 other file');
  });

  test.each([
    [['query', 'missing.json'], 'missing.json: '],
    [['query', '.', '--since', 'soonish'], '--since: "soonish" is no time'],
    [['query', '.', '-q', '(a'], '-q: '],
    [['query', '.', '--fromat', 'csv'], 'there is no option --fromat; did you mean --format?'],
    [['query', '.', '-p', 'prod'], '-p prod reads event history and . does not: give one of them'],
    [['query', '.', '--columns', 'tiem,who'], '--columns: there is no field or path "tiem"; did you mean time?'],
    [['query', '.', '--columns', ','], '--columns: name at least one column'],
    [['query', '.', '--columns', 'who', '--format', 'json'], '--columns is for csv, markdown, table and parquet: json'],
    [['query', '.', '--columns', 'who', '-o', 'a.ndjson'], '--columns is for csv, markdown, table and parquet: ndjson'],
    [['query', '.', '--preset', 'failurs'], 'there is none called "failurs"; did you mean failures?'],
    [['query', '.', '--format', 'markdown', '-o', 'no/x.md'], 'cannot write no/x.md: there is no folder no'],
    [['query', '.', '-o', 'a.txt'], '-o a.txt: .txt says no format; add --format: ndjson, '],
    [['query', '.', '-o', 'a.parquet.gz'], 'parquet is compressed already'],
    [['query', '.', '-o', 'no/such/folder/x'], 'cannot write no/such/folder/x: there is no folder no/such/folder'],
    [['query', '.', '--debug', 'no/such/folder/x'], 'cannot write the debug file no/such/folder/x'],
  ])('%j: 2', async (args, message) => {
    const { code, stdout, stderr } = await runTrailx(args, { cwd: makeFolder() });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^trailx: /);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('a file that cannot be read at all: 2, and nothing is written', async () => {
    const folder = makeFolder();
    const path = join(folder, 'bad.json');
    writeFileSync(path, '{"Records":[{"eventNa');
    const { code, stdout, stderr } = await runTrailx([
      'query',
      path,
      '--format',
      'json',
      '-o',
      join(folder, 'out.json'),
    ]);
    expect(stderr).toContain('bad.json: ');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual(['bad.json']);
  });

  test('control characters of a file name do not reach the terminal', async () => {
    const { stderr } = await runTrailx(['query', 'x\u001b[2Jy']);
    expect(stderr).toContain('x\\u001b[2Jy');
  });
});

describe('-o', () => {
  test('writes the file whole, replaces none without --force, and leaves nothing else', async () => {
    const folder = makeFolder();
    const path = join(folder, 'out.ndjson');
    expect(await runTrailx(['query', logs, '-o', path])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(path, 'utf8')).toBe(`${NEWEST}\n${MIDDLE}\n${OLDEST}\n`);
    const again = await runTrailx(['query', logs, '--limit', '1', '-o', path]);
    expect(again).toMatchObject({
      code: 2,
      stderr: `trailx: cannot write ${path}: it exists already; --force replaces it\n`,
    });
    expect(await runTrailx(['query', logs, '--limit', '1', '-o', path, '--force'])).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe(`${NEWEST}\n`);
    expect(readdirSync(folder)).toEqual(['out.ndjson']);
  });

  test('the name chooses the format where --format does not', async () => {
    const path = join(makeFolder(), 'out.csv');
    await runTrailx(['query', logs, '-o', path]);
    expect(readFileSync(path, 'utf8')).toMatch(/^User name,AWS access key,/);
  });

  test.each([
    ['a.records', `{"Records":[\n${NEWEST}\n]}\n`],
    ['a.JSON', `[\n${NEWEST}\n]\n`],
    ['a.jsonl', `${NEWEST}\n`],
    ['events', `${NEWEST}\n`],
    ['a.ndjson.gz', `${NEWEST}\n`],
    ['a.json.gz', `[\n${NEWEST}\n]\n`],
  ])('%s', async (name, expected) => {
    const path = join(makeFolder(), name);
    const ended = await runTrailx(['query', logs, '--limit', '1', '-o', path]);
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    const bytes = readFileSync(path);
    expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()).toBe(expected);
  });

  test('- is standard output', async () => {
    const folder = makeFolder();
    expect(await runTrailx(['query', logs, '--limit', '1', '-o', '-'], { cwd: folder })).toEqual({
      code: 0,
      stdout: `${NEWEST}\n`,
      stderr: '',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['a.md', /^\| time \|/],
    ['a.records.json', /^\{"Records":\[/],
    ['a.csv.gz', /^User name,/],
  ])('%s', async (name, beginning) => {
    const path = join(makeFolder(), name);
    await runTrailx(['query', logs, '-o', path]);
    const bytes = readFileSync(path);
    expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()).toMatch(beginning);
  });

  test.each([[[]], [['--format', 'csv']], [['--format', 'md']], [['--columns', 'who']]])(
    'a full disk: 2, and says so %j',
    async (options) => {
      const { code, stderr } = await runTrailx(['query', logs, '-o', '/dev/full', ...options]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: 'trailx: cannot write /dev/full: the disk is full\n' });
    },
  );
});

test('--debug collects timings, one JSON object a line', async () => {
  const path = join(makeFolder(), 'debug.log');
  await runTrailx(['query', damaged, '--debug', path]);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  expect(lines.map(({ what }) => what)).toEqual([
    'start',
    'read.start',
    'read.done',
    'problem',
    'search.done',
    'print.done',
    'end',
  ]);
  for (const { ms } of lines) expect(ms).toBeGreaterThan(0);
});

describe('interrupted', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s while input is awaited ends it with %i and leaves nothing', async (signal, code) => {
    const folder = makeFolder();
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const debug = join(folder, 'debug.log');
    const run = startTrailx(['query', '-', '-o', join(folder, 'out.json'), '--debug', debug], {
      isInputOpen: true,
      env: { TMPDIR: temporary },
    });
    run.child.stdin?.write(`${OLDEST}\n`);
    await vi.waitFor(() => expect(readFileSync(debug, 'utf8')).toContain('read.start'), { timeout: 10_000 });
    run.child.kill(signal);
    expect(await run.ended).toMatchObject({ code, stdout: '', stderr: '' });
    expect(readdirSync(folder).sort()).toEqual(['debug.log', 'tmp']);
    // Node keeps its compiled code beside ours.
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test.each([[[]], [['--format', 'csv']], [['--format', 'md']], [['--columns', 'id']]])(
  'a reader that leaves early ends it quietly %j',
  async (options) => {
    const path = join(makeFolder(), 'many.json');
    const record = (index: number) =>
      JSON.stringify({ ...JSON.parse(OLDEST), eventID: `e-${index}`, pad: 'x'.repeat(500) });
    writeFileSync(path, Array.from({ length: 20_000 }, (_, index) => record(index)).join('\n'));
    const run = startTrailx(['query', path, ...options]);
    run.child.stdout?.once('data', () => run.child.stdout?.destroy());
    expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
  },
);
