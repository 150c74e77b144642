// Names before a colon: a field of the table, or a path of the record such as requestParameters.items[].name.
// A key that is no plain word is written in quotes, requestParameters.tags."aws:createdBy", or as the tree of the
// explorer writes it, requestParameters.tags["aws:createdBy"], where what is between the brackets is a JSON string.

import { FIELDS, type Field, findField } from '../cloudtrail/fields.ts';
import { RECORD_KEYS } from '../cloudtrail/record-keys.ts';

/** One step of a path: into a key (its case does not matter), or to one element of a list. Lists open by themselves. */
export type PathStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number };

/** Each is a step into the JSON for the database; no record goes half as deep. */
export const MAX_STEPS = 32;

const PLAIN = String.raw`[\p{L}\p{N}_$@-]+`;
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const BRACKETED = String.raw`\["(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"\]`;
const ELEMENT = String.raw`\[\d{0,9}\]`;
const FIRST = String.raw`(?:[\p{L}_$@][\p{L}\p{N}_$@-]*|${BRACKETED})`;
const NEXT = String.raw`(?:\.(?:${PLAIN}|${QUOTED})|${BRACKETED}|${ELEMENT})`;

/** RegExp source of a path that a query may name. */
export const PATH_SOURCE = `${FIRST}${NEXT}*`;
/** RegExp source of the beginning of a path up to a quoted key; where no path follows, the quoting is wrong. */
export const QUOTED_KEY_SOURCE = String.raw`[\p{L}_$@][\p{L}\p{N}_$@-]*${NEXT}*(?:\["|\.")`;

/** A path's steps, `[]` left out; null when the text is no path. */
export function parsePath(path: string): readonly PathStep[] | null {
  return PATH.test(path) ? [...path.matchAll(STEPS)].flatMap(stepOf) : null;
}

const PATH = new RegExp(`^(?:${PLAIN}|${QUOTED}|${BRACKETED})${NEXT}*$`, 'u');
const STEPS = new RegExp(`(${PLAIN})|(${QUOTED})|(${BRACKETED})|(${ELEMENT})`, 'gu');

function stepOf([text, plain, quoted, bracketed]: RegExpMatchArray): readonly PathStep[] {
  if (plain !== undefined) return [{ kind: 'key', key: plain }];
  if (quoted !== undefined) return [{ kind: 'key', key: quoted.slice(1, -1).replace(/\\(["\\])/g, '$1') }];
  if (bracketed !== undefined) return [{ kind: 'key', key: JSON.parse(bracketed.slice(1, -1)) as string }];
  return text === '[]' ? [] : [{ kind: 'index', index: Number(text.slice(1, -1)) }];
}

/** What the text before a colon is. */
export type PathKind =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'path'; readonly steps: readonly PathStep[] }
  | { readonly kind: 'unknown'; readonly near: readonly string[] };

export function resolvePath(path: string): PathKind {
  const field = findField(path.replaceAll('[]', ''));
  if (field !== undefined) return { kind: 'field', field };
  const steps = parsePath(path);
  const first = steps?.[0];
  if (steps === null || first?.kind !== 'key') return { kind: 'unknown', near: nearFields(path) };
  const isKnown = RECORD_KEYS.some((key) => key.toLowerCase() === first.key.toLowerCase());
  // Nobody writes brackets and quotes by a slip of the hand.
  if (isKnown || path.startsWith('[')) return { kind: 'path', steps };
  const isBareWord = steps.length === 1 && !path.includes('[');
  // A record may hold keys CloudTrail has not told us of; a slip in a known one is more likely.
  const near = isBareWord ? nearFields(path) : nearest(first.key, RECORD_KEYS);
  return isBareWord || near.length > 0 ? { kind: 'unknown', near } : { kind: 'path', steps };
}

function nearFields(name: string): readonly string[] {
  return nearest(name, NAMES);
}

const NAMES: readonly string[] = [...FIELDS.map((field) => field.id), 'since', 'until', 'at', ...RECORD_KEYS];

/** Looked for with each letter that is typed, for each term that names it. */
const NEAR = new Map<readonly string[], Map<string, readonly string[]>>();
const MAX_REMEMBERED = 200;

/** At most three names that start with the word or are a slip of the hand away, nearest first. */
function nearest(word: string, names: readonly string[]): readonly string[] {
  const known = NEAR.get(names) ?? new Map<string, readonly string[]>();
  NEAR.set(names, known);
  const near = known.get(word) ?? nearestOf(word, names);
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(word, near);
  return near;
}

function nearestOf(word: string, names: readonly string[]): readonly string[] {
  const typed = word.slice(0, 40).toLowerCase();
  const limit = typed.length <= 4 ? 1 : 2;
  return names
    .map((name) => ({
      name,
      slips: typed.length > 1 && name.toLowerCase().startsWith(typed) ? 0 : slips(typed, name.toLowerCase()),
    }))
    .filter(({ slips }) => slips <= limit)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Insertions, deletions, substitutions and swapped neighbours that turn one word into the other. */
function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const cost = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const edited = Math.min(cost(i, j - 1) + 1, cost(i - 1, j) + 1, cost(i - 1, j - 1) + (isSame ? 0 : 1));
      rows[i]?.push(isSwap ? Math.min(edited, cost(i - 2, j - 2) + 1) : edited);
    }
  }
  return cost(a.length, b.length);
}
