import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTime } from '../../src/cloudtrail/time.ts';

const AT = Date.UTC(2023, 6, 10, 11, 41, 17);

test.each([
  ['2023-07-10T11:41:17Z', AT],
  ['2023-07-10T11:41:17.5Z', AT + 500],
  ['2023-07-10T11:41:17.123456789Z', AT + 123],
  ['2023-07-10 11:41:17Z', AT],
  ['2023-07-10T11:41:17', AT],
  [' 2023-07-10T11:41:17z\n', AT],
  ['2023-07-10T21:41:17+10:00', AT],
  ['2022-02-08 09:23:37+11:00', Date.UTC(2022, 1, 7, 22, 23, 37)],
  ['2023-07-10T06:11:17-0530', AT],
  ['2023-07-10T13:41:17+02', AT],
  ['20230710T114117Z', AT],
  ['20230710T1141Z', AT - 17_000],
  ['2023-07-10', Date.UTC(2023, 6, 10)],
  ['2024-02-29T23:59:60Z', Date.UTC(2024, 2, 1)],
  [AT, AT],
  [AT / 1000, AT],
  [1.688560107857e9, 1_688_560_107_857],
  ['1.688560107857E9', 1_688_560_107_857],
  [String(AT), AT],
  [String(AT / 1000), AT],
])('%j is a time', (value, expected) => {
  expect(parseTime(value)).toBe(expected);
});

test.each([
  '',
  'yesterday',
  '2023-13-10T11:41:17Z',
  '2023-02-29T11:41:17Z',
  '2023-07-10T25:41:17Z',
  '2023-07-10T11:61:17Z',
  '2023-07-1oT11:41:17Z',
  '2023-07-10T11:41:17+99:00',
  '2023/07/10 11:41:17 ',
  '12',
  0,
  -5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e17,
  true,
  null,
  undefined,
  {},
  ['2023-07-10T11:41:17Z'],
])('%j is no time', (value) => {
  expect(parseTime(value)).toBeNull();
});

test('agrees with Date over all of the calendar', () => {
  const dates = fc.integer({ min: Date.UTC(1900, 0, 1) / 1000, max: Date.UTC(2200, 0, 1) / 1000 });
  fc.assert(
    fc.property(dates, (seconds) => {
      const text = `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
      expect(parseTime(text)).toBe(seconds * 1000);
    }),
  );
});

test('never throws and never answers NaN', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const time = parseTime(value);
      expect(time === null || Number.isInteger(time)).toBe(true);
    }),
  );
});
