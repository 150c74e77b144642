// What a call and a session must agree in, record by record.

import { describe, expect, test } from 'vitest';
import { beginsSession, longestSessionMs, namesSession, takenOnArn } from '../../src/cloudtrail/session-link.ts';
import { sourceOfCaller, sourceOfSession } from '../../src/cloudtrail/session-source.ts';

const SESSION = 'arn:aws:sts::111122223333:assumed-role/Deploy/ci';
const request = { roleArn: 'arn:aws:iam::111122223333:role/team/Deploy', roleSessionName: 'ci' };

describe('beginsSession', () => {
  test.each<[string, object, boolean]>([
    ['the answer names it', { responseElements: { assumedRoleUser: { arn: SESSION } } }, true],
    [
      'the answer names another',
      { requestParameters: request, responseElements: { assumedRoleUser: { arn: `${SESSION}2` } } },
      false,
    ],
    ['role with a path, and name', { requestParameters: request }, true],
    ['another name', { requestParameters: { ...request, roleSessionName: 'ci2' } }, false],
    ['another account', { requestParameters: { ...request, roleArn: request.roleArn.replace('1111', '9999') } }, false],
    ['another role', { requestParameters: { ...request, roleArn: 'arn:aws:iam::111122223333:role/Deploy2' } }, false],
    ['nothing', {}, false],
    ['wrong types', { requestParameters: [request], responseElements: 'x', userIdentity: 7 }, false],
  ])('AssumeRole: %s', (_, parts, begins) => {
    expect(beginsSession({ eventName: 'AssumeRole', ...parts }, SESSION)).toBe(begins);
  });

  test('sign-ins are of their caller, whose ARN it is', () => {
    const arn = 'arn:aws:iam::111122223333:user/alice';
    expect(beginsSession({ eventName: 'ConsoleLogin ', userIdentity: { arn } }, arn)).toBe(true);
    expect(beginsSession({ eventName: 'GetSessionToken', userIdentity: { arn: `${arn}2` } }, arn)).toBe(false);
    expect(beginsSession({ eventName: 'ConsoleLogin', userIdentity: { arn: '' } }, '')).toBe(false);
  });

  test('GetFederationToken by its answer, or its request in the same account', () => {
    const arn = 'arn:aws:sts::111122223333:federated-user/dave';
    const asked = { eventName: 'GetFederationToken', requestParameters: { name: 'dave' } };
    expect(beginsSession({ ...asked, userIdentity: { accountId: '111122223333' } }, arn)).toBe(true);
    expect(beginsSession({ ...asked, userIdentity: { accountId: '444455556666' } }, arn)).toBe(false);
    expect(beginsSession({ ...asked, responseElements: { federatedUser: { arn } } }, arn)).toBe(true);
  });

  test.each([null, undefined, 'x', 7, [], { eventName: {} }])('of %j nothing', (record) => {
    expect(beginsSession(record, SESSION)).toBe(false);
    expect(takenOnArn(record)).toBe('');
  });
});

test('a session’s ARN from a request, in the role’s partition', () => {
  const roleArn = 'arn:aws-us-gov:iam::111122223333:role/a/b/Deploy';
  expect(takenOnArn({ requestParameters: { roleArn, roleSessionName: 'ci' } })).toBe(
    'arn:aws-us-gov:sts::111122223333:assumed-role/Deploy/ci',
  );
});

test('names among the resources of a call: never less than the record itself shows', () => {
  expect(namesSession([request.roleArn, 'ci'], SESSION)).toBe(true);
  expect(namesSession(['Deploy', request.roleArn, 'x', SESSION], SESSION)).toBe(true);
  expect(namesSession([request.roleArn, 'other'], SESSION)).toBe(false);
  expect(namesSession(['arn:aws:iam::111122223333:role/NoDeploy', 'ci'], SESSION)).toBe(false);
});

test('sessions of GetSessionToken and GetFederationToken may last 36 hours, others 12', () => {
  const hours = ['AssumeRole', 'ConsoleLogin', 'GetSessionToken', 'GetFederationToken'].map(longestSessionMs);
  expect(hours.map((ms) => ms / 3_600_000)).toEqual([12, 12, 36, 36]);
});

describe('sources of anything that a record may hold', () => {
  test.each([
    null,
    undefined,
    'x',
    7,
    [],
    {},
    { userIdentity: [] },
    { userIdentity: { sessionContext: 'x', inScopeOf: 3 } },
  ])('%j', (record) => {
    expect(sourceOfSession(record)).toBeNull();
    expect(sourceOfCaller(record, 'label')).toEqual({ what: 'unknown', name: 'label' });
  });

  test('who is named counts before where the credentials were made for, and EC2 names sessions after instances', () => {
    const of = (context: object, more: object = {}) =>
      sourceOfSession({
        userIdentity: {
          type: 'AssumedRole',
          arn: 'arn:aws:sts::111122223333:assumed-role/Web/somebody',
          sessionContext: { ec2RoleDelivery: '2.0', ...context },
          ...more,
        },
      });
    expect(of({ sourceIdentity: 'carol@example.com' })).toEqual({ what: 'source identity', name: 'carol@example.com' });
    expect(of({})).toBeNull();
    const inScopeOf = {
      issuerType: 'AWS::Lambda::Function',
      sourceArn: 'arn:aws:lambda:eu-west-1:111122223333:function:resize',
    };
    expect(of({}, { inScopeOf })?.what).toBe('function');
    expect(of({}, { inScopeOf, onBehalfOf: { userId: 'e0b4f9c0-1234' } })).toEqual({
      what: 'person',
      name: 'somebody',
    });
  });

  test('what runs is taken from a service’s call only where the chain came by it', () => {
    const record = {
      userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      requestParameters: { roleSessionName: 'i-0a1b2c3d4e5f60718' },
    };
    expect(sourceOfCaller(record, '')).toEqual({ what: 'service', name: 'ec2.amazonaws.com' });
    expect(sourceOfCaller(record, '', true)).toEqual({ what: 'instance', name: 'i-0a1b2c3d4e5f60718' });
  });
});
