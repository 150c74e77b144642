// Console sign-in events (User Guide, "AWS Management Console sign-in events").

import { identityFacts } from './identity-facts.ts';
import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { type LabelLine, line, statedLines } from './label-line.ts';
import { mfaOf } from './mfa.ts';
import { isFailedSignIn } from './sign-in-outcome.ts';

/** Messages that do not say what they mean at first sight. */
const REASONS: Readonly<Record<string, string>> = {
  'No username found in supplied account':
    'there is no such user in the account (CloudTrail hides the name: it may be a password)',
  'Failed authentication': 'wrong password, or wrong MFA code',
};

export function signInLines(record: JsonObject): readonly LabelLine[] {
  const more = objectOf(record.additionalEventData);
  const message = textOf(record.errorMessage);
  const reason = Object.hasOwn(REASONS, message) ? `${message}: ${REASONS[message]}` : message;
  return statedLines([
    line('failed', reason || (isFailedSignIn(record) ? 'for a reason that is not stated' : '')),
    line('MFA', mfaText(record, more)),
    line('identity provider', firstText(more.SamlProviderArn, more.IdentityProvider, more.FederationProvider)),
    line('sign-in to', textOf(more.LoginTo)),
    line('mobile', mobileText(textOf(more.MobileVersion))),
    line(
      'credential',
      firstText(more.CredentialType, more.AuthWorkflowID && `workflow ${textOf(more.AuthWorkflowID)}`),
    ),
  ]);
}

function mfaText(record: JsonObject, more: JsonObject): string {
  const device = firstText(more.MFAIdentifier, more.MfaType);
  switch (mfaOf(identityFacts(record.userIdentity), record)) {
    case 'used':
      return `used${device && `: ${device}`}`;
    case 'elsewhere':
      return 'not asked by AWS; the identity provider may have';
    case 'not used':
      return 'not used';
    case 'not stated':
      return textOf(record.eventName) === 'ConsoleLogin' ? 'not stated' : device;
  }
}

function mobileText(version: string): string {
  if (version === '' || /^no$/i.test(version)) return '';
  return /^yes$/i.test(version) ? 'the mobile site' : `the mobile site ${version}`;
}
