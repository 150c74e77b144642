// The one HTTP handler of a profile. The SDK reads neither proxy variables nor AWS_CA_BUNDLE, and waits for ever.

import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import * as tls from 'node:tls';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { FaultError } from './fault.ts';
import { hasProxy, proxyForUrl, wrongProxy } from './proxy-for-url.ts';
import type { Section } from './shared-file-text.ts';
import type { Environment } from './shared-files.ts';

export type Timeouts = { readonly connectMs: number; readonly requestMs: number };

/** A page of 50 records of 256 KB takes its time; AWS answers the rest in well under a second. */
export const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 5_000, requestMs: 30_000 };

/** Room for every Region of a partition at once, and for the same again after a change of scope. */
const MAX_SOCKETS = 128;

/** What the SDK has to say goes to the person's log, never to the console: it would tear up the screen. */
export type SdkLogger = Readonly<
  Record<'trace' | 'debug' | 'info' | 'warn' | 'error', (...content: unknown[]) => void>
>;

export function sdkLogger(onWarning: (line: string) => void): SdkLogger {
  const quiet = () => {};
  const tell = (...content: unknown[]) => {
    // The SDK also "warns" of whole requests and answers, as objects.
    const words = content.filter((part) => typeof part === 'string');
    if (words.length > 0) onWarning(words.join(' ').replaceAll(/\s+/g, ' ').trim());
  };
  return { trace: quiet, debug: quiet, info: quiet, warn: tell, error: tell };
}

export type NetworkOptions = {
  readonly env: Environment;
  readonly profile: Section;
  readonly timeouts: Timeouts;
  readonly logger: SdkLogger;
};

/** @throws FaultError where AWS_CA_BUNDLE cannot be used */
export async function openNetwork({ env, profile, timeouts, logger }: NetworkOptions): Promise<NodeHttpHandler> {
  const secureContext = await certificates(env, profile);
  const agentOptions = { keepAlive: true, maxSockets: MAX_SOCKETS, ...(secureContext && { secureContext }) };
  const { NodeHttpHandler: Handler } = await import('@smithy/node-http-handler');
  return new Handler({
    connectionTimeout: timeouts.connectMs,
    requestTimeout: timeouts.requestMs,
    // An answer that stops half way.
    socketTimeout: timeouts.requestMs,
    throwOnRequestTimeout: true,
    logger,
    ...(hasProxy(env) ? await proxied(env, agentOptions) : direct(agentOptions)),
  });
}

type AgentOptions = {
  readonly keepAlive: boolean;
  readonly maxSockets: number;
  readonly secureContext?: tls.SecureContext;
};

function direct(options: AgentOptions) {
  return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };
}

async function proxied(env: Environment, options: AgentOptions) {
  checkProxies(env);
  const { ProxyAgent } = await import('proxy-agent');
  const agent = new ProxyAgent({
    ...options,
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent(options),
    getProxyForUrl: (url) => proxyForUrl(url, env),
  });
  return { httpAgent: agent, httpsAgent: agent };
}

/** Said now, and without its value, which may hold a password; every request would fail with "Invalid URL". */
function checkProxies(env: Environment): void {
  const name = wrongProxy(env);
  if (name === null) return;
  throw new FaultError({
    kind: 'network',
    name: 'ProxyUrl',
    message: `${name} is not the URL of a proxy`,
    next: `write it as ${name}=http://host:port`,
    login: null,
    retryAfterMs: null,
  });
}

/** AWS_CA_BUNDLE, or the profile's ca_bundle, beside the authorities Node trusts anyway (with NODE_EXTRA_CA_CERTS). */
async function certificates(env: Environment, profile: Section): Promise<tls.SecureContext | null> {
  const path = env.AWS_CA_BUNDLE || profile.get('ca_bundle');
  if (!path) return null;
  const origin = env.AWS_CA_BUNDLE ? 'AWS_CA_BUNDLE' : 'ca_bundle';
  try {
    const bundle = await readFile(path, 'utf8');
    if (!bundle.includes('-----BEGIN')) throw new Error('it holds no certificate in PEM form');
    // Node 22.12–22.14 cannot be asked for what NODE_EXTRA_CA_CERTS has added.
    const trusted = tls.getCACertificates?.('default') ?? tls.rootCertificates;
    // Once for all connections: 150 certificates take 10 ms to parse.
    return tls.createSecureContext({ ca: [...trusted, bundle] });
  } catch (error) {
    throw new FaultError(
      {
        kind: 'network',
        name: 'CaBundle',
        message: `cannot use ${origin} ${path}: ${error instanceof Error ? error.message : String(error)}`,
        next: `let ${origin} name a file of certificates in PEM form, or unset it`,
        login: null,
        retryAfterMs: null,
      },
      { cause: error },
    );
  }
}
