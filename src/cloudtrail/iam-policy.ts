// An IAM policy of the calls that events show: a start for least privilege, never more than what was called. It never
// names an action by a wildcard; what it could not map it says.

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
};

export type PolicyStatement = {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
};

export type Policy = { readonly Version: '2012-10-17'; readonly Statement: readonly PolicyStatement[] };

export type PolicyReport = {
  readonly policy: Policy;
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
  const byAction = new Map<string, Set<string>>();
  for (const use of uses) {
    const called = iamActionsOf(use.source, use.name);
    if (called.kind === 'none') unmapped.set(whatWas(use), called.why);
    else for (const action of called.actions) addResources(byAction, action, use);
  }
  const notes: string[] = [];
  const statements = grouped(byAction, notes);
  const policy: Policy = { Version: '2012-10-17', Statement: statements };
  addNotes(notes, byAction, policy);
  return { policy, unmapped: [...unmapped].map(([what, why]) => ({ what, why })), notes };
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
function grouped(byAction: ReadonlyMap<string, ReadonlySet<string>>, notes: string[]): PolicyStatement[] {
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
    Sid: sidOf(actions, at),
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

function addNotes(notes: string[], byAction: ReadonlyMap<string, unknown>, policy: Policy): void {
  const passing = [...byAction.keys()].filter((action) => PASS_ROLE.has(action)).sort();
  if (passing.length > 0) notes.push(`${passing.join(', ')}: add iam:PassRole on the role, where one is passed`);
  if (byAction.has('ec2:RunInstances')) notes.push('ec2:RunInstances: add ec2:CreateTags, where it tags');
  const wide = policy.Statement.find((statement) => statement.Resource[0] === '*');
  if (wide !== undefined)
    notes.push(`${wide.Sid} is on *: the events name nothing that its actions could be limited to`);
  const length = JSON.stringify(policy).length;
  if (length > MAX_POLICY) {
    notes.push(`${length} characters: IAM takes ${MAX_POLICY} in a managed policy, so split it`);
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
