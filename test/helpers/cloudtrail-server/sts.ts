// The part of STS that a reader of event history meets: who am I, and roles.

import type { CredentialBook, Identity } from './accounts.ts';
import { type Answer, AwsError, queryAnswer } from './answer.ts';

const ROLE_ARN = /^arn:[\w-]+:iam::(\d{12}):role\/(?:[^:]*\/)?([^/:]+)$/;

/** `identity` null: an operation without a signature. @throws AwsError */
export function answerSts(book: CredentialBook, form: URLSearchParams, identity: Identity | null): Answer {
  const operation = form.get('Action') ?? '';
  switch (operation) {
    case 'GetCallerIdentity': {
      const { arn, userId, account } = known(identity);
      return queryAnswer(operation, { Arn: arn, UserId: userId, Account: account.id });
    }
    case 'DecodeAuthorizationMessage': {
      const account = known(identity).account.id;
      return queryAnswer(operation, { DecodedMessage: decoded(form.get('EncodedMessage') ?? '', account) });
    }
    case 'AssumeRole':
      return assumeRole(book, form, known(identity).arn);
    case 'AssumeRoleWithWebIdentity': {
      const token = form.get('WebIdentityToken') ?? '';
      if (token.startsWith('expired'))
        throw new AwsError('ExpiredTokenException', 'Token expired: current date/time must be before the expiration');
      return assumeRole(book, form, `web identity ${token.slice(0, 12)}`);
    }
    default:
      throw new AwsError('InvalidAction', `Could not find operation ${operation} for version 2011-06-15`);
  }
}

/** Of this server's own encoding: the account and the JSON text, in base64url. @throws AwsError */
function decoded(message: string, account: string): string {
  const text = Buffer.from(message, 'base64url').toString();
  const owner = `${account} `;
  if (!text.startsWith(owner))
    throw new AwsError('InvalidAuthorizationMessageException', 'Message is invalid or not of this account');
  return text.slice(owner.length);
}

/** A message that the server decodes for callers of that account. */
export function encodedMessage(account: string, message: object): string {
  return Buffer.from(`${account} ${JSON.stringify(message)}`).toString('base64url');
}

function known(identity: Identity | null): Identity {
  if (identity === null)
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  return identity;
}

function assumeRole(book: CredentialBook, form: URLSearchParams, caller: string): Answer {
  const operation = form.get('Action') ?? '';
  const roleArn = form.get('RoleArn') ?? '';
  const [, accountId = '', role = ''] = ROLE_ARN.exec(roleArn) ?? [];
  const account = book.account(accountId);
  const setup = account?.roles?.find(({ name }) => name === role);
  const denied = `User: ${caller} is not authorized to perform: sts:${operation} on resource: ${roleArn}`;
  if (account === undefined || setup?.isRefused) throw new AwsError('AccessDenied', denied, 403);
  if (setup?.mfa !== undefined) {
    if (form.get('SerialNumber') !== setup.mfa.serial) throw new AwsError('AccessDenied', denied, 403);
    if (form.get('TokenCode') !== setup.mfa.code)
      throw new AwsError('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ', 403);
  }
  const session = form.get('RoleSessionName') ?? 'session';
  const { arn, ...Credentials } = book.issue(account, role, session, Number(form.get('DurationSeconds') ?? 3600));
  return queryAnswer(operation, {
    Credentials,
    AssumedRoleUser: { AssumedRoleId: `AROAEXAMPLE:${session}`, Arn: arn },
  });
}
