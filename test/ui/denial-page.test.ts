// `b`: why an event was denied. STS is the simulator's, over real HTTP, where the page asks it.

import { afterEach, expect, test } from 'vitest';
import { createEventHistory } from '../../src/sources/event-history/event-history.ts';
import { decodeCommand } from '../../src/ui/denial-page.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../helpers/cloudtrail-server/server.ts';
import { encodedMessage } from '../helpers/cloudtrail-server/sts.ts';
import { fakeLiveSource, fault, lane } from './fake-live-source.ts';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

const ACCOUNT = '111122223333';
const DECODED = {
  allowed: false,
  explicitDeny: true,
  matchedStatements: { items: [{ statementId: 'NoStopAtNight', effect: 'DENY', sourcePolicyId: 'p-example1' }] },
  failures: { items: [] },
  context: {
    principal: { id: 'AIDAEXAMPLE', name: 'carol', arn: 'arn:aws:iam::111122223333:user/carol' },
    action: 'ec2:StartInstances',
    resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0ab12cd34ef567890',
    conditions: { items: [{ key: 'ec2:ResourceTag/env', values: { items: [{ value: 'prod' }] } }] },
  },
};
const BLOB = encodedMessage(ACCOUNT, DECODED);

let app: OpenExplorer | null = null;
let server: CloudTrailServer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
  await server?.close();
  server = null;
});

const denied = (blob: string) =>
  record(1, {
    eventName: 'StartInstances',
    errorCode: 'Client.UnauthorizedOperation',
    errorMessage: `You are not authorized to perform this operation. Encoded authorization failure message: ${blob}`,
  });

/** What the terminal was given for its clipboard last (OSC 52). */
function copied({ rawOutput }: OpenExplorer): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence is made of them
  const sent = [...rawOutput().matchAll(/\u001b\]52;c;([A-Za-z0-9+/=]*)\u0007/g)].at(-1)?.[1] ?? '';
  return Buffer.from(sent, 'base64').toString();
}

const SIZE = { columns: 120, rows: 40 };

test('a message in words is shown as it is, and what was not denied is said to be so', async () => {
  const errorMessage =
    'User: arn:aws:iam::111122223333:user/carol is not authorized to perform: ec2:StopInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-1 with an explicit deny in a service control policy: arn:aws:organizations::444455556666:policy/o-example/service_control_policy/p-example';
  app = openExplorer(recordsSource([record(1, { errorCode: 'AccessDenied', errorMessage }), record(2)]), SIZE);
  await app.until('2 events');
  app.press('b');
  const screen = await app.until('Why it was denied');
  expect(screen).toMatch(/denied +explicit deny in a service control policy/);
  expect(screen).toMatch(/policy +arn:aws:organizations::444455556666/);
  expect(screen).toMatch(/action +ec2:StopInstances/);
  app.press('escape');
  await app.until((text) => !text.includes('Why it was denied'));
  app.press('j');
  app.press('b');
  await app.until('this event was not denied');
});

test('of files, the page has the command that asks STS', async () => {
  app = openExplorer(recordsSource([denied(BLOB)]), SIZE);
  await app.until('1 event');
  app.press('b');
  const screen = await app.until('aws sts decode-authorization-message --region eu-west-1');
  expect(screen).toContain('the permission sts:DecodeAuthorizationMessage in account 111122223333');
  app.press('y');
  await app.until('copied: the command');
  expect(copied(app)).toBe(decodeCommand({ text: BLOB, region: 'eu-west-1', accounts: [] }, null));
});

test('a message whose end CloudTrail cut off cannot be decoded', async () => {
  app = openExplorer(recordsSource([denied('a'.repeat(1100))]), SIZE);
  await app.until('1 event');
  app.press('b');
  await app.until('It cannot be decoded');
});

test('live, STS is asked by a profile of the account, and its answer is read', async () => {
  const key = 'AKIAIOSFODNN7EXAMPLE';
  server = await startCloudTrailServer({ accounts: [{ id: ACCOUNT, accessKeyId: key }] });
  const now = Date.now();
  const eventTime = new Date(now - 3_600_000).toISOString().replace(/\.\d+/, '');
  server.add(null, null, [{ ...denied(BLOB), eventTime, eventID: crypto.randomUUID() }]);
  const env = {
    ...(process.env as Record<string, string>),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: key,
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_ENDPOINT_URL: server.url,
  };
  const source = createEventHistory({
    scope: { profiles: [null], regions: null, isInsights: false },
    range: { kind: 'recent' },
    attribute: null,
    cache: null,
    requestsPerSecond: 50,
    env,
  });
  app = openExplorer(source, { ...SIZE, now: () => now });
  await app.until('StartInstances');
  app.press('b');
  const screen = await app.until('Decoded by STS');
  expect(screen).toMatch(/answer +denied explicitly, by a statement of a policy/);
  expect(screen).toMatch(/by +statement NoStopAtNight \(deny\) of policy p-example1/);
  expect(screen).toMatch(/condition +ec2:ResourceTag\/env = prod/);
  expect(screen).toContain('"explicitDeny": true');
  app.press('y');
  await app.until('copied: the decoded message');
  expect(JSON.parse(copied(app))).toEqual(DECODED);
  expect(server.requests.filter(({ operation }) => operation === 'DecodeAuthorizationMessage')).toMatchObject([
    { account: ACCOUNT, region: 'eu-west-1', error: null },
  ]);

  app.press('escape');
  await app.until((text) => !text.includes('Why it was denied'));
  const message =
    'User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: sts:DecodeAuthorizationMessage';
  server.fail({
    operation: 'DecodeAuthorizationMessage',
    fault: { kind: 'error', name: 'AccessDenied', message, status: 403 },
  });
  app.press('b');
  const refused = await app.until('may not call sts:DecodeAuthorizationMessage');
  expect(refused).toContain('aws sts decode-authorization-message --region eu-west-1');
});

test('a profile of another account is not asked to decode, and a fault is told with the command', async () => {
  const other = fakeLiveSource({ status: { lanes: [lane({ phase: 'done', account: '444455556666' })] } });
  app = openExplorer(other, SIZE);
  await app.until('444455556666');
  await other.give([denied(BLOB)]);
  await app.until('StartInstances');
  app.press('b');
  await app.until('None of the chosen profiles is of account 111122223333');
  expect(other.calls.filter(([name]) => name === 'decodeMessage')).toHaveLength(1);
});

test('what goes wrong is told, with the profile in the command', async () => {
  const expired = fault({ kind: 'expired', message: 'prod: the credentials have expired', next: 'log in again' });
  const source = fakeLiveSource({ status: { lanes: [lane({ phase: 'done' })] }, decoded: expired });
  app = openExplorer(source, SIZE);
  await app.until('eu-west-1');
  await source.give([denied(BLOB)]);
  await app.until('StartInstances');
  app.press('b');
  const screen = await app.until('prod: the credentials have expired (log in again)');
  expect(screen).toContain('--profile prod --region eu-west-1');
});

test('hostile values stand in the command as one word each, or not at all', () => {
  const message = { text: "a'; rm -rf /", region: 'eu-west-1; reboot', accounts: [] };
  const command = decodeCommand(message, "it's");
  expect(command).not.toContain('--region');
  expect(command).toContain(`--profile 'it'\\''s'`);
  expect(command.endsWith(`--encoded-message 'a'\\''; rm -rf /'`)).toBe(true);
});

test('where STS cannot read the message, the other account is named, and no permission that was not wanting', async () => {
  const unreadable = fault({
    kind: 'request',
    name: 'InvalidAuthorizationMessageException',
    message: 'prod: STS cannot read this message: it is cut off, changed, or of a call in another account',
  });
  const source = fakeLiveSource({ status: { lanes: [lane({ phase: 'done' })] }, decoded: unreadable });
  app = openExplorer(source, SIZE);
  await app.until('eu-west-1');
  await source.give([
    { ...denied(BLOB), userIdentity: { type: 'AWSAccount', accountId: ACCOUNT }, recipientAccountId: '444455556666' },
  ]);
  await app.until('StartInstances');
  app.press('b');
  const screen = (await app.until('STS cannot read')).replace(/\s+/g, ' ');
  expect(screen).toContain('ask in account 444455556666, with a profile of it');
  expect(screen).not.toContain('It needs the permission');
});
