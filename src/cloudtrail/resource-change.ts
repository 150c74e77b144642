// What rules about single calls (changes-*.ts) are given and answer.

import type { JsonObject } from './json-value.ts';
import type { IsResource } from './resource-names.ts';

export type ResourceChange = {
  /** In words: `running → shutting-down`, `attached to i-0ab… as /dev/sdf`. */
  readonly text: string;
  /** What state it is in after that, where the call tells: `stopped`, `deleted`. */
  readonly state?: string;
  /** It did not exist before. */
  readonly isCreation?: boolean;
};

/** A call that succeeded. */
export type ChangingCall = {
  /** Without an API date. */
  readonly name: string;
  readonly request: JsonObject;
  readonly response: JsonObject;
  /** Tells the values that name the resource asked for. */
  readonly is: IsResource;
};

/** What the call changed about that resource; null: nothing special is known, the call's name has to tell. */
export type ChangeRule = (call: ChangingCall) => readonly ResourceChange[] | null;

export type ChangeRules = Readonly<Record<string, ChangeRule>>;

export const changed = (text: string, state?: string): readonly ResourceChange[] => [
  state === undefined ? { text } : { text, state },
];

/** Its words, with what is told besides: `created, pending, from snap-0ab…`. */
export function made(...details: readonly string[]): readonly ResourceChange[] {
  return [{ text: joinWords('created', ...details), isCreation: true, state: details[0] || 'created' }];
}

export function joinWords(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(', ');
}

/** At most five of them, and how many more there are. */
export function listed(values: readonly string[]): string {
  const shown = values.slice(0, 5).join(', ');
  return values.length > 5 ? `${shown} and ${values.length - 5} more` : shown;
}
