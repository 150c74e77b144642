// Each fault as the real SDK raises it.

import { Agent, createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Server } from 'node:net';
import { CloudTrailClient, type CloudTrailClientConfig, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, test } from 'vitest';
import { explainUnrecognized } from '../../../src/sources/aws/denied-fault.ts';
import { type Fault, FaultError, type FaultKind } from '../../../src/sources/aws/fault.ts';
import type { FaultContext } from '../../../src/sources/aws/fault-context.ts';
import { faultOf } from '../../../src/sources/aws/fault-of.ts';

const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const CONTEXT: FaultContext = {
  profile: 'prod',
  env: process.env,
  label: 'prod',
  region: 'eu-west-1',
  host: 'ct.example.com',
};

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the SDK throws for one request. */
async function thrown(endpoint: string, more: Partial<CloudTrailClientConfig> = {}, tries = 1): Promise<unknown> {
  const requestHandler = new NodeHttpHandler({
    requestTimeout: 300,
    connectionTimeout: 300,
    throwOnRequestTimeout: true,
  });
  closing.push(() => requestHandler.destroy());
  const silent = () => {};
  const client = new CloudTrailClient({
    region: 'eu-west-1',
    endpoint,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler,
    logger: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
    ...more,
  });
  let last: unknown;
  for (let k = 0; k < tries; k++) {
    last = await client.send(new LookupEventsCommand({})).then(
      () => new Error('no error'),
      (error: unknown) => error,
    );
  }
  return last;
}

type Answer = { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

async function faultOfAnswer({ status, body, headers }: Answer, tries = 1): Promise<Fault> {
  const address = await listen(
    createServer((request, response: ServerResponse) => {
      request.resume();
      request.on('end', () => response.writeHead(status, headers).end(body));
    }),
  );
  return faultOf(await thrown(`http://${address}`, {}, tries), CONTEXT);
}

const json = (name: string, message: string, status = 400, headers?: Answer['headers']): Answer => ({
  status,
  body: JSON.stringify({ __type: name, message }),
  headers,
});

const ROLE = 'arn:aws:sts::111122223333:assumed-role/Dev/alice';
const refused = (clause: string) => `User: ${ROLE} is not authorized to perform: cloudtrail:LookupEvents${clause}`;

describe('errors of AWS', () => {
  test.for<readonly [string, Answer, FaultKind, RegExp, RegExp]>([
    ['throttled', json('ThrottlingException', 'Rate exceeded'), 'throttled', /quota.*shared/, /slows down/],
    ['throttled, 429', { status: 429, body: '{}' }, 'throttled', /quota/, /slows down/],
    ['token', json('InvalidNextTokenException', 'bad'), 'token', /page token/, /goes on/],
    ['range', json('InvalidTimeRangeException', 'start after end'), 'request', /start after end/, /90 days/],
    ['attributes', json('InvalidLookupAttributesException', 'one only'), 'request', /one only/, /report/],
    ['most', json('InvalidMaxResultsException', '51'), 'request', /InvalidMaxResultsException: 51/, /report/],
    ['category', json('InvalidEventCategoryException', 'x'), 'request', /Category/, /report/],
    ['validation', json('ValidationError', 'x'), 'request', /ValidationError/, /report/],
    [
      'unsupported',
      json('UnsupportedOperationException', 'no'),
      'unavailable',
      /not available here: no/,
      /leave the Region/,
    ],
    ['not permitted', json('OperationNotPermittedException', 'no'), 'unavailable', /not available/, /leave/],
    ['unknown operation', json('UnknownOperationException', '', 404), 'unavailable', /not available/, /leave/],
    ['opt in', json('OptInRequired', 'sign up', 403), 'unavailable', /sign up/, /leave/],
    ['failure', json('InternalFailure', 'oops', 500), 'transient', /HTTP 500 InternalFailure\): oops/, /tried again/],
    ['503', json('ServiceUnavailable', '', 503), 'transient', /HTTP 503/, /tried again/],
    ['unknown 502', { status: 502, body: '{}' }, 'transient', /HTTP 502/, /tried again/],
    ['timeout there', json('RequestTimeoutException', 'slow', 408), 'transient', /HTTP 408/, /tried again/],
    ['not authorized', json('NotAuthorized', 'no', 401), 'denied', /access denied: no/, /cloudtrail:LookupEvents/],
    ['unsigned', json('MissingAuthenticationTokenException', 'x', 403), 'credentials', /signature/, /HTTPS_PROXY/],
    ['half signed', json('IncompleteSignature', 'x', 403), 'credentials', /signature/, /HTTPS_PROXY/],
    [
      'wrong secret',
      json('InvalidSignatureException', 'not match', 403),
      'credentials',
      /secret access key/,
      /profile prod/,
    ],
    ['expired', json('ExpiredTokenException', 'is expired', 403), 'expired', /expired/, /./],
    [
      'unrecognized',
      json('UnrecognizedClientException', 'invalid', 403),
      'credentials',
      /key.*enabled.*partition/,
      /eu-west-1/,
    ],
    ['unheard of', json('NewException', 'what', 418), 'request', /HTTP 418 NewException: what/, /ct.example.com/],
    ['with a namespace', json('com.amazonaws.cloudtrail#ThrottlingException', 'x'), 'throttled', /quota/, /slows/],
    [
      'by its header',
      { status: 400, body: '{}', headers: { 'x-amzn-errortype': 'ThrottlingException:http://x' } },
      'throttled',
      /quota/,
      /slows/,
    ],
  ])('%s', async ([, answer, kind, message, next]) => {
    const fault = await faultOfAnswer(answer);
    expect(fault).toMatchObject({ kind, message: expect.stringMatching(message), next: expect.stringMatching(next) });
    if (kind !== 'expired') expect(fault.message).toMatch(/^prod, eu-west-1: /);
    expect(fault.message).not.toMatch(/[\n.]$/);
  });

  test.for([
    [
      refused(' because no identity-based policy allows the cloudtrail:LookupEvents action'),
      /no identity-based policy allows/,
      /AWSCloudTrail_ReadOnlyAccess/,
    ],
    [
      refused(' with an explicit deny in a service control policy'),
      /explicit deny in a service control policy/,
      /organization forbids/,
    ],
    [
      refused(' on resource: arn:aws:x because no permissions boundary allows the action'),
      /no permissions boundary/,
      /boundary/,
    ],
    [refused(' because no session policy allows the action'), /session policy/, /session was opened/],
    [refused(' with an explicit deny in an identity-based policy'), /explicit deny/, /denies it explicitly/],
    [refused(''), /alice may not call cloudtrail:LookupEvents$/, /allow cloudtrail:LookupEvents on \*/],
    ['', /access denied/, /allow cloudtrail:LookupEvents on \*/],
  ] as const)('denied: %s', async ([text, message, next]) => {
    const fault = await faultOfAnswer(json('AccessDeniedException', text, 403));
    expect(fault.kind).toBe('denied');
    expect(fault.message).toMatch(message);
    if (text !== '')
      expect(fault.message).toMatch('prod, eu-west-1: assumed-role/Dev/alice may not call cloudtrail:LookupEvents');
    expect(fault.next).toMatch(next);
  });

  test('what AWS asks to wait', async () => {
    const answer = json('ThrottlingException', 'Rate exceeded', 400, { 'x-amz-retry-after': '1500' });
    expect((await faultOfAnswer(answer)).retryAfterMs).toBe(1500);
    expect((await faultOfAnswer({ status: 503, body: '{}', headers: { 'retry-after': '2' } })).retryAfterMs).toBe(2000);
    expect(
      (await faultOfAnswer({ status: 503, body: '{}', headers: { 'retry-after': 'soon' } })).retryAfterMs,
    ).toBeNull();
  });

  test('a clock that is off is named, by how much, and is no reason to stop as long as the SDK can mend it', async () => {
    const answer = (minutes: number) =>
      json('InvalidSignatureException', 'Signature expired', 403, {
        date: new Date(Date.now() + minutes * 60_000).toUTCString(),
      });
    const slow = await faultOfAnswer(answer(17));
    expect(slow).toMatchObject({ kind: 'transient', next: expect.stringContaining('set the clock') });
    expect(slow.message).toMatch(/off by 17 min \(slow\)/);
    expect((await faultOfAnswer(answer(-300))).message).toMatch(/off by 5 h \(fast\)/);
    expect((await faultOfAnswer(json('RequestExpired', 'x', 400))).message).toMatch(/clock of this machine is off, so/);
  });
});

describe('who does not recognize the credentials', () => {
  const context: FaultContext = { ...CONTEXT, region: 'me-south-1' };
  const fault = faultOf(Object.assign(new Error('x'), { name: 'UnrecognizedClientException' }), context);

  test.for([
    [false, null, 'credentials', /does not know the access key of profile prod/],
    [true, false, 'unavailable', /me-south-1 is not enabled for the account/],
    [true, null, 'unavailable', /not enabled, or in another partition/],
    [true, true, 'unavailable', /session token/],
  ] as const)('caller %s, Region %s', ([callerWorks, isRegionEnabled, kind, message]) => {
    const told = explainUnrecognized(fault, { callerWorks, isRegionEnabled }, context);
    expect(told).toMatchObject({ kind, name: 'UnrecognizedClientException', message: expect.stringMatching(message) });
    expect(told.message).toMatch(/^prod, me-south-1: /);
  });

  test('another fault stays as it is', () => {
    const other = faultOf(new Error('x'), context);
    expect(explainUnrecognized(other, { callerWorks: true, isRegionEnabled: false }, context)).toBe(other);
  });
});

describe('answers that are no answers', () => {
  const page = '<html><head><title>no</title></head></html>';
  const html = { 'content-type': 'text/html' };
  test.for<readonly [string, Answer, FaultKind, RegExp]>([
    [
      '503 of a proxy',
      { status: 503, body: page, headers: html },
      'transient',
      /HTTP 503 with a web page .* ct.example.com$/,
    ],
    ['403 of a proxy', { status: 403, body: page, headers: html }, 'network', /HTTP 403 with a web page/],
    ['407', { status: 407, body: page, headers: html }, 'network', /proxy wants a name/],
    ['200 of a sign-in page', { status: 200, body: page, headers: html }, 'network', /HTTP 200 with a web page/],
    [
      'redirect',
      { status: 302, body: '<a>', headers: { location: 'http://login.example.com/' } },
      'network',
      /302.*login.example.com/,
    ],
    [
      'redirect without a body',
      { status: 302, body: '', headers: { location: 'http://login.example.com/' } },
      'network',
      /302/,
    ],
    ['truncated', { status: 200, body: '{"Events":[{"Ev' }, 'transient', /breaks off/],
    ['rubbish with 500', { status: 500, body: 'oops' }, 'transient', /HTTP 500 with something that is not JSON/],
    ['413', { status: 413, body: page, headers: html }, 'network', /HTTP 413/],
  ])('%s', async ([, answer, kind, message]) => {
    const fault = await faultOfAnswer(answer);
    expect(fault).toMatchObject({ kind, message: expect.stringMatching(message) });
    expect(fault.next).not.toBeNull();
  });
});

describe('the network', () => {
  test('refused', async () => {
    const server = createTcpServer();
    const address = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const fault = faultOf(await thrown(`http://${address}`), CONTEXT);
    expect(fault).toMatchObject({ kind: 'network', name: 'Error', next: expect.stringContaining('HTTPS_PROXY') });
    expect(fault.message).toBe(`prod, eu-west-1: ${address} refuses the connection`);
  });

  test('reset, and a hang', async () => {
    const reset = await listen(createTcpServer((socket) => void socket.once('data', () => socket.resetAndDestroy())));
    const fault = faultOf(await thrown(`http://${reset}`), CONTEXT);
    expect(fault).toMatchObject({
      kind: 'transient',
      message: expect.stringMatching(/ct.example.com was cut \(ECONNRESET\)/),
    });
    const hang = await listen(createTcpServer((socket) => void closing.push(() => socket.destroy())));
    const slow = faultOf(await thrown(`http://${hang}`), CONTEXT);
    expect(slow).toMatchObject({
      kind: 'transient',
      message: expect.stringMatching(/no answer from ct.example.com in time/),
    });
  });

  test.for(['ENOTFOUND', 'EAI_AGAIN'])('a host that nobody knows: %s', async (code) => {
    const httpAgent = new Agent({
      lookup: (hostname, _, done) => done(Object.assign(new Error(`getaddrinfo ${code}`), { code, hostname }), ''),
    });
    const requestHandler = new NodeHttpHandler({ httpAgent });
    const fault = faultOf(await thrown('http://trailx.invalid', { requestHandler }), CONTEXT);
    expect(fault).toMatchObject({ kind: 'network', next: expect.stringContaining('HTTPS_PROXY') });
    expect(fault.message).toMatch(/DNS.*trailx.invalid|trailx.invalid.*DNS/);
  });

  test('what speaks no TLS', async () => {
    const address = await listen(createTcpServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const fault = faultOf(await thrown(`https://${address}`), CONTEXT);
    expect(fault).toMatchObject({ kind: 'network', message: expect.stringMatching(/does not speak TLS/) });
  });

  test.for([
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('certificate: %s', (code) => {
    const fault = faultOf(Object.assign(new Error('x'), { code, host: 'cloudtrail.eu-west-1.amazonaws.com' }), CONTEXT);
    expect(fault).toMatchObject({ kind: 'network', next: expect.stringContaining('AWS_CA_BUNDLE') });
    expect(fault.message).toContain('cloudtrail.eu-west-1.amazonaws.com');
  });

  test('the first of several addresses that were tried speaks for all', () => {
    const each = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', address: '::1', port: 8080 });
    const error = Object.assign(new AggregateError([each, each]), { code: 'ECONNREFUSED' });
    expect(faultOf(error, CONTEXT).message).toContain('::1:8080 refuses');
  });
});

describe('before any request', () => {
  test('no Region, or none that could be one', async () => {
    const error = await thrown('http://127.0.0.1:1', { region: 'bad_region', endpoint: undefined });
    expect(faultOf(error, { ...CONTEXT, region: 'bad_region' })).toMatchObject({
      kind: 'unavailable',
      message: 'prod, bad_region: bad_region is no name of a Region',
    });
    expect(faultOf(new Error('Region is missing'), { ...CONTEXT, region: null })).toMatchObject({
      kind: 'credentials',
      message: 'prod: no Region is set',
    });
  });

  test('credentials that cannot be had', async () => {
    const credentials = () =>
      Promise.reject(
        Object.assign(new Error('Profile x\u001b[31m credential_process\nfailed'), {
          name: 'CredentialsProviderError',
        }),
      );
    const fault = faultOf(await thrown('http://127.0.0.1:1', { credentials }), CONTEXT);
    expect(fault.kind).toBe('credentials');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point.
    expect(fault.message).not.toMatch(/[\u0000-\u001f]/);
  });

  test('a fault that has been worded already stays as it is', async () => {
    const own = faultOf(new Error('x'), CONTEXT);
    const credentials = () => Promise.reject(new FaultError(own));
    expect(faultOf(await thrown('http://127.0.0.1:1', { credentials }), CONTEXT)).toEqual(own);
  });

  test('stopped', () => {
    expect(faultOf(new DOMException('x', 'AbortError'), CONTEXT).kind).toBe('cancelled');
  });
});

test('hostile text is one line of sensible length', async () => {
  const text = `\u001b]0;x\u0007\n${'A'.repeat(50_000)}`;
  for (const name of ['AccessDeniedException', 'UnsupportedOperationException', text.slice(0, 5000)]) {
    const fault = await faultOfAnswer(json(name, text, 403));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point.
    expect(`${fault.name}${fault.message}${fault.next}`).not.toMatch(/[\u0000-\u001f]/);
    expect(fault.message.length).toBeLessThanOrEqual(400);
  }
});

test('a mistake of ours and a damaged installation are no fault of credentials or AWS', () => {
  const missing = Object.assign(new Error("Cannot find package '@aws-sdk/client-sts'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  for (const error of [missing, new TypeError('x is not a function'), new ReferenceError('y')])
    expect(faultOf(error, CONTEXT)).toMatchObject({
      kind: 'internal',
      message: expect.stringMatching(/mistake in trailx/),
      next: expect.stringContaining('report'),
    });
});

test('whose credentials have run out is read where the access was opened, not in the environment of the process', () => {
  const expired = Object.assign(new Error('x'), { name: 'ExpiredTokenException' });
  const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_CONFIG_FILE: '/dev/null' };
  const fault = faultOf(expired, { ...CONTEXT, profile: null, label: 'environment', env });
  expect(fault).toMatchObject({ kind: 'expired', next: expect.stringContaining('AWS_SESSION_TOKEN') });
  const named = faultOf(expired, { ...CONTEXT, profile: null, env: { ...env, AWS_PROFILE: 'elsewhere' } });
  expect(named.message).toContain('of the environment');
});

test('anything at all can be thrown', () => {
  for (const error of [null, undefined, 'text', 7, {}, [], { name: 5, $metadata: 'x', cause: null, errors: 'x' }]) {
    expect(faultOf(error, CONTEXT).kind).toBe('internal');
  }
});
