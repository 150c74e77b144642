// What the answer of a call says that hands out a session: its key, and what it is the key of.

import type { Caller } from './callers.ts';

/** An assumed role's userIdentity, as far as its beginning is told in it. */
export type RoleSession = {
  readonly accessKeyId: string;
  readonly arn: string;
  readonly principalId: string;
  readonly accountId: string;
  readonly invokedBy?: string;
  readonly inScopeOf?: { readonly sourceArn: string };
  readonly sessionContext: {
    readonly sessionIssuer: { readonly arn: string };
    readonly attributes: { readonly creationDate: string };
    readonly ec2RoleDelivery?: string;
    readonly sourceIdentity?: string;
  };
};

/** null: long-term keys, root, services; and a session whose record has no key. */
export function roleSessionOf({ identity }: Caller): RoleSession | null {
  const { type, accessKeyId } = identity;
  return type === 'AssumedRole' && typeof accessKeyId === 'string' ? (identity as unknown as RoleSession) : null;
}

export function sessionName({ principalId }: RoleSession): string {
  return principalId.slice(principalId.indexOf(':') + 1);
}

/** ms since the epoch. */
export function sessionStart({ sessionContext }: RoleSession): number {
  return Date.parse(sessionContext.attributes.creationDate);
}

export function sessionAnswer(session: RoleSession, hours = 1): Readonly<Record<string, unknown>> {
  const { accessKeyId, arn, principalId } = session;
  return {
    credentials: credentials(accessKeyId, sessionStart(session) + hours * 3_600_000),
    assumedRoleUser: { assumedRoleId: principalId, arn },
  };
}

export function credentials(accessKeyId: string, expires: number): Readonly<Record<string, string>> {
  return { accessKeyId, sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLETOKEN', expiration: expirationText(expires) };
}

/** Made once: making one takes longer than a hundred records. */
const EXPIRATION = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** `May 20, 2026, 3:00:00 PM` */
function expirationText(time: number): string {
  return EXPIRATION.format(time).replaceAll('\u202f', ' ');
}
