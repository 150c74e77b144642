import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FileLock, tryLock } from '../../src/file-lock.ts';
import { openSettings } from '../../src/settings.ts';
import type { Action } from '../../src/state/actions.ts';
import { reduce } from '../../src/state/app.ts';
import { type AppState, openApp } from '../../src/state/app-state.ts';
import { SettingsKeeper } from '../../src/ui/settings-keeper.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const stored = () => openSettings(folder).values;

/** One run of the program, as far as it keeps anything. */
function run() {
  const settings = openSettings(folder);
  const problems: string[] = [];
  const keeper = new SettingsKeeper({ settings, useMouse: true }, (problem) => problems.push(problem));
  let state: AppState = openApp({
    ...settings.values,
    theme: 'dark',
    columns: 80,
    rows: 24,
    isMouseOn: true,
    hasSource: false,
    sourceLabel: '',
  });
  return {
    keeper,
    problems,
    stateOf: () => state,
    do(...actions: readonly Action[]) {
      for (const action of actions) state = reduce(state, action);
      keeper.note(state);
    },
  };
}

const search = (text: string): readonly Action[] => [
  { kind: 'searchParsed', text, parsed: { query: { kind: 'all' }, error: null } },
  { kind: 'searchReplaced' },
];
const save = (saved: Readonly<Record<string, string>>): Action => ({ kind: 'savedChanged', saved });

test('nothing is written where nothing was chosen', async () => {
  const one = run();
  one.do({ kind: 'resized', columns: 100, rows: 40 }, { kind: 'searchOpened' });
  await one.keeper.flush();
  expect(() => readFileSync(join(folder, 'settings.json'))).toThrow(/ENOENT/);
});

test('what has a name is written at once, the rest after a pause', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const one = run();
  one.do({ kind: 'zoneChanged' });
  expect(stored().zone).toBe('utc');
  vi.advanceTimersByTime(1000);
  await vi.waitFor(() => expect(stored().zone).toBe('local'));
  one.do(...search('error:*'));
  one.do(save({ failures: 'error:*' }));
  await vi.waitFor(() =>
    expect(stored()).toMatchObject({ savedQueries: { failures: 'error:*' }, queryHistory: ['error:*'] }),
  );
});

test('two at once keep what the other has kept', async () => {
  const [one, other] = [run(), run()];
  one.do(...search('a'), save({ first: 'a', gone: 'x' }));
  await one.keeper.flush();
  other.do(...search('b'), save({ second: 'b' }));
  await other.keeper.flush();
  expect(stored()).toMatchObject({
    queryHistory: ['b', 'a'],
    savedQueries: { first: 'a', gone: 'x', second: 'b' },
  });
  one.do(save({ first: 'a' }));
  await one.keeper.flush();
  expect(stored().savedQueries).toEqual({ first: 'a', second: 'b' });
});

test('a search of any length stays in the run; what is too long to keep costs nothing else', async () => {
  const one = run();
  const long = 'x'.repeat(9000);
  one.do(...search('a'), ...search(long), ...search('b'));
  await one.keeper.flush();
  expect(one.stateOf().search.history.texts).toEqual(['b', long, 'a']);
  expect(stored().queryHistory).toEqual(['b', 'a']);
});

test('what cannot be written is told once', async () => {
  const one = run();
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file where the folder was');
  one.do(save({ a: 'b' }));
  await one.keeper.flush();
  one.do(save({}));
  await one.keeper.flush();
  expect(one.problems).toEqual([expect.stringContaining(`settings cannot be kept in ${folder}`)]);
});

test('what could not be written is written later, with what was chosen since', { timeout: 20_000 }, async () => {
  const one = run();
  const lock = tryLock(join(folder, 'settings.lock'));
  one.do(save({ a: 'x' }));
  await one.keeper.flush();
  expect(one.keeper.problem).toContain('another trailx is writing');
  await openOther({ b: 'y' }, lock);
  one.do(save({ a: 'x', c: 'z' }));
  await one.keeper.flush();
  expect(one.keeper.problem).toBeNull();
  expect(stored().savedQueries).toEqual({ a: 'x', b: 'y', c: 'z' });
  expect(one.problems).toHaveLength(1);
});

async function openOther(saved: Readonly<Record<string, string>>, lock: FileLock | null): Promise<void> {
  lock?.unlock();
  expect(await openSettings(folder).save({ savedQueries: saved })).toBeNull();
}

test('two at once keep each what the other has made of the noise and the Regions', async () => {
  const [one, other] = [run(), run()];
  const { noise } = one.stateOf();
  one.do({ kind: 'noiseChanged', noise: { ...noise, isOn: true, isAlways: true, names: [...noise.names, 'Mine'] } });
  await one.keeper.flush();
  other.do({ kind: 'noiseChanged', noise: { ...noise, reads: !noise.reads, names: [...noise.names, 'Theirs'] } });
  await other.keeper.flush();
  expect(stored().noise).toEqual({
    services: noise.services,
    isOn: true,
    reads: !noise.reads,
    names: [...noise.names, 'Mine', 'Theirs'],
  });
});
