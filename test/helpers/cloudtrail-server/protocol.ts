// The three protocols spoken here, told apart by their headers: awsJson1_1 (CloudTrail), query (STS), and plain paths
// (restJson of Account and the SSO portal, and what hands out credentials).

import type { IncomingMessage } from 'node:http';
import { type Answer, AwsError, type Headers, jsonError, queryError, restError } from './answer.ts';

export type Protocol = 'json' | 'query' | 'rest';

export function protocolOf({ headers }: IncomingMessage): Protocol {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return 'query';
  return headers['x-amz-target'] === undefined ? 'rest' : 'json';
}

/** JS and botocore name the target differently before the last dot. */
export function operationOf(request: IncomingMessage, body: string): string {
  switch (protocolOf(request)) {
    case 'json':
      return String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    case 'query':
      return new URLSearchParams(body).get('Action') ?? '';
    case 'rest':
      return request.url === '/listRegions' ? 'ListRegions' : `${request.method} ${request.url?.split('?')[0]}`;
  }
}

export function isSigned({ headers }: IncomingMessage): boolean {
  return headers.authorization?.startsWith('AWS4-') ?? false;
}

/** STS calls the same mistakes by other names. */
const STS_NAMES: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  ExpiredTokenException: 'ExpiredToken',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  IncompleteSignatureException: 'IncompleteSignature',
};

/** The error as the caller's protocol words it. */
export function errorAnswer(protocol: Protocol, error: AwsError, headers: Headers = {}): Answer {
  switch (protocol) {
    case 'json':
      return jsonError(error, headers);
    case 'query':
      return queryError(new AwsError(STS_NAMES[error.code] ?? error.code, error.message, error.status), headers);
    case 'rest':
      return restError(error, headers);
  }
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
