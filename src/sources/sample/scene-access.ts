// Who came in, and how: root without MFA, IAM users with and without, Identity Center, and every way into a host.

import { type Caller, CONSOLE_AGENT, iamUserCaller, instanceCaller, personCaller, rootCaller } from './callers.ts';
import {
  ACCOUNTS,
  CONNECT_ENDPOINT,
  findPerson,
  GLOBAL_REGION,
  HOME_REGION,
  INSTANCES,
  PEOPLE,
  type Person,
  SECRETS,
} from './company.ts';
import { instanceSet, stateChange } from './ec2-shapes.ts';
import { portalSignIn } from './identity-center.ts';
import { denial } from './record.ts';
import { ed25519Key, rsaKey } from './ssh-key.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

const ROOT_ADDRESS = '198.51.100.77';
const ROOT_OFFICE = '203.0.113.9';

export function accessScenes(stage: Stage): void {
  rootOnASunday(stage);
  rootReview(stage);
  identityCenterSignIns(stage);
  userSignIns(stage);
  for (const daysBefore of [1, 3, 9, 16]) sshSession(stage, daysBefore);
  serialConsole(stage);
  tunnel(stage);
  metadataV1(stage);
}

/** Root signs in without MFA on the last Sunday but one, looks around and terminates an instance. */
function rootOnASunday(stage: Stage): void {
  let sunday = stage.day(9);
  while (new Date(sunday).getUTCDay() !== 0) sunday -= 24 * HOUR;
  const start = sunday + 21 * HOUR + 17 * MINUTE;
  const tick = clock(stage.random, start);
  signIn(stage, start, rootCaller('prod', '', start, ROOT_ADDRESS), 'No', 'Success');
  const root = rootCaller('prod', `ASIA${stage.random.base32(16)}`, start, ROOT_ADDRESS);
  for (const name of ['DescribeRegions', 'DescribeInstances', 'DescribeInstanceStatus', 'DescribeVolumes']) {
    stage.call(tick(12), root, 'ec2', name, { request: { filterSet: {} } });
  }
  stage.call(tick(90), root, 'ec2', 'ModifyInstanceAttribute', {
    writes: true,
    request: { instanceId: INSTANCES.legacy, disableApiTermination: { value: false } },
    response: { _return: true },
  });
  stage.call(tick(25), root, 'ec2', 'TerminateInstances', {
    writes: true,
    request: instanceSet(INSTANCES.legacy),
    response: stateChange('running', 'shutting-down', INSTANCES.legacy),
  });
  stage.call(tick(120), root, 'account', 'GetContactInformation', { region: GLOBAL_REGION });
}

/** Root of the dev account, with MFA this time: the support plan and who is told. Mistyped first. */
function rootReview(stage: Stage): void {
  const start = stage.day(5) + 9 * HOUR + 3 * MINUTE;
  const tick = clock(stage.random, start);
  const signingIn = rootCaller('dev', '', start, ROOT_OFFICE);
  signIn(stage, tick(1), signingIn, 'No', 'Failure');
  signIn(stage, tick(50), signingIn, 'Yes', 'Success');
  const root = rootCaller('dev', `ASIA${stage.random.base32(16)}`, start, ROOT_OFFICE, true);
  stage.call(tick(30), root, 'iam', 'GetAccountSummary', {});
  stage.call(tick(40), root, 'iam', 'ListVirtualMFADevices', { request: { assignmentStatus: 'Assigned' } });
  stage.call(tick(90), root, 'account', 'PutAlternateContact', {
    region: GLOBAL_REGION,
    writes: true,
    request: { alternateContactType: 'SECURITY', name: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  });
}

export function signIn(
  stage: Stage,
  time: number,
  caller: Caller,
  mfa: 'Yes' | 'No' | '',
  result: 'Success' | 'Failure',
): void {
  stage.call(time, caller, 'signin', 'ConsoleLogin', {
    writes: true,
    eventType: 'AwsConsoleSignIn',
    response: { ConsoleLogin: result },
    ...(result === 'Failure' && { error: ['', 'Failed authentication'] as const }),
    additional: {
      LoginTo: 'https://console.aws.amazon.com/console/home?state=hashArgs%23&isauthcode=true',
      MobileVersion: 'No',
      ...(mfa !== '' && { MFAUsed: mfa }),
    },
  });
}

/** Identity Center's own sign-in events, then the console session in the account. */
function identityCenterSignIns(stage: Stage): void {
  const people = PEOPLE.filter((person) => person.usesConsole);
  for (let day = 0; day < stage.days - 1; day += 2) {
    const midnight = stage.day(day);
    if (new Date(midnight).getUTCDay() % 6 === 0) continue;
    const person = stage.random.pick(people);
    const time = midnight + 8 * HOUR + stage.random.int(0, 90) * MINUTE;
    portal(stage, time, person);
    const account = stage.random.pick(person.accounts);
    const { identity, ...rest } = personCaller(stage.random, person, account, time);
    const { accessKeyId: _, ...withoutKey } = identity;
    signIn(
      stage,
      time + 20_000,
      { ...rest, identity: withoutKey, agent: CONSOLE_AGENT, isConsole: true },
      'No',
      'Success',
    );
  }
}

function portal(stage: Stage, time: number, person: Person): void {
  const { caller, details } = portalSignIn(stage.random, person, person.address);
  stage.call(time, caller, 'signin', 'UserAuthentication', details);
}

function userSignIns(stage: Stage): void {
  const user = (name: string, address: string): Caller => {
    const caller = iamUserCaller('dev', name, '', address, CONSOLE_AGENT);
    const { accessKeyId: _, ...identity } = caller.identity;
    return { ...caller, identity, isConsole: true };
  };
  signIn(stage, stage.day(4) + 9 * HOUR, user('break-glass', '203.0.113.9'), 'Yes', 'Success');
  signIn(stage, stage.day(12) + 14 * HOUR, user('contractor', '198.51.100.12'), 'No', 'Success');
  for (let i = 0; i < 4; i++) {
    signIn(stage, stage.day(6) + 3 * HOUR + i * 40_000, user('contractor', '198.51.100.201'), 'No', 'Failure');
  }
  const unknown: Caller = {
    ...user('contractor', '198.51.100.201'),
    identity: { type: 'IAMUser', accountId: ACCOUNTS.dev, accessKeyId: '', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  };
  signIn(stage, stage.day(6) + 3 * HOUR + 5 * MINUTE, unknown, 'No', 'Failure');
}

/** bob pushes a key to a web server through EC2 Instance Connect, then works in a Session Manager session. */
function sshSession(stage: Stage, daysBefore: number): void {
  const { random } = stage;
  const start = stage.day(daysBefore) + random.int(9, 16) * HOUR;
  const bob = personCaller(random, findPerson('bob'), 'prod', start - HOUR);
  const tick = clock(random, start);
  const instanceId = random.pick(INSTANCES.web);
  pushKey(stage, tick(5), bob, instanceId, 'ec2-user');
  const sessionId = `bob-${random.base32(26).toLowerCase()}`;
  stage.call(tick(400), bob, 'ssm', 'StartSession', {
    writes: true,
    request: { target: INSTANCES.bastion },
    response: { sessionId, tokenValue: 'Value hidden due to security reasons.' },
  });
  stage.call(tick(1500), bob, 'ssm', 'TerminateSession', {
    writes: true,
    request: { sessionId },
    response: { sessionId },
  });
}

function pushKey(stage: Stage, time: number, caller: Caller, instanceId: string, osUser: string): void {
  stage.call(time, caller, 'ec2-instance-connect', 'SendSSHPublicKey', {
    writes: true,
    request: {
      instanceId,
      instanceOSUser: osUser,
      sSHPublicKey: osUser === 'ec2-user' ? ed25519Key(stage.random) : rsaKey(stage.random),
    },
    response: { success: true },
  });
}

function serialConsole(stage: Stage): void {
  const start = stage.day(5) + 15 * HOUR + 12 * MINUTE;
  const alice = personCaller(stage.random, findPerson('alice'), 'prod', start);
  const carol = personCaller(stage.random, findPerson('carol'), 'prod', start);
  const tick = clock(stage.random, start);
  const [instanceId] = INSTANCES.batch;
  const request = {
    instanceId,
    serialPort: 0,
    sSHPublicKey: ed25519Key(stage.random),
    monitorMode: false,
  };
  stage.call(tick(10), carol, 'ec2-instance-connect', 'SendSerialConsoleSSHPublicKey', {
    writes: true,
    request,
    error: [
      'AccessDenied',
      denial(
        carol,
        'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
        `arn:aws:ec2:${HOME_REGION}:${ACCOUNTS.prod}:instance/${instanceId}`,
        'no policy',
      ),
    ],
  });
  stage.call(tick(200), alice, 'ec2', 'EnableSerialConsoleAccess', {
    writes: true,
    response: { serialConsoleAccessEnabled: true },
  });
  stage.call(tick(30), alice, 'ec2-instance-connect', 'SendSerialConsoleSSHPublicKey', {
    writes: true,
    request,
    response: { success: true },
  });
  stage.call(tick(900), alice, 'ec2', 'DisableSerialConsoleAccess', {
    writes: true,
    response: { serialConsoleAccessEnabled: false },
  });
}

function tunnel(stage: Stage): void {
  const start = stage.day(2) + 11 * HOUR + 5 * MINUTE;
  const carol = personCaller(stage.random, findPerson('carol'), 'prod', start);
  const tick = clock(stage.random, start);
  stage.call(tick(10), carol, 'ec2-instance-connect', 'OpenTunnel', {
    writes: true,
    request: {
      instanceConnectEndpointId: CONNECT_ENDPOINT,
      maxTunnelDuration: 3600,
      remotePort: 22,
      privateIpAddress: '10.20.4.17',
    },
  });
  pushKey(stage, tick(4), carol, INSTANCES.bastion, 'carol');
}

/** An instance still on the old metadata service reads a secret that its role may not read. */
function metadataV1(stage: Stage): void {
  const start = stage.day(8) + 4 * HOUR;
  const instance = instanceCaller(stage.random, 'batch', INSTANCES.batch[0], start, '1.0');
  const tick = clock(stage.random, start);
  for (const secretId of SECRETS) {
    const isAllowed = secretId === SECRETS[0];
    stage.call(tick(30), instance, 'secretsmanager', 'GetSecretValue', {
      request: { secretId },
      ...(!isAllowed && {
        error: [
          'AccessDeniedException',
          denial(instance, 'secretsmanager:GetSecretValue', secretId, 'no policy'),
        ] as const,
      }),
    });
  }
}
