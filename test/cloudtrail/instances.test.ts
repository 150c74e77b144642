// What calls did to instances, and what launches were of.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instanceChangesOf } from '../../src/cloudtrail/instance-life.ts';
import { launchOf } from '../../src/cloudtrail/launch.ts';

const [A, B] = ['i-0123456789abcdef0', 'i-0123456789abcdef1'];

const set = (...items: readonly object[]) => ({ instancesSet: { items } });

describe('changes of instances', () => {
  test.each([
    [
      'each with its states',
      {
        responseElements: set({
          instanceId: A,
          previousState: { name: 'running' },
          currentState: { name: 'shutting-down' },
        }),
      },
      [{ instance: A, change: 'running → shutting-down' }],
    ],
    [
      'nothing changed',
      {
        responseElements: set({ instanceId: A, previousState: { name: 'stopped' }, currentState: { name: 'stopped' } }),
      },
      [{ instance: A, change: 'stopped already' }],
    ],
    [
      'a new one',
      { responseElements: set({ instanceId: A, instanceState: { code: 0, name: 'pending' } }) },
      [{ instance: A, change: '→ pending' }],
    ],
    [
      'no answer: those that were asked for',
      { requestParameters: set({ instanceId: A }, { instanceId: B }), responseElements: null },
      [
        { instance: A, change: '' },
        { instance: B, change: '' },
      ],
    ],
    [
      'a fleet',
      { responseElements: { CreateFleetResponse: { fleetInstanceSet: { item: { instanceIds: { item: A } } } } } },
      [{ instance: A, change: '' }],
    ],
    ['an eviction', { serviceEventDetails: { instanceIdSet: [A] } }, [{ instance: A, change: '' }]],
    ['none', { requestParameters: { instanceId: 'all' } }, []],
  ])('%s', (_, record, expected) => expect(instanceChangesOf(record)).toEqual(expected));

  test('of any record, without an error', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (requestParameters, responseElements) => {
        expect(Array.isArray(instanceChangesOf({ requestParameters, responseElements }))).toBe(true);
      }),
    );
  });
});

describe('launches', () => {
  const asked = {
    instancesSet: { items: [{ imageId: 'ami-1', minCount: 1, maxCount: 3, keyName: 'deploy' }] },
    instanceType: 'm5.large',
    iamInstanceProfile: { arn: 'arn:aws:iam::111122223333:instance-profile/path/web' },
    networkInterfaceSet: { items: [{ deviceIndex: 0, subnetId: 'subnet-1', associatePublicIpAddress: true }] },
    metadataOptions: { httpTokens: 'required' },
    userData: '<sensitiveDataRemoved>',
    launchTemplate: { launchTemplateName: 'web', version: '7' },
  };

  test('that failed tell what was asked for', () => {
    expect(launchOf({ eventName: 'RunInstances', requestParameters: asked, responseElements: null })).toEqual({
      count: 3,
      type: 'm5.large',
      image: 'ami-1',
      keyPair: 'deploy',
      profile: 'path/web',
      subnet: 'subnet-1',
      vpc: '',
      publicAddress: 'yes',
      metadata: 'v2 only',
      hasUserData: true,
      template: 'web version 7',
      instances: [],
    });
  });

  test('of a template tell what came of it', () => {
    const made = {
      imageId: 'ami-2',
      instanceType: 't3.micro',
      keyName: 'other',
      subnetId: 'subnet-2',
      vpcId: 'vpc-2',
      iamInstanceProfile: { arn: 'arn:aws:iam::111122223333:instance-profile/web' },
      metadataOptions: { httpTokens: 'optional', httpEndpoint: 'enabled' },
    };
    const requestParameters = {
      instancesSet: { items: [{ minCount: 1, maxCount: 5 }] },
      launchTemplate: { launchTemplateId: 'lt-1' },
    };
    const responseElements = set({ ...made, instanceId: A }, { ...made, instanceId: B });
    expect(launchOf({ eventName: 'RunInstances', requestParameters, responseElements })).toEqual({
      count: 2,
      type: 't3.micro',
      image: 'ami-2',
      keyPair: 'other',
      profile: 'web',
      subnet: 'subnet-2',
      vpc: 'vpc-2',
      publicAddress: '',
      metadata: 'v1 allowed',
      hasUserData: false,
      template: 'lt-1',
      instances: [A, B],
    });
  });

  test('what is not stated is not guessed', () => {
    expect(launchOf({ eventName: 'RunInstances' })).toMatchObject({
      count: 0,
      type: '',
      publicAddress: '',
      metadata: '',
    });
    expect(launchOf({ eventName: 'DescribeInstances' })).toBeNull();
  });

  test('of any record, without an error', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (requestParameters, responseElements) => {
        const launch = launchOf({ eventName: 'RunInstances', requestParameters, responseElements });
        expect(Number.isSafeInteger(launch?.count)).toBe(true);
      }),
    );
  });
});
