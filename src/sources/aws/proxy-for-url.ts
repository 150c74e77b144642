import { BlockList, isIP } from 'node:net';
import type { Environment } from './shared-files.ts';

/** The proxy for a URL by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, lower case first as in curl and the AWS CLI;
 *  '' where there is none. */
export function proxyForUrl(url: string, env: Environment): string {
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol.slice(0, -1);
  const proxy = variable(env, `${scheme}_proxy`) || variable(env, 'all_proxy');
  if (proxy === '' || isExempt(hostname.replace(/^\[|\]$/g, ''), port || defaultPort(scheme), env)) return '';
  return withScheme(proxy);
}

const VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy'];

/** Whether any request can meet a proxy. */
export function hasProxy(env: Environment): boolean {
  return VARIABLES.some((name) => variable(env, name) !== '');
}

/** The variable that names no proxy of a kind we can use; null where all is well. */
export function wrongProxy(env: Environment): string | null {
  const isWrong = (name: string) => {
    const url = variable(env, name);
    if (url === '') return false;
    const full = withScheme(url);
    return !URL.canParse(full) || !/^(?:https?|socks(?:4a?|5h?)?|pac\+(?:data|file|ftp|https?)):/.test(full);
  };
  const wrong = VARIABLES.find(isWrong);
  return wrong === undefined ? null : env[wrong] ? wrong : wrong.toUpperCase();
}

function withScheme(proxy: string): string {
  return proxy.includes('://') || proxy.startsWith('pac+') ? proxy : `http://${proxy}`;
}

function variable(env: Environment, name: string): string {
  return (env[name] || env[name.toUpperCase()] || '').trim();
}

function defaultPort(scheme: string): string {
  return scheme === 'https' ? '443' : '80';
}

/** NO_PROXY: `*`, `host`, `.domain` and `domain` (both with all below them), `host:port`, an address, `10.0.0.0/8`. */
function isExempt(hostname: string, port: string, env: Environment): boolean {
  const host = hostname.toLowerCase();
  const entries = variable(env, 'no_proxy')
    .toLowerCase()
    .split(/[\s,]+/);
  return entries.some((entry) => {
    if (entry === '') return false;
    if (entry === '*') return true;
    if (entry.includes('/')) return isInNetwork(host, entry);
    const [, name = '', entryPort] = /^(.*?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
    if (entryPort !== undefined && entryPort !== port) return false;
    const domain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
    return host === domain || host.endsWith(`.${domain}`);
  });
}

function isInNetwork(host: string, network: string): boolean {
  const version = isIP(host);
  const [address = '', prefix = ''] = network.split('/');
  if (version === 0 || isIP(address) !== version || !/^\d{1,3}$/.test(prefix)) return false;
  const list = new BlockList();
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (Number(prefix) > (version === 6 ? 128 : 32)) return false;
  list.addSubnet(address, Number(prefix), family);
  return list.check(host, family);
}
