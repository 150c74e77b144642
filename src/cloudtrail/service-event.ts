// Events that a service reports by itself (AwsServiceEvent): mostly nobody called anything, and what happened stands in
// serviceEventDetails. Some are of what a person or another account did with it, and state who.

import { identityFacts } from './identity-facts.ts';
import { namesCaller } from './identity-service.ts';
import { isObject, type JsonObject, objectOf, textOf } from './json-value.ts';
import { type LabelLine, line, statedLines } from './label-line.ts';

const MAX_DETAILS = 8;
const MAX_TEXT = 160;

export function serviceEventLines(record: JsonObject): readonly LabelLine[] {
  const details = Object.entries(objectOf(record.serviceEventDetails));
  const lines = details.slice(0, MAX_DETAILS).map(([key, value]) => line(words(key) || '(no name)', valueText(value)));
  const left = details.length - lines.length;
  const isSomebodys = namesCaller(identityFacts(record.userIdentity));
  return statedLines([
    ...lines,
    left > 0 ? line('details', `and ${left} more, under serviceEventDetails`) : null,
    line('caller', isSomebodys ? '' : 'none: the service reports this by itself'),
  ]);
}

/** 'instanceIdSet' → 'instance id set'. */
function words(key: string): string {
  return key
    .slice(0, 60)
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

function valueText(value: unknown): string {
  const text = textOf(value);
  if (text !== '') return cut(text);
  if (Array.isArray(value)) return cut(value.map((item) => textOf(item) || (isObject(item) ? '{…}' : '')).join(', '));
  if (!isObject(value)) return '';
  return cut(
    Object.entries(value)
      .slice(0, MAX_DETAILS)
      .map(([key, item]) => `${key} ${textOf(item) || '…'}`)
      .join(', '),
  );
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
}
