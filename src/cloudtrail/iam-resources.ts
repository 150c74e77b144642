// On which resources a call's action is to be allowed, as far as the record names them. An ARN of another type than the
// action is limited to would make a policy that cannot work, so each type is known or not mapped: then the action is on
// "*", and why is said. A policy that is too wide can be narrowed.

import type { NamedParts } from './iam-named-parts.ts';
import { ANY_EC2, EC2_IDS, isKnownService, type ResourceRule, resourceType, rulesOf } from './iam-resource-types.ts';
import { partitionOf } from './regions.ts';
import { nameOfArn } from './resources.ts';

export type NamedCall = {
  /** e.g. s3:GetObject */
  readonly action: string;
  /** eventName: CopyObject reads one object and writes another. */
  readonly name: string;
  /** What the record names by what it is; undefined where there is no record to read. */
  readonly parts?: NamedParts | undefined;
  /** The record is one of several events whose resources are alike. */
  readonly isSample?: boolean;
  /** What the event names, whatever it is: read where the record has no requestParameters. */
  readonly resources: readonly string[];
  readonly account: string;
  readonly region: string;
};

export type Limits =
  /** `pathless`: an IAM name without the path that it may have. */
  | { readonly kind: 'arns'; readonly arns: readonly string[]; readonly pathless: boolean }
  | { readonly kind: 'open'; readonly why: string };

const ARN = /^arn:[a-z0-9-]{1,20}:([a-z0-9-]{1,64}):[a-z0-9-]{0,32}:(?:\d{12}|aws)?:([^\s]{1,1500})$/i;
const NAME = /^[\w+=,.@:/#$-]{1,512}$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const KEY_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;

const LISTS_OR_MAKES =
  /^[a-z0-9-]+:(?:List|Describe|Create|Run|Allocate|Register|Import|Request|Generate|Search|Lookup)/;
const TAGGING = /^[a-z0-9-]+:(?:TagResource|UntagResource|ListTagsForResource)$/;

/** S3's actions on objects; all others are on buckets (or on the account). */
const S3_OBJECT_ACTION =
  /^s3:(?:AbortMultipartUpload|ListMultipartUploadParts|(?:Get|Put|Delete|Restore)Object(?:Version)?(?:Acl|Tagging|Retention|LegalHold|Attributes|Torrent)?)$/;

/** What the action can be limited to, or why nothing. */
export function limitsOf(call: NamedCall): Limits {
  const { action } = call;
  const service = action.slice(0, action.indexOf(':'));
  if (mayDiffer(call)) return open('its events may differ in what they name');
  if (service === 's3') return s3Limits(call);
  const rules = rulesOf(action);
  const [needed] = rules;
  if (needed === undefined) return guessed(service, call);
  const found = arnsOf(needed, call);
  if (found.kind === 'open') return found;
  const arns = new Set(found.arns);
  for (const rule of rules.slice(1)) {
    const more = arnsOf(rule, call);
    if (more.kind === 'arns') for (const arn of more.arns) arns.add(arn);
  }
  return { ...found, arns: [...arns] };
}

/** Parameters that are no resource of an event by themselves: events of the same resources may differ in them. */
const BESIDES: Readonly<Record<string, string>> = {
  's3:GetObject': 'x-amz-copy-source',
  'ssm:GetParametersByPath': 'path',
  'lambda:InvokeFunction': 'qualifier',
};

function mayDiffer({ action, parts, isSample }: NamedCall): boolean {
  const key = Object.hasOwn(BESIDES, action) ? BESIDES[action] : undefined;
  return isSample === true && key !== undefined && parts?.top.has(key) === true;
}

/** Of actions that the table does not have: only ARNs of their own service, all of one type. */
function guessed(service: string, { action, parts, resources }: NamedCall): Limits {
  if (action === 'ec2:RunInstances')
    return open('it needs images, subnets and what it makes: more than the record names');
  const isTagging = TAGGING.test(action);
  if (!isTagging && LISTS_OR_MAKES.test(action))
    return open('lists, describes or makes things, which are not mapped here');
  if (!isTagging && isKnownService(service)) return open('which type of resource IAM limits it to is not known here');
  const texts = parts?.hasParameters
    ? isTagging
      ? ['resourcearn', 'arn'].flatMap((key) => parts.top.get(key) ?? [])
      : [...[...parts.top.values()].flat(), ...parts.arns]
    : resources;
  const arns = [...new Set(texts.filter((text) => ARN.exec(text)?.[1]?.toLowerCase() === service))];
  const types = new Set(arns.map((arn) => /^[^:/]*/.exec(arn.split(':').slice(5).join(':'))?.[0]));
  if (arns.length === 0) return open('the record names no ARN of the service');
  return types.size > 1 ? open('the record names several types of resources') : limited(arns.map(literal));
}

/** ARNs of one type, of the parameters that name it. */
function arnsOf(rule: ResourceRule, call: NamedCall): Limits {
  const { parts, resources } = call;
  const unnamed = open(`the record does not name the ${rule.type}`);
  // Without parameters (a CSV, many denied calls) names say no more what they are; ARNs and ids do.
  const texts = parts?.hasParameters ? ownTexts(rule, call, parts) : [...(parts?.arns ?? []), ...resources];
  const hasNames = parts?.hasParameters ?? false;
  if (rule.type === ANY_EC2 || resourceType(rule.type)?.service === 'ec2') return ec2Limits(rule, texts, call, unnamed);
  const arns = new Set<string>();
  let pathless = false;
  for (const text of texts) {
    if (text.startsWith('arn:')) {
      if (isOfType(text, rule.type)) arns.add(arnAsGranted(text, rule.type));
      // One that is left out would be missing in the policy.
      else if (hasNames) return unnamed;
    } else if (hasNames || (rule.type === 'key' && KEY_ID.test(text))) {
      const made = madeUp(rule.type, text, call);
      if (made === null) return unnamed;
      arns.add(made.arn);
      pathless ||= made.pathless;
    }
  }
  return arns.size === 0 ? unnamed : { kind: 'arns', arns: [...arns], pathless };
}

/** The first parameter that is there; the record's own `resources` where none is, or where those know better. */
function ownTexts(rule: ResourceRule, { action }: NamedCall, parts: NamedParts): readonly string[] {
  const listed = parts.arns.filter((arn) => isOfType(arn, rule.type));
  if (rule.type === 'key' && listed.length > 0) return listed;
  if (rule.keys.length === 0) return parts.ids.length > 0 ? parts.ids : parts.arns;
  const key = rule.keys.find((name) => parts.top.has(name));
  const named = key === undefined ? listed : (parts.top.get(key) ?? []);
  const index = /:(?:Query|Scan)$/.test(action) ? parts.top.get('indexname')?.[0] : undefined;
  if (rule.type === 'table' && index !== undefined) return named.flatMap((table) => [table, `${table}/index/${index}`]);
  const qualifier = action === 'lambda:InvokeFunction' ? parts.top.get('qualifier')?.[0] : undefined;
  if (qualifier !== undefined) return named.map((name) => `${name}:${qualifier}`);
  if (rule.type !== 'ECS service') return named;
  const cluster = parts.top.get('cluster')?.[0] ?? 'default';
  return named.map((name) => (name.startsWith('arn:') ? name : `${nameOfArn(cluster) || cluster}/${name}`));
}

function isOfType(arn: string, what: string): boolean {
  const type = resourceType(what);
  const [, service, resource = ''] = ARN.exec(arn) ?? [];
  if (type === undefined || service?.toLowerCase() !== type.service || !resource.startsWith(type.before)) return false;
  const name = resource.slice(type.before.length);
  if (name === '') return false;
  if (what === 'topic' || what === 'queue') return !/[:/]/.test(name);
  if (what === 'table') return /^[^/]+(?:\/index\/[^/]+)?$/.test(name);
  return what !== 'log group' || !name.includes(':log-stream:');
}

function arnAsGranted(arn: string, what: string): string {
  return what === 'log group' ? `${literal(arn.replace(/:\*$/, ''))}:*` : literal(arn);
}

/** The ARN of a name; null where the name is not one, or account or Region are not known. */
function madeUp(what: string, text: string, call: NamedCall): { arn: string; pathless: boolean } | null {
  const type = resourceType(what);
  const name = nameIn(what, text);
  if (type === undefined || !NAME.test(name) || (what === 'key' && !KEY_ID.test(name))) return null;
  const place = placeOf(call, type.place, what === 'document' && name.startsWith('AWS-'));
  if (place === null) return null;
  const { action, parts } = call;
  const isMade =
    action.startsWith('iam:Create') && action !== 'iam:CreateAccessKey' && action !== 'iam:CreateLoginProfile';
  const path = isMade ? (/^\/([\w/.@+=,-]+\/)$/.exec(parts?.top.get('path')?.[0] ?? '')?.[1] ?? '') : '';
  const arn = `arn:${partitionOf(call.region)}:${type.service}:${place}:${type.before}${literal(path + name)}${type.after}`;
  return { arn, pathless: type.service === 'iam' && !isMade };
}

/** 'eu-west-1:111122223333' */
function placeOf({ account, region }: NamedCall, place: string, isAwsOwned: boolean): string | null {
  const hasRegion = place.includes('r');
  const hasAccount = place.includes('a') && !isAwsOwned;
  if (hasRegion && !/^[a-z0-9-]{5,24}$/.test(region)) return null;
  if (hasAccount && !/^\d{12}$/.test(account)) return null;
  return `${hasRegion ? region : ''}:${hasAccount ? account : ''}`;
}

/** The name as the ARN has it. */
function nameIn(what: string, text: string): string {
  if (what === 'parameter') return text.replace(/^\//, '').replace(/:[^:/]*$/, '');
  if (what === 'queue') return /^https?:\/\/[^/]+\/\d{12}\/([^/]+)$/.exec(text)?.[1] ?? text;
  if (what === 'function') return /^(?:\d{12}:)?function:(.+)$/.exec(text)?.[1] ?? text;
  if (what === 'hosted zone') return text.replace(/^\/hostedzone\//, '');
  if (what === 'alias') return text.replace(/^alias\//, '');
  return what.startsWith('DB ') ? text.toLowerCase() : text;
}

function ec2Limits({ type, keys }: ResourceRule, texts: readonly string[], call: NamedCall, unnamed: Limits): Limits {
  const arns = new Set<string>();
  for (const text of texts) {
    const what = text.startsWith('arn:')
      ? Object.values(EC2_IDS).find((known) => isOfType(text, known))
      : EC2_IDS[/^([a-z-]+)-[0-9a-f]+$/.exec(text)?.[1] ?? ''];
    if (what === undefined || (type !== ANY_EC2 && what !== type)) {
      if (type === ANY_EC2 && call.parts?.hasParameters)
        return open('the record names a type of resource that is not known here');
      continue;
    }
    const arn = text.startsWith('arn:') ? literal(text) : madeUp(what, text, call)?.arn;
    if (arn === undefined) return open('the event states no account or Region');
    arns.add(arn);
  }
  // A rule with a parameter takes that alone: the groups in a security group's rules are not changed.
  return arns.size === 0 || (keys.length > 0 && texts.length === 0) ? unnamed : limited([...arns]);
}

function s3Limits({ action, name, parts, resources, region }: NamedCall): Limits {
  if (/ListAllMyBuckets|Account|AccessPoint|StorageLens|Job/.test(action)) return open('it is not on one bucket');
  const isObject = S3_OBJECT_ACTION.test(action);
  const prefix = `arn:${partitionOf(region)}:s3:::`;
  const wanted = isObject ? 'object' : 'bucket';
  const fits = (arn: string) =>
    ARN.exec(arn)?.[1] === 's3' &&
    arn.includes(':::') &&
    /^[^/]+\/./.test(arn.slice(arn.indexOf(':::') + 3)) === isObject;
  if (parts?.hasParameters !== true) {
    const arns = [...(parts?.arns ?? []), ...resources].filter(fits);
    return arns.length > 0 ? limited(arns.map(literal)) : open(`the record does not name the ${wanted}`);
  }
  const text = (key: string) => parts.top.get(key)?.[0] ?? '';
  if (name.endsWith('Copy') || name === 'CopyObject') {
    const source = text('x-amz-copy-source');
    if (action === 's3:GetObject') return sourceOf(source, prefix);
  }
  const bucket = text('bucketname') || text('bucket');
  if (!BUCKET.test(bucket)) {
    const arns = parts.arns.filter(fits);
    return arns.length > 0 ? limited(arns.map(literal)) : open(`the record does not name the ${wanted}`);
  }
  if (!isObject) return limited([`${prefix}${bucket}`]);
  const key = text('key');
  // DeleteObjects: what is deleted stands in the request's body, which is not recorded.
  return limited([key === '' ? `${prefix}${bucket}/*` : `${prefix}${bucket}/${literal(key)}`]);
}

/** '/bucket/key?versionId=…', percent-encoded. */
function sourceOf(text: string, prefix: string): Limits {
  const unnamed = open('the record does not name the object that is copied');
  const [, bucket = '', key = ''] = /^\/?([^/?]+)\/([^?]+)/.exec(text) ?? [];
  if (!BUCKET.test(bucket)) return unnamed;
  try {
    return limited([`${prefix}${bucket}/${literal(decodeURIComponent(key))}`]);
  } catch {
    return unnamed;
  }
}

const open = (why: string): Limits => ({ kind: 'open', why });
const limited = (arns: readonly string[]): Limits => ({ kind: 'arns', arns: [...new Set(arns)], pathless: false });

/** CloudWatch Logs' own ARN of a log group ends in :*, which are its streams. */
const LOG_GROUP = /^arn:[a-z0-9-]+:logs:[a-z0-9-]+:\d{12}:log-group:[\w./#-]+(?=:\*$)/i;

/** A policy reads * and ? as wildcards and ${…} as a variable; a name means itself, whoever chose it. */
function literal(arn: string): string {
  const [group] = LOG_GROUP.exec(arn) ?? [];
  if (group !== undefined) return `${group}:*`;
  return arn.replace(/[*?]|\$(?=\{)/g, (sign) => `\${${sign}}`);
}
