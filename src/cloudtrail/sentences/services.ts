// Which templates are of which service. Calls of all others, and those without a template, take the general form.

import { plainName } from '../event-verbs.ts';
import { textOf } from '../json-value.ts';
import type { Call, Phrase, Phrases } from './call.ts';
import { CLOUDTRAIL } from './cloudtrail.ts';
import { EBS_DIRECT, EC2_STORAGE } from './ebs.ts';
import { EC2 } from './ec2.ts';
import { EC2_NETWORK } from './ec2-network.ts';
import { generalPhrase } from './general.ts';
import { IAM } from './iam.ts';
import { INSTANCE_CONNECT } from './instance-connect.ts';
import { KMS } from './kms.ts';
import { LAMBDA } from './lambda.ts';
import { ORGANIZATIONS } from './organizations.ts';
import { RDS } from './rds.ts';
import { S3 } from './s3.ts';
import { SECRETS_MANAGER } from './secrets-manager.ts';
import { SIGN_IN } from './sign-in.ts';
import { SSM } from './ssm.ts';
import { STS } from './sts.ts';
import { NOT_STATED } from './template.ts';

/** By eventSource without its domain. */
export const SERVICES: Readonly<Record<string, Phrases>> = {
  ec2: { ...EC2, ...EC2_NETWORK, ...EC2_STORAGE },
  ebs: EBS_DIRECT,
  'ec2-instance-connect': INSTANCE_CONNECT,
  iam: IAM,
  sts: STS,
  signin: SIGN_IN,
  sso: SIGN_IN,
  s3: S3,
  kms: KMS,
  lambda: LAMBDA,
  cloudtrail: CLOUDTRAIL,
  organizations: ORGANIZATIONS,
  rds: RDS,
  ssm: SSM,
  secretsmanager: SECRETS_MANAGER,
};

/** What a call did to what. Never throws. */
export function phraseOfCall(call: Call): Phrase {
  const source = serviceOf(call);
  const name = plainName(textOf(call.record.eventName));
  // Without a source the name alone has to do: GetObject is S3's.
  const tables = source === '' ? Object.values(SERVICES) : [Object.hasOwn(SERVICES, source) ? SERVICES[source] : {}];
  for (const table of tables) {
    const make = table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
    const made = make?.(call) ?? null;
    // Where the parameters are left out, as IAM does where it denies, "create user" says as much as "(not stated)".
    if (made !== null && !(made[0].includes(NOT_STATED) && isBare(call))) return made;
  }
  return generalPhrase(call, Object.hasOwn(SERVICES, source) || source === 'account' ? '' : source);
}

function isBare({ request }: Call): boolean {
  return Object.keys(request).length === 0;
}

function serviceOf({ record }: Call): string {
  return textOf(record.eventSource)
    .trim()
    .toLowerCase()
    .replace(/\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu)$/, '');
}
