// Accounts, and who may call as whom: access keys, sessions that STS and its relatives have handed out.

import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from './answer.ts';

export type RoleSetup = {
  readonly name: string;
  /** Asked for in AssumeRole: the device, and the one code it shows. */
  readonly mfa?: { readonly serial: string; readonly code: string };
  /** AssumeRole answers AccessDenied. */
  readonly isRefused?: boolean;
};

export type AccountSetup = {
  /** Twelve digits. */
  readonly id: string;
  /** Of its IAM user. Secrets are not looked at. */
  readonly accessKeyId: string;
  /** Name of that user; 'tester' when left out. */
  readonly user?: string;
  /** 'aws' when left out. */
  readonly partition?: string;
  /** Opt-in Regions that are on; none when left out. */
  readonly optedIn?: readonly string[];
  /** Regions that a service control policy denies. */
  readonly deniedRegions?: readonly string[];
  /** Roles with something special about them; every other role can be assumed by everybody. */
  readonly roles?: readonly RoleSetup[];
};

/** The first has the access key that test/helpers/isolate.ts puts into the environment. */
export const DEFAULT_ACCOUNTS: readonly AccountSetup[] = [
  { id: '111122223333', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', user: 'prod-reader' },
  { id: '444455556666', accessKeyId: 'AKIAI44QH8DHBEXAMPLE', user: 'dev-reader' },
  { id: '777788889999', accessKeyId: 'AKIA3SGQ4K5T6EXAMPLE', user: 'security-reader' },
];

export type Identity = {
  readonly account: AccountSetup;
  readonly arn: string;
  readonly userId: string;
  /** Null for a user's own key. */
  readonly sessionToken: string | null;
  /** ms since the epoch. */
  readonly expiresAt: number;
};

export type SessionKeys = {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: string;
};

const INVALID_TOKEN = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';

export class CredentialBook {
  readonly #identities = new Map<string, Identity>();
  readonly #accounts = new Map<string, AccountSetup>();
  readonly #expired = new Set<string>();

  constructor(accounts: readonly AccountSetup[]) {
    for (const account of accounts) {
      const user = account.user ?? 'tester';
      this.#accounts.set(account.id, account);
      this.#identities.set(account.accessKeyId, {
        account,
        arn: `arn:${account.partition ?? 'aws'}:iam::${account.id}:user/${user}`,
        userId: `AIDA${account.accessKeyId.slice(4)}`,
        sessionToken: null,
        expiresAt: Number.POSITIVE_INFINITY,
      });
    }
  }

  account(id: string): AccountSetup | undefined {
    return this.#accounts.get(id);
  }

  get first(): AccountSetup {
    const [first] = this.#accounts.values();
    if (first === undefined) throw new Error('a server without accounts');
    return first;
  }

  /** @throws AwsError as CloudTrail words it */
  identify(accessKeyId: string, sessionToken: string | null): Identity {
    const identity = this.#identities.get(accessKeyId);
    if (identity === undefined || identity.sessionToken !== sessionToken)
      throw new AwsError('UnrecognizedClientException', INVALID_TOKEN, 403);
    if (identity.expiresAt <= Date.now() || this.#expired.has(accessKeyId))
      throw new AwsError('ExpiredTokenException', EXPIRED_TOKEN, 403);
    return identity;
  }

  /** New keys for a session of a role of that account. */
  issue(account: AccountSetup, role: string, session: string, seconds: number): SessionKeys & { readonly arn: string } {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const sessionToken = randomBytes(120).toString('base64');
    const expiresAt = Date.now() + seconds * 1000;
    const arn = `arn:${account.partition ?? 'aws'}:sts::${account.id}:assumed-role/${role}/${session}`;
    const roleId = createHash('sha256').update(`${account.id}/${role}`).digest('hex').slice(0, 17).toUpperCase();
    const userId = `AROA${roleId}:${session}`;
    this.#identities.set(accessKeyId, { account, arn, userId, sessionToken, expiresAt });
    return {
      AccessKeyId: accessKeyId,
      SecretAccessKey: randomBytes(30).toString('base64'),
      SessionToken: sessionToken,
      Expiration: new Date(expiresAt).toISOString(),
      arn,
    };
  }

  /** All sessions handed out so far for this account have expired, and its own key too if `withKey`. */
  expire(accountId: string, withKey: boolean): void {
    for (const [key, { account, sessionToken }] of this.#identities)
      if (account.id === accountId && (withKey || sessionToken !== null)) this.#expired.add(key);
  }

  /** What has expired by `expire` counts again. */
  revive(): void {
    this.#expired.clear();
  }
}
