// What the pages of sessions say of who is behind one, and of callers that have none.

import { afterEach, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer;
afterEach(async () => {
  app.press('ctrl+c');
  await app.ended.catch(() => {});
  app.dispose();
});

const ACCOUNT = '111122223333';
const clock = (minute: number) =>
  new Date(Date.UTC(2026, 4, 19, 14) - minute * 60_000).toISOString().replace('.000', '');

const roleArn = (role: string) =>
  role.startsWith('AWSReservedSSO_')
    ? `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${role}`
    : `arn:aws:iam::${ACCOUNT}:role/${role}`;

const session = (role: string, name: string, key: string, began: number) => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE${role.toUpperCase()}:${name}`,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
  accountId: ACCOUNT,
  accessKeyId: key,
  sessionContext: {
    sessionIssuer: { type: 'Role', userName: role, arn: roleArn(role), accountId: ACCOUNT },
    attributes: { creationDate: clock(began), mfaAuthenticated: 'false' },
  },
});

const carol = {
  type: 'IAMUser',
  arn: `arn:aws:iam::${ACCOUNT}:user/carol`,
  accountId: ACCOUNT,
  accessKeyId: 'AKIAEXAMPLECAROL',
  userName: 'carol',
};

const begins = (call: string, minute: number, by: object, role: string, name: string, key: string) =>
  record(minute, {
    userIdentity: by,
    eventSource: 'sts.amazonaws.com',
    eventName: call,
    requestParameters: {
      roleArn: roleArn(role),
      roleSessionName: name,
      principalArn: `arn:aws:iam::${ACCOUNT}:saml-provider/AWSSSO_example_DO_NOT_DELETE`,
    },
    responseElements: {
      credentials: { accessKeyId: key, sessionToken: 'x', expiration: 'x' },
      assumedRoleUser: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}` },
    },
  });

test('the list of sessions names the person, and puts callers without one below', async () => {
  app = openExplorer(
    recordsSource([
      record(1, { userIdentity: carol }),
      record(50, { userIdentity: carol }),
      record(3, { userIdentity: session('prod', 'job', 'ASIAEXAMPLEONE', 20), errorCode: 'AccessDenied' }),
      begins('AssumeRole', 20, carol, 'prod', 'job', 'ASIAEXAMPLEONE'),
    ]),
  );
  await app.until(/carol → prod\/job/);
  app.press(':');
  app.type('sessions');
  app.press('enter');
  await app.until('1 session, 1 caller without one of 4 events');
  const rows = app.lines().filter((line) => /^[▌ ]carol/.test(line));
  expect(rows[0]).toMatch(/^▌carol → prod\/job +\S+ +05-19 13:40 +1 +1 +17 min/);
  expect(rows[1]).toMatch(/^ carol +\S+ +3$/);
  app.press('escape');
  await app.until(/▌.* name|↵ open/);
  app.press('X');
  await app.until(/1 .*carol → prod\/job/);
});

test('of a call that began a session the page shows that one, however many others there are', async () => {
  const keys = Array.from({ length: 30 }, (_, k) => `ASIAEXAMPLE${k + 10}`);
  app = openExplorer(
    recordsSource([
      ...keys.map((key, k) => begins('AssumeRole', 100 - k, carol, 'job', `run-${k}`, key)),
      ...keys.map((key, k) => record(60 - k, { userIdentity: session('job', `run-${k}`, key, 100 - k) })),
    ]),
    { rows: 60 },
  );
  await app.until('60 events');
  app.press('/');
  app.type('name:AssumeRole issued:ASIAEXAMPLE39');
  app.press('enter');
  await app.until('1 of 60 events');
  app.press('s');
  await app.until(/▌● carol/);
  expect(app.picture()).toMatch(/job\/run-29 /);
  expect(app.picture()).toContain('and 9 more sessions');
});

test('the sign-ins of a person stand before the session that Identity Center handed out', async () => {
  const userId = '906719abcd-11111111-2222-3333-4444-555555555555';
  const set = 'AWSReservedSSO_Analyst_0123456789abcdef';
  const portal = { type: 'IdentityCenterUser', accountId: ACCOUNT, onBehalfOf: { userId, identityStoreArn: 'x' } };
  const signIn = (minute: number) =>
    record(minute, {
      userIdentity: portal,
      eventSource: 'signin.amazonaws.com',
      eventName: 'UserAuthentication',
      eventType: 'AwsServiceEvent',
      sourceIPAddress: '198.51.100.44',
      requestParameters: null,
      additionalEventData: { UserName: 'dave', CredentialType: 'PASSWORD,TOTP' },
      serviceEventDetails: { UserAuthentication: 'Success' },
    });
  const saml = {
    type: 'SAMLUser',
    principalId: 'x:dave',
    userName: 'dave',
    identityProvider: 'x',
  };
  app = openExplorer(
    recordsSource([
      record(1, { userIdentity: session(set, 'dave', 'ASIAEXAMPLEONE', 20), sourceIPAddress: '198.51.100.44' }),
      begins('AssumeRoleWithSAML', 20, saml, set, 'dave', 'ASIAEXAMPLEONE'),
      signIn(22),
      signIn(45),
    ]),
  );
  await app.until('4 events');
  await app.until(/UserAuthentication +signin +dave/);
  app.press('g', 's');
  await app.until(/Session: dave → Analyst/);
  // Persons are looked for while the page may be there already.
  await app.until('UserAuthentication?');
  const page = app.picture();
  expect(page).toMatch(/UserAuthentication\? same person, 2 min before +198\.51\.100\.44 +05-19 13:38/);
  expect(page.match(/UserAuthentication/g)).toHaveLength(1);
  expect(page).toMatch(/▌ *● Analyst\/dave/);
  // Who brings an assertion has no session.
  expect(page).not.toMatch(/^ dave +\S+ +05-19/m);
  app.press('g', 'j');
  await app.until('↵ the sign-in');
  app.press('enter');
  await app.until(/▌.*UserAuthentication/);
});
