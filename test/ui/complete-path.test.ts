import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completePath, expandHome } from '../../src/ui/complete-path.ts';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'trailx-test-'));
  mkdirSync(join(home, 'AWSLogs', 'o-1'), { recursive: true });
  mkdirSync(join(home, 'AWSLogs', 'o-2'));
  for (const name of ['one.json', 'one.json.gz', '.hidden', 'emoji-😀', 'emoji-😁'])
    writeFileSync(join(home, name), '');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each([
  ['~', '~/', []],
  ['~/A', '~/AWSLogs/', []],
  ['~/AWSLogs/', '~/AWSLogs/o-', ['o-1/', 'o-2/']],
  ['~/on', '~/one.json', ['one.json', 'one.json.gz']],
  ['~/one.json.', '~/one.json.gz', []],
  ['~/.', '~/.hidden', []],
  ['~/e', '~/emoji-', ['emoji-😀', 'emoji-😁']],
  ['~/nothing', '~/nothing', []],
  ['/no/such/folder/', '/no/such/folder/', []],
  ['~/one.json/x', '~/one.json/x', []],
])('%s', async (typed, text, completions) => {
  expect(await completePath(typed, home)).toEqual({ text, completions });
});

test('a tilde is the home folder only at the start', () => {
  expect(['~', '~/a', 'a/~', '~bob/a'].map((path) => expandHome(path, '/home/alice'))).toEqual([
    '/home/alice',
    '/home/alice/a',
    'a/~',
    '~bob/a',
  ]);
});
