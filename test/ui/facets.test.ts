// The facets in the whole explorer, their counts compared with counting by hand.

import { afterEach, describe, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const NAMES = ['DescribeInstances', 'RunInstances', 'GetObject', 'AssumeRole', 'TerminateInstances'];
const ADDRESSES = ['203.0.113.9', '198.51.100.4', '2001:db8::17'];

/** Names, addresses and failures in all mixtures. */
const RECORDS = Array.from({ length: 300 }, (_, minute) => ({
  minute,
  eventName: NAMES[(minute * minute) % 7] ?? 'DescribeInstances',
  sourceIPAddress: ADDRESSES[minute % 4],
  ...(minute % 11 === 0 ? { errorCode: minute % 22 === 0 ? 'AccessDenied' : 'ThrottlingException' } : {}),
}));
type Made = (typeof RECORDS)[number];

function open(options: Parameters<typeof openExplorer>[1] = {}, made: readonly Made[] = RECORDS): OpenExplorer {
  app = openExplorer(recordsSource(made.map(({ minute, ...changes }) => record(minute, changes))), options);
  return app;
}

/** `203.0.113.9 75 7 failed`, the most frequent first. */
function countsOf(made: readonly Made[], valueIn: (one: Made) => string | undefined): readonly string[] {
  const counts = new Map<string, { count: number; failed: number }>();
  for (const one of made) {
    const value = valueIn(one) ?? 'not stated';
    const known = counts.get(value) ?? { count: 0, failed: 0 };
    counts.set(value, { count: known.count + 1, failed: known.failed + ('errorCode' in one ? 1 : 0) });
  }
  const isAbsent = (value: string) => (value === 'not stated' ? 1 : 0);
  return [...counts]
    .sort(([a, x], [b, y]) => isAbsent(a) - isAbsent(b) || y.count - x.count)
    .map(
      ([value, { count, failed }]) => `${value} ${count}${failed === 0 || isAbsent(value) ? '' : ` ${failed} failed`}`,
    );
}

/** What the screen says, in the same words. */
function shown({ lines }: OpenExplorer): readonly string[] {
  return lines()
    .map((line) => line.split('│')[1] ?? '')
    .filter((line) => /%/.test(line))
    .map((line) => {
      const [, value = '', count = ''] = /^ [▌ ](.*?) +([\d,]+) +<?\d+%/.exec(line) ?? [];
      const failed = /([\d,]+ failed) *$/.exec(line)?.[1];
      return [value, count, failed].filter(Boolean).join(' ');
    });
}

const inOrder = (lines: readonly string[]) => lines.toSorted();

describe('facets', () => {
  test('count the events of a folded list, not its rows', async () => {
    const made = RECORDS.slice(0, 40).map(({ minute }) => ({ minute, eventName: 'RunInstances', sourceIPAddress: '' }));
    const app = open({}, made);
    await app.until('1/40 ');
    app.press('z');
    await app.until('in 1 row');
    app.press('F');
    await app.until('counts of 40 events');
    await app.until('100%');
    expect(shown(app)).toEqual(['RunInstances 40']);
  });

  test('count as one would by hand, failures too, and absent last', async () => {
    const app = open();
    await app.until('1/300 ');
    app.press('F');
    await app.until('of 300 events');
    await app.until('│ ▌');
    const names = countsOf(RECORDS, ({ eventName }) => eventName);
    expect(inOrder(shown(app))).toEqual(inOrder(names));
    const counts = shown(app).map((line) => Number(line.split(' ')[1]));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    app.press('j', 'j', 'j', 'j', 'j');
    await app.until('ADDRESS · 3 values');
    const addresses = countsOf(RECORDS, ({ sourceIPAddress }) => sourceIPAddress);
    expect(inOrder(shown(app))).toEqual(inOrder(addresses));
    expect(shown(app).at(-1)).toBe('not stated 75');
  });

  test('= and ! narrow the search, and the page follows; - goes back', async () => {
    const app = open();
    await app.until('1/300 ');
    app.press('F', 'l');
    await app.until('│ ▌');
    const [first = ''] = shown(app);
    const name = first.split(' ')[0] ?? '';
    app.press('!');
    await app.until(`/ !name:${name}`);
    const rest = RECORDS.filter(({ eventName }) => eventName !== name);
    await app.until(`of ${rest.length} events`);
    expect(inOrder(shown(app))).toEqual(inOrder(countsOf(rest, ({ eventName }) => eventName)));
    app.press('=');
    await app.until(/EVENT NAME · 1 value(?!s)/);
    expect(shown(app)).toHaveLength(1);
    app.press('escape');
    await app.until('TIME');
    expect(app.lines()[1]).toContain(`!name:${name} name:`);
  });

  test('on a field = asks for events that state it, and Enter on a value leads to its events', async () => {
    const app = open();
    await app.until('1/300 ');
    app.press('F', 'j', 'j');
    await app.until('ERROR · 2 values');
    app.press('=');
    await app.until('/ error:*');
    const failed = RECORDS.filter((one) => 'errorCode' in one);
    await app.until(`of ${failed.length} events`);
    expect(inOrder(shown(app))).toEqual(
      inOrder(countsOf(failed, (one) => ('errorCode' in one ? one.errorCode : undefined))),
    );
    app.press('enter', 'enter');
    await app.until(/error:\* error:(AccessDenied|ThrottlingException)/);
    await app.until('TIME');
  });

  test('values are found by a text that they hold', async () => {
    const app = open();
    await app.until('1/300 ');
    app.press('F', '/');
    app.type('INST');
    await app.until('find in EVENT NAME: INST');
    await app.until('EVENT NAME · 3 values');
    expect(
      shown(app)
        .map((line) => line.split(' ')[0])
        .toSorted(),
    ).toEqual(['DescribeInstances', 'RunInstances', 'TerminateInstances']);
    app.press('enter');
    await app.until('EVENT NAME with "INST"');
    app.press('escape');
    await app.until('EVENT NAME · 4 values');
  });

  test('follow events that are still being read, the cursor on its value', async () => {
    const gate = Promise.withResolvers<void>();
    const made = RECORDS.map(({ minute, ...changes }) => record(minute, changes));
    app = openExplorer(
      recordsSource(made, { batchSize: 150, gate: async (batch) => (batch === 1 ? gate.promise : undefined) }),
    );
    await app.until('1/150');
    app.press('F', 'l', 'j');
    await app.until('of 150 events');
    const before = app
      .lines()
      .find((line) => line.includes('│ ▌'))
      ?.split('│ ▌')[1]
      ?.split(' ')[0];
    gate.resolve();
    await app.until('of 300 events');
    expect(inOrder(shown(app))).toEqual(inOrder(countsOf(RECORDS, ({ eventName }) => eventName)));
    expect(app.lines().find((line) => line.includes('│ ▌'))).toContain(`│ ▌${before} `);
  });

  test.each([
    [60, 15],
    [80, 24],
    [200, 50],
  ])('fill %i × %i and no more', async (columns, rows) => {
    const app = open({ columns, rows });
    await app.until('1/300 ');
    app.press('F');
    await app.until('│ ▌');
    expect(app.lines()).toHaveLength(rows);
    expect(app.lines().join('\n')).toMatch(/DescribeInst.* failed/);
    app.press('G');
    await app.until('▌event type');
  });

  test('a click on a column title opens them at that column', async () => {
    const app = open();
    await app.until('1/300 ');
    const x = app.lines()[1]?.indexOf('FROM') ?? -1;
    app.click(x + 1, 1);
    await app.until('ADDRESS · 3 values');
    app.click(2, 4);
    await app.until('▌who');
  });
});
