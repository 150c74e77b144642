// An IAM policy of the calls that events show: a start for least privilege. It names no action that was not called, and
// none by a wildcard. Its resources can be wider than what was called: an action is on * where the events name nothing
// that it can be limited to, on whole buckets or on * where they name too many things. The notes say each of these.
// What was only ever denied is apart, so that nobody grants what was refused for a reason; what cannot be mapped is told.

import { iamActionsOf } from './iam-actions.ts';
import { resourceArns } from './iam-resources.ts';

export type ActionUse = {
  /** eventSource */
  readonly source: string;
  /** eventName */
  readonly name: string;
  /** The event's resources, best label first. */
  readonly resources: readonly string[];
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
  const only: ByAction = new Map();
  for (const [action, resources] of refused) {
    const apart = new Set([...resources].filter((resource) => !allowed.get(action)?.has(resource)));
    if (apart.size > 0) only.set(action, apart);
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

type ByAction = Map<string, Set<string>>;

/** `prefix`: of the statements' names. What is to be known of it goes into the notes. */
function policyOf(byAction: ByAction, prefix: string, notes: string[]): Policy {
  const statements = grouped(byAction, prefix, notes);
  const policy: Policy = { Version: '2012-10-17', Statement: statements };
  for (const { Sid, Action, Resource } of statements) {
    const open = Action.filter((action) => byAction.get(action)?.has('*'));
    const partly = open.filter((action) => (byAction.get(action)?.size ?? 0) > 1);
    if (open.length > 0) notes.push(`${Sid} is on *: the events name nothing that its actions could be limited to`);
    if (partly.length > 0)
      notes.push(`${Sid}: of ${partly.join(', ')} that is so of some events only; the others name resources`);
    const secrets = Resource.filter((resource) => resource.endsWith('-??????'));
    if (secrets.length > 0)
      notes.push(`${Sid}: -?????? stands for the six characters that Secrets Manager appends to a secret’s name`);
  }
  const { length } = JSON.stringify(policy);
  if (length > MAX_POLICY) notes.push(`${length} characters: IAM takes ${MAX_POLICY} in a managed policy, so split it`);
  return policy;
}

/** 'signin.amazonaws.com ConsoleLogin' */
function whatWas({ source, name }: ActionUse): string {
  return `${source} ${name}`.trim() || 'an event without eventName';
}

function addResources(byAction: Map<string, Set<string>>, action: string, use: ActionUse): void {
  const known = byAction.get(action) ?? new Set();
  byAction.set(action, known);
  const arns = resourceArns({ action, ...use });
  if (arns.length === 0) known.add('*');
  for (const arn of arns) known.add(arn);
}

/** Actions with the same resources share a statement. */
function grouped(byAction: ByAction, prefix: string, notes: string[]): PolicyStatement[] {
  const groups = new Map<string, { actions: string[]; resources: readonly string[] }>();
  for (const action of [...byAction.keys()].sort()) {
    const resources = settled(action, byAction.get(action) ?? new Set(), notes);
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
