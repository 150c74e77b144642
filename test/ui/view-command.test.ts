// The command for a list; that it prints the list is tried in yank.test.ts.

import { describe, expect, test } from 'vitest';
import { LOUD_NAMES } from '../../src/query/noise.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { LiveStatus } from '../../src/sources/live-source.ts';
import { type AppState, openApp } from '../../src/state/app-state.ts';
import { NO_NOISE } from '../../src/state/noise.ts';
import { type Started, viewCommand } from '../../src/ui/view-command.ts';
import { fakeLiveSource, lane } from './fake-live-source.ts';
import { SETTINGS } from './open-explorer.ts';

const NOW = Date.UTC(2026, 4, 20, 14, 30, 15, 500);
const HOUR_MS = 3_600_000;
const FILES: Started = { kind: 'files', paths: ['logs'], since: null, until: null };

function stateOf(text: string, changes: Partial<AppState> = {}): AppState {
  const state = openApp({
    ...SETTINGS,
    theme: 'dark',
    columns: 80,
    rows: 24,
    isMouseOn: true,
    hasSource: true,
    sourceLabel: '',
  });
  const { query } = parseQuery(text, { now: NOW, zone: 'utc' });
  if (query === null) throw new Error(text);
  return { ...state, search: { ...state.search, applied: text, query }, ...changes };
}

function command(state: AppState, started: Started | null, names: readonly string[] = []): string {
  const view = viewCommand(state, started, { now: NOW, names: () => names });
  return view.kind === 'command' ? view.text : `! ${view.reason}`;
}

describe('of files', () => {
  test('has the times of the command line as options, once', () => {
    const from = NOW - 2 * HOUR_MS;
    const started = { ...FILES, since: from };
    expect(command(stateOf('since:2h who:alice'), started)).toBe(
      'trailx query logs --since 2026-05-20T12:30:15.500Z -q who:alice',
    );
    // Another time was searched for since: both hold.
    expect(command(stateOf('since:1h'), started)).toBe(
      'trailx query logs --since 2026-05-20T12:30:15.500Z -q since:2026-05-20T13:30:15.500Z',
    );
  });

  test('has the span that was chosen, as far as it is narrower', () => {
    const range = { kind: 'span', from: NOW - HOUR_MS, to: NOW } as const;
    expect(command(stateOf('', { range }), { ...FILES, since: 0, until: NOW - 1 })).toBe(
      'trailx query logs --since 2026-05-20T13:30:15.500Z --until 2026-05-20T14:30:15.499Z',
    );
  });

  test('says local times where they are', () => {
    expect(command(stateOf('x', { zone: 'local' }), FILES)).toBe('trailx query logs -q x --local');
  });
});

test('of the sample', () => {
  expect(command(stateOf('name:Run*'), { kind: 'sample' })).toBe("trailx query --sample -q 'name:Run*'");
});

describe('of event history', () => {
  function live(changes: Partial<LiveStatus>): LiveStatus {
    return { ...fakeLiveSource().status(), ...changes };
  }
  const loaded = lane({
    phase: 'done',
    wanted: { from: NOW - 24 * HOUR_MS, to: NOW },
    loaded: [{ from: NOW - 24 * HOUR_MS, to: NOW }],
  });

  test('names profiles, Regions and how far back the list goes', () => {
    const scope = { profiles: ['prod', 'dev'], regions: ['eu-west-1', 'us-east-1'], isInsights: false };
    expect(command(stateOf('', { live: live({ scope, lanes: [loaded] }) }), { kind: 'history' })).toBe(
      'trailx query -p prod -p dev -r eu-west-1,us-east-1 --since 2026-05-19T14:30:15.500Z --until 2026-05-20T14:30:15Z',
    );
  });

  test('has the span that was asked for, and all Regions by their word', () => {
    const range = { kind: 'span', from: Date.UTC(2026, 4, 1), to: Date.UTC(2026, 4, 2) } as const;
    const scope = { profiles: [null], regions: 'all', isInsights: true } as const;
    expect(command(stateOf('', { live: live({ scope, range, lanes: [loaded] }) }), { kind: 'history' })).toBe(
      'trailx query -r all --insights --since 2026-05-01T00:00:00Z --until 2026-05-02T00:00:00Z',
    );
  });

  test('goes back over everything where the server was asked for a value', () => {
    const attribute = { key: 'Username', value: 'alice' } as const;
    const state = stateOf('user:alice', { live: live({ lanes: [loaded] }), attribute });
    expect(command(state, { kind: 'history' })).toBe(
      'trailx query --since 2026-02-19T14:30:15.500Z --until 2026-05-20T14:30:15Z -q user:alice',
    );
  });

  test.each([
    ['nothing is loaded yet', null],
    ['nothing is loaded yet', live({ lanes: [] })],
    [
      'what the environment gives has no name beside those of profiles',
      live({ scope: { profiles: [null, 'prod'], regions: null, isInsights: false }, lanes: [loaded] }),
    ],
  ])('%s', (reason, status) => {
    expect(command(stateOf('', { live: status }), { kind: 'history' })).toBe(`! ${reason}`);
  });
});

describe('is none', () => {
  test('where nobody knows what is read', () => {
    expect(command(stateOf(''), null)).toBe('! it is not known what trailx was started on');
  });

  test.each(['-', '/dev/stdin', '/dev/fd/63', '/proc/self/fd/11'])('of %s, which is read once', (path) => {
    const started = { ...FILES, paths: ['logs', path] };
    const reason = 'what came in on standard input or a pipe cannot be read again: save it as a file first';
    expect(command(stateOf('x'), started)).toBe(`! ${reason}`);
  });

  test.each(['who:"a\0b"', '"half \ud800"'])('of %j, which no command line can hold', (text) => {
    expect(command(stateOf(text), FILES)).toBe('! it holds a character that no command line can (NUL, or half of one)');
  });

  test('of marked events alone', () => {
    const state = stateOf('');
    const marks = { ...state.marks, count: 1, isOnly: true };
    expect(command({ ...state, marks }, FILES)).toBe('! only marked events are listed, which no query can name');
  });

  test('where what noise hides takes more than a search can hold', () => {
    const names = Array.from({ length: 900 }, (_, k) => `DeleteSomethingOrOther${k}`);
    const noise = { ...NO_NOISE, isOn: true };
    expect(command(stateOf('', { noise }), FILES, names)).toBe('! too long with the noise that is hidden: n shows it');
    expect(command(stateOf('', { noise }), FILES, LOUD_NAMES)).toMatch(/^trailx query logs -q /);
  });
});
