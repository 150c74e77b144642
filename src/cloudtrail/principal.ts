// What an ARN or a principalId says about a caller where userIdentity leaves the names out.

/** Prefix of the roles that IAM Identity Center makes for its permission sets: AWSReservedSSO_<set>_<hash>. */
const PERMISSION_SET_PREFIX = 'AWSReservedSSO_';

export type Principal = {
  readonly kind: 'root' | 'user' | 'role' | 'session' | 'federated' | 'none';
  readonly name: string;
  /** Role session name, for `session`. */
  readonly session: string;
};

const NONE: Principal = { kind: 'none', name: '', session: '' };

/** Reads arn:…:iam::A:root, user/path/N, role/path/N, and arn:…:sts::A:assumed-role/R/S, federated-user/N. */
export function principalOfArn(arn: string): Principal {
  if (!arn.startsWith('arn:')) return NONE;
  if (arn.endsWith(':root')) return { kind: 'root', name: 'root', session: '' };
  const slash = arn.indexOf('/');
  if (slash < 0) return NONE;
  const kind = arn.slice(arn.lastIndexOf(':', slash) + 1, slash);
  const rest = arn.slice(slash + 1);
  switch (kind) {
    case 'assumed-role': {
      const end = rest.indexOf('/');
      return end < 0
        ? { kind: 'session', name: rest, session: '' }
        : { kind: 'session', name: rest.slice(0, end), session: rest.slice(end + 1) };
    }
    case 'federated-user':
      return { kind: 'federated', name: rest, session: rest };
    case 'user':
      return { kind: 'user', name: lastPart(rest), session: '' };
    case 'role':
      return { kind: 'role', name: lastPart(rest), session: '' };
    default:
      return NONE;
  }
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** 'AROAEXAMPLE:alice' → 'alice'; '' without a colon. */
export function sessionOfPrincipalId(principalId: string): string {
  const colon = principalId.indexOf(':');
  return colon < 0 ? '' : principalId.slice(colon + 1);
}

/** Whether a role's ARN lies in the path where only IAM Identity Center creates roles; a name with its prefix anybody can
 *  give. */
export function isPermissionSetArn(arn: string): boolean {
  return arn.startsWith('arn:') && arn.includes(':role/aws-reserved/sso.amazonaws.com/');
}

/** The permission set behind an Identity Center role, '' for any other role. */
export function permissionSetOf(role: string): string {
  if (!role.startsWith(PERMISSION_SET_PREFIX)) return '';
  const name = role.slice(PERMISSION_SET_PREFIX.length);
  const hash = /_[0-9a-f]+$/i.exec(name);
  return hash === null || hash.index === 0 ? name : name.slice(0, hash.index);
}

/** Whether a role is one of a permission set: by its path, and by the name that IAM Identity Center gives each. */
export function isPermissionSet(roleArn: string, role: string): boolean {
  return isPermissionSetArn(roleArn) && permissionSetOf(role) !== '';
}
