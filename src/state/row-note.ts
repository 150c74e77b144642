// What is said beside the value of a row, as far as the tree shows it: only rows on the screen are asked about.

import { decodedBytes } from '../cloudtrail/encoded-text.ts';
import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import { isPolicy, policyMeaning } from '../cloudtrail/policy-meaning.ts';
import { type Scalar, type ValueOwner, valueMeaning } from '../cloudtrail/value-meaning.ts';
import { countOf, formatBytes, type TimeZoneChoice } from '../text/format.ts';
import type { ShownRecord } from './detail.ts';
import { isUrlEncodedJson } from './json-in-string.ts';
import type { JsonRow, JsonTree } from './json-tree.ts';
import { foldedText } from './text-rows.ts';

export type NotedBy = { readonly zone: TimeZoneChoice; readonly owner: ValueOwner; readonly width: number };

/** A larger one is not read at a glance; CloudTrail keeps 100 kB of parameters. */
const MAX_POLICY_UNITS = 200_000;
/** Of a shorter text the line shows enough to tell how much is missing. */
const LONG = 200;
const POLICY_KEYS = /^"?(?:\s|\\[nrt])*(?:\{|%7b)/i;

/** The event that the values of a record belong to. */
export function ownerOf({ event, value }: ShownRecord): ValueOwner {
  const { recipientAccountId, userIdentity } = objectOf(value);
  return { time: event.time, account: textOf(recipientAccountId) || textOf(objectOf(userIdentity).accountId) };
}

/** '' where the value speaks for itself. Not sanitised: it may hold parts of the value. */
export function rowNote(tree: JsonTree, row: JsonRow, { zone, owner, width }: NotedBy): string {
  if (row.kind === 'line') return '';
  if (row.kind === 'object' || row.kind === 'array') return policyNote(tree, row, owner);
  if (row.content === 'object' || row.content === 'array')
    return joined([isUrlEncodedJson(row.value) ? 'URL-encoded JSON' : 'JSON in a text', policyNote(tree, row, owner)]);
  const folded = foldedText(tree, row, width);
  if (folded === 'base64') return `base64 of a text, ${formatBytes(decodedBytes(row.value))}`;
  if (folded === 'gzip') return `gzip in base64, ${formatBytes(decodedBytes(row.value))}`;
  const isLong = folded === 'long' && row.value.length >= LONG;
  return joined([
    valueMeaning(row.path, scalarOf(row), zone, owner),
    isLong ? countOf(row.value.length, 'character') : '',
  ]);
}

const POLICY_NOTES = new WeakMap<JsonRow, string>();

function policyNote(tree: JsonTree, row: JsonRow, { account }: ValueOwner): string {
  if (!hasStatement(tree, row)) return '';
  let note = POLICY_NOTES.get(row);
  if (note === undefined) {
    note = policyText(row, account);
    POLICY_NOTES.set(row, note);
  }
  return note;
}

/** Whether a member of it is called so, which stands first or second in every policy. */
function hasStatement(tree: JsonTree, row: JsonRow): boolean {
  let child = row.firstChild;
  for (let count = 0; child >= 0 && count < 4; count++) {
    const { ownSegments, nextSibling } = tree.rows[child] as JsonRow;
    if (ownSegments[0] === 'Statement')
      return row.valueText.length <= MAX_POLICY_UNITS && POLICY_KEYS.test(row.valueText);
    child = nextSibling;
  }
  return false;
}

function policyText(row: JsonRow, account: string): string {
  try {
    const text = row.kind === 'string' && isUrlEncodedJson(row.value) ? decodeURIComponent(row.value) : row.value;
    const value: unknown = JSON.parse(text);
    return isPolicy(value) ? policyMeaning(value, account) : '';
  } catch {
    return '';
  }
}

function scalarOf({ kind, value }: JsonRow): Scalar {
  if (kind === 'number') return Number(value);
  if (kind === 'literal') return value === 'null' ? null : value === 'true';
  return value;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
