// Sharing with other accounts, and with everybody.

import { type Phrase, phrase } from './call.ts';
import { whomText } from './values.ts';

/** Whom something is shared with from now on, and no more; null where nobody is named. That it is no longer public does
 *  not make it private: accounts may still have it. */
export function sharePhrase(what: string, added: readonly string[], removed: readonly string[]): Phrase | null {
  const wasPublic = removed.some(isEverybody);
  const others = removed.filter((name) => !isEverybody(name));
  const less = [wasPublic && 'no longer public', others.length > 0 && `no longer with ${whomText(others)}`];
  const rest = less.filter((text) => text !== false).join(', ');
  const also = rest === '' ? '' : ` (${rest})`;
  if (added.some(isEverybody)) return phrase(`make ${what} public${also}`);
  if (added.length > 0) return phrase(`share ${what} with ${whomText(added)}${also}`);
  if (wasPublic) {
    return phrase(
      `make ${what} no longer public${others.length === 0 ? '' : `, no longer shared with ${whomText(others)}`}`,
    );
  }
  return others.length > 0 ? phrase(`stop sharing ${what} with ${whomText(others)}`) : null;
}

function isEverybody(name: string): boolean {
  return name === '*' || /^all$/i.test(name);
}
