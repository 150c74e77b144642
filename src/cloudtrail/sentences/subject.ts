// Who a sentence is about: 'alice (role Admin, account 111122223333)'.

import { identityFacts } from '../identity-facts.ts';
import { isHiddenName, isServiceEvent, isServicePrincipal } from '../identity-service.ts';
import { firstText, type JsonObject, objectOf, textOf } from '../json-value.ts';
import { identityCells } from '../user-identity.ts';
import { userOfSignIn } from '../who-outside.ts';
import { nameIn, short } from './values.ts';

/** `person`: who is known to be behind it; '' where nobody is, or the caller's own label names them. */
export function subjectOf(record: JsonObject, person: string): string {
  const caller = callerOf(record);
  const { cells, kind, role, identity } = caller;
  const through = cells.service !== '' && cells.service !== cells.who ? `, through ${serviceName(cells.service)},` : '';
  const delegate = textOf(objectOf(identity.invokedByDelegate).accountId);
  const account =
    cells.caller !== '' && kind !== 'AWSAccount' && kind !== 'AWSService' ? `account ${cells.caller}` : '';
  const [name = '', ...about] = named(caller, record);
  const whose = [account, delegate && `by delegate account ${delegate}`];
  if (person !== '' && person !== name) {
    // The id tells people nothing, and is the same person's.
    const userId = textOf(objectOf(identity.onBehalfOf).userId);
    if (kind === 'IdentityCenterUser' || (cells.who !== '' && cells.who === userId)) {
      return `${short(person)} (${listed('Identity Center user', ...whose)})${through}`;
    }
    const as = role !== '' && cells.session !== '' ? `${role}/${cells.session}` : cells.who || name;
    return `${short(person)} (as ${listed(as, ...whose)})${through}`;
  }
  const details = listed(...about, ...whose);
  return `${short(name)}${details && ` (${details})`}${through}`;
}

function listed(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map(short)
    .join(', ');
}

type Caller = ReturnType<typeof callerOf>;

/** userIdentity may be JSON in a text, or a bare name: the label in the list reads the same value. */
function callerOf({ userIdentity }: JsonObject) {
  const { identity, kind, permissionSet, role } = identityFacts(userIdentity);
  return { identity, kind, role: permissionSet || role, cells: identityCells(userIdentity) };
}

const NOBODY = 'somebody (not stated)';

/** The name, and what tells more of it. */
function named({ cells, kind, role, identity }: Caller, record: JsonObject): readonly string[] {
  const { who, session } = cells;
  switch (kind) {
    case 'AWSAccount':
      return who === 'anonymous' || who === 'ANONYMOUS_PRINCIPAL'
        ? ['somebody anonymous']
        : [`account ${who || '(not stated)'}`, session && `session ${session}`];
    case 'IAMUser':
      return [who === '' ? NOBODY : isMisleading(who) ? `IAM user ${who}` : who];
    case 'IdentityCenterUser':
      return [`Identity Center user ${firstText(cells.user, enteredName(record), who, '(not stated)')}`];
    case 'FederatedUser': {
      const name = firstText(session, who);
      const issuer = cells.role && `federated by ${cells.role}`;
      return [name === '' ? NOBODY : isMisleading(name) ? `federated user ${name}` : name, issuer];
    }
    case 'SAMLUser':
    case 'WebIdentityUser': {
      const subject = kind === 'SAMLUser' ? 'SAML subject' : 'web identity';
      return [
        who === '' ? NOBODY : isMisleading(who) ? `${subject} ${who}` : who,
        nameIn(textOf(identity.identityProvider)),
      ];
    }
  }
  if (session !== '' && role !== '') {
    return isMisleading(session) ? [`session ${session} of role ${role}`] : [session, `role ${role}`];
  }
  if (kind === '' && cells.user === '' && enteredName(record) !== '') return [enteredName(record)];
  if (who !== '') return [who];
  return [firstText(isServiceEvent(record) ? record.eventSource : '', NOBODY)];
}

/** Chosen by somebody, and easily taken for an actor that it is not: root, an account, a service. */
function isMisleading(name: string): boolean {
  return /^(?:root|anonymous|\d{12})$/i.test(name) || isServicePrincipal(name);
}

/** What was entered as a name where userIdentity has an id alone. */
function enteredName(record: JsonObject): string {
  const name = userOfSignIn(record);
  return isHiddenName(name) ? '' : name;
}

function serviceName(service: string): string {
  return service === 'AWS Internal' ? 'AWS' : short(service);
}
