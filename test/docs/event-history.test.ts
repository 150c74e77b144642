// The messages of the troubleshooting table are the program's own.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What stands for a name in the table. */
const EXAMPLES =
  /…|\bprofile\b|\bprod\b|\bprdo\b|\bhas\b|aws_secret_access_key|cloudtrail:LookupEvents|AWS_CA_BUNDLE|a web page|eu-south-1|eu-wst-1 \(did you mean eu-west-1\?\)|HTTP \d+/;

function textOf(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
    .join('\n');
}

test('every message that the guide explains is one that trailx gives', () => {
  const source = ['src/sources/aws', 'src/sources/event-history', 'src/store/event-cache', 'src/cli']
    .map(textOf)
    .join('\n');
  const page = readFileSync(join(ROOT, 'docs/event-history.md'), 'utf8');
  const rows = page
    .slice(page.indexOf('## Troubleshooting'))
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const messages = rows.flatMap((row) =>
    [...(row.split(' | ')[0] as string).matchAll(/`([^`]+)`/g)].map(([, text]) => text as string),
  );
  const pieces = messages.flatMap((message) =>
    message.split(EXAMPLES).map((piece) => piece.replace(/[():]+$/, '').trim()),
  );
  const told = pieces.filter((piece) => piece.length >= 8);
  expect(told.length).toBeGreaterThan(30);
  expect(told.filter((piece) => !source.includes(piece))).toEqual([]);
});
