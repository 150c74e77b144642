import { expect, test } from 'vitest';
import { closingReport, type Outcome } from '../../src/cli/closing-report.ts';

type Changes = Partial<Omit<Outcome, 'report'>> & { readonly report?: Partial<Outcome['report']> };

function outcome(changes: Changes): Outcome {
  return {
    source: 'logs',
    distinct: 6877,
    matched: 12,
    elapsedMs: 1234,
    ...changes,
    report: {
      filesDone: 721,
      filesTotal: 721,
      bytesDone: 1,
      bytesTotal: 1,
      isListing: false,
      events: 6877,
      problems: [],
      passedOver: { digests: 0, notifications: 0, otherValues: 0, otherFiles: 0 },
      daysOutside: 0,
      wasCancelled: false,
      ...changes.report,
    },
  };
}

test('all is well: a line for a reader, silence for a script', () => {
  expect(closingReport(outcome({}), false)).toEqual(['12 of 6,877 events in 721 files of logs (1.2 s)']);
  expect(closingReport(outcome({}), true)).toEqual([]);
});

test('no match says over what, to everybody', () => {
  const lines = ['no match among 6,877 events in 721 files of logs (1.2 s)'];
  expect(closingReport(outcome({ matched: 0 }), true)).toEqual(lines);
  expect(closingReport(outcome({ matched: 0 }), false)).toEqual(lines);
});

test('no events are not "no match"', () => {
  expect(closingReport(outcome({ matched: 0, distinct: 0, report: { filesDone: 1, events: 0 } }), true)).toEqual([
    'no events in 1 file of logs (1.2 s)',
  ]);
});

test('no events because of --since and --until says so', () => {
  const report = { filesDone: 0, filesTotal: 0, events: 0, daysOutside: 19 };
  expect(closingReport(outcome({ matched: 0, distinct: 0, report }), true)).toEqual([
    'no events in 0 files of logs (1.2 s)',
    '19 day folders outside --since/--until not opened',
  ]);
});

test.each<[string, Partial<Outcome['report']>, string]>([
  ['a copy', { events: 6878 }, '12 of 6,877 events in 721 files of logs (1 copy left out, 1.2 s)'],
  [
    'a digest',
    { passedOver: { digests: 1, notifications: 0, otherValues: 0, otherFiles: 0 } },
    'passed over: 1 digest',
  ],
  [
    'a value',
    { passedOver: { digests: 0, notifications: 0, otherValues: 1, otherFiles: 0 } },
    'passed over: 1 JSON value that is no event',
  ],
  ['a day', { daysOutside: 1 }, '1 day folder outside --since/--until not opened'],
])('%s left out is told to a script too', (_, report, line) => {
  const lines = closingReport(outcome({ report }), true);
  expect(lines[0]).toMatch(/^12 of 6,877 events in 721 files of logs/);
  expect(lines.at(-1)).toBe(line);
});

test('copies, what was passed over and each problem are told', () => {
  const told = closingReport(
    outcome({
      report: {
        events: 6880,
        problems: [
          { path: 'a/b\u001b[2J.json', reason: 'the gzip data ends too early', kept: 3 },
          { path: 'c.json', reason: 'permission denied', kept: 0 },
        ],
        passedOver: { digests: 1, notifications: 14, otherValues: 2, otherFiles: 1 },
      },
    }),
    true,
  );
  expect(told).toEqual([
    '12 of 6,877 events in 721 files of logs (3 copies left out, 2 problems, 1.2 s)',
    'passed over: 1 digest, 14 notifications, 2 JSON values that are no events, 1 other file',
    'a/b\\u001b[2J.json: the gzip data ends too early (3 events kept)',
    'c.json: permission denied',
  ]);
});
