// Who a sentence is about: 'alice (role Admin, account 111122223333)'.

import { firstText, type JsonObject, objectOf, textOf } from '../json-value.ts';
import { permissionSetOf } from '../principal.ts';
import { identityCells } from '../user-identity.ts';
import { nameIn, short } from './values.ts';

/** `person`: who is known to be behind it; '' where nobody is, or the caller's own label names them. */
export function subjectOf(record: JsonObject, person: string): string {
  const identity = objectOf(record.userIdentity);
  const cells = identityCells(identity);
  const through = cells.service !== '' && cells.service !== cells.who ? `, through ${serviceName(cells.service)},` : '';
  const delegate = textOf(objectOf(identity.invokedByDelegate).accountId);
  const account =
    cells.caller !== '' && cells.type !== 'AWSAccount' && cells.type !== 'AWSService' ? `account ${cells.caller}` : '';
  const [name, ...about] = named(record, cells);
  const details = [...about, account, delegate && `by delegate account ${delegate}`]
    .filter((part) => part !== '')
    .map(short);
  if (person !== '' && person !== name) {
    const role = permissionSetOf(cells.role) || cells.role;
    const as = role !== '' && cells.session !== '' ? `${role}/${cells.session}` : cells.who || name;
    const rest = [account, delegate && `by delegate account ${delegate}`].filter((part) => part !== '');
    return `${short(person)} (as ${[as ?? '', ...rest].map(short).join(', ')})${through}`;
  }
  return `${short(name ?? '')}${details.length === 0 ? '' : ` (${details.join(', ')})`}${through}`;
}

/** The name, and what tells more of it. */
function named(record: JsonObject, cells: ReturnType<typeof identityCells>): readonly string[] {
  const { who, session, type } = cells;
  const role = permissionSetOf(cells.role) || cells.role;
  const identity = objectOf(record.userIdentity);
  switch (type) {
    case 'AWSAccount':
      return who === 'anonymous' || who === 'ANONYMOUS_PRINCIPAL'
        ? ['somebody anonymous']
        : [`account ${who || '(not stated)'}`, session && `session ${session}`];
    case 'IdentityCenterUser':
      return [`Identity Center user ${who || '(not stated)'}`];
    case 'FederatedUser':
      return [session || who || 'somebody (not stated)', cells.role && `federated by ${cells.role}`];
    case 'SAMLUser':
    case 'WebIdentityUser':
      return [who || 'somebody (not stated)', nameIn(textOf(identity.identityProvider))];
  }
  if (session !== '' && role !== '') return [session, `role ${role}`];
  if (who !== '') return [who];
  return [firstText(record.eventType === 'AwsServiceEvent' ? record.eventSource : '', 'somebody (not stated)')];
}

function serviceName(service: string): string {
  return service === 'AWS Internal' ? 'AWS' : short(service);
}
