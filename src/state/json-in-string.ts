// JSON that a record holds as a text: policy documents before all, some of them URL-encoded, and parameters that were
// sent as JSON. It hangs below its string like the members of an object.

import { decodeString, type JsonNode, scanJson } from './json-scan.ts';

export type StringJson = { readonly text: string; readonly nodes: readonly JsonNode[] };

/** Of the spelling with its quote: what may begin an object or a list, as it is or URL-encoded. */
const BEGINNING = /^"(?:\s|\\[nrt])*(?:[{[]|%7b|%5b)/i;
const ENDING = /(?:[}\]]|%7d|%5d)(?:\s|\\[nrt])*"$/i;
const LOOKED_AT = 64;

/** What a string, spelled with its quotes, holds where that is an object or a list that holds something; else null.
 *  URL-encoded text comes back decoded. */
export function jsonInString(spelling: string): StringJson | null {
  if (!BEGINNING.test(spelling.slice(0, LOOKED_AT)) || !ENDING.test(spelling.slice(-LOOKED_AT))) return null;
  const text = withoutUrlEncoding(decodeString(spelling));
  if (text === null) return null;
  const { nodes } = scanJson(text);
  const root = nodes?.[0];
  return nodes === null || root === undefined || root.childCount === 0 ? null : { text, nodes };
}

export function isUrlEncodedJson(text: string): boolean {
  return /^\s*%(?:7b|5b)/i.test(text.slice(0, LOOKED_AT));
}

function withoutUrlEncoding(text: string): string | null {
  if (!isUrlEncodedJson(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
