// A job that was moved and has not worked since: its role is denied for a different reason at every step. Five nights.

import { type Caller, iamUserCaller, roleCaller } from './callers.ts';
import { ACCOUNTS, BUCKETS, HOME_REGION, KEY_ID } from './company.ts';
import { objectCall } from './object-call.ts';
import { type CallDetails, type DenialReason, denial } from './record.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

const ACCOUNT = ACCOUNTS.prod;
const ROLE = 'report-export';
/** The host that it was moved to. */
const ADDRESS = '203.0.113.145';

type Step = {
  readonly service: string;
  readonly name: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: DenialReason;
  readonly details: CallDetails;
  /** On how many of the nights. */
  readonly nights: number;
};

const arn = (service: string, resource: string) => `arn:aws:${service}:${HOME_REGION}:${ACCOUNT}:${resource}`;

const STEPS: readonly Step[] = [
  {
    service: 'dynamodb',
    name: 'ExportTableToPointInTime',
    action: 'dynamodb:ExportTableToPointInTime',
    resource: arn('dynamodb', 'table/orders'),
    reason: 'no policy',
    details: { writes: true, request: { tableArn: arn('dynamodb', 'table/orders'), s3Bucket: BUCKETS[1] } },
    nights: 5,
  },
  {
    service: 's3',
    name: 'PutObject',
    action: 's3:PutObject',
    resource: `"arn:aws:s3:::${BUCKETS[1]}/daily/orders.csv"`,
    reason: 'resource policy',
    details: { ...objectCall(BUCKETS[1], 'daily/orders.csv'), writes: true },
    nights: 3,
  },
  {
    service: 'kms',
    name: 'Decrypt',
    action: 'kms:Decrypt',
    resource: arn('kms', `key/${KEY_ID}`),
    reason: 'no session policy',
    details: { resources: [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: arn('kms', `key/${KEY_ID}`) }] },
    nights: 4,
  },
  {
    service: 'iam',
    name: 'CreateServiceLinkedRole',
    action: 'iam:CreateServiceLinkedRole',
    resource: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/export.example.com/*`,
    reason: 'no boundary',
    details: { writes: true, request: { aWSServiceName: 'export.example.com' } },
    nights: 2,
  },
  {
    service: 'sns',
    name: 'Publish',
    action: 'sns:Publish',
    resource: `arn:aws:sns:us-west-2:${ACCOUNT}:reports`,
    reason: 'service control policy',
    details: { region: 'us-west-2', isData: true, request: { topicArn: `arn:aws:sns:us-west-2:${ACCOUNT}:reports` } },
    nights: 5,
  },
  {
    service: 'secretsmanager',
    name: 'GetSecretValue',
    action: 'secretsmanager:GetSecretValue',
    resource: arn('secretsmanager', 'secret:prod/orders/database-Xk2PqL'),
    reason: 'endpoint policy',
    details: { request: { secretId: 'prod/orders/database' } },
    nights: 2,
  },
];

export function deniedRole(stage: Stage): void {
  for (let night = 0; night < 5; night++) {
    const start = stage.day(night + 1) + 1 * HOUR + 30 * MINUTE;
    const caller: Caller = {
      ...roleCaller(stage.random, 'prod', ROLE, `export-${night + 1}`, start, ADDRESS),
      by: iamUserCaller('prod', 'export-runner', 'AKIAEXAMPLE7EXPORTS3', ADDRESS),
    };
    const tick = clock(stage.random, start);
    stage.call(tick(1), caller, 'dynamodb', 'DescribeTable', { request: { tableName: 'orders' } });
    for (const { service, name, action, resource, reason, details, nights } of STEPS) {
      if (night >= nights) continue;
      stage.call(tick(20), caller, service, name, {
        ...details,
        error: [errorCode(service), denial(caller, action, resource, reason)],
      });
    }
  }
}

function errorCode(service: string): string {
  return service === 'dynamodb' || service === 'secretsmanager' ? 'AccessDeniedException' : 'AccessDenied';
}
