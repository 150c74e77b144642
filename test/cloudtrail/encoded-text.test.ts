import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodedBytes, decodeText, encodedKind } from '../../src/cloudtrail/encoded-text.ts';

const SCRIPT = '#!/bin/bash\n\tsystemctl stop auditd # é\n';
const base64 = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64');

test('a script is text, gzipped or not, with its lines broken or not', () => {
  const broken = base64(SCRIPT.repeat(5)).replace(/.{76}/g, '$&\r\n');
  expect(decodeText(base64(SCRIPT))).toEqual({ isGzip: false, text: SCRIPT });
  expect(decodeText(broken)).toEqual({ isGzip: false, text: SCRIPT.repeat(5) });
  expect(decodeText(base64(gzipSync(SCRIPT)))).toEqual({ isGzip: true, text: SCRIPT });
  expect(decodedBytes(base64(SCRIPT))).toBe(Buffer.byteLength(SCRIPT));
});

test('a long one is told by its beginning, wherever a character is cut there', () => {
  for (const before of ['', 'x', 'xx']) {
    const text = before + 'é'.repeat(5000);
    expect(encodedKind(base64(text))).toBe('text');
    expect(decodeText(base64(text))?.text).toBe(text);
  }
});

test('a text with a few control characters is one; they are shown by what draws it', () => {
  const script = `#!/bin/bash\necho -e "\u001b[1mhello\u001b[0m" | tee /dev/console\n`;
  expect(decodeText(base64(script))).toEqual({ isGzip: false, text: script });
  expect(decodeText(base64(`hello there\u0000 my world`))).toEqual({ isGzip: false, text: 'hello there\0 my world' });
});

test.each([
  ['a word', 'AdministratorAccessForEverybody'],
  ['an access key', 'AKIAEXAMPLEEXAMPLE11AKIAEXAMPLE'],
  ['a hash', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['an ARN', 'arn:aws:iam::111122223333:role/Admin'],
  ['a sentence', 'this is no base64 but a sentence'],
  ['noise', base64(randomBytes(300))],
  ['a short one', base64('hello')],
  ['control characters', base64('\u0007\u001b[2J'.repeat(10))],
  ['text that ends in noise', base64(Buffer.concat([Buffer.from('a'.repeat(6000)), Buffer.from([0xff, 0x00])]))],
  ['what begins as gzip does', 'H4sITeamOfEuropeAndTheAmericas'],
  ['nothing', ''],
])('%s is not', (_, value) => {
  expect(decodeText(value)).toBeNull();
});

test('gzip that is broken, of noise or of too much is not unpacked', () => {
  const whole = gzipSync(SCRIPT.repeat(50));
  expect(encodedKind(base64(whole.subarray(0, 40)))).toBe('gzip');
  expect(decodeText(base64(whole.subarray(0, 40)))).toBeNull();
  expect(decodeText(base64(gzipSync(randomBytes(300))))).toBeNull();
  expect(decodeText(base64(gzipSync('x'.repeat(5_000_000))))).toBeNull();
});

test('only what unpacks is said to be gzip', () => {
  expect(encodedKind('H4sITeamOfEuropeAndTheAmericas')).toBeNull();
  expect(encodedKind(base64(gzipSync(randomBytes(9000))))).toBe('gzip');
});
