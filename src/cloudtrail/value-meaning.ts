// A few words beside a value of a record, where it does not speak for itself: what an ARN names, when a number is, whose
// an account is, why a value is not there. Never a guess: what only may be so is said to be so, or nothing is.

import { addressMeaning } from './address-meaning.ts';
import { agentFamily, SERVICE_FAMILY } from './agent-family.ts';
import { arnMeaning } from './arn-meaning.ts';
import { lengthMeaning, numberMeaning } from './number-meaning.ts';
import { regionTitle } from './regions.ts';
import { timeIn, timeMeaning } from './time-meaning.ts';
import { wordMeaning } from './word-meaning.ts';

/** The event that a value belongs to. */
export type ValueOwner = {
  /** eventTime in ms; null where it is not stated. */
  readonly time: number | null;
  /** recipientAccountId, else userIdentity's; '' where neither is stated. */
  readonly account: string;
};

export type Scalar = string | number | boolean | null;

const NOBODY: ValueOwner = { time: null, account: '' };
/** Longer values have no meaning of their own; that they were cut may be one. */
const MAX_UNITS = 2048;

/** What begins the unique ids of IAM. Source: IAM User Guide, "IAM identifiers". */
const ID_KINDS: ReadonlyMap<string, string> = new Map([
  ['AKIA', 'long-term access key'],
  ['ASIA', 'temporary access key'],
  ['AROA', 'role id'],
  ['AIDA', 'user id'],
  ['AGPA', 'group id'],
  ['AIPA', 'instance profile id'],
  ['ANPA', 'managed policy id'],
  ['ANVA', 'version of a managed policy'],
  ['APKA', 'public key id'],
  ['ASCA', 'certificate id'],
  ['ABIA', 'STS service bearer token'],
  ['ACCA', 'context-specific credential'],
]);
/** As whom a policy or a grant is for; elsewhere it is the root user. */
const WHOLE_ACCOUNT = /^arn:aws[a-z-]*:iam::(\d{12}):root$/;
const EVERY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);
/** 20 or 21 letters and digits as base 32 has them; the documentation's examples have others. A team may be called
 *  ASIAPACIFICTEAM1. */
const UNIQUE_ID = /^(A[A-Z]{3})[A-Z2-7]{16,17}(?::(.+))?$/s;
const STATED_ID = /^(A[A-Z]{3})[A-Z0-9]{12,28}(?::(.+))?$/s;
const ID_KEY = /(?:key|principal|user|role|group)Id$/i;

/** '' where there is nothing to add. Total. What it says may hold parts of the value: not sanitised. `path`: from the
 *  record down to the value. */
export function valueMeaning(
  path: readonly (string | number)[],
  value: Scalar,
  zone: 'utc' | 'local',
  owner: ValueOwner = NOBODY,
): string {
  const key = keyOf(path);
  if (value === null) return '';
  if (typeof value === 'string' && value.length > MAX_UNITS) return '';
  const time = timeIn(key, value);
  if (time !== null) {
    const eventTime = key === 'eventTime' && path.length === 1 ? null : owner.time;
    return timeMeaning(time, value, zone, eventTime);
  }
  const told = wordMeaning(path, key, value) || numberMeaning(key, value);
  if (told !== '') return told;
  return typeof value === 'string' ? textMeaning(path, key, value, owner) : '';
}

function textMeaning(path: readonly (string | number)[], key: string, value: string, owner: ValueOwner): string {
  if (value.startsWith('arn:aws'))
    return isPrincipal(key) ? principalMeaning(value, owner.account) : arnMeaning(value, owner.account);
  if (/^\d{12}$/.test(value)) return accountMeaning(path, key, value, owner.account);
  const [, prefix = '', session] = (ID_KEY.test(key) ? STATED_ID : UNIQUE_ID).exec(value) ?? [];
  const kind = ID_KINDS.get(prefix);
  if (kind !== undefined) return session === undefined ? kind : `${kind} and session name`;
  if (/region$/i.test(key)) return regionTitle(value);
  if (key === 'userAgent') return agentMeaning(value);
  if (key === 'sourceIPAddress' && isServiceName(value)) return 'an AWS service';
  // Of a route, it is where packets go; elsewhere who may come.
  if (EVERY_ADDRESS.has(value) && /^destination|cidrBlock$/i.test(key)) return 'every address';
  return addressMeaning(value) || lengthMeaning(path, value);
}

function isPrincipal(key: string): boolean {
  return /^(?:AWS|(?:grantee|retiring)?principals?|(?:aws:)?principalArn)$/i.test(key);
}

function principalMeaning(value: string, own: string): string {
  const account = WHOLE_ACCOUNT.exec(value)?.[1];
  if (account === undefined) return arnMeaning(value, own);
  return own === '' || account === own ? 'the whole account' : 'the whole account, which is another';
}

function accountMeaning(path: readonly (string | number)[], key: string, value: string, own: string): string {
  if (!/account|owner|principal|^aws$/i.test(key) || own === '' || (path.length === 1 && value === own)) return '';
  if (value !== own) return 'another account';
  return path[0] === 'userIdentity' ? '' : "the event's account";
}

function agentMeaning(value: string): string {
  const cut = lengthMeaning(['userAgent'], value);
  const family = agentFamily(value);
  const start = value
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');
  const isSaid = family === '' || family === 'other' || start.startsWith(family);
  const told = isSaid ? '' : family === SERVICE_FAMILY ? 'an AWS service' : family;
  return [told, cut].filter((part) => part !== '').join('; ');
}

function isServiceName(value: string): boolean {
  return /^[a-z0-9.-]+\.(?:amazonaws\.com(?:\.cn)?|aws\.internal)$/.test(value);
}

/** The innermost name: elements of a list have that of the list. */
function keyOf(path: readonly (string | number)[]): string {
  const key = path.findLast((segment) => typeof segment === 'string');
  return typeof key === 'string' ? key : '';
}
