// The whole explorer in this process: what a person sees after what they type.

import { afterEach, describe, expect, test } from 'vitest';
import { ESCAPE_DELAY_MS } from '../../src/keys/keypress.ts';
import { type OpenExplorer, openExplorer, record, records, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const TERMINATED = record(5, {
  eventName: 'TerminateInstances',
  readOnly: false,
  eventID: 'terminated',
});
const DENIED = record(7, {
  eventName: 'TerminateInstances',
  readOnly: false,
  eventID: 'denied',
  errorCode: 'Client.UnauthorizedOperation',
  errorMessage: 'You are not authorized to perform this operation.',
});
const EVENTS = [...records(200), TERMINATED, DENIED];

function open(options: Parameters<typeof openExplorer>[1] = {}, source = recordsSource(EVENTS)): OpenExplorer {
  app = openExplorer(source, options);
  return app;
}

/** What the status line says where the cursor is. */
const at = (place: number, total: number) => `UTC · ${place}/${total} `;

const isGivenBack = (app: OpenExplorer) => () =>
  !app.screen.isAlternate() && [...app.screen.modes()].sort((a, b) => a - b).join() === '7,25';

/** Longer than a terminal takes to send what follows an Esc: one that stands alone is taken for itself. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 4 * ESCAPE_DELAY_MS));

/** The line of the selected event. */
function selected({ lines }: OpenExplorer): string {
  return lines().find((line) => line.includes('▌')) ?? '';
}

describe('list', () => {
  test('shows the newest events, their number and where one is', async () => {
    const { until, lines } = open();
    await until(at(1, 202));
    expect(lines()[0]).toContain('trailx  fixture · 111122223333 · eu-west-1');
    expect(lines()[0]).toContain('202 events');
    expect(lines()[1]).toMatch(/TIME .* NAME .* WHO .* RESOURCE .* RESULT/);
    expect(lines()[2]).toMatch(/^▌R {2}14:00:00 {2}DescribeInstances .* Admin\/alice .* ok/);
    expect(lines()).toHaveLength(30);
  });

  test('moves by every key of the list', async () => {
    const app = open();
    await app.until(at(1, 202));
    for (const [key, place] of [
      ['j', '2/'],
      ['down', '3/'],
      ['k', '2/'],
      ['up', '1/'],
      ['G', '202/'],
      ['g', '1/'],
      ['pagedown', '25/'],
      ['pageup', '1/'],
      ['ctrl+d', '14/'],
      ['ctrl+u', '1/'],
      ['end', '202/'],
      ['home', '1/'],
    ] as const) {
      app.press(key);
      await app.until(` ${place}202`);
    }
  });

  test('goes to failures, writes and events of the same session, and says when there is no more', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.press('e');
    await app.until(at(10, 202));
    expect(selected(app)).toMatch(/^▌! .*TerminateInstances .*denied/);
    app.press('e');
    await app.until('no older failure');
    app.press('g', 'w');
    await app.until(/[67]\/202/);
    expect(selected(app)).toMatch(/^▌D .*TerminateInstances/);
    app.press('o');
    await app.until(/[78]\/202/);
  });

  test('a write without readOnly is known by its name', async () => {
    const unstated = { readOnly: undefined };
    const app = open(
      {},
      recordsSource([
        record(0),
        record(1, unstated),
        record(2, { ...unstated, eventName: 'RunInstances' }),
        record(3, { readOnly: 'true', eventName: 'AssumeRole' }),
        record(4, { readOnly: false, eventName: 'GetSomethingWritten' }),
      ]),
    );
    await app.until(at(1, 5));
    app.press('w');
    await app.until(at(3, 5));
    app.press('w');
    await app.until(at(5, 5));
    app.press('w');
    await app.until('no older write');
    app.press('W');
    await app.until(at(3, 5));
  });

  test('keeps the selected event in its place while newer ones arrive, and stays at the top before anybody moved', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    // The oldest first: every batch arrives above the one before.
    const all = records(30).toReversed();
    const app = open({}, recordsSource(all, { batchSize: 10, gate: async (batch) => await gates[batch]?.promise }));
    gates[0]?.resolve();
    await app.until(at(1, 10));
    expect(selected(app)).toContain('13:40:00');
    gates[1]?.resolve();
    await app.until(at(1, 20));
    expect(selected(app)).toContain('13:50:00');
    app.press('j', 'j');
    await app.until(at(3, 20));
    const before = selected(app);
    gates[2]?.resolve();
    await app.until(at(13, 30));
    expect(selected(app)).toBe(before);
  });
});

describe('search', () => {
  test('finds while typing, shows what a word stood for, and Esc leads back', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.press('/');
    app.type('termnate');
    await app.until(/2 of 202 · termnate ≈ TerminateInstances 2/);
    await app.until(at(1, 2));
    expect(app.lines()[1]).toContain('/ termnate');
    app.press('escape');
    await app.until(at(1, 202));
    expect(app.picture()).not.toContain('termnate');
  });

  test('the list moves while one types, Enter keeps the search, Esc clears it and the event stays selected', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.press('/');
    app.type('name:Terminate*');
    await app.until(at(1, 2));
    app.press('down');
    await app.until(at(2, 2));
    app.press('enter');
    await app.until('↵ open');
    expect(selected(app)).toContain('denied');
    app.press('escape');
    await app.until(at(10, 202));
    expect(selected(app)).toContain('denied');
    app.press('-');
    await app.until('2 of 202');
  });

  test('a mistake is underlined with its reason, and the last good result stays', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.press('/');
    app.type('name:Terminate*');
    await app.until(at(1, 2));
    app.type(' (ip');
    await app.until('not closed');
    await app.until(at(1, 2));
    app.press('enter');
    await app.until('not closed');
    app.press('ctrl+u');
    await app.until(at(1, 202));
  });

  test('no match says over how many events', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.press('/');
    app.type("'nowhere-at-all");
    await app.until("No match for 'nowhere-at-all in 202 events");
  });

  test('a paste is typed as one line, and Enter in the same chunk keeps it', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.type('/name:Terminate*\r');
    await app.until(at(1, 2));
    app.press('/');
    app.type('\u001b[200~ error:\n*\u001b[201~');
    await app.until('/ name:Terminate* error: *');
  });
});

describe('detail', () => {
  test('says what happened, answers the four questions and opens the tree', async () => {
    const app = open({ columns: 160, rows: 50, initialQuery: 'id:denied' });
    await app.until(at(1, 1));
    app.press('enter');
    await app.until('instancesSet.items[0]');
    const picture = app.picture();
    expect(picture).toContain('Client.UnauthorizedOperation: You are not authorized to perform');
    expect(picture).toMatch(/alice \(role Admin, account 111122223333\) tried to terminate\s/);
    expect(picture).toContain('Temporary credentials of a role or federated user?');
    expect(picture).toMatch(/▾ userIdentity/);
    expect(picture).toMatch(/accountId +111122223333/);
    expect(picture).toMatch(/instanceId +i-0{16}7/);
  });

  test('moves, closes, finds and shows raw JSON', async () => {
    const app = open({ columns: 160, rows: 50, initialQuery: 'id:terminated' });
    await app.until(at(1, 1));
    app.press('enter');
    await app.until('▾ requestParameters');
    app.press('g', 'j', 'h');
    await app.until('▸ userIdentity');
    app.press('l');
    await app.until('▾ userIdentity');
    app.press('/');
    app.type('instanceId');
    app.press('enter');
    await app.until(/"instanceId" is in 1 row/);
    app.press('v');
    await app.until('"eventID": "terminated"');
    app.press('escape');
    await app.until('▾ userIdentity');
  });

  test('follows the cursor of the list, at the same path', async () => {
    const app = open({ columns: 160, rows: 50 });
    await app.until(at(1, 202));
    app.press('enter');
    await app.until('i-00000000000000000');
    app.press('tab', 'j');
    await app.until(/instanceId +i-00000000000000001/);
  });

  test('= narrows the search by the value under the cursor, ! leaves it out', async () => {
    const app = open({ columns: 160, rows: 50 });
    await app.until(at(1, 202));
    app.press('enter');
    await app.until('▾ userIdentity');
    app.press('/');
    app.type('instanceId');
    app.press('enter');
    await app.until('is in 1 row');
    app.press('=');
    await app.until('1 of 202');
    expect(app.lines()[1]).toContain('requestParameters.instancesSet.items[].instanceId:i-00000000000000000');
  });

  test('q and Esc go back one level at a time; q quits only at the list', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.press('enter');
    await app.until('Esc to the list');
    app.press('escape');
    await app.until('Esc close detail');
    app.press('q');
    await app.until((picture) => !picture.includes('close detail'));
    app.press('escape');
    await pause();
    app.press('escape');
    await pause();
    app.press('j');
    await app.until(at(2, 202));
    app.press('q');
    expect(await app.ended).toEqual({ exitCode: 0 });
  });
});

test('- goes to and fro between the last two searches', async () => {
  const app = open();
  await app.until(at(1, 202));
  for (const [text, total] of [
    ['name:Terminate*', 2],
    ["'nowhere-at-all", 0],
  ] as const) {
    app.press('/', 'ctrl+u');
    app.type(text);
    await app.until(`${total} of 202 events`);
    app.press('enter');
    await app.until('/ search');
  }
  app.press('-');
  await app.until('2 of 202 events');
  app.press('-');
  await app.until('0 of 202 events');
  app.press('-');
  await app.until('2 of 202 events');
});

describe('screen', () => {
  test('the terminal is given back as it was, whatever ends the program', async () => {
    const app = open();
    await app.until(at(1, 202));
    // 2026 comes and goes with each frame.
    expect([...app.screen.modes()].filter((mode) => mode !== 2026).sort((a, b) => a - b)).toEqual([
      1000, 1002, 1006, 1049, 2004,
    ]);
    app.press('ctrl+c');
    expect(await app.ended).toEqual({ exitCode: 130 });
    await app.until(isGivenBack(app));
    expect((app.stdin as { isRaw?: boolean }).isRaw).toBe(false);
  });

  test('a source that cannot be read at all ends it with that error, the terminal given back', async () => {
    const app = openExplorer({
      label: 'broken',
      read: async () => {
        throw new Error('there is no such folder');
      },
    });
    await expect(app.ended).rejects.toThrow('there is no such folder');
    await app.until(isGivenBack(app));
    app.dispose();
  });

  test('Esc twice stops the reading and says what was read', async () => {
    const gate = Promise.withResolvers<void>();
    const source = recordsSource(records(50), {
      batchSize: 10,
      gate: (n) => (n < 2 ? Promise.resolve() : gate.promise),
    });
    const app = open({}, source);
    await app.until(at(1, 20));
    await app.until('Esc stop reading');
    app.press('escape');
    await app.until('Esc again stops reading');
    app.press('j', 'k');
    await app.until((picture) => !picture.includes('Esc again'));
    app.press('escape');
    await app.until('Esc again stops reading');
    await pause();
    app.press('escape');
    await app.until('stopping');
    gate.resolve();
    await app.until('stopped: 2 of 5 files read, 20 events');
  });

  test('unreadable files are counted in the status and listed with their reasons', async () => {
    const problems = [{ path: 'logs/a\u001b[2Jb.json', reason: 'not JSON: ends too early', kept: 3 }];
    const app = open({}, recordsSource(records(3), { problems }));
    await app.until('1 with problems: L lists them');
    app.press('L');
    await app.until('ends too early; 3 events of it were read');
    expect(app.picture()).toContain('logs/a\\u001b[2Jb.json');
    app.press('q');
    await app.until('↵ open');
  });

  test('help lists every key, with the reason why one cannot be used now', async () => {
    const app = open({ rows: 15 });
    await app.until(at(1, 202));
    app.press('?');
    await app.until('open the event');
    app.press('G');
    await app.until('R  reads');
    app.press('g');
    await app.until('List: open and go to');
    app.press('space');
    await app.until('not now: there is no earlier search');
    app.press('escape');
    await app.until('↵ open');
  });

  test('themes and time zone change at a key and are remembered', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.press('T');
    await app.until('theme: light');
    app.press('Z');
    await app.until('local time');
    app.press('q');
    await app.ended;
    expect(app.saved).toEqual([{ theme: 'light', zone: 'local' }]);
  });

  test('columns are hidden at a key and remembered; those that do not fit are told', async () => {
    const app = open({ columns: 90, rows: 15 });
    await app.until(/TIME .* NAME .* WHO .* RESOURCE/);
    app.press('C');
    await app.until('always shown');
    expect(app.picture()).toMatch(/▌\[✓\] MARK .*always shown/);
    expect(app.picture()).toMatch(/\[✓\] SOURCE .*too narrow now/);
    expect(app.picture()).toMatch(/\[✓\] REGION .*if there are several/);
    expect(app.picture()).not.toContain('show or hide');
    app.press('space');
    await app.until('this column is always shown');
    app.press('j', 'down', 'down', 'j', 'space');
    await app.until(/▌\[ \] WHO/);
    expect(app.picture()).toMatch(/\[✓\] SOURCE {4}eventSource\s*$/m);
    app.click(5, 10);
    await app.until(/▌\[✓\] RESOURCE/);
    app.click(5, 10);
    await app.until(/▌\[ \] RESOURCE/);
    app.press('escape');
    await app.until(/TIME .* NAME .* SOURCE .* FROM .* RESULT/);
    expect(app.lines()[1]).not.toMatch(/WHO|RESOURCE/);
    app.press('q');
    await app.ended;
    expect(app.saved).toEqual([{ hiddenColumns: ['who', 'resource'] }]);
  });

  test.each(['q', 'enter', 'C', 'escape'])(
    '%s closes the choice of columns; remembered ones stay hidden',
    async (key) => {
      const app = open({ remembered: { hiddenColumns: ['who', 'name', 'of another version'] } });
      await app.until(/TIME .* NAME .* SOURCE {2}/);
      expect(app.lines()[1]).not.toContain('WHO');
      app.press('C');
      await app.until(/\[ \] WHO/);
      app.press(key);
      await app.until('↵ open');
      app.press('q');
      await app.ended;
      expect(app.saved).toEqual([]);
    },
  );

  test('the mouse selects, opens, scrolls, and can be switched off', async () => {
    const app = open({ columns: 160, rows: 40 });
    await app.until(at(1, 202));
    app.click(20, 6);
    await app.until(at(5, 202));
    app.click(20, 6);
    await app.until('▾ userIdentity');
    app.click(20, 3);
    await app.until(at(2, 202));
    app.wheel('down', 20, 10);
    await app.until(at(4, 202));
    app.press('M');
    await app.until('mouse off');
    expect(app.screen.modes().has(1000)).toBe(false);
  });

  test('too small a terminal says so, and a larger one shows everything again', async () => {
    const app = open();
    await app.until(at(1, 202));
    app.resize(40, 8);
    await app.until('too small: 40 × 8, needs 60 × 15');
    app.resize(100, 20);
    await app.until(at(1, 202));
    expect(app.lines()).toHaveLength(20);
  });

  test('hostile values are shown as escapes', async () => {
    const evil = record(0, { eventName: 'Run\u001b[31m\u202eInstances', userAgent: 'x\u0007' });
    const app = open({}, recordsSource([evil]));
    await app.until(at(1, 1));
    expect(app.lines()[2]).toContain('Run\\u001b[31m\\u202eI');
    app.press('enter');
    await app.until('sourceIPAddress');
    for (const control of ['\u202e', '\u0007']) expect(app.rawOutput()).not.toContain(control);
  });
});
