// What each record of fixtures/records/identity-shapes.ndjson says about its caller, thought out by hand from AWS's
// documentation ("CloudTrail userIdentity element", "Log Amazon EC2 and Amazon EBS API calls with AWS CloudTrail") and
// not taken from the program. One record for each shape of userIdentity that was found in public trails.

/** Answers: root or IAM user credentials, a role's or federated user's, on behalf of an Identity Center user, made by a
 *  service; `-` for not stated. Chain: `?` after a name that the caller could choose. */
export type ExpectedIdentity = readonly [id: string, answers: string, who: string, chain: string];

const SERVICES_SESSION = 'no yes - yes';
const SESSION = 'no yes - -';
const USER = 'yes no - -';
/** Of a sign-in that failed: whom it claims to be. */
const CLAIMED = '- no - -';
const USER_THROUGH_SERVICE = 'yes no - yes';

// biome-ignore format: one record a line, so that the columns can be read
export const IDENTITY_TABLE: readonly ExpectedIdentity[] = [
  // The event is the service's, the call was not: another account's session mounted the file system.
  ['client of another account, written down by the service', SESSION, '444455556666', 'mount? → role AROAEXAMPLEPARTNER01 of account 444455556666'],
  ['service with nothing but its name', 'no no - yes', 'delivery.logs.amazonaws.com', 'by delivery.logs.amazonaws.com'],
  ['service with a role of the account', 'no no - yes', 'vpc-flow-logs.amazonaws.com', 'by vpc-flow-logs.amazonaws.com'],
  // An address proves nothing: "AWS Internal" there leaves the service open.
  ['role session through AWS Internal as address', SESSION, 'janitor/dave', 'dave? → role janitor'],
  ['role session through a service, with a broken ARN', SERVICES_SESSION, 'Launch/erin', 'erin? → role Launch → by servicecatalog.amazonaws.com'],
  ['role session whose ARN is of another account than accountId', SESSION, 'Build/frank', 'frank? → role Build'],
  ['role session without a key', SESSION, 'Sandbox/grace', 'grace? → role Sandbox'],
  ['role session without a context', SESSION, 'callers/nightly', 'nightly? → role callers'],
  ['role session through a service, with a key', SERVICES_SESSION, 'recorder/recording', 'recording? → role recorder → by config.amazonaws.com'],
  // Only IAM Identity Center names the sessions of its permission sets: after the person.
  ['permission set signs in to the console', SESSION, 'Admin/alice@example.com', 'alice@example.com → role Admin'],
  ['role session through a service, without a key', SERVICES_SESSION, 'recorder/composing', 'composing? → role recorder → by config.amazonaws.com'],
  ['role session with every value blacked out', SESSION, 'xxxxxxxxxxxx', 'role xxxxxxxxxxxx'],
  ['role session through a service, of an old version', SERVICES_SESSION, 'stacks-service-role/Stacks', 'Stacks? → role stacks-service-role → by opsworks.amazonaws.com'],
  // EC2 names the session after the instance, and CloudTrail says how the instance got it.
  ['instance by IMDSv2', SESSION, 'web/i-0ab12cd34ef567890', 'i-0ab12cd34ef567890 → role web'],
  ['instance by IMDSv1', SESSION, 'batch/i-0fe98dc76ba543210', 'i-0fe98dc76ba543210 → role batch'],
  // No ARN of the role shows that it lies in Identity Center's path.
  ['session of a role that is named like a permission set', SESSION, 'Developer/heidi', 'heidi? → role Developer'],
  ['role session with an empty issuer and no session name', SESSION, 'OpenDoors', 'role OpenDoors'],
  ['role session with an ARN and a key', SESSION, 'Bridge/ivan', 'ivan? → role Bridge'],
  ['role session with an ARN, named like a permission set', SESSION, 'Audit/judy@example.com', 'judy@example.com? → role Audit'],
  ['role session with an issuer but no names of its own', SESSION, 'Partner', 'role Partner'],
  ['role session with a user name as well', SESSION, 'saml-admin/mallory@example.com', 'mallory@example.com? → role saml-admin'],
  ['role session with keys in lower case', SESSION, 'NetAdmin/niaj', 'niaj? → role NetAdmin'],
  ['role session through a service, with a misspelt key', SERVICES_SESSION, 'stack-maker/olivia', 'olivia? → role stack-maker → by servicecatalog.amazonaws.com'],
  // Anybody may call a session by an instance's id: nothing says that an instance got it.
  ['session named after an instance, without its delivery', SESSION, 'shop/i-0123456789abcdef0', 'i-0123456789abcdef0? → role shop'],
  ['role session with an ARN, through a service', SERVICES_SESSION, 'shop/i-0123456789abcdef0', 'i-0123456789abcdef0? → role shop → by ecs.amazonaws.com'],
  ['role session without issuer, principal or key', SESSION, 'Night/peggy', 'peggy? → role Night'],
  // AWS's own examples have such ids with role sessions: type and ARN agree, so they decide.
  ["role session with a user's principal id", SESSION, 'Ops/rupert', 'rupert? → role Ops'],
  // Whether that is a role's name or a person's is not known.
  ['role session with nothing but a user name', SESSION, 'Sentinel', ''],
  ['role session from the console with MFA', SESSION, 'Support/sybil', 'sybil? → role Support'],
  ['product provider with temporary delegated access', SESSION, 'Deployer/rollout', 'rollout? → role Deployer → delegate 999988887777'],
  ['web identity session with a source identity', SESSION, 'mobile/visit-12', 'source identity trent@example.com (set when the session began) → visit-12? → role mobile'],
  // The role's path is not Identity Center's, so its name is left as it is; the user's id is stated.
  ['identity-enhanced session of a function, with everything', 'no yes yes -', 'AWSReservedSSO_Viewer_00112233445566/victor@example.com', 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111 → role AWSReservedSSO_Viewer_00112233445566'],
  ['federated user without an issuer', SESSION, 'visitor', 'visitor?'],
  ['federated user by an IAM user', SESSION, 'broker/guest', 'guest? → issued by IAM user broker'],
  ['IAM user without a name, from the console', USER, '10001', ''],
  ['IAM user with an empty issuer', USER, 'walter@example.com', 'walter@example.com'],
  // Type and ARN contradict each other: "no" to a role's session would be a guess.
  ['IAM user with the ARN of a role session', 'yes - - -', 'PORTAL_USER', 'PORTAL_USER'],
  ['IAM user with a session, without key and principal', USER, 'wendy@example.com', 'wendy@example.com'],
  ['IAM user signs in with MFA', USER, 'emergency', 'emergency'],
  ['IAM user without a name, with a long-term key', USER, 'platform', 'platform'],
  ['IAM user whose session root issued', USER, 'yvonne', 'yvonne'],
  // Anybody can enter a name.
  ['IAM user fails to sign in, key empty', CLAIMED, 'zoe', 'zoe?'],
  ['IAM user with a session through the sign-in', USER_THROUGH_SERVICE, 'arthur', 'arthur → by signin.amazonaws.com'],
  ['sign-in with a name that no user has', CLAIMED, 'HIDDEN_DUE_TO_SECURITY_REASONS', ''],
  // A session's key, but of GetSessionToken or the console: still the user's own credentials.
  ['IAM user with a session key', USER, 'beatrice', 'beatrice'],
  ['IAM user through a service, without a key', USER_THROUGH_SERVICE, 'clara', 'clara → by cloudformation.amazonaws.com'],
  ['IAM user through a service that is not named', USER_THROUGH_SERVICE, 'doris', 'doris → by AWS (service not named)'],
  ['IAM user with the key in lower case', USER, 'edith', 'edith'],
  ['IAM user with nothing but a name fails to sign in', CLAIMED, 'felix', 'felix?'],
  ['IAM user with a session and a misspelt key', USER, 'gustav', 'gustav'],
  ['IAM user named by the ARN alone', USER, 'hanna', 'hanna'],
  ['IAM user without a principal', USER, 'ines', 'ines'],
  ["IAM user with a role session's principal id", 'yes - - -', 'AROAEXAMPLEMIXED0001:jonas', ''],
  ['no type, but the issuer of a role session', SESSION, '.', 'role .'],
  ['service event without a type', '- - - yes', 'kms.amazonaws.com', 'by kms.amazonaws.com'],
  ['root from the console with MFA', USER, 'root', 'root'],
  ['root with a session but no key', USER, 'root', 'root'],
  ['root through a service', USER_THROUGH_SERVICE, 'root', 'root → by autoscaling.amazonaws.com'],
  ['root without a key', USER, 'root', 'root'],
  ['root signs in, key empty', USER, 'root', 'root'],
  ['root with an alias, through the sign-in', USER_THROUGH_SERVICE, 'root', 'root → by signin.amazonaws.com'],
  ['root fails to sign in', CLAIMED, 'root', 'root?'],
  ['root fails to sign in, with nothing but a name', CLAIMED, 'root', 'root?'],
  ['root with a session through the sign-in', USER_THROUGH_SERVICE, 'root', 'root → by signin.amazonaws.com'],
  ['root with a session', USER, 'root', 'root'],
  ['root with an empty and a misspelt key', USER, 'root', 'root'],
  // They ask for credentials and hold none yet.
  ['SAML user', 'no no - -', 'karl@example.com', 'karl@example.com'],
  ['unknown with nothing but an account', '- - - -', '111122223333', ''],
  ['unknown with the name of an Identity Center user', '- - - -', 'Laura Example', 'Laura Example'],
  ['web identity', 'no no - -', 'repo:example/shop:ref:main', 'repo:example/shop:ref:main'],
  ['no identity at all', '- - - -', '', ''],
];
