// How a sign-in ended. Failures have no error of their own in many of these records, only an outcome under the event's
// name: in the answer of the console's, in serviceEventDetails of those that IAM Identity Center writes.

import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';

/** The record itself says Failure under its own name: { CredentialVerification: 'Failure' }. */
export function isFailedSignIn(record: JsonObject): boolean {
  const name = textOf(record.eventName).trim();
  return [record.responseElements, record.serviceEventDetails].some((outcomes) => {
    const stated = objectOf(outcomes);
    return Object.hasOwn(stated, name) && /^failure$/i.test(textOf(stated[name]));
  });
}

/** What shows who somebody is, where it works. */
const PROOFS: ReadonlySet<string> = new Set([
  'Authenticate',
  'CheckMfa',
  'ConsoleLogin',
  'CredentialVerification',
  'PasswordRecoveryCompleted',
  'UserAuthentication',
]);

/** A sign-in that failed proves nothing about the user it names: anybody can enter a name. */
export function isUnprovenSignIn(record: JsonObject): boolean {
  if (!PROOFS.has(textOf(record.eventName).trim())) return false;
  return isFailedSignIn(record) || firstText(record.errorCode, record.errorMessage) !== '';
}
