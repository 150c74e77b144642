import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { clientOptions } from '../../../src/sources/aws/client-options.ts';
import { proxyForUrl } from '../../../src/sources/aws/proxy-for-url.ts';
import { access, faultFrom, homeWith, KEYS, listen, reply, type Seen, seenOf, serve, sts } from './setting.ts';

const CERTIFICATE = fileURLToPath(new URL('../../../fixtures/tls/loopback.pem', import.meta.url));
const KEY = fileURLToPath(new URL('../../../fixtures/tls/loopback-key.pem', import.meta.url));
const REGION = { AWS_REGION: 'us-east-1' };

/** STS behind TLS, with a certificate that nobody knows. */
async function serveTls(): Promise<{ readonly url: string; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const server = createTlsServer(
    { cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) },
    async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      const asked = seenOf(request, body);
      seen.push(asked);
      reply(response, sts(asked));
    },
  );
  return { url: await listen(server, 'https'), seen };
}

/** A forward proxy: plain requests by their absolute URL, CONNECT to wherever, which is always `target` here. */
async function serveProxy(target?: string) {
  const plain: string[] = [];
  const connects: string[] = [];
  const server = createServer((request, response) => {
    plain.push(request.url ?? '');
    const onward = httpRequest(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connect', (request, socket, head) => {
    connects.push(request.url ?? '');
    const { hostname, port } = new URL(target ?? `http://${request.url}`);
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return { url: await listen(server), plain, connects };
}

test('HTTPS_PROXY leads to AWS through CONNECT, over one connection, by a certificate of AWS_CA_BUNDLE', async () => {
  const target = await serveTls();
  const proxy = await serveProxy(target.url);
  const env = { ...homeWith().env, ...KEYS, ...REGION, HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: CERTIFICATE };
  const open = await access({ profile: null, env });
  expect((await open.caller()).account).toBe('111122223333');
  expect(proxy.connects).toEqual(['sts.us-east-1.amazonaws.com:443']);
  expect(target.seen[0]?.headers.host).toBe('sts.us-east-1.amazonaws.com');
});

test('AWS_USE_FIPS_ENDPOINT is honoured, and the endpoint of the process is not taken for that of the profile', async () => {
  // The client reads it from the process; AWS_ENDPOINT_URL is set there too (test/helpers/environment.ts).
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
  onTestFinished(() => void vi.unstubAllEnvs());
  const proxy = await serveProxy((await serveTls()).url);
  const env = { ...homeWith().env, ...KEYS, ...REGION, HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: CERTIFICATE };
  await faultFrom((await access({ profile: null, env })).caller());
  expect(proxy.connects[0]).toBe('sts-fips.us-east-1.amazonaws.com:443');
});

test.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])('%s leads to a service of plain HTTP', async (variable) => {
  const [service, proxy] = [await serve(sts), await serveProxy()];
  const env = { ...homeWith().env, ...KEYS, ...REGION, AWS_ENDPOINT_URL: service.url, [variable]: proxy.url };
  await (await access({ profile: null, env })).caller();
  expect(proxy.plain).toEqual([`${service.url}/`]);
  expect(service.seen).toHaveLength(1);
});

test('NO_PROXY keeps a host away from the proxy', async () => {
  const [service, proxy] = [await serve(sts), await serveProxy()];
  const env = { ...homeWith().env, ...KEYS, ...REGION, AWS_ENDPOINT_URL: service.url, HTTP_PROXY: proxy.url };
  await (await access({ profile: null, env: { ...env, NO_PROXY: '127.0.0.0/8' } })).caller();
  expect(proxy.plain).toEqual([]);
});

test('the STS of a role profile is asked through the proxy as well', async () => {
  const [service, proxy] = [await serve(sts), await serveProxy()];
  const home = homeWith({
    '.aws/config': `[profile r]\nrole_arn = arn:aws:iam::111122223333:role/R\ncredential_source = Environment\nendpoint_url = ${service.url}\n`,
  });
  await (await access({ profile: 'r', env: { ...home.env, ...KEYS, http_proxy: proxy.url } })).credentials();
  expect(proxy.plain).toHaveLength(1);
});

test.each([
  ['https://sts.us-east-1.amazonaws.com/', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1'],
  ['https://sts.us-east-1.amazonaws.com/', { https_proxy: 'p:1', HTTPS_PROXY: 'http://other' }, 'http://p:1'],
  ['https://sts.us-east-1.amazonaws.com/', { HTTP_PROXY: 'http://p:1' }, ''],
  ['https://sts.us-east-1.amazonaws.com/', { ALL_PROXY: 'socks5://p:1' }, 'socks5://p:1'],
  ['https://a.b.c/', { HTTPS_PROXY: 'http://p', NO_PROXY: '*' }, ''],
  ['https://a.b.c/', { HTTPS_PROXY: 'http://p', NO_PROXY: 'x, b.c' }, ''],
  ['https://a.b.c/', { HTTPS_PROXY: 'http://p', no_proxy: '.B.C' }, ''],
  ['https://a.b.c/', { HTTPS_PROXY: 'http://p', NO_PROXY: '*.b.c' }, ''],
  ['https://ab.c/', { HTTPS_PROXY: 'http://p', NO_PROXY: 'b.c' }, 'http://p'],
  ['https://a.b.c:8443/', { HTTPS_PROXY: 'http://p', NO_PROXY: 'a.b.c:443' }, 'http://p'],
  ['https://a.b.c/', { HTTPS_PROXY: 'http://p', NO_PROXY: 'a.b.c:443' }, ''],
  ['http://10.1.2.3/', { HTTP_PROXY: 'http://p', NO_PROXY: '10.0.0.0/8' }, ''],
  ['http://11.1.2.3/', { HTTP_PROXY: 'http://p', NO_PROXY: '10.0.0.0/8,10.0.0.0/99,::1/8' }, 'http://p'],
  ['http://[::1]/', { HTTP_PROXY: 'http://p', NO_PROXY: '::1' }, ''],
  ['http://[::1]:80/', { HTTP_PROXY: 'http://p', NO_PROXY: '[::1]:80' }, ''],
])('%s with %j goes by %j', (url, env, proxy) => {
  expect(proxyForUrl(url, env)).toBe(proxy);
});

test('a certificate that nobody knows is refused, and AWS_CA_BUNDLE or ca_bundle lets it pass', async () => {
  const service = await serveTls();
  const home = homeWith({ '.aws/config': `[profile own]\nca_bundle = ${CERTIFICATE}\n` });
  const env = { ...home.env, ...KEYS, ...REGION, AWS_ENDPOINT_URL: service.url };
  const fault = await faultFrom((await access({ profile: null, env })).caller());
  expect(fault).toMatchObject({ kind: 'network', next: expect.stringContaining('AWS_CA_BUNDLE') });
  await (await access({ profile: null, env: { ...env, AWS_CA_BUNDLE: CERTIFICATE } })).caller();
  expect(service.seen).toHaveLength(1);
});

test.each([
  ['/no/such/bundle.pem', 'ENOENT'],
  [fileURLToPath(import.meta.url), 'it holds no certificate in PEM form'],
])('AWS_CA_BUNDLE=%s cannot be used', async (path, reason) => {
  const fault = await faultFrom(access({ profile: null, env: { ...homeWith().env, AWS_CA_BUNDLE: path } }));
  expect(fault.message).toContain(`cannot use AWS_CA_BUNDLE ${path}: `);
  expect(fault.message).toContain(reason);
});

test.each([
  [{ HTTPS_PROXY: 'http://user:secret@ho st:1' }, 'HTTPS_PROXY'],
  [{ http_proxy: 'gopher://proxy' }, 'http_proxy'],
])('%j is said to be no proxy, without its value', async (variables, name) => {
  const fault = await faultFrom(access({ profile: null, env: { ...homeWith().env, ...KEYS, ...variables } }));
  expect(fault.message).toBe(`${name} is not the URL of a proxy`);
});

test('a service that takes the request and is silent is given up', async () => {
  const service = await serve(() => 'hang');
  const env = { ...homeWith().env, ...KEYS, ...REGION, AWS_ENDPOINT_URL: service.url };
  const fault = await faultFrom((await access({ profile: null, env, requestTimeoutMs: 100 })).caller());
  expect(fault).toMatchObject({ kind: 'transient', name: 'TimeoutError' });
});

test('an answer that stops half way is given up', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' });
    response.write('<GetCallerIdentityResponse>');
  });
  const env = { ...homeWith().env, ...KEYS, ...REGION, AWS_ENDPOINT_URL: await listen(server) };
  const fault = await faultFrom((await access({ profile: null, env, requestTimeoutMs: 200 })).caller());
  expect(fault.kind).toBe('transient');
});

test('requests through a proxy go on over the connection there is', async () => {
  const target = await serveTls();
  const proxy = await serveProxy(target.url);
  const env = { ...homeWith().env, ...KEYS, ...REGION, HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: CERTIFICATE };
  const client = new STSClient(clientOptions(await access({ profile: null, env }), 'sts', 'us-east-1'));
  for (let count = 0; count < 3; count++) await client.send(new GetCallerIdentityCommand({}));
  // Nor does the end of one client close it for the others.
  client.destroy();
  await client.send(new GetCallerIdentityCommand({}));
  expect(target.seen).toHaveLength(4);
  expect(proxy.connects).toHaveLength(1);
});

test('nothing listens: the fault says where', async () => {
  const env = { ...homeWith().env, ...KEYS, ...REGION, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  const fault = await faultFrom((await access({ profile: null, env })).caller());
  expect(fault).toMatchObject({
    kind: 'network',
    message: 'environment, us-east-1: 127.0.0.1:9 refuses the connection',
  });
});
