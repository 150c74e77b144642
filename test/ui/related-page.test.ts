// `a`: what belongs to the selected event.

import { afterEach, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer;
afterEach(async () => {
  app.press('ctrl+c');
  await app.ended.catch(() => {});
  app.dispose();
});

const identity = (account: string) => ({ type: 'AWSAccount', principalId: 'AROAEXAMPLE:alice', accountId: account });

test('the same action as the other account records it, and what one request caused', async () => {
  const shared = { eventName: 'AssumeRole', eventSource: 'sts.amazonaws.com', sharedEventID: 'a1b2-shared' };
  app = openExplorer(
    recordsSource([
      record(0, { ...shared, requestID: 'one-request' }),
      record(1, { ...shared, userIdentity: identity('111122223333'), recipientAccountId: '444455556666' }),
      record(2, { eventName: 'Decrypt', eventSource: 'kms.amazonaws.com', requestID: 'one-request' }),
      record(3, { eventName: 'Unrelated' }),
    ]),
  );
  await app.until('4 events');
  app.press('g', 'a');
  await app.until('What belongs to AssumeRole');
  await app.until('2 other events');
  const page = app.picture();
  expect(page).toMatch(/same sharedEventID .*● AssumeRole .*111122223333/);
  expect(page).toMatch(/└ .*AssumeRole .*444455556666/);
  expect(page).toMatch(/same requestID/);
  expect(page).toMatch(/Decrypt/);
  expect(page).not.toContain('Unrelated');
  // Enter: those events, with the cursor on the row's.
  app.press('j', 'enter');
  await app.until('2 of 4 events');
  expect(app.lines()[1]).toContain('sharedEventID:a1b2-shared');
  await app.until(/▌.*AssumeRole/);
  expect(app.picture()).toContain('2/2');
});

test('the calls of one click stand under the one that changed something', async () => {
  const click = (second: number, eventName: string, readOnly: boolean) =>
    record(0, {
      eventName,
      readOnly,
      eventID: `click-${second}-${eventName}`,
      requestID: `request-${second}-${eventName}`,
      eventTime: `2026-05-19T13:00:${String(second).padStart(2, '0')}Z`,
      sessionCredentialFromConsole: 'true',
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
        // The console draws a key for each of its services.
        accessKeyId: `ASIAEXAMPLE${eventName.toUpperCase()}`,
        sessionContext: {
          sessionIssuer: { type: 'Role', userName: 'Admin' },
          attributes: { creationDate: '2026-05-19T12:00:00Z', mfaAuthenticated: 'true' },
        },
      },
    });
  app = openExplorer(
    recordsSource([
      click(10, 'DescribeVpcs', true),
      click(11, 'StopInstances', false),
      click(12, 'DescribeInstanceStatus', true),
      click(30, 'DescribeImages', true),
    ]),
  );
  await app.until('4 events');
  app.press('/');
  app.type('name:DescribeVpcs');
  app.press('enter', 'a');
  await app.until('one click in the console, likely');
  const page = app.picture();
  expect(page).toMatch(/likely .*StopInstances/);
  expect(page).toMatch(/└ .*● DescribeVpcs/);
  expect(page).toMatch(/└ .*DescribeInstanceStatus/);
  expect(page).not.toContain('DescribeImages');
});

test('nothing belongs to it: says what was looked for', async () => {
  app = openExplorer(recordsSource([record(0), { eventID: 'x', eventName: 'Odd', eventTime: 7 }]));
  await app.until('2 events');
  app.press('G', 'a');
  await app.until('What belongs to');
  await app.until('No other event that is loaded has its sharedEventID or requestID');
});

const consoleCall = (second: number, id: string, changes: object = {}) =>
  record(0, {
    eventID: id,
    requestID: `request-${id}`,
    eventTime: `2026-05-19T13:00:${String(second).padStart(2, '0')}Z`,
    sessionCredentialFromConsole: 'true',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      accessKeyId: `ASIAEXAMPLE${id}`,
      sessionContext: { attributes: { creationDate: '2026-05-19T12:00:00Z', mfaAuthenticated: 'true' } },
    },
    ...changes,
  });

test('a click of very many calls is told around its event, which is among them, and counts all', async () => {
  const calls = Array.from({ length: 1500 }, (_, k) => consoleCall(20 + Math.floor(k / 100), `BUSY${k}`));
  app = openExplorer(recordsSource(calls));
  await app.until('1,500 events');
  app.press('G', 'a');
  await app.until('one click in the console, likely');
  const page = app.picture();
  expect(page).toContain('499 other events · 1,000 more are not listed');
  expect(app.lines().find((line) => line.includes('▌'))).toContain('● DescribeInstances');
  app.press('enter');
  await app.until('1,500 of 1,500');
});

test('calls of a command line with credentials of the same sign-in are no part of a click', async () => {
  const cli = { sessionCredentialFromConsole: undefined, userAgent: 'aws-cli/2', eventName: 'DeleteBucket' };
  app = openExplorer(
    recordsSource([consoleCall(10, 'ONE'), consoleCall(11, 'TWO', cli), consoleCall(11, 'THREE'), record(9)]),
  );
  await app.until('4 events');
  app.press('G', 'a');
  await app.until('1 other event ');
  expect(app.picture()).not.toContain('DeleteBucket');
});

test('lists noise while it is hidden, and Enter shows what the page has listed', async () => {
  app = openExplorer(
    recordsSource([consoleCall(10, 'ONE', { readOnly: false, eventName: 'StopInstances' }), consoleCall(10, 'TWO')]),
    { columns: 160 },
  );
  await app.until('2 events');
  app.press('n');
  await app.until('1 of 2 events');
  app.press('a');
  await app.until('1 other event ');
  app.press('enter');
  await app.until(/noise is shown|shows noise|noise shown/);
  await app.until('2 of 2');
});

test('a click of before the records said so is told by the user agent', async () => {
  const old = { sessionCredentialFromConsole: undefined, userAgent: 'console.amazonaws.com' };
  app = openExplorer(
    recordsSource([
      consoleCall(10, 'ONE', old),
      consoleCall(11, 'TWO', { ...old, eventName: 'StopInstances', readOnly: false }),
      consoleCall(11, 'CLI', { ...old, userAgent: 'aws-cli/2', eventName: 'DeleteBucket' }),
    ]),
    { columns: 160 },
  );
  await app.until('3 events');
  app.press('G', 'a');
  const page = await app.until('one click, likely, by the user agent');
  expect(page).toMatch(/user agent .*StopInstances/);
  expect(page).not.toContain('DeleteBucket');
});
