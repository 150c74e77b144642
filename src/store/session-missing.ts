// What to load where the call that began a session is not there: a search that finds it, in a form that LookupEvents can
// be asked (one eventName and a span), and in words whose records those are.

import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import { principalOfArn } from '../cloudtrail/principal.ts';
import { accountOfArn, longestSessionMs } from '../cloudtrail/session-link.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withSpan, withTerm } from '../query/edit.ts';
import type { Query } from '../query/query.ts';
import type { Origin } from './sessions.ts';

/** Clocks of services differ by seconds. */
const AROUND_MS = 60_000;

/** `record`: of one of the session's events; `created`, `first`: ms since the epoch. */
export function missingOrigin(
  record: unknown,
  { cells }: TrailEvent,
  created: number | null,
  first: number | null,
): Extract<Origin, { readonly kind: 'missing' }> {
  const call = callOf(record, cells.arn);
  const isSignIn = call === 'ConsoleLogin';
  const { session } = principalOfArn(cells.arn);
  const isOfKey = cells.key !== '' && !isFromConsole(record);
  const terms = [
    fieldTerm('name', call),
    isSignIn
      ? fieldTerm('arn', cells.arn)
      : isOfKey
        ? fieldTerm('issued', cells.key)
        : session !== ''
          ? fieldTerm('requestParameters.roleSessionName', session)
          : null,
  ];
  const query = terms.reduce<Query>((all, term) => (term === null ? all : withTerm(all, term)), { kind: 'all' });
  const account = accountOfArn(cells.arn) || cells.caller || cells.account;
  const of = account === '' ? '' : ` of account ${account}`;
  const region = isSignIn
    ? 'in the Region of the sign-in page (mostly us-east-1)'
    : 'in the Region of the STS endpoint (us-east-1 for the global one)';
  const how = isOfKey
    ? `; event history finds it by EventName=${call}, and by AccessKeyId only what was done with the key`
    : `; event history finds it by EventName=${call}`;
  const where = `the trail or event history${of}, ${region}${how}`;
  if (created !== null) {
    return {
      kind: 'missing',
      query: withSpan(query, created - AROUND_MS, created + AROUND_MS),
      needs: `${call} of ${timeText(created)} is not loaded: it is in ${where}`,
    };
  }
  if (first !== null) {
    return {
      kind: 'missing',
      query: withSpan(query, first - longestSessionMs(call), first + AROUND_MS),
      needs: `${call} before ${timeText(first)} is not loaded: it is in ${where}`,
    };
  }
  return { kind: 'missing', query, needs: `${call} is not loaded, and no event states a time: it is in ${where}` };
}

/** The name of the call that must have been, as far as the session's own record tells. */
function callOf(record: unknown, arn: string): string {
  switch (principalOfArn(arn).kind) {
    case 'federated':
      return 'GetFederationToken';
    case 'user':
    case 'root':
      return isFromConsole(record) ? 'ConsoleLogin' : 'GetSessionToken';
    default: {
      const context = objectOf(objectOf(objectOf(record).userIdentity).sessionContext);
      const provider = textOf(objectOf(context.webIdFederationData).federatedProvider);
      if (textOf(context.assumedRoot) === 'true') return 'AssumeRoot';
      return provider === '' ? 'AssumeRole' : 'AssumeRoleWithWebIdentity';
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
