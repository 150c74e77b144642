import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { detailHead, type HeadNotes } from '../../src/state/detail-head.ts';
import { widthCells } from '../../src/text/width.ts';

const shapes = new Map(
  readFileSync(new URL('../../fixtures/records/identity-shapes.ndjson', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly eventID: string })
    .map((record) => [record.eventID, record]),
);

const texts = (record: unknown, width = 100, height = 80, notes: Partial<HeadNotes> = {}) =>
  detailHead(record, width, height, height, notes).map(({ text }) => text);

const federated = shapes.get('web identity session with a source identity');

describe('the chain', () => {
  test('stands above the questions, and explains its question mark', () => {
    const lines = texts(federated, 120);
    const chain = lines.findIndex((line) => line.startsWith('source identity'));
    expect(lines[chain]).toBe(
      'source identity trent@example.com (set when the session began) → visit-12? → role mobile   (? chosen by the caller)',
    );
    expect(lines[chain + 1]).toMatch(/^no {10}Root or IAM user credentials\?/);
  });

  test('is kept in few lines where it tells more than the sentence', () => {
    expect(texts(federated, 80, 12)).toContain('source identity trent@example.com? → visit-12? → role mobile');
    const plain = shapes.get('permission set signs in to the console');
    expect(texts(plain, 100, 80)).toContain('alice@example.com → role Admin');
    expect(texts(plain, 80, 12).join('\n')).not.toContain('→');
  });

  test('of one link is not shown', () => {
    expect(texts(shapes.get('IAM user with a session key')).join('\n')).not.toContain('→');
  });
});

test('a person who is known comes before what the session was given', () => {
  expect(texts(federated, 140, 80, { person: 'dave' })).toContain(
    'dave → source identity trent@example.com (set when the session began) → role mobile/visit-12',
  );
});

describe('evidence', () => {
  test('stands beside the question where there is room, else below it', () => {
    const wide = texts(federated, 120);
    expect(wide).toContain(
      'yes         Temporary credentials of a role or federated user?   userIdentity.type = AssumedRole',
    );
    expect(texts(federated, 70)).toContain('            userIdentity.type = AssumedRole');
  });

  test('of a contradiction names both members', () => {
    const lines = texts(shapes.get('IAM user with the ARN of a role session'), 200);
    expect(lines).toContain(
      'not stated  Temporary credentials of a role or federated user?   userIdentity.type = IAMUser · userIdentity.arn = arn:aws::sts:111122223333:assumed-role/Portal/erin',
    );
    expect(lines).toContain('            the record contradicts itself');
  });

  test('may be of any length', () => {
    const arn = `arn:aws:sts::1:assumed-role/${'x'.repeat(100_000)}/y`;
    for (const text of texts({ userIdentity: { arn } }, 60)) expect(widthCells(text)).toBeLessThanOrEqual(60);
  });
});

describe('the person', () => {
  const person = (record: unknown, width = 100, height = 40) =>
    texts(record, width, height, { person: 'dave' }).filter((line) => line.startsWith('person'));

  test('that the calls before this session show', () => {
    expect(person(federated)).toEqual(['person: dave, by the calls that began this session (s shows them)']);
    expect(person(federated, 80, 12)).toHaveLength(1);
    expect(texts(federated).filter((line) => line.startsWith('person'))).toEqual([]);
  });

  test('whose Identity Center id the record states', () => {
    const record = shapes.get('identity-enhanced session of a function, with everything');
    expect(person(record, 120)).toEqual([
      'person: dave, as the Identity Center user a1b2c3d4-5678-90ab-cdef-EXAMPLE11111 is called',
    ]);
  });
});

test('the chain begins with the person who is known, and leaves the name that anybody can choose to the session', () => {
  const record = { userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/etl/nightly' } };
  expect(texts(record, 100, 40, { person: 'dave' })).toContain('dave → role etl/nightly');
  expect(texts(record, 100, 40)).toContain('nightly? → role etl   (? chosen by the caller)');
});

describe('kinds of events', () => {
  const insight = {
    eventType: 'AwsCloudTrailInsight',
    insightDetails: { state: 'Start', eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
  };

  test('without a caller are asked no questions of identity', () => {
    expect(texts(insight).join('\n')).not.toContain('credentials?');
    expect(texts(insight).length).toBeGreaterThan(2);
  });

  test('with one tell what they are before the card', () => {
    const lines = texts(shapes.get('IAM user signs in with MFA'));
    expect(lines.indexOf('MFA: used')).toBeGreaterThan(0);
    expect(lines.indexOf('MFA: used')).toBeLessThan(lines.findIndex((line) => line.startsWith('yes ')));
  });

  test.each([...shapes.keys()])('%s: the head leaves half of the pane to the tree', (id) => {
    for (const [width, height] of [
      [80, 13],
      [79, 48],
      [24, 8],
    ] as const) {
      const lines = detailHead(shapes.get(id), width, height, height, {
        note: 'n',
        news: 'new: first',
        person: 'dave',
      });
      expect(lines.length).toBeLessThanOrEqual(Math.floor(height / 2));
      for (const { text } of lines) expect(widthCells(text)).toBeLessThanOrEqual(width);
    }
  });
});

test('a denial says its reason once in few lines', () => {
  const denied = {
    eventSource: 'ec2.amazonaws.com',
    eventName: 'TerminateInstances',
    errorCode: 'Client.UnauthorizedOperation',
    errorMessage:
      'You are not authorized to perform this operation. User: arn:aws:iam::111122223333:user/erin is not authorized to perform: ec2:TerminateInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-0ab12cd34ef567890 with an explicit deny in a service control policy',
    userIdentity: { type: 'IAMUser', userName: 'erin' },
  };
  const reason = 'explicit deny in a service control policy';
  const full = detailHead(denied, 100, 80);
  expect(full).toContainEqual({ kind: 'denial', text: `denied: ${reason}` });
  expect(full).toContainEqual({ kind: 'denial', text: 'action: ec2:TerminateInstances' });
  const few = detailHead(denied, 100, 16).filter(({ kind }) => kind !== 'error');
  expect(few.filter(({ text }) => text.includes(reason))).toHaveLength(1);
  // The key matters more than what the message repeats of the call.
  const least = detailHead(
    { ...denied, userIdentity: { ...denied.userIdentity, accessKeyId: 'AKIAEXAMPLEERIN00001' } },
    100,
    10,
  );
  expect(least.at(-1)?.text).toBe('Root or IAM user: yes · IAM user erin · MFA not stated · key AKIAEXAMPLEERIN00001');
});
