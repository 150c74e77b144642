// What can be made to go wrong, and how often.

import type { ServerResponse } from 'node:http';
import { type Answer, AwsError, type Headers } from './answer.ts';
import type { PageQuirks } from './lookup-events.ts';
import { errorAnswer, type Protocol } from './protocol.ts';

export type ServerFault =
  /** AWS's own error: ThrottlingException, InternalFailure, AccessDeniedException, InvalidNextTokenException …
   *  `status` 400 when left out. */
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message?: string;
      readonly status?: number;
      /** x-amz-retry-after. */
      readonly retryAfterMs?: number;
    }
  /** A proxy's page instead of JSON. */
  | { readonly kind: 'html'; readonly status: number }
  /** 200, and JSON that breaks off. */
  | { readonly kind: 'truncated' }
  /** 200 without a body. */
  | { readonly kind: 'empty' }
  /** The connection is reset instead of an answer. */
  | { readonly kind: 'reset' }
  /** Nothing ever comes. */
  | { readonly kind: 'hang' }
  /** The body comes in ten pieces over this time. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection closes before as many bytes as content-length promised. */
  | { readonly kind: 'short' }
  | { readonly kind: 'redirect'; readonly location: string }
  /** A page that begins with that many events of the page before. */
  | { readonly kind: 'repeat'; readonly events: number }
  /** A page without events, but with a token. */
  | { readonly kind: 'empty-page' }
  /** Records stretched to that many bytes each (AWS's most is 256 KB). */
  | { readonly kind: 'padded'; readonly bytes: number };

export type FaultRule = {
  readonly account?: string;
  readonly region?: string;
  /** 'LookupEvents' when left out; 'GetCallerIdentity', 'AssumeRole', 'ListRegions' …, or '*'. */
  readonly operation?: string;
  /** Every nth of the requests that match (and that quota and permissions let through); each one when left out. */
  readonly every?: number;
  /** So many that match are let through first. */
  readonly after?: number;
  /** That many times, then never again. */
  readonly times?: number;
  readonly fault: ServerFault;
};

type Request = { readonly operation: string; readonly account: string | null; readonly region: string | null };

export class FaultRules {
  #rules: { readonly rule: FaultRule; matched: number; done: number }[] = [];

  /** Returns what takes the rule away again. */
  add(rule: FaultRule): () => void {
    const entry = { rule, matched: 0, done: 0 };
    this.#rules.push(entry);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault of this request: of the first rule whose turn it is. Counts in all that match. */
  next({ operation, account, region }: Request): ServerFault | null {
    let found: ServerFault | null = null;
    for (const entry of this.#rules) {
      const { rule } = entry;
      const wanted = rule.operation ?? 'LookupEvents';
      if (wanted !== '*' && wanted !== operation) continue;
      if (rule.account !== undefined && rule.account !== account) continue;
      if (rule.region !== undefined && rule.region !== region) continue;
      entry.matched++;
      const turn = entry.matched - (rule.after ?? 0);
      if (turn <= 0 || turn % (rule.every ?? 1) !== 0 || entry.done >= (rule.times ?? Number.POSITIVE_INFINITY))
        continue;
      if (found !== null) continue;
      entry.done++;
      found = rule.fault;
    }
    return found;
  }
}

/** What the fault asks of the page itself. */
export function quirksOf(fault: ServerFault | null): PageQuirks {
  switch (fault?.kind) {
    case 'repeat':
      return { repeated: fault.events };
    case 'empty-page':
      return { isEmpty: true };
    case 'padded':
      return { padding: fault.bytes };
    default:
      return {};
  }
}

/** The answer that takes the place of the real one; null: the real one it is. */
export function faultAnswer(fault: ServerFault | null, protocol: Protocol): Answer | null {
  switch (fault?.kind) {
    case 'error': {
      const { name, message = defaultMessage(name), status = 400, retryAfterMs } = fault;
      const headers: Headers = retryAfterMs === undefined ? {} : { 'x-amz-retry-after': String(retryAfterMs) };
      return errorAnswer(protocol, new AwsError(name, message, status), headers);
    }
    case 'html': {
      const title = `${fault.status} Service Unavailable`;
      const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1>proxy.example.com</body></html>\n`;
      return { status: fault.status, headers: { 'content-type': 'text/html' }, body };
    }
    case 'redirect':
      return { status: 302, headers: { location: fault.location, 'content-type': 'text/html' }, body: '<a>moved</a>' };
    default:
      return null;
  }
}

function defaultMessage(name: string): string {
  if (name === 'ThrottlingException') return 'Rate exceeded';
  if (name === 'ExpiredTokenException') return 'The security token included in the request is expired';
  if (name === 'UnrecognizedClientException') return 'The security token included in the request is invalid.';
  return `The request failed with ${name}`;
}

/** Sends the answer in the way the fault damages it. */
export function send(response: ServerResponse, { status, headers, body }: Answer, fault: ServerFault | null): void {
  const bytes = Buffer.from(body);
  const head = (length: number) => response.writeHead(status, { ...headers, 'content-length': length });
  switch (fault?.kind) {
    case 'truncated': {
      const part = bytes.subarray(0, Math.max(1, bytes.length >> 1));
      head(part.length);
      response.end(part);
      return;
    }
    case 'empty':
      head(0);
      response.end();
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'slow':
      head(bytes.length);
      sendSlowly(response, bytes, fault.ms);
      return;
    case 'short':
      head(bytes.length + 100);
      response.write(bytes, () => response.socket?.destroy());
      return;
    default:
      head(bytes.length);
      response.end(bytes);
  }
}

function sendSlowly(response: ServerResponse, bytes: Buffer, ms: number): void {
  const size = Math.ceil(bytes.length / 10);
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + size));
    sent += size;
    if (sent < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, ms / 10);
  response.on('close', () => clearInterval(timer));
}
