// What an event tells about a service behind the call, and whether a sign-in proved anything about the user it names.

import { type Evidence, evidenceOf, type IdentityFacts } from './identity-facts.ts';
import { firstText, type JsonObject, objectOf, textOf } from './json-value.ts';

/** 'ec2.amazonaws.com', 'logs.eu-west-1.amazonaws.com', 'ec2.amazonaws.com.cn', 'ssm.aws.internal'. */
const SERVICE_PRINCIPAL = /^[a-z0-9][a-z0-9.-]{0,200}\.(?:amazonaws\.(?:com|com\.cn|eu)|aws\.internal)$/i;

/** What stands for a service that is not named: 'AWS Internal', 'AWS Internal/3'. */
const UNNAMED = /^aws internal(?:\/.*)?$/i;

/** What shows that a service made the call; [] where nothing does. A service's own event (AwsServiceEvent) shows it only
 *  where userIdentity names nobody else: services also write down what people did with them. */
export function serviceEvidence(record: JsonObject, facts: IdentityFacts): readonly Evidence[] {
  const { identity, issuer, kind, type } = facts;
  const evidence = [
    ...evidenceOf('userIdentity.invokedBy', identity.invokedBy),
    ...(linkedServiceOf(issuer) === ''
      ? []
      : [{ field: 'userIdentity.sessionContext.sessionIssuer.arn', value: textOf(issuer.arn) }]),
    ...(kind === 'AWSService' ? [{ field: 'userIdentity.type', value: type }] : []),
  ];
  if (evidence.length > 0) return evidence;
  return isServiceEvent(record) && !namesCaller(facts) ? evidenceOf('eventType', record.eventType) : [];
}

/** The service that made the call as the record names it, 'AWS Internal' included; '' where none is known to have. */
export function serviceOf(record: JsonObject, facts: IdentityFacts): string {
  if (serviceEvidence(record, facts).length === 0) return '';
  const { issuer, identity } = facts;
  const { invokedBy, principalId, userName } = identity;
  return facts.kind === 'AWSService'
    ? firstText(invokedBy, userName, principalId, 'AWS Internal')
    : firstText(invokedBy, linkedServiceOf(issuer), record.eventSource, 'AWS Internal');
}

/** The service whose service-linked role a session is of: nobody else can take such a role. '' for other roles. */
export function linkedServiceOf(issuer: JsonObject): string {
  const arn = textOf(issuer.arn).slice(0, MAX_ARN);
  const at = arn.startsWith('arn:') ? arn.indexOf(LINKED) : -1;
  if (at < 0) return '';
  const service = arn.slice(at + LINKED.length);
  const end = service.indexOf('/');
  return end < 0 ? '' : service.slice(0, end);
}

const LINKED = ':role/aws-service-role/';
const MAX_ARN = 2048;

/** The service for a reader: its own name, or that AWS does not name it. */
export function serviceText(service: string): string {
  return UNNAMED.test(service.slice(0, 40)) ? 'AWS (service not named)' : service;
}

export function isServiceEvent(record: JsonObject): boolean {
  return record.eventType === 'AwsServiceEvent';
}

/** Whether the text names a service and not an address. */
export function isServicePrincipal(text: string): boolean {
  return text.length < 256 && SERVICE_PRINCIPAL.test(text);
}

/** CloudTrail hides what was entered as a user's name where no user has it: it may have been the password. */
export function isHiddenName(userName: string): boolean {
  return userName === 'HIDDEN_DUE_TO_SECURITY_REASONS';
}

/** Whether userIdentity is of somebody other than a service. */
export function namesCaller({ kind, identity }: IdentityFacts): boolean {
  const id = firstText(identity.userName, identity.principalId, objectOf(identity.onBehalfOf).userId);
  return id !== '' || (kind !== '' && kind !== 'AWSService');
}
