import { oneLine } from './credential-fault.ts';
import { type Fault, FaultError, type FaultKind } from './fault.ts';

const NETWORK =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|ERR_TLS|ERR_SSL)/;

/** Of a request to STS or SSO that failed for another reason than its credentials. `doing` names it, e.g. "assuming
 *  arn:… for profile prod". */
export function requestFault(error: unknown, doing: string): FaultError {
  if (error instanceof FaultError) return error;
  const failure = error instanceof Error ? error : new Error(String(error));
  const kind = kindOfFailure(failure);
  const fault: Fault = {
    kind,
    name: failure.name,
    message: `${doing} failed: ${oneLine(failure.message || failure.name)}`,
    next: kind === 'network' ? 'check the network, HTTPS_PROXY, AWS_CA_BUNDLE and endpoint_url' : null,
    login: null,
    retryAfterMs: null,
  };
  return new FaultError(fault, { cause: error });
}

function kindOfFailure(error: Error): FaultKind {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (NETWORK.test(code)) return 'network';
  if (error.name === 'AbortError') return 'cancelled';
  if (/^Throttling|^TooManyRequests/.test(error.name)) return 'throttled';
  if (/^AccessDenied|^Unrecognized|^Signature|^InvalidSignature/.test(error.name)) return 'denied';
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
  if (status >= 500 || code !== '' || ['TimeoutError', 'SyntaxError', 'EmptyAnswer'].includes(error.name))
    return 'transient';
  return 'request';
}
