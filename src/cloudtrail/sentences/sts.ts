import { textOf } from '../json-value.ts';
import { isPermissionSetArn, permissionSetOf } from '../principal.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { filler, say } from './template.ts';
import { accountIn, nameIn, short } from './values.ts';

const TASK = filler('[ for the task {taskPolicyArn.arn:name|taskPolicyArn:name}]');

export const STS: Phrases = {
  AssumeRole: (call) => assume(call, ''),
  AssumeRoleWithSAML: (call) => assume(call, ' with a SAML assertion'),
  AssumeRoleWithWebIdentity: (call) => assume(call, ' with a web identity token'),
  AssumeRoot: (call) => {
    const target = textOf(call.request.targetPrincipal);
    const account = short(accountIn(target) || target) || '(not stated)';
    return phrase(`take on root of account ${account}${TASK(call)}`);
  },
  GetSessionToken: (call) =>
    phrase(`get session credentials${textOf(call.request.serialNumber) === '' ? '' : ' with MFA'}`),
  GetFederationToken: say('get credentials for a federated user {name}'),
  GetCallerIdentity: () => phrase('ask who the credentials belong to'),
  GetAccessKeyInfo: say('ask whose account access key {accessKeyId} is of'),
  DecodeAuthorizationMessage: say('decode why a call was denied'),
  GetWebIdentityToken: say('get a token that proves the identity to others[ ({audience})]'),
};

function assume({ request, label }: Call, how: string): Phrase {
  const arn = textOf(request.roleArn);
  const account = accountIn(arn);
  const name = arn === '' ? label : nameIn(arn);
  // Only in Identity Center's path is a role of that name a permission set's.
  const role = short((isPermissionSetArn(arn) && permissionSetOf(name)) || name) || '(not stated)';
  const session = short(textOf(request.roleSessionName));
  const source = short(textOf(request.sourceIdentity));
  return phrase(
    `take on role ${role}${account && ` of account ${account}`}${session && ` as session ${session}`}${source && ` (source identity ${source})`}${how}`,
  );
}
