// Searching a record's text, which is JSON: what a person types may be written in escapes there. Letters, digits and
// most punctuation are taken as they are (no CloudTrail writer escapes them, and a literal is what makes the scan
// fast); quotes, backslashes, slashes, what HTML-safe writers escape, control and non-ASCII characters are matched in
// each of their spellings. All patterns are for RE2 with the option 'i'.

import { escapeRegex } from './pattern.ts';

/** Written as \u00XX by writers that want their JSON to be safe within HTML. */
const HTML_SAFE = new Set([...`<>&'=+\``]);
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};

/** What half of a surrogate pair is read as. */
const REPLACEMENT = '\ufffd';
const HALF_OF_A_PAIR = String.raw`(?:${REPLACEMENT}|\\ufffd|\\ud[89a-f][0-9a-f]{2})`;

/** RE2 source that finds the text in a record, within keys, values or across them as the JSON has it. */
export function textSource(text: string): string {
  return [...text].map(ACROSS_TOKENS).join('');
}

/** RE2 source that finds a record in which some value (a string, number, true or false; no key) holds the text. */
export function valueSource(text: string): string {
  // An escape is passed over whole: the 3 of \u003c is no 3.
  const inside = String.raw`(?:[^"\\]|\\[^u]|\\u[0-9a-f]{4})*`;
  const sought = [...text].map(WITHIN_A_STRING).join('');
  const sources = [String.raw`[:,\[]"${inside}${sought}${inside}"[,\]}]`];
  if (/^[-+.0-9e]+$/i.test(text)) sources.push(String.raw`[:,\[][-+.0-9e]*${escapeRegex(text)}[-+.0-9e]*[,\]}]`);
  const literals = ['true', 'false'].filter((literal) => literal.includes(text.toLowerCase()));
  if (literals.length > 0) sources.push(String.raw`[:,\[](?:${literals.join('|')})[,\]}]`);
  return sources.length === 1 ? (sources[0] as string) : `(?:${sources.join('|')})`;
}

/** RE2 source for a key of an object in the record. */
export function keySource(key: string): string {
  return `"${[...key].map(WITHIN_A_STRING).join('')}":`;
}

const ACROSS_TOKENS = remembered((char) => charSource(char, true));
const WITHIN_A_STRING = remembered((char) => charSource(char, false));

/** A query is compiled at every letter that is typed, and may be a page that was pasted. */
function remembered(sourceOf: (char: string) => string): (char: string) => string {
  const sources = new Map<string, string>();
  return (char) => {
    const known = sources.get(char);
    if (known !== undefined) return known;
    if (sources.size > 1000) sources.clear();
    const source = sourceOf(char);
    sources.set(char, source);
    return source;
  };
}

function charSource(char: string, isAcrossTokens: boolean): string {
  if (char === '"') return isAcrossTokens ? String.raw`(?:\\?"|\\u0022)` : String.raw`\\(?:"|u0022)`;
  if (char === '\\') return isAcrossTokens ? String.raw`\\(?:\\|u005c)?` : String.raw`\\(?:\\|u005c)`;
  if (char === '/') return String.raw`(?:\\?\/|\\u002f)`;
  if (HTML_SAFE.has(char)) return `(?:${escapeRegex(char)}|${unicodeEscape(char)})`;
  if (/^[\u0020-\u007e]$/.test(char)) return escapeRegex(char);
  if (char === REPLACEMENT || !char.isWellFormed()) return HALF_OF_A_PAIR;
  const short = SHORT_ESCAPES[char];
  if (short !== undefined) return String.raw`\\(?:${short}|u${hex(char)})`;
  const cases = new Set([char, char.toLowerCase(), char.toUpperCase()].filter((other) => [...other].length === 1));
  return `(?:${escapeRegex(char)}|${[...cases].map(unicodeEscape).join('|')})`;
}

function unicodeEscape(char: string): string {
  return char
    .split('')
    .map((unit) => String.raw`\\u${hex(unit)}`)
    .join('');
}

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0');
}
