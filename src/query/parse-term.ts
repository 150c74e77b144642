// One term: a word in one of its forms, or field:value in one of its.

import { findField } from '../cloudtrail/fields.ts';
import { RECORD_KEYS } from '../cloudtrail/record-keys.ts';
import { checkValue, shown, type Value } from './parse-value.ts';
import { MAX_STEPS, PATH_SOURCE, type PathKind, QUOTED_KEY_SOURCE, resolvePath } from './paths.ts';
import type { Comparison, Query, WordMode } from './query.ts';
import { expectEnd, Mistake, readBare, readQuoted, type Scanner } from './scan.ts';
import { type Clock, parseDuration, parseInstant, parseSpan, type Span } from './time-range.ts';

export type Reader = Scanner & { readonly clock: Clock };

const NAME = new RegExp(`${PATH_SOURCE}:`, 'uy');
const QUOTED_KEY = new RegExp(QUOTED_KEY_SOURCE, 'uy');
const EQUALS = new RegExp(`(${PATH_SOURCE})(!?={1,2})`, 'uy');
/** requestParameters.[:x, requestParameters..a:x, requestParameters.a[*]:x */
const BROKEN = /([\p{L}_$@][\p{L}\p{N}_$@-]*)[.[][^\s:|()"]*(?=:)/uy;
const KEYS = new Set(RECORD_KEYS.map((key) => key.toLowerCase()));
const TIMES = new Set(['since', 'until', 'at']);
const TIME_HELP = 'write 2h, 7d, 14:02, 2026-05-20, 2026-05-20T14:02Z or "yesterday 5pm"';
const DEFAULT_AROUND_MS = 300_000;

export function parseTerm(reader: Reader): Query {
  const name = readName(reader);
  return name === null ? parseWord(reader) : parseField(reader, name);
}

// --- words ---

function parseWord(reader: Reader): Query {
  const from = reader.at;
  const sign = reader.text[from];
  if (sign === '"') {
    const text = readQuoted(reader);
    if (text === '') throw new Mistake(from, reader.at, 'there is nothing between these quotes');
    const isSuffix = takeDollar(reader);
    expectEnd(reader);
    return word(text, isSuffix ? 'suffix' : 'phrase');
  }
  if (sign === "'" || sign === '^') {
    reader.at++;
    const isQuoted = reader.text[reader.at] === '"';
    const bare = isQuoted ? readQuoted(reader) : readBare(reader);
    const isWhole = sign === '^' && (isQuoted ? takeDollar(reader) : bare.length > 1 && bare.endsWith('$'));
    const text = isWhole && !isQuoted ? bare.slice(0, -1) : bare;
    if (isQuoted) expectEnd(reader);
    if (text === '') {
      const reason =
        sign === '^' ? 'say what it starts with, right after the ^' : "say what to find, right after the '";
      throw new Mistake(from, reader.at, reason);
    }
    return word(text, sign === "'" ? 'substring' : isWhole ? 'whole' : 'prefix');
  }
  refuseEqualsSign(reader);
  const text = readBare(reader);
  return text.length > 1 && text.endsWith('$') ? word(text.slice(0, -1), 'suffix') : word(text, 'fuzzy');
}

function takeDollar(reader: Reader): boolean {
  if (reader.text[reader.at] !== '$') return false;
  reader.at++;
  return true;
}

function word(text: string, mode: WordMode): Query {
  return { kind: 'word', text, mode };
}

// --- field:value ---

type Name = { readonly path: string; readonly from: number; readonly to: number };

/** Reads the name and its colon; null (and nothing read) where a word starts that merely holds a colon. */
function readName(reader: Reader): Name | null {
  const from = reader.at;
  NAME.lastIndex = from;
  const match = NAME.exec(reader.text);
  if (match === null) {
    refuseBrokenName(reader);
    return null;
  }
  const path = match[0].slice(0, -1);
  if (isWordWithColon(reader.text.slice(from, from + 200), path)) return null;
  reader.at = NAME.lastIndex;
  return { path, from, to: reader.at - 1 };
}

/** `a["b` would find nothing as a word, and say nothing. */
function refuseBrokenName({ text, at }: Reader): void {
  QUOTED_KEY.lastIndex = at;
  if (QUOTED_KEY.test(text)) {
    const reason = 'this path breaks off; write a["key"]:value, or quote it all to search for the text';
    throw new Mistake(at, QUOTED_KEY.lastIndex, reason);
  }
  BROKEN.lastIndex = at;
  const [broken = '', first = ''] = BROKEN.exec(text) ?? [];
  if (broken !== '' && isKnownKey(first)) {
    const example = `${first}.instanceId:i-0ab*`;
    throw new Mistake(at, at + broken.length, `this is no path: write a.b:value or a[].b:value, as in ${example}`);
  }
}

/** `name=x` is how other languages say it; so is `name!=x`. */
function refuseEqualsSign({ text, at }: Reader): void {
  EQUALS.lastIndex = at;
  const [found = '', name = '', sign = ''] = EQUALS.exec(text) ?? [];
  if (found === '' || !isKnownKey(/^[^.[]*/.exec(name)?.[0] ?? '')) return;
  const value =
    /^[\w.*@/-]{1,30}(?![^\s|()])/.exec(text.slice(at + found.length, at + found.length + 31))?.[0] ?? 'value';
  const right = `${sign.startsWith('!') ? '!' : ''}${shown(name)}:${value}`;
  throw new Mistake(at, at + found.length, `write ${right}; to find the text, quote it: '${shown(name)}${sign}…`);
}

function isKnownKey(name: string): boolean {
  const lower = name.toLowerCase();
  return TIMES.has(lower) || findField(lower) !== undefined || KEYS.has(lower);
}

/** ARNs, URLs, IPv6 addresses, host:port, and ids followed by a session name (AROA…:alice) are words. */
function isWordWithColon(text: string, name: string): boolean {
  const rest = text.slice(name.length + 1);
  return (
    /^arn:aws[\w-]*:/i.test(text) ||
    (rest.startsWith('//') && resolvePath(name).kind === 'unknown') ||
    /^[0-9a-f]{1,4}:[0-9a-f:.]*:[0-9a-f:.]*(?:[\s|)%/]|$)/i.test(text) ||
    (name.includes('.') && /^\d+(?:[\s|)/]|$)/.test(rest) && resolvesToHost(name)) ||
    /^A[A-Z0-9]{15,}$/.test(name)
  );
}

function resolvesToHost(name: string): boolean {
  return /\.(?:com|net|org|aws|dev|io|cn|internal|local)$/i.test(name);
}

function parseField(reader: Reader, name: Name): Query {
  const lower = name.path.toLowerCase();
  if (TIMES.has(lower)) return parseTime(reader, lower as 'since' | 'until' | 'at', name);
  const target = resolvePath(name.path);
  if (target.kind === 'path' && target.steps.length > MAX_STEPS) {
    throw new Mistake(name.from, name.to, `this path is too long: at most ${MAX_STEPS} keys`);
  }
  if (target.kind === 'unknown') throw new Mistake(name.from, name.to, unknownName(name.path, target.near));
  const isTime = target.kind === 'field' && target.field.kind === 'time';
  const operator = takeOperator(reader);
  if (operator === '~') return parseLike(reader, name, isTime);
  if (operator !== null) return parseComparison(reader, name, target, operator);
  const values = readValues(reader, name, target);
  const [first] = values;
  if (values.length === 1 && first?.text === '*') return { kind: 'present', path: name.path };
  if (isTime) {
    const times = values.map((value) => during(value, reader.clock));
    return times.length === 1 ? (times[0] as Query) : { kind: 'or', terms: times };
  }
  for (const value of values) checkValue(value, target);
  return { kind: 'field', path: name.path, values: values.map((value) => value.text) };
}

function unknownName(path: string, near: readonly string[]): string {
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `to search for the text, quote it: "${path}:…"`;
  return `there is no field ${path}; ${hint}`;
}

function readValue(reader: Reader, stop: string, whenMissing: string, name: Name, mayBeEmpty = false): Value {
  const from = reader.at;
  const isQuoted = reader.text[from] === '"';
  const text = isQuoted ? readQuoted(reader) : readBare(reader, stop);
  if (isQuoted) expectEnd(reader, stop);
  if (text === '' && !(isQuoted && mayBeEmpty)) throw new Mistake(name.from, reader.at, whenMissing);
  return { text, from, to: reader.at, isQuoted };
}

function readValues(reader: Reader, name: Name, target: PathKind): readonly Value[] {
  const isTime = target.kind === 'field' && target.field.kind === 'time';
  // path:"" wants a text of no length, which a record may state; a field of the table is absent then.
  const isPath = target.kind === 'path';
  const help = isTime ? TIME_HELP : `say which value, or ${name.path}:* for any, !${name.path}:* for none`;
  const values = [readValue(reader, ',', help, name, isPath)];
  while (reader.text[reader.at] === ',') {
    reader.at++;
    values.push(readValue(reader, ',', 'a value is missing beside the comma', name, isPath));
  }
  return values;
}

function takeOperator(reader: Reader): Comparison | '~' | null {
  const match = /^(?:[<>]=?|~)/.exec(reader.text.slice(reader.at, reader.at + 2));
  if (match === null) return null;
  reader.at += match[0].length;
  return match[0] as Comparison | '~';
}

function parseLike(reader: Reader, name: Name, isTime: boolean): Query {
  if (isTime) throw new Mistake(name.from, reader.at, `a time cannot be matched loosely: ${TIME_HELP}`);
  const { text } = readValue(reader, '', `say what it resembles, right after ${name.path}:~`, name);
  return { kind: 'like', path: name.path, text };
}

function parseComparison(reader: Reader, name: Name, target: PathKind, operator: Comparison): Query {
  const isTime = target.kind === 'field' && target.field.kind === 'time';
  if (target.kind === 'field' && !isTime) {
    throw new Mistake(name.from, reader.at, `only times and numbers can be compared, and ${name.path} is neither`);
  }
  const { text, from, to } = readValue(reader, '', isTime ? TIME_HELP : 'say a number or a time', name);
  if (!isTime && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text)) {
    return { kind: 'compare', path: name.path, operator, text, at: null };
  }
  // After a day means after its end; up to a day includes it.
  const at = parseInstant(text, operator === '>' || operator === '<=' ? 'end' : 'start', reader.clock);
  if (at === null)
    throw new Mistake(from, to, isTime ? notATime(text) : `${shown(text)} is neither a number nor a time`);
  return { kind: 'compare', path: name.path, operator, text, at };
}

// --- since, until, at ---

function parseTime(reader: Reader, kind: 'since' | 'until' | 'at', name: Name): Query {
  const value = readValue(reader, '', TIME_HELP, name);
  if (kind === 'at') return around(value, reader.clock);
  const at = parseInstant(value.text, kind === 'since' ? 'start' : 'end', reader.clock);
  if (at === null) throw new Mistake(value.from, value.to, notATime(value.text));
  return { kind, at, text: value.text };
}

/** `14:02±5m`; also +-5m and +/-5m, because ± is hard to type. Without it: all of what the text names. */
function around(value: Value, clock: Clock): Query {
  const match = /^(.*?)\s*(?:±|\+-|\+\/-)\s*(\w*)$/su.exec(value.text);
  if (match === null) return during(value, clock);
  const width = match[2] === '' ? DEFAULT_AROUND_MS : parseDuration(match[2] ?? '');
  const span = parseSpan(match[1] ?? '', clock);
  if (span === null) throw new Mistake(value.from, value.to, notATime(match[1] ?? ''));
  if (width === null) throw new Mistake(value.from, value.to, 'say how far to both sides: at:14:02±5m');
  return { kind: 'at', from: span.from - width, to: (span.isDate ? span.to : span.from) + width, text: value.text };
}

function during(value: Value, clock: Clock): Query {
  const span: Span | null = parseSpan(value.text, clock);
  if (span === null) throw new Mistake(value.from, value.to, notATime(value.text));
  return { kind: 'at', from: span.from, to: span.to, text: value.text };
}

function notATime(text: string): string {
  return `${shown(text)} is not a time: ${TIME_HELP}`;
}
