// Records that take a second look: a denial with an encoded message, a policy that grants everything, a page of the
// console that makes many calls under several keys, temporary credentials of a user, and a call that a VPC endpoint
// stopped.

import { type Caller, iamUserCaller, isoSeconds, personCaller, userId } from './callers.ts';
import { ACCOUNTS, findPerson, HOME_REGION, INSTANCES, OUTSIDE_ACCOUNT, VPC } from './company.ts';
import { instanceSet } from './ec2-shapes.ts';
import { denial } from './record.ts';
import { signIn } from './scene-access.ts';
import { credentials } from './session-answer.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

const ACCOUNT = ACCOUNTS.prod;
const ENDPOINT = 'vpce-0b7d2e94c1f6a8350';

export function odds(stage: Stage): void {
  encodedDenial(stage);
  everythingAllowed(stage);
  consolePage(stage);
  temporaryUser(stage);
  stoppedByEndpoint(stage);
}

/** EC2 tells why only to whoever may decode it. */
function encodedDenial(stage: Stage): void {
  const start = stage.day(8) + 13 * HOUR + 22 * MINUTE;
  const { side } = stage;
  const carol = personCaller(side, findPerson('carol'), 'prod', start - 10 * MINUTE);
  const [, instance] = INSTANCES.batch;
  const resource = `arn:aws:ec2:${HOME_REGION}:${ACCOUNT}:instance/${instance}`;
  const encoded = encodedMessage(ACCOUNT, {
    allowed: false,
    explicitDeny: false,
    matchedStatements: { items: [] },
    failures: { items: [] },
    context: {
      principal: { arn: carol.identity.arn },
      action: 'ec2:StartInstances',
      resource,
      conditions: { items: [] },
    },
  });
  stage.aside(start, carol, 'ec2', 'StartInstances', {
    writes: true,
    request: instanceSet(instance),
    error: [
      'Client.UnauthorizedOperation',
      `You are not authorized to perform this operation. ${denial(carol, 'ec2:StartInstances', resource, 'no policy')}. ` +
        `Encoded authorization failure message: ${encoded}`,
    ],
  });
}

/** As the tests' STS decodes it: AWS alone can make a real one. */
function encodedMessage(account: string, message: object): string {
  return Buffer.from(`${account} ${JSON.stringify(message)}`).toString('base64url');
}

/** In a hurry: the new version of a pipeline's policy allows every action on everything, and an hour later the old one. */
function everythingAllowed(stage: Stage): void {
  const start = stage.day(9) + 16 * HOUR + 41 * MINUTE;
  const katharina = personCaller(stage.side, findPerson('katharina'), 'prod', start - 20 * MINUTE);
  const policyArn = `arn:aws:iam::${ACCOUNT}:policy/shop-deploy`;
  stage.aside(start, katharina, 'iam', 'CreatePolicyVersion', {
    writes: true,
    request: {
      policyArn,
      policyDocument: JSON.stringify(
        { Version: '2012-10-17', Statement: [{ Sid: 'temporary', Effect: 'Allow', Action: '*', Resource: '*' }] },
        null,
        2,
      ),
      setAsDefault: true,
    },
    response: {
      policyVersion: { versionId: 'v7', isDefaultVersion: true, createDate: isoSeconds(start) },
    },
  });
  stage.aside(start + 65 * MINUTE, katharina, 'iam', 'SetDefaultPolicyVersion', {
    writes: true,
    request: { policyArn, versionId: 'v6' },
  });
}

/** alice opens the list of instances: one click, and a call for each part of the page, under keys of the same sign-in. */
function consolePage(stage: Stage): void {
  const start = stage.day(1) + 10 * HOUR + 14 * MINUTE;
  const { side } = stage;
  const alice = personCaller(side, findPerson('alice'), 'prod', start);
  const { accessKeyId: _, ...withoutKey } = alice.identity;
  stage.aside(start + 20_000, alice, 'ec2', 'DescribeRegions', { request: { regionSet: {} } });
  signIn(stage, start + 4000, { ...alice, identity: withoutKey }, 'No', 'Success');
  const click = start + 3 * MINUTE;
  const calls: readonly (readonly [service: string, name: string, request: unknown])[] = [
    ['ec2', 'DescribeInstances', { maxResults: 1000, instancesSet: {}, filterSet: {} }],
    ['ec2', 'DescribeInstanceStatus', { instancesSet: {}, filterSet: {}, includeAllInstances: true }],
    ['ec2', 'DescribeTags', { filterSet: {} }],
    ['ec2', 'DescribeAddresses', { publicIpsSet: {}, filterSet: {} }],
    ['cloudwatch', 'DescribeAlarms', { maxRecords: 100 }],
    ['autoscaling', 'DescribeAutoScalingInstances', { maxRecords: 50 }],
    ['compute-optimizer', 'GetEnrollmentStatus', null],
  ];
  for (const [index, [service, name, request]] of calls.entries()) {
    const key = `ASIA${side.base32(16)}`;
    // The console draws such keys without a call that trails record.
    stage.begun.add(key);
    const part: Caller = { ...alice, identity: { ...alice.identity, accessKeyId: key } };
    stage.aside(click + (index > 4 ? 1000 : 0), part, service, name, { request });
  }
}

/** A user exchanges their key and an MFA code for a session. */
function temporaryUser(stage: Stage): void {
  const start = stage.day(12) + 14 * HOUR + 20 * MINUTE;
  const { side } = stage;
  const user = iamUserCaller('dev', 'contractor', 'AKIAEXAMPLE7CONTRA23', '198.51.100.12');
  const accessKeyId = `ASIA${side.base32(16)}`;
  stage.aside(start, user, 'sts', 'GetSessionToken', {
    request: { durationSeconds: 43_200, serialNumber: `arn:aws:iam::${ACCOUNTS.dev}:mfa/contractor` },
    response: { credentials: credentials(accessKeyId, start + 12 * HOUR) },
  });
  const attributes = { creationDate: isoSeconds(start), mfaAuthenticated: 'true' };
  const session: Caller = {
    ...user,
    identity: { ...user.identity, accessKeyId, sessionContext: { sessionIssuer: {}, attributes } },
  };
  const tick = clock(side, start);
  stage.aside(tick(20), session, 's3', 'ListBuckets', { request: { Host: 's3.amazonaws.com' } });
  stage.aside(tick(50), session, 'ecr', 'GetAuthorizationToken', {});
  stage.aside(tick(90), session, 'ecr', 'DescribeRepositories', { request: { maxResults: 100 } });
}

/** Somebody of another account tries to write into their own bucket from inside the company's network. */
function stoppedByEndpoint(stage: Stage): void {
  const time = stage.day(4) + 21 * HOUR + 33 * MINUTE;
  const { side } = stage;
  stage.put(
    time,
    JSON.stringify({
      eventVersion: '1.11',
      userIdentity: {
        type: 'AWSAccount',
        principalId: userId(OUTSIDE_ACCOUNT, 'uploader'),
        accountId: OUTSIDE_ACCOUNT,
      },
      eventTime: isoSeconds(time),
      eventSource: 's3.amazonaws.com',
      eventName: 'PutObject',
      awsRegion: HOME_REGION,
      sourceIPAddress: '10.20.4.17',
      errorCode: 'VpceAccessDenied',
      errorMessage: 'The request was denied due to a VPC endpoint policy',
      requestParameters: { bucketName: 'example-elsewhere', key: 'customers.tar.gz' },
      responseElements: null,
      additionalEventData: { vpcId: VPC },
      requestID: side.uuid(),
      eventID: side.uuid(),
      readOnly: false,
      resources: [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::example-elsewhere/customers.tar.gz' }],
      eventType: 'AwsVpceEvent',
      recipientAccountId: ACCOUNT,
      sharedEventID: side.uuid(),
      vpcEndpointId: ENDPOINT,
      vpcEndpointAccountId: ACCOUNT,
      eventCategory: 'NetworkActivity',
    }),
  );
}
