// The files of the event cache: one line of text that says what follows, then entries, each with its length and
// checksum. A line and not a binary header, so that every later trailx (and a person) can tell what a file is, however
// its entries look. Written by appending only: a process that is killed leaves at worst an entry that is cut off.

import { crc32 } from 'node:zlib';
import { STORED_FIELDS, type StoredFieldId } from '../../cloudtrail/fields.ts';
import { readableFields } from './older-fields.ts';

/** Rises when an older trailx could misread the entries. */
export const FORMAT = 1;
const NAME = 'trailx-event-cache';
const PREFIX_BYTES = 8;
const LONGEST_LINE = 1 << 20;

export type FileHead = Readonly<Record<string, unknown>>;

export type OpenedFile =
  /** `fields`: those of its entries, in their order; an older trailx may have stored fewer. */
  | {
      readonly kind: 'readable';
      readonly head: FileHead;
      readonly start: number;
      readonly fields: readonly StoredFieldId[];
    }
  /** Written by a newer trailx, or by one with other fields: to be left alone. */
  | { readonly kind: 'foreign'; readonly isNewer: boolean }
  | { readonly kind: 'damaged' };

/** The first line of a file of the cache. */
export function headLine(head: FileHead): Buffer {
  const json = JSON.stringify({ ...head, fields: STORED_FIELDS });
  return Buffer.from(`${NAME} ${FORMAT} ${checksum(Buffer.from(json))} ${json}\n`);
}

/** Reads the first line. */
export function readHead(bytes: Buffer): OpenedFile {
  const end = bytes.subarray(0, LONGEST_LINE).indexOf(0x0a);
  const [, format, sum, json] =
    /^trailx-event-cache (\d+) (\w+) (.*)$/.exec(bytes.toString('utf8', 0, Math.max(0, end))) ?? [];
  if (format === undefined || json === undefined) return { kind: 'damaged' };
  if (Number(format) !== FORMAT) return { kind: 'foreign', isNewer: Number(format) > FORMAT };
  if (checksum(Buffer.from(json)) !== sum) return { kind: 'damaged' };
  const head = JSON.parse(json) as FileHead;
  const fields = readableFields(head.fields);
  return fields === null ? { kind: 'foreign', isNewer: false } : { kind: 'readable', head, start: end + 1, fields };
}

/** An entry as it is appended. */
export function entryOf(content: Uint8Array): Buffer {
  const entry = Buffer.allocUnsafe(PREFIX_BYTES + content.length);
  entry.writeUInt32LE(content.length, 0);
  entry.writeUInt32LE(crc32(content), 4);
  entry.set(content, PREFIX_BYTES);
  return entry;
}

export type Entries = {
  readonly contents: readonly Buffer[];
  /** `torn`: the last entry is cut off, as a killed process leaves it. `damaged`: what follows is not what was written. */
  readonly end: 'whole' | 'torn' | 'damaged';
};

/** The contents of the entries from `start` on, up to the first that is not as it was written. */
export function entriesOf(bytes: Buffer, start: number): Entries {
  const contents: Buffer[] = [];
  let at = start;
  while (at < bytes.length) {
    const from = at + PREFIX_BYTES;
    const end = from > bytes.length ? from : from + bytes.readUInt32LE(at);
    if (end > bytes.length) return { contents, end: 'torn' };
    const content = bytes.subarray(from, end);
    if (crc32(content) !== bytes.readUInt32LE(at + 4)) return { contents, end: 'damaged' };
    contents.push(content);
    at = end;
  }
  return { contents, end: 'whole' };
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
