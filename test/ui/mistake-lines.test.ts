// Mistakes whose reason is longer than the screen is wide, in the whole explorer.

import { expect, test } from 'vitest';
import { openExplorer, records, recordsSource } from './open-explorer.ts';

test('a reason is told to its end, and where the mistake is in a line that is longer than the screen', async () => {
  const app = openExplorer(recordsSource(records(5)), { columns: 80, rows: 24 });
  await app.until('5 events');
  app.press('/');
  app.type('since:nonsense');
  await app.until('"yesterday 5pm"');
  app.press('ctrl+u');
  app.type(`name:( ${'alice '.repeat(40)}`);
  await app.until('at character ');
  expect(app.lines().join('\n')).not.toContain('yesterday');
  app.press('ctrl+c');
  await app.ended.catch(() => {});
  app.dispose();
});
