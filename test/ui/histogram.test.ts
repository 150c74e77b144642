// The histogram in the whole explorer, its counts compared with counting by hand.

import { afterEach, describe, expect, test } from 'vitest';
import { ESCAPE_DELAY_MS } from '../../src/keys/keypress.ts';
import { clickBytes } from '../helpers/key-bytes.ts';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

/** Minutes back from 14:00; a gap of an hour, and failures. */
const MINUTES = Array.from({ length: 240 }, (_, minute) => minute).filter((minute) => minute < 60 || minute >= 120);
const isFailed = (minute: number) => minute % 7 === 0;
const RECORDS = MINUTES.map((minute) => record(minute, isFailed(minute) ? { errorCode: 'AccessDenied' } : {}));

async function open(options: Parameters<typeof openExplorer>[1] = {}, count = MINUTES.length): Promise<OpenExplorer> {
  app = openExplorer(recordsSource(RECORDS), options);
  await app.until(`· 1/${count} `);
  app.press('i');
  await app.until('a bar: ');
  return app;
}

/** Longer than a terminal takes to send what follows an Esc: one that stands alone is taken for itself. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 4 * ESCAPE_DELAY_MS));

const minuteOf = (clock: string) => 14 * 60 - Number(clock.slice(0, 2)) * 60 - Number(clock.slice(3));

/** What the band's first line says, as the record's minutes say it. */
function saidAndCounted({ lines }: OpenExplorer, line = 1): readonly [string, string] {
  const text = lines()[line] ?? '';
  const [, from = '', to = '', said = ''] =
    /(\d\d:\d\d)–(\d\d:\d\d) {2}(\d+ events?(?:, \d+ failed)?)/.exec(text) ?? [];
  const minutes = MINUTES.filter((minute) => minute <= minuteOf(from) && minute > minuteOf(to));
  const failed = minutes.filter(isFailed).length;
  const events = `${minutes.length} ${minutes.length === 1 ? 'event' : 'events'}`;
  return [said, failed === 0 ? events : `${events}, ${failed} failed`];
}

describe('histogram', () => {
  test('says how many events the bar under the cursor holds, and the list goes along', async () => {
    const app = await open();
    const seen: string[] = [];
    for (let bar = 0; bar < 30; bar++) {
      const [said, counted] = saidAndCounted(app);
      expect(said).toBe(counted);
      seen.push(said);
      const before = app.lines()[1] ?? '';
      app.press('left');
      await app.until(() => app.lines()[1] !== before);
    }
    expect(seen).toContain('0 events');
  });

  test('a range becomes since: and until:, holds what it said, and there is a way back', async () => {
    const app = await open();
    app.press('left', 'left', 'space', 'left', 'left', 'left');
    await app.until('13:35–13:55');
    const [said, counted] = saidAndCounted(app);
    expect(said).toBe(counted);
    app.press('enter');
    await app.until(/since:2026-05-19T\d\d:\d\d:00Z until:2026-05-19T\d\d:\d\d:59Z/);
    await app.until(`${said.split(' ')[0]} of ${MINUTES.length} events`);
    app.press('enter');
    await app.until(/[1-9] of 180 events/);
    app.press('backspace');
    await app.until(`${said.split(' ')[0]} of ${MINUTES.length} events`);
    app.press('backspace');
    await app.until(() => !app.lines()[1]?.includes('since:'));
    app.press('backspace');
    await app.until('this is the whole range');
  });

  test('0 leaves every range at once and keeps the rest of the search', async () => {
    const app = await open({ initialQuery: 'error:*' }, MINUTES.filter(isFailed).length);
    app.press('enter');
    await app.until('error:* since:');
    await app.until(/a bar: 5 s/);
    app.press('enter');
    await app.until(/a bar: 1 s/);
    app.press('0');
    await app.until(/error:\* {5,}/);
  });

  test('the cursor follows the list', async () => {
    const app = await open();
    app.press('G');
    await app.until('180/180');
    await app.until(/10:0[0-9]–10:/);
    const [said, counted] = saidAndCounted(app);
    expect(said).toBe(counted);
  });

  test('Tab gives the keys to the list and back, i and Esc close it', async () => {
    const app = await open();
    app.press('tab', 'enter');
    await app.until('requestParameters');
    app.press('escape');
    await pause();
    app.press('escape');
    await app.until(() => !app.lines().join('').includes('requestParameters'));
    app.press('i', 'i');
    await app.until(() => !app.lines().join('').includes('a bar:'));
  });

  test('is drawn over failures with another shade, not only another colour', async () => {
    const app = await open({ theme: 'mono' });
    expect(app.lines().slice(2, 8).join('')).toMatch(/[!▒]/);
    expect(app.lines().slice(2, 8).join('')).toMatch(/[▁▂▃▄▅▆▇█]/);
  });

  test('a click moves the cursor, dragging chooses a range', async () => {
    const app = await open();
    const before = app.lines()[1];
    app.click(20, 4);
    await app.until(() => app.lines()[1] !== before);
    const [from = ''] = /\d\d:\d\d/.exec(app.lines()[1] ?? '') ?? [];
    app.type(`${clickBytes(20, 4).replace('<0;21;5m', '<32;41;5M')}\u001b[<0;41;5m`);
    await app.until('goes into this range');
    expect(app.lines()[1]).toContain(` ${from}–`);
    const [said, counted] = saidAndCounted(app);
    expect(said).toBe(counted);
  });

  test('leaves the list its lines, and says where there is no room', async () => {
    const app = openIn(60, 15);
    await app.until('1/180 ');
    app.press('enter', 'escape');
    await pause();
    app.press('i');
    await app.until('no room for the histogram');
  });
});

function openIn(columns: number, rows: number): OpenExplorer {
  app = openExplorer(recordsSource(RECORDS), { columns, rows });
  return app;
}
