// Who may use a snapshot or an image: createVolumePermission and launchPermission of EC2's calls.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { textOf } from './json-value.ts';

export type Receiver = {
  readonly kind: 'everybody' | 'account' | 'group' | 'organization';
  /** As the record has it: an account id, a group's name, an ARN; 'all' of everybody. */
  readonly name: string;
};

export type Shares = { readonly added: readonly Receiver[]; readonly removed: readonly Receiver[] };

/** In the form of lists to add and to remove, or in the older one of an operation, users and groups. */
export function sharesOf(parameters: unknown): Shares {
  const permission = memberOf(parameters, 'createVolumePermission') ?? memberOf(parameters, 'launchPermission');
  const flat = [...receiversIn(memberOf(parameters, 'userIds')), ...receiversIn(memberOf(parameters, 'groups'))];
  const operation = textIn(parameters, 'operationType').toLowerCase();
  return {
    added: [...receiversIn(memberOf(permission, 'add')), ...(operation !== '' && operation !== 'remove' ? flat : [])],
    removed: [...receiversIn(memberOf(permission, 'remove')), ...(operation === 'remove' ? flat : [])],
  };
}

function receiversIn(list: unknown): readonly Receiver[] {
  return severalOf(list).flatMap((item): readonly Receiver[] => {
    const plain = textOf(item);
    const group = textIn(item, 'group') || (/^all$/i.test(plain) ? plain : '');
    if (group !== '') return [/^all$/i.test(group) ? EVERYBODY : { kind: 'group', name: group }];
    const organization = textIn(item, 'organizationArn', 'organizationalUnitArn');
    if (organization !== '') return [{ kind: 'organization', name: organization }];
    const account = plain || textIn(item, 'userId');
    return account === '' ? [] : [{ kind: 'account', name: account }];
  });
}

const EVERYBODY: Receiver = { kind: 'everybody', name: 'all' };
