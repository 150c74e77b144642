// Records of sessions and of the calls that begin them. Times are seconds after START.

import { NOW } from './events.ts';

export const START = NOW - 86_400_000;
export const PROD = '111122223333';
export const OPS = '444455556666';

type Parts = Readonly<Record<string, unknown>>;

let count = 0;

export function isoOf(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** One call; `more` beats what is usual. */
export function call(seconds: number, eventName: string, userIdentity: unknown, more: Parts = {}): string {
  const [eventSource = 'ec2.amazonaws.com', name = eventName] = eventName.includes(':')
    ? [`${eventName.split(':')[0]}.amazonaws.com`, eventName.split(':')[1]]
    : [];
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity,
    eventTime: isoOf(seconds),
    eventSource,
    eventName: name,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.31.4',
    requestParameters: null,
    responseElements: null,
    eventID: `event-${++count}`,
    eventType: 'AwsApiCall',
    eventCategory: 'Management',
    managementEvent: true,
    recipientAccountId: PROD,
    ...more,
  });
}

export function sessionArn(role: string, session: string, account = PROD): string {
  return `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
}

/** `created`: seconds after START; null where the record does not state it. `key` '': none. */
export function roleSession(
  role: string,
  session: string,
  {
    key = '',
    created = 0 as number | null,
    account = PROD,
    path = '',
    context = {},
    ...more
  }: {
    readonly key?: string;
    readonly created?: number | null;
    readonly account?: string;
    readonly path?: string;
    readonly context?: Parts;
    readonly [name: string]: unknown;
  } = {},
): Parts {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${session}`,
    arn: sessionArn(role, session, account),
    accountId: account,
    ...(key !== '' && { accessKeyId: key }),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLE',
        arn: `arn:aws:iam::${account}:role/${path}${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { ...(created !== null && { creationDate: isoOf(created) }), mfaAuthenticated: 'false' },
      ...context,
    },
    ...more,
  };
}

export function user(name: string, key = '', created: number | null = null): Parts {
  return {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLE',
    arn: `arn:aws:iam::${PROD}:user/${name}`,
    accountId: PROD,
    userName: name,
    ...(key !== '' && { accessKeyId: key }),
    ...(created !== null && { sessionContext: { attributes: { creationDate: isoOf(created) } } }),
  };
}

/** What AssumeRole asks for, and answers; `key` '': an answer that is not told. */
export function assuming(role: string, session: string, key: string, account = PROD): Parts {
  return {
    requestParameters: { roleArn: `arn:aws:iam::${account}:role/${role}`, roleSessionName: session },
    responseElements:
      key === ''
        ? null
        : {
            credentials: { accessKeyId: key, sessionToken: 'TOKEN', expiration: 'May 20, 2026, 3:00:00 PM' },
            assumedRoleUser: { assumedRoleId: `AROAEXAMPLE:${session}`, arn: sessionArn(role, session, account) },
          },
  };
}
