// What a call did to instances: launched, started, stopped, terminated. Answers name each instance with the state that
// it was in and the one that it goes to.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { isObject, objectOf, textOf } from './json-value.ts';

export type InstanceChange = {
  readonly instance: string;
  /** `running → shutting-down`; `→ pending` of a new one; '' where states are not told. */
  readonly change: string;
};

const MAX_INSTANCES = 1000;
/** Instances stand no deeper in what calls are asked and answer. */
const MAX_DEPTH = 6;

/** At most MAX_INSTANCES, in the order of the answer, else of the request. */
export function instanceChangesOf(record: unknown): readonly InstanceChange[] {
  const { requestParameters, responseElements, serviceEventDetails } = objectOf(record);
  const answered = severalOf(memberOf(responseElements, 'instancesSet'))
    .slice(0, MAX_INSTANCES)
    .flatMap((item) => {
      const instance = textIn(item, 'instanceId');
      return instance === '' ? [] : [{ instance, change: changeOf(item) }];
    });
  if (answered.length > 0) return answered;
  const named = new Set<string>();
  for (const value of [responseElements, requestParameters, serviceEventDetails]) {
    if (named.size === 0) collect(value, named, 0);
  }
  return Array.from(named, (instance) => ({ instance, change: '' }));
}

function changeOf(item: unknown): string {
  const stateOf = (name: string) => textIn(memberOf(item, name), 'name');
  const [before, after] = [stateOf('previousState'), stateOf('currentState') || stateOf('instanceState')];
  if (after === '') return '';
  return before === after ? `${after} already` : `${before} → ${after}`.trim();
}

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (found.size >= MAX_INSTANCES || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) for (const item of value) collect(item, found, depth + 1);
  else if (isObject(value)) for (const key in value) collect(value[key], found, depth + 1);
  else {
    const text = textOf(value);
    if (/^i-[0-9a-z]{8,17}$/i.test(text)) found.add(text);
  }
}
