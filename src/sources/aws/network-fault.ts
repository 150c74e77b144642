// Nobody answers, or somebody else does.

import { oneLine } from './credential-fault.ts';
import type { AnyError, FaultContext, FaultWords } from './fault-context.ts';

const CERTIFICATE =
  /^(?:CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|ERR_TLS_CERT|CRL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;
const TLS = /^(?:ERR_SSL_|EPROTO$)/;
const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_SOCKET_CLOSED']);
const UNREACHABLE = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL']);

const PROXY = 'check the network, and HTTPS_PROXY and NO_PROXY where there is a proxy';

/** Errors of DNS, connection, TLS and time; null for any other. */
export function networkWords(error: AnyError, context: FaultContext): FaultWords | null {
  const { code, name } = error;
  const host = oneLine(error.host ?? context.host ?? 'AWS', 200);
  if (code === 'ENOTFOUND') {
    const next = `${PROXY}; is the Region or endpoint_url spelt right?`;
    return { kind: 'network', message: `no host ${host} is known (DNS)`, next };
  }
  if (code === 'EAI_AGAIN') return { kind: 'network', message: `DNS does not answer for ${host}`, next: PROXY };
  if (code === 'ECONNREFUSED') {
    const next = 'check HTTPS_PROXY and endpoint_url: nothing listens there';
    return { kind: 'network', message: `${host} refuses the connection`, next };
  }
  if (UNREACHABLE.has(code)) return { kind: 'network', message: `no way to ${host} (${code})`, next: PROXY };
  if (CERTIFICATE.test(code)) {
    const next = 'where a proxy looks into TLS, let AWS_CA_BUNDLE name the PEM file of its authority';
    return { kind: 'network', message: `the certificate of ${host} is not trusted (${code})`, next };
  }
  if (TLS.test(code)) {
    const next = 'check HTTPS_PROXY and endpoint_url: is it http:// there?';
    return { kind: 'network', message: `${host} does not speak TLS (${code})`, next };
  }
  if (RESET.has(code)) {
    const next = `it is tried again; if it lasts, ${PROXY}`;
    return { kind: 'transient', message: `the connection to ${host} was cut (${code})`, next };
  }
  if (name === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') {
    const next = `it is tried again; if it lasts, ${PROXY}`;
    return { kind: 'transient', message: `no answer from ${host} in time`, next };
  }
  if (code.startsWith('HPE_')) {
    return {
      kind: 'network',
      message: `what ${host} answers is not HTTP (${code})`,
      next: 'check HTTPS_PROXY and endpoint_url',
    };
  }
  return null;
}

/** An answer that is not JSON: a proxy's page, a sign-in page of the network, or AWS's own cut short. */
export function garbledWords(error: AnyError, context: FaultContext): FaultWords {
  const host = oneLine(context.host ?? 'AWS', 200);
  const { status } = error;
  // The SDK keeps nothing of the body; V8 quotes how it begins.
  const isPage = /^Unexpected token '<'/.test(error.message) || /html/.test(error.headers['content-type'] ?? '');
  const what = isPage ? 'a web page' : 'something that is not JSON';
  const said = `HTTP ${status ?? '?'} with ${what} instead of an answer of ${host}`;
  if (status !== null && status >= 300 && status < 400) {
    const to = error.headers.location === undefined ? '' : ` to ${oneLine(error.headers.location, 120)}`;
    const next = 'check endpoint_url, or sign in to the network';
    return { kind: 'network', message: `HTTP ${status}: ${host} sends us away${to}`, next };
  }
  if (status === 407) {
    return {
      kind: 'network',
      message: 'the proxy wants a name and password (HTTP 407)',
      next: 'set HTTPS_PROXY=http://user:password@host:port',
    };
  }
  if (status === null || status >= 500 || status === 408 || status === 429) {
    return { kind: 'transient', message: said, next: 'it is tried again; if it lasts, ask who runs the proxy' };
  }
  if (status < 300 && !isPage) {
    return { kind: 'transient', message: `the answer of ${host} breaks off`, next: 'it is tried again' };
  }
  return {
    kind: 'network',
    message: said,
    next: 'a proxy or a sign-in page is in between: check HTTPS_PROXY, sign in to the network',
  };
}
