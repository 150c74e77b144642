// What is said where something a person has chosen could not be kept.

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { tryLock } from '../../src/file-lock.ts';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';

let terminal: TestTerminal | null = null;
let home = '';
afterEach(async () => {
  await terminal?.dispose();
  rmSync(home, { recursive: true, force: true });
});

test('settings that another trailx holds up to the end are told of on the way out', async () => {
  home = mkdtempSync(join(tmpdir(), 'trailx-test-'));
  const folder = join(home, '.config', 'trailx');
  mkdirSync(folder, { recursive: true });
  const lock = tryLock(join(folder, 'settings.lock'));
  terminal = startTerminal({ args: ['--sample'], home });
  await terminal.until(/UTC · 1\/[\d,]+/);
  terminal.press('Z', 'q');
  await terminal.exit;
  expect(terminal.isAlternate()).toBe(false);
  expect(terminal.lines().join('')).toMatch(/trailx: settings cannot be kept in .*\(another trailx is writing them\)/);
  expect(() => readFileSync(join(folder, 'settings.json'))).toThrow(/ENOENT/);
  lock?.unlock();
});
