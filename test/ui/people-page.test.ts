// The persons behind the list's events, on the screen: in the list and on their page.

import { afterEach, describe, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

const USER_ID = '0b7d1c52-3e4f-4a5b-8c6d-7e8f9a0b1c2d';

const session = (role: string, name: string, accessKeyId: string, path = '') => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::111122223333:assumed-role/${role}/${name}`,
  accountId: '111122223333',
  accessKeyId,
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: `arn:aws:iam::111122223333:role/${path}${role}`, userName: role },
  },
});
const DAVE = session(
  'AWSReservedSSO_Analyst_0123456789abcdef',
  'dave',
  'ASIAEXAMPLEDAVE',
  'aws-reserved/sso.amazonaws.com/',
);
const ETL = session('etl-runner', 'nightly-etl', 'ASIAEXAMPLEETL');
const CENTER = { type: 'IdentityCenterUser', accountId: '111122223333', onBehalfOf: { userId: USER_ID } };

const EVENTS = [
  record(1, { userIdentity: session('web', 'i-0123456789abcdef0', 'ASIAEXAMPLEWEB') }),
  record(2, { userIdentity: CENTER }),
  record(3, { userIdentity: ETL, eventName: 'GetJobs', errorCode: 'AccessDenied', sourceIPAddress: '198.51.100.7' }),
  record(4, {
    userIdentity: DAVE,
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLEETL' } },
  }),
];

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

function open(options: Parameters<typeof openExplorer>[1] = {}) {
  const explorer = openExplorer(recordsSource(EVENTS), { columns: 160, ...options });
  app = explorer;
  const text = () => explorer.lines().join('\n');
  const says =
    (...texts: readonly string[]) =>
    () =>
      texts.every((part) => text().includes(part));
  return { ...explorer, text, says };
}

describe('the list', () => {
  test('names the person before a session that does not, and not before one that does', async () => {
    const { until, says, text } = open();
    await until(says('dave → etl-runner/nightly-etl', USER_ID.slice(0, 20)));
    expect(text()).toContain(' Analyst/dave');
    expect(text()).not.toContain('→ Analyst');
    expect(text()).not.toContain('→ web');
  });

  test('keeps the person where there is little room', async () => {
    const { until, text } = open({ columns: 80 });
    await until(() => /dave → e\S*…/.test(text()));
  });

  test('calls a user of Identity Center what the settings say', async () => {
    const { until, says, text } = open({ identityCenterUsers: { [USER_ID]: 'erin' } });
    await until(says(' erin ', 'dave → etl-runner'));
    expect(text()).not.toContain(USER_ID.slice(0, 13));
  });

  test.each([
    ['person:erin', 1],
    ['!person:erin', 3],
  ])('%s knows the names of the settings from the start', async (initialQuery, count) => {
    const { until, says } = open({ identityCenterUsers: { [USER_ID]: 'erin' }, initialQuery });
    await until(says(`${count} of 4`));
  });

  test('tells in the detail', async () => {
    const { until, says, press } = open({ initialQuery: 'name:GetJobs' });
    await until(says('dave → etl-runner/nightly-etl'));
    press('enter');
    await until(says('AccessDenied'));
    const head = () => app?.lines().filter((line) => line.includes('dave')).length ?? 0;
    await until(() => head() > 1);
  });
});

describe(':people', () => {
  test('lists persons with all their sessions; Enter finds what they did', async () => {
    const { until, says, press, type, text } = open();
    await until(says('dave → etl-runner'));
    press(':');
    type('people');
    press('enter');
    await until(says('PERSON', '2 people of 4 events', 'Analyst/dave'));
    expect(text()).toMatch(/dave +2 +2 +1 +05-19 13:57 +\S+ and 1 more +\S+, \S+/);
    expect(text()).toContain('handed out · 1 by userId only');
    expect(text()).toMatch(new RegExp(` ${USER_ID} +1 +1 `));
    expect(text()).toMatch(/\(nobody known\) +1/);
    press('enter');
    await until(says('/ person:dave', '2 of 4 events'));
    press('escape');
    await until(says('PERSON'));
    press('down');
    await until(says('identityCenterUsers'));
    press('down');
    press('enter');
    await until(says('/ !person:*', '1 of 4 events', 'i-0123456789abcdef0'));
  });

  test('says so where nobody is known', async () => {
    const { until, says, press, type } = open({ initialQuery: 'who:web/*' });
    await until(says('1 of 4 events'));
    press(':');
    type('people');
    press('enter');
    await until(says('No person is known behind these events'));
  });
});
