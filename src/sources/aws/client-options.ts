import type { Access, Service } from './access.ts';
import { APP_ID } from './credential-settings.ts';
import { sdkLogger } from './network.ts';

const QUIET = sdkLogger(() => {});

/** What every client of the SDK is made with: `new CloudTrailClient(clientOptions(access, 'cloudtrail', region))`. With
 *  a Region, so that the SDK does not ask the instance metadata service for one, and with its own search for endpoints
 *  switched off, for it would take that of AWS_PROFILE's profile. AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT
 *  are read by the client itself. */
export function clientOptions(access: Access, service: Service, region: string) {
  return {
    ...networkOptions(access.endpoint(service), access.profile),
    region,
    credentials: access.credentials,
    requestHandler: access.requestHandler,
  };
}

/** The part of `clientOptions` that needs no credentials. */
export function networkOptions(endpoint: string | undefined, profile: string | null) {
  return {
    ...(endpoint === undefined ? { ignoreConfiguredEndpointUrls: true } : { endpoint }),
    // For use_fips_endpoint, retry_mode … of the chosen profile.
    ...(profile !== null && { profile }),
    logger: QUIET,
    userAgentAppId: APP_ID,
  };
}
