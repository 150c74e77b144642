// Who an event is of where its userIdentity does not name anybody: service, Insights and aggregated events have none,
// and some sign-ins name the person only in additionalEventData.

import { insightCaller } from './insight.ts';
import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { identityCells } from './user-identity.ts';

/** Services whose events are about people signing in; those name them outside of userIdentity. */
const SIGN_IN_SOURCES = new Set(['signin.amazonaws.com', 'sso.amazonaws.com', 'sso-directory.amazonaws.com']);

/** Members of a record beside userIdentity. */
export type Outside = {
  readonly eventType: unknown;
  readonly eventSource: unknown;
  readonly vpcEndpointAccountId: unknown;
  /** Of aggregated events, which count the calls of an account. */
  readonly accountId: unknown;
};

/** Whether events of this source may have a name in additionalEventData. */
export function isSignInSource(eventSource: string): boolean {
  return SIGN_IN_SOURCES.has(eventSource);
}

/** The user that a sign-in names where userIdentity names none: the name in the identity source of IAM Identity Center. */
export function signInName(additionalEventData: unknown): string {
  return textOf(objectOf(additionalEventData).UserName);
}

/** The user whom the record of a sign-in names beside its userIdentity; '' for other events. */
export function userOfSignIn(record: JsonObject): string {
  return isSignInSource(textOf(record.eventSource)) ? signInName(record.additionalEventData) : '';
}

/** The label of an event whose userIdentity tells nothing; '' where the rest does not tell either. The account that
 *  received the event is not taken for its caller. */
export function whoOutside(outside: Outside): string {
  const { eventType, eventSource, vpcEndpointAccountId, accountId } = outside;
  const service = textOf(eventType) === 'AwsServiceEvent' ? eventSource : '';
  return firstText(service, vpcEndpointAccountId, accountId);
}

/** The label of an Insights event: it is about many calls, and names who made most of the unusual ones; '' where it names
 *  nobody. */
export function whoOfInsight(record: unknown): string {
  const caller = insightCaller(record);
  return firstText(identityCells({ arn: caller }).who, caller);
}
