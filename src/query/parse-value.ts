// A value after the colon that its field can never have. One in quotes is taken as it is, whatever it says: records may
// say anything, and what the explorer offers of them is written in quotes then.

import { FIRST_KINDS } from '../cloudtrail/firsts.ts';
import { isAddress, parseNetwork } from './network.ts';
import type { PathKind } from './paths.ts';
import { isGlobMatch, MAX_WILDCARDS, patternParts } from './pattern.ts';
import { Mistake } from './scan.ts';

export type Value = { readonly text: string; readonly from: number; readonly to: number; readonly isQuoted: boolean };

export function checkValue(value: Value, target: PathKind): void {
  if (patternParts(value.text).filter((part) => part.kind !== 'text').length > MAX_WILDCARDS) {
    throw new Mistake(value.from, value.to, `too many wildcards in one value: at most ${MAX_WILDCARDS}`);
  }
  const reason = target.kind === 'field' ? reasonAgainst(value, target.field) : null;
  if (reason !== null) throw new Mistake(value.from, value.to, reason);
}

function reasonAgainst({ text, isQuoted }: Value, { id, kind }: { readonly id: string; readonly kind: string }) {
  if (id === 'first') {
    const isKind = FIRST_KINDS.some((first) => isGlobMatch(text, first));
    return isKind ? null : `${shown(text)} is nothing that an event can be the first of: ${FIRST_KINDS.join(', ')}`;
  }
  if (isQuoted) return null;
  if (id === 'readOnly' || id === 'mfa') {
    const isStated = ['true', 'false'].some((stated) => isGlobMatch(text, stated));
    return isStated ? null : `${id} is true or false, not ${shown(text)}; !${id}:* finds where it is not stated`;
  }
  if (id === 'ip') return reasonAgainstAddress(text);
  // No name of an event, a service, a person or a Region begins so.
  if (kind === 'name' && text.startsWith('/')) {
    return 'there are no regular expressions: * stands for any text, ? for one character, and a,b for either';
  }
  return null;
}

function reasonAgainstAddress(text: string): string | null {
  if (/^[0-9a-f.:]+\/\d+$/i.test(text)) {
    return parseNetwork(text) === null ? `${shown(text)} is not a network: write 10.0.0.0/8 or 2001:db8::/32` : null;
  }
  const isMeant = /^\d[\d.]*$/.test(text) || /^[0-9a-f:]*:[0-9a-f:]*$/i.test(text);
  return !isMeant || isAddress(text)
    ? null
    : `${shown(text)} is no address: write 203.0.113.9, 203.0.113.*, 203.0.113.0/24 or 2001:db8::1`;
}

/** What a person typed, cut to what fits in a message. */
export function shown(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
