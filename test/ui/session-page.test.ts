// `s`: the sessions behind the selected event, as a tree.

import { afterEach, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer;
afterEach(async () => {
  app.press('ctrl+c');
  await app.ended.catch(() => {});
  app.dispose();
});

const ACCOUNT = '111122223333';
/** Of the minutes before 14:00 that the records count by. */
const clock = (minute: number) =>
  new Date(Date.UTC(2026, 4, 19, 14) - minute * 60_000).toISOString().replace('.000', '');

/** A session of a role that began so many minutes before 14:00. */
const session = (role: string, name: string, key: string, began: number) => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE${role.toUpperCase()}:${name}`,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
  accountId: ACCOUNT,
  ...(key !== '' && { accessKeyId: key }),
  sessionContext: {
    sessionIssuer: { type: 'Role', userName: role, arn: `arn:aws:iam::${ACCOUNT}:role/${role}`, accountId: ACCOUNT },
    attributes: { creationDate: clock(began), mfaAuthenticated: 'false' },
  },
});

const user = (name: string) => ({
  type: 'IAMUser',
  arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
  accountId: ACCOUNT,
  accessKeyId: `AKIAEXAMPLE${name.toUpperCase()}`,
  userName: name,
});

/** AssumeRole, by somebody; `key` '': the answer was left out of the record. */
const assumeRole = (minute: number, by: object, role: string, name: string, key: string, ip = '203.0.113.9') =>
  record(minute, {
    userIdentity: by,
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    sourceIPAddress: ip,
    requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`, roleSessionName: name },
    responseElements:
      key === ''
        ? null
        : {
            credentials: { accessKeyId: key, sessionToken: 'x', expiration: 'x' },
            assumedRoleUser: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}` },
          },
  });

async function sessionOfNewest(
  records: readonly object[],
  size: { columns?: number; rows?: number } = {},
): Promise<OpenExplorer> {
  app = openExplorer(recordsSource(records), size);
  await app.until(records.length === 1 ? '1 event' : `${records.length} events`);
  app.press('g', 's');
  await app.until(/ Session: /);
  return app;
}

test('from a role by way of another to a user, and to the events of each and back', async () => {
  const app = await sessionOfNewest([
    record(1, { userIdentity: session('prod', 'job', 'ASIAEXAMPLETWO', 20), errorCode: 'AccessDenied' }),
    record(5, { userIdentity: session('prod', 'job', 'ASIAEXAMPLETWO', 20), sourceIPAddress: '198.51.100.7' }),
    assumeRole(20, session('build', 'job', 'ASIAEXAMPLEONE', 30), 'prod', 'job', 'ASIAEXAMPLETWO'),
    assumeRole(30, user('carol'), 'build', 'job', 'ASIAEXAMPLEONE', '198.51.100.44'),
    record(31, { userIdentity: user('dave') }),
  ]);
  await app.until('Session: carol → build → prod');
  const page = app.picture();
  expect(page).toMatch(/carol \(an IAM user\)/);
  expect(page).toMatch(/└ AssumeRole, by its key +198\.51\.100\.44/);
  expect(page).toMatch(/▌ +● prod\/job +\S+ \+1 +05-19 13:40 +2 +1 +19 min/);
  expect(page).not.toContain('dave');
  // The call that began it, among the events of who made it.
  app.press('k');
  await app.until('↵ the call');
  app.press('enter');
  await app.until('/ key:ASIAEXAMPLEONE');
  await app.until(/▌.*AssumeRole/);
  app.press('escape');
  await app.until('Session: carol → build → prod');
  app.press('G', 'enter');
  await app.until('2 of 5 events');
});

test('names and times alone are said to be no more than likely', async () => {
  await sessionOfNewest([
    record(1, { userIdentity: session('prod', 'job', 'ASIAEXAMPLETWO', 20) }),
    assumeRole(20, user('carol'), 'prod', 'job', ''),
  ]);
  await app.until('1 link only likely');
  expect(app.picture()).toMatch(/└ AssumeRole\? same name, same second/);
});

test('a beginning that is not loaded is asked for with what a person can do', async () => {
  await sessionOfNewest([record(1, { userIdentity: session('prod', 'job', 'ASIAEXAMPLETWO', 20) }), record(2)], {
    columns: 160,
  });
  await app.until('the beginning is not loaded');
  expect(app.picture()).toMatch(/\? .*AssumeRole/);
  app.press('g');
  await app.until('↵ search the loaded files');
  app.press('enter');
  await app.until(/0 of 2 events/);
  expect(app.lines()[1]).toMatch(/issued:ASIAEXAMPLETWO/);
  expect(app.lines()[1]).toMatch(/name:AssumeRole/);
  app.press('escape');
  await app.until('the beginning is not loaded');
});

test('records that name each other as their beginning end somewhere', async () => {
  await sessionOfNewest([
    assumeRole(1, session('b', 'x', 'ASIAEXAMPLEB', 2), 'a', 'x', 'ASIAEXAMPLEA'),
    assumeRole(2, session('a', 'x', 'ASIAEXAMPLEA', 1), 'b', 'x', 'ASIAEXAMPLEB'),
  ]);
  await app.until('these records name each other as their beginning');
});

test('what a session began stands under it, the many cut short with their number', async () => {
  const began = Array.from({ length: 30 }, (_, k) =>
    assumeRole(40 + k, user('carol'), 'job', `run-${k}`, `ASIAEXAMPLERUN${k}`),
  );
  const used = Array.from({ length: 30 }, (_, k) =>
    record(100 + k, {
      userIdentity: session('job', `run-${k}`, `ASIAEXAMPLERUN${k}`, 40 + k),
      eventTime: clock(39),
    }),
  );
  await sessionOfNewest([record(1, { userIdentity: user('carol') }), ...began, ...used], { rows: 60 });
  await app.until('and 10 more sessions');
  expect(app.picture()).toMatch(/▌● carol/);
});

test('nobody called: says so', async () => {
  await sessionOfNewest([
    { eventName: 'Odd', eventID: 'odd', eventTime: clock(1), userIdentity: null, eventSource: 'x' },
  ]);
  expect(app.picture()).toContain('does not say');
});

test('a key that several calls handed out says so', async () => {
  await sessionOfNewest(
    [
      record(1, { userIdentity: session('prod', 'job', 'ASIAEXAMPLETWO', 20) }),
      assumeRole(19, user('mallory'), 'prod', 'job', 'ASIAEXAMPLETWO'),
      assumeRole(20, user('carol'), 'prod', 'job', 'ASIAEXAMPLETWO'),
    ],
    { columns: 180 },
  );
  await app.until('1 link only likely');
  expect(app.picture()).toMatch(/1 other call handed out the same key: which one is not certain/);
});

test('a creationDate after the events is not believed', async () => {
  await sessionOfNewest(
    [
      record(1, { userIdentity: session('prod', 'job', 'ASIAEXAMPLETWO', -600) }),
      record(61, { userIdentity: session('prod', 'job', 'ASIAEXAMPLETWO', -600) }),
    ],
    { columns: 160 },
  );
  await app.until(/prod\/job \(its creationDate is later than its events\).* 05-19 12:59 .* 1 h/);
});
