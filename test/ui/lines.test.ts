// The lines around the list: what they say, and that they are never wider than the screen, whatever they hold.

import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/state/actions.ts';
import { reduce } from '../../src/state/app.ts';
import { type AppState, openApp } from '../../src/state/app-state.ts';
import { NO_NOISE } from '../../src/state/noise.ts';
import type { Result } from '../../src/store/result.ts';
import { widthCells } from '../../src/text/width.ts';
import { emptyListLines } from '../../src/ui/empty-list.ts';
import { footerLine } from '../../src/ui/footer-line.ts';
import { headerLine } from '../../src/ui/header-line.ts';
import { overlayLines } from '../../src/ui/overlay-lines.ts';
import { searchLine } from '../../src/ui/search-line.ts';
import { statusLine } from '../../src/ui/status-line.ts';
import { themeNamed } from '../../src/ui/theme.ts';

const theme = themeNamed('dark');
const plain = stripVTControlCharacters;

function state(columns = 120, ...actions: readonly Action[]): AppState {
  const opened = openApp({
    columns,
    rows: 30,
    theme: 'dark',
    zone: 'utc',
    isMouseOn: true,
    detailSize: 0.4,
    lastQuery: '',
    hiddenColumns: [],
    hasSource: true,
    sourceLabel: 'AWSLogs',
  });
  return actions.reduce(reduce, opened);
}

const progress = { filesDone: 3, filesTotal: 12, bytesDone: 25, bytesTotal: 100, isListing: false, events: 5000 };
const report = {
  ...progress,
  filesDone: 12,
  problems: [],
  passedOver: { digests: 0, notifications: 0, otherValues: 0, otherFiles: 0 },
  daysOutside: 0,
  wasCancelled: false,
};
const made = { ...report, filesDone: 0, filesTotal: 0 };
const started: Action = { kind: 'readingStarted', label: 'AWSLogs', now: 0 };

function result(changes: Partial<Result> = {}): Result {
  return {
    id: 1,
    revision: 1,
    query: { kind: 'all' },
    total: 0,
    stage: 'complete',
    understood: [],
    rows: new Int32Array(0),
    ...changes,
  };
}

describe('header', () => {
  const overview = {
    regions: ['eu-west-1', 'us-east-1', 'us-west-2'],
    accounts: ['123456789012'],
    from: Date.UTC(2026, 4, 1),
    to: Date.UTC(2026, 4, 19),
    histogram: [1, 0, 8, 4],
  };
  const actions: readonly Action[] = [
    { kind: 'overviewArrived', overview },
    { kind: 'totalChanged', total: 41208 },
  ];

  test('names source, account, Regions, range, histogram and number', () => {
    const line = plain(headerLine(state(120, ...actions), theme));
    expect(line).toMatch(
      /^ trailx {2}AWSLogs · 123456789012 · eu-west-1 \+2 .* 2026-05-01 – 2026-05-19 UTC {2}▁ █▄ {2}41,208 events $/,
    );
    expect(widthCells(line)).toBe(120);
  });

  test('leaves out the histogram, then the range, then the end of the label', () => {
    expect(plain(headerLine(state(90, ...actions), theme))).not.toContain('█');
    const narrow = plain(headerLine(state(60, ...actions), theme));
    expect(narrow).not.toContain('2026');
    expect(narrow).toContain('41,208 events');
  });

  test.each([
    [
      120,
      Date.UTC(2026, 4, 18, 15),
      'AWSLogs · 123456789012 · eu-west-1 \\+2 .* 2026-05-18 14:00–15:00 UTC.* 12 of 41,208 events',
    ],
    [80, Date.UTC(2026, 4, 18, 15), 'AWSLogs · 1.*… +2026-05-18 14:00–15:00 UTC  12 of 41,208 events'],
    [80, null, 'AWSLogs · .*… +since 2026-05-18 14:00 UTC  12 of 41,208 events'],
    [60, null, 'AWSLogs.*… +since 05-18 14:00  12 of 41,208 events'],
    [60, Date.UTC(2026, 4, 19, 15), 'AWSLogs · .* 05-18 – 05-19 UTC  12 of 41,208 events'],
  ])('at %d columns tells a time that was chosen, and of how many it leaves how few', (columns, to, text) => {
    const range = { kind: 'span', from: Date.UTC(2026, 4, 18, 14), to } as const;
    const chosen: readonly Action[] = [
      ...actions,
      { kind: 'rangeChosen', range },
      { kind: 'totalChanged', total: 12, loaded: 41208 },
    ];
    const line = plain(headerLine(state(columns, ...chosen), theme));
    expect(line).toMatch(new RegExp(` ${text} $`));
    expect(widthCells(line)).toBe(columns);
  });
});

describe('status', () => {
  test('while reading: how far, how fast, how long', () => {
    const line = plain(statusLine(state(120, started, { kind: 'progressed', progress, now: 1000 }), theme));
    expect(line).toContain('━━━━──────────── 25 % · 3/12 files · 25 B · 5,000 events/s · 3.0 s left');
  });

  test.each([
    [[], 'opening…'],
    [[started], 'reading · 0/0+ files · 0 B'],
    [[started, { kind: 'readingStopped' }], 'stopping…'],
    [[started, { kind: 'readingEnded', report, now: 1200 }], '12 files read in 1.2 s'],
    [
      [started, { kind: 'totalChanged', total: 9, loaded: 3000 }, { kind: 'readingEnded', report: made, now: 90 }],
      'AWSLogs of 3,000 events',
    ],
    [[started, { kind: 'readingFailed', reason: 'no space left in /tmp' }], 'reading ended: no space left in /tmp'],
    [[{ kind: 'said', text: 'theme: light' }], 'theme: light'],
  ] satisfies [Action[], string][])('%j', (actions, text) => {
    expect(plain(statusLine(state(120, ...actions), theme)).trim()).toBe(text);
  });

  test('counts what could not be read', () => {
    const problems = [{ path: 'a', reason: 'b', kept: 0 }];
    const line = statusLine(
      state(120, started, { kind: 'readingEnded', report: { ...report, problems }, now: 1 }),
      theme,
    );
    expect(plain(line)).toContain('1 with problems: L lists them');
  });
});

describe('search line', () => {
  const typed = (text: string): readonly Action[] => [
    { kind: 'searchOpened' },
    { kind: 'searchEdited', edit: { kind: 'insert', text } },
  ];

  test('shows how many match and what fuzzy words stood for, each value once', () => {
    const matches = [
      { field: 'name' as const, value: 'TerminateInstances', count: 12 },
      { field: 'who' as const, value: 'TerminateInstances', count: 3 },
      { field: 'name' as const, value: 'TerminateSession', count: 1 },
    ];
    const line = searchLine(
      state(
        120,
        { kind: 'totalChanged', total: 41208 },
        ...typed('termnate'),
        {
          kind: 'searchParsed',
          text: 'termnate',
          parsed: { query: { kind: 'word', text: 'termnate', mode: 'fuzzy' }, error: null },
        },
        {
          kind: 'resultArrived',
          result: result({ understood: [{ word: 'termnate', matches }], stage: 'columns' }),
          position: null,
        },
      ),
      theme,
    );
    expect(plain(line)).toContain('0 of 41,208 · ⟳ records · termnate ≈ TerminateInstances 12, TerminateSession 1');
  });

  test('shows a long search before its count, which the header shows as well', () => {
    const text = 'since:2026-11-20T00:00:00Z until:2026-11-21T23:59:59Z';
    const query = { kind: 'all' } as const;
    const shown = state(
      80,
      { kind: 'totalChanged', total: 3000 },
      { kind: 'noiseChanged', noise: { ...NO_NOISE, isOn: true } },
      ...typed(text),
      { kind: 'searchParsed', text, parsed: { query, error: null } },
      { kind: 'resultArrived', result: result(), position: null },
      { kind: 'searchKept' },
    );
    expect(plain(searchLine(shown, theme))).toMatch(new RegExp(`^ / ${text} +noise hidden$`));
    expect(plain(searchLine({ ...shown, columns: 100 }, theme))).toMatch(
      new RegExp(`^ / ${text} +0 of 3,000 · noise hidden$`),
    );
  });

  test('underlines a mistake and gives the reason', () => {
    const error = { from: 5, to: 6, reason: 'this ( is not closed' };
    const line = searchLine(
      state(120, ...typed('name ('), { kind: 'searchParsed', text: 'name (', parsed: { query: null, error } }),
      theme,
    );
    expect(line).toContain(theme.paint('mistake', '('));
  });

  test('the status line has room for the whole reason', () => {
    const reason = 'this ( is not closed: write ) after what belongs together, or "(" for the sign';
    const error = { from: 5, to: 6, reason };
    const shown = state(80, ...typed('name ('), {
      kind: 'searchParsed',
      text: 'name (',
      parsed: { query: null, error },
    });
    expect(plain(statusLine(shown, theme))).toContain(reason);
  });
});

describe('footer', () => {
  test('always keeps help and quit, and drops the least important where it is narrow', () => {
    for (const columns of [200, 120, 80, 60]) {
      const line = plain(footerLine(state(columns), theme));
      expect(line).toContain('? help');
      expect(line).toContain('q quit');
      expect(widthCells(line)).toBeLessThanOrEqual(columns);
    }
    expect(plain(footerLine(state(200), theme))).not.toContain('↵ open');
  });
});

describe('pages', () => {
  const long = 'a reason with many words that goes on and on '.repeat(8);
  const problems = [{ path: `logs/${'x'.repeat(300)}.json.gz`, reason: long, kept: 1 }];
  const done = { ...report, problems, daysOutside: 12 };
  const endings: readonly (readonly Action[])[] = [
    [],
    [started, { kind: 'progressed', progress, now: 1000 }],
    [started, { kind: 'readingFailed', reason: long }],
    [started, { kind: 'totalChanged', total: 1 }, { kind: 'readingEnded', report: done, now: 90 }],
  ];

  test.each([60, 80, 120])('no line of any page is wider than %i cells, and nothing of it is lost', (columns) => {
    for (const overlay of ['help', 'loaded', 'columns'] as const) {
      for (const ending of endings) {
        const shown = state(columns, ...ending, { kind: 'overlayOpened', overlay });
        const lines = overlayLines(shown).map((line) => line.map(([, text]) => text).join(''));
        for (const line of [...lines, plain(statusLine(shown, theme)), plain(footerLine(shown, theme))])
          expect(widthCells(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('')).not.toContain('…');
      }
    }
  });

  test('what was read: one file, one event, what was left out', () => {
    const one = { ...done, filesDone: 1, events: 4 };
    const shown = state(
      120,
      started,
      { kind: 'totalChanged', total: 1 },
      { kind: 'readingEnded', report: one, now: 90 },
      { kind: 'overlayOpened', overlay: 'loaded' },
    );
    const text = overlayLines(shown).map((line) => line.map(([, part]) => part).join(''));
    expect(text).toEqual(
      expect.arrayContaining([
        '  1 file (25 B) in 90 ms',
        '  1 event',
        '  3 copies left out',
        '  12 day folders outside --since/--until were not opened',
      ]),
    );
    expect(plain(statusLine(shown, theme))).toContain('12 day folders outside the range');
  });
});

describe('an empty list', () => {
  const said = (...actions: readonly Action[]) =>
    emptyListLines(state(200, ...actions, { kind: 'resultArrived', result: result(), position: null }), 200, theme)
      .map((line) => plain(line).trim())
      .join('');
  const ended = (changes: Partial<typeof report>): Action => ({
    kind: 'readingEnded',
    report: { ...report, ...changes },
    now: 9,
  });

  test('says why, and counts one as one', () => {
    expect(said(started, { kind: 'totalChanged', total: 1 })).toContain('in 1 event read so far');
    expect(said(started, ended({ daysOutside: 12 }))).toBe(
      'No events in it: 12 day folders outside --since/--until were not opened.',
    );
    expect(said(started, ended({ passedOver: { ...report.passedOver, digests: 1 } }))).toBe(
      'No events: 1 file or value of another kind was passed over. L tells more.',
    );
    expect(said(started, ended({}))).toBe('No events in it.');
  });

  test('tells that a time was chosen, and how to choose another', () => {
    const range = { kind: 'span', from: 0, to: null } as const;
    const chosen: Action = { kind: 'rangeChosen', range };
    expect(said(started, ended({}), chosen, { kind: 'totalChanged', total: 0, loaded: 3000 })).toBe(
      'None of 3,000 events happened in the time chosen. t chooses another.',
    );
    expect(said(started, ended({}), chosen, { kind: 'totalChanged', total: 12, loaded: 3000 })).toContain(
      'in 12 events of the time chosen. Esc goes back, t chooses another time.',
    );
  });
});

test('no line is ever wider than the screen, nor holds a control character', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('日本語', '\u001b[2J', '\u202e', 'x'.repeat(500)),
  );
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 220 }), text, text, text, (columns, label, typed, message) => {
      const shown = state(
        columns,
        { kind: 'readingStarted', label, now: 0 },
        { kind: 'overviewArrived', overview: { regions: [label, typed], accounts: [message], from: 0, to: 1e12 } },
        { kind: 'searchOpened' },
        { kind: 'searchEdited', edit: { kind: 'insert', text: typed } },
        { kind: 'said', text: message },
      );
      for (const line of [headerLine, searchLine, statusLine, footerLine].map((draw) => draw(shown, theme))) {
        const bare = plain(line);
        expect(bare).not.toMatch(/\p{Cc}|\u202e/u);
        expect(widthCells(bare)).toBeLessThanOrEqual(columns);
      }
    }),
  );
});
