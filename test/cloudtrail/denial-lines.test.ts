import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodedLines, prettyMessage } from '../../src/cloudtrail/decoded-message.ts';
import { denialLines, encodedMessageOf, isEncodedMessageCut } from '../../src/cloudtrail/denial-lines.ts';

const said = (lines: readonly { readonly label: string; readonly text: string }[]) =>
  lines.map(({ label, text }) => `${label}: ${text}`);
const POLICY = 'arn:aws:organizations::777788889999:policy/o-exampleorg1/service_control_policy/p-0example';
const START = 'User: arn:aws:iam::111122223333:user/bob is not authorized to perform: ec2:StopInstances';
const ON = ' on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-1';
const ENCODED = 'Encoded authorization failure message: ';
const BLOB = 'oOrUqU7Gg-_x0123456789';

describe('a denied event', () => {
  const lines = (errorMessage: string, errorCode = 'Client.UnauthorizedOperation') =>
    said(denialLines({ errorCode, errorMessage, eventSource: 'ec2.amazonaws.com', eventName: 'StopInstances' }));

  test('names the policy, who, what and on what', () => {
    expect(lines(`${START}${ON} with an explicit deny in a service control policy: ${POLICY}`)).toEqual([
      'denied: explicit deny in a service control policy',
      `policy: ${POLICY}`,
      'principal: arn:aws:iam::111122223333:user/bob',
      'action: ec2:StopInstances',
      'resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
    ]);
  });

  test.each([
    ['Access Denied', ['denied: which policy is not stated', 'action: ec2:StopInstances']],
    [
      `You may not. ${ENCODED}${BLOB}`,
      ['denied: the reason is encoded in the message: b decodes it, or tells how', 'action: ec2:StopInstances'],
    ],
    [
      `${START} because no identity-based policy allows it. ${ENCODED}${BLOB}`,
      [
        'denied: no identity-based policy allows it',
        'more: in the encoded message: b decodes it, or tells how',
        'principal: arn:aws:iam::111122223333:user/bob',
        'action: ec2:StopInstances',
      ],
    ],
    [
      `You may not. ${ENCODED}${'x'.repeat(1000)}`,
      [
        'denied: the reason is encoded in the message, whose end CloudTrail cut off: it can no longer be decoded',
        'action: ec2:StopInstances',
      ],
    ],
  ])('%j', (message, expected) => {
    expect(lines(message)).toEqual(expected);
  });

  test('what failed otherwise has no such lines', () => {
    expect(denialLines({ errorCode: 'Client.InvalidInstanceID.NotFound', errorMessage: 'no such instance' })).toEqual(
      [],
    );
    expect(denialLines({})).toEqual([]);
    expect(denialLines(null)).toEqual([]);
  });
});

test('the encoded message, where it is whole', () => {
  const of = (errorMessage: unknown) => encodedMessageOf({ errorMessage });
  expect(of(`You may not. ${ENCODED}${BLOB}`)).toBe(BLOB);
  expect(of(`You may not. ${ENCODED}${BLOB} (Service: Ec2)`)).toBe(BLOB);
  expect(of(`${ENCODED}\n${BLOB}==`)).toBe(`${BLOB}==`);
  expect(of('You may not.')).toBeNull();
  expect(of(`${ENCODED}short`)).toBeNull();
  expect(of({ a: ENCODED })).toBeNull();
  const long = { errorMessage: `${ENCODED}${'x'.repeat(2000)}` };
  expect(encodedMessageOf(long)).toBeNull();
  expect(isEncodedMessageCut(long)).toBe(true);
  // Its end is there: something stands after it.
  expect(encodedMessageOf({ errorMessage: `${long.errorMessage} (end)` })).toHaveLength(2000);
});

describe('a decoded message', () => {
  test.each([
    [{ allowed: false, explicitDeny: false }, 'answer: not allowed: no statement of any policy allows it'],
    [{ allowed: false, explicitDeny: true }, 'answer: denied explicitly, by a statement of a policy'],
    [{ allowed: 'no' }, 'answer: not allowed'],
  ])('%j', (message, line) => {
    expect(said(decodedLines(JSON.stringify(message)))[0]).toBe(line);
  });

  test('names statements and conditions, as many as can be read', () => {
    const items = Array.from({ length: 12 }, (_, i) => ({ key: `aws:k${i}`, values: { items: [{ value: 'v' }] } }));
    const lines = said(
      decodedLines(
        JSON.stringify({
          matchedStatements: { items: [{ statementId: '', effect: 'DENY' }, 7] },
          context: { conditions: { items } },
        }),
      ),
    );
    expect(lines.slice(1, 3)).toEqual(['by: a statement without a Sid (deny)', 'by: a statement without a Sid']);
    expect(lines.at(-1)).toBe('condition: and 4 more');
    expect(lines).toHaveLength(12);
  });

  test('that is no JSON is shown as it came', () => {
    expect(decodedLines('<html>')).toEqual([]);
    expect(prettyMessage('<html>')).toBe('<html>');
    expect(prettyMessage('{"a":1}')).toBe('{\n  "a": 1\n}');
  });

  test('of any shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const lines = decodedLines(JSON.stringify({ context: value, matchedStatements: value, failures: value }));
        for (const { text } of lines) expect(text).not.toMatch(/^$|undefined|\[object/);
      }),
    );
  });
});
