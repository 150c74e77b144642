// WHO of events whose userIdentity tells nobody: whatever else the record holds to show.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readHere } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailx-who-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const base = { eventVersion: '1.11', eventTime: '2026-05-19T14:02:00Z', awsRegion: 'eu-west-1' };

async function cellsOf(record: object): Promise<{ readonly who: string; readonly user: string }> {
  const path = join(folder, 'event.json');
  writeFileSync(path, JSON.stringify({ Records: [{ ...base, eventID: 'w-1', ...record }] }));
  const { rows } = await readHere([path]);
  expect(rows).toHaveLength(1);
  return { who: rows[0]?.who ?? '', user: rows[0]?.user ?? '' };
}

const signIn = { eventType: 'AwsServiceEvent', eventSource: 'sso.amazonaws.com', eventName: 'UserAuthentication' };

test.each([
  [
    'a service event is of its service',
    { eventType: 'AwsServiceEvent', eventSource: 'kms.amazonaws.com' },
    'kms.amazonaws.com',
  ],
  [
    'an Insights event that names nobody is of nobody',
    {
      eventType: 'AwsCloudTrailInsight',
      insightDetails: { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
    },
    '',
  ],
  [
    'an Insights event is of whom it puts most of the unusual calls down to',
    {
      eventType: 'AwsCloudTrailInsight',
      insightDetails: {
        insightContext: {
          attributions: [
            { attribute: 'userAgent', insight: [{ value: 'aws-cli', average: 9 }] },
            {
              attribute: 'userIdentityArn',
              insight: [
                { value: 'arn:aws:iam::111122223333:user/bob', average: 0.5 },
                { value: 'arn:aws:sts::111122223333:assumed-role/Admin/alice', average: 3 },
              ],
            },
          ],
        },
      },
    },
    'Admin/alice',
  ],
  [
    'an Insights event of an old form',
    {
      eventType: 'AWSCloudTrailInsight',
      insightDetails: { attributions: [{ insight: { value: 'some-role', average: 0.8 } }] },
    },
    'some-role',
  ],
  [
    'network activity is of the account of the endpoint',
    { eventType: 'AwsVpceEvent', eventCategory: 'NetworkActivity', vpcEndpointAccountId: '444455556666' },
    '444455556666',
  ],
  [
    'an aggregated event is of its account',
    {
      eventType: 'AwsAggregatedEvent',
      eventCategory: 'Aggregated',
      accountId: '111122223333',
      summary: {},
      timeWindow: {},
    },
    '111122223333',
  ],
  [
    'an account that only received the event did nothing',
    { eventType: 'AwsApiCall', recipientAccountId: '111122223333' },
    '',
  ],
  ['a name in place of the identity', { eventType: 'AwsApiCall', userIdentity: 'alice' }, 'alice'],
  ['an identity as text', { eventType: 'AwsApiCall', userIdentity: '{"type":"IAMUser","userName":"bob"}' }, 'bob'],
  ['a list in place of the identity', { eventType: 'AwsApiCall', userIdentity: ['alice'] }, ''],
  ['a key', { eventType: 'AwsApiCall', userIdentity: { accessKeyId: 'ASIAEXAMPLE000000001' } }, 'ASIAEXAMPLE000000001'],
  ['a type', { eventType: 'AwsApiCall', userIdentity: { type: 'Directory' } }, 'Directory'],
])('%s', async (_, record, who) => {
  expect((await cellsOf(record)).who).toBe(who);
});

test('an Identity Center user is called as the sign-in calls them, not by an id', async () => {
  const userIdentity = {
    type: 'IdentityCenterUser',
    accountId: '111122223333',
    onBehalfOf: { userId: '90676-EXAMPLE', identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1' },
  };
  const named = { ...signIn, userIdentity, additionalEventData: { UserName: 'dave@example.com' } };
  expect(await cellsOf(named)).toEqual({ who: 'dave@example.com', user: 'dave@example.com' });
  expect(await cellsOf({ ...signIn, userIdentity })).toEqual({ who: '90676-EXAMPLE', user: '' });
});

test('a name beside userIdentity is no other than the one in it', async () => {
  const userIdentity = { type: 'IAMUser', userName: 'erin', accountId: '111122223333' };
  const record = {
    ...signIn,
    eventSource: 'signin.amazonaws.com',
    userIdentity,
    additionalEventData: { UserName: 'x' },
  };
  expect(await cellsOf(record)).toEqual({ who: 'erin', user: 'erin' });
  const elsewhere = {
    eventType: 'AwsApiCall',
    eventSource: 'ec2.amazonaws.com',
    additionalEventData: { UserName: 'x' },
  };
  expect(await cellsOf(elsewhere)).toEqual({ who: '', user: '' });
});
