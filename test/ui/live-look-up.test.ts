// Enter on what the session page lacks, of an account's event history: CloudTrail is the simulator's, over real HTTP.

import { afterEach, expect, test } from 'vitest';
import { createEventHistory } from '../../src/sources/event-history/event-history.ts';
import type { HistoryRange } from '../../src/sources/live-source.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../helpers/cloudtrail-server/server.ts';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const HOUR = 3_600_000;
const OWN_KEY = 'AKIAIOSFODNN7EXAMPLE';
const SESSION_KEY = 'ASIAEXAMPLEAUDIT0001';
const SIZE = { columns: 150, rows: 40 };

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

const isoOf = (ms: number) => new Date(ms).toISOString().replace(/\.\d+/, '');

/** A call with the session's key, and the call that handed it out. */
function recordsOf(now: number, account = ACCOUNT) {
  const [made, used] = [now - 6 * HOUR, now - HOUR];
  const arn = `arn:aws:sts::${account}:assumed-role/Audit/weekly`;
  const call = record(0, {
    eventTime: isoOf(used),
    eventID: crypto.randomUUID(),
    eventName: 'GetCredentialReport',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEAUDIT:weekly',
      arn,
      accountId: account,
      accessKeyId: SESSION_KEY,
      sessionContext: { attributes: { creationDate: isoOf(made), mfaAuthenticated: 'false' } },
    },
  });
  const began = record(0, {
    eventTime: isoOf(made),
    eventID: crypto.randomUUID(),
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::${account}:user/carol`,
      accountId: account,
      accessKeyId: 'AKIAEXAMPLECAROL',
      userName: 'carol',
    },
    requestParameters: { roleArn: `arn:aws:iam::${account}:role/Audit`, roleSessionName: 'weekly' },
    responseElements: { credentials: { accessKeyId: SESSION_KEY }, assumedRoleUser: { arn } },
  });
  return { call, began };
}

async function sessionPage(
  now: number,
  {
    at,
    regions,
    account = ACCOUNT,
  }: { readonly at: string; readonly regions: readonly string[]; readonly account?: string },
): Promise<{ readonly app: OpenExplorer; readonly server: CloudTrailServer }> {
  server = await startCloudTrailServer({ accounts: [{ id: ACCOUNT, accessKeyId: OWN_KEY }] });
  const { call, began } = recordsOf(now, account);
  server.add(ACCOUNT, 'us-east-1', [{ ...call, awsRegion: 'us-east-1' }]);
  server.add(ACCOUNT, at, [{ ...began, awsRegion: at }]);
  const range: HistoryRange = { kind: 'span', from: now - 3 * HOUR, to: null };
  const source = createEventHistory({
    scope: { profiles: [null], regions, isInsights: false },
    range,
    attribute: null,
    cache: null,
    requestsPerSecond: 50,
    env: {
      ...(process.env as Record<string, string>),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: OWN_KEY,
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_ENDPOINT_URL: server.url,
    },
  });
  app = openExplorer(source, { ...SIZE, now: () => now });
  await app.until('GetCredentialReport');
  await app.until(/ 1 event /);
  app.press('/');
  app.type('key:ASIA*');
  app.press('enter');
  await app.until('1/1');
  app.press('s');
  await app.until(/\? AssumeRole of .* is not loaded/);
  app.press('k');
  await app.until(/▌\? AssumeRole/);
  return { app, server };
}

const asksOf = ({ requests }: CloudTrailServer) =>
  requests
    .filter(({ operation }) => operation === 'LookupEvents')
    .map(({ region, parameters }) => ({ region, attributes: parameters.LookupAttributes }));

test('it is found before the chosen range, in another Region of those chosen, and the page shows the link', async () => {
  const now = Date.now();
  const { app, server } = await sessionPage(now, { at: 'eu-west-1', regions: ['us-east-1', 'eu-west-1'] });
  server.clearRequests();
  // The list has a search, and gets more events meanwhile: neither ends it.
  app.press('enter');
  await app.until(/looking for AssumeRole around .* in us-east-1, eu-west-1 …|found: AssumeRole/);
  await app.until(/found: AssumeRole of .* in eu-west-1/);
  const page = await app.until('by its key');
  expect(page).toContain('Session: carol → Audit');
  expect(page).not.toContain('is not loaded');
  const attributes = [{ AttributeKey: 'EventName', AttributeValue: 'AssumeRole' }];
  expect(asksOf(server)).toContainEqual({ region: 'eu-west-1', attributes });
  // The chosen range is what the list is of again.
  app.press('escape');
  await app.until(/GetCredentialReport/);
  await app.until('last 3 h');
});

test('where no chosen Region has it, the next ones are named', async () => {
  const now = Date.now();
  const { app } = await sessionPage(now, { at: 'eu-west-1', regions: ['us-east-1'] });
  app.press('enter');
  await app.until('AssumeRole is not in us-east-1: Esc, then R adds other Regions');
  expect(app.picture()).toMatch(/\? AssumeRole of .* is not loaded/);
});

test('an account that is not chosen is named first', async () => {
  const now = Date.now();
  const { app } = await sessionPage(now, { at: 'ap-south-1', regions: ['us-east-1', 'eu-west-1'], account: OTHER });
  app.press('enter');
  await app.until(`AssumeRole is not in us-east-1, eu-west-1: Esc, then P adds a profile of account ${OTHER}; R adds`);
});

test('of files, the row searches what is loaded, and the empty list repeats what is needed', async () => {
  const { call } = recordsOf(Date.UTC(2026, 4, 20));
  app = openExplorer(recordsSource([call]), SIZE);
  await app.until('1 event');
  app.press('s');
  await app.until(/\? AssumeRole of/);
  app.press('k');
  await app.until('search the loaded files');
  app.press('enter');
  const screen = await app.until('No match for');
  expect(screen.replace(/\s+/g, ' ')).toContain(`it is in the trail or event history of account ${ACCOUNT}`);
  app.press('escape');
  await app.until('Session: ? → Audit');
});
