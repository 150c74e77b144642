// Values that are words of CloudTrail's or of a service's, with a meaning that the word alone does not tell.
// Source, where no other is named: CloudTrail User Guide, "CloudTrail record contents" and "userIdentity element".

type Words = Readonly<Record<string, string>>;

const REMOVED = 'sent, but never recorded';
const HIDDEN = new Set(['HIDDEN_DUE_TO_SECURITY_REASONS', '<sensitiveDataRemoved>', 'sensitiveDataRemoved']);
const HIDDEN_TEXT = /^value hidden due to security reasons\.?$/i;
const MASKED = /^(?:\*{3,}|x{6,})$/i;

/** By the value's own key, then by the value as a text. */
const BY_KEY: Readonly<Record<string, Words>> = {
  mfaAuthenticated: {
    true: 'issued with MFA',
    false: 'issued without MFA',
  },
  MFAUsed: { Yes: 'signed in with MFA', No: 'no MFA of AWS; a federated sign-in may have had its own' },
  sessionCredentialFromConsole: { true: 'made in the console' },
  ec2RoleDelivery: {
    '1.0': 'IMDSv1: no session token was needed',
    '2.0': 'IMDSv2: with a session token',
  },
  assumedRoot: { true: 'root of a member account, through sts:AssumeRoot' },
  readOnly: { false: 'may change something' },
  eventType: {
    AwsServiceEvent: 'AWS did it; nobody called an API',
    AwsConsoleAction: 'in the console; not an API call',
    AwsVpceEvent: 'through a VPC endpoint',
    AwsVpceEvents: 'through a VPC endpoint',
  },
  invokedBy: { 'AWS Internal': 'an AWS service, not named; often the console' },
  sourceIPAddress: { 'AWS Internal': 'from within AWS; often the console' },
  vpcEndpointId: { 'AWS Internal': 'an endpoint of AWS itself' },
  tlsVersion: { TLSv1: 'outdated', 'TLSv1.0': 'outdated', 'TLSv1.1': 'outdated' },
  reason: {
    DELIVERY_DELAY: 'delivered late',
    UPDATED_DATA: 'replaces an earlier record of the event',
    SERVICE_OUTAGE: 'delivered late: an outage of the service',
  },
  accountId: { anonymous: 'called without credentials' },
  principalId: { anonymous: 'called without credentials', ANONYMOUS_PRINCIPAL: 'called without credentials' },
  accessKeyId: { '': 'no access key' },
  publiclyAccessible: { true: 'reachable from the internet, where its security groups allow' },
  'x-amz-acl': {
    'public-read': 'everybody may read',
    'public-read-write': 'everybody may read and write',
    'authenticated-read': 'anyone with an AWS account may read',
  },
  AuthenticationMethod: { AuthHeader: 'signed with an access key', QueryString: 'a presigned URL' },
};

const BY_VALUE: Words = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'everybody',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'anyone with an AWS account',
};

/** Of a statement in a policy, where `*` stands. */
const STARS: Words = { Principal: 'anyone', AWS: 'anyone', Action: 'every action', Resource: 'everything' };

const KNOWN_MINOR = 11;
/** Longest that CloudTrail keeps of a field. */
const LIMITS: Words = {
  additionalEventData: '28 kB',
  edgeDeviceDetails: '28 kB',
  userAgent: '1 kB',
  errorMessage: '1 kB',
};
const USUAL_LIMIT = '100 kB';

/** '' for every other value. */
export function wordMeaning(path: readonly (string | number)[], key: string, value: string | number | boolean): string {
  const text = String(value);
  if (typeof value === 'string' && text.length < 100) {
    const hidden = hiddenMeaning(path, key, text);
    if (hidden !== '') return hidden;
    const star = text === '*' ? own(STARS, key) : undefined;
    if (star !== undefined) return star;
    const known = own(BY_VALUE, text);
    if (known !== undefined) return known;
    if (key === 'eventVersion' && path.length === 1) return versionMeaning(text);
    if (key === 'errorCode') return errorCodeMeaning(text);
    if (key === 'group' && text === 'all' && path.some((part) => /permission/i.test(String(part))))
      return path.includes('remove') ? 'everybody' : 'everybody: public';
  }
  if (key === 'omitted' && text === 'true')
    return `left out by CloudTrail: longer than it keeps (${own(LIMITS, String(path[0])) ?? USUAL_LIMIT})`;
  return own(own(BY_KEY, key) ?? {}, text) ?? '';
}

function hiddenMeaning(path: readonly (string | number)[], key: string, text: string): string {
  if (!HIDDEN.has(text) && !HIDDEN_TEXT.test(text)) return MASKED.test(text) ? 'masked' : '';
  // CloudTrail User Guide, "AWS Management Console sign-in events".
  if (/^userName$/i.test(key) && path[0] === 'userIdentity')
    return 'no such user: hidden, as it may be a password typed in the wrong place';
  return REMOVED;
}

function versionMeaning(text: string): string {
  const [, major, minor] = /^(\d{1,6})\.(\d{1,6})$/.exec(text) ?? [];
  const isNewer = Number(major) > 1 || (Number(major) === 1 && Number(minor) > KNOWN_MINOR);
  return isNewer ? `newer than 1.${KNOWN_MINOR}, which trailx knows; all of it is shown` : '';
}

/** The prefixes are EC2's. Source: Amazon EC2 API Reference, "Error codes". */
function errorCodeMeaning(code: string): string {
  if (/throttl|requestlimitexceeded|toomanyrequests|slowdown/i.test(code)) return 'too many calls in a short time';
  if (/^(?:Client\.)?DryRunOperation$/.test(code)) return 'a dry run: it would have been allowed';
  if (code.startsWith('Client.') && !/unauthorized|denied|authfailure/i.test(code)) return 'the request was at fault';
  return code.startsWith('Server.') ? 'AWS was at fault, not the request' : '';
}

/** Keys come from records: `constructor` is a key like any other. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
