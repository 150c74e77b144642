// What is tried again by itself takes minutes when a network is not there: nobody has to guess what is waited for.

import { afterEach, expect, test } from 'vitest';
import { fakeLiveSource, fault, lane } from './fake-live-source.ts';
import { type OpenExplorer, openExplorer } from './open-explorer.ts';

let app: OpenExplorer;
afterEach(async () => {
  app.press('ctrl+c');
  await app.ended.catch(() => {});
  app.dispose();
});

test('an empty list says what is tried again, once for all Regions, and what can be done', async () => {
  const refused = fault({
    kind: 'network',
    name: 'ECONNREFUSED',
    message: 'prod: 127.0.0.1:9 refuses the connection',
    next: 'check HTTPS_PROXY and endpoint_url',
  });
  const lanes = ['eu-west-1', 'us-east-1'].map((region, at) =>
    lane({ origin: at + 1, region, phase: 'retrying', fault: refused }),
  );
  app = openExplorer(fakeLiveSource({ status: { lanes } }), { columns: 80, rows: 24 });
  await app.until('Asking for');
  const text = app.lines().slice(2, -2).join(' ').replace(/\s+/g, ' ');
  expect(text.split('refuses the connection.')).toHaveLength(2);
  expect(text).toContain('Check HTTPS_PROXY and endpoint_url.');
});
