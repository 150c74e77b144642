// Calls that hand out credentials: a session begins with one of them, and its calls are made with the key in its answer.
// AssumeRole and its like, GetFederationToken and GetSessionToken answer with credentials, CreateAccessKey with accessKey,
// CreateSession of IAM Roles Anywhere with a credentialSet.

import { identityFacts, sessionAttributes } from './identity-facts.ts';
import { isObject, textOf } from './json-value.ts';

/** Members of an answer in which a key stands, and lists of them. */
const MAX_DEPTH = 3;
/** What an access key id looks like; '***' and HIDDEN_DUE_TO_SECURITY_REASONS would make one session of many. */
const KEY = /^[A-Z0-9]{8,128}$/;

/** The access key id that an answer (responseElements) hands out; '' where it holds none. */
export function issuedKeyOf(responseElements: unknown): string {
  return keyIn(responseElements, 0);
}

function keyIn(value: unknown, depth: number): string {
  // Before anything else: lists in lists go as deep as whoever wrote them likes.
  if (depth > MAX_DEPTH) return '';
  if (Array.isArray(value)) return keyIn(value[0], depth + 1);
  if (!isObject(value)) return '';
  const own = textOf(value.accessKeyId);
  if (KEY.test(own)) return own;
  for (const key in value) {
    const found = keyIn(value[key], depth + 1);
    if (found !== '') return found;
  }
  return '';
}

/** When the session of a userIdentity began, as it states it (ISO 8601, extended or basic); '' where it does not. */
export function creationDateOf(userIdentity: unknown): string {
  return textOf(sessionAttributes(identityFacts(userIdentity)).creationDate);
}
