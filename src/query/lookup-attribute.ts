// Which condition of a query the server can take over, so that 90 days answer in seconds. LookupEvents compares one
// attribute, whole and case-sensitively; the search language ignores case. So a value goes to the server only in a
// spelling that is known to be the one in the records, and only where an event that matches the query has to have it.
//
// Where the two do not mean quite the same:
// - user: what the list calls user was made after LookupEvents' Username (user name; session name of a role; root).
// - resource: ours is any name, id or ARN anywhere in the event, the server's what CloudTrail has listed for it, under
//   name, id and sometimes ARN. A name or id goes to the server: what it finds are all events it lists for it, which the
//   status says. An ARN does not: for many services it lists none, and the answer would be empty; only resources.ARN,
//   which is CloudTrail's own list in the record, does.
// - resources.type: CloudTrail's own list again.
// - source:ec2 stands for ec2.amazonaws.com; no service is called ec2 alone.
// - readOnly: the server knows it of every event, the record of most; it finds more, and that is filtered here.
// - who, session, role, arn …: the server has nothing like them.

import type { LookupAttribute, LookupKey } from '../cloudtrail/lookup-attribute.ts';
import { resolvePath } from './paths.ts';
import { plainText } from './pattern.ts';
import type { Query } from './query.ts';

/** The spelling in which events have a value, whatever case it was typed in; null where it is not known for certain or
 *  there are several. */
export type Spelling = (key: LookupKey, value: string) => string | null;

/** What LookupEvents can compare, the most selective first. */
const BY_SELECTIVITY: readonly LookupKey[] = [
  'EventId',
  'AccessKeyId',
  'ResourceName',
  'Username',
  'EventName',
  'ResourceType',
  'EventSource',
  'ReadOnly',
];

/** What it can compare with EventCategory=insight. */
export const INSIGHT_KEYS: readonly LookupKey[] = ['EventId', 'EventName', 'EventSource'];

const SERVICE_SUFFIX = '.amazonaws.com';
/** Of AttributeValue; some characters count twice. */
const MAX_VALUE = 2000;

/** The one condition that every match of the query meets and that the server can check; null where there is none. */
export function lookupAttributeOf(
  query: Query,
  spelling: Spelling,
  keys: readonly LookupKey[] = BY_SELECTIVITY,
): LookupAttribute | null {
  const found = requiredBy(query).flatMap((term) => attributeOf(term, spelling) ?? []);
  for (const key of BY_SELECTIVITY) {
    const attribute = found.find((it) => it.key === key);
    if (attribute !== undefined && keys.includes(key)) return attribute;
  }
  return null;
}

type Condition = { readonly path: string; readonly value: string };

/** Conditions on one exact value that no match can do without. */
function requiredBy(query: Query): readonly Condition[] {
  if (query.kind === 'and') return query.terms.flatMap(requiredBy);
  if (query.kind === 'or' && query.terms.length === 1) return query.terms.flatMap(requiredBy);
  if (query.kind !== 'field' || query.values.length !== 1) return [];
  const value = plainText(query.values[0] as string);
  return value === null ? [] : [{ path: query.path, value }];
}

function attributeOf({ path, value }: Condition, spelling: Spelling): LookupAttribute | null {
  const key = keyOf(path);
  if (key === null) return null;
  const spelt = spell(key, value, path, spelling);
  return spelt === null || weight(spelt) > MAX_VALUE || spelt === '' ? null : { key, value: spelt };
}

const FIELD_KEYS: Readonly<Record<string, LookupKey>> = {
  id: 'EventId',
  key: 'AccessKeyId',
  resource: 'ResourceName',
  user: 'Username',
  name: 'EventName',
  source: 'EventSource',
  readOnly: 'ReadOnly',
};

const PATH_KEYS: Readonly<Record<string, LookupKey>> = {
  'resources.arn': 'ResourceName',
  'resources.type': 'ResourceType',
};

function keyOf(path: string): LookupKey | null {
  const target = resolvePath(path);
  if (target.kind === 'field') return FIELD_KEYS[target.field.id] ?? null;
  if (target.kind !== 'path') return null;
  const steps = target.steps.map((step) => (step.kind === 'key' ? step.key.toLowerCase() : '[]'));
  return PATH_KEYS[steps.join('.')] ?? null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ACCESS_KEY = /^A[KS]IA[A-Z0-9]{12,124}$/;
/** i-0ab12cd34ef567890, vol-12345678: AWS makes them, in small letters. */
const RESOURCE_ID = /^[a-z][a-z0-9]{0,14}-(?:[0-9a-f]{17}|[0-9a-f]{8})$/;

function spell(key: LookupKey, value: string, path: string, spelling: Spelling): string | null {
  const [lower, upper] = [value.toLowerCase(), value.toUpperCase()];
  switch (key) {
    case 'EventId':
      return UUID.test(lower) ? lower : spelling(key, value);
    case 'AccessKeyId':
      return ACCESS_KEY.test(upper) ? upper : spelling(key, value);
    case 'ReadOnly':
      return lower === 'true' || lower === 'false' ? lower : null;
    case 'EventSource':
      return spelling(key, lower.endsWith(SERVICE_SUFFIX) ? value : value + SERVICE_SUFFIX);
    case 'ResourceName': {
      const isArn = lower.startsWith('arn:');
      if (isArn && !path.toLowerCase().endsWith('arn')) return null;
      return RESOURCE_ID.test(lower) ? lower : spelling(key, value);
    }
    default:
      return spelling(key, value);
  }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupAttribute.html */
function weight(value: string): number {
  return value.length + (value.match(/[_ ,\n]/g)?.length ?? 0);
}
