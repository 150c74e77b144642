import { describe, expect, test } from 'vitest';
import { EVENT_NAMES, EVENT_SOURCES, knownSpelling } from '../../src/cloudtrail/event-names.ts';
import { lookupAttributeText } from '../../src/cloudtrail/lookup-attribute.ts';
import { INSIGHT_KEYS, lookupAttributeOf, type Spelling } from '../../src/query/lookup-attribute.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { EVENT_NAMES as SEEN_NAMES } from './event-names.ts';

const CLOCK = { now: Date.parse('2026-05-20T12:00:00Z'), zone: 'utc' } as const;

const LOADED = ['alice', 'Alice@corp.example', 'my-bucket', 'arn:aws:iam::111122223333:role/Admin', 'MyFunction'];

/** As the explorer does it: what is loaded, then the table. */
const spelling: Spelling = (key, value) =>
  (key === 'Username' || key === 'ResourceName'
    ? LOADED.find((known) => known.toLowerCase() === value.toLowerCase())
    : undefined) ?? knownSpelling(key, value);

function pushed(text: string, keys?: Parameters<typeof lookupAttributeOf>[2]): string | null {
  const { query, error } = parseQuery(text, CLOCK);
  if (error !== null) throw new Error(error.reason);
  const attribute = lookupAttributeOf(query, spelling, keys);
  return attribute === null ? null : lookupAttributeText(attribute);
}

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

describe('what the server takes over', () => {
  test.for([
    ['name:RunInstances', 'eventName=RunInstances'],
    ['eventName:runinstances', 'eventName=RunInstances'],
    ['NAME:CONSOLELOGIN', 'eventName=ConsoleLogin'],
    ['source:ec2', 'eventSource=ec2.amazonaws.com'],
    ['eventSource:EC2.amazonaws.com', 'eventSource=ec2.amazonaws.com'],
    ['user:ALICE', 'username=alice'],
    ['userIdentity.userName:alice', 'username=alice'],
    ['user:alice@corp.example', 'username=Alice@corp.example'],
    ['resource:my-bucket', 'resourceName=my-bucket'],
    ['resource:I-0AB12CD34EF567890', 'resourceName=i-0ab12cd34ef567890'],
    ['resources:sg-12345678', 'resourceName=sg-12345678'],
    ['resources.ARN:arn:aws:iam::111122223333:role/admin', 'resourceName=arn:aws:iam::111122223333:role/Admin'],
    ['resources[].type:aws::s3::bucket', 'resourceType=AWS::S3::Bucket'],
    ['resources.type:AWS::IAM::Role', 'resourceType=AWS::IAM::Role'],
    ['key:akiaiosfodnn7example', 'accessKeyId=AKIAIOSFODNN7EXAMPLE'],
    ['userIdentity.accessKeyId:ASIAEXAMPLE000000001', 'accessKeyId=ASIAEXAMPLE000000001'],
    [`id:${ID.toUpperCase()}`, `eventId=${ID}`],
    [`eventID:${ID}`, `eventId=${ID}`],
    ['readOnly:FALSE', 'readOnly=false'],
  ] as const)('%s', ([text, expected]) => {
    expect(pushed(text)).toBe(expected);
  });

  test('one condition only, the most selective', () => {
    const order = [
      [`id:${ID}`, 'eventId'],
      ['key:AKIAIOSFODNN7EXAMPLE', 'accessKeyId'],
      ['resource:my-bucket', 'resourceName'],
      ['user:alice', 'username'],
      ['name:DeleteBucket', 'eventName'],
      ['resources.type:AWS::S3::Bucket', 'resourceType'],
      ['source:s3', 'eventSource'],
      ['readOnly:false', 'readOnly'],
    ] as const;
    for (const [k, [, key]] of order.entries()) {
      const rest = order.slice(k).map(([text]) => text);
      expect(pushed(rest.join(' '))).toMatch(new RegExp(`^${key}=`));
      expect(pushed(rest.toReversed().join(' '))).toMatch(new RegExp(`^${key}=`));
    }
  });

  test('beside anything else that narrows', () => {
    for (const more of [
      'since:2h',
      'word',
      "'sub",
      '!error:*',
      '(a | b)',
      'who:~ali',
      'user:*',
      'name:Delete*,Put*',
      '!readOnly:true',
    ])
      expect(pushed(`${more} name:DeleteBucket`)).toBe('eventName=DeleteBucket');
    expect(pushed('(name:DeleteBucket (user:alice since:1d))')).toBe('username=alice');
  });

  test('Insights events know three of them', () => {
    expect(pushed('user:alice name:RunInstances', INSIGHT_KEYS)).toBe('eventName=RunInstances');
    expect(pushed('user:alice', INSIGHT_KEYS)).toBeNull();
  });
});

describe('what stays here', () => {
  test.for([
    '',
    'RunInstances',
    '^RunInstances$',
    'name:Run*',
    'name:RunInstance?',
    'name:~RunInstances',
    'name:*',
    'name:RunInstances,StopInstances',
    'name:RunInstances | name:StopInstances',
    'name:RunInstances | word',
    '!name:RunInstances',
    '!(name:RunInstances user:alice)',
    'who:alice',
    'session:alice',
    'role:Admin',
    'arn:arn:aws:iam::111122223333:role/Admin',
    'region:eu-west-1',
    'type:Root',
    'error:AccessDenied',
    'requestParameters.userName:alice',
    'requestParameters.eventName:RunInstances',
    'resources[0].type:AWS::S3::Bucket',
    // Not known how it is spelt.
    'name:SomethingNew',
    'user:bob',
    'resource:other-bucket',
    'source:nosuchservice',
    'key:AKIA*',
    'key:something',
    'id:not-an-id',
    'readOnly:"maybe"',
    // Many services list no ARN, and ours is any ARN in the event.
    'resource:arn:aws:iam::111122223333:role/Admin',
  ])('%s', (text) => {
    expect(pushed(text)).toBeNull();
  });

  test('a value that LookupEvents would refuse for its length, where _ and space count twice', () => {
    const { query } = parseQuery(`user:"${'a b_'.repeat(400)}"`, CLOCK);
    const same: Spelling = (_, value) => value;
    expect(lookupAttributeOf(query ?? { kind: 'all' }, same)).toBeNull();
    expect(
      lookupAttributeOf(parseQuery(`user:${'a'.repeat(2000)}`, CLOCK).query ?? { kind: 'all' }, same),
    ).not.toBeNull();
  });
});

describe('the table of spellings', () => {
  test('has several hundred names, no two of which differ only in case', () => {
    expect(EVENT_NAMES.length).toBeGreaterThan(1000);
    expect(new Set(EVENT_NAMES.map((name) => name.toLowerCase())).size).toBe(EVENT_NAMES.length);
    expect(EVENT_NAMES.filter((name) => !/^[A-Z][A-Za-z]+(?:20\d{6}(?:v\d)?)?[A-Za-z0-9]*$/.test(name))).toEqual([]);
    expect(new Set(EVENT_SOURCES).size).toBe(EVENT_SOURCES.length);
    expect(EVENT_SOURCES.filter((source) => !/^[a-z][a-z0-9-]*\.amazonaws\.com$/.test(source))).toEqual([]);
  });

  test('agrees with the names of other tests', () => {
    // Those of EKS are made up there: it says CreateNodegroup.
    const names = SEEN_NAMES.filter((name) => !name.includes('NodeGroup'));
    const wrong = names.filter((name) => (knownSpelling('EventName', name) ?? name) !== name);
    expect(wrong).toEqual([]);
  });

  test('knows what it does not know', () => {
    expect(knownSpelling('EventName', 'consolelogin')).toBe('ConsoleLogin');
    expect(knownSpelling('EventSource', 'EC2.AMAZONAWS.COM')).toBe('ec2.amazonaws.com');
    expect(knownSpelling('EventSource', 'ec2')).toBeNull();
    expect(knownSpelling('ReadOnly', 'TRUE')).toBe('true');
    expect(knownSpelling('Username', 'root')).toBeNull();
    expect(knownSpelling('EventName', '__proto__')).toBeNull();
  });
});
