// A home folder with shared files, a service on loopback and an access to it, for the tests of this folder.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Access, AccessOptions } from '../../../src/sources/aws/access.ts';
import type { Fault } from '../../../src/sources/aws/fault.ts';
import { FaultError } from '../../../src/sources/aws/fault.ts';
import { openAccess } from '../../../src/sources/aws/open-access.ts';

export type Home = {
  readonly path: string;
  /** HOME and nothing else of AWS, with the instance metadata service switched off. */
  readonly env: Readonly<Record<string, string | undefined>>;
  write(name: string, text: string): string;
};

/** A home folder of its own, with the files given: `.aws/config` … */
export function homeWith(files: Readonly<Record<string, string>> = {}): Home {
  const path = mkdtempSync(join(tmpdir(), 'trailx-aws-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const env = { HOME: path, PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true' };
  return { path, env, write };
}

export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Of awsQuery (STS): AssumeRole … */
  readonly action: string;
  /** The access key id that signed it. */
  readonly key: string | null;
};

export type Service = { readonly url: string; readonly seen: readonly Seen[] };

export type Reply = { readonly status?: number; readonly type?: string; readonly body: string } | 'hang';

/** A server on loopback that answers as it is told and remembers what it was asked. */
export async function serve(answer: (request: Seen) => Reply): Promise<Service> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const asked = seenOf(request, Buffer.concat(parts).toString());
      seen.push(asked);
      reply(response, answer(asked));
    });
  });
  return { url: await listen(server), seen };
}

export async function listen(server: Server, scheme = 'http'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function seenOf(request: IncomingMessage, body: string): Seen {
  const { method = '', url = '', headers } = request;
  const [, key = null] = /Credential=([^/]+)/.exec(headers.authorization ?? '') ?? [];
  return { method, url, headers, body, action: new URLSearchParams(body).get('Action') ?? '', key };
}

export function reply(response: ServerResponse, answer: Reply): void {
  if (answer === 'hang') return;
  response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'text/xml' });
  response.end(answer.body);
}

const STS = 'https://sts.amazonaws.com/doc/2011-06-15/';

export function stsError(code: string, message: string, status = 403): Reply {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: `<ErrorResponse xmlns="${STS}">${error}<RequestId>1</RequestId></ErrorResponse>` };
}

/** STS as it answers when all is well. The keys it gives for a role are ASIA and the role's name. */
export function sts(request: Seen, account = '111122223333'): Reply {
  const form = new URLSearchParams(request.body);
  const answer = (inner: string) =>
    `<${request.action}Response xmlns="${STS}"><${request.action}Result>${inner}</${request.action}Result></${request.action}Response>`;
  if (request.action === 'GetCallerIdentity') {
    const arn = `arn:aws:iam::${account}:user/${request.key}`;
    return { body: answer(`<Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${account}</Account>`) };
  }
  const role = form.get('RoleArn') ?? '';
  const name = role.split('/').at(-1) ?? '';
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const keys = `<AccessKeyId>ASIA${name}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>`;
  return {
    body: answer(
      `<Credentials>${keys}<Expiration>${until}</Expiration></Credentials><AssumedRoleUser><Arn>${role}</Arn><AssumedRoleId>A:b</AssumedRoleId></AssumedRoleUser>`,
    ),
  };
}

/** An access that is closed when the test ends. */
export async function access(options: AccessOptions): Promise<Access> {
  const opened = await openAccess(options);
  onTestFinished(() => opened.close());
  return opened;
}

/** The fault that a promise is rejected with. */
export async function faultFrom(promise: Promise<unknown>): Promise<Fault> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof FaultError) return error.fault;
  throw new Error('a FaultError is expected', { cause: error });
}

export const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'secret' };

/** Keys of a profile, as lines of a section. */
export function keys(id: string): string {
  return `aws_access_key_id = ${id}\naws_secret_access_key = secret\n`;
}
