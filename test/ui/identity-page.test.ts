// `i`: the whole identity card, which the pane of a small screen has no room for.

import { afterEach, expect, test } from 'vitest';
import { identityPage } from '../../src/ui/identity-page.ts';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const SESSION = {
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:nightly',
    arn: 'arn:aws:sts::111122223333:assumed-role/etl-runner/nightly',
    accountId: '111122223333',
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/etl-runner', userName: 'etl-runner' },
    },
  },
};

test('at 80x24 all four questions can be read, scrolled and copied', async () => {
  app = openExplorer(recordsSource([record(1, SESSION), record(2, SESSION)]), { columns: 80, rows: 24 });
  await app.until('2 events');
  app.press('enter');
  await app.until('Role session: yes');
  app.press('i');
  const screen = await app.until('Who is behind it');
  expect(screen).toContain('nightly? → role etl-runner');
  expect(screen).toContain('Root or IAM user credentials? no');
  expect(screen).toContain('Temporary credentials of a role or federated user? yes');
  app.press('G');
  expect(await app.until('Made by another AWS service?')).toContain('IAM Identity Center user? not stated');
  app.press('y');
  await app.until('copied: who is behind it');
  app.press('escape');
  await app.until('Role session: yes');
});

test('the palette opens it by its name, of the selected event', async () => {
  app = openExplorer(recordsSource([record(1, SESSION)]), { columns: 100, rows: 40 });
  await app.until('1 event');
  for (const key of [':', ...'identity', 'enter']) app.press(key);
  await app.until('userIdentity.type = AssumedRole');
});

const page = (value: object, person = '') => {
  const text = JSON.stringify(value);
  const { lines } = identityPage({ row: 0, time: 0, cells: {} as never, person }, JSON.parse(text));
  return lines.map((line) => line.text);
};

test('whoever is known to be behind the session stands first', () => {
  expect(page(SESSION, 'dave')).toContain('dave → role etl-runner/nightly');
  expect(page(SESSION, 'dave').join('\n')).toContain('person: dave, by the calls that began this session');
});

test('an event that nobody called says so', () => {
  const lines = page({ eventCategory: 'Insight', insightDetails: { eventName: 'RunInstances', state: 'Start' } });
  expect(lines.at(-1)).toMatch(/nobody called it/);
  expect(lines.join('\n')).not.toContain('credentials');
});
