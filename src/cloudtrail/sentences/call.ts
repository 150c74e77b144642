// A call as the templates of the services see it, and the phrases that they make of it.

import type { JsonObject } from '../json-value.ts';

/** What was done, as it reads after "tried to", and after the caller's name. */
export type Phrase = readonly [infinitive: string, past: string];

export type Call = {
  readonly record: JsonObject;
  readonly request: JsonObject;
  readonly answer: JsonObject;
  /** additionalEventData. */
  readonly more: JsonObject;
  /** The best name of what the event is about; '' where it names nothing. */
  readonly label: string;
  readonly resources: readonly string[];
};

/** Null: the general form says it as well. */
export type PhraseOf = (call: Call) => Phrase | null;

/** By eventName, without the date that Lambda's and CloudFront's names carry. */
export type Phrases = Readonly<Record<string, PhraseOf>>;

const PASTS: Readonly<Record<string, string>> = {
  be: 'was',
  begin: 'began',
  cancel: 'cancelled',
  forbid: 'forbade',
  go: 'went',
  keep: 'kept',
  reset: 'reset',
  buy: 'bought',
  forget: 'forgot',
  get: 'got',
  give: 'gave',
  hand: 'handed',
  leave: 'left',
  let: 'let',
  look: 'looked',
  make: 'made',
  open: 'opened',
  plan: 'planned',
  put: 'put',
  read: 'read',
  run: 'ran',
  see: 'saw',
  send: 'sent',
  set: 'set',
  stop: 'stopped',
  swap: 'swapped',
  tag: 'tagged',
  take: 'took',
  tell: 'told',
  untag: 'untagged',
  write: 'wrote',
};

/** 'open port 22 of …' → ['open port 22 of …', 'opened port 22 of …']: the first word is the verb. */
export function phrase(text: string): Phrase {
  const end = text.indexOf(' ');
  const verb = end < 0 ? text : text.slice(0, end);
  return [text, pastOf(verb) + text.slice(verb.length)];
}

function pastOf(verb: string): string {
  const irregular = Object.hasOwn(PASTS, verb) ? PASTS[verb] : undefined;
  if (irregular !== undefined) return irregular;
  if (verb.endsWith('e')) return `${verb}d`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}
