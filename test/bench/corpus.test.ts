import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { generateSample } from '../../src/sources/sample/generate-sample.ts';
import { writeCorpus } from './corpus.ts';

type Body = { readonly Records: readonly Readonly<Record<string, string>>[] };

function read(folder: string): { readonly path: string; readonly bytes: Buffer; readonly body: Body }[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    return { path, bytes, body: JSON.parse(gunzipSync(bytes).toString()) as Body };
  });
}

test('a corpus is what its manifest says, the same every time, and no event is there twice', async () => {
  const records = [...generateSample({ end: Date.UTC(2026, 4, 20, 15) })];
  const root = mkdtempSync(join(tmpdir(), 'trailx-corpus-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const shape = { name: 'small', files: 40, events: 4000 };
  const corpus = await writeCorpus(join(root, 'a'), records, shape);
  const files = read(join(root, 'a'));
  const events = files.flatMap(({ body }) => body.Records);

  expect(JSON.parse(readFileSync(join(root, 'a.MANIFEST.json'), 'utf8'))).toEqual(corpus);
  expect(files).toHaveLength(40);
  expect(files.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(corpus.gzippedBytes);
  expect(events).toHaveLength(corpus.events);
  expect(new Set(events.map((event) => event.eventID)).size).toBe(corpus.distinct);
  expect(new Set(events.map((event) => event.sourceIPAddress)).size).toBeGreaterThan(25);
  for (const { path, body } of files) {
    expect(path).toMatch(/AWSLogs\/\d{12}\/CloudTrail\/[a-z0-9-]+\/\d{4}\/\d\d\/\d\d\//);
    for (const event of body.Records) expect(path).toContain(event.awsRegion);
  }

  await writeCorpus(join(root, 'b'), records, shape);
  const again = read(join(root, 'b'));
  expect(again.map(({ body }) => body)).toEqual(files.map(({ body }) => body));
});
