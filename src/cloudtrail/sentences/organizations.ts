import { textOf } from '../json-value.ts';
import { type Call, type Phrases, phrase } from './call.ts';
import { filler, say } from './template.ts';
import { short, valueAt } from './values.ts';

const ACCOUNT = filler(
  'create account {accountName?(name not stated)}[ ({>createAccountStatus.accountId})] in the organization',
);
const GOVCLOUD = filler('create account {accountName} with one in GovCloud');

export const ORGANIZATIONS: Phrases = {
  CreateAccount: (call) => phrase(asked(call) + ACCOUNT(call)),
  CreateAccountResult: (call) => phrase(`report ${outcome(call)}`),
  CreateGovCloudAccount: (call) => phrase(asked(call) + GOVCLOUD(call)),
  CloseAccount: say('close account {accountId}'),
  InviteAccountToOrganization: say('invite account {target.id} to the organization'),
  AcceptHandshake: say('accept invitation {handshakeId}'),
  LeaveOrganization: say('take the account out of its organization'),
  RemoveAccountFromOrganization: say('remove account {accountId} from the organization'),
  MoveAccount: say('move account {accountId} from {sourceParentId} to {destinationParentId}'),
  CreateOrganization: say('create an organization'),
  DeleteOrganization: say('delete the organization'),
  CreateOrganizationalUnit: say('create organizational unit {name}'),
  DeleteOrganizationalUnit: say('delete organizational unit {organizationalUnitId}'),
  CreatePolicy: say('create organization policy {name}[ ({type})]'),
  UpdatePolicy: say('change organization policy {policyId|name}'),
  DeletePolicy: say('delete organization policy {policyId}'),
  AttachPolicy: say('attach organization policy {policyId} to {targetId}'),
  DetachPolicy: say('detach organization policy {policyId} from {targetId}'),
  EnablePolicyType: say('turn on policies of type {policyType} for the organization'),
  DisablePolicyType: say('turn off policies of type {policyType} for the organization'),
  EnableAWSServiceAccess: say('let {servicePrincipal} work in all accounts of the organization'),
  DisableAWSServiceAccess: say('let {servicePrincipal} work no more in the accounts of the organization'),
  RegisterDelegatedAdministrator: say('let account {accountId} manage {servicePrincipal} for the organization'),
  DeregisterDelegatedAdministrator: say('take the management of {servicePrincipal} away from account {accountId}'),
  PutResourcePolicy: say("set the organization's delegation policy"),
  DescribeOrganization: say('look at the organization'),
};

/** Accounts take minutes to be made; CreateAccountResult tells how that went. */
function asked({ answer }: Call): string {
  return textOf(valueAt(answer, ['createAccountStatus', 'state'])) === 'IN_PROGRESS' ? 'ask to ' : '';
}

const MADE = filler('account {.serviceEventDetails.createAccountStatus.accountName?(not stated)}');
const REASON = filler('[: {.serviceEventDetails.createAccountStatus.failureReason}]');

function outcome(call: Call): string {
  const state = textOf(valueAt(call.record, ['serviceEventDetails', 'createAccountStatus', 'state']));
  switch (state) {
    case 'SUCCEEDED':
      return `that ${MADE(call)} was made`;
    case 'FAILED':
      return `that ${MADE(call)} could not be made${REASON(call)}`;
    default:
      return `on the creation of ${MADE(call)}${state && ` (${short(state)})`}`;
  }
}
