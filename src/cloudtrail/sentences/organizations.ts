import type { Phrases } from './call.ts';
import { say } from './template.ts';

export const ORGANIZATIONS: Phrases = {
  CreateAccount: say(
    'create account {accountName?(name not stated)}[ ({>createAccountStatus.accountId})] in the organization',
  ),
  CreateAccountResult: say(
    'report that account {.serviceEventDetails.createAccountStatus.accountName?(not stated)} was made[ ({.serviceEventDetails.createAccountStatus.state})]',
  ),
  CreateGovCloudAccount: say('create account {accountName} with one in GovCloud'),
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
