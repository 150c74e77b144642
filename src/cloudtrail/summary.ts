// One sentence for the detail pane: who did what to which resource, where, from where, and how it ended. It is for
// people who do not know the call, so it avoids the call's own words where plainer ones exist, says "tried to" where
// the call failed, and leaves out what the record does not state.

import { isFromConsoleCsv } from './console-csv.ts';
import { type NamePhrase, phraseOfName, plainName } from './event-verbs.ts';
import { insightSentence, isInsight } from './insight.ts';
import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { isDeniedCode, resultText } from './outcome.ts';
import { permissionSetOf } from './principal.ts';
import { resourcesOf } from './resources.ts';
import { type Phrase, specialPhrase } from './sentence-phrases.ts';
import { identityCells } from './user-identity.ts';

/** Ids of this shape, and ARNs, tell by themselves what they name: no noun goes before them. */
const SELF_EXPLAINING = /^(?:arn:|[a-z]{1,15}-[0-9a-f]{8,17}$)/;

/** 'alice (role Admin) terminated i-0ab12cd34ef567890 in eu-west-1 from 203.0.113.9, ok'. Never throws, whatever the
 *  record; raw values stand in it, so it has to be sanitised like any other value before a terminal sees it. */
export function summarize(value: unknown): string {
  const record = objectOf(value);
  if (isInsight(record)) return insightSentence(record);
  const error = firstText(record.errorCode, record.errorMessage, failedSignIn(record));
  const [infinitive, past] = phraseOf(record);
  const region = textOf(record.awsRegion);
  const ending = error === '' ? 'ok' : endingOf(error, textOf(record.errorMessage));
  const parts = [
    subjectOf(record),
    error === '' ? past : `tried to ${infinitive}`,
    region && `in ${region}`,
    originOf(record),
  ];
  return `${parts.filter((part) => part !== '').join(' ')}, ${ending}`.replace(/,, /, ', ').replace(/,,/, ',');
}

/** What a record lacks because of where it comes from; '' where nothing. */
export function noteOfOrigin(value: unknown): string {
  return isFromConsoleCsv(objectOf(value)) ? 'console CSV: no requestParameters' : '';
}

/** A failed ConsoleLogin of a federated user has no error of its own, only the answer. */
function failedSignIn(record: JsonObject): string {
  const answer = objectOf(record.responseElements);
  return answer.ConsoleLogin === 'Failure' || answer.CheckMfa === 'Failure' ? 'Failure' : '';
}

function endingOf(error: string, message: string): string {
  const result = resultText(error, isDeniedCode(error));
  if (result === 'denied') return 'denied';
  if (result === 'failed') return `failed: ${error}`;
  return result === 'Failure' && message === '' ? 'failed' : `failed with ${result}`;
}

function subjectOf(record: JsonObject): string {
  const cells = identityCells(record.userIdentity);
  const through = cells.service !== '' && cells.service !== cells.who ? `, through ${serviceName(cells.service)},` : '';
  const role = permissionSetOf(cells.role) || cells.role;
  switch (cells.type) {
    case 'AWSAccount':
      return `account ${cells.who || '(not stated)'}${through}`;
    case 'IdentityCenterUser':
      return `Identity Center user ${cells.who || '(not stated)'}${through}`;
    case 'FederatedUser':
      return `${cells.session || cells.who}${cells.role && ` (federated by ${cells.role})`}${through}`;
    default:
      if (cells.session !== '' && role !== '') return `${cells.session} (role ${role})${through}`;
      if (cells.who !== '') return `${cells.who}${through}`;
      return firstText(record.eventType === 'AwsServiceEvent' ? record.eventSource : '', 'somebody (not stated)');
  }
}

function serviceName(service: string): string {
  return service === 'AWS Internal' ? 'AWS' : service;
}

function originOf(record: JsonObject): string {
  const from = textOf(record.sourceIPAddress);
  const identity = objectOf(record.userIdentity);
  if (from === '' || from === identity.invokedBy || identity.type === 'AWSService') return '';
  return `from ${from}`;
}

function phraseOf(record: JsonObject): Phrase {
  const eventName = textOf(record.eventName);
  const resources = resourcesOf({
    resources: record.resources,
    requestParameters: record.requestParameters,
    responseElements: record.responseElements,
    serviceEventDetails: record.serviceEventDetails,
  });
  const label = resources[0] ?? '';
  const special = specialPhrase(plainName(eventName), record, label);
  if (special !== null) return special;
  const phrase = phraseOfName(eventName);
  if (phrase === null) return fallback(record, eventName, label);
  const object = objectPhrase(phrase, label, resources);
  return [`${phrase.infinitive} ${object}`.trim(), `${phrase.past} ${object}`.trim()];
}

function fallback(record: JsonObject, eventName: string, label: string): Phrase {
  const source = textOf(record.eventSource).replace(/\.amazonaws\.com$/, '');
  const rest = [source && `on ${source}`, label && `for ${label}`].filter((part) => part !== '').join(' ');
  const name = eventName.trim();
  const [infinitive, past] = name === '' ? ['make a call', 'made a call'] : [`call ${name}`, `called ${name}`];
  return [`${infinitive} ${rest}`.trim(), `${past} ${rest}`.trim()];
}

function objectPhrase({ infinitive, noun }: NamePhrase, label: string, resources: readonly string[]): string {
  if (label === '') return noun;
  const kind = SELF_EXPLAINING.exec(label) === null ? '' : label.slice(0, label.indexOf('-') + 1);
  if (kind === '') {
    if (noun === '') return label;
    return infinitive === 'list' || ATTRIBUTE.test(noun) ? `${noun} of ${label}` : `${singular(noun)} ${label}`;
  }
  const alike = resources.filter((name) => name.startsWith(kind)).length;
  const all = alike > 1 ? `${label} and ${alike - 1} more` : label;
  return isAbout(noun, kind) ? all : `${noun} of ${all}`;
}

/** Whether the noun is just the kind of thing the id names: 'instances' for i-…, 'security group' for sg-…. */
function isAbout(noun: string, prefix: string): boolean {
  const letters = prefix.slice(0, -1);
  const words = noun.split(' ').filter((word) => word !== '');
  if (words.length === 0) return true;
  const initials = words.map((word) => word[0]).join('');
  const last = words.at(-1) ?? '';
  return (
    initials === letters ||
    (words.length === 1 && last.startsWith(letters)) ||
    ABBREVIATIONS[letters] === singular(noun)
  );
}

/** 'bucket policy', 'key rotation status': something about the resource, not its kind. */
const ATTRIBUTE =
  /(?<!^launch)(?<!^instance) (?:policy|policies|status|attributes?|configurations?|settings?|tags?|tagging|acl|location|logging|block|versioning|encryption|lifecycle|replication|website|cors|payment|permissions?|profile|selectors?|parameters|keys?|devices?|certificates|events|versions|credentials|data|information|notification|value|code|rotation|grants|members|targets|streams|objects)$/;

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ami: 'image',
  eni: 'network interface',
  eipalloc: 'address',
  rtb: 'route table',
  igw: 'internet gateway',
  nat: 'nat gateway',
  acl: 'network acl',
  vpce: 'VPC endpoint',
  subnet: 'subnet',
  fl: 'flow logs',
};

function singular(noun: string): string {
  if (/ies$/.test(noun)) return noun.replace(/ies$/, 'y');
  if (/(?:ss|us|is|addresses|statuses|logs)$/.test(noun)) return noun.replace(/(address|status)es$/, '$1');
  return noun.replace(/s$/, '');
}
