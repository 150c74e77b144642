// The life of one server, from its launch template to its end a week later: volume, snapshots and image, stops and
// starts, and somebody who connects by SSH, after which its role does what it never did before.

import { type Caller, instanceCaller, personCaller } from './callers.ts';
import { ACCOUNTS, BUCKETS, findPerson, HOME_REGION, IMAGES, SECURITY_GROUPS, SUBNETS, VPC } from './company.ts';
import { instanceSet, runResponse, stateChange } from './ec2-shapes.ts';
import { objectCall } from './object-call.ts';
import { ed25519Key } from './ssh-key.ts';
import { clock, DAY, HOUR, MINUTE, type Stage } from './stage.ts';

const ACCOUNT = ACCOUNTS.prod;
const ROLE = 'reporting';
const TYPE = 'm7i.large';
/** AWS leaves it in a launch template, as it was sent: base64. */
const USER_DATA = [
  '#!/bin/sh',
  'set -eu',
  'dnf install -y postgresql16',
  'curl --silent https://packages.example.com/report-agent.sh | sh -s -- --bucket example-reports',
].join('\n');
/** AWS takes it out of what launches or changes an instance. */
const REMOVED = '<sensitiveDataRemoved>';

type Server = { readonly instanceId: string; readonly volumeId: string; readonly imageId: string };

export function serverLife(stage: Stage): void {
  const { side } = stage;
  const server: Server = {
    instanceId: `i-${side.hex(17)}`,
    volumeId: `vol-${side.hex(17)}`,
    imageId: `ami-${side.hex(17)}`,
  };
  const start = stage.day(13) + 9 * HOUR + 12 * MINUTE;
  launched(stage, server, start);
  enlarged(stage, server, start + 2 * DAY);
  const snapshotId = imaged(stage, server, start + 4 * DAY);
  connected(stage, server, start + 5 * DAY + 3 * HOUR);
  retired(stage, server, snapshotId, start + 7 * DAY);
}

function caller(stage: Stage, name: string, start: number): Caller {
  return personCaller(stage.side, findPerson(name), 'prod', start - 5 * MINUTE);
}

function launched(stage: Stage, { instanceId, volumeId }: Server, start: number): void {
  const { side } = stage;
  const alice = caller(stage, 'alice', start);
  const tick = clock(side, start);
  const launchTemplateId = `lt-${side.hex(17)}`;
  const template = { launchTemplateId, launchTemplateName: 'reporting', createdBy: String(alice.identity.arn) };
  stage.aside(tick(1), alice, 'ec2', 'CreateLaunchTemplate', {
    writes: true,
    request: {
      CreateLaunchTemplateRequest: {
        LaunchTemplateName: 'reporting',
        LaunchTemplateData: {
          ImageId: IMAGES[0],
          InstanceType: TYPE,
          IamInstanceProfile: { Name: ROLE },
          UserData: Buffer.from(USER_DATA).toString('base64'),
        },
      },
    },
    response: {
      CreateLaunchTemplateResponse: {
        launchTemplate: { ...template, latestVersionNumber: 1, defaultVersionNumber: 1 },
      },
    },
  });
  stage.aside(tick(90), alice, 'ec2', 'RunInstances', {
    writes: true,
    request: {
      instancesSet: { items: [{ imageId: IMAGES[0], minCount: 1, maxCount: 1, keyName: 'ops-2026' }] },
      userData: REMOVED,
      instanceType: TYPE,
      launchTemplate: { launchTemplateId, version: '1' },
      iamInstanceProfile: { name: ROLE },
      groupSet: { items: [{ groupId: SECURITY_GROUPS.bastion }] },
      subnetId: SUBNETS[1],
      disableApiTermination: false,
    },
    response: runResponse(ACCOUNT, [instanceId], IMAGES[0], TYPE, SUBNETS[1], VPC),
  });
  stage.aside(tick(40), alice, 'ec2', 'CreateVolume', {
    writes: true,
    request: { size: '200', zone: `${HOME_REGION}b`, volumeType: 'gp3', encrypted: true },
    response: { volumeId, size: '200', zone: `${HOME_REGION}b`, status: 'creating', volumeType: 'gp3' },
  });
  stage.aside(tick(25), alice, 'ec2', 'AttachVolume', {
    writes: true,
    request: { volumeId, instanceId, device: '/dev/sdf', deleteOnTermination: false },
    response: { volumeId, instanceId, device: '/dev/sdf', status: 'attaching' },
  });
  stage.aside(tick(15), alice, 'ec2', 'CreateTags', {
    writes: true,
    request: {
      resourcesSet: { items: [{ resourceId: instanceId }] },
      tagSet: { items: [{ key: 'Name', value: 'reporting' }] },
    },
    response: { _return: true },
  });
}

/** It takes a stop to change the type. */
function enlarged(stage: Stage, { instanceId }: Server, start: number): void {
  const katharina = caller(stage, 'katharina', start);
  const tick = clock(stage.side, start);
  stage.aside(tick(1), katharina, 'ec2', 'StopInstances', {
    writes: true,
    request: { ...instanceSet(instanceId), force: false },
    response: stateChange('running', 'stopping', instanceId),
  });
  stage.aside(tick(120), katharina, 'ec2', 'ModifyInstanceAttribute', {
    writes: true,
    request: { instanceId, instanceType: { value: 'm7i.xlarge' } },
    response: { _return: true },
  });
  stage.aside(tick(20), katharina, 'ec2', 'ModifyInstanceAttribute', {
    writes: true,
    request: { instanceId, userData: REMOVED },
    response: { _return: true },
  });
  stage.aside(tick(20), katharina, 'ec2', 'StartInstances', {
    writes: true,
    request: instanceSet(instanceId),
    response: stateChange('stopped', 'pending', instanceId),
  });
}

function imaged(stage: Stage, { instanceId, volumeId, imageId }: Server, start: number): string {
  const { side } = stage;
  const alice = caller(stage, 'alice', start);
  const tick = clock(side, start);
  const snapshotId = `snap-${side.hex(17)}`;
  stage.aside(tick(1), alice, 'ec2', 'CreateSnapshot', {
    writes: true,
    request: { volumeId, description: 'reporting, before the new schema' },
    response: { snapshotId, volumeId, status: 'pending', ownerId: ACCOUNT, volumeSize: '200', encrypted: true },
  });
  stage.aside(tick(300), alice, 'ec2', 'CreateImage', {
    writes: true,
    request: { instanceId, name: 'reporting-2026', noReboot: false },
    response: { imageId },
  });
  stage.aside(tick(60), alice, 'ec2', 'DescribeInstances', { request: instanceSet(instanceId) });
  return snapshotId;
}

/** bob pushes a key; within the hour the instance's role lists buckets and reads exports, which it has never done. */
function connected(stage: Stage, { instanceId }: Server, start: number): void {
  const { side } = stage;
  const bob = caller(stage, 'bob', start);
  const server = { ...instanceCaller(side, ROLE, instanceId, start - 2 * HOUR), address: '203.0.113.131' };
  stage.aside(start, bob, 'ec2-instance-connect', 'SendSSHPublicKey', {
    writes: true,
    request: { instanceId, instanceOSUser: 'ec2-user', sSHPublicKey: ed25519Key(side) },
    response: { success: true },
  });
  const tick = clock(side, start + 3 * MINUTE);
  const shell = {
    ...server,
    agent: 'aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/linux#6.1.155 md/arch#x86_64 lang/python#3.9.23',
  };
  stage.aside(tick(5), shell, 'sts', 'GetCallerIdentity', {});
  stage.aside(tick(30), shell, 's3', 'ListBuckets', { request: { Host: 's3.amazonaws.com' } });
  for (const key of ['exports/2026/customers-001.csv.gz', 'exports/2026/customers-002.csv.gz'])
    stage.aside(tick(40), shell, 's3', 'GetObject', objectCall(BUCKETS[2], key));
  stage.aside(tick(400), shell, 'ec2', 'DescribeInstances', { request: { filterSet: {} } });
}

function retired(stage: Stage, { instanceId, volumeId, imageId }: Server, snapshotId: string, start: number): void {
  const alice = caller(stage, 'alice', start);
  const tick = clock(stage.side, start);
  stage.aside(tick(1), alice, 'ec2', 'DetachVolume', {
    writes: true,
    request: { volumeId, instanceId, device: '/dev/sdf', force: false },
    response: { volumeId, instanceId, device: '/dev/sdf', status: 'detaching' },
  });
  stage.aside(tick(30), alice, 'ec2', 'TerminateInstances', {
    writes: true,
    request: instanceSet(instanceId),
    response: stateChange('running', 'shutting-down', instanceId),
  });
  stage.aside(tick(60), alice, 'ec2', 'DeleteVolume', {
    writes: true,
    request: { volumeId },
    response: { _return: true },
  });
  stage.aside(tick(40), alice, 'ec2', 'DeleteSnapshot', {
    writes: true,
    request: { snapshotId },
    error: ['Client.InvalidSnapshot.InUse', `The snapshot ${snapshotId} is currently in use by ${imageId}`],
  });
}
