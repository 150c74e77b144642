// THE table of fields. Columns of the list, names in the search language, dictionary tables of the store,
// completion and export all read this one list, so a field is added in one place.
//
// `kind` decides how a field is stored and searched:
// - name:  few distinct values that people half remember (event names, people, Regions): fuzzy;
// - value: many distinct values (addresses, resources, keys): case-insensitive substring;
// - time:  eventTime, kept as milliseconds since the epoch;
// - record: only in the record's text (eventID, requestID): unique per event, so no dictionary pays;
// - derived: in no record; the store works it out from what is loaded.

export type FieldKind = 'name' | 'value' | 'time' | 'record' | 'derived';

export type Field = {
  /** Short name in the search language. */
  readonly id: string;
  /** Where CloudTrail keeps it, spelt as CloudTrail spells it (aliases of the search language too). */
  readonly path: string;
  readonly kind: FieldKind;
  /** What a reader of the help is told. */
  readonly about: string;
};

export const FIELDS = [
  { id: 'time', path: 'eventTime', kind: 'time', about: 'when the call was completed' },
  { id: 'name', path: 'eventName', kind: 'name', about: 'the call, e.g. RunInstances' },
  { id: 'source', path: 'eventSource', kind: 'name', about: 'the service, e.g. ec2.amazonaws.com (ec2 will do)' },
  {
    id: 'who',
    path: '',
    kind: 'name',
    about: 'the person as the list shows them (role/session, user, root, service), or either half of role/session',
  },
  {
    id: 'user',
    path: 'userIdentity.userName',
    kind: 'name',
    about: 'IAM user name, or the session name of a role session',
  },
  {
    id: 'role',
    path: 'userIdentity.sessionContext.sessionIssuer.userName',
    kind: 'name',
    about: 'the role behind a session',
  },
  { id: 'session', path: '', kind: 'name', about: 'the role session name' },
  { id: 'type', path: 'userIdentity.type', kind: 'name', about: 'IAMUser, AssumedRole, Root, AWSService …' },
  { id: 'error', path: 'errorCode', kind: 'name', about: 'errorCode, or errorMessage where there is no code' },
  { id: 'region', path: 'awsRegion', kind: 'name', about: 'awsRegion' },
  {
    id: 'account',
    path: 'recipientAccountId',
    kind: 'value',
    about: 'recipientAccountId, else the account of userIdentity',
  },
  { id: 'caller', path: 'userIdentity.accountId', kind: 'value', about: 'the account the caller belongs to' },
  { id: 'key', path: 'userIdentity.accessKeyId', kind: 'value', about: 'access key id' },
  { id: 'arn', path: 'userIdentity.arn', kind: 'value', about: 'ARN of the caller' },
  { id: 'service', path: 'userIdentity.invokedBy', kind: 'name', about: 'the AWS service that made the call' },
  { id: 'ip', path: 'sourceIPAddress', kind: 'value', about: 'source address, or the service it came from' },
  { id: 'agent', path: 'userAgent', kind: 'value', about: 'user agent' },
  { id: 'resource', path: 'resources', kind: 'value', about: 'any resource name, id or ARN of the event' },
  { id: 'message', path: 'errorMessage', kind: 'value', about: 'error message' },
  { id: 'eventType', path: 'eventType', kind: 'name', about: 'AwsApiCall, AwsConsoleSignIn, AwsServiceEvent …' },
  { id: 'category', path: 'eventCategory', kind: 'name', about: 'Management, Data, NetworkActivity, Insight' },
  { id: 'readOnly', path: 'readOnly', kind: 'name', about: 'true for calls that change nothing' },
  {
    id: 'mfa',
    path: 'userIdentity.sessionContext.attributes.mfaAuthenticated',
    kind: 'name',
    about: 'true, false, or absent: not stated',
  },
  { id: 'created', path: '', kind: 'value', about: "when the caller's session began: its creationDate" },
  {
    id: 'issued',
    path: '',
    kind: 'value',
    about: 'access key id that the call handed out: AssumeRole, GetSessionToken, CreateAccessKey …',
  },
  { id: 'id', path: 'eventID', kind: 'record', about: 'eventID' },
  { id: 'request', path: 'requestID', kind: 'record', about: 'requestID' },
  { id: 'family', path: '', kind: 'derived', about: 'kind of user agent: aws-cli, boto3, console, terraform …' },
  {
    id: 'first',
    path: '',
    kind: 'derived',
    about: 'new for this person in what is loaded: who, call, ip, region, family',
  },
  {
    id: 'person',
    path: '',
    kind: 'derived',
    about: 'the person behind the call, under whatever role, as far as keys and sign-ins tell',
  },
] as const satisfies readonly Field[];

export type FieldId = (typeof FIELDS)[number]['id'];

/** Fields with a dictionary in the store: one integer a row, each distinct value once. */
export type StoredFieldId = Exclude<FieldId, 'time' | 'id' | 'request' | DerivedFieldId>;

export type DerivedFieldId = Extract<(typeof FIELDS)[number], { readonly kind: 'derived' }>['id'];

export const STORED_FIELDS: readonly StoredFieldId[] = FIELDS.filter(
  (field) => field.kind === 'name' || field.kind === 'value',
).map((field) => field.id as StoredFieldId);

/** What one event says for each stored field; '' where the record does not state it.
 *  `resource` holds every resource name, id and ARN, best first, joined by RESOURCE_SEPARATOR. */
export type Cells = Readonly<Record<StoredFieldId, string>>;

/** Unit separator: no resource name holds it. */
export const RESOURCE_SEPARATOR = '\u001f';

const BY_NAME = new Map<string, Field>(
  FIELDS.flatMap((field) => [
    [field.id.toLowerCase(), field] as const,
    ...(field.path === '' ? [] : [[field.path.toLowerCase(), field] as const]),
  ]),
);

/** A field by its short name or CloudTrail's spelling, whatever the case; undefined for any other path. */
export function findField(name: string): Field | undefined {
  return BY_NAME.get(name.toLowerCase());
}
