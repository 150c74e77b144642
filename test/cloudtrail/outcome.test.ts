import { expect, test } from 'vitest';
import { type Cells, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import { isDeniedCode, outcomeOf } from '../../src/cloudtrail/outcome.ts';

const EMPTY = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;

test.each<readonly [Partial<Cells>, string, string]>([
  [{ name: 'DescribeInstances', readOnly: 'true' }, 'R', 'ok'],
  [{ name: 'DescribeInstances' }, 'R', 'ok'],
  [{ name: 'GetSecretValue', readOnly: 'True' }, 'R', 'ok'],
  [{ name: 'RunInstances' }, 'W', 'ok'],
  // Nobody's call.
  [{ name: 'Insight Start: ApiCallRateInsight RunInstances', category: 'Insight' }, '–', '–'],
  [{ name: 'GetReady', readOnly: 'false' }, 'W', 'ok'],
  [{ name: 'Getaway' }, 'W', 'ok'],
  [{ name: 'TerminateInstances', readOnly: 'false' }, 'D', 'ok'],
  [{ name: 'ScheduleKeyDeletion' }, 'D', 'ok'],
  [{ name: 'StopLogging', type: 'Root', who: 'root' }, 'D', 'ok'],
  [{ name: 'ScheduleRunOfReport' }, 'W', 'ok'],
  [{ name: 'DescribeVolumes', type: 'Root' }, '*', 'ok'],
  [{ name: 'CreateUser', type: 'Root' }, '*', 'ok'],
  [{ name: 'AssumeRole', account: '111122223333', caller: '444455556666' }, '*', 'ok'],
  [{ name: 'AssumeRole', account: '111122223333', caller: '111122223333' }, 'R', 'ok'],
  [{ name: 'TerminateInstances', error: 'Client.UnauthorizedOperation' }, '!', 'denied'],
  [{ name: 'RunInstances', error: 'Client.InvalidKeyPair.Duplicate' }, '!', 'InvalidKeyPair.Duplicate'],
  [{ name: 'RunInstances', error: 'Server.InsufficientInstanceCapacity' }, '!', 'InsufficientInstanceCapacity'],
  [{ name: 'ConsoleLogin', error: 'Failed authentication' }, '!', 'failed'],
])('%j reads %s, %s', (cells, letter, text) => {
  const outcome = outcomeOf({ ...EMPTY, ...cells });
  expect(outcome).toMatchObject({ letter, text, isDenied: text === 'denied' });
});

test.each([
  ['AccessDenied', true],
  ['accessdeniedexception', true],
  ['VpceAccessDenied', true],
  ['Client.UnauthorizedOperation', true],
  ['NotAuthorizedException', true],
  ['User: arn:aws:iam::111122223333:user/eve is not authorized to perform: iam:CreateUser', true],
  ['ThrottlingException', false],
  ['NoSuchBucketPolicy', false],
  ['', false],
])('%s is denied: %s', (code, expected) => {
  expect(isDeniedCode(code)).toBe(expected);
});
