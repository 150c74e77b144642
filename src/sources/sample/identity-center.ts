// IAM Identity Center: somebody signs in to the access portal in the morning, and it takes their role on, by SAML,
// whenever they ask for it.

import { type Caller, CONSOLE_AGENT, isoSeconds } from './callers.ts';
import { ACCOUNTS, HOME_REGION, IDENTITY_STORE, PEOPLE, type Person } from './company.ts';
import type { Random } from './random.ts';
import { type CallDetails, recordText } from './record.ts';
import { type RoleSession, sessionAnswer, sessionName, sessionStart } from './session-answer.ts';
import type { Stage } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Where Identity Center itself calls from. */
const ADDRESS = '203.0.113.240';
const SAML_PROVIDER = 'saml-provider/AWSSSO_6b2d90c1e47f385a_DO_NOT_DELETE';

/** Puts down how a person came to the session that they call with from `address`. */
export function throughIdentityCenter(stage: Stage, session: RoleSession, address: string): void {
  const time = sessionStart(session);
  const name = sessionName(session);
  const person = PEOPLE.find((candidate) => candidate.name === name);
  if (person === undefined) throw new Error(`nobody in the sample is called ${name}`);
  signInOnce(stage, time, person, address);
  const { side } = stage;
  const roleArn = session.sessionContext.sessionIssuer.arn;
  const provider = `arn:aws:iam::${session.accountId}:${SAML_PROVIDER}`;
  const identityCenter: Caller = {
    identity: {
      type: 'SAMLUser',
      principalId: `${person.userId}:${name}`,
      userName: name,
      identityProvider: person.userId,
    },
    account: session.accountId,
    address: ADDRESS,
    agent: 'aws-internal/3 aws-sdk-java/1.12.797 Linux/5.10.242 OpenJDK_64-Bit_Server_VM/17.0.16',
    isConsole: false,
  };
  const details: CallDetails = {
    request: {
      sAMLAssertionID: `_${side.uuid()}`,
      roleSessionName: name,
      durationSeconds: 28_800,
      roleArn,
      principalArn: provider,
    },
    response: {
      subjectType: 'persistent',
      subject: name,
      audience: 'https://signin.aws.amazon.com/saml',
      ...sessionAnswer(session, 8),
    },
    resources: [
      { accountId: session.accountId, type: 'AWS::IAM::Role', ARN: roleArn },
      { accountId: session.accountId, type: 'AWS::IAM::SAMLProvider', ARN: provider },
    ],
  };
  stage.put(time, recordText(side, time, identityCenter, 'sts', 'AssumeRoleWithSAML', details));
}

/** Once a day and address: in the morning, or a minute before whoever is earlier or elsewhere begins. */
function signInOnce(stage: Stage, start: number, person: Person, address: string): void {
  const morning = Math.floor(start / DAY) * DAY + 6 * HOUR + stage.side.int(20, 55) * MINUTE;
  const day = `${person.name} ${isoSeconds(morning).slice(0, 10)} ${address}`;
  if (stage.signedIn.has(day)) return;
  stage.signedIn.add(day);
  const isUsual = address === person.address && morning < start;
  const time = isUsual ? morning : start - MINUTE;
  const { caller, details } = portalSignIn(stage.side, person, address);
  stage.put(time, recordText(stage.side, time, caller, 'signin', 'UserAuthentication', details));
}

/** Identity Center's own event of a sign-in to the access portal. */
export function portalSignIn(
  random: Random,
  person: Person,
  address: string,
): { readonly caller: Caller; readonly details: CallDetails } {
  const caller = portalCaller(random, person, address);
  const details: CallDetails = {
    region: HOME_REGION,
    writes: true,
    eventType: 'AwsServiceEvent',
    additional: {
      AuthWorkflowID: random.uuid(),
      CredentialType: 'PASSWORD,TOTP',
      LoginTo: 'https://example.awsapps.com/start/',
      UserName: person.name,
    },
    serviceEvent: { UserAuthentication: 'Success' },
  };
  return { caller, details };
}

/** Somebody in the portal: known by their id in the identity store, in the account that Identity Center belongs to. */
export function portalCaller(random: Random, person: Person, address: string): Caller {
  return {
    identity: {
      type: 'IdentityCenterUser',
      accountId: ACCOUNTS.security,
      onBehalfOf: { userId: person.userId, identityStoreArn: IDENTITY_STORE },
      credentialId: random.base32(16).toLowerCase(),
    },
    account: ACCOUNTS.security,
    address,
    agent: CONSOLE_AGENT,
    isConsole: true,
  };
}
