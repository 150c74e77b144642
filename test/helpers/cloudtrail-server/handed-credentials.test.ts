// The SDK's own credential providers take what the server hands out, and event history is open with it.

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromHttp } from '@aws-sdk/credential-provider-http';
import { fromSSO } from '@aws-sdk/credential-provider-sso';
import { fromInstanceMetadata } from '@smithy/credential-provider-imds';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SSO_TOKEN } from './handed-credentials.ts';
import { type CloudTrailServer, startCloudTrailServer } from './server.ts';

let server: CloudTrailServer;

beforeEach(async () => {
  server = await startCloudTrailServer();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

async function accountSeen(credentials: Keys | (() => Promise<Keys>)): Promise<string | null | undefined> {
  const client = new CloudTrailClient({ endpoint: server.url, credentials, maxAttempts: 1 });
  await client.send(new LookupEventsCommand({}));
  client.destroy();
  return server.requests.at(-1)?.account;
}

test('a container', async () => {
  const awsContainerCredentialsFullUri = `${server.url}/container-credentials`;
  expect(await accountSeen(fromHttp({ awsContainerCredentialsFullUri }))).toBe('111122223333');
});

test('an instance', async () => {
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', server.url);
  expect(await accountSeen(fromInstanceMetadata())).toBe('111122223333');
});

test('a web identity', async () => {
  const sts = new STSClient({ endpoint: server.url });
  const { Credentials } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: 'arn:aws:iam::777788889999:role/pod',
      RoleSessionName: 'test',
      WebIdentityToken: 'a token',
    }),
  );
  sts.destroy();
  const keys = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  };
  expect(await accountSeen(keys)).toBe('777788889999');
});

test.each([
  ['good', SSO_TOKEN, '444455556666'],
  ['stale', 'another', null],
])('an SSO session with a %s token', async (session, accessToken, account) => {
  const folder = join(homedir(), '.aws', 'sso', 'cache');
  mkdirSync(folder, { recursive: true });
  const expiresAt = new Date(Date.now() + 3600_000).toISOString();
  const file = `${createHash('sha1').update(session).digest('hex')}.json`;
  writeFileSync(join(folder, file), JSON.stringify({ accessToken, expiresAt, region: 'us-east-1' }));
  const config = join(homedir(), `config-${session}`);
  writeFileSync(
    config,
    `[profile sso]\nsso_session = ${session}\nsso_account_id = 444455556666\nsso_role_name = ReadOnly\n` +
      `[sso-session ${session}]\nsso_start_url = https://example.com/start\nsso_region = us-east-1\n`,
  );
  vi.stubEnv('AWS_CONFIG_FILE', config);
  vi.stubEnv('AWS_ENDPOINT_URL', server.url);
  const seen = accountSeen(fromSSO({ profile: 'sso', ignoreCache: true }));
  if (account === null) await expect(seen).rejects.toMatchObject({ name: 'CredentialsProviderError' });
  else expect(await seen).toBe(account);
});
