// What to load where the call that began a session is not there: a search that finds it, in a form that LookupEvents can
// be asked (one eventName and a span), and in words whose records those are.

import type { Cells } from '../cloudtrail/fields.ts';
import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import { principalOfArn } from '../cloudtrail/principal.ts';
import { accountOfArn, isAssumedRoot, longestSessionMs } from '../cloudtrail/session-link.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withSpan, withTerm } from '../query/edit.ts';
import { literalPattern } from '../query/pattern.ts';
import type { Query } from '../query/query.ts';
import type { Missing, Origin } from './sessions.ts';

/** Clocks of services differ by seconds. */
const AROUND_MS = 60_000;

/** `record`: of one of the session's events; `created`, `first`: ms since the epoch. */
export function missingOrigin(
  record: unknown,
  { cells }: TrailEvent,
  created: number | null,
  first: number | null,
): Extract<Origin, { readonly kind: 'missing' }> {
  const { calls, text } = beginningOf(record, cells);
  const { session } = principalOfArn(cells.arn);
  const isSignIn = calls.includes('ConsoleLogin');
  const isOfKey = cells.key !== '' && !isSignIn;
  const name: Query = { kind: 'field', path: 'name', values: calls.map(literalPattern) };
  // LookupEvents compares one value: where there are two names, the user's.
  const own = [
    fieldTerm('arn', cells.arn),
    ...(calls.length > 1 && cells.user !== '' ? [fieldTerm('user', cells.user)] : []),
  ];
  const terms = isSignIn
    ? own
    : isOfKey
      ? [fieldTerm('issued', cells.key)]
      : session !== ''
        ? [fieldTerm('requestParameters.roleSessionName', session)]
        : [];
  const query = terms.reduce<Query>(withTerm, name);
  const account = accountOfArn(cells.arn) || cells.caller || cells.account;
  const of = calls.includes('AssumeRoot')
    ? ' of the organization’s management account, or of its delegated administrator'
    : account === ''
      ? ''
      : ` of account ${account}`;
  const region =
    calls.length > 1
      ? 'in the Region of the STS endpoint or of the sign-in page (mostly us-east-1)'
      : isSignIn
        ? 'in the Region of the sign-in page (mostly us-east-1)'
        : 'in the Region of the STS endpoint (us-east-1 for the global one)';
  const by = calls.length > 1 && cells.user !== '' ? `Username=${cells.user}` : `EventName=${calls.join(' or ')}`;
  const how = isOfKey
    ? `; event history finds it by ${by}, and by AccessKeyId only what was done with the key`
    : `; event history finds it by ${by}`;
  const where = `the trail or event history${of}, ${region}${how}`;
  const missing = { kind: 'missing', account: calls.includes('AssumeRoot') ? '' : account } as const;
  if (created !== null) {
    return {
      ...missing,
      query: withSpan(query, created - AROUND_MS, created + AROUND_MS),
      needs: `${text} of ${timeText(created)} is not loaded: it is in ${where}`,
    };
  }
  if (first !== null) {
    const longest = Math.max(...calls.map(longestSessionMs));
    return {
      ...missing,
      query: withSpan(query, first - longest, first + AROUND_MS),
      needs: `${text} before ${timeText(first)} is not loaded: it is in ${where}`,
    };
  }
  return { ...missing, query, needs: `${text} is not loaded, and no event states a time: it is in ${where}` };
}

/** The other account's record of a call that this account's tells no caller of: it does. Null where nothing says which. */
export function missingPartner(record: unknown, { cells, time }: TrailEvent, account: string): Missing | null {
  const shared = textOf(objectOf(record).sharedEventID);
  if (account === '') return null;
  const by = shared === '' ? '' : `, sharedEventID ${shared}`;
  const needs = `who in ${account} called is in that account's own record of it (trail or event history)${by}`;
  const terms = [fieldTerm('account', account), ...(shared === '' ? [] : [fieldTerm('sharedEventID', shared)])];
  const query = terms.reduce<Query>(withTerm, fieldTerm('name', cells.name));
  return { account, needs, query: time === null ? query : withSpan(query, time - AROUND_MS, time + AROUND_MS) };
}

const BROWSER = /^Mozilla\/|console\.amazonaws\.com/;

/** The names of the calls of which one must have been, as far as the session's own record tells; and how to say that. */
function beginningOf(record: unknown, { arn }: Cells): { readonly calls: readonly string[]; readonly text: string } {
  const one = (call: string) => ({ calls: [call], text: call });
  const { userIdentity, userAgent } = objectOf(record);
  if (isAssumedRoot(record)) return one('AssumeRoot');
  switch (principalOfArn(arn).kind) {
    case 'federated':
      return one('GetFederationToken');
    case 'user':
      if (isFromConsole(record)) return one('ConsoleLogin');
      return BROWSER.test(textOf(userAgent))
        ? {
            calls: ['ConsoleLogin', 'GetSessionToken'],
            text: 'ConsoleLogin (likely: a browser called) or GetSessionToken',
          }
        : { calls: ['GetSessionToken', 'ConsoleLogin'], text: 'GetSessionToken or ConsoleLogin' };
    case 'root':
      // Records before eventVersion 1.08 do not say that they are from the console.
      return isFromConsole(record) || BROWSER.test(textOf(userAgent))
        ? one('ConsoleLogin')
        : { calls: ['GetSessionToken', 'ConsoleLogin'], text: 'GetSessionToken or ConsoleLogin' };
    default: {
      const context = objectOf(objectOf(userIdentity).sessionContext);
      const provider = textOf(objectOf(context.webIdFederationData).federatedProvider);
      return one(provider === '' ? 'AssumeRole' : 'AssumeRoleWithWebIdentity');
    }
  }
}

/** sessionCredentialFromConsole stands in records since eventVersion 1.08, as text. */
function isFromConsole(record: unknown): boolean {
  return textOf(objectOf(record).sessionCredentialFromConsole) === 'true';
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
