// Who stands behind whom in one event, the person first, as its own record tells it. Which calls led there is another
// matter (Sessions.chainOf).

import { type IdentityFacts, identityFacts, isAnonymous } from './identity-facts.ts';
import { isHiddenName, linkedServiceOf, serviceOf, serviceText } from './identity-service.ts';
import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';
import { isUnprovenSignIn } from './sign-in-outcome.ts';
import { userOfSignIn } from './who-outside.ts';

export type IdentityLink = {
  /** `issuer`: whose own credentials a federated user's were made from; it takes the place of a role. */
  readonly kind: 'source identity' | 'person' | 'role' | 'issuer' | 'service' | 'delegate';
  /** A raw value of the record, or words with one in them. */
  readonly text: string;
  /** Only likely: a name that the caller could choose, as whoever takes a role names the session. */
  readonly isHint: boolean;
};

/** Source identity → person → role (or issuer) → service → delegate: those that the record states; [] for none. A link
 *  that says nothing new (a source identity of the session's own name) is left out. */
export function identityChain(record: unknown): readonly IdentityLink[] {
  const event = objectOf(record);
  const facts = identityFacts(event.userIdentity);
  const source = textOf(facts.context.sourceIdentity);
  const person = personOf(facts, event);
  const delegate = textOf(objectOf(facts.identity.invokedByDelegate).accountId);
  const links: readonly IdentityLink[] = [
    { kind: 'source identity', text: source, isHint: false },
    person.text === source ? { ...person, text: '' } : person,
    roleOf(facts),
    { kind: 'service', text: serviceText(serviceOf(event, facts)), isHint: false },
    { kind: 'delegate', text: delegate, isHint: false },
  ];
  return links.filter(({ text }) => text !== '');
}

/** The same with who is known to be behind the session (TrailEvent.person): first after a source identity, in the place
 *  of the session's name, which stays with its role. '' where nobody is known. */
export function personChain(record: unknown, person: string): readonly IdentityLink[] {
  const links = identityChain(record);
  if (person === '' || links.some(({ text }) => text === person)) return links;
  const known: IdentityLink = { kind: 'person', text: person, isHint: false };
  const source = links.filter(({ kind }) => kind === 'source identity');
  const named = links.find(({ kind }) => kind === 'person')?.text ?? '';
  const userId = textOf(objectOf(objectOf(objectOf(record).userIdentity).onBehalfOf).userId);
  const isId = named !== '' && named === userId;
  const rest = links
    .filter(({ kind }) => kind !== 'source identity' && kind !== 'person')
    .map((link) => (link.kind === 'role' && named !== '' && !isId ? { ...link, text: `${link.text}/${named}` } : link));
  const hasRole = rest.some(({ kind }) => kind === 'role');
  const kept = hasRole || isId ? [] : links.filter(({ kind }) => kind === 'person');
  return [known, ...source, ...kept, ...rest];
}

/** What the `?` of a link means. */
export const CHOSEN = '? chosen by the caller';

/** 'source identity ops-7731 (set when the session began) → alice? → role Admin → by cloudformation.amazonaws.com → delegate 999999999999'. `isBrief`: with a
 *  `?` in the place of words. */
export function chainText(links: readonly IdentityLink[], isBrief = false): string {
  return links.map((link) => `${PREFIXES[link.kind]}${link.text}${degreeOf(link, isBrief)}`).join(' → ');
}

/** A source identity cannot change later, but whoever began the session gave it, unless the role's trust policy asks for
 *  a certain one (IAM User Guide, "Monitor and control actions taken with assumed roles"). */
function degreeOf({ kind, isHint }: IdentityLink, isBrief: boolean): string {
  if (kind === 'source identity') return isBrief ? '?' : ' (set when the session began)';
  return isHint ? '?' : '';
}

const PREFIXES: Readonly<Record<IdentityLink['kind'], string>> = {
  'source identity': 'source identity ',
  person: '',
  role: 'role ',
  issuer: 'issued by ',
  service: 'by ',
  delegate: 'delegate ',
};

function personOf(facts: IdentityFacts, record: JsonObject): IdentityLink {
  const { kind, identity, principal, session } = facts;
  const person = (text: string, isHint = false): IdentityLink => ({ kind: 'person', text, isHint });
  const userName = textOf(identity.userName);
  const onBehalfOf = textOf(objectOf(identity.onBehalfOf).userId);
  switch (kind) {
    case 'Root':
      return person('root', isUnprovenSignIn(record));
    case 'IAMUser':
      if (isHiddenName(userName)) return person('');
      return person(firstText(userName, principal.name), isUnprovenSignIn(record));
    case 'AssumedRole':
      // A permission set's session bears the name that the person signed in with, whoever else names sessions.
      if (facts.isSurePermissionSet && session !== '') return person(session);
      if (onBehalfOf !== '') return person(onBehalfOf);
      return session === '' ? person('') : person(session, !isNamedByAws(facts));
    case 'FederatedUser':
      return person(session, true);
    case 'AWSAccount': {
      if (isAnonymous(facts)) return person('anonymous');
      const id = textOf(identity.principalId);
      if (!id.startsWith('AIDA') || id.includes(':')) return person(session, true);
      return person(`${id} of account ${textOf(identity.accountId)}`);
    }
    case 'AWSService':
    case 'Role':
      return person('');
    default:
      return person(
        firstText(isHiddenName(userName) ? '' : userName, userOfSignIn(record), onBehalfOf),
        isUnprovenSignIn(record),
      );
  }
}

/** Sessions that AWS begins for an instance, a function, a task, or a service's own role are named by it. */
function isNamedByAws({ context, identity, issuer, session }: IdentityFacts): boolean {
  if (linkedServiceOf(issuer) !== '') return true;
  const isInstance = textOf(context.ec2RoleDelivery) !== '' && INSTANCE.test(session);
  return isInstance || firstText(objectOf(identity.inScopeOf).credentialsIssuedTo) !== '';
}

const INSTANCE = /^m?i-[0-9a-f]{8,17}$/;

function roleOf(facts: IdentityFacts): IdentityLink {
  const { kind, identity, issuer, role, permissionSet } = facts;
  const accountId = textOf(identity.accountId);
  switch (kind) {
    case 'AssumedRole':
      return { kind: 'role', text: permissionSet || role, isHint: false };
    case 'Role':
      return { kind: 'role', text: firstText(identity.userName, role), isHint: false };
    case 'FederatedUser': {
      const name =
        issuer.type === 'Root' ? 'root' : role !== '' && issuer.type === 'IAMUser' ? `IAM user ${role}` : role;
      return { kind: 'issuer', text: name, isHint: false };
    }
    case 'AWSAccount': {
      const id = textOf(identity.principalId).split(':', 1)[0] ?? '';
      return { kind: 'role', text: id.startsWith('AROA') ? `${id} of account ${accountId}` : '', isHint: false };
    }
    default:
      return { kind: 'role', text: '', isHint: false };
  }
}
