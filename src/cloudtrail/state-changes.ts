// What a record says has changed about one resource. Calls that tell more than their names have rules (changes-*.ts);
// of all others the name is the answer, as far as the resource is what the call is about: DeleteVolume of this volume
// deletes it, DeleteBucketLifecycle of this bucket deletes no bucket.

import { textIn } from './any-case.ts';
import { COMPUTE_CHANGES } from './changes-compute.ts';
import { DATA_CHANGES } from './changes-data.ts';
import { IDENTITY_CHANGES } from './changes-identity.ts';
import { isReadName, phraseOfName, plainName } from './event-verbs.ts';
import { firstText, isObject, type JsonObject, objectOf, textOf } from './json-value.ts';
import { isNamedAs } from './named-thing.ts';
import { isDeniedCode } from './outcome.ts';
import { type ChangeRules, type ChangingCall, changed, made, type ResourceChange } from './resource-change.ts';
import { type IsResource, resourceMatcher } from './resource-names.ts';
import { resourcesOf } from './resources.ts';

const RULES: ChangeRules = { ...COMPUTE_CHANGES, ...IDENTITY_CHANGES, ...DATA_CHANGES };

/** What the record says has changed about the resource (an id, ARN or name), in words: `running → shutting-down`,
 *  `attached to i-0ab… as /dev/sdf`. None for reads and where it is only mentioned. A failed call changes nothing:
 *  `denied`, `failed`. Total: whatever the record is. */
export function stateChangesOf(record: unknown, resource: string): readonly string[] {
  return changesOf(record, resourceMatcher([resource])).map(({ text }) => text);
}

/** The same, with what state it is in after that. */
export function changesOf(record: unknown, is: IsResource): readonly ResourceChange[] {
  const { eventName, errorCode, errorMessage, readOnly, requestParameters, serviceEventDetails, responseElements } =
    objectOf(record);
  const error = firstText(errorCode, errorMessage);
  if (error !== '') return changed(failureText(error));
  const name = plainName(textOf(eventName));
  const request = isObject(requestParameters) ? requestParameters : objectOf(serviceEventDetails);
  const call: ChangingCall = { name, request, response: objectOf(responseElements), is };
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  const told = rule?.(call) ?? null;
  if (told !== null) return told.filter(({ text }) => text !== '');
  const stated = textOf(readOnly).toLowerCase();
  if (stated === 'true' || (stated !== 'false' && isReadName(name))) return [];
  return byName(call, record);
}

function failureText(error: string): string {
  if (isDeniedCode(error)) return 'denied';
  return error.includes('DryRunOperation') ? 'dry run' : 'failed';
}

/** What a verb does to the thing that a call is about. */
const STATES: Readonly<Record<string, string>> = {
  Delete: 'deleted',
  Terminate: 'terminated',
  Deregister: 'deregistered',
  Release: 'released',
  Remove: 'removed',
  Stop: 'stopped',
  Start: 'started',
  Enable: 'enabled',
  Disable: 'disabled',
};
const MAKING = /^(?:Create|Run|Register|Allocate|Import|Launch|Request|Restore|Copy)(?=[A-Z])/;

function byName({ name, request, response, is }: ChangingCall, record: unknown): readonly ResourceChange[] {
  const verb = /^[A-Z][a-z]+/.exec(name)?.[0] ?? '';
  const noun = name.slice(verb.length);
  const phrase = phraseOfName(name);
  if (isNamedAs(noun, request, is) || isNamedAs(noun, response, is)) {
    const [isMade, state] = [MAKING.test(name), Object.hasOwn(STATES, verb) ? STATES[verb] : undefined];
    if (isMade) return made(stateIn(response));
    return changed(...inProgress(state ?? phrase?.past ?? name, state, response));
  }
  // Something of it: of all that the call names, it is what the list would show.
  const { resources, requestParameters, responseElements, serviceEventDetails } = objectOf(record);
  const [label = ''] = resourcesOf({ resources, requestParameters, responseElements, serviceEventDetails });
  if (!is(label)) return [];
  if (/^(?:Un)?[Tt]ag/.test(name) || /Tags$/.test(name))
    return changed(/^(?:Untag|Delete|Remove)/.test(name) ? 'tags removed' : 'tagged');
  return changed(phrase === null ? name : `${phrase.noun} ${phrase.past}`.trim());
}

/** What takes its time is not done yet: an answer of `deleting` is `being deleted`. */
function inProgress(text: string, state: string | undefined, response: JsonObject): [text: string, state?: string] {
  const members = Object.entries(response).flatMap(([key, value]) =>
    isObject(value) ? Object.entries(value) : [[key, value] as const],
  );
  const isUnderWay = members.some(([key, value]) => /(?:status|state)$/i.test(key) && UNDER_WAY.test(textOf(value)));
  if (state === undefined) return [text];
  return isUnderWay ? [`being ${text}`, `being ${state}`] : [text, state];
}

const UNDER_WAY = /^(?:delet|terminat|deregister|releas|remov|stopp|start|enabl|disabl)ing$/i;

/** The state that an answer tells of what was made: `creating`. */
function stateIn(response: JsonObject): string {
  const state = textIn(response, 'status', 'state');
  return /^[a-z][a-z -]{2,30}$/i.test(state) ? state.toLowerCase() : '';
}
