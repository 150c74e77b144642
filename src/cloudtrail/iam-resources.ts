// On which resources a call's action is to be allowed, as far as the event names them. Where it names none that the
// action could be limited to, that is "*": a policy that is too wide can be narrowed, one that cannot work is no use.

import { partitionOf } from './regions.ts';

export type NamedCall = {
  /** e.g. s3:GetObject */
  readonly action: string;
  /** What the event names: ids, names and ARNs, best label first. */
  readonly resources: readonly string[];
  readonly account: string;
  readonly region: string;
};

/** EC2's ids say what they are. */
const EC2_TYPES: Readonly<Record<string, string>> = {
  i: 'instance',
  vol: 'volume',
  sg: 'security-group',
  snap: 'snapshot',
  ami: 'image',
};
/** Their ARNs name no account. */
const EC2_WITHOUT_ACCOUNT = new Set(['snapshot', 'image']);
const EC2_ID = /^([a-z]{1,8})-[0-9a-f]{8,17}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ARN = /^arn:[a-z0-9-]{1,20}:([a-z0-9-]{1,64}):[a-z0-9-]{0,32}:(?:\d{12})?:[^\s]{1,1500}$/i;

/** What is listed or made has no name yet, or is not what the action can be limited to. */
const UNLIMITED =
  /^[a-z0-9-]+:(?:List|Describe|Create|Run|Allocate|Register|Import|Request|Generate|Search|Lookup|BatchGet)/;
/** … apart from these, which act on the thing they name. */
const LIMITED = new Set([
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:ListBucketMultipartUploads',
  's3:ListMultipartUploadParts',
  'kms:DescribeKey',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:CreateGrant',
  'kms:ListGrants',
  'secretsmanager:DescribeSecret',
  'secretsmanager:ListSecretVersionIds',
  'dynamodb:DescribeTable',
]);

/** S3's actions on objects; all others are on buckets (or on the account). */
const S3_OBJECT_ACTION =
  /^s3:(?:AbortMultipartUpload|ListMultipartUploadParts|(?:Get|Put|Delete|Restore)Object(?:Version)?(?:Acl|Tagging|Retention|LegalHold|Attributes|Torrent)?)$/;

/** The ARNs that the action can be limited to; none means "*". */
export function resourceArns(call: NamedCall): readonly string[] {
  const { action, resources } = call;
  const service = action.slice(0, action.indexOf(':'));
  if (UNLIMITED.test(action) && !LIMITED.has(action)) return [];
  const arns = resources.filter((name) => serviceOfArn(name) === (service === 'sts' ? 'iam' : service));
  const fitting = arns.filter((arn) => fits(action, arn));
  if (fitting.length > 0) return [...new Set(fitting.map(literal))];
  return arns.length > 0 ? [] : madeUp(service, call);
}

function serviceOfArn(name: string): string {
  return ARN.exec(name)?.[1]?.toLowerCase() ?? '';
}

function fits(action: string, arn: string): boolean {
  if (action.startsWith('sts:')) return arn.includes(':role/');
  if (!action.startsWith('s3:')) return true;
  const isObject = arn.slice(arn.indexOf(':::') + 3).includes('/');
  return isObject === S3_OBJECT_ACTION.test(action);
}

/** ARNs of ids and names whose kind is certain. */
function madeUp(service: string, call: NamedCall): readonly string[] {
  const { action, resources, account, region } = call;
  const arn = (resource: string, of = `${region}:${account}`) =>
    `arn:${partitionOf(region)}:${service}:${of}:${resource}`;
  const hasPlace = /^\d{12}$/.test(account) && /^[a-z0-9-]{5,24}$/.test(region);
  if (service === 's3') {
    const bucket = resources.find((name) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name));
    const object = resources.find((name) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S+$/.test(name));
    const named = [bucket, object].filter((name) => name !== undefined).map((name) => arn(literal(name), ':'));
    return named.filter((name) => fits(action, name)).slice(0, 1);
  }
  if (!hasPlace) return [];
  const first = resources.find((name) => /^[A-Za-z0-9_/+=.@-]{1,256}$/.test(name));
  switch (service) {
    case 'ec2':
    case 'ec2-instance-connect':
      return ec2Arns(call);
    case 'kms': {
      const id = resources.find((name) => UUID.test(name));
      return id === undefined ? [] : [arn(`key/${id}`)];
    }
    case 'lambda':
      return first !== undefined && /:(?:Invoke|[A-Za-z]*Function)/.test(action) ? [arn(`function:${first}`)] : [];
    case 'dynamodb':
      return first !== undefined && /Item$|Table$|:Query$|:Scan$/.test(action) ? [arn(`table/${first}`)] : [];
    case 'secretsmanager':
      // Six characters that Secrets Manager appends.
      return first !== undefined && /Secret|Rotat/.test(action) ? [arn(`secret:${first}-??????`)] : [];
    default:
      return [];
  }
}

/** Only where everything the action touches is known to be what the event names. */
const EC2_SIMPLE: Readonly<Record<string, readonly string[]>> = {
  instance: [
    'ec2:StartInstances',
    'ec2:StopInstances',
    'ec2:RebootInstances',
    'ec2:TerminateInstances',
    'ec2:GetConsoleOutput',
    'ec2:GetPasswordData',
    'ec2-instance-connect:SendSSHPublicKey',
    'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
  ],
  volume: ['ec2:DeleteVolume', 'ec2:ModifyVolume'],
  snapshot: ['ec2:DeleteSnapshot', 'ec2:ModifySnapshotAttribute', 'ec2:ResetSnapshotAttribute'],
  'security-group': [
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:AuthorizeSecurityGroupEgress',
    'ec2:RevokeSecurityGroupIngress',
    'ec2:RevokeSecurityGroupEgress',
    'ec2:DeleteSecurityGroup',
  ],
  image: ['ec2:DeregisterImage', 'ec2:ModifyImageAttribute'],
};

function ec2Arns({ action, resources, account, region }: NamedCall): readonly string[] {
  const wanted = Object.keys(EC2_SIMPLE).find((type) => EC2_SIMPLE[type]?.includes(action));
  if (wanted === undefined) return [];
  const ids = resources.filter((name) => EC2_TYPES[EC2_ID.exec(name)?.[1] ?? ''] === wanted);
  const owner = EC2_WITHOUT_ACCOUNT.has(wanted) ? '' : account;
  return [...new Set(ids)].map((id) => `arn:${partitionOf(region)}:ec2:${region}:${owner}:${wanted}/${id}`);
}

/** CloudWatch Logs' own ARN of a log group ends in :*, which are its streams. */
const LOG_GROUP = /^arn:[a-z0-9-]+:logs:[a-z0-9-]+:\d{12}:log-group:[\w./#-]+(?=:\*$)/i;

/** A policy reads * and ? as wildcards and ${…} as a variable; a name means itself, whoever chose it. */
function literal(arn: string): string {
  const [group] = LOG_GROUP.exec(arn) ?? [];
  if (group !== undefined) return `${group}:*`;
  return arn.replace(/[*?]|\$(?=\{)/g, (sign) => `\${${sign}}`);
}
