// Where a service is reached instead of AWS's own host. The SDK looks in the files for the profile of AWS_PROFILE only,
// whatever profile was chosen, so that a "local" profile would talk to the real AWS: resolved here instead.
// Precedence: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html

import { FaultError } from './fault.ts';
import type { Section } from './shared-file-text.ts';
import type { Environment } from './shared-files.ts';

/** Identifiers of services as the variables and the `services` sections spell them, in small letters. */
export type EndpointService = 'cloudtrail' | 'sts' | 'account' | 'sso' | 'signin';

export type EndpointSettings = {
  readonly env: Environment;
  readonly profileName: string;
  readonly profile: Section;
  readonly services: ReadonlyMap<string, Section>;
};

/** undefined: AWS's own. @throws FaultError where what is set is no URL, or the `services` section does not exist */
export function endpointOf(service: EndpointService, settings: EndpointSettings): string | undefined {
  const { env, profile, profileName, services } = settings;
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? profile.get('ignore_configured_endpoint_urls');
  if (ignored?.toLowerCase() === 'true') return undefined;
  const specific = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  for (const name of [specific, 'AWS_ENDPOINT_URL']) {
    if (env[name]) return checked(env[name], name);
  }
  const section = profile.get('services');
  if (section !== undefined && !services.has(section)) {
    throw endpointFault(
      `profile ${profileName} says services = ${section}, and the config file has no [services ${section}]`,
      `add the section, or take the line out of profile ${profileName}`,
    );
  }
  const ofService = services.get(section ?? '')?.get(`${service}.endpoint_url`);
  if (ofService !== undefined) return checked(ofService, `endpoint_url of ${service} in [services ${section}]`);
  const ofAll = profile.get('endpoint_url');
  return ofAll === undefined ? undefined : checked(ofAll, `endpoint_url of profile ${profileName}`);
}

function checked(text: string, origin: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw endpointFault(`${origin} is not a URL: ${text}`, 'write it as http://host:port or https://host');
}

function endpointFault(message: string, next: string): FaultError {
  return new FaultError({ kind: 'credentials', name: 'EndpointUrl', message, next, login: null, retryAfterMs: null });
}
