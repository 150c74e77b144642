// Marks, notes, comparing and folding as a person sees them.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMarks } from '../../src/marks-file.ts';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let folder = '';
let app: OpenExplorer | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterEach(async () => {
  await leave();
  rmSync(folder, { recursive: true, force: true });
});

/** Twelve events; the run of DescribeInstances is the events 3 to 8 of the list. */
const EVENTS = [
  record(0, { eventName: 'RunInstances', readOnly: false, requestParameters: { instanceType: 't3.micro' } }),
  record(1, { eventName: 'StopInstances', readOnly: false }),
  ...Array.from({ length: 6 }, (_, k) => record(2 + k)),
  record(8, { eventName: 'RunInstances', readOnly: false, requestParameters: { instanceType: 'p4d.24xlarge' } }),
  record(9, { eventName: 'GetObject', eventSource: 's3.amazonaws.com' }),
  record(10, { errorCode: 'AccessDenied', errorMessage: 'no' }),
  record(11, { eventID: undefined, eventName: 'NoIdentity' }),
];

function open(options: Parameters<typeof openExplorer>[1] = {}, source = recordsSource(EVENTS)): OpenExplorer {
  app = openExplorer(source, { marks: openMarks(folder), ...options });
  return app;
}

/** Ends it as a person does, so that everything is written. */
async function leave(): Promise<void> {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
}

/** The lines of the events, without the titles above them. */
function rows({ lines }: OpenExplorer, count: number): readonly string[] {
  return lines().slice(2, 2 + count);
}

const stored = async () => [...(await openMarks(folder).read()).marks.values()];

describe('marks', () => {
  test('Space marks and stays, and takes back; the row and the status line say so', async () => {
    const app = open();
    await app.until('1/12');
    app.press('space');
    await app.until('1 marked');
    expect(rows(app, 2)[0]).toMatch(/^▌W● 14:00:00 {2}RunInstances/);
    app.press('j', 'space');
    await app.until('2 marked');
    app.press('k', 'space');
    await app.until('1 marked');
    app.press('j');
    await app.until('2/12');
    expect(rows(app, 2)[0]).toMatch(/^ W. 14:00:00/);
    expect(rows(app, 2)[0]).not.toContain('●');
    expect(rows(app, 2)[1]).toMatch(/^▌D● 13:59:00/);
  });

  test('marks and notes are there again in the next run', async () => {
    let app = open();
    await app.until('1/12');
    app.press('space', 'j', 'm');
    await app.until('Note to this event');
    app.type('ask bob \u202e');
    app.press('enter');
    await app.until('2 marked');
    await leave();
    expect(await stored()).toMatchObject([
      { marked: true, note: '', eventID: 'event-0', time: '2026-05-19T14:00:00Z', name: 'RunInstances' },
      { marked: true, note: 'ask bob \u202e', eventID: 'event-1', who: 'Admin/alice', at: '2026-05-20T00:00:00.000Z' },
    ]);
    app = open();
    await app.until(/ D✎ 13:59:00 {2}StopInstances/);
    await app.until('2 marked');
    app.press('j', 'enter');
    await app.until('✎ ask bob \\u202e');
    app.press('escape');
    await new Promise((resolve) => setTimeout(resolve, 200));
    app.press('m', 'ctrl+u', 'enter');
    await app.until((text) => !text.includes('✎'));
    expect(app.picture()).toContain('2 marked');
    await leave();
    expect((await stored()).map(({ note }) => note)).toEqual(['', '']);
  });

  test('an event that comes later gets its mark then', async () => {
    open();
    await app?.until('1/12');
    app?.press('G', 'k', 'space');
    await app?.until('1 marked');
    await leave();
    const gate = Promise.withResolvers<void>();
    const source = recordsSource(EVENTS, {
      batchSize: 4,
      gate: async (batch) => (batch < 2 ? undefined : gate.promise),
    });
    const later = open({}, source);
    await later.until('1/8');
    expect(later.picture()).not.toContain('marked');
    gate.resolve();
    await later.until('1 marked');
  });

  test('a note of a few thousand characters is refused, and what was typed stays', async () => {
    const app = open();
    await app.until('1/12');
    app.press('m');
    await app.until('Note to this event');
    app.type('x'.repeat(2001));
    app.press('enter');
    await app.until('2,001 of 2,000 characters');
    app.press('backspace', 'enter');
    await app.until('1 marked');
  });

  test('a note goes to the event it was begun for, whatever comes above it', async () => {
    const gate = Promise.withResolvers<void>();
    const source = recordsSource([...EVENTS].reverse(), {
      batchSize: 6,
      gate: async (batch) => (batch < 1 ? undefined : gate.promise),
    });
    const app = open({}, source);
    await app.until('1/6');
    app.press('m');
    await app.until('Note to this event');
    app.type('this one');
    gate.resolve();
    await app.until('12 events');
    app.press('enter');
    await app.until('1 marked');
    await leave();
    expect(await stored()).toMatchObject([{ eventID: 'event-6', note: 'this one' }]);
  });

  test('Space and m are of the same event', async () => {
    const app = open();
    await app.until('1/12');
    app.press('space', 'm');
    await app.until('Note to this event');
    app.type('the first');
    app.press('enter');
    await app.until('1 marked');
    await leave();
    expect(await stored()).toMatchObject([{ marked: true, note: 'the first', eventID: 'event-0' }]);
  });

  test('where they are not kept, the first one says so, and no other', async () => {
    const app = open({ marks: undefined });
    await app.until('1/12');
    await app.until('read in');
    expect(app.picture()).not.toContain('are not kept');
    app.press('space');
    await app.until('marks of the sample are not kept');
    app.press('j', 'space');
    await app.until('2 marked');
    expect(app.picture()).not.toContain('are not kept');
  });

  test('an event without eventID is marked for this run only, and that is said', async () => {
    const app = open();
    await app.until('1/12');
    app.press('G', 'space');
    await app.until('an event without eventID is marked for this run only');
    await leave();
    expect(await stored()).toEqual([]);
  });

  test('only the marked are listed on request, and Esc brings the others back', async () => {
    const app = open();
    await app.until('1/12');
    app.press('space', 'j', 'j', 'space', 'g', ':');
    await app.until(' :');
    app.type('marked');
    app.press('enter');
    await app.until((text) => text.includes('2 of 12 events') && !text.includes('StopInstances'));
    expect(app.picture()).toContain('only the 2 marked');
    expect(rows(app, 3)[1]).toMatch(/^ R● 13:58:00/);
    expect(rows(app, 3)[2]?.trim()).toBe('');
    app.press('/');
    app.type('name:GetObject');
    await app.until('None of the 2 marked events is among what matches name:GetObject. Esc lists all events again.');
    app.press('ctrl+u', 'enter');
    await app.until((text) => text.includes('2 of 12 events') && text.includes('● 13:58'));
    app.press('g');
    // What is taken back leaves the list.
    app.press('space');
    await app.until('1 of 12 events');
    app.press('escape');
    await app.until((text) => !text.includes('only the') && text.includes('StopInstances'));
    expect(app.lines()[0]).toContain(' 12 events');
  });
});

describe('comparing', () => {
  test('large records are compared while the page says so, and only as far as it says', async () => {
    const items = Array.from({ length: 21_000 }, (_, index) => index);
    const large = (minute: number) => record(minute, { eventName: 'PutItem', requestParameters: { items } });
    const app = open({}, recordsSource([large(0), large(1)]));
    await app.until('1/2');
    app.press('space', 'j', 'space', 'd');
    await app.until('2 events compared');
    await app.until('only the first 20,000 values of each are compared');
    await app.until('eventVersion');
  });

  test('needs 2 to 5 events, and says how to mark them', async () => {
    const app = open();
    await app.until('1/12');
    app.press('d');
    await app.until('mark 2 to 5 events to compare: Space marks the event under the cursor');
    app.press(...Array.from({ length: 6 }, () => ['space', 'j']).flat(), 'd');
    await app.until('6 events are marked, 5 can be compared');
  });

  test('shows two events value by value, only differences, and filters by a value', async () => {
    const app = open({ columns: 80, rows: 24 });
    await app.until('1/12');
    app.press('space', 'G', 'k', 'k', 'k', 'space', 'd');
    await app.until('2 events compared');
    expect(app.picture()).toMatch(/eventVersion +1\.11 +1\.11/);
    app.press('d');
    await app.until('only those');
    expect(app.picture()).toMatch(/≠requestParameters\.instanceType +p4d\.24xlarge +t3\.micro/);
    expect(app.picture()).not.toContain('eventVersion ');
    app.press('j');
    await app.until(/▌≠requestParameters\.instanceType/);
    app.press('=');
    await app.until('/ requestParameters.instanceType:p4d.24xlarge');
    await app.until('1 of 12');
  });

  test('Enter goes to the event', async () => {
    const app = open();
    await app.until('1/12');
    app.press('space', 'j', 'space', 'G', 'd');
    await app.until('2 events compared');
    app.press('l', 'enter');
    await app.until('1/12');
    await app.until('instanceType');
  });

  test('five events at 80 columns are shown some at a time', async () => {
    const app = open({ columns: 80, rows: 24 });
    await app.until('1/12');
    app.press('space', ...Array.from({ length: 4 }, () => ['j', 'space']).flat(), 'd');
    await app.until('events 1–2 of 5');
    app.press('l', 'l', 'l', 'l');
    await app.until('events 4–5 of 5');
    for (const line of app.lines()) expect(line.length).toBeLessThanOrEqual(80);
    app.press('escape');
    await app.until(/TIME +NAME/);
  });
});

describe('folding', () => {
  const FOLDED = '12 events in 7 rows';

  test('runs of the same call become one row, and unfold again at the same event', async () => {
    const app = open();
    await app.until('1/12');
    app.press('j', 'j', 'j', 'j', 'z');
    await app.until(FOLDED);
    expect(rows(app, 4)[2]).toMatch(/^▌R {2}13:58:00 {2}DescribeInstances ×6 /);
    app.press('z');
    await app.until('3/12');
    expect(app.lines()[0]).toContain(' 12 events ');
  });

  test('Enter opens the run, Enter on an event the record; h folds the run', async () => {
    const app = open();
    await app.until('1/12');
    app.press('z', 'j', 'j');
    await app.until(FOLDED);
    app.press('enter');
    await app.until('12 events in 12 rows');
    expect(rows(app, 4)[2]).toMatch(/^▌R {2}13:58:00 {2}DescribeInstances ▾6 /);
    app.press('j', 'j', 'h');
    await app.until(FOLDED);
    await app.until('3/7');
    // A click on the selected row does the same as Enter.
    app.click(10, 4);
    await app.until('12 events in 12 rows');
    app.press('h');
    await app.until(FOLDED);
    app.press('j', 'enter');
    await app.until('requestParameters');
  });

  test('e and w find through runs; a run is marked whole', async () => {
    const app = open();
    await app.until('1/12');
    app.press('z');
    await app.until(FOLDED);
    app.press('e');
    await app.until('6/7');
    app.press('W');
    await app.until('4/7');
    app.press('g', 'j', 'j', 'space');
    await app.until('6 marked');
    await app.until('3/7');
  });

  test('a list that is being filled is folded anew, and an opened run stays open', async () => {
    const gate = Promise.withResolvers<void>();
    const source = recordsSource([...EVENTS].reverse(), {
      batchSize: 7,
      gate: async (batch) => (batch < 1 ? undefined : gate.promise),
    });
    const app = open({}, source);
    await app.until('1/7');
    app.press('z');
    await app.until('7 events in 5 rows');
    app.press('enter');
    await app.until('7 events in 7 rows');
    gate.resolve();
    await app.until('12 events in 12 rows');
    expect(rows(app, 4)[2]).toMatch(/DescribeInstances ▾6 /);
  });
});
