// The profiles of the shared config and credentials files. Contract.

export type ProfileKind =
  | 'keys'
  | 'sso'
  | 'role'
  | 'web-identity'
  | 'process'
  | 'login'
  /** Nothing in it gives credentials. */
  | 'none';

export type Profile = {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region: string | null;
  /** Of role_arn or sso_account_id; null where the files do not tell. */
  readonly account: string | null;
  /** Role of role_arn or sso_role_name. */
  readonly role: string | null;
  /** source_profile or credential_source of a role. */
  readonly source: string | null;
  readonly needsMfa: boolean;
};
