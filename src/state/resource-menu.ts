// Which of an event's resources to open the history of.

import { resourcesIn } from '../cloudtrail/resource-cell.ts';
import { isSameResource, plainNameOf } from '../cloudtrail/resource-names.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { type MenuPanel, openMenu } from './menu-panel.ts';

/** The first, so that `r r` is the one that the list shows; then digits, then letters that the menu does not move by. */
const KEYS = ['r', ...'123456789', ...'abcdefghilmnopstuvwxyz'];

/** What an event names, best label first, accounts last, each resource once: an id and the ARN that ends in it are one. */
export function resourceChoices({ cells }: TrailEvent): readonly string[] {
  const choices: string[] = [];
  for (const name of resourcesIn(cells.resource)) {
    if (!choices.some((other) => isSameResource(other, name))) choices.push(name);
  }
  // Whom something is shared with, mostly: an account is what a call is about only where it names nothing else.
  return [...choices.filter((name) => !isAccount(name)), ...choices.filter(isAccount)];
}

function isAccount(name: string): boolean {
  return /^(?:arn:[^:]*:iam::)?\d{12}(?::root)?$/.test(name);
}

/** `maxItems`: lines that there are for them. */
export function openResourceMenu(choices: readonly string[], maxItems: number): MenuPanel {
  const items = choices.slice(0, Math.max(1, Math.min(maxItems, KEYS.length))).map((name, k) => ({
    key: KEYS[k] as string,
    label: kindOf(name),
    note: name,
    id: name,
    blocked: null,
  }));
  const left = choices.length - items.length;
  const more = left > 0 ? `  (${left} more: :resource NAME)` : '';
  return openMenu('resource', `the history of …${more}`, items);
}

/** By how its id begins. */
const KINDS: Readonly<Record<string, string>> = {
  i: 'instance',
  vol: 'volume',
  snap: 'snapshot',
  ami: 'image',
  sg: 'security group',
  sgr: 'security group rule',
  eni: 'network interface',
  eipalloc: 'address',
  subnet: 'subnet',
  vpc: 'VPC',
  key: 'key pair',
  lt: 'launch template',
  igw: 'internet gateway',
  rtb: 'route table',
};

function kindOf(name: string): string {
  if (isAccount(name)) return 'account';
  const bucket = /^arn:[^:]*:s3:::([^/]+)(\/[^*])?/.exec(name);
  if (bucket !== null) return bucket[2] === undefined ? 'bucket' : 'object';
  const type = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:([a-z][a-z-]*)[:/]/i.exec(name);
  if (type !== null) return type[2] ?? 'resource';
  const prefix = /^([a-z]+)-[0-9a-f]{8}(?:[0-9a-f]{9})?$/.exec(plainNameOf(name))?.[1] ?? '';
  return Object.hasOwn(KINDS, prefix) ? (KINDS[prefix] as string) : name.startsWith('arn:') ? 'ARN' : 'name or id';
}
