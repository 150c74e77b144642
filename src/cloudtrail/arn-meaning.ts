// What an ARN names, in words, and whether that is in another account than the event's.

type ArnParts = {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
};

const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):([a-z0-9]*):(.+)$/s;
const SPEAKING = /^iam:(?:user|role|group|policy)\/(?!AWSReservedSSO_)[^/]+$/;
const MAX_UNITS = 2048;

/** Null for what is no ARN. */
function arnParts(text: string): ArnParts | null {
  if (!text.startsWith('arn:aws') || text.length > MAX_UNITS) return null;
  const [, , service = '', region = '', account = '', resource = ''] = ARN.exec(text) ?? [];
  return resource === '' ? null : { service, region, account, resource };
}

/** `role Admin, session alice`, `instance in eu-west-1, another account`; '' for what is no ARN or names a role in so
 *  many words. `ownAccount`: the event's, '' where it
 *  states none. */
export function arnMeaning(text: string, ownAccount: string): string {
  const arn = arnParts(text);
  if (arn === null) return '';
  const isForeign = ownAccount !== '' && /^\d{12}$/.test(arn.account) && arn.account !== ownAccount;
  // `role/Admin` says so itself.
  if (!isForeign && arn.account !== 'aws' && SPEAKING.test(`${arn.service}:${arn.resource}`)) return '';
  const what = whatOf(arn);
  const where = arn.region === '' ? '' : ` in ${arn.region}`;
  return what + where + (isForeign ? ', another account' : '');
}

function whatOf(arn: ArnParts): string {
  switch (arn.service) {
    case 'iam':
      return iamThing(arn);
    case 'sts':
      return stsThing(arn.resource);
    case 's3':
      return arn.resource.includes('/') ? 'object in a bucket' : 'bucket';
    case 'kms':
      return arn.resource.startsWith('key/') ? 'KMS key' : 'KMS alias';
    case 'rds':
      return (typeOf(arn.resource) ?? 'of rds').replace(/^db$/, 'database');
    case 'sns':
      return arn.resource.includes(':') ? 'subscription' : 'topic';
    case 'sqs':
      return 'queue';
  }
  return typeOf(arn.resource) ?? `of ${arn.service}`;
}

function iamThing({ account, resource }: ArnParts): string {
  if (resource === 'root') return 'root user';
  const [type = '', ...path] = resource.split('/');
  const name = path.at(-1) ?? '';
  if (type === 'role' && path[0] === 'aws-service-role') return `service-linked role of ${path[1] ?? ''}`;
  const permissionSet = permissionSetOf(name);
  if (type === 'role' && permissionSet !== '') return `role of the permission set ${permissionSet}`;
  if (type === 'mfa') return `MFA device ${name}`;
  if (type === 'policy' && account === 'aws') return `AWS managed policy ${name}`;
  return `${type.replaceAll('-', ' ')} ${name}`.trim();
}

function stsThing(resource: string): string {
  const [type = '', name = '', ...session] = resource.split('/');
  if (type === 'assumed-role') {
    const permissionSet = permissionSetOf(name);
    const role = permissionSet === '' ? `role ${name}` : `permission set ${permissionSet}`;
    return session.length === 0 ? role : `${role}, session ${session.join('/')}`;
  }
  if (type === 'federated-user') return `federated user ${name}`;
  return typeOf(resource) ?? 'of sts';
}

/** Of the roles that Identity Center makes: `Developer` of `AWSReservedSSO_Developer_0123456789abcdef`; '' of others. */
function permissionSetOf(role: string): string {
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/s.exec(role)?.[1] ?? '';
}

/** `instance` of `instance/i-0ab`, `log-group` of `log-group:/x`; null where the resource has a name only. */
function typeOf(resource: string): string | null {
  const type = /^([a-z][a-z-]*)[:/]/i.exec(resource)?.[1];
  return type === undefined ? null : type.replaceAll('-', ' ');
}
