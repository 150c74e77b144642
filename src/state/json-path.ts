// The way from the record to a value in it.

/** A member's key, or an element's index. */
export type PathSegment = string | number;

/** What the search language reads as a key without quotes; the first key of a path starts with a letter. */
const PLAIN_KEY = /^[\p{L}\p{N}_$@-]+$/u;
const PLAIN_FIRST_KEY = /^[\p{L}_$@][\p{L}\p{N}_$@-]*$/u;

/** Segments as a person writes a path: `instancesSet.items[0].instanceId`. A key that would be misread that
 *  way is quoted: `responseElements["a.b"]`. `isAnyElement`: of a list any element is meant (`items[]`). */
export function segmentsText(segments: readonly PathSegment[], isAnyElement = false): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += isAnyElement ? '[]' : `[${segment}]`;
    else if (!(text === '' ? PLAIN_FIRST_KEY : PLAIN_KEY).test(segment)) text += `[${JSON.stringify(segment)}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}
