/**
 * What `error:denied` stands for: whole-value patterns over errorCode (or errorMessage where there is no code), any
 * case, `*` for any run of characters. Services disagree on the word: IAM's AccessDenied(Exception), EC2's
 * (Client.)UnauthorizedOperation, Cognito's NotAuthorizedException, SNS's AuthorizationError, VpceAccessDenied of
 * network activity events, ForbiddenException of API Gateway. Failed authentication (Client.AuthFailure,
 * ExpiredToken) is not a denial: no policy was asked.
 */
export const DENIED_CODE_PATTERNS: readonly string[] = [
  '*AccessDenied*',
  '*Access Denied*',
  '*Unauthorized*',
  '*NotAuthorized*',
  '*AuthorizationError*',
  'Forbidden*',
  '*not authorized to perform*',
];
