import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTimeMenu, stepTimeMenu, type TimeMenu, timeChoices, typedRange } from '../../src/state/time-menu.ts';

const NOW = Date.UTC(2026, 4, 21, 12, 0, 0, 400);
const at = (text: string) => Date.parse(`${text}Z`);
const DAY = 86_400_000;

describe('a typed range', () => {
  test.each([
    ['3h', '2026-05-21T09:00:00', null],
    ['1d12h', '2026-05-20T00:00:00', null],
    ['2026-05-20', '2026-05-20T00:00:00', '2026-05-20T23:59:59'],
    ['2026-05-21', '2026-05-21T00:00:00', null],
    ['2026-04', '2026-04-01T00:00:00', '2026-04-30T23:59:59'],
    ['2026-05-20T14:00', '2026-05-20T14:00:00', null],
    ['2026-05-20T14:00..15:30', '2026-05-20T14:00:00', '2026-05-20T15:30:59'],
    ['2026-05-20T14:00 .. 15:30:10', '2026-05-20T14:00:00', '2026-05-20T15:30:10'],
    ['2026-05-20T23:00..01:30', '2026-05-20T23:00:00', '2026-05-21T01:30:59'],
    ['2026-05-18..2026-05-19', '2026-05-18T00:00:00', '2026-05-19T23:59:59'],
    ['2026-05-18..', '2026-05-18T00:00:00', null],
    ['2026-05-18..now', '2026-05-18T00:00:00', null],
    ['2026-05-18..2026-06-01', '2026-05-18T00:00:00', null],
    ['yesterday 5pm', '2026-05-20T17:00:00', null],
    ['yesterday', '2026-05-20T00:00:00', '2026-05-20T23:59:59'],
    ['11:30', '2026-05-21T11:30:00', null],
    // No offset from UTC.
    ['10:00-11:30', '2026-05-21T10:00:00', '2026-05-21T11:30:59'],
    ['10:00 – 11:30', '2026-05-21T10:00:00', '2026-05-21T11:30:59'],
  ])('%s', (text, from, to) => {
    expect(typedRange(text, { now: NOW, zone: 'utc' })).toEqual({
      kind: 'span',
      from: at(from),
      to: to === null ? null : at(to),
    });
  });

  test.each([
    '',
    '..',
    'nonsense',
    '2026-02-31',
    '2026-06-01',
    '2026-05-20..2026-05-19',
    '1h..2h..3h',
    '2026-05-20..25:00',
  ])('none in %j', (text) => {
    expect(typedRange(text, { now: NOW, zone: 'utc' })).toBeNull();
  });

  test('is in local time where that is chosen', () => {
    const from = new Date(2026, 4, 20, 14).getTime();
    const to = new Date(2026, 4, 20, 15, 30, 59).getTime();
    expect(typedRange('2026-05-20T14:00..15:30', { now: NOW, zone: 'local' })).toEqual({ kind: 'span', from, to });
  });

  test('never goes wrong, nor back to front', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('3h', '2026-05-20', '14:00', '..', 'now', '99999999d', '0000-01-01'),
    );
    fc.assert(
      fc.property(part, part, (a, b) => {
        for (const zone of ['utc', 'local'] as const) {
          const range = typedRange(`${a}..${b}`, { now: NOW, zone }) ?? typedRange(a, { now: NOW, zone });
          if (range === null) continue;
          expect(range.from).toBeLessThanOrEqual(range.to ?? NOW);
          expect(range.from % 1000 === 0).toBe(true);
        }
      }),
    );
  });
});

describe('the menu', () => {
  const typed = (menu: TimeMenu, text: string) =>
    stepTimeMenu(menu, { kind: 'edit', edit: { kind: 'insert', text } }, 'utc');
  const labels = (menu: TimeMenu) => timeChoices(menu, 'utc').map(({ label }) => label);

  test('offers what is recent first, and around the event where there is one', () => {
    expect(labels(openTimeMenu(NOW, null, 'utc')).slice(0, 2)).toEqual(['recent: last 24 h, older on demand', '15 m']);
    expect(openTimeMenu(NOW, null, 'utc').list.total).toBe(11);
    const event = NOW - DAY;
    const around = timeChoices(openTimeMenu(NOW, event, 'utc'), 'utc').slice(-2);
    expect(around.map(({ label }) => label)).toEqual(['around this event ± 5 min', 'around this event ± 30 min']);
    expect(around[0]?.range).toEqual({
      kind: 'span',
      from: at('2026-05-20T11:55:00'),
      to: at('2026-05-20T12:05:00'),
    });
  });

  test('what is typed comes first, then the offers that hold it', () => {
    const menu = openTimeMenu(NOW, null, 'utc');
    expect(labels(typed(menu, '3h'))).toEqual(['3 h']);
    expect(labels(typed(menu, '4h'))).toEqual(['4h', 'recent: last 24 h, older on demand', '24 h']);
    expect(labels(typed(menu, '90'))).toEqual(['90 d']);
    expect(labels(typed(menu, '2026-05-20'))).toEqual(['2026-05-20']);
    expect(labels(typed(menu, 'nonsense'))).toEqual([]);
    expect(typed(menu, 'nonsense').list).toMatchObject({ total: 0, selected: 0 });
  });

  const clockRows = (now: number, text: string) =>
    timeChoices(typed(openTimeMenu(now, null, 'utc'), text), 'utc')
      .filter(({ label }) => / (before|after|±) /.test(label))
      .map(({ label, range }) => [label, range]);
  const rowsOf = (day: string, date: string) =>
    [
      ['30 min before 14:30', '14:00', '14:30'],
      ['14:30 ± 5 min', '14:25', '14:35'],
      ['30 min after 14:30', '14:30', '15:00'],
    ].map(([label, from, to]) => [
      `${label} ${day}`,
      { kind: 'span', from: at(`${date}T${from}:00`), to: at(`${date}T${to}:00`) },
    ]);

  test.each(['14:30', '1430'])('%s as it is said: before, around and after it, of the last two that were', (text) => {
    const [last, before] = [rowsOf('yesterday', '2026-05-20'), rowsOf('Tue 2026-05-19', '2026-05-19')];
    expect(clockRows(NOW, text)).toEqual([...last, ...before]);
    const afternoon = at('2026-05-21T16:00:00');
    expect(clockRows(afternoon, text)).toEqual([
      ...rowsOf('today', '2026-05-21'),
      ...rowsOf('yesterday', '2026-05-20'),
    ]);
  });

  test.each(['yesterday 1430', 'yesterday 14:30', 'Yesterday 2:30pm', '2026-05-20T14:30', '14:30 yesterday'])(
    '%s names the day: of no other',
    (text) => expect(clockRows(at('2026-05-21T16:00:00'), text)).toEqual(rowsOf('yesterday', '2026-05-20')),
  );

  test.each(['may 2026', '3h', '2026-05-20', 'tomorrow 14:30', '2026-05-20T14:30:10', '1460'])(
    '%s is no minute of a clock that has been',
    (text) => expect(clockRows(NOW, text)).toEqual([]),
  );

  test('days are those of the local clock where that is chosen', () => {
    const now = new Date(2026, 4, 21, 0, 10).getTime();
    const menu = stepTimeMenu(
      openTimeMenu(now, null, 'local'),
      { kind: 'edit', edit: { kind: 'insert', text: '0005' } },
      'local',
    );
    expect(timeChoices(menu, 'local')[0]).toEqual({
      label: '30 min before 00:05 today',
      range: { kind: 'span', from: new Date(2026, 4, 20, 23, 35).getTime(), to: new Date(2026, 4, 21, 0, 5).getTime() },
    });
  });

  test('what follows a time that has not passed by so much goes on until now', () => {
    const menu = stepTimeMenu(
      openTimeMenu(NOW, null, 'utc'),
      { kind: 'edit', edit: { kind: 'insert', text: '1150' } },
      'utc',
    );
    const after = timeChoices(menu, 'utc').find(({ label }) => label === '30 min after 11:50 today');
    expect(after?.range).toEqual({ kind: 'span', from: at('2026-05-21T11:50:00'), to: null });
  });
});
