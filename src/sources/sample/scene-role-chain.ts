// Who is nightly-etl? Every night a batch server takes on etl-runner, and from there data-admin in the account that keeps
// the archives; both sessions are called nightly-etl. One evening two sessions of the same names begin at dave's laptop
// instead: he, or somebody with his session, signs in through Identity Center, takes the first role on, carries its key
// to a build host and takes the second one on from there. What it is not allowed is denied by a service control policy;
// the exports and a snapshot leave all the same.

import { type Caller, instanceCaller, personCaller, roleCaller } from './callers.ts';
import {
  ACCOUNTS,
  ARCHIVE_BUCKET,
  ARCHIVE_SNAPSHOT,
  findPerson,
  HOME_REGION,
  INSTANCES,
  OUTSIDE_ACCOUNT,
} from './company.ts';
import { portalSignIn } from './identity-center.ts';
import { type CallDetails, denial, recordText } from './record.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

const ARCHIVES = ACCOUNTS.security;
/** What both sessions are called, whoever begins them. */
const SESSION = 'nightly-etl';
const BUILD_HOST = '203.0.113.177';
const BUILD_AGENT = 'Boto3/1.40.49 md/Botocore#1.40.49 ua/2.1 os/linux#6.1.155 lang/python#3.13.8';
const BATCH_SERVER = '203.0.113.130';
const BATCH_AGENT = 'aws-sdk-java/2.35.6 ua/2.1 os/Linux#6.1.155 lang/java#21.0.8 md/OpenJDK_64-Bit_Server_VM';
/** Denied again and again, so that it stands out among what is denied. */
const ATTEMPTS = 7;

export function roleChain(stage: Stage): void {
  for (let night = 0; night < 12; night++) nightlyJob(stage, stage.day(night) + 2 * HOUR + 30 * MINUTE);
  fromTheLaptop(stage, stage.day(4) + 20 * HOUR + 47 * MINUTE);
}

/** etl-runner, and data-admin taken on from it: what each calls with, and from where. */
function twoRoles(
  stage: Stage,
  by: Caller,
  start: number,
  hop: { readonly after: number; readonly address: string; readonly agent: string },
): { readonly runner: Caller; readonly admin: Caller } {
  const { side } = stage;
  const { address, agent } = hop;
  const runner = { ...roleCaller(side, 'prod', 'etl-runner', SESSION, start, address), agent, by };
  const later = start + hop.after;
  const admin = { ...roleCaller(side, 'security', 'data-admin', SESSION, later, address), agent, by: runner };
  return { runner, admin };
}

/** The job as it should be: a server's role, two sessions, yesterday's exports into the archive. */
function nightlyJob(stage: Stage, start: number): void {
  const { side } = stage;
  const server = instanceCaller(side, 'batch', INSTANCES.batch[1], start - 2 * HOUR);
  const hop = { after: 2 * MINUTE, address: BATCH_SERVER, agent: BATCH_AGENT };
  const { runner, admin } = twoRoles(stage, server, start, hop);
  const tick = clock(side, start);
  stage.aside(tick(3), runner, 'glue', 'StartJobRun', {
    writes: true,
    request: { jobName: 'orders-nightly' },
    response: { jobRunId: `jr_${side.hex(32)}` },
  });
  const later = clock(side, start + hop.after);
  stage.aside(later(2), admin, 's3', 'ListObjects', listing());
  const key = `exports/${new Date(start).toISOString().slice(0, 10)}.csv.gz`;
  stage.aside(later(4), admin, 's3', 'PutObject', { ...archived(key), writes: true });
}

function fromTheLaptop(stage: Stage, start: number): void {
  const { side } = stage;
  const dave = findPerson('dave');
  const laptop: Caller = {
    ...personCaller(side, dave, 'prod', start),
    agent: 'aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/macos#25.0.0 md/arch#arm64 lang/python#3.13.7',
    isConsole: false,
  };
  askForTheKey(stage, start, laptop.address);
  const tick = clock(side, start);
  stage.aside(tick(4), laptop, 'sts', 'GetCallerIdentity', {});
  stage.aside(tick(40), laptop, 'iam', 'ListRoles', { request: { maxItems: 1000 } });
  stage.aside(tick(25), laptop, 'iam', 'GetRole', { request: { roleName: 'etl-runner' } });
  const { runner, admin } = twoRoles(stage, laptop, tick(110), {
    after: 6 * MINUTE,
    address: BUILD_HOST,
    agent: BUILD_AGENT,
  });
  const onTheHost = clock(side, tick(90));
  stage.aside(onTheHost(2), runner, 'sts', 'GetCallerIdentity', {});
  stage.aside(onTheHost(20), runner, 'iam', 'ListAttachedRolePolicies', { request: { roleName: 'etl-runner' } });
  stage.aside(onTheHost(15), runner, 'glue', 'GetJobs', { request: { maxResults: 100 } });
  asDataAdmin(stage, admin, clock(side, start + 12 * MINUTE));
}

/** The portal hands the command line its key: a sign-in at that minute, and what was asked for. */
function askForTheKey(stage: Stage, start: number, address: string): void {
  const { side } = stage;
  const dave = findPerson('dave');
  const { caller, details } = portalSignIn(side, dave, address);
  stage.put(start - 70_000, recordText(side, start - 70_000, caller, 'signin', 'UserAuthentication', details));
  stage.put(
    start,
    recordText(side, start, caller, 'sso', 'GetRoleCredentials', {
      region: HOME_REGION,
      eventType: 'AwsServiceEvent',
      serviceEvent: { role_name: dave.permissionSet, account_id: ACCOUNTS.prod },
    }),
  );
}

function asDataAdmin(stage: Stage, admin: Caller, tick: (seconds: number) => number): void {
  stage.aside(tick(2), admin, 's3', 'ListBuckets', { request: { Host: 's3.amazonaws.com' } });
  stage.aside(tick(9), admin, 's3', 'ListObjects', listing());
  const policy = { Version: '2012-10-17', Statement: [shareWith(OUTSIDE_ACCOUNT)] };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    refused(stage, tick(12), admin, 's3', 'PutBucketPolicy', `arn:aws:s3:::${ARCHIVE_BUCKET}`, {
      bucketName: ARCHIVE_BUCKET,
      bucketPolicy: policy,
    });
  }
  const user = `arn:aws:iam::${ARCHIVES}:user/etl-sync`;
  refused(stage, tick(30), admin, 'iam', 'CreateUser', user, { userName: 'etl-sync' });
  refused(stage, tick(20), admin, 'organizations', 'LeaveOrganization', '*');
  for (let month = 1; month <= 5; month++) {
    stage.aside(tick(4), admin, 's3', 'GetObject', archived(`exports/2026-0${month}/customers.csv.gz`));
  }
  stage.aside(tick(60), admin, 'ec2', 'DescribeSnapshots', { request: { ownersSet: { items: [{ owner: 'self' }] } } });
  stage.aside(tick(25), admin, 'ec2', 'ModifySnapshotAttribute', {
    writes: true,
    request: {
      snapshotId: ARCHIVE_SNAPSHOT,
      createVolumePermission: { add: { items: [{ userId: OUTSIDE_ACCOUNT }] } },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    },
    response: { _return: true },
  });
}

function refused(
  stage: Stage,
  time: number,
  caller: Caller,
  service: string,
  name: string,
  resource: string,
  request?: unknown,
): void {
  stage.aside(time, caller, service, name, {
    writes: true,
    request,
    error: [
      service === 'organizations' ? 'AccessDeniedException' : 'AccessDenied',
      denial(caller, `${service}:${name}`, resource, 'service control policy'),
    ],
  });
}

function shareWith(account: string): unknown {
  return {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${ARCHIVE_BUCKET}/*`,
  };
}

const BUCKET_RESOURCE = { accountId: ARCHIVES, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${ARCHIVE_BUCKET}` };

function listing(): CallDetails {
  return {
    isData: true,
    request: { bucketName: ARCHIVE_BUCKET, prefix: 'exports/' },
    resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${ARCHIVE_BUCKET}/exports/` }, BUCKET_RESOURCE],
  };
}

function archived(key: string): CallDetails {
  return {
    isData: true,
    request: { bucketName: ARCHIVE_BUCKET, key },
    resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${ARCHIVE_BUCKET}/${key}` }, BUCKET_RESOURCE],
  };
}
