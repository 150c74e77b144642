// Text that a record holds as base64, gzipped or not: user data of launch templates, scripts, messages. Whether it is
// text is told by decoding it: keys, tokens and cipher texts are base64 too, and come out as noise.

import { constants, gunzipSync } from 'node:zlib';

export type EncodedText = { readonly isGzip: boolean; readonly text: string };

/** Shorter ones are words more often than not. */
const MIN_UNITS = 24;
const MAX_UNITS = 16_000_000;
/** What a few kB unpack to may be gigabytes. */
const MAX_UNPACKED = 4_000_000;
/** A multiple of four: what is looked at to tell text from noise. */
const LOOKED_AT = 4096;

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const CONTROL = /(?![\n\r\t\f])\p{Cc}/gu;
/** A script may hold a few: the colours of a prompt, a bell. Of noise it is every eighth and more. */
const UNITS_PER_CONTROL = 20;
const GZIP = 'H4sI';

/** What base64 holds, as far as that can be told from its beginning; null where it is not base64 of a text. */
export function encodedKind(value: string): 'text' | 'gzip' | null {
  if (value.length < MIN_UNITS || value.length > MAX_UNITS) return null;
  const start = withoutBreaks(value.slice(0, LOOKED_AT));
  if (!BASE64.test(start)) return null;
  if (start.startsWith(GZIP) && isGzip(Buffer.from(start, 'base64'))) return 'gzip';
  const isWhole = value.length <= LOOKED_AT;
  return textOfBytes(Buffer.from(start, 'base64'), isWhole) === null ? null : 'text';
}

/** What base64 says; null where it is not base64, or not of a text. Of a gzipped text of more than 4 MB as well. */
export function decodeText(value: string): EncodedText | null {
  const kind = encodedKind(value);
  const joined = withoutBreaks(value);
  if (kind === null || !BASE64.test(joined)) return null;
  const bytes = Buffer.from(joined, 'base64');
  const isPacked = kind === 'gzip';
  const unpacked = isPacked ? unpack(bytes) : bytes;
  const text = unpacked === null ? null : textOfBytes(unpacked, true);
  return text === null ? null : { isGzip: isPacked, text };
}

/** Bytes that base64 stands for; of a long one as its first lines have it. */
export function decodedBytes(value: string): number {
  const start = value.slice(0, LOOKED_AT);
  const padding = /={0,2}\s*$/.exec(value.slice(-4))?.[0].replace(/\s/g, '').length ?? 0;
  const units = (value.length * withoutBreaks(start).length) / Math.max(1, start.length);
  return Math.floor(((units - padding) * 3) / 4);
}

/** MIME and `base64` break their lines. */
function withoutBreaks(value: string): string {
  return /\s/.test(value) ? value.replace(/[\r\n]+/g, '').trim() : value;
}

function unpack(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED });
  } catch {
    return null;
  }
}

/** Words begin so too: the bytes have to unpack to something, as far as they go. */
function isGzip(bytes: Buffer): boolean {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_UNPACKED }).length > 0;
  } catch {
    return false;
  }
}

function isNoise(text: string): boolean {
  const most = text.length / UNITS_PER_CONTROL;
  let count = 0;
  for (const _ of text.matchAll(CONTROL)) if (++count > most) return true;
  return false;
}

function textOfBytes(bytes: Buffer, isWhole: boolean): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
    return text === '' || isNoise(text) ? null : text;
  } catch {
    return null;
  }
}
