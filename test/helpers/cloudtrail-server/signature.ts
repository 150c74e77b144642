// The shape of a SigV4 signature (no secret is known here, so the signature itself is not computed).

import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from './answer.ts';

const CREDENTIAL =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, *SignedHeaders=([^,]+), *Signature=[0-9a-f]{64}$/;
const MAX_SKEW_MS = 5 * 60_000;

export type Signature = {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly sessionToken: string | null;
};

/** `now`: of the server's clock, ms. @throws AwsError */
export function readSignature(headers: IncomingHttpHeaders, now: number): Signature {
  const { authorization } = headers;
  if (authorization === undefined)
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  const match = CREDENTIAL.exec(authorization);
  const date = headers['x-amz-date'];
  if (match === null || typeof date !== 'string' || !/^\d{8}T\d{6}Z$/.test(date))
    throw new AwsError('IncompleteSignatureException', `Authorization header is incomplete: ${authorization}`, 403);
  const [, accessKeyId, day, region, service, signed] = match as unknown as readonly [string, ...string[]];
  if (!signed?.split(';').includes('host') || day !== date.slice(0, 8))
    throw new AwsError('InvalidSignatureException', 'The request signature we calculated does not match', 403);
  checkClock(date, now);
  const token = headers['x-amz-security-token'];
  return {
    accessKeyId: accessKeyId as string,
    region: region as string,
    service: service as string,
    sessionToken: typeof token === 'string' ? token : null,
  };
}

function checkClock(date: string, now: number): void {
  const iso = date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5');
  const signedAt = Date.parse(iso);
  if (Math.abs(signedAt - now) <= MAX_SKEW_MS) return;
  const isEarly = signedAt < now;
  const limit = basic(isEarly ? now - MAX_SKEW_MS : now + MAX_SKEW_MS);
  const message = isEarly
    ? `Signature expired: ${date} is now earlier than ${limit} (${basic(now)} - 5 min.)`
    : `Signature not yet current: ${date} is still later than ${limit} (${basic(now)} + 5 min.)`;
  throw new AwsError('InvalidSignatureException', message, 403);
}

function basic(time: number): string {
  return `${new Date(time).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}
