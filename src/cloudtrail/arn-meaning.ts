// What an ARN names, in words, and whether that is in another account than the event's.

import { isPermissionSetArn, permissionSetOf } from './principal.ts';

type ArnParts = {
  readonly text: string;
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
  return resource === '' ? null : { text, service, region, account, resource };
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
      return s3Thing(arn);
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

/** Only buckets and what is in them have neither Region nor account. */
function s3Thing({ region, account, resource }: ArnParts): string {
  if (region !== '' || account !== '') {
    const [type = '', name = '', below] = resource.split('/');
    if (type === 'accesspoint')
      return below === 'object' ? `object through access point ${name}` : `access point ${name}`;
    return type === 'storage-lens' ? 'Storage Lens configuration' : (typeOf(resource) ?? 'of s3');
  }
  const slash = resource.indexOf('/');
  if (slash === -1) return resource.includes('*') ? 'buckets' : 'bucket';
  const key = resource.slice(slash + 1);
  if (key === '*') return 'every object in a bucket';
  return key.includes('*') ? 'objects in a bucket' : 'object in a bucket';
}

function iamThing({ text, account, resource }: ArnParts): string {
  if (resource === 'root') return 'root user';
  const [type = '', ...path] = resource.split('/');
  const name = path.at(-1) ?? '';
  if (type === 'role' && path[0] === 'aws-service-role') return `service-linked role of ${path[1] ?? ''}`;
  const permissionSet = type === 'role' ? permissionSetOf(name) : '';
  if (permissionSet !== '')
    return isPermissionSetArn(text) ? `role of the permission set ${permissionSet}` : namedLike(permissionSet);
  if (type === 'mfa') return `MFA device ${name}`;
  if (type === 'policy' && account === 'aws') return `AWS managed policy ${name}`;
  return `${type.replaceAll('-', ' ')} ${name}`.trim();
}

function stsThing(resource: string): string {
  const [type = '', name = '', ...session] = resource.split('/');
  if (type === 'assumed-role') {
    const permissionSet = permissionSetOf(name);
    const role = permissionSet === '' ? `role ${name}` : namedLike(permissionSet);
    return session.length === 0 ? role : `${role}, session ${session.join('/')}`;
  }
  if (type === 'federated-user') return `federated user ${name}`;
  return typeOf(resource) ?? 'of sts';
}

/** A name of that form anybody can give to a role; a session's ARN leaves out the path that would tell. */
function namedLike(permissionSet: string): string {
  return `role named as of the permission set ${permissionSet}`;
}

/** `instance` of `instance/i-0ab`, `log-group` of `log-group:/x`; null where the resource has a name only. */
function typeOf(resource: string): string | null {
  const type = /^([a-z][a-z-]*)[:/]/i.exec(resource)?.[1];
  return type === undefined ? null : type.replaceAll('-', ' ');
}
