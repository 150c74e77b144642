// Keys of the list while a page stands in its place.

import { afterEach, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, records, recordsSource } from './open-explorer.ts';

let app: OpenExplorer;
afterEach(async () => {
  app.press('ctrl+c');
  await app.ended.catch(() => {});
  app.dispose();
});

async function sessions(): Promise<OpenExplorer> {
  app = openExplorer(recordsSource(records(3)));
  await app.until('3 events');
  app.press(':');
  app.type('sessions');
  app.press('enter');
  await app.until(/ Sessions /);
  return app;
}

test('say that they work in the list, and what leads there', async () => {
  const app = await sessions();
  for (const key of ['/', 'R', 'P', 't', 'n', 'x']) {
    app.press(key);
    await app.until(`${key}: not on this page, Esc first`);
    expect(app.picture()).toContain(' Sessions ');
  }
  app.press('j');
  await expect.poll(() => app.picture()).not.toContain('not on this page');
});

test('`:` works on a page, and Esc leads from it to the page', async () => {
  const app = await sessions();
  app.press(':');
  app.type('denied');
  await app.until(/> denied|:denied/);
  app.press('escape');
  await app.until(/ Sessions /);
  app.press(':');
  app.type('denied');
  app.press('enter');
  await app.until('Denied calls');
});
