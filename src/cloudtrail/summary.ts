// One sentence for the detail pane: who did what to which resource, where, from where, and how it ended. It is for
// people who do not know the call, so it avoids the call's own words where plainer ones exist, says "tried to" where
// the call failed, and leaves out what the record does not state. The words for what was done are in sentences/.

import { aggregatedSentence } from './aggregated.ts';
import { isFromConsoleCsv } from './console-csv.ts';
import { denialOf } from './denial.ts';
import { eventKindOf } from './event-summary.ts';
import { identityFacts } from './identity-facts.ts';
import { insightSentence } from './insight.ts';
import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { resourcesOf } from './resources.ts';
import type { Call } from './sentences/call.ts';
import { endingOf } from './sentences/ending.ts';
import { phraseOfCall } from './sentences/services.ts';
import { subjectOf } from './sentences/subject.ts';
import { nameIn, short } from './sentences/values.ts';

const MAX_LENGTH = 400;

/** 'alice (role Admin, account 111122223333) terminated i-0ab12cd34ef567890 in eu-west-1 from 203.0.113.9'. `person`: who
 *  is behind the session, where that is known: 'dave (as etl-runner/nightly-etl, …) …'. Never throws, whatever the
 *  record; raw values stand in it, so it has to be sanitised like any other value before a terminal sees it. */
export function summarize(value: unknown, person = ''): string {
  const { body, ending } = sentenceOf(value, person);
  return body + ending;
}

export type Sentence = {
  readonly body: string;
  /** How it ended: '; denied: …'; '' where it simply worked. */
  readonly ending: string;
};

/** The sentence in two parts: how it ended is what no room may cut off. */
export function sentenceOf(value: unknown, person = ''): Sentence {
  const record = objectOf(value);
  const kind = eventKindOf(record);
  if (kind === 'insight') return cut(insightSentence(record), '');
  if (kind === 'aggregated') return cut(aggregatedSentence(record), '');
  const call = callOf(record);
  const [infinitive, past] = phraseOfCall(call);
  const ending = endingOf(record);
  const did = ending.kind === 'ok' ? past : `tried to ${infinitive}${ending.kind === 'dry run' ? ' as a dry run' : ''}`;
  const parts = [subjectOf(record, person), did, placeOf(record), originOf(record)];
  return cut(parts.filter((part) => part !== '').join(' '), ending.text);
}

/** What a record lacks because of where it comes from; '' where nothing. */
export function noteOfOrigin(value: unknown): string {
  return isFromConsoleCsv(objectOf(value)) ? 'console CSV: no requestParameters' : '';
}

function callOf(record: JsonObject): Call {
  const { requestParameters, responseElements, serviceEventDetails } = record;
  const resources = resourcesOf({
    resources: record.resources,
    requestParameters,
    responseElements,
    serviceEventDetails,
  });
  const name = nameIn(resources[0] ?? deniedResource(record));
  return {
    record,
    request: objectOf(requestParameters),
    answer: objectOf(responseElements),
    more: objectOf(record.additionalEventData),
    // '…:user/' is all users: no name.
    label: name === '*' || name.endsWith(':user/') || name.endsWith(':role/') ? '' : name,
    resources,
  };
}

/** Calls that were denied often keep no parameters: the message tells what they were about. */
function deniedResource(record: JsonObject): string {
  const message = textOf(record.errorMessage);
  if (message === '') return '';
  return denialOf({ error: firstText(record.errorCode, message), message })?.resource ?? '';
}

/** 'in eu-west-1', and whose, where that is another account than the caller's. */
function placeOf(record: JsonObject): string {
  const region = short(textOf(record.awsRegion));
  const caller = textOf(identityFacts(record.userIdentity).identity.accountId);
  const account = short(textOf(record.recipientAccountId));
  if (eventKindOf(record) === 'network activity') return endpointPlace(record, region);
  const isOther = caller !== '' && account !== '' && caller !== account;
  if (!isOther) return region && `in ${region}`;
  return region === '' ? `in account ${account}` : `in ${region} of account ${account}`;
}

/** The account that these events are delivered to is the endpoint's, which says nothing of whose the resource is. */
function endpointPlace(record: JsonObject, region: string): string {
  const id = short(textOf(record.vpcEndpointId));
  const owner = short(firstText(record.vpcEndpointAccountId, record.recipientAccountId));
  const isNamed = id !== '' && id !== 'AWS Internal' && owner !== 'AWS Internal';
  const endpoint = isNamed ? `through the VPC endpoint ${id}${owner && ` of account ${owner}`}` : '';
  return [region && `in ${region}`, endpoint].filter((part) => part !== '').join(' ');
}

function originOf(record: JsonObject): string {
  const from = textOf(record.sourceIPAddress);
  const { identity, kind } = identityFacts(record.userIdentity);
  if (from === '' || from === identity.invokedBy || kind === 'AWSService') return '';
  return `from ${short(from)}`;
}

/** The ending stays: how it ended matters more than the last of many names. */
function cut(text: string, ending: string): Sentence {
  const room = MAX_LENGTH - ending.length;
  return { body: text.length > room ? `${text.slice(0, room - 1)}…` : text, ending };
}
