// What a fault is told of where it happened, and the pieces all faults are made of.

import { oneLine } from './credential-fault.ts';
import type { Fault, FaultKind } from './fault.ts';
import type { Environment } from './shared-files.ts';

export type FaultContext = {
  readonly profile: string | null;
  /** Of the access: what the credentials are, is read there. */
  readonly env: Environment;
  /** The profile's name, or "environment". */
  readonly label: string;
  readonly region: string | null;
  /** e.g. "LookupEvents". */
  readonly operation?: string;
  /** Who was asked, where the error itself does not say. */
  readonly host?: string;
};

/** What is read of an error, whatever threw it. */
export type AnyError = {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  /** Status of the answer; null where there was none. */
  readonly status: number | null;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Host that the error names, with its port where it is not the usual one. */
  readonly host: string | null;
  /** The SDK has set its clock by AWS's; the next request may succeed. */
  readonly isClockCorrected: boolean;
};

export type FaultWords = { readonly kind: FaultKind; readonly message: string; readonly next: string | null };

/** "prod, eu-west-1: …", with what AWS asks to wait. */
export function faultFrom(error: AnyError, { label, region }: FaultContext, words: FaultWords): Fault {
  const place = region === null ? label : `${label}, ${region}`;
  return {
    kind: words.kind,
    name: oneLine(error.name, 80),
    message: oneLine(`${oneLine(place, 80)}: ${words.message}`),
    next: words.next === null ? null : oneLine(words.next),
    login: null,
    retryAfterMs: retryAfterOf(error.headers),
  };
}

/** x-amz-retry-after is in ms, retry-after (of proxies) in seconds. */
function retryAfterOf(headers: AnyError['headers']): number | null {
  for (const [name, unit] of [
    ['x-amz-retry-after', 1],
    ['retry-after', 1000],
  ] as const) {
    const text = headers[name];
    if (text !== undefined && /^\d{1,9}(?:\.\d+)?$/.test(text)) return Number(text) * unit;
  }
  return null;
}

type Json = Readonly<Record<string, unknown>>;

export function readError(error: unknown): AnyError {
  const it = objectOf(error);
  const response = objectOf(it.$response);
  const cause = causeOf(it);
  const status = Number(objectOf(it.$metadata).httpStatusCode ?? response.statusCode ?? Number.NaN);
  const host = textOf(cause.hostname) || textOf(cause.host) || textOf(cause.address);
  const port = Number(cause.port);
  return {
    name: textOf(it.name) || 'Error',
    message: textOf(it.message) || String(error),
    code: textOf(cause.code),
    status: Number.isInteger(status) ? status : null,
    headers: Object.fromEntries(
      Object.entries(objectOf(response.headers)).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    host: host === '' ? null : Number.isInteger(port) && port !== 443 ? `${host}:${port}` : host,
    isClockCorrected: objectOf(it.$metadata).clockSkewCorrected === true,
  };
}

/** The error with a code: itself, what caused it, or, where several addresses were tried, the first of them. */
function causeOf(error: Json): Json {
  let it = error;
  for (let depth = 0; depth < 5; depth++) {
    const [first] = Array.isArray(it.errors) ? it.errors : [];
    const next = objectOf(first ?? it.cause);
    if (textOf(it.code) !== '' && first === undefined) return it;
    if (Object.keys(next).length === 0 && !(next instanceof Error)) return it;
    it = next;
  }
  return it;
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
