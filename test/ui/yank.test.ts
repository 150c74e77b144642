// y in the explorer: what the terminal is given for its clipboard, and that the command for a list prints that list.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fieldTerm } from '../../src/query/edit.ts';
import { printQuery } from '../../src/query/print.ts';
import { logFilesSource } from '../../src/sources/log-files/log-files-source.ts';
import { NO_NOISE } from '../../src/state/noise.ts';
import { startShell } from '../helpers/terminal.ts';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let folder = '';
let app: OpenExplorer | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
  rmSync(folder, { recursive: true, force: true });
});

const SCRIPT = '#!/bin/sh\necho first\necho second\n';

const EVENTS = [
  record(0),
  record(1, { eventName: 'RunInstances', readOnly: false }),
  record(2, { eventID: undefined, awsRegion: 'us-iso-east-1', sourceIPAddress: undefined }),
  record(3, { eventName: 'TerminateInstances', readOnly: false, requestParameters: { note: 'two\nlines' } }),
  record(4, { requestParameters: { userData: 'x'.repeat(120_000) } }),
  record(5, { errorCode: 'AccessDenied' }),
  record(6, { eventName: 'UpdateInstanceInformation', readOnly: false }),
  record(7, {
    requestParameters: {
      policy: JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:Get*' } }),
      userData: Buffer.from(SCRIPT).toString('base64'),
    },
  }),
];

async function open(options: Parameters<typeof openExplorer>[1] = {}): Promise<OpenExplorer> {
  app = openExplorer(recordsSource(EVENTS), options);
  await app.until(`1/${EVENTS.length}`);
  return app;
}

/** What the terminal's clipboard holds now, by the sequences that came to it (OSC 52). */
function clipboard({ rawOutput }: OpenExplorer): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a control sequence is looked for
  const sent = [...rawOutput().matchAll(/\u001b\]52;c;([A-Za-z0-9+/=]*)\u0007/g)].at(-1)?.[1];
  return sent === undefined ? null : Buffer.from(sent, 'base64').toString();
}

async function yank(app: OpenExplorer, key: string): Promise<string | null> {
  const before = app.rawOutput().length;
  app.type(`y${key}`);
  await app.until(() => app.rawOutput().slice(before).includes('copied'));
  return clipboard(app);
}

describe('in the list', () => {
  test.each([
    ['e', 'event-0', 'copied eventID event-0'],
    ['j', JSON.stringify(EVENTS[0]), 'copied the JSON {"eventVersion":'],
    ['J', JSON.stringify(EVENTS[0], null, 2), 'copied the indented JSON {'],
    [
      'u',
      'https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/event-0',
      'copied the URL https://eu-west-1.console',
    ],
    ['w', 'Admin/alice', 'copied who Admin/alice'],
    ['n', 'arn:aws:sts::111122223333:assumed-role/Admin/alice', 'copied ARN of the caller arn:aws:sts'],
    ['a', 'ASIAEXAMPLE', 'copied access key ASIAEXAMPLE'],
    ['i', '203.0.113.9', 'copied address 203.0.113.9'],
    ['r', 'i-00000000000000000', 'copied resource i-0'],
  ])('y%s', async (key, text, said) => {
    const app = await open();
    expect(await yank(app, key)).toBe(text);
    await app.until(said);
  });

  test('shows what it would copy, and why something cannot be', async () => {
    const app = await open();
    app.press('j', 'j', 'y');
    await app.until('the record states no eventID');
    expect(app.picture()).toMatch(/c {2}command for this list +it is not known what trailx was started on/);
    expect(app.picture()).toMatch(/i {2}address +not stated/);
    app.press('u');
    await app.until((picture) => /^. ?the record states no eventID /m.test(picture));
    expect(clipboard(app)).toBeNull();
    app.press('escape');
    await app.until((picture) => !picture.includes('Copy …'));
  });

  test('a record that is too long for a terminal is for a file', async () => {
    const app = await open();
    app.type('jjjjyj');
    await app.until('too long for the clipboard: D writes a file');
    expect(clipboard(app)).toBeNull();
  });
});

describe('in the tree', () => {
  /** The detail of the event with a text of two lines, its cursor on that. */
  async function atValue(): Promise<OpenExplorer> {
    const app = await open();
    app.type('jjj\r');
    await app.until('two\\nlines');
    app.type('/note\r');
    await app.until('"note" is in 1 row');
    return app;
  }

  test.each([
    ['y', 'two\nlines', 'copied the value, 2 lines two\\nlines'],
    ['k', 'note', 'copied the key note'],
    ['p', 'requestParameters.note', 'copied the path requestParameters.note'],
    ['q', 'requestParameters.note:"two\nlines"', 'copied the search requestParameters.note:'],
    ['e', 'event-3', 'copied eventID event-3'],
  ])('y%s', async (key, text, said) => {
    const app = await atValue();
    expect(await yank(app, key)).toBe(text);
    await app.until(said);
  });

  test.each([
    ['y', 's3:Get*', 'copied the value s3:Get*'],
    ['k', 'Action', 'copied the key Action'],
    ['p', 'requestParameters.policy', 'copied the path requestParameters.policy'],
    ['q', 'requestParameters.policy:*"Action":"s3:Get\\*"*', 'copied the search requestParameters.policy:'],
  ])('y%s of a part of JSON in a text', async (key, text, said) => {
    const app = await open();
    app.type('G\r');
    await app.until('JSON in a text');
    app.type('/s3:get\r');
    await app.until('"s3:get" is in 1 row');
    expect(await yank(app, key)).toBe(text);
    await app.until(said);
  });

  test('of a line of what base64 says, yy copies all of it, yp where it is', async () => {
    const app = await open();
    app.type('G\r');
    await app.until('· base64');
    app.type('/userData\r');
    await app.until('"userData" is in 1 row');
    app.type('lll');
    await app.until('echo second');
    expect(await yank(app, 'y')).toBe(SCRIPT);
    expect(await yank(app, 'p')).toBe('requestParameters.userData');
  });

  test('in the raw JSON there is no value under the cursor', async () => {
    const app = await atValue();
    app.press('v', 'y');
    await app.until('only in the tree (v leaves the raw JSON)');
  });
});

test('on the lowest screen the menu goes along with its cursor', async () => {
  const app = await open({ columns: 60, rows: 15 });
  app.press('enter');
  await app.until('requestParameters');
  app.press('y');
  await app.until('Copy …');
  expect(app.picture()).not.toContain('r  resource');
  for (let k = 0; k < 13; k++) app.press('down');
  await app.until('▌ r  resource');
  expect(app.picture()).toContain('Esc close');
  app.click(
    5,
    app.lines().findIndex((line) => line.includes('address')),
  );
  await app.until('copied address 203.0.113.9');
});

describe('the command for a list prints it', () => {
  /** In the explorer over a file; then what `trailx query` prints for the command that it copies. */
  async function compare(options: Parameters<typeof openExplorer>[1], ...keys: readonly string[]): Promise<Compared> {
    return await compareOf(EVENTS, "alice's logs.json", options, ...keys);
  }

  type Compared = { readonly listed: readonly string[]; readonly printed: readonly string[]; readonly command: string };

  async function compareOf(
    events: readonly object[],
    name: string,
    options: Parameters<typeof openExplorer>[1],
    ...keys: readonly string[]
  ): Promise<Compared> {
    const logs = join(folder, name);
    writeFileSync(logs, events.map((event) => JSON.stringify(event)).join('\n'));
    const explorer = openExplorer(logFilesSource({ paths: [logs] }), {
      started: { kind: 'files', paths: [logs], since: null, until: null },
      ...options,
    });
    app = explorer;
    await explorer.until((picture) => /(?:UTC|local) · 1\/\d/.test(picture));
    for (const key of keys) explorer.type(key);
    const listed = join(folder, 'listed.ndjson');
    explorer.type(`:export ${listed}\r`);
    await explorer.until('● ndjson');
    explorer.type('\r');
    await explorer.until('wrote');
    const command = (await yank(explorer, 'c')) ?? '';
    const printed = join(folder, 'printed.ndjson');
    const shell = startShell(`${command} > '${printed}'; echo "code $?"`, { shell: 'bash' });
    await shell.until('code 0');
    await shell.dispose();
    return { listed: await linesOf(listed), printed: await linesOf(printed), command };
  }

  async function linesOf(path: string): Promise<readonly string[]> {
    const { readFile } = await import('node:fs/promises');
    return (await readFile(path, 'utf8')).trimEnd().split('\n');
  }

  test.each([
    ['everything', {}, []],
    ['a search', { initialQuery: 'name:Run*,Term* | error:* | "no one"' }, []],
    ['a fuzzy word', { initialQuery: 'termnate' }, []],
    ['a time that counts from now', { initialQuery: 'since:10h5m until:10h2m' }, []],
    ['without noise', { remembered: { noise: { ...NO_NOISE, isOn: true } } }, []],
    ['without noise, of a search', { initialQuery: 'alice | bob' }, ['n']],
    ['failures only', {}, ['x']],
    ['local times', { zone: 'local' as const, initialQuery: 'since:2026-05-19' }, []],
  ])('%s', async (_, options, keys) => {
    const { listed, printed, command } = await compare(options, ...keys);
    expect(command).toMatch(/^trailx query '.*alice'\\''s logs\.json'/);
    expect(printed).toEqual(listed);
  });

  test('names times as the moments they were, and what was typed as it was', async () => {
    const { command, listed } = await compare({ initialQuery: 'since:10h5m !error:*' });
    expect(command).toContain("-q 'since:2026-05-19T13:55:00Z !error:*'");
    expect(listed).toHaveLength(5);
  });

  test('leaves a text alone that means the same tomorrow', async () => {
    const { command } = await compare({ initialQuery: 'name:runinstances   who:ALICE' });
    expect(command).toContain("-q 'name:runinstances   who:ALICE'");
  });

  describe('whatever cannot be seen', () => {
    const agents = [
      'Pw\u200bned\u0007',
      'PwXnedY',
      'Pwned',
      'a\nb  c',
      'a b  c',
      '  lead',
      "\ufeff!x'y\\n",
      '\u{e0041}',
    ];
    const events = [
      ...agents.map((userAgent, k) => record(k, { userAgent })),
      record(20, { requestParameters: { 'k\u200bx': 'v' } }),
      record(21, { requestParameters: { kx: 'v', 'k?x': 'v' } }),
    ];

    test.each<readonly [string, number]>([
      ...[agents[0], agents[3], agents[6]].map((agent = '') => [printQuery(fieldTerm('agent', agent)), 1] as const),
      ['"Pw\u200bned"', 1],
      ['requestParameters["k\u200bx"]:v', 1],
    ])('%j', async (initialQuery, count) => {
      const { listed, printed } = await compareOf(events, "it's\u200ba\nlog\u202e.json", { initialQuery });
      expect(listed).toHaveLength(count);
      expect(printed).toEqual(listed);
    });
  });
});
