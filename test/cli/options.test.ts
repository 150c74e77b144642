import { describe, expect, test } from 'vitest';
import { helpText } from '../../src/cli/help.ts';
import { OPTION_TABLE } from '../../src/cli/option-table.ts';
import { type Options, parseOptions } from '../../src/cli/options.ts';
import { nearest } from '../../src/text/nearest.ts';

function options(line: readonly string[], env: Readonly<Record<string, string>> = {}): Options {
  const parsed = parseOptions(line, env);
  if (parsed.kind !== 'options') throw new Error(parsed.message);
  return parsed;
}

function mistake(...line: readonly string[]): string {
  const parsed = parseOptions(line, {});
  return parsed.kind === 'usage-error' ? parsed.message : 'no mistake';
}

const GIB = 1024 ** 3;

describe('what a command line means', () => {
  const cases: readonly (readonly [readonly string[], Partial<Options>])[] = [
    [[], { command: 'explore', sources: [], query: '', format: null, limit: null, zone: null, maxFileSize: 4 * GIB }],
    [['a', 'b'], { command: 'explore', sources: ['a', 'b'] }],
    [['query', 'a', '-'], { command: 'query', sources: ['a', '-'] }],
    [['-q', 'x', 'query', 'a'], { command: 'query', query: 'x', sources: ['a'] }],
    [['./query'], { command: 'explore', sources: ['./query'] }],
    [['--', 'query'], { command: 'explore', sources: ['query'] }],
    [['query', 'query'], { command: 'query', sources: ['query'] }],
    [['query', '--', '-q', '--count'], { command: 'query', sources: ['-q', '--count'], count: false, query: '' }],
    [['-q', '-readOnly:true'], { query: '-readOnly:true' }],
    [['-qerror:denied'], { query: 'error:denied' }],
    [['--query=a=b'], { query: 'a=b' }],
    [['--query='], { query: '' }],
    [['-r', 'eu-west-1', '--region=US-EAST-1'], { regions: ['eu-west-1', 'us-east-1'] }],
    [['-r', 'eu-west-1,us-east-1', '-r', 'eu-west-1'], { regions: ['eu-west-1', 'us-east-1'] }],
    [['-r', 'eu-west-1', '-r', 'all'], { regions: 'all' }],
    [['-r', ' eu-west-1, ,US-east-1,'], { regions: ['eu-west-1', 'us-east-1'] }],
    [['-r', 'zz-north-9'], { regions: ['zz-north-9'] }],
    [['-q', 'x'], { regions: [], profiles: [], insights: false, useCache: true }],
    [['-p', 'prod', '--profile=dev', '-p', 'prod'], { profiles: ['prod', 'dev'] }],
    [['query', '-p', 'a,b', '--insights'], { command: 'query', profiles: ['a,b'], insights: true }],
    [['--preset', 'root', '--columns', 'time,who'], { preset: 'root', columns: 'time,who', printOption: 'columns' }],
    [['--format', 'MD'], { format: 'markdown' }],
    [['--format', 'CSV'], { format: 'csv', printOption: 'format' }],
    [['--format', 'csv', '--format', 'json'], { format: 'json' }],
    [['-ofile', '--force'], { output: 'file', force: true }],
    [['--limit', '5', '--oldest-first'], { limit: 5, oldestFirst: true }],
    [['-o', '-'], { output: null, printOption: 'output' }],
    [['--explain'], { explain: true, printOption: 'explain' }],
    [['--count'], { count: true, printOption: 'count' }],
    [['--sample'], { sample: true, sources: [], printOption: null }],
    [['--utc', '--local'], { zone: 'local' }],
    [['--local', '--utc'], { zone: 'utc' }],
    [['--max-file-size', '500M'], { maxFileSize: 500 * 1024 ** 2 }],
    [['--max-file-size', '1.5g'], { maxFileSize: 1.5 * GIB }],
    [['--max-file-size=2GiB'], { maxFileSize: 2 * GIB }],
    [['--max-file-size', '4096'], { maxFileSize: 4096 }],
    [['--no-color', '--no-mouse', '--no-cache'], { useColor: false, useMouse: false, useCache: false }],
    [['--theme', 'light', '--debug', 'd.log'], { theme: 'light', debugFile: 'd.log' }],
    [['--version'], { command: 'version' }],
    [['query', '--help', '--version'], { command: 'help' }],
    [['-h'], { command: 'help' }],
    [['cache', 'ls'], { command: 'cache', sources: ['ls'] }],
    [['--since', '7d', '--until', 'yesterday 5pm'], { since: '7d', until: 'yesterday 5pm' }],
  ];
  test.each(cases)('%j', (line, expected) => {
    expect(options(line)).toMatchObject(expected);
  });

  test('NO_COLOR counts only where it is not empty', () => {
    expect(options([], { NO_COLOR: '1' }).useColor).toBe(false);
    expect(options([], { NO_COLOR: '' }).useColor).toBe(true);
  });
});

describe('mistakes say what to do', () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['--outptu', 'x'], 'there is no option --outptu; did you mean --output?'],
    [['--regon'], 'there is no option --regon; did you mean --region?'],
    [['--xyzzy'], 'there is no option --xyzzy'],
    [['-z'], 'there is no option -z'],
    [['--count=3'], '--count takes no value'],
    [['-q'], '-q needs a value: -q TEXT'],
    [['-q', 'a', '-q', 'b'], '-q is given twice'],
    [['--limit'], '--limit needs a value: --limit N'],
    [['--limit', '0'], '--limit wants a whole number from 1 up, not "0"'],
    [['--limit', '1e3'], '--limit wants a whole number'],
    [['--format', 'cvs'], 'not "cvs"; did you mean csv?'],
    [['--max-file-size', 'lots'], '--max-file-size wants a size such as 500M or 4G, not "lots"'],
    [['--max-file-size', '0'], '--max-file-size wants a size'],
    [['--theme', 'pink'], '--theme is one of dark, light, mono'],
    [['-p', 'prod', 'dir'], '-p prod reads event history and dir does not'],
    [['-p', 'prod', '--sample'], '-p prod reads event history and --sample does not'],
    [['-p', ''], '-p needs a value: -p NAME'],
    [['--insights', '-'], '--insights is for event history, and - is not'],
    [['-r', 'eu_west_1'], '-r: "eu_west_1" is no name of a Region'],
    [['-r', 'eu-west-1,x/y'], '-r: "x/y" is no name of a Region'],
    [['--sample', 'dir'], '--sample and dir are two sources'],
    [['s3://bucket/prefix'], 's3://bucket/prefix cannot be read yet'],
    [['query', 'athena:db.table'], 'athena:db.table cannot be read yet'],
    [['-', '-'], '- (standard input) can be read only once'],
    [['--count', '--format', 'csv'], '--count prints a number'],
    [['--count', '--limit', '5'], '--count counts all that match'],
    [['--explain', '--count'], '--explain prints no events, so --count has nothing to do'],
    [['--explain', '-o', 'x'], '--explain prints no events, so --output has nothing to do'],
    [['--count', '--columns', 'who'], '--count prints a number, so --columns has nothing to do'],
    [['qurey', '--sample'], 'there is no command and no file "qurey"; did you mean query?'],
    [['--sample', 'Query'], 'did you mean query?'],
    [['--force'], '--force lets -o FILE replace a file'],
    [['-o', '-', '--force'], 'there is no -o FILE'],
    [['-o', ''], '-o needs a value: -o FILE'],
  ];
  test.each(cases)('%j', (line, expected) => {
    expect(mistake(...line)).toContain(expected);
  });
});

test('the nearest name forgives slips, not guesses', () => {
  const names = ['count', 'format', 'oldest-first', 'output'];
  expect(nearest('cuont', names)).toBe('count');
  expect(nearest('old', names)).toBe('oldest-first');
  expect(nearest('FORMAT', names)).toBe('format');
  expect(nearest('password', names)).toBeNull();
});

test('the help fits 80 columns and names every option', () => {
  const help = helpText();
  for (const { name } of OPTION_TABLE) expect(help).toContain(`--${name}`);
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(help.endsWith('\n')).toBe(true);
});
