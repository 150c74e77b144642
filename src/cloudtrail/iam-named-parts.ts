import { isObject, type JsonObject, objectOf } from './json-value.ts';

/** What of a record tells which resources its call was on: small, whatever the record's size. */
export type NamedParts = {
  /** Texts at the top of requestParameters, by key in lower case: services spell them differently. */
  readonly top: ReadonlyMap<string, readonly string[]>;
  /** EC2's ids anywhere in requestParameters. */
  readonly ids: readonly string[];
  /** ARNs of the record's own `resources`. */
  readonly arns: readonly string[];
  /** The caller's own parameters are there. */
  readonly hasParameters: boolean;
};

const MAX_KEYS = 200;
const MAX_VALUES = 100;
const MAX_NODES = 2000;
const MAX_DEPTH = 6;
const MAX_LENGTH = 2048;
const EC2_ID = /^[a-z][a-z0-9-]{0,30}-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** Never throws, whatever the record. */
export function namedParts(record: unknown): NamedParts {
  const { requestParameters, resources } = objectOf(record);
  const parameters = objectOf(requestParameters);
  const top = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(parameters).slice(0, MAX_KEYS)) {
    const texts = (Array.isArray(value) ? value.slice(0, MAX_VALUES) : [value]).filter(isName);
    if (texts.length > 0) top.set(key.toLowerCase(), texts);
  }
  const listed = Array.isArray(resources) ? resources.slice(0, MAX_VALUES) : [];
  const arns = listed.map((item) => objectOf(item).ARN).filter(isName);
  return { top, ids: idsIn(parameters), arns, hasParameters: isObject(requestParameters) };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH;
}

function idsIn(parameters: JsonObject): readonly string[] {
  const ids = new Set<string>();
  let nodes = 0;
  const walk = (value: unknown, depth: number) => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH || ids.size >= MAX_VALUES) return;
    if (typeof value === 'string') {
      if (EC2_ID.test(value)) ids.add(value);
    } else if (Array.isArray(value)) for (const item of value.slice(0, MAX_NODES)) walk(item, depth + 1);
    else if (isObject(value)) for (const key in value) if (!/^tag/i.test(key)) walk(value[key], depth + 1);
  };
  walk(parameters, 0);
  return [...ids];
}
