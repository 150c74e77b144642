// An IAM policy of the calls that events show: a start for least privilege. It names no action that was not called, and
// none by a wildcard. Its resources can be wider than what was called: an action is on * where what the records name could
// not be mapped to a resource, on whole buckets or on * where they name too many things. The notes say each of these.
// What was only ever denied is apart, so that nobody grants what was refused for a reason; what cannot be mapped is told.

import { iamActionsOf } from './iam-actions.ts';
import type { NamedParts } from './iam-named-parts.ts';
import { limitsOf } from './iam-resources.ts';

export type ActionUse = {
  /** eventSource */
  readonly source: string;
  /** eventName */
  readonly name: string;
  /** The event's resources, best label first. */
  readonly resources: readonly string[];
  /** What the record names by what it is; without it only ARNs and ids tell that. */
  readonly parts?: NamedParts | undefined;
  /** It stands for several events whose resources are alike, and `parts` is of one of them. */
  readonly isSample?: boolean;
  readonly account: string;
  readonly region: string;
  /** The call was refused: no policy allowed it, or one denied it. */
  readonly isDenied?: boolean;
};

export type PolicyStatement = {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
};

export type Policy = { readonly Version: '2012-10-17'; readonly Statement: readonly PolicyStatement[] };

export type PolicyReport = {
  /** What was not denied. A call that failed otherwise needed its permission all the same. */
  readonly policy: Policy;
  /** What was only ever denied: actions, or resources of an action that was not denied elsewhere. */
  readonly denied: Policy;
  /** Calls without an action of IAM, each once: 'signin.amazonaws.com ConsoleLogin'. */
  readonly unmapped: readonly { readonly what: string; readonly why: string }[];
  /** What a reader has to know before using it. */
  readonly notes: readonly string[];
};

/** More ARNs than this say "many of them": a policy may be 6,144 characters long. */
const MAX_RESOURCES = 40;
const MAX_POLICY = 6144;

/** Calls that hand a role to a service: whoever makes them needs iam:PassRole too, which no event records. */
const PASS_ROLE = new Set([
  'ec2:RunInstances',
  'ec2:AssociateIamInstanceProfile',
  'ec2:RequestSpotInstances',
  'lambda:CreateFunction',
  'lambda:UpdateFunctionConfiguration',
  'ecs:RegisterTaskDefinition',
  'ecs:RunTask',
  'cloudformation:CreateStack',
  'cloudformation:UpdateStack',
  'glue:CreateJob',
  'sagemaker:CreateNotebookInstance',
  'states:CreateStateMachine',
]);

/** The policy that allows these calls, by sets of resources. */
export function policyFor(uses: readonly ActionUse[]): PolicyReport {
  const unmapped = new Map<string, string>();
  const allowed: ByAction = new Map();
  const refused: ByAction = new Map();
  for (const use of uses) {
    const called = iamActionsOf(use.source, use.name);
    const byAction = use.isDenied ? refused : allowed;
    if (called.kind === 'none') unmapped.set(whatWas(use), called.why);
    else for (const action of called.actions) addResources(byAction, action, use);
  }
  const paths = knownPaths(uses);
  for (const named of [...allowed.values(), ...refused.values()]) addPaths(named, paths);
  const only: ByAction = new Map();
  for (const [action, resources] of refused) {
    const apart = new Set([...resources.arns].filter((arn) => !allowed.get(action)?.arns.has(arn)));
    if (apart.size > 0) only.set(action, { ...resources, arns: apart });
  }
  const notes: string[] = [];
  const policy = policyOf(allowed, '', notes);
  for (const { Sid, Action, Resource } of policy.Statement) {
    const isWide = Resource.some((resource) => resource === '*' || resource.endsWith('/*'));
    const mixed = isWide ? Action.filter((action) => only.has(action)) : [];
    if (mixed.length > 0)
      notes.push(`${Sid} is wider than what was called, so it may cover denied calls of ${mixed.join(', ')}`);
  }
  const denied = policyOf(only, 'Denied', notes);
  addNotes(notes, new Set([...allowed.keys(), ...only.keys()]));
  return { policy, denied, unmapped: [...unmapped].map(([what, why]) => ({ what, why })), notes };
}

/** `arns`: "*" among them where an event named none, for the reasons in `whys`. `pathless`: see Limits. */
type Named = { readonly arns: Set<string>; readonly whys: Set<string>; readonly pathless: Set<string> };
type ByAction = Map<string, Named>;

/** `prefix`: of the statements' names. What is to be known of it goes into the notes. */
function policyOf(byAction: ByAction, prefix: string, notes: string[]): Policy {
  const statements = grouped(byAction, prefix, notes);
  const policy: Policy = { Version: '2012-10-17', Statement: statements };
  const pathless: string[] = [];
  const secrets: string[] = [];
  for (const { Sid, Action, Resource } of statements) {
    const open = Action.filter((action) => byAction.get(action)?.arns.has('*'));
    const partly = open.filter((action) => (byAction.get(action)?.arns.size ?? 0) > 1);
    for (const [why, actions] of byReason(open, byAction))
      notes.push(`${Sid} is on *: could not be mapped to a resource: ${actions.join(', ')} (${why})`);
    if (partly.length > 0)
      notes.push(`${Sid}: of ${partly.join(', ')} that is so of some events only; the others name resources`);
    if (Action.some((action) => Resource.some((arn) => byAction.get(action)?.pathless.has(arn)))) pathless.push(Sid);
    const whole = Action.filter((action) => [...(byAction.get(action)?.arns ?? [])].some(isWholeBucket));
    if (whole.length > 0 && !Resource.includes('*'))
      notes.push(`${Sid} is on whole buckets: of ${whole.join(', ')} a record does not name the objects`);
    if (Resource.some((resource) => resource.endsWith('-??????'))) secrets.push(Sid);
  }
  if (pathless.length > 0)
    notes.push(
      `${pathless.join(', ')}: records name users and roles without their paths; put a path in where one has it`,
    );
  if (secrets.length > 0)
    notes.push(`${secrets.join(', ')}: -?????? stands for the six characters that Secrets Manager appends to a name`);
  const { length } = JSON.stringify(policy);
  if (length > MAX_POLICY) notes.push(`${length} characters: IAM takes ${MAX_POLICY} in a managed policy, so split it`);
  return policy;
}

/** 'signin.amazonaws.com ConsoleLogin' */
function whatWas({ source, name }: ActionUse): string {
  return `${source} ${name}`.trim() || 'an event without eventName';
}

function addResources(byAction: ByAction, action: string, use: ActionUse): void {
  const known: Named = byAction.get(action) ?? { arns: new Set(), whys: new Set(), pathless: new Set() };
  byAction.set(action, known);
  const limits = limitsOf({ action, ...use });
  if (limits.kind === 'open') {
    known.arns.add('*');
    known.whys.add(limits.why);
    return;
  }
  for (const arn of limits.arns) {
    known.arns.add(arn);
    if (limits.pathless) known.pathless.add(arn);
  }
}

const WITH_PATH = /^(arn:[^:]+:iam::\d{12}:(?:role|user|group|instance-profile)\/)(?:[\w+=,.@-]+\/)+([\w+=,.@-]+)$/;

/** ARNs with paths that IAM's own events state, by the ARN without: names are unique in an account, whatever the path. */
function knownPaths(uses: readonly ActionUse[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { source, resources, isDenied } of uses) {
    if (source !== 'iam.amazonaws.com' || isDenied) continue;
    for (const arn of resources) {
      const [, before, name] = WITH_PATH.exec(arn) ?? [];
      if (before !== undefined) paths.set(`${before}${name}`, arn);
    }
  }
  return paths;
}

function addPaths({ arns, pathless }: Named, paths: ReadonlyMap<string, string>): void {
  for (const arn of pathless) {
    const known = paths.get(arn);
    if (known === undefined) continue;
    pathless.delete(arn);
    arns.delete(arn);
    arns.add(known);
  }
}

function byReason(actions: readonly string[], byAction: ByAction): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const action of actions) {
    const why = [...(byAction.get(action)?.whys ?? [])].join('; ');
    const same = reasons.get(why) ?? [];
    reasons.set(why, same);
    same.push(action);
  }
  return reasons;
}

/** A name’s own * is written otherwise: see literal() of iam-resources.ts. */
const isWholeBucket = (arn: string) => /:s3:::[^/]+\/\*$/.test(arn);

/** Actions with the same resources share a statement. */
function grouped(byAction: ByAction, prefix: string, notes: string[]): PolicyStatement[] {
  const groups = new Map<string, { actions: string[]; resources: readonly string[] }>();
  for (const action of [...byAction.keys()].sort()) {
    const resources = settled(action, byAction.get(action)?.arns ?? new Set(), notes);
    const key = resources.join('\n');
    const group = groups.get(key) ?? { actions: [], resources };
    group.actions.push(action);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort((a, b) => compare(a.actions[0] ?? '', b.actions[0] ?? ''));
  return sorted.map(({ actions, resources }, at) => ({
    Sid: `${prefix}${sidOf(actions, at)}`,
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
  }));
}

function settled(action: string, resources: ReadonlySet<string>, notes: string[]): readonly string[] {
  if (resources.has('*')) return ['*'];
  const arns = [...new Set([...resources].map((arn) => (resources.size > MAX_RESOURCES ? bucketOf(arn) : arn)))].sort();
  if (arns.length > MAX_RESOURCES) {
    notes.push(`${action} on * instead of the ${arns.length} resources it was called on: narrow it`);
    return ['*'];
  }
  if (arns.length < resources.size) notes.push(`${action} on whole buckets instead of ${resources.size} objects`);
  return arns;
}

/** arn:aws:s3:::bucket/key → arn:aws:s3:::bucket/* */
function bucketOf(arn: string): string {
  return arn.replace(/^(arn:[^:]+:s3:::[^/]+\/).*$/s, '$1*');
}

function sidOf(actions: readonly string[], at: number): string {
  const services = new Set(actions.map((action) => action.slice(0, action.indexOf(':'))));
  const name = services.size === 1 ? [...services][0] : 'several';
  return `${pascal(name ?? '')}${at + 1}`;
}

function pascal(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** What no event of a call records. */
function addNotes(notes: string[], actions: ReadonlySet<string>): void {
  const passing = [...actions].filter((action) => PASS_ROLE.has(action)).sort();
  if (passing.length > 0) notes.push(`${passing.join(', ')}: add iam:PassRole on the role, where one is passed`);
  if (actions.has('ec2:RunInstances')) notes.push('ec2:RunInstances: add ec2:CreateTags, where it tags');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
