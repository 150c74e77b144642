// The searches that find a resource by its name, id or ARN.

import { isArn, isSpecificName, plainNameOf, spellingsOf } from '../cloudtrail/resource-names.ts';
import { literalPattern } from './pattern.ts';
import type { Query } from './query.ts';

/** Everything that names it, also where only the record's text does: most calls state what they work on in their
 *  parameters alone. A short name, or a plain word, would be found inside of others, so that one is matched whole. */
export function resourceQuery(name: string): Query {
  const plain = plainNameOf(name);
  if (isSpecificName(plain)) return holding(plain);
  if (!isArn(name)) return listedAs([name]);
  return { kind: 'or', terms: [{ kind: 'field', path: 'resource', values: [literalPattern(plain)] }, holding(name)] };
}

/** The same without what it called itself: an instance's id is the name of its role's session, a role's name is in each
 *  of its calls. */
export function namingQuery(name: string): Query {
  const plain = plainNameOf(name);
  const text = isSpecificName(plain) ? plain : isArn(name) ? name.trim() : null;
  if (text === null) return listedAs([name]);
  const own: readonly Query[] = [
    { kind: 'like', path: 'arn', text },
    ...(text === plain ? [] : [{ kind: 'field', path: 'role', values: [literalPattern(plain)] } as const]),
  ];
  const listed: readonly Query[] = [
    // The same as resource:*text*, and looked for as a text, which is faster than as a pattern.
    { kind: 'like', path: 'resource', text },
    ...(text === plain ? [] : [{ kind: 'field', path: 'resource', values: [literalPattern(plain)] } as const]),
  ];
  const texts: Query = { kind: 'and', terms: [holding(text), ...own.map((term): Query => ({ kind: 'not', term }))] };
  return { kind: 'or', terms: [...listed, texts] };
}

/** Events that list one of these among their resources, by whatever spelling: no record is read for that. */
export function listedAs(names: readonly string[]): Query {
  const values = names.flatMap((name) => {
    const plain = literalPattern(plainNameOf(name));
    const spelled = spellingsOf(name).map(literalPattern);
    return isArn(name) ? spelled : [...spelled, `arn:*:${plain}`, `arn:*/${plain}`];
  });
  return { kind: 'field', path: 'resource', values: [...new Set(values)] };
}

function holding(text: string): Query {
  return { kind: 'word', text, mode: 'substring' };
}
