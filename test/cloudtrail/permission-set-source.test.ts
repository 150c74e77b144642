import { expect, test } from 'vitest';
import { sourceOfSession } from '../../src/cloudtrail/session-source.ts';

const session = (path: string, role: string) => ({
  userIdentity: {
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/dave`,
    sessionContext: { sessionIssuer: { arn: `arn:aws:iam::111122223333:role/${path}${role}`, userName: role } },
  },
});

const PATH = 'aws-reserved/sso.amazonaws.com/eu-west-1/';
const ROLE = 'AWSReservedSSO_Admin_0123456789abcdef';

test.each([
  ['its path and its name', PATH, ROLE, { what: 'person', name: 'dave' }],
  ['its name alone', '', ROLE, null],
  ['its path alone', PATH, 'Admin', null],
])('a session shows a person of Identity Center by %s', (_, path, role, source) => {
  expect(sourceOfSession(session(path, role))).toEqual(source);
});
