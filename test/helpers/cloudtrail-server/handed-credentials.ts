// Places that hand out credentials over plain HTTP: the SSO portal, the container endpoint, instance metadata (v2).

import type { IncomingMessage } from 'node:http';
import type { CredentialBook } from './accounts.ts';
import { type Answer, AwsError } from './answer.ts';

/** What the SSO portal takes as a bearer token; every other is expired. */
export const SSO_TOKEN = 'sso-access-token-example';
const IMDS_TOKEN = 'imds-token-example';
const ROLE = 'instance-role';
const METADATA = '/latest/meta-data';

/** Container and instance credentials are of the first account. @throws AwsError */
export function answerCredentials(book: CredentialBook, request: IncomingMessage): Answer {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname === '/federation/credentials') return ssoCredentials(book, request, searchParams);
  if (pathname === '/container-credentials') return json(sessionOf(book, 'container-role'));
  if (pathname === '/latest/api/token' && request.method === 'PUT') return plain(IMDS_TOKEN);
  if (pathname.startsWith(METADATA)) {
    if (request.headers['x-aws-ec2-metadata-token'] !== IMDS_TOKEN) throw new AwsError('Unauthorized', '', 401);
    if (pathname === `${METADATA}/placement/region`) return plain('eu-west-1');
    if (pathname === `${METADATA}/iam/security-credentials/`) return plain(ROLE);
    if (pathname === `${METADATA}/iam/security-credentials/${ROLE}`)
      return json({ Code: 'Success', Type: 'AWS-HMAC', ...sessionOf(book, ROLE) });
  }
  throw new AwsError('NotFound', `nothing at ${pathname}`, 404);
}

function sessionOf(book: CredentialBook, role: string): Readonly<Record<string, string>> {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = book.issue(book.first, role, 'i-0example', 3600);
  return { AccessKeyId, SecretAccessKey, Token: SessionToken, Expiration };
}

function ssoCredentials(book: CredentialBook, { headers }: IncomingMessage, query: URLSearchParams): Answer {
  if (headers['x-amz-sso_bearer_token'] !== SSO_TOKEN)
    throw new AwsError('UnauthorizedException', 'Session token not found or invalid', 401);
  const account = book.account(query.get('account_id') ?? '');
  if (account === undefined) throw new AwsError('ForbiddenException', 'No access', 403);
  const keys = book.issue(account, query.get('role_name') ?? '', 'person', 3600);
  return json({
    roleCredentials: {
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: keys.SecretAccessKey,
      sessionToken: keys.SessionToken,
      expiration: Date.parse(keys.Expiration),
    },
  });
}

function json(value: unknown): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function plain(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body };
}
