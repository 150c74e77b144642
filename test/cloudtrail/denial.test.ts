import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Denial, denialOf, denialReasonText } from '../../src/cloudtrail/denial.ts';

const ALICE = 'arn:aws:sts::111122223333:assumed-role/Ops/alice';
const INSTANCE = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0a7c31e95b2d4f681';
const denied = (message: string, error = 'AccessDenied', source = '', name = '') =>
  denialOf({ error, message, source, name });
const sentence = (end: string, resource = ` on resource: ${INSTANCE}`) =>
  `User: ${ALICE} is not authorized to perform: ec2:StopInstances${resource}${end}`;

describe('the reason of a denial', () => {
  test.each([
    [
      ' because no identity-based policy allows the ec2:StopInstances action',
      'no-identity',
      'no identity-based policy allows it',
    ],
    [
      ' because no resource-based policy allows the ec2:StopInstances action',
      'no-resource',
      'no resource-based policy allows it',
    ],
    [
      ' because no permissions boundary allows the ec2:StopInstances action',
      'no-boundary',
      'no permissions boundary allows it',
    ],
    [' because no session policy allows the ec2:StopInstances action', 'no-session', 'no session policy allows it'],
    [
      ' because no service control policy allows the ec2:StopInstances action',
      'no-scp',
      'no service control policy allows it',
    ],
    [
      ' because no resource control policy allows the ec2:StopInstances action',
      'no-rcp',
      'no resource control policy allows it',
    ],
    [
      ' because no VPC endpoint policy allows the ec2:StopInstances action',
      'no-vpce',
      'no VPC endpoint policy allows it',
    ],
    [
      ' with an explicit deny in an identity-based policy',
      'deny-identity',
      'explicit deny in an identity-based policy',
    ],
    [' with an explicit deny in a resource-based policy', 'deny-resource', 'explicit deny in a resource-based policy'],
    [' with an explicit deny in a permissions boundary', 'deny-boundary', 'explicit deny in a permissions boundary'],
    [' with an explicit deny in a session policy', 'deny-session', 'explicit deny in a session policy'],
    [' with an explicit deny in a service control policy', 'deny-scp', 'explicit deny in a service control policy'],
    [' with an explicit deny in a resource control policy', 'deny-rcp', 'explicit deny in a resource control policy'],
    [' with an explicit deny in a VPC endpoint policy', 'deny-vpce', 'explicit deny in a VPC endpoint policy'],
    [' because no role trust policy allows the sts:AssumeRole action', 'no-trust', 'no role trust policy allows it'],
    [' with an explicit deny in the role trust policy', 'deny-trust', 'explicit deny in the role trust policy'],
    [' with an explicit deny', 'deny', 'explicit deny'],
    ['', 'not-stated', 'not stated'],
  ] as const)('%j', (end, reason, words) => {
    const denial = denied(sentence(end));
    expect(denial).toEqual({ reason, principal: ALICE, action: 'ec2:StopInstances', resource: INSTANCE, policy: '' });
    expect(denialReasonText(reason)).toBe(words);
  });

  test.each([
    ['Access Denied', 'AccessDenied', 'not-stated'],
    ['The request was denied due to a VPC endpoint policy', 'VpceAccessDenied', 'vpce'],
    ['You are not authorized to perform this operation.', 'Client.UnauthorizedOperation', 'not-stated'],
    [
      'You are not authorized to perform this operation. Encoded authorization failure message: oOrUqU7Gg-_x',
      'Client.UnauthorizedOperation',
      'encoded',
    ],
    ['IAM user access not activated', 'AccessDenied', 'not-stated'],
    [
      'User: x is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::b" because public policies are blocked by the BlockPublicPolicy block public access setting.',
      'AccessDenied',
      'public-access-block',
    ],
    [
      'User: x is not authorized to perform: kms:Decrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
      'AccessDenied',
      'not-stated',
    ],
    ['', 'AccessDeniedException', 'not-stated'],
  ] as const)('%j', (message, error, reason) => {
    expect(denied(message, error)?.reason).toBe(reason);
    expect(denialReasonText(reason)).not.toMatch(/undefined/);
  });
});

describe('a name that someone chose', () => {
  const FAKE = ' with an explicit deny in a service control policy';
  const TRUE_END = ' because no identity-based policy allows the s3:GetObject action';
  const asked = (resource: string, end: string) =>
    denied(`User: ${ALICE} is not authorized to perform: s3:GetObject on resource: ${resource}${end}`);

  test.each([
    [`"arn:aws:s3:::b/x${FAKE}"`, `arn:aws:s3:::b/x${FAKE}`],
    [`"arn:aws:s3:::b/x"${FAKE}"`, `arn:aws:s3:::b/x"${FAKE}`],
    [`arn:aws:s3:::b/x${FAKE}`, `arn:aws:s3:::b/x${FAKE}`],
  ])('does not pick the policy: %s', (stated, resource) => {
    expect(asked(stated, TRUE_END)).toMatchObject({ reason: 'no-identity', resource, policy: '' });
  });

  test('nor does it hide an explicit deny, or name the policy', () => {
    const name = '"arn:aws:s3:::b/x because no session policy allows it"';
    expect(asked(name, ' with an explicit deny in a resource control policy')?.reason).toBe('deny-rcp');
    expect(asked('"arn:aws:s3:::b/block public access because public"', '')?.reason).toBe('not-stated');
    const arn = 'arn:aws:iam::111122223333:policy/Fake';
    expect(asked(`"arn:aws:s3:::b/x${FAKE}: ${arn}"`, TRUE_END)?.policy).toBe('');
  });
});

describe('the parts of a denial', () => {
  const parts = (message: string, error = 'AccessDenied', source = '', name = '') => {
    const { principal, action, resource, policy } = denied(message, error, source, name) as Denial;
    return [principal, action, resource, policy];
  };

  test('EC2 says it after a sentence of its own, and before the encoded message', () => {
    const message = `You are not authorized to perform this operation. ${sentence(' with an explicit deny in a service control policy')}. Encoded authorization failure message: aBc`;
    expect(parts(message, 'Client.UnauthorizedOperation')).toEqual([ALICE, 'ec2:StopInstances', INSTANCE, '']);
    expect(parts(`${sentence('')} Encoded authorization failure message: aBc`)[2]).toBe(INSTANCE);
  });

  test('the policy that denied, where the message names it', () => {
    const arn = 'arn:aws:organizations::777788889999:policy/o-exampleorg1/service_control_policy/p-0example';
    expect(parts(sentence(` with an explicit deny in a service control policy: ${arn}`))[3]).toBe(arn);
  });

  test('a resource in quotes, with spaces, with a word before it, or none', () => {
    const end = ' because no identity-based policy allows the s3:GetObject action';
    expect(
      parts(
        `User: u is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/a because b.txt"${end}`,
      )[2],
    ).toBe('arn:aws:s3:::b/a because b.txt');
    expect(
      parts(`User: u is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/two words${end}`)[2],
    ).toBe('arn:aws:s3:::b/two words');
    expect(
      parts('User: u is not authorized to perform: iam:GetPolicy on resource: policy arn:aws:iam::1:policy/p'),
    ).toEqual(['u', 'iam:GetPolicy', 'arn:aws:iam::1:policy/p', '']);
    expect(parts(sentence(end, ''))[2]).toBe('');
  });

  test('the action in IAM’s spelling, whoever the principal is', () => {
    expect(
      parts('User: arn:aws:iam::111122223333:root is not authorized to perform: SNS:ListTopics on resource: *'),
    ).toEqual(['arn:aws:iam::111122223333:root', 'sns:ListTopics', '*', '']);
    expect(parts('User is not authorized to perform: rds:CopyDBSnapshot')).toEqual(['', 'rds:CopyDBSnapshot', '', '']);
    expect(parts('User: anonymous is not authorized to perform: es:ESHttpGet')[0]).toBe('anonymous');
    expect(parts('Not authorized to perform sts:AssumeRoleWithWebIdentity')[1]).toBe('sts:AssumeRoleWithWebIdentity');
  });

  test('the action of the call where the message names none', () => {
    expect(parts('Access Denied', 'AccessDenied', 's3.amazonaws.com', 'ListObjects')[1]).toBe('s3:ListBucket');
    expect(
      parts(
        'You are not authorized to perform this operation.',
        'Client.UnauthorizedOperation',
        'ec2.amazonaws.com',
        'RunInstances',
      )[1],
    ).toBe('ec2:RunInstances');
    expect(parts('Access Denied')[1]).toBe('');
    // iam:PassRole is what RunInstances lacked: the message knows better than the call.
    expect(
      parts(
        'User: u is not authorized to perform: iam:PassRole on resource: *',
        'Client.UnauthorizedOperation',
        'ec2.amazonaws.com',
        'RunInstances',
      )[1],
    ).toBe('iam:PassRole');
  });
});

test('what was not denied is no denial', () => {
  expect(denied('', '')).toBeNull();
  expect(denied('The bucket you tried to delete is not empty', 'BucketNotEmpty')).toBeNull();
  expect(denied('The security token included in the request is expired', 'ExpiredToken')).toBeNull();
  expect(denialOf({ error: sentence(''), message: '' })?.principal).toBe(ALICE);
});

test('any text, however long, is answered with bounded parts', () => {
  const words = [
    'User: ',
    ' is not authorized to perform: ',
    'ec2:X',
    ' on resource: ',
    '"',
    ' because no ',
    'identity-based policy',
    ' with an explicit deny',
    ' in a ',
    'Encoded authorization failure message:',
    'arn:aws:',
    ' ',
    '\n',
    'policy ',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 40 }), (pieces) => {
      const denial = denied(pieces.join(''));
      expect(denial).not.toBeNull();
      expect(denialReasonText((denial as Denial).reason)).not.toMatch(/undefined/);
    }),
  );
  for (const word of words) {
    const denial = denied(word.repeat(100_000 / word.length)) as Denial;
    expect(denial.principal.length + denial.action.length + denial.resource.length).toBeLessThan(5000);
  }
});
