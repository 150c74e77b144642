// What an event's name says: CloudTrail's names are a verb and a noun in camel case (TerminateInstances,
// ListFunctions20150331, UpdateFunctionCode20150331v2).

/** Calls that change nothing, where the record does not say so itself (readOnly came with eventVersion 1.01 and is
 *  still missing in places). AssumeRole, Decrypt and the like are read-only as CloudTrail counts. */
const READ_PREFIX =
  /^(?:Get|List|Describe|Head|Lookup|BatchGet|BatchDescribe|BatchCheck|Search|Query|Scan|Select|View|Check|Test|Validate|Verify|Simulate|Preview|Estimate|Download|Filter|Count|Detect|Discover|Read|Retrieve|Receive|AssumeRole|Decrypt|Encrypt|GenerateDataKey|Poll|Browse|Export)(?![a-z])/;

const DESTRUCTIVE_PREFIX =
  /^(?:Delete|BatchDelete|Terminate|Remove|Detach|Deregister|Revoke|Disable|Stop|Release|Cancel|Purge|Destroy|Schedule(?=\w*Deletion)|Disassociate|Deactivate|Leave|Reset|Unassign|Untag|Unsubscribe|Abort|Force|Kill|Reject|Reboot|Drop|Close(?=Account)|Start(?=\w*Delete)|End(?=\w*Delete))(?![a-z])/;

/** What a verb of CloudTrail becomes in a sentence: [infinitive, past]. Verbs not listed take a plain -ed. */
const VERBS: Readonly<Record<string, readonly [string, string]>> = {
  Add: ['add', 'added'],
  Apply: ['apply', 'applied'],
  Begin: ['begin', 'began'],
  Build: ['build', 'built'],
  Buy: ['buy', 'bought'],
  Cancel: ['cancel', 'cancelled'],
  Copy: ['copy', 'copied'],
  Describe: ['look at', 'looked at'],
  Get: ['read', 'read'],
  Head: ['look at', 'looked at'],
  Lookup: ['look up', 'looked up'],
  Modify: ['modify', 'modified'],
  Put: ['set', 'set'],
  Query: ['query', 'queried'],
  Read: ['read', 'read'],
  Run: ['run', 'ran'],
  Scan: ['scan', 'scanned'],
  Send: ['send', 'sent'],
  Set: ['set', 'set'],
  Shut: ['shut', 'shut'],
  Simulate: ['simulate', 'simulated'],
  Stop: ['stop', 'stopped'],
  Tag: ['tag', 'tagged'],
  Unsubscribe: ['unsubscribe', 'unsubscribed'],
  Untag: ['untag', 'untagged'],
  Verify: ['verify', 'verified'],
  View: ['view', 'viewed'],
};

/** Verbs whose past is formed by rule; anything else at the front of a name is no verb that we know. */
const REGULAR = new Set(
  `Accept Activate Allocate Assign Associate Assume Attach Authorize Change Complete Confirm Connect Create Deactivate Decrypt
  Delete Deploy Deregister Destroy Detach Disable Disassociate Download Enable Encrypt Execute Export Filter Generate Grant
  Import Initiate Invite Invoke Issue Join Launch Leave List Merge Move Open Pause Poll Provision Publish Purchase
  Push Reboot Receive Record Redeem Refresh Register Reject Release Remove Rename Renew Replace Report Request Reset Resize
  Restart Restore Resume Retire Retrieve Revoke Rotate Schedule Search Select Share Sign Start Submit Subscribe Suspend
  Switch Terminate Test Transfer Unassign Update Upgrade Upload Validate`.split(/\s+/),
);
const IRREGULAR_PAST: Readonly<Record<string, string>> = {
  Leave: 'left',
  Reset: 'reset',
  Submit: 'submitted',
  Transfer: 'transferred',
};

export function isReadName(name: string): boolean {
  return READ_PREFIX.test(name) || INSIGHT.test(name);
}

/** As insightName begins, which no call's name does: an Insight changes nothing. */
const INSIGHT = /^Insight(?: Start| End)?(?::|$)/;

export function isDestructiveName(name: string): boolean {
  return DESTRUCTIVE_PREFIX.test(name);
}

/** An event name without the API date that old Lambda and CloudFront calls carry, and trimmed: the AWS guide's own
 *  sample has `"SendSSHPublicKey "`. */
export function plainName(name: string): string {
  return name.trim().replace(/_?\d{4}_?\d{2}_?\d{2}(?:v\d+)?$/i, '');
}

export type NamePhrase = {
  readonly infinitive: string;
  readonly past: string;
  /** The noun in plain words: 'security group', 'instances'; '' when the name is only a verb. */
  readonly noun: string;
};

/** 'TerminateInstances' → terminate, terminated, instances; null when the name does not begin with a known verb. */
export function phraseOfName(name: string): NamePhrase | null {
  // Cognito's AdminDeleteUser is DeleteUser by an administrator.
  const own = plainName(name).replace(/^Admin(?=[A-Z])/, '');
  const words = own.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g);
  const first = words?.[0];
  if (words === null || first === undefined) return null;
  const noun = words
    .slice(1)
    .map((word) => (word.length > 1 && word === word.toUpperCase() ? word : word.toLowerCase()))
    .join(' ');
  const known = Object.hasOwn(VERBS, first) ? VERBS[first] : undefined;
  if (known !== undefined) return { infinitive: known[0], past: known[1], noun };
  if (!REGULAR.has(first)) return null;
  const infinitive = first.toLowerCase();
  const past = IRREGULAR_PAST[first] ?? (infinitive.endsWith('e') ? `${infinitive}d` : `${infinitive}ed`);
  return { infinitive, past, noun };
}
