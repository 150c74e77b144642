// A record as LookupEvents lists it: what it takes out of the record, and what it leaves out.

export type Resource = { readonly ResourceType: string | null; readonly ResourceName: string };

/** One stored event. Strings that repeat are shared, the record stays text: half a million fit in memory. */
export type LookupItem = {
  /** Whole seconds. */
  readonly time: number;
  /** When it was delivered, ms; before that it is not there. */
  readonly arrivesAt: number;
  /** Breaks ties within a second. */
  readonly serial: number;
  readonly isInsight: boolean;
  readonly eventId: string | undefined;
  readonly eventName: string | undefined;
  readonly readOnly: string | undefined;
  readonly username: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly eventSource: string | undefined;
  /** Null: the member is absent or null. */
  readonly resources: readonly Resource[] | null;
  readonly text: string | undefined;
};

type Json = Readonly<Record<string, unknown>>;

/** `Username`: user name; `root`; the session's name for a role; nothing for services (AWS.md 1.1). */
export function usernameOf(userIdentity: Json): string | undefined {
  const { type, userName, arn, principalId } = userIdentity;
  if (type === 'Root') return 'root';
  if (type === 'AssumedRole' || type === 'FederatedUser') return lastPart(arn, '/') ?? lastPart(principalId, ':');
  return text(userName);
}

function lastPart(value: unknown, separator: string): string | undefined {
  return typeof value === 'string' && value.includes(separator)
    ? text(value.slice(value.lastIndexOf(separator) + 1))
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Members of requestParameters and responseElements that name a resource, at any depth. A type of null is what
 *  CreateTags gives, which does not know what it tags. */
const RESOURCE_TYPES: Readonly<Record<string, string | null>> = {
  instanceId: 'AWS::EC2::Instance',
  imageId: 'AWS::EC2::Ami',
  vpcId: 'AWS::EC2::VPC',
  subnetId: 'AWS::EC2::Subnet',
  groupId: 'AWS::EC2::SecurityGroup',
  groupName: 'AWS::EC2::SecurityGroup',
  keyName: 'AWS::EC2::KeyPair',
  networkInterfaceId: 'AWS::EC2::NetworkInterface',
  volumeId: 'AWS::EC2::Volume',
  snapshotId: 'AWS::EC2::Snapshot',
  resourceId: null,
  bucketName: 'AWS::S3::Bucket',
  roleArn: 'AWS::IAM::Role',
  roleName: 'AWS::IAM::Role',
  userName: 'AWS::IAM::User',
  policyArn: 'AWS::IAM::Policy',
  accessKeyId: 'AWS::IAM::AccessKey',
  functionName: 'AWS::Lambda::Function',
  keyId: 'AWS::KMS::Key',
  secretId: 'AWS::SecretsManager::Secret',
  tableName: 'AWS::DynamoDB::Table',
  trailName: 'AWS::CloudTrail::Trail',
};

export function resourcesOf(record: Json): Resource[] {
  const found = new Map<string, Resource>();
  const add = (ResourceType: string | null, ResourceName: unknown) => {
    if (typeof ResourceName === 'string' && ResourceName !== '')
      found.set(`${ResourceType} ${ResourceName}`, { ResourceType, ResourceName });
  };
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 6) return;
    for (const [key, member] of Object.entries(value)) {
      const type = RESOURCE_TYPES[key];
      if (type !== undefined) add(type, member);
      walk(member, depth + 1);
    }
  };
  walk(record.requestParameters, 0);
  walk(record.responseElements, 0);
  const listed = Array.isArray(record.resources) ? record.resources : [];
  for (const { ARN, type } of listed as readonly Json[]) {
    add(text(type) ?? null, ARN);
    if (typeof ARN === 'string')
      add(text(type) ?? null, ARN.slice(Math.max(ARN.lastIndexOf(':'), ARN.lastIndexOf('/')) + 1));
  }
  return [...found.values()];
}

/** The item as one JSON text. Absent members are left out, EventTime is a number; `padding`: bytes added to the record. */
export function itemJson(item: LookupItem, padding = 0): string {
  const { text: record, readOnly, eventId, eventName, accessKeyId, eventSource, username, resources } = item;
  return JSON.stringify({
    AccessKeyId: accessKeyId,
    CloudTrailEvent:
      padding > 0 && record?.endsWith('}')
        ? `${record.slice(0, -1)},"padding":"${'x'.repeat(Math.max(0, padding - record.length))}"}`
        : record,
    EventId: eventId,
    EventName: eventName,
    EventSource: eventSource,
    EventTime: item.time,
    ReadOnly: readOnly,
    Resources: resources,
    Username: username,
  });
}
