// Which resources an event names. There is no one place for them: `resources` lists some ARNs for some services, the
// rest stands in requestParameters (what was asked for) and responseElements (what came into being). One walk over
// the three collects names by a table of keys, every ARN, and every id of AWS's own shape; free text is left alone.
// It runs once per event on the way in, so it allocates little and stops early on giant parameters.

import { RESOURCE_SEPARATOR } from './fields.ts';
import { isObject, objectOf, textOf } from './json-value.ts';
import { meaningOfKey, type ResourceKey } from './resource-keys.ts';

const MAX_RESOURCES = 64;
const MAX_FOUND = 256;
const MAX_NODES = 4000;
const MAX_DEPTH = 12;
const MAX_LENGTH = 2048;

/** Ranks of what has no key of its own in the table; see resource-keys.ts. */
const RANK_MADE = -100;
const RANK_OBJECT = 15;
const RANK_LISTED = 48;
const RANK_ARN = 50;
const RANK_ID = 52;

/** i-0ab12cd34ef567890, sg-12345678, vol-…, eipalloc-… */
const ID = /^[a-z][a-z0-9]{0,14}-(?:[0-9a-f]{17}|[0-9a-f]{8})$/;

export type ResourceParts = {
  readonly resources: unknown;
  readonly requestParameters: unknown;
  readonly responseElements: unknown;
  /** Of events that services report on their own (AwsServiceEvent). */
  readonly serviceEventDetails?: unknown;
};

/** Every resource name, id and ARN that an event states, each once, best label first, at most 64. */
export function resourcesOf(parts: ResourceParts): string[] {
  const found = new Found();
  collectObject(found, parts.requestParameters);
  walkObject(found, parts.requestParameters, 0, false, false);
  walkObject(found, parts.responseElements, 0, false, true);
  walkObject(found, parts.serviceEventDetails, 0, false, false);
  collectListed(found, parts.resources);
  return found.best();
}

class Found {
  readonly #ranks = new Map<string, number>();
  nodes = 0;

  has(value: string): boolean {
    return this.#ranks.has(value);
  }

  add(value: string, rank: number): void {
    if (value === '' || value.length > MAX_LENGTH || isHidden(value)) return;
    const before = this.#ranks.get(value);
    if (before === undefined ? this.#ranks.size < MAX_FOUND : rank < before) this.#ranks.set(value, rank);
  }

  best(): string[] {
    if (this.#ranks.size === 0) return [];
    const sorted = [...this.#ranks].sort((a, b) => a[1] - b[1]);
    const first = sorted[0]?.[0] ?? '';
    // An ARN is a poor label in a narrow column: its name goes before it.
    const name = first.startsWith('arn:') ? nameOfArn(first) : '';
    const values = sorted.map(([value]) => value);
    if (name !== '' && name !== first && !isHidden(name)) {
      const at = values.indexOf(name);
      if (at >= 0) values.splice(at, 1);
      values.unshift(name);
    }
    return values.slice(0, MAX_RESOURCES);
  }
}

function isHidden(value: string): boolean {
  return (
    value === 'HIDDEN_DUE_TO_SECURITY_REASONS' ||
    value === '***' ||
    value === '****' ||
    value === '-' ||
    value === '*' ||
    value.startsWith('<sensitive') ||
    value.includes(RESOURCE_SEPARATOR)
  );
}

/** The bucket and key of an S3 call as one label. */
function collectObject(found: Found, requestParameters: unknown): void {
  if (!isObject(requestParameters)) return;
  const { bucketName, key } = requestParameters;
  if (typeof bucketName === 'string' && typeof key === 'string' && bucketName !== '' && key !== '')
    found.add(`${bucketName}/${key}`, RANK_OBJECT);
}

/** `resources` of the record ({ARN}) or of the console's CSV ({resourceName}). */
function collectListed(found: Found, resources: unknown): void {
  if (!Array.isArray(resources)) return;
  for (const item of resources.slice(0, MAX_FOUND)) {
    const resource = objectOf(item);
    found.add(textOf(resource.ARN) || textOf(resource.arn) || textOf(resource.ARNPrefix), RANK_LISTED);
    found.add(textOf(resource.resourceName), RANK_LISTED);
  }
}

function walkObject(found: Found, value: unknown, depth: number, isLoose: boolean, isAnswer: boolean): void {
  if (!isObject(value) || depth > MAX_DEPTH) return;
  for (const key in value) {
    if (++found.nodes > MAX_NODES) return;
    const meaning = meaningOfKey(key);
    if (meaning.kind === 'skip') continue;
    const named = meaning.kind === 'named' && !isLoose && (depth === 0 || !meaning.key.isTopOnly) ? meaning.key : null;
    walkValue(found, value[key], depth, named, isLoose || meaning.kind === 'loose', isAnswer);
  }
}

function walkValue(
  found: Found,
  value: unknown,
  depth: number,
  key: ResourceKey | null,
  isLoose: boolean,
  isAnswer: boolean,
): void {
  if (typeof value === 'string') collectText(found, value, key, isAnswer);
  else if (typeof value === 'number') {
    if (key !== null) found.add(String(value), key.rank);
  } else if (Array.isArray(value)) {
    for (const item of value) {
      if (++found.nodes > MAX_NODES) return;
      if (isObject(item)) walkObject(found, item, depth + 1, isLoose, isAnswer);
      else if (depth < MAX_DEPTH) walkValue(found, item, depth + 1, key, isLoose, isAnswer);
    }
  } else walkObject(found, value, depth + 1, isLoose, isAnswer);
}

function collectText(found: Found, text: string, key: ResourceKey | null, isAnswer: boolean): void {
  if (key !== null) {
    const isMade = key.isMinted && isAnswer && !found.has(text);
    found.add(text, isMade ? key.rank + RANK_MADE : key.rank);
  } else if (text.startsWith('arn:')) {
    if (!/\s/.test(text)) found.add(text, RANK_ARN);
  } else if (text.length >= 10 && text.length <= 33 && ID.test(text)) found.add(text, RANK_ID);
}

/** The short name in an ARN: role/path/Admin → Admin, function:f → f, secret:db-AbCdEf → db-AbCdEf, bucket/key. */
export function nameOfArn(arn: string): string {
  const parts = arn.split(':');
  if (parts.length < 6) return '';
  const service = parts[2] as string;
  const resource = parts.slice(5).join(':');
  if (service === 's3') return resource;
  if (service === 'logs') return resource.replace(/^log-group:/, '').replace(/:\*$/, '');
  if (service === 'iam' || service === 'sts') return resource.slice(resource.lastIndexOf('/') + 1);
  if (service === 'dynamodb') return resource.split('/')[1] ?? resource;
  if (service === 'ssm') return resource.replace(/^parameter/, '');
  return resource.replace(/^[a-z][a-zA-Z-]*[:/]/, '');
}
