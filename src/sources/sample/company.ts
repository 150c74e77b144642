// The company of the sample: who works there, what they run, where they sit. Nothing here exists: account ids are
// those of AWS's documentation, addresses are RFC 5737 and RFC 3849 documentation ranges, hosts are example.com.

export const ACCOUNTS = { prod: '111122223333', dev: '444455556666', security: '777788889999' } as const;
export type AccountName = keyof typeof ACCOUNTS;

/** The account the attacker shares a snapshot with, and a supplier with access to one role. */
export const OUTSIDE_ACCOUNT = '999900001111';
export const SUPPLIER_ACCOUNT = '222233334444';

export const HOME_REGION = 'eu-west-1';
export const GLOBAL_REGION = 'us-east-1';
/** Nobody works here: what happens here is worth a look. */
export const UNUSED_REGION = 'ap-southeast-2';
export const WORK_REGIONS = [HOME_REGION, 'eu-central-1', 'us-west-2'] as const;

export const IDENTITY_STORE = `arn:aws:identitystore::${ACCOUNTS.security}:identitystore/d-9367012345`;

export type Person = {
  readonly name: string;
  readonly permissionSet: string;
  readonly accounts: readonly AccountName[];
  readonly address: string;
  /** Identity store user id. */
  readonly userId: string;
  readonly usesConsole: boolean;
};

const OFFICE = '203.0.113.9';

/** katarina and katharina differ by one letter on purpose, as do two of the functions below: for fuzzy search. */
export const PEOPLE: readonly Person[] = [
  person('alice', 'Admin', ['prod', 'dev', 'security'], OFFICE, true),
  person('bob', 'Ops', ['prod', 'dev'], OFFICE, false),
  person('carol', 'Developer', ['dev', 'prod'], '2001:db8:4c::17', false),
  person('dave', 'DataAnalyst', ['prod'], '198.51.100.44', true),
  person('erin', 'SecurityAudit', ['security', 'prod', 'dev'], '203.0.113.71', true),
  person('katarina', 'Developer', ['dev'], OFFICE, false),
  person('katharina', 'Ops', ['dev', 'prod'], '2001:db8:91:2::5', true),
  person('oleg', 'Billing', ['prod'], OFFICE, true),
];

function person(
  name: string,
  permissionSet: string,
  accounts: readonly AccountName[],
  address: string,
  usesConsole: boolean,
): Person {
  const digits = [...name]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padEnd(12, '0')
    .slice(0, 12);
  return { name, permissionSet, accounts, address, userId: `c2d5e4f4-b041-70f3-9f11-${digits}`, usesConsole };
}

export function findPerson(name: string): Person {
  const found = PEOPLE.find((person) => person.name === name);
  if (found === undefined) throw new Error(`nobody in the sample is called ${name}`);
  return found;
}

/** Each permission set is one role per account; the suffix is the hash that Identity Center appends. */
export const PERMISSION_SET_HASH: Readonly<Record<string, string>> = {
  Admin: '4b1f2d9c7a6e0835',
  Ops: '90ac47de12b6f358',
  Developer: 'e7319f0c5d8a2b46',
  DataAnalyst: '1c6d82e5b94f7a03',
  SecurityAudit: 'a85e03b7f6219cd4',
  Billing: '5f90b3c1e8d7a264',
};

export const INSTANCES = {
  web: ['i-0a7c31e95b2d4f681', 'i-0d94be17a3c65f028'],
  bastion: 'i-0f13c8a26e7d905b4',
  batch: ['i-03e85f7b1c9a2d640', 'i-0b60d2f4e81a7c395'],
  legacy: 'i-0c5e19f7d82a4b063',
} as const;

export const VOLUMES = ['vol-0b2f6c8d1e3a59740', 'vol-04d7e1a9c3f58b260', 'vol-0e91a5c7d2b3f8046'] as const;
/** The volume of the customer database. */
export const DATABASE_VOLUME = 'vol-08c4f2a6e1d97b350';
export const IMAGES = ['ami-0f3d9b7c2a1e84560', 'ami-06b8e4d2f1a7c9350'] as const;
export const SUBNETS = ['subnet-0c71e5a9d3f2b8460', 'subnet-09e2b7d4f6a1c3580'] as const;
export const VPC = 'vpc-0d5a8f1c7e2b94360';
export const SECURITY_GROUPS = { web: 'sg-0e4b7a1d9c2f58360', bastion: 'sg-02f9c6d8e1a3b7450' } as const;
export const CONNECT_ENDPOINT = 'eice-0a1f7d3c9b5e28460';
export const BUCKETS = ['example-web-assets', 'example-reports', 'example-customer-exports'] as const;
/** In the security account, which keeps what must outlive the others. */
export const ARCHIVE_BUCKET = 'example-exports-archive';
export const ARCHIVE_SNAPSHOT = 'snap-0d41e7b9c26f3a850';
export const LOG_BUCKET = 'example-org-trail';
export const TRAIL = 'org-trail';
export const KEY_ID = '3f8a6d1c-9b72-4e05-8c4d-7a1e5b920f36';
export const SECRETS = ['prod/orders/database', 'prod/payments/api-key', 'prod/mail/smtp'] as const;
/** order-worker and orders-worker: near-names. */
export const FUNCTIONS = ['order-worker', 'orders-worker', 'thumbnail', 'nightly-report'] as const;
export const DATABASE = 'orders-db';
export const CI_PROVIDER = 'ci.example.com';
