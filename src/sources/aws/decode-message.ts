// sts:DecodeAuthorizationMessage: what an encoded authorization failure message says. Only the account that the call was
// made in can read it, and only with that permission.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html

import { defaultRegionOf, partitionOf } from '../../cloudtrail/regions.ts';
import type { Access } from './access.ts';
import { clientOptions } from './client-options.ts';
import { FaultError } from './fault.ts';
import { faultOf } from './fault-of.ts';

/** A person waits for it. */
const ANSWER_MS = 15_000;
const OPERATION = 'sts:DecodeAuthorizationMessage';

/** A record can hold anything. */
const REGION = /^[a-z]{2,8}(?:-[a-z]{2,16}){1,3}-\d{1,2}$/;

/** STS's name for a message that is cut, or of another account. */
const NOT_READABLE = 'InvalidAuthorizationMessageException';

/** The decoded message, a JSON text. Asked in `region` where that is of the access's partition. @throws FaultError */
export async function decodeMessage(
  access: Access,
  region: string,
  text: string,
  signal: AbortSignal,
): Promise<string> {
  const isNear = REGION.test(region) && partitionOf(region) === access.partition;
  const asked = isNear ? region : (access.region ?? defaultRegionOf(access.partition));
  const endpoint = access.endpoint('sts');
  try {
    const { DecodeAuthorizationMessageCommand, STSClient } = await import('@aws-sdk/client-sts');
    const client = new STSClient({ ...clientOptions(access, 'sts', asked), maxAttempts: 2, retryMode: 'standard' });
    const options = { abortSignal: signal, requestTimeout: ANSWER_MS };
    const answer = await client.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: text }), options);
    if (!answer.DecodedMessage) throw Object.assign(new Error('the answer is empty'), { name: 'EmptyAnswer' });
    return answer.DecodedMessage;
  } catch (error) {
    const { profile, env, label } = access;
    const host = endpoint === undefined ? `sts in ${asked}` : new URL(endpoint).host;
    const fault = faultOf(error, { profile, env, label, region: asked, operation: OPERATION, host });
    throw new FaultError(fault.name === NOT_READABLE ? { ...fault, ...notReadable(label) } : inWords(fault), {
      cause: error,
    });
  }
}

function notReadable(label: string) {
  return {
    kind: 'request' as const,
    message: `${label}: STS cannot read this message: it is cut off, changed, or of a call in another account`,
    next: null,
  };
}

/** What faults advise is for reading events. */
function inWords(fault: ReturnType<typeof faultOf>) {
  return fault.kind === 'denied' ? { ...fault, next: `allow ${OPERATION} on *` } : fault;
}
