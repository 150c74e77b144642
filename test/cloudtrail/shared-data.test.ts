// Real records, where they lie beside the checkout: nothing throws, nothing reads "undefined".

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { consoleRowOf } from '../../src/cloudtrail/console-csv.ts';
import { identityCard } from '../../src/cloudtrail/identity-card.ts';
import { objectOf, textOf } from '../../src/cloudtrail/json-value.ts';
import { resourcesOf } from '../../src/cloudtrail/resources.ts';
import { summarize } from '../../src/cloudtrail/summary.ts';
import { identityCells } from '../../src/cloudtrail/user-identity.ts';

const DATA = new URL('../../../shared/data/', import.meta.url);

function valuesOf(path: string): unknown[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
  const parse = (json: string): unknown[] => {
    try {
      return [JSON.parse(json)];
    } catch {
      return [];
    }
  };
  const whole = parse(text);
  return whole.length > 0 ? whole : text.split('\n').flatMap(parse);
}

function* recordsOf(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) for (const item of value) yield* recordsOf(item);
  else {
    const { Records, Events, CloudTrailEvent, detail } = objectOf(value);
    if (Array.isArray(Records ?? Events)) yield* recordsOf(Records ?? Events);
    else if (typeof CloudTrailEvent === 'string') yield JSON.parse(CloudTrailEvent);
    else yield detail ?? value;
  }
}

test.skipIf(!existsSync(DATA))('every record of the shared data has a sentence, a card and a row', () => {
  const files = readdirSync(DATA, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  let count = 0;
  for (const file of files) {
    for (const record of valuesOf(`${file.parentPath}/${file.name}`).flatMap((value) => [...recordsOf(value)])) {
      count++;
      const { userIdentity, resources, requestParameters, responseElements } = objectOf(record);
      const cells = identityCells(userIdentity);
      const texts = [summarize(record), ...Object.values(cells), ...identityCard(record).flatMap((a) => a.details)];
      expect(texts.filter((text) => /\bundefined\b|\[object/.test(text))).toEqual([]);
      expect(resourcesOf({ resources, requestParameters, responseElements }).length).toBeLessThanOrEqual(64);
      expect(consoleRowOf(record)).toHaveLength(16);
      if (Object.values(objectOf(userIdentity)).some((value) => textOf(value) !== '')) expect(cells.who).not.toBe('');
      const decided = identityCard(record).filter(({ answer }) => answer !== 'not stated');
      expect(decided.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
    }
  }
  expect(count).toBeGreaterThan(10_000);
});
