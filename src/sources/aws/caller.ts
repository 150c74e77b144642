import { defaultRegionOf } from '../../cloudtrail/regions.ts';
import type { Access, Caller } from './access.ts';
import { clientOptions } from './client-options.ts';

/** sts:GetCallerIdentity, which needs no permission. Rejects with what the SDK throws. */
export async function askCaller(access: Access, signal: AbortSignal): Promise<Caller> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient(clientOptions(access, 'sts', access.region ?? defaultRegionOf(access.partition)));
  const answer = await client.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
  const { Account: account, Arn: arn = '', UserId: userId = '' } = answer;
  // 200 with an empty or a foreign body, as some proxies give.
  if (!account) throw Object.assign(new Error('the answer names no account'), { name: 'EmptyAnswer' });
  return { account, arn, userId };
}
