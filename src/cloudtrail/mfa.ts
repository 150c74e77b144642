// Whether MFA was used, as far as AWS can tell: the one rule for the sentence, the lines of a sign-in and the identity card.

import { type IdentityFacts, sessionAttributes } from './identity-facts.ts';
import { firstText, type JsonObject, objectOf } from './json-value.ts';

/** `elsewhere`: AWS asked for none, but an identity provider vouched for the caller, and may have asked for its own. */
export type Mfa = 'used' | 'not used' | 'elsewhere' | 'not stated';

/** MFAUsed of a sign-in counts before mfaAuthenticated of the session. */
export function mfaOf(facts: IdentityFacts, record: JsonObject): Mfa {
  const { MFAUsed, SamlProviderArn } = objectOf(record.additionalEventData);
  switch (firstText(MFAUsed, sessionAttributes(facts).mfaAuthenticated).toLowerCase()) {
    case 'true':
    case 'yes':
      return 'used';
    case 'false':
    case 'no':
      return firstText(SamlProviderArn) !== '' || isFederated(facts) ? 'elsewhere' : 'not used';
    default:
      return 'not stated';
  }
}

/** Only where the record states an identity provider, or a permission set: a role's session alone shows neither. */
function isFederated({ context, identity, kind, permissionSet }: IdentityFacts): boolean {
  const { federatedProvider } = objectOf(context.webIdFederationData);
  if (kind === 'SAMLUser' || kind === 'WebIdentityUser' || permissionSet !== '') return true;
  return firstText(federatedProvider, identity.identityProvider) !== '';
}

/** The sign-in asked for none, but the session that signed in had been made with it: two members that seem to disagree. */
export function isMfaEarlier(facts: IdentityFacts, record: JsonObject): boolean {
  const { MFAUsed } = objectOf(record.additionalEventData);
  const own = firstText(sessionAttributes(facts).mfaAuthenticated).toLowerCase();
  return /^(?:false|no)$/i.test(firstText(MFAUsed)) && own === 'true';
}
