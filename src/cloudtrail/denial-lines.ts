// A denied event in its place: which policy, which principal, which action, which resource, as far as the record tells.

import { type DenialReason, denialOf, denialReasonText } from './denial.ts';
import { firstText, objectOf, textOf } from './json-value.ts';
import { type LabelLine, line, statedLines } from './label-line.ts';

/** What EC2 puts before the blob that sts:DecodeAuthorizationMessage reads. */
const ENCODED = 'Encoded authorization failure message:';
const NOT_STATED = 'which policy is not stated';
/** A whole message is a few hundred to some thousand characters; CloudTrail cuts errorMessage at 1 KB. */
const MAX_BLOB = 16_384;
const SHORTEST_BLOB = 16;
/** CloudTrail keeps 1,024 characters of a message. */
const CUT_AT = 1024;

/** Why the event was denied, one fact a line, the reason first; [] where it was not denied. Total; values are raw. `hint`:
 *  how to read an encoded message. */
export function denialLines(record: unknown, hint = ': b decodes it, or tells how'): readonly LabelLine[] {
  const event = objectOf(record);
  const message = textOf(event.errorMessage);
  const denial = denialOf({
    error: firstText(event.errorCode, event.errorMessage),
    message,
    source: textOf(event.eventSource),
    name: textOf(event.eventName).trim(),
  });
  if (denial === null) return [];
  const { reason, principal, action, resource, policy } = denial;
  return statedLines([
    line('denied', reasonLine(reason, record, hint)),
    reason !== 'encoded' && encodedMessageOf(record) !== null ? line('more', `in the encoded message${hint}`) : null,
    line('policy', policy),
    line('principal', principal),
    line('action', action),
    line('resource', resource),
  ]);
}

/** The lines of a denial say all that its message does: the reason too. */
export function tellAll(lines: readonly LabelLine[]): boolean {
  return lines.length > 1 && lines[0]?.text !== NOT_STATED;
}

/** The blob of an EC2 "UnauthorizedOperation" (and of a few other services); null where the message has none, or its
 *  end was cut off and it cannot be decoded. */
export function encodedMessageOf(record: unknown): string | null {
  const blob = blobOf(record);
  return blob === null || blob.isCut ? null : blob.text;
}

/** The message was too long for CloudTrail: what is left of the blob decodes to nothing. */
export function isEncodedMessageCut(record: unknown): boolean {
  return blobOf(record)?.isCut ?? false;
}

function blobOf(record: unknown): { readonly text: string; readonly isCut: boolean } | null {
  const message = textOf(objectOf(record).errorMessage);
  const at = message.indexOf(ENCODED);
  if (at < 0) return null;
  const rest = message.slice(at + ENCODED.length, at + ENCODED.length + MAX_BLOB).trimStart();
  const text = /^[A-Za-z0-9+/=_-]+/.exec(rest)?.[0] ?? '';
  if (text.length < SHORTEST_BLOB) return null;
  const isAtEnd = rest.slice(text.length).trim() === '';
  return { text, isCut: isAtEnd && message.length >= CUT_AT };
}

function reasonLine(reason: DenialReason, record: unknown, hint: string): string {
  const text = denialReasonText(reason);
  switch (reason) {
    case 'encoded':
      return isEncodedMessageCut(record)
        ? 'the reason is encoded in the message, whose end CloudTrail cut off: it can no longer be decoded'
        : `the reason is encoded in the message${hint}`;
    case 'not-stated':
      return NOT_STATED;
    case 'vpce':
      return "by the VPC endpoint's policy";
    default:
      return text;
  }
}
