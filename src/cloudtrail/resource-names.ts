// How one resource is called: i-0ab… and the ARN that ends in it, a role by its name, its ARN or its AROA id, a secret
// with and without the six characters that AWS puts behind its name. Compared whatever the case.

import { objectOf, textOf } from './json-value.ts';
import { nameOfArn } from './resources.ts';

/** i-0ab12cd34ef567890, sg-12345678: nobody else's by accident. */
const ID = /^[a-z][a-z0-9]{0,14}-(?:[0-9a-f]{17}|[0-9a-f]{8})$/i;
/** AROAEXAMPLE…: unique ids of IAM. */
const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{12,}$/;
/** Shorter names are found inside of others. */
const SPECIFIC = 8;
/** `production`, `Administrator`: so is a plain word. */
const ONE_WORD = /^[A-Za-z]?[a-z]+$/;
const MAX_NAME = 2048;

export function isArn(name: string): boolean {
  return /^arn:[^:\s]*:[^:\s]*:/i.test(name);
}

/** Whether a text has the shape of an id or ARN, which only resources have. */
export function isIdOrArn(text: string): boolean {
  return text.length <= MAX_NAME && !/\s/.test(text) && (isArn(text) || ID.test(text) || UNIQUE_ID.test(text));
}

/** The short name: of an ARN what a call's parameters would say, of all else the name itself. */
export function plainNameOf(name: string): string {
  const text = name.trim();
  if (!isArn(text)) return text;
  const [, , service = '', , , ...rest] = text.split(':');
  // A policy says bucket/* of what is in a bucket.
  const resource = rest.join(':').replace(/(?<=.)\/\*$/, '');
  const lastPart = resource.slice(resource.lastIndexOf('/') + 1);
  switch (service.toLowerCase()) {
    case 'sts': {
      // A session of a role is no resource: the role is.
      const role = /^assumed-role\/(?:.*\/)?([^/]+)\/[^/]+$/.exec(resource)?.[1];
      return role ?? lastPart;
    }
    case 'kms':
      return resource.replace(/^key\//, '');
    case 'lambda':
      return resource.replace(/^(?:function|layer):/, '').replace(/:.*$/, '');
    case 'secretsmanager':
      return resource.replace(/^secret:/, '').replace(/-[A-Za-z0-9]{6}$/, '');
    case 'elasticloadbalancing':
      return /^(?:loadbalancer\/(?:app|net|gwy)|targetgroup|loadbalancer)\/([^/]+)/.exec(resource)?.[1] ?? resource;
    case 'autoscaling':
      return /Name\/(.+)$/.exec(resource)?.[1] ?? resource;
    case 'cloudformation':
      return /^stack(?:set)?\/([^/:]+)/.exec(resource)?.[1] ?? resource;
    case 'ecs':
    case 'ec2':
      return lastPart;
    default:
      return nameOfArn(text.replace(/(?<=.)\/\*$/, '')) || resource || text;
  }
}

/** Everything that the same resource may be called, as far as the name tells: itself, its short name, of a secret's ARN
 *  the name with its suffix as well. */
export function spellingsOf(name: string): readonly string[] {
  const text = name.trim().slice(0, MAX_NAME);
  if (text === '') return [];
  const spellings = [text, plainNameOf(text)];
  if (/^arn:[^:]*:secretsmanager:/i.test(text)) spellings.push(text.split(':').slice(6).join(':'));
  if (/^arn:[^:]*:ssm:.*:parameter\/[^/]+$/i.test(text)) spellings.push(text.slice(text.lastIndexOf('/') + 1));
  return [...new Set(spellings.filter((spelling) => spelling !== ''))];
}

/** Whether two names are of one resource: the same ARN, or the same short name where at most one is an ARN. */
export function isSameResource(a: string, b: string): boolean {
  if (isArn(a) && isArn(b)) return wholeArn(a) === wholeArn(b);
  const others = new Set(spellingsOf(b).map((spelling) => spelling.toLowerCase()));
  return spellingsOf(a).some((spelling) => others.has(spelling.toLowerCase()));
}

/** Tells the values of records that name the resource, which is known by all of `names`. */
export type IsResource = (value: unknown) => boolean;

export function resourceMatcher(names: readonly string[]): IsResource {
  const known = new Map<string, boolean>();
  const spelled = new Set(names.flatMap(spellingsOf).map((spelling) => spelling.toLowerCase()));
  const arns = new Set(names.filter(isArn).map(wholeArn));
  const test = (value: string): boolean => {
    if (spelled.has(value.toLowerCase())) return true;
    if (!isArn(value)) return false;
    const arn = wholeArn(value);
    // Of two ARNs the whole counts: a user and a role may share their name.
    if (arns.size > 0 && [...arns].some((other) => serviceOf(other) === serviceOf(arn))) return arns.has(arn);
    return spellingsOf(value).some((spelling) => spelled.has(spelling.toLowerCase()));
  };
  return (value) => {
    const text = textOf(value);
    if (text === '' || text.length > MAX_NAME) return false;
    let answer = known.get(text);
    if (answer === undefined) {
      answer = test(text);
      if (known.size < 5000) known.set(text, answer);
    }
    return answer;
  };
}

/** Without the version of a function and the `:*` of a log group. */
function wholeArn(arn: string): string {
  return arn
    .trim()
    .toLowerCase()
    .replace(/^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+):.*$/, '$1')
    .replace(/[:/]\*$/, '');
}

function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}

/** Whether the name may be looked for inside of texts: ids, and names that are long and no single word. All others are
 *  matched whole, or they would be found in names of other things. */
export function isSpecificName(name: string): boolean {
  return isIdOrArn(name) || (name.length >= SPECIFIC && !ONE_WORD.test(name));
}

/** Whether a text names it, not as a part of a longer name. `name` in lower case. */
export function mentions(text: string, name: string): boolean {
  if (name === '') return false;
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
    if (!isNamePart(lower[at - 1]) && !isNamePart(lower[at + name.length])) return true;
  }
  return false;
}

function isNamePart(char: string | undefined): boolean {
  return char !== undefined && /[\w-]/.test(char);
}

/** Members of one object that are names of one thing. */
const SAME_THING: readonly (readonly string[])[] = [
  ['roleName', 'roleId', 'arn'],
  ['userName', 'userId', 'arn'],
  ['groupName', 'groupId', 'arn'],
  ['instanceProfileName', 'instanceProfileId', 'arn'],
  ['policyName', 'policyId', 'arn'],
  ['keyId', 'arn'],
  ['aliasName', 'targetKeyId'],
  ['name', 'aRN', 'arn'],
  ['functionName', 'functionArn'],
  ['secretName', 'secretArn'],
  ['keyName', 'keyPairId'],
  ['launchTemplateName', 'launchTemplateId'],
  ['loadBalancerName', 'loadBalancerArn'],
  ['targetGroupName', 'targetGroupArn'],
  ['trailName', 'trailARN'],
  ['topicName', 'topicArn'],
];
const MAX_OBJECTS = 200;

/** Other names of the resource that a record tells: of a role its AROA id and ARN, of a key its alias. Null, absent and
 *  wrongly typed parts tell none. */
export function otherNamesIn(record: unknown, is: IsResource): readonly string[] {
  const { requestParameters, responseElements, resources, eventSource } = objectOf(record);
  const found = new Set<string>();
  let left = MAX_OBJECTS;
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 4 || --left < 0) return;
    const object = value as Readonly<Record<string, unknown>>;
    for (const keys of Array.isArray(value) ? [] : SAME_THING) {
      if (!keys.some((key) => is(object[key]))) continue;
      for (const key of keys) add(object[key]);
    }
    for (const member of Object.values(object)) look(member, depth + 1);
  };
  const add = (value: unknown): void => {
    if (typeof value === 'string' && value !== '' && value.length <= MAX_NAME && !is(value)) found.add(value);
  };
  look(requestParameters, 0);
  look(responseElements, 0);
  // A key that was asked for by its alias: the record lists the key itself.
  const { keyId, secretId } = objectOf(requestParameters);
  const listed = (Array.isArray(resources) ? resources : []).map((resource) => textOf(objectOf(resource).ARN));
  const keys = listed.filter((arn) => /^arn:[^:]*:kms:.*:key\//.test(arn));
  if (textOf(eventSource).startsWith('kms.') && textOf(keyId).includes('alias/') && keys.length === 1) {
    if (is(keyId)) add(keys[0]);
    else if (is(keys[0])) add(keyId);
  }
  const answer = objectOf(responseElements);
  for (const arn of [answer.aRN, answer.arn]) {
    if (textOf(secretId) !== '' && is(secretId)) add(arn);
  }
  return [...found];
}
