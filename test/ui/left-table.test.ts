// From a row of a table to its events, and back.

import { afterEach, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, records, recordsSource } from './open-explorer.ts';

let app: OpenExplorer;
afterEach(async () => {
  app.press('ctrl+c');
  await app.ended.catch(() => {});
  app.dispose();
});

const denied = (minute: number, eventName: string) => record(minute, { eventName, errorCode: 'AccessDenied' });
const EVENTS = [...records(5), denied(10, 'GetObject'), denied(11, 'PutObject'), denied(12, 'PutObject')];

/** In the events of the second row, over a search. */
async function opened(): Promise<OpenExplorer> {
  app = openExplorer(recordsSource(EVENTS), { initialQuery: 'error:*' });
  await app.until('3 of 8');
  app.press('j', 'X');
  await app.until('Denied calls');
  await app.until('GetObject');
  app.press('j', 'enter');
  await app.until('1 of 8');
  return app;
}

test('Esc leads back to the row, over the search as it was, and then clears that', async () => {
  const app = await opened();
  expect(app.lines().at(-1)).toContain('Esc back to the table');
  app.press('enter');
  await app.until('requestParameters');
  app.press('escape');
  await app.until('Esc close detail');
  app.press('escape');
  await app.until('Esc back to the table');
  app.press('escape');
  await app.until('Denied calls');
  await app.until(/▌ +1 .*PutObject +not stated +i-0*11/);
  expect(app.lines()[1]).toContain('error:*');
  app.press('escape');
  await app.until('Esc clear search');
  expect(app.picture()).toContain('2/3');
  app.press('escape');
  await app.until('/8');
});

test('another search has no table behind it', async () => {
  const app = await opened();
  app.press('/');
  app.type(' time');
  app.press('escape');
  await app.until('Esc back to the table');
  app.press('/', 'ctrl+u');
  app.type('name:PutObject');
  app.press('enter');
  await app.until('2 of 8');
  expect(app.lines().at(-1)).toContain('Esc clear search');
  app.press('-');
  await app.until('1 of 8');
  expect(app.lines().at(-1)).toContain('Esc clear search');
});
