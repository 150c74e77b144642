// Who may do what, and who came from elsewhere: users, keys and policies made for good reasons, secrets read by people,
// and one sign-in from an address nobody has seen before.

import { type Caller, CONSOLE_AGENT, personCaller, through } from './callers.ts';
import { ACCOUNTS, type AccountName, findPerson, HOME_REGION, KEY_ID, SECRETS } from './company.ts';
import { denial } from './record.ts';
import { signIn } from './scene-access.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

/** Not oleg's office. */
const NEW_ADDRESS = '198.51.100.151';

export function identityScenes(stage: Stage): void {
  policyForReports(stage);
  keyRotation(stage);
  secretsByPeople(stage);
  newAddress(stage);
}

/** alice makes a policy for a role, and a user for a supplier's tool. */
function policyForReports(stage: Stage): void {
  const start = stage.day(10) + 9 * HOUR + 25 * MINUTE;
  const alice = personCaller(stage.random, findPerson('alice'), 'prod', start);
  const tick = clock(stage.random, start);
  const policyArn = `arn:aws:iam::${ACCOUNTS.prod}:policy/orders-read`;
  stage.call(tick(1), alice, 'iam', 'CreatePolicy', {
    writes: true,
    request: { policyName: 'orders-read', policyDocument: '{"Version":"2012-10-17","Statement":[]}' },
    response: { policy: { policyName: 'orders-read', arn: policyArn, defaultVersionId: 'v1' } },
  });
  stage.call(tick(20), alice, 'iam', 'AttachRolePolicy', {
    writes: true,
    request: { roleName: 'report-export', policyArn },
  });
  stage.call(tick(300), alice, 'iam', 'CreatePolicyVersion', {
    writes: true,
    request: { policyArn, policyDocument: '{"Version":"2012-10-17","Statement":[]}', setAsDefault: true },
    response: { policyVersion: { versionId: 'v2', isDefaultVersion: true } },
  });
  stage.call(tick(900), alice, 'iam', 'CreateUser', {
    writes: true,
    request: { userName: 'invoice-upload', path: '/tools/' },
    response: {
      user: {
        path: '/tools/',
        userName: 'invoice-upload',
        arn: `arn:aws:iam::${ACCOUNTS.prod}:user/tools/invoice-upload`,
      },
    },
  });
  stage.call(tick(30), alice, 'iam', 'PutUserPolicy', {
    writes: true,
    request: {
      userName: 'invoice-upload',
      policyName: 'upload',
      policyDocument: '{"Version":"2012-10-17","Statement":[]}',
    },
  });
  makeKey(stage, tick(15), alice, 'invoice-upload', 'AKIAEXAMPLE7INVOICE4');
}

/** katharina replaces the key of a script: the new one first, the old one off. */
function keyRotation(stage: Stage): void {
  const start = stage.day(2) + 13 * HOUR + 40 * MINUTE;
  const katharina = personCaller(stage.random, findPerson('katharina'), 'prod', start);
  const tick = clock(stage.random, start);
  stage.call(tick(1), katharina, 'iam', 'ListAccessKeys', { request: { userName: 'backup-script' } });
  makeKey(stage, tick(30), katharina, 'backup-script', 'AKIAEXAMPLE7BACKUP22');
  stage.call(tick(600), katharina, 'iam', 'UpdateAccessKey', {
    writes: true,
    request: { userName: 'backup-script', accessKeyId: 'AKIAEXAMPLE7BACKUP2A', status: 'Inactive' },
  });
}

function makeKey(stage: Stage, time: number, caller: Caller, userName: string, accessKeyId: string): void {
  stage.call(time, caller, 'iam', 'CreateAccessKey', {
    writes: true,
    request: { userName },
    response: { accessKey: { userName, accessKeyId, status: 'Active' } },
  });
}

/** Secrets are for programs; here are the people who read one, each from their own address. */
function secretsByPeople(stage: Stage): void {
  const start = stage.day(3) + 15 * HOUR + 5 * MINUTE;
  const { random } = stage;
  const bob = personCaller(random, findPerson('bob'), 'prod', start);
  const carol = personCaller(random, findPerson('carol'), 'prod', start);
  const tick = clock(random, start);
  stage.call(tick(1), bob, 'secretsmanager', 'GetSecretValue', { request: { secretId: SECRETS[2] } });
  const name = '/shop/prod/smtp-password';
  stage.call(tick(500), carol, 'ssm', 'GetParameter', { request: { name, withDecryption: true } });
  stage.call(tick(1), through(carol, 'ssm.amazonaws.com'), 'kms', 'Decrypt', {
    request: {
      encryptionContext: { PARAMETER_ARN: `arn:aws:ssm:${HOME_REGION}:${ACCOUNTS.prod}:parameter${name}` },
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    },
    resources: [
      {
        accountId: ACCOUNTS.prod,
        type: 'AWS::KMS::Key',
        ARN: `arn:aws:kms:${HOME_REGION}:${ACCOUNTS.prod}:key/${KEY_ID}`,
      },
    ],
  });
  stage.call(tick(60), carol, 'secretsmanager', 'GetSecretValue', {
    request: { secretId: SECRETS[1] },
    error: ['AccessDeniedException', denial(carol, 'secretsmanager:GetSecretValue', SECRETS[1], 'no policy')],
  });
}

/** oleg always comes from the office, until one evening. */
function newAddress(stage: Stage): void {
  for (const daysBefore of [26, 19, 12]) toTheConsole(stage, stage.day(daysBefore) + 8 * HOUR + 31 * MINUTE, 'prod');
  const evening = stage.day(3) + 22 * HOUR + 41 * MINUTE;
  const oleg = toTheConsole(stage, evening, 'prod', NEW_ADDRESS);
  const tick = clock(stage.random, evening + MINUTE);
  stage.call(tick(5), oleg, 'ce', 'GetCostAndUsage', { region: 'us-east-1' });
  stage.call(tick(40), oleg, 'iam', 'ListUsers', {
    request: { maxItems: 100 },
    error: ['AccessDenied', denial(oleg, 'iam:ListUsers', `arn:aws:iam::${ACCOUNTS.prod}:user/`, 'no policy')],
  });
}

/** oleg signs in to the console; the caller of what he does there. */
function toTheConsole(stage: Stage, time: number, account: AccountName, address?: string): Caller {
  const oleg = personCaller(stage.random, findPerson('oleg'), account, time);
  const caller = { ...oleg, ...(address !== undefined && { address }) };
  const { accessKeyId: _, ...withoutKey } = caller.identity;
  signIn(stage, time, { ...caller, identity: withoutKey, agent: CONSOLE_AGENT }, 'No', 'Success');
  return caller;
}
