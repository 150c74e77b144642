// The attack to find, eight days before the end, at night. An access key of a forgotten IAM user leaks; somebody
// abroad looks around with it, makes a user of their own, tries to blind the trail (and is denied), starts large
// instances in a Region nobody uses, and takes the customer database along as a shared snapshot. In the morning erin
// finds it and cleans up.

import { type Caller, iamUserCaller, isoSeconds, serviceCaller, userId } from './callers.ts';
import {
  ACCOUNTS,
  BUCKETS,
  DATABASE_VOLUME,
  HOME_REGION,
  LOG_BUCKET,
  OUTSIDE_ACCOUNT,
  SECRETS,
  TRAIL,
  UNUSED_REGION,
} from './company.ts';
import { ingressRequest, ingressResponse, runRequest, runResponse } from './ec2-shapes.ts';
import { denial } from './record.ts';
import { cleanUp } from './scene-cleanup.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

const ACCOUNT = ACCOUNTS.prod;
const LEAKED_USER = 'deploy-legacy';
const LEAKED_KEY = 'AKIAEXAMPLE7LEAKED22';
const ATTACKER_ADDRESS = '198.51.100.230';
const NEW_USER = 'svc-backup2';
const NEW_KEY = 'AKIAEXAMPLE7PERSIST5';
const AGENT = 'Boto3/1.40.12 md/Botocore#1.40.12 ua/2.1 os/linux#6.11.2-amd64 lang/python#3.12.6';
const TRAIL_ARN = `arn:aws:cloudtrail:${HOME_REGION}:${ACCOUNT}:trail/${TRAIL}`;
const BIG = 'p4d.24xlarge';

export function attackScene(stage: Stage): void {
  const night = stage.day(7) + 2 * HOUR + 11 * MINUTE;
  const leaked = iamUserCaller('prod', LEAKED_USER, LEAKED_KEY, ATTACKER_ADDRESS, AGENT);
  const tick = clock(stage.random, night);
  lookAround(stage, leaked, tick);
  settleIn(stage, leaked, tick);
  const own = iamUserCaller('prod', NEW_USER, NEW_KEY, ATTACKER_ADDRESS, AGENT);
  blindTheTrail(stage, own, tick);
  const instances = mine(stage, own, tick);
  takeData(stage, own, tick);
  cleanUp(
    stage,
    { userName: LEAKED_USER, accessKeyId: LEAKED_KEY },
    { userName: NEW_USER, accessKeyId: NEW_KEY },
    instances,
  );
}

type Tick = (seconds: number) => number;

function lookAround(stage: Stage, caller: Caller, tick: Tick): void {
  stage.call(tick(1), caller, 'sts', 'GetCallerIdentity', { region: 'us-east-1' });
  for (const name of ['ListUsers', 'ListRoles', 'ListGroups', 'GetAccountSummary', 'ListAttachedUserPolicies']) {
    stage.call(tick(9), caller, 'iam', name, {
      request: name === 'ListAttachedUserPolicies' ? { userName: LEAKED_USER } : { maxItems: 1000 },
    });
  }
  stage.call(tick(8), caller, 'iam', 'GetAccountAuthorizationDetails', {
    error: ['AccessDenied', denial(caller, 'iam:GetAccountAuthorizationDetails', '*', 'no policy')],
  });
  stage.call(tick(12), caller, 's3', 'ListBuckets', { region: 'us-east-1', request: { Host: 's3.amazonaws.com' } });
  for (const bucketName of [...BUCKETS, LOG_BUCKET]) {
    stage.call(tick(3), caller, 's3', 'GetBucketPolicy', {
      request: { bucketName, policy: '' },
      resources: [{ accountId: ACCOUNT, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` }],
    });
  }
  stage.call(tick(6), caller, 'secretsmanager', 'ListSecrets', { request: { maxResults: 100 } });
  for (const region of [HOME_REGION, 'eu-central-1', UNUSED_REGION, 'us-east-1']) {
    stage.call(tick(4), caller, 'ec2', 'DescribeInstances', { region, request: { maxResults: 1000, filterSet: {} } });
    stage.call(tick(2), caller, 'ec2', 'DescribeVolumes', { region, request: { maxResults: 1000, filterSet: {} } });
  }
  for (const name of ['DescribeInstances', 'DescribeVolumes']) {
    stage.call(tick(3), caller, 'ec2', name, {
      region: 'us-west-2',
      error: [
        'Client.UnauthorizedOperation',
        `You are not authorized to perform this operation. ${denial(caller, `ec2:${name}`, '*', 'service control policy')}`,
      ],
    });
  }
}

function settleIn(stage: Stage, caller: Caller, tick: Tick): void {
  const arn = `arn:aws:iam::${ACCOUNT}:user/${NEW_USER}`;
  const created = tick(240);
  stage.call(created, caller, 'iam', 'CreateUser', {
    writes: true,
    request: { userName: NEW_USER },
    response: { user: { path: '/', userName: NEW_USER, userId: userId(ACCOUNT, NEW_USER), arn } },
  });
  stage.call(tick(7), caller, 'iam', 'AttachUserPolicy', {
    writes: true,
    request: { userName: NEW_USER, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  });
  stage.call(tick(5), caller, 'iam', 'CreateAccessKey', {
    writes: true,
    request: { userName: NEW_USER },
    response: { accessKey: { userName: NEW_USER, accessKeyId: NEW_KEY, status: 'Active' } },
  });
  stage.call(tick(14), caller, 'iam', 'CreateLoginProfile', {
    writes: true,
    request: { userName: NEW_USER, passwordResetRequired: false },
    error: ['AccessDenied', denial(caller, 'iam:CreateLoginProfile', arn, 'explicit deny')],
  });
}

function blindTheTrail(stage: Stage, caller: Caller, tick: Tick): void {
  stage.call(tick(60), caller, 'cloudtrail', 'DescribeTrails', {});
  for (const name of ['StopLogging', 'DeleteTrail', 'PutEventSelectors', 'UpdateTrail']) {
    stage.call(tick(11), caller, 'cloudtrail', name, {
      writes: true,
      request: name === 'PutEventSelectors' ? { trailName: TRAIL, eventSelectors: [] } : { name: TRAIL },
      error: ['AccessDenied', denial(caller, `cloudtrail:${name}`, TRAIL_ARN, 'service control policy')],
    });
  }
  stage.call(tick(20), caller, 'guardduty', 'ListDetectors', {});
}

function mine(stage: Stage, caller: Caller, tick: Tick): readonly string[] {
  const { random } = stage;
  const region = UNUSED_REGION;
  const groupId = `sg-${random.hex(17)}`;
  const subnetId = `subnet-${random.hex(17)}`;
  const vpcId = `vpc-${random.hex(17)}`;
  const imageId = `ami-${random.hex(17)}`;
  stage.call(tick(40), caller, 'ec2', 'CreateKeyPair', {
    region,
    writes: true,
    request: { keyName: 'k1', keyType: 'rsa', keyFormat: 'pem' },
    response: { keyName: 'k1', keyPairId: `key-${random.hex(17)}`, keyMaterial: '<sensitiveDataRemoved>' },
  });
  stage.call(tick(9), caller, 'ec2', 'CreateSecurityGroup', {
    region,
    writes: true,
    request: { groupName: 'k1', groupDescription: 'k1', vpcId },
    response: { _return: true, groupId },
  });
  stage.call(tick(6), caller, 'ec2', 'AuthorizeSecurityGroupIngress', {
    region,
    writes: true,
    request: ingressRequest(groupId, 22, '0.0.0.0/0'),
    response: ingressResponse(ACCOUNT, groupId, `sgr-${random.hex(17)}`, 22, '0.0.0.0/0'),
  });
  const insight = tick(30);
  insights(stage, insight, 'Start');
  const started: string[] = [];
  for (let i = 0; i < 18; i++) {
    const type = i < 4 ? BIG : random.pick(['g5.12xlarge', 'c6i.32xlarge', 'g4dn.12xlarge']);
    const request = runRequest(imageId, type, 2, subnetId, 'k1');
    if (i < 4 || random.chance(0.3)) {
      stage.call(tick(7), caller, 'ec2', 'RunInstances', {
        region,
        writes: true,
        request,
        error:
          i % 2 === 0
            ? [
                'Client.VcpuLimitExceeded',
                'You have requested more vCPU capacity than your current vCPU limit of 192 allows for the instance bucket that the specified instance type belongs to.',
              ]
            : [
                'Server.InsufficientInstanceCapacity',
                `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${region}a).`,
              ],
      });
      continue;
    }
    const ids = [`i-${random.hex(17)}`, `i-${random.hex(17)}`];
    started.push(...ids);
    stage.call(tick(11), caller, 'ec2', 'RunInstances', {
      region,
      writes: true,
      request,
      response: runResponse(ACCOUNT, ids, imageId, type, subnetId, vpcId),
    });
  }
  insights(stage, insight + 14 * MINUTE, 'End');
  return started;
}

/** CloudTrail Insights notices the rate of RunInstances; such events have no caller, no address and no eventName. */
function insights(stage: Stage, time: number, state: 'Start' | 'End'): void {
  const { random } = stage;
  // Insights are told in whole minutes.
  const minute = Math.floor(time / MINUTE) * MINUTE;
  stage.put(
    minute,
    JSON.stringify({
      eventVersion: '1.09',
      eventTime: isoSeconds(minute),
      awsRegion: UNUSED_REGION,
      eventID: random.uuid(),
      eventType: 'AwsCloudTrailInsight',
      recipientAccountId: ACCOUNT,
      sharedEventID: '5d3c1b7e-2f64-4a90-8b15-c07de9a41f68',
      insightDetails: {
        state,
        eventSource: 'ec2.amazonaws.com',
        eventName: 'RunInstances',
        insightType: 'ApiCallRateInsight',
        insightContext: {
          statistics: {
            baseline: { average: 0.0008680556 },
            insight: { average: 1.2857142857 },
            insightDuration: state === 'End' ? 14 : 1,
            baselineDuration: 11520,
          },
          attributions: [
            {
              attribute: 'userIdentityArn',
              insight: [{ value: `arn:aws:iam::${ACCOUNT}:user/${NEW_USER}`, average: 1.2857142857 }],
              baseline: [],
            },
          ],
        },
      },
      eventCategory: 'Insight',
    }),
  );
}

function takeData(stage: Stage, caller: Caller, tick: Tick): void {
  const { random } = stage;
  for (const secretId of SECRETS) {
    stage.call(tick(15), caller, 'secretsmanager', 'GetSecretValue', { request: { secretId } });
  }
  stage.call(tick(6), caller, 'secretsmanager', 'GetSecretValue', {
    request: { secretId: 'prod/vault/root-token' },
    error: [
      'AccessDeniedException',
      denial(caller, 'secretsmanager:GetSecretValue', 'prod/vault/root-token', 'explicit deny'),
    ],
  });
  const snapshotId = `snap-${random.hex(17)}`;
  stage.call(tick(50), caller, 'ec2', 'CreateSnapshot', {
    writes: true,
    request: { volumeId: DATABASE_VOLUME, description: 'tmp' },
    response: {
      snapshotId,
      volumeId: DATABASE_VOLUME,
      status: 'pending',
      ownerId: ACCOUNT,
      volumeSize: '200',
      encrypted: false,
    },
  });
  stage.call(tick(400), caller, 'ec2', 'ModifySnapshotAttribute', {
    writes: true,
    request: {
      snapshotId,
      createVolumePermission: { add: { items: [{ userId: OUTSIDE_ACCOUNT }] } },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    },
    response: { _return: true },
  });
  const copied = tick(300);
  const fromService: Caller = {
    ...serviceCaller('ec2.amazonaws.com'),
    identity: { accountId: ACCOUNT, invokedBy: 'ec2.amazonaws.com' },
  };
  stage.call(copied, fromService, 'ec2', 'SharedSnapshotVolumeCreated', {
    writes: true,
    eventType: 'AwsServiceEvent',
    serviceEvent: { snapshotId },
    sharedEventID: random.uuid(),
  });
  const bucketName = 'example-customer-exports';
  for (let i = 0; i < 24; i++) {
    const key = `exports/2026/customers-${String(i + 1).padStart(3, '0')}.csv.gz`;
    stage.call(tick(2), caller, 's3', 'GetObject', {
      isData: true,
      request: { bucketName, key, Host: `${bucketName}.s3.${HOME_REGION}.amazonaws.com` },
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucketName}/${key}` },
        { accountId: ACCOUNT, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` },
      ],
    });
  }
}
