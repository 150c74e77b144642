// Signing in: to the console (signin), to the access portal of IAM Identity Center (signin, sso).

import { identityFacts } from '../identity-facts.ts';
import { textOf } from '../json-value.ts';
import { type Mfa, mfaOf } from '../mfa.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { say } from './template.ts';
import { nameIn, short } from './values.ts';

export const SIGN_IN: Phrases = {
  ConsoleLogin: (call) =>
    phrase(`sign in to the console${MFA[mfaOf(identityFacts(call.record.userIdentity), call.record)]}`),
  CheckMfa: () => phrase('pass the MFA check of a sign-in'),
  SwitchRole: (call) => switched(call, 'switch to', 'SwitchFrom'),
  ExitRole: (call) => switched(call, 'leave', 'SwitchFrom'),
  RenewRole: (call) => switched(call, 'renew', 'SwitchFrom'),
  GetSigninToken: () => phrase('get a token that signs in to the console'),
  UserAuthentication: say('sign in to IAM Identity Center[ with {+CredentialType}]'),
  CredentialChallenge: say('be asked for a credential[ ({+CredentialType})] in IAM Identity Center'),
  CredentialVerification: say('prove a credential[ ({+CredentialType})] to IAM Identity Center'),
  Federate: say(
    'go from the access portal into the console[ as role {.serviceEventDetails.role_name|role_name}][ of account {.serviceEventDetails.account_id|account_id}]',
  ),
  Authenticate: say('sign in to the access portal'),
  Logout: say('sign out of the access portal'),
  GetRoleCredentials: say(
    'get credentials of role {roleName|.serviceEventDetails.role_name?(not stated)}[ of account {accountId|.serviceEventDetails.account_id}] from the access portal',
  ),
  ListAccounts: say('list their accounts in the access portal'),
  ListAccountRoles: say('list their roles[ of account {accountId}] in the access portal'),
  CreateToken: say('get a token of IAM Identity Center'),
  PasswordUpdated: () => phrase('change the root password'),
  PasswordRecoveryRequested: () => phrase('ask to recover the root password'),
  PasswordRecoveryCompleted: () => phrase('recover the root password'),
  EmailUpdated: () => phrase("change the root user's e-mail address"),
  MfaResync: () => phrase('synchronise an MFA device'),
};

const MFA: Readonly<Record<Mfa, string>> = {
  used: ' with MFA',
  'not used': ' without MFA',
  elsewhere: ' through an identity provider',
  'not stated': ' (MFA not stated)',
};

/** The record is by the role that was switched to. */
function switched({ record, more }: Call, verb: string, member: string): Phrase {
  const { permissionSet, role } = identityFacts(record.userIdentity);
  const from = short(nameIn(textOf(more[member])));
  const name = short(permissionSet || role);
  const what = name === '' ? 'a role' : `role ${name}`;
  return phrase(`${verb} ${what} in the console${from && `, coming from ${from}`}`);
}
