// Everybody and everything that makes calls in the sample, as CloudTrail describes them. A caller is one session:
// its key, address and start stay the same from call to call.

import {
  ACCOUNTS,
  type AccountName,
  CI_PROVIDER,
  HOME_REGION,
  IDENTITY_STORE,
  PERMISSION_SET_HASH,
  type Person,
} from './company.ts';
import { Random } from './random.ts';

export type Caller = {
  /** userIdentity, its members in CloudTrail's order. */
  readonly identity: Readonly<Record<string, unknown>>;
  readonly account: string;
  readonly address: string;
  readonly agent: string;
  readonly isConsole: boolean;
  /** Whose call began this session, where the identity does not tell: see session-start.ts. */
  readonly by?: Caller;
};

export const CONSOLE_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
export const CLI_AGENT = 'aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7';
const TERRAFORM_AGENT =
  'APN/1.0 HashiCorp/1.0 Terraform/1.13.3 (+https://www.terraform.io) terraform-provider-aws/6.14.1';
const SDK_AGENT = 'aws-sdk-js/3.901.0 ua/2.1 os/linux#5.10.242 lang/js md/nodejs#22.20.0';

/** ISO 8601 in whole seconds, as eventTime and creationDate are written. */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

type RoleSession = {
  readonly account: string;
  readonly role: string;
  readonly path?: string;
  readonly session: string;
  readonly start: number;
  readonly mfa?: boolean;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly federation?: Readonly<Record<string, unknown>>;
};

function roleSession(random: Random, options: RoleSession): Readonly<Record<string, unknown>> {
  const { account, role, path = '/', session, start, mfa = false, context = {}, federation } = options;
  const principalId = roleId(account, role);
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: `ASIA${random.base32(16)}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId,
        arn: `arn:aws:iam::${account}:role${path}${role}`,
        accountId: account,
        userName: role,
      },
      ...(federation && { webIdFederationData: federation }),
      attributes: { creationDate: isoSeconds(start), mfaAuthenticated: String(mfa) },
      ...context,
    },
  };
}

/** AROA…: the same for the same role, as AWS's are. */
export function roleId(account: string, role: string): string {
  let seed = 17;
  for (const letter of `${account}/${role}`) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
  return `AROA${new Random(seed).base32(17)}`;
}

/** Somebody of the company through Identity Center. `propagates`: the call carries their identity along (onBehalfOf). */
export function personCaller(
  random: Random,
  person: Person,
  account: AccountName,
  start: number,
  options: { readonly propagates?: boolean; readonly tool?: 'terraform' } = {},
): Caller {
  const id = ACCOUNTS[account];
  const role = permissionRole(person.permissionSet);
  const identity = roleSession(random, {
    account: id,
    role,
    path: `/aws-reserved/sso.amazonaws.com/${HOME_REGION}/`,
    session: person.name,
    start,
  });
  const agent = options.tool === 'terraform' ? TERRAFORM_AGENT : person.usesConsole ? CONSOLE_AGENT : CLI_AGENT;
  return {
    identity: options.propagates
      ? { ...identity, onBehalfOf: { userId: person.userId, identityStoreArn: IDENTITY_STORE } }
      : identity,
    account: id,
    address: person.address,
    agent,
    isConsole: agent === CONSOLE_AGENT,
  };
}

export function permissionRole(permissionSet: string): string {
  return `AWSReservedSSO_${permissionSet}_${PERMISSION_SET_HASH[permissionSet] ?? '0000000000000000'}`;
}

/** A pipeline of ci.example.com with a web identity. */
export function ciCaller(random: Random, account: AccountName, build: number, start: number): Caller {
  const id = ACCOUNTS[account];
  const provider = `arn:aws:iam::${id}:oidc-provider/${CI_PROVIDER}`;
  return {
    identity: roleSession(random, {
      account: id,
      role: 'ci-deploy',
      session: `build-${build}`,
      start,
      federation: { federatedProvider: provider, attributes: {} },
    }),
    account: id,
    address: `198.51.100.${100 + (build % 8)}`,
    agent: SDK_AGENT,
    isConsole: false,
    by: webIdentityCaller(account, build),
  };
}

/** Whoever asks for the session above: no AWS credentials yet. */
export function webIdentityCaller(account: AccountName, build: number): Caller {
  const provider = `arn:aws:iam::${ACCOUNTS[account]}:oidc-provider/${CI_PROVIDER}`;
  const subject = 'repo:example/shop:ref:refs/heads/main';
  return {
    identity: {
      type: 'WebIdentityUser',
      principalId: `${provider}:sts.amazonaws.com:${subject}`,
      userName: subject,
      identityProvider: provider,
    },
    account: ACCOUNTS[account],
    address: `198.51.100.${100 + (build % 8)}`,
    agent: SDK_AGENT,
    isConsole: false,
  };
}

/** An EC2 instance with its role, IMDSv2 (or the old one). */
export function instanceCaller(random: Random, role: string, instance: string, start: number, imds = '2.0'): Caller {
  return {
    identity: roleSession(random, {
      account: ACCOUNTS.prod,
      role,
      session: instance,
      start,
      context: { ec2RoleDelivery: imds },
    }),
    account: ACCOUNTS.prod,
    address: '203.0.113.130',
    agent: 'amazon-ssm-agent/3.3.2299.0',
    isConsole: false,
  };
}

/** A Lambda function with its role; inScopeOf says which function. */
export function functionCaller(random: Random, name: string, start: number): Caller {
  const account = ACCOUNTS.prod;
  const role = `${name}-role`;
  const arn = `arn:aws:lambda:${HOME_REGION}:${account}:function:${name}`;
  return {
    identity: {
      ...roleSession(random, { account, role, session: name, start }),
      inScopeOf: {
        sourceArn: arn,
        sourceAccount: account,
        issuerType: 'AWS::Lambda::Function',
        credentialsIssuedTo: arn,
      },
    },
    account,
    address: '203.0.113.201',
    agent: SDK_AGENT,
    isConsole: false,
  };
}

/** A plain role session: of the auditors, of a supplier, of a service role. `context`: more of its sessionContext. */
export function roleCaller(
  random: Random,
  account: AccountName,
  role: string,
  session: string,
  start: number,
  address: string,
  context: Readonly<Record<string, unknown>> = {},
): Caller {
  return {
    identity: roleSession(random, { account: ACCOUNTS[account], role, session, start, context }),
    account: ACCOUNTS[account],
    address,
    agent: CLI_AGENT,
    isConsole: false,
  };
}

/** A service-linked role at work: the session names the service, and so do address and agent. */
export function serviceRoleCaller(random: Random, role: string, service: string, start: number): Caller {
  const account = ACCOUNTS.prod;
  return {
    identity: {
      ...roleSession(random, {
        account,
        role,
        path: `/aws-service-role/${service}/`,
        session: service.split('.')[0] as string,
        start,
      }),
      invokedBy: service,
    },
    account,
    address: service,
    agent: service,
    isConsole: false,
  };
}

export function iamUserCaller(
  account: AccountName,
  userName: string,
  accessKeyId: string,
  address: string,
  agent: string = CLI_AGENT,
): Caller {
  const id = ACCOUNTS[account];
  return {
    identity: {
      type: 'IAMUser',
      principalId: userId(id, userName),
      arn: `arn:aws:iam::${id}:user/${userName}`,
      accountId: id,
      accessKeyId,
      userName,
    },
    account: id,
    address,
    agent,
    isConsole: false,
  };
}

export function userId(account: string, userName: string): string {
  return roleId(account, userName).replace('AROA', 'AIDA');
}

/** Root with a console session, without MFA unless told otherwise; `key` is '' for the sign-in itself. */
export function rootCaller(account: AccountName, key: string, start: number, address: string, mfa = false): Caller {
  const id = ACCOUNTS[account];
  return {
    identity: {
      type: 'Root',
      principalId: id,
      arn: `arn:aws:iam::${id}:root`,
      accountId: id,
      accessKeyId: key,
      ...(key !== '' && {
        sessionContext: { attributes: { creationDate: isoSeconds(start), mfaAuthenticated: String(mfa) } },
      }),
    },
    account: id,
    address,
    agent: CONSOLE_AGENT,
    isConsole: true,
  };
}

/** An AWS service on its own account. */
export function serviceCaller(service: string, account: AccountName = 'prod'): Caller {
  return {
    identity: { type: 'AWSService', invokedBy: service },
    account: ACCOUNTS[account],
    address: service,
    agent: service,
    isConsole: false,
  };
}

/** The same caller, acting through a service (forward access sessions). */
export function through(caller: Caller, service: string): Caller {
  return {
    ...caller,
    identity: { ...caller.identity, invokedBy: service },
    address: service,
    agent: service,
    isConsole: false,
  };
}
