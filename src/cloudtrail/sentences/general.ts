// The general form of a sentence: the verb and the noun of the event's name, and what it names best.

import { memberOf, severalOf, textIn } from '../any-case.ts';
import { type NamePhrase, phraseOfName, plainName } from '../event-verbs.ts';
import { type JsonObject, textOf } from '../json-value.ts';
import { isNamedAs } from '../named-thing.ts';
import { resourceMatcher } from '../resource-names.ts';
import type { Call, Phrase } from './call.ts';
import { nameIn, short } from './values.ts';

/** Words of event names that people write so. */
const ACRONYMS =
  /\b(?:acl|ami|api|cidr|cors|db|dhcp|dns|ebs|ecr|ecs|efs|eks|emr|iam|ip|ipam|kms|mfa|nat|oidc|rds|saml|sns|sqs|ssh|ssl|ssm|sso|tls|url|vpc|vpn|waf)s?\b/g;

/** Ids of this shape, and ARNs, tell by themselves what they name: no noun goes before them. */
const SELF_EXPLAINING = /^(?:arn:|[a-z]{1,15}-[0-9a-f]{8,17}$)/;

/** 'terminate i-0ab…', 'list jobs (glue)', 'call ConfigureThing on ec2 for x'. `service`: what is said of whose jobs they
 *  are; '' where the words tell it. */
export function generalPhrase(call: Call, service: string): Phrase {
  const { record, label } = call;
  const eventName = textOf(record.eventName);
  const phrase = phraseOfName(eventName);
  if (phrase === null) return fallback(record, short(eventName), short(nameIn(label)));
  const noun = short(phrase.noun).replace(ACRONYMS, acronym);
  const object = objectPhrase({ ...phrase, noun }, call);
  const of = service === '' || object.toLowerCase().includes(service) ? '' : ` (${short(service)})`;
  return [`${phrase.infinitive} ${object}`.trim() + of, `${phrase.past} ${object}`.trim() + of];
}

/** 'apis' → 'APIs', 'dns' → 'DNS'. */
function acronym(word: string): string {
  return /^(?:cors|dns|ebs|ecs|efs|eks|kms|rds|sns|sqs|tls)$/.test(word) || !word.endsWith('s')
    ? word.toUpperCase()
    : `${word.slice(0, -1).toUpperCase()}s`;
}

function fallback(record: JsonObject, eventName: string, label: string): Phrase {
  const source = short(textOf(record.eventSource)).replace(/\.amazonaws\.com$/, '');
  const rest = [source && `on ${source}`, label && `for ${label}`].filter((part) => part !== '').join(' ');
  const [infinitive, past] =
    eventName === '' ? ['make a call', 'made a call'] : [`call ${eventName}`, `called ${eventName}`];
  return [`${infinitive} ${rest}`.trim(), `${past} ${rest}`.trim()];
}

function objectPhrase(phrase: NamePhrase, call: Call): string {
  const { infinitive, noun } = phrase;
  const label = short(call.label);
  if (label === '') return noun;
  const kind = SELF_EXPLAINING.exec(label) === null ? '' : label.slice(0, label.indexOf('-') + 1);
  const { resources } = call;
  if (kind === '') {
    if (noun === '') return label;
    if (!isNamedByNoun(call, noun)) return `${noun} of ${label}`;
    if (/ (?:for|by|of|in|from|to) [a-z ]+$/.test(noun)) return `${noun} ${label}`;
    return infinitive === 'list' ? `${noun} of ${label}` : `${singular(noun)} ${label}`;
  }
  const alike = resources.filter((name) => name.startsWith(kind)).length;
  const all = alike > 1 ? `${label} and ${alike - 1} more` : label;
  return isAbout(noun, kind) ? all : `${noun} of ${all}`;
}

/** Names of calls are shorter than half of that; others may be anything. */
const MAX_NAME = 128;

/** Whether the label is the name of what the noun says, and not of something that the call names besides. */
function isNamedByNoun({ record, request, answer, label, resources }: Call, noun: string): boolean {
  const name = plainName(textOf(record.eventName).slice(0, MAX_NAME)).replace(/^Admin(?=[A-Z])/, '');
  const camel = name.replace(/^[A-Z][a-z]+/, '').replace(/^.*(?:For|By|Of|In|From|To)(?=[A-Z])/, '');
  const [first = label] = resources;
  const is = resourceMatcher([first]);
  // ModelCustomizationJob may be called a job.
  const things = [...camel.matchAll(/[A-Z](?=[a-z])/g)].map(({ index }) => camel.slice(index));
  if ([camel, ...things].some((thing) => isNamedAs(thing, request, is) || isNamedAs(thing, answer, is))) return true;
  // arn:…:table/orders of DeleteTable.
  const thing = singular(camel).toLowerCase();
  const arns = severalOf(record.resources).map((one) => textIn(one, 'ARN'));
  if (arns.some((arn) => typeOfArn(arn) === thing && is(arn))) return true;
  // A plain name, or what alone was refused, is of the call's own thing.
  const isPlain = ['name', 'id', 'arn', 'identifier'].some((key) => is(memberOf(request, key)));
  const isAlone = resources.length === 0 && Object.keys(request).length === 0;
  return (isPlain || isAlone) && !ATTRIBUTE.test(noun);
}

function typeOfArn(arn: string): string {
  const type = /^arn:(?:[^:]{0,64}:){4}([a-z-]{1,64})[/:]/i.exec(arn)?.[1] ?? '';
  return type.replaceAll('-', '').toLowerCase();
}

/** Whether the noun is just the kind of thing the id names: 'instances' for i-…, 'security group' for sg-…. */
function isAbout(noun: string, prefix: string): boolean {
  const letters = prefix.slice(0, -1);
  const words = noun
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const initials = words.map((word) => word[0]).join('');
  const last = words.at(-1) ?? '';
  // i-… is an instance's: an inventory or an item only begins with the same letter.
  if (letters === 'i') return singular(noun) === 'instance';
  return (
    initials === letters ||
    (words.length === 1 && last.startsWith(letters)) ||
    ABBREVIATIONS[letters] === singular(noun).toLowerCase()
  );
}

/** 'bucket policy', 'key rotation status': something about the resource, not its kind. */
const ATTRIBUTE =
  /(?<!^launch)(?<!^instance) (?:policy|policies|status|attributes?|descriptors?|configurations?|settings?|tags?|tagging|ACL|location|logging|block|versioning|encryption|lifecycle|replication|website|CORS|cors|payment|permissions?|profile|selectors?|parameters|keys?|devices?|certificates|events|versions|credentials|data|information|notification|value|code|rotation|grants|members|targets|streams|objects)$/;

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ami: 'image',
  eni: 'network interface',
  eipalloc: 'address',
  rtb: 'route table',
  igw: 'internet gateway',
  nat: 'nat gateway',
  acl: 'network acl',
  vpce: 'vpc endpoint',
  subnet: 'subnet',
  fl: 'flow logs',
};

function singular(noun: string): string {
  if (/ies$/.test(noun)) return noun.replace(/ies$/, 'y');
  if (/(?:ss|us|is|addresses|statuses|logs)$/.test(noun)) return noun.replace(/(address|status)es$/, '$1');
  return noun.replace(/s$/, '');
}
