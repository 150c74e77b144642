import type { AwsCredentialIdentity } from '@smithy/types';
import { credentialFault, oneLine } from './credential-fault.ts';
import type { CredentialSettings } from './credential-settings.ts';
import type { Environment } from './shared-files.ts';

/** Whether a container's agent is there to ask (ECS, EKS Pod Identity, CloudShell). */
export function hasContainerRole(env: Environment): boolean {
  return Boolean(env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI);
}

/** Whether the instance metadata service may be asked. */
export function mayAskInstance({ AWS_EC2_METADATA_DISABLED: disabled }: Environment): boolean {
  return !disabled || disabled.toLowerCase() === 'false';
}

/** @throws FaultError */
export async function containerCredentials({ env, logger }: CredentialSettings): Promise<AwsCredentialIdentity> {
  const { fromHttp } = await import('@aws-sdk/credential-provider-http');
  const option = (key: string, name: string) => (env[name] ? { [key]: env[name] } : {});
  try {
    return await fromHttp({
      logger,
      ...option('awsContainerCredentialsRelativeUri', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'),
      ...option('awsContainerCredentialsFullUri', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'),
      ...option('awsContainerAuthorizationToken', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'),
      ...option('awsContainerAuthorizationTokenFile', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'),
    })();
  } catch (error) {
    throw credentialFault('ContainerCredentials', {
      message: `the container gives no credentials: ${oneLine(error instanceof Error ? error.message : String(error))}`,
      next: 'check the task role and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI',
      cause: error,
    });
  }
}

/** The role of the EC2 instance; null where there is no instance, or it has no role. Takes up to 2 s to find out. */
export async function instanceCredentials({ env, logger }: CredentialSettings): Promise<AwsCredentialIdentity | null> {
  if (!mayAskInstance(env)) return null;
  const { fromInstanceMetadata } = await import('@smithy/credential-provider-imds');
  try {
    return await fromInstanceMetadata({ logger })();
  } catch {
    return null;
  }
}
