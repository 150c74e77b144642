import type { STSClient } from '@aws-sdk/client-sts';
import { defaultRegionOf } from '../../cloudtrail/regions.ts';
import type { Access, Caller } from './access.ts';
import { clientOptions } from './client-options.ts';

/** It is asked before anything can be read, and answers in a fraction of a second where it answers at all. */
const ANSWER_MS = 10_000;

/** Name of the error where the answer is none. */
export const NO_ACCOUNT = 'NoAccount';

/** Asks sts:GetCallerIdentity, which needs no permission, once each time: another try is the asker's matter. What it
 *  returns is to be kept: its client learns how far this machine's clock is off. Rejects with what the SDK throws. */
export function callerQuestion(access: Access): (signal: AbortSignal) => Promise<Caller> {
  let client: STSClient | null = null;
  return async (signal) => {
    const { GetCallerIdentityCommand, STSClient: Client } = await import('@aws-sdk/client-sts');
    const region = access.region ?? defaultRegionOf(access.partition);
    client ??= new Client({ ...clientOptions(access, 'sts', region), maxAttempts: 1, retryMode: 'standard' });
    const options = { abortSignal: signal, requestTimeout: ANSWER_MS };
    const {
      Account: account,
      Arn: arn = '',
      UserId: userId = '',
    } = await client.send(new GetCallerIdentityCommand({}), options);
    // The SDK takes the page of a proxy for an answer without anything in it.
    if (!account) throw Object.assign(new Error('the answer names no account'), { name: NO_ACCOUNT });
    return { account, arn, userId };
  };
}
