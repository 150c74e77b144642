// The explorer on an account's event history: the real store and screen, a source that does what the test says.

import { afterEach, describe, expect, test } from 'vitest';
import type { LiveStatus } from '../../src/sources/live-source.ts';
import { type FakeLiveSource, fakeLiveSource, fault, lane } from './fake-live-source.ts';
import { type OpenExplorer, openExplorer, record, records } from './open-explorer.ts';

const HOUR = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 4, 20);
const DONE = lane({ phase: 'done', reachedDownTo: MIDNIGHT - 24 * HOUR });
const EAST = lane({ origin: 2, region: 'us-east-1', phase: 'done' });

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

async function open(
  status: Partial<LiveStatus> = {},
  options: Parameters<typeof openExplorer>[1] = {},
): Promise<{ readonly app: OpenExplorer; readonly source: FakeLiveSource }> {
  const source = fakeLiveSource({ status: { lanes: [lane()], ...status } });
  app = openExplorer(source, options);
  await app.until('eu-west-1');
  return { app, source };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const asked = (source: FakeLiveSource, what: string) => source.calls.filter(([name]) => name === what);

async function untilAsked(source: FakeLiveSource, what: string, count = 1): Promise<readonly unknown[]> {
  await expect.poll(() => asked(source, what).length, { timeout: 3000 }).toBe(count);
  return asked(source, what).at(-1) ?? [];
}

/** The status line: the last but one. */
const statusOf = ({ lines }: OpenExplorer) => lines().at(-2) ?? '';

describe('the list', () => {
  test('shows a page as soon as it has come, and how far the loading is', async () => {
    const { app, source } = await open();
    const before = performance.now();
    await source.give(records(50));
    await app.until('1/50');
    expect(performance.now() - before).toBeLessThan(1000);
    expect(app.lines()[0]).toMatch(/^ trailx {2}prod · 111122223333 · eu-west-1 .*last 24 h \(UTC\).* 50 events /);
    source.tell({ lanes: [lane({ reachedDownTo: MIDNIGHT - 9 * HOUR, eventsPerSecond: 98, remainingMs: 120_000 })] });
    await app.until('eu-west-1 ⟳ 9 h of 24 h, 98 ev/s, 2 min left');
    source.tell({ lanes: [DONE] });
    await app.until('eu-west-1 ✓ 24 h');
  });

  test('is of the chosen Regions: others leave, and come back', async () => {
    const { app, source } = await open({ lanes: [DONE, EAST] });
    await source.give(records(3), 1);
    await source.give([record(1, { eventID: 'east', eventName: 'ConsoleLogin', awsRegion: 'us-east-1' })], 2);
    await app.until('1/4');
    expect(app.lines()[1]).toContain('REGION');
    source.tell({ lanes: [DONE] });
    await app.until('1/3');
    await app.until(/ 3 events /);
    expect(app.picture()).not.toContain('ConsoleLogin');
    expect(app.lines()[1]).not.toContain('REGION');
    source.tell({ lanes: [DONE, EAST] });
    await app.until('ConsoleLogin');
    await app.until(/ 4 events /);
  });

  test('has the column of Regions before there are events of several', async () => {
    const { app, source } = await open({ lanes: [DONE, EAST] });
    await source.give(records(3), 1);
    await app.until('1/3');
    expect(app.lines()[1]).toContain('REGION');
  });

  test('follows at the newest; elsewhere the selection stays, and newer ones are announced', async () => {
    const { app, source } = await open({ lanes: [DONE] });
    await source.give(records(60).slice(20));
    await app.until('1/40');
    await source.give([record(19, { eventName: 'RunInstances' })]);
    await app.until('1/41');
    expect(app.lines()[2]).toMatch(/^▌.*RunInstances/);
    app.press('j');
    await app.until('2/41');
    await source.give([record(18), record(17)]);
    await app.until('2 newer: g · 2026-05-19 13:40:00 UTC · 4/43');
    app.press('g');
    await app.until('1/43');
    expect(statusOf(app)).not.toContain('newer');
    app.press('j', 'k');
    await source.give([record(16)]);
    await app.until('1/44');
  });

  test('is of the chosen span, and the source is told', async () => {
    const { app, source } = await open({ lanes: [DONE] });
    await source.give(records(240));
    await app.until('1/240');
    app.press('t');
    await app.until('Ctrl-T');
    app.type('11h');
    await app.until('2026-05-19 13:00:00');
    app.press('enter');
    await app.until('1/61');
    expect(await untilAsked(source, 'setRange')).toEqual([
      'setRange',
      { kind: 'span', from: MIDNIGHT - 11 * HOUR, to: null },
    ]);
    app.press('L');
    await app.until('a span of time is chosen');
    expect(asked(source, 'loadAll')).toEqual([]);
    app.press('G');
    await app.until('61/61');
    expect(asked(source, 'loadOlder')).toEqual([]);
  });
});

test('a time that the search names is loaded, shown in the header, and let go with the search', async () => {
  const wanted = { from: MIDNIGHT - 24 * HOUR, to: MIDNIGHT };
  const { app, source } = await open({ lanes: [{ ...DONE, wanted }] });
  await source.give(records(3));
  await app.until('1/3');
  app.press('/');
  app.type('at:2026-05-01T14:02:00Z±5m');
  app.press('enter');
  const at = Date.UTC(2026, 4, 1, 14, 2);
  const range = { kind: 'span', from: at - HOUR / 12, to: expect.any(Number) };
  expect(await untilAsked(source, 'setRange')).toEqual(['setRange', range]);
  await app.until('2026-05-01 13:57–14:07 UTC');
  const named = { from: at - HOUR / 12, to: at + HOUR / 12 };
  await source.give([record(0, { eventID: 'old', eventTime: '2026-05-01T14:02:00Z', eventName: 'RunInstances' })]);
  source.tell({ lanes: [{ ...DONE, wanted: named }] });
  await app.until('1/1');
  expect(app.lines()[3]).toContain('RunInstances');
  // What lies between is not loaded: the list without a search ends before it.
  app.press('escape');
  expect(await untilAsked(source, 'setRange', 2)).toEqual(['setRange', { kind: 'recent' }]);
  source.tell({ lanes: [{ ...DONE, wanted, loaded: [wanted, named] }] });
  await app.until('1/3');
});

test('begins with the span that the source was made with', async () => {
  const range = { kind: 'span', from: MIDNIGHT - 11 * HOUR, to: MIDNIGHT - 10 * HOUR } as const;
  const { app, source } = await open({ lanes: [DONE], range });
  await source.give(records(240));
  await app.until('1/61');
  expect(app.lines()[0]).toContain('2026-05-19 13:00–14:00 UTC');
  expect(asked(source, 'setRange')).toEqual([]);
});

test('bars tell what is not loaded yet from hours without events', async () => {
  const wanted = { from: MIDNIGHT - 24 * HOUR, to: MIDNIGHT };
  const loading = lane({ wanted, reachedDownTo: MIDNIGHT - 10.5 * HOUR });
  const { app, source } = await open({ lanes: [loading] });
  await source.give([record(0), record(20)]);
  await app.until('1/2');
  app.press('/');
  app.type(`since:${new Date(wanted.from).toISOString()}`);
  app.press('enter');
  await app.until('1/2');
  app.press('i');
  await app.until('a bar: ');
  await app.until('·····');
  expect(app.lines()[2]).not.toContain('not loaded yet');
  for (let bar = 0; bar < 12; bar++) app.press('left');
  await app.until('0 events, not loaded yet');
  source.tell({ lanes: [{ ...DONE, wanted }] });
  await app.until(/0 events +a bar/);
  expect(app.picture()).not.toContain('·····');
});

test('noise, facets, denials and new are counted over the chosen Regions, as far back as all is loaded', async () => {
  const wanted = { from: MIDNIGHT - 24 * HOUR, to: MIDNIGHT };
  const [west, east] = [
    { ...DONE, wanted },
    { ...EAST, wanted },
  ];
  const { app, source } = await open({ lanes: [west, east] });
  const denied = { errorCode: 'AccessDenied', eventName: 'CreateUser' };
  const old = { eventTime: '2026-05-01T14:02:00Z' };
  await source.give([...records(5), record(6, denied), record(7, { ...old, eventID: 'old' })], 1);
  await source.give([record(8, { eventID: 'east' }), record(9, { ...denied, eventID: 'east denied' })], 2);
  // Met by the server's search for one condition only.
  await source.give([record(10, { ...denied, ...old, eventID: 'old denied' })], 2);
  await app.until('1/8');
  app.press('n');
  await app.until('noise hidden: 6 (reads 6)');
  source.tell({ lanes: [west] });
  await app.until('noise hidden: 5 (reads 5)');
  app.press('n');
  await app.until('1/6');
  app.press('F');
  await app.until('counts of 6 events');
  await app.until(/DescribeInstances +5/);
  source.tell({ lanes: [west, east] });
  await app.until('counts of 8 events');
  await app.until(/DescribeInstances +6/);
  app.press('escape');
  await app.until(/TIME +NAME/);
  app.press('X');
  await app.until(/Denied calls +2 of 8 events/);
  source.tell({ lanes: [west] });
  await app.until(/Denied calls +1 of 6 events/);
  app.press('escape');
  await app.until(/TIME +NAME/);
  app.type(':rare');
  app.press('enter');
  await app.until(/What is new +0 of 6 events .* loaded/);
});

describe('a condition for the server', () => {
  test('is a name in the spelling that CloudTrail has, by Enter, and the status says so', async () => {
    const { app, source } = await open();
    app.press('/');
    app.type('name:terminateinstances who:*');
    app.press('enter');
    const attribute = { key: 'EventName', value: 'TerminateInstances' } as const;
    expect(await untilAsked(source, 'setAttribute')).toEqual(['setAttribute', attribute]);
    source.tell({ lanes: [lane({ attribute })] });
    await app.until('server: eventName=TerminateInstances');
    app.press('escape');
    expect(await untilAsked(source, 'setAttribute', 2)).toEqual(['setAttribute', null]);
  });

  test('is a user as soon as an event tells how the name is spelt', async () => {
    const { app, source } = await open();
    app.press('/');
    app.type('user:ALICE');
    app.press('enter');
    await app.until('0 of 0');
    expect(asked(source, 'setAttribute')).toEqual([]);
    await source.give(records(3));
    await app.until('1/3');
    expect(await untilAsked(source, 'setAttribute')).toEqual(['setAttribute', { key: 'Username', value: 'alice' }]);
  });
});

describe('asking for more', () => {
  test('scrolling to the oldest event asks for older ones, not while some are on their way', async () => {
    const { app, source } = await open();
    await source.give(records(200));
    await app.until('1/200');
    app.press('G');
    await app.until('200/200');
    expect(asked(source, 'loadOlder')).toEqual([]);
    source.tell({ lanes: [DONE] });
    app.press('g');
    await app.until('1/200');
    app.press('pagedown');
    await app.until('25/200');
    expect(asked(source, 'loadOlder')).toEqual([]);
    app.press('G');
    await untilAsked(source, 'loadOlder');
  });

  test('the end of what the server looked for in 90 days asks for nothing older', async () => {
    const { app, source } = await open({ lanes: [DONE] });
    await source.give(records(3));
    await app.until('1/3');
    app.press('/');
    app.type('name:DescribeInstances');
    app.press('enter');
    await untilAsked(source, 'setAttribute');
    app.press('j');
    await app.until('2/3');
    expect(asked(source, 'loadOlder')).toEqual([]);
    app.press('escape');
    await untilAsked(source, 'setAttribute', 2);
    app.press('j');
    await untilAsked(source, 'loadOlder');
  });

  test('L loads all, c tells what is there, p and Esc Esc stop, p goes on', async () => {
    const { app, source } = await open();
    app.press('L');
    await untilAsked(source, 'loadAll');
    app.press('c');
    await app.until('prod · 111122223333 · eu-west-1');
    app.press('c');
    await app.until('TIME');
    app.press('escape');
    await app.until('Esc again stops loading');
    app.press('escape');
    await untilAsked(source, 'setPaused');
    await app.until('paused: p goes on');
    app.press('p');
    expect(await untilAsked(source, 'setPaused', 2)).toEqual(['setPaused', false]);
    app.press('p');
    expect(await untilAsked(source, 'setPaused', 3)).toEqual(['setPaused', true]);
  });

  test('f follows and stops, Ctrl-R refreshes', async () => {
    const { app, source } = await open({ lanes: [DONE] });
    await source.give(records(3));
    await app.until('1/3');
    app.press('f');
    expect(await untilAsked(source, 'setFollowing')).toEqual(['setFollowing', true]);
    app.press('j');
    await app.until(/✓ 24 h {2}following/);
    app.press('f');
    expect(await untilAsked(source, 'setFollowing', 2)).toEqual(['setFollowing', false]);
    app.press('ctrl+r');
    await untilAsked(source, 'refresh');
  });

  test('what only another source can do says so', async () => {
    const { recordsSource } = await import('./open-explorer.ts');
    app = openExplorer(recordsSource(records(3)));
    await app.until('1/3');
    app.press('f');
    await app.until('only for the event history of an account');
    app.press('L');
    await app.until('What was read');
  });
});

describe('nothing to show', () => {
  test('says what was asked and what to do', async () => {
    const { app, source } = await open();
    await app.until('Asking for the last 24 h of eu-west-1');
    source.tell({ lanes: [lane({ reachedDownTo: MIDNIGHT - 6 * HOUR })] });
    await app.until('None in the newest 6 h');
    source.tell({ lanes: [DONE] });
    await app.until('No events in the last 24 h of eu-west-1. L loads 90 days, R chooses other Regions.');
  });

  test('says over what nothing matched', async () => {
    const { app, source } = await open({ lanes: [lane({ reachedDownTo: MIDNIGHT - 6 * HOUR })] });
    await source.give(records(40));
    await app.until('1/40');
    app.press('/');
    app.type('name:NoSuchCall');
    app.press('enter');
    await app.until('No match for name:NoSuchCall in 6 h of 24 h loaded (eu-west-1), 40 events; still loading.');
    source.tell({ lanes: [DONE] });
    await app.until(/in the last 24 h \(eu-west-1\), 40 events\. Esc goes back, L\s+loads 90 days/);
  });
});

test('says once that global services are recorded elsewhere', async () => {
  const { app, source } = await open({ lanes: [DONE], missingGlobalRegion: 'us-east-1' });
  await app.until('IAM and sign-in events are in us-east-1, which is not chosen: R adds it');
  await source.give(records(3));
  await app.until(/ 3 events /);
  app.press('j');
  await app.until('✓ 24 h');
  source.tell({ lanes: [DONE] });
  await pause(50);
  expect(statusOf(app)).toContain('✓ 24 h');
});

test('a failing Region is told where the list is, and others go on', async () => {
  const denied = fault({
    kind: 'denied',
    message: 'prod may not look up events in us-east-1',
    next: 'ask for cloudtrail:LookupEvents',
  });
  const { app, source } = await open(
    { lanes: [DONE, { ...EAST, phase: 'failed', fault: denied }] },
    { columns: 80, rows: 24 },
  );
  await source.give(records(3));
  await app.until('1/3');
  expect(statusOf(app)).toContain('✗ prod may not look up');
  app.press('c');
  await app.until('next: ask for cloudtrail:LookupEvents');
});

test('closes the source with the screen', async () => {
  const { app, source } = await open();
  app.press('q');
  await app.ended;
  expect(asked(source, 'close')).toHaveLength(1);
});
