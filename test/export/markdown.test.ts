import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdown, markdownText } from '../../src/export/markdown.ts';

async function text(header: readonly string[], rows: readonly (readonly string[])[], caption: string | null = null) {
  async function* batches() {
    for (const row of rows) yield [row];
  }
  let result = '';
  for await (const chunk of markdown(header, batches(), caption)) result += chunk;
  return result;
}

test('a table, how many events it holds, and where they are from', async () => {
  expect(
    await text(
      ['time', 'who', 'requestParameters.a'],
      [
        ['2026-05-19T14:02:11Z', 'Admin/alice', ''],
        ['', 'ec2.amazonaws.com', '[x](http://evil)'],
      ],
      "trailx query --sample -q 'who:alice'",
    ),
  ).toBe(
    '| time | who | `requestParameters.a` |\n| --- | --- | --- |\n' +
      '| 2026-05-19T14:02:11Z | Admin/alice |  |\n' +
      '|  | `ec2.amazonaws.com` | `[x](http://evil)` |\n' +
      "\n2 events: `trailx query --sample -q 'who:alice'`\n",
  );
  expect(await text(['time'], [])).toBe('| time |\n| --- |\n\n0 events\n');
});

test.each([
  ['plain words', 'plain words'],
  ['203.0.113.9', '203.0.113.9'],
  ['2026-05-19T14:02:11.250Z', '2026-05-19T14:02:11.250Z'],
  ['111122223333', '111122223333'],
  ['us-gov-east-1', 'us-gov-east-1'],
  ['Admin/alice, bob', 'Admin/alice, bob'],
  ['arn:aws:iam::111122223333:root', '`arn:aws:iam::111122223333:root`'],
  ['a :tada: b', '`a :tada: b`'],
  ['1:tada:2', '`1:tada:2`'],
  ['1:100:1', '`1:100:1`'],
  ['11:22:333:44', '`11:22:333:44`'],
  ['GH-12', '`GH-12`'],
  ['see gh-1 for', '`see gh-1 for`'],
  ['ABC-7', '`ABC-7`'],
  ['#1', '`#1`'],
  ['owner/name#1', '`owner/name#1`'],
  ['hi @name', '`hi @name`'],
  ['foo@bar.com', '`foo@bar.com`'],
  ['1234567890abcdef1234567890abcdef12345678', '`1234567890abcdef1234567890abcdef12345678`'],
  ['1234567890123456789012345678901234567890', '`1234567890123456789012345678901234567890`'],
  ['at 0a1b2c3', '`at 0a1b2c3`'],
  ['1 https:x', '`1 https:x`'],
  ['mailto:x', '`mailto:x`'],
  ['see http://x', '`see http://x`'],
  ['www.1a', '`www.1a`'],
  ['ftp.evil.example', '`ftp.evil.example`'],
  ['a|b', '`a`&#124;`b`'],
  ['|', '&#124;'],
  ['`', '`` ` ``'],
  ['a``b', '```a``b```'],
  ['<img src=x>', '`<img src=x>`'],
  ['&lt;', '`&lt;`'],
  ['@everyone', '`@everyone`'],
  ['www.evil.example', '`www.evil.example`'],
  ['https://x', '`https://x`'],
  ['- item', '`- item`'],
  ['---', '`---`'],
  ['a\nb\r\u202e', '`a\\nb\\r\\u202e`'],
  [' padded ', '`  padded  `'],
  ['\\', '`\\`'],
  ['a\\|b', '`a\\`&#124;`b`'],
])('%j is written %s', (value, expected) => {
  expect(markdownText(value)).toBe(expected);
});

test('a long value is cut, and not within a character', async () => {
  const row = (await text(['x'], [[`${'a'.repeat(298)}😀tail`]])).split('\n')[2] as string;
  expect(row).toBe(`| \`${'a'.repeat(298)}…\` |`);
});

/** What a renderer makes of a cell: code spans as their text, the entity as a bar; null where anything else is active. */
function rendered(cell: string): string | null {
  let shown = '';
  for (let at = 0; at < cell.length; ) {
    const rest = cell.slice(at);
    const fence = /^`+/.exec(rest)?.[0];
    if (fence !== undefined) {
      const close = new RegExp(`^${fence}((?:[^\`]|(?<=[^\`])\`+(?!\`))*?)(?<!\`)${fence}(?!\`)`, 's').exec(rest);
      if (close === null) return null;
      const inner = close[1] as string;
      shown += /^ .* $/s.test(inner) && inner.trim() !== '' ? inner.slice(1, -1) : inner;
      at += close[0].length;
    } else if (rest.startsWith('&#124;')) {
      shown += '|';
      at += 6;
    } else if (/^[A-Za-z0-9 ,:/.-]/.test(rest)) {
      shown += rest[0];
      at++;
    } else return null;
  }
  return shown;
}

test('whatever the value, its characters are shown and nothing acts', () => {
  const unit = fc.constantFrom(
    'a',
    '`',
    '|',
    '\\',
    '<',
    '>',
    '&',
    ' ',
    '_',
    '*',
    '[',
    ']',
    '(',
    '!',
    '@',
    '-',
    '.',
    '/',
    ':',
    '1',
    ':tada:',
    'GH-',
    'http',
    'www.',
    'abcdef0123'.repeat(4),
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (value) => {
      const cell = markdownText(value);
      expect(cell).not.toMatch(/[|\n]/);
      expect(rendered(cell)).toBe(value);
      // Code spans and the entity aside, nothing that GitHub makes something of.
      const outside = cell.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '').replaceAll('&#124;', '');
      expect(outside).not.toMatch(/:[\w+-]+:(?<!:\d\d:)|\b(?:GH|gh)-\d|[@#]|\b[\da-f]{40}\b|:\/\/|\bwww\./);
    }),
    { numRuns: 3000 },
  );
});
