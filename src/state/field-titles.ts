import type { FacetId } from '../store/analysis.ts';

const TITLES: Readonly<Record<FacetId, string>> = {
  name: 'event name',
  source: 'event source',
  who: 'who',
  user: 'user',
  role: 'role',
  session: 'role session',
  type: 'identity type',
  error: 'error',
  region: 'Region',
  account: 'account',
  caller: "caller's account",
  key: 'access key',
  arn: 'caller ARN',
  service: 'invoked by',
  ip: 'address',
  agent: 'user agent',
  resource: 'resource',
  message: 'error message',
  eventType: 'event type',
  category: 'event category',
  readOnly: 'read-only',
  mfa: 'MFA',
  created: 'session since',
  issued: 'issued key',
  family: 'agent family',
};

/** What a field is called where people choose among fields. */
export function fieldTitle(field: FacetId): string {
  return TITLES[field];
}
