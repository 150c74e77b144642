// How a session began, as AWS records it: the call whose answer holds the session's access key. Identity Center takes a
// person's role on by SAML, services take on the roles of what they run, a pipeline brings a web identity, and everybody
// else calls AssumeRole. Across accounts both see the call, under one sharedEventID.

import { type Caller, serviceCaller } from './callers.ts';
import { ACCOUNTS, type AccountName } from './company.ts';
import { throughIdentityCenter } from './identity-center.ts';
import { type CallDetails, recordText } from './record.ts';
import { type RoleSession, roleSessionOf, sessionAnswer, sessionName, sessionStart } from './session-answer.ts';
import type { Stage } from './stage.ts';

/** Puts down the call that began the caller's session, unless it is there or nobody began it (a user's own key, root). */
export function beginSession(stage: Stage, caller: Caller): void {
  const session = roleSessionOf(caller);
  if (session === null || stage.begun.has(session.accessKeyId)) return;
  stage.begun.add(session.accessKeyId);
  if (caller.by !== undefined) takeOn(stage, session, caller.by);
  else if (session.sessionContext.sessionIssuer.arn.includes('/aws-reserved/sso.amazonaws.com/'))
    throughIdentityCenter(stage, session, caller.address);
  else takeOn(stage, session, serviceCaller(serviceOf(session), accountName(session.accountId)));
}

function takeOn(stage: Stage, session: RoleSession, by: Caller): void {
  const { side } = stage;
  const { sessionIssuer, sourceIdentity } = session.sessionContext;
  const time = sessionStart(session);
  const isWeb = by.identity.type === 'WebIdentityUser';
  const isForeign = by.account !== session.accountId;
  const details: CallDetails = {
    request: {
      roleArn: sessionIssuer.arn,
      roleSessionName: sessionName(session),
      ...(isWeb && { durationSeconds: 3600 }),
      ...(sourceIdentity !== undefined && { sourceIdentity }),
    },
    response: {
      ...(isWeb && {
        subjectFromWebIdentityToken: by.identity.userName,
        audience: 'sts.amazonaws.com',
        provider: by.identity.identityProvider,
      }),
      ...sessionAnswer(session),
      ...(sourceIdentity !== undefined && { sourceIdentity }),
    },
    resources: [{ accountId: session.accountId, type: 'AWS::IAM::Role', ARN: sessionIssuer.arn }],
    ...(isForeign && { sharedEventID: side.uuid() }),
  };
  const name = isWeb ? 'AssumeRoleWithWebIdentity' : 'AssumeRole';
  beginSession(stage, by);
  stage.put(time, recordText(side, time, by, 'sts', name, details));
  if (isForeign) {
    stage.put(time, recordText(side, time, fromOutside(by, session.accountId), 'sts', name, details));
  }
}

/** What the account of the role is told of somebody in another one: the account and the unique id. */
function fromOutside(by: Caller, recipient: string): Caller {
  const { principalId, accountId } = by.identity;
  return { ...by, identity: { type: 'AWSAccount', principalId, accountId }, account: recipient };
}

/** A service-linked role names its service; what an instance and a function call with says what it is of. */
function serviceOf({ invokedBy, inScopeOf, sessionContext }: RoleSession): string {
  const { arn } = sessionContext.sessionIssuer;
  const linked = /:role\/aws-service-role\/([^/]+)\//.exec(arn)?.[1];
  if (linked !== undefined) return linked;
  if (sessionContext.ec2RoleDelivery !== undefined) return 'ec2.amazonaws.com';
  if (inScopeOf !== undefined) return 'lambda.amazonaws.com';
  if (invokedBy === undefined) throw new Error(`the sample does not say who takes on ${arn}`);
  return invokedBy;
}

function accountName(id: string): AccountName {
  const found = (Object.keys(ACCOUNTS) as AccountName[]).find((name) => ACCOUNTS[name] === id);
  if (found === undefined) throw new Error(`the sample has no account ${id}`);
  return found;
}
