// What calls change about buckets, keys, secrets, functions, trails and databases.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { objectOf, textOf } from './json-value.ts';
import { accessBlockOf, aclOf, callersOf, opennessOf } from './public-access.ts';
import { type ChangeRule, type ChangeRules, changed, joinWords, listed } from './resource-change.ts';
import { trailLossOf } from './trail-selectors.ts';

type Asked = Readonly<Record<string, unknown>>;

/** A call about one thing, by the parameters that name it. */
const about =
  (keys: readonly string[], text: string | ((request: Asked, response: Asked) => string), state?: string): ChangeRule =>
  ({ request, response, is }) => {
    if (!keys.some((key) => is(textIn(request, key)))) return [];
    return changed(typeof text === 'string' ? text : text(request, response), state);
  };

const BUCKET = ['bucketName'];
const KEY = ['keyId'];
const SECRET = ['secretId'];
const FUNCTION = ['functionName'];
const TRAIL = ['name', 'trailName'];

/** `bucket policy set`, and whether it lets in everybody. */
function policyText(what: string, policy: unknown): string {
  switch (opennessOf(policy)) {
    case 'everybody':
      return 'made public: its policy allows everyone';
    case 'but for denials':
      return `${what} set: it allows everyone but for what it denies`;
    case '':
      return `${what} set`;
  }
}

const bucketPolicy = (request: Asked): string =>
  policyText('bucket policy', memberOf(request, 'bucketPolicy') ?? memberOf(request, 'policy'));

function acl(request: Asked): string {
  const { canned, audience } = aclOf(request);
  return `ACL ${canned || 'set'}${audience && ` (${audience})`}`;
}

function written(request: Asked): string {
  const { audience } = aclOf(request);
  return `written${audience && ` (${audience})`}`;
}

function accessBlock(request: Asked): string {
  const { on, off, isWhole } = accessBlockOf(request);
  if (isWhole) return `public access block ${on.length > 0 ? 'on' : 'off'}`;
  if (off.length > 0) return `public access block off: ${listed(off)}`;
  return on.length === 0 ? 'public access block set' : `public access block on: only ${listed(on)}`;
}

function encryption(request: Asked): string {
  const rule = objectOf(severalOf(memberOf(memberOf(request, 'ServerSideEncryptionConfiguration'), 'Rule'))[0]);
  const kind = textIn(memberOf(rule, 'ApplyServerSideEncryptionByDefault'), 'SSEAlgorithm');
  return kind === '' ? 'encryption set' : `encryption ${kind}`;
}

function versioning(request: Asked): string {
  const status = textIn(memberOf(request, 'VersioningConfiguration'), 'Status');
  return status === '' ? 'versioning set' : `versioning ${status.toLowerCase()}`;
}

const object =
  (text: string | ((request: Asked) => string), state?: string): ChangeRule =>
  ({ request, is }) => {
    const [bucket, key] = [textIn(request, 'bucketName'), textIn(request, 'key')];
    if (key !== '' && is(`${bucket}/${key}`)) return changed(typeof text === 'string' ? text : text(request), state);
    // What happens to its objects does not change a bucket.
    return [];
  };

/** `deletion scheduled for 2026-06-18 14:02` */
function scheduled(_: Asked, response: Asked): string {
  const time = textIn(response, 'deletionDate');
  return time === '' ? 'deletion scheduled' : `deletion scheduled for ${time}`;
}

const alias =
  (verb: string): ChangeRule =>
  ({ request, is }) => {
    const [name, key] = [textIn(request, 'aliasName'), textIn(request, 'targetKeyId')];
    if (is(key)) return changed(`${name} ${verb}`);
    return is(name) ? changed(key === '' ? verb : `${verb} for ${key}`) : null;
  };

function grant(request: Asked): string {
  const operations = severalOf(memberOf(request, 'operations')).map(textOf);
  return joinWords(`granted to ${textIn(request, 'granteePrincipal') || 'somebody'}`, listed(operations));
}

function permission(request: Asked): string {
  const whom = callersOf(request);
  return whom === '*' ? 'made public: everyone may call it' : `${whom || 'somebody'} may call it`;
}

function functionUrl(request: Asked): string {
  const auth = textIn(request, 'authType');
  return auth === 'NONE'
    ? 'URL without authentication: open to everybody whom its resource policy allows'
    : joinWords('URL set', auth);
}

const DATABASE = ['dBInstanceIdentifier', 'dBClusterIdentifier'];
function database(request: Asked): string {
  const parts = Object.entries(request).flatMap(([key, value]) => {
    if (/identifier$/i.test(key) || key === 'applyImmediately' || textOf(value) === '') return [];
    if (key === 'publiclyAccessible') return [`publicly accessible ${textOf(value) === 'true' ? 'on' : 'off'}`];
    return [/password/i.test(key) ? 'password changed' : `${key} ${textOf(value)}`];
  });
  return listed(parts) || 'modified';
}

function databaseShare(request: Asked): string {
  const [added, removed] = ['valuesToAdd', 'valuesToRemove'].map((key) =>
    severalOf(memberOf(request, key))
      .map(textOf)
      .filter((one) => one !== ''),
  ) as [string[], string[]];
  const isPublic = added.includes('all');
  const others = removed.filter((one) => one !== 'all');
  return (
    joinWords(
      isPublic ? 'made public' : added.length > 0 ? `shared with ${listed(added)}` : '',
      others.length < removed.length ? 'no longer public' : '',
      others.length > 0 ? `no longer shared with ${listed(others)}` : '',
    ) || 'attributes changed'
  );
}

export const DATA_CHANGES: ChangeRules = {
  PutBucketPolicy: about(BUCKET, bucketPolicy),
  DeleteBucketPolicy: about(BUCKET, 'bucket policy deleted'),
  PutBucketAcl: about(BUCKET, acl),
  PutBucketPublicAccessBlock: about(BUCKET, accessBlock),
  PutPublicAccessBlock: about(BUCKET, accessBlock),
  DeleteBucketPublicAccessBlock: about(BUCKET, 'public access block removed'),
  DeletePublicAccessBlock: about(BUCKET, 'public access block removed'),
  PutBucketEncryption: about(BUCKET, encryption),
  PutBucketVersioning: about(BUCKET, versioning),
  PutObject: object(written),
  CopyObject: object(written),
  DeleteObject: object('deleted', 'deleted'),
  RestoreObject: object('restored'),
  PutObjectAcl: object(acl),
  ScheduleKeyDeletion: about(KEY, scheduled, 'pending deletion'),
  CancelKeyDeletion: about(KEY, 'deletion cancelled', 'disabled'),
  EnableKey: about(KEY, 'enabled', 'enabled'),
  DisableKey: about(KEY, 'disabled', 'disabled'),
  EnableKeyRotation: about(KEY, 'rotation on'),
  DisableKeyRotation: about(KEY, 'rotation off'),
  PutKeyPolicy: about(KEY, (request) => policyText('key policy', memberOf(request, 'policy'))),
  CreateGrant: about(KEY, grant),
  RevokeGrant: about(KEY, 'grant revoked'),
  RetireGrant: about(KEY, 'grant retired'),
  CreateAlias: alias('created'),
  UpdateAlias: alias('updated'),
  PutSecretValue: about(SECRET, 'new value'),
  DeleteSecret: about(SECRET, scheduled, 'pending deletion'),
  RestoreSecret: about(SECRET, 'deletion cancelled', 'restored'),
  RotateSecret: about(SECRET, 'rotation started'),
  UpdateFunctionCode: about(FUNCTION, 'code changed'),
  UpdateFunctionConfiguration: about(FUNCTION, 'configuration changed'),
  AddPermission: about(FUNCTION, permission),
  RemovePermission: about(FUNCTION, 'permission removed'),
  CreateFunctionUrlConfig: about(FUNCTION, functionUrl),
  UpdateFunctionUrlConfig: about(FUNCTION, functionUrl),
  PublishVersion: about(FUNCTION, (_, response) => `version ${textIn(response, 'version')} published`),
  StopLogging: about(TRAIL, 'logging stopped', 'not logging'),
  StartLogging: about(TRAIL, 'logging started', 'logging'),
  PutEventSelectors: about(TRAIL, (request) => joinWords('what it records changed', trailLossOf(request))),
  ModifyDBInstance: about(DATABASE, database),
  ModifyDBCluster: about(DATABASE, database),
  ModifyDBSnapshotAttribute: about(['dBSnapshotIdentifier'], databaseShare),
  ModifyDBClusterSnapshotAttribute: about(['dBClusterSnapshotIdentifier'], databaseShare),
};
