import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { identityCard } from '../../src/cloudtrail/identity-card.ts';
import { chainText, identityChain } from '../../src/cloudtrail/identity-chain.ts';
import { objectOf } from '../../src/cloudtrail/json-value.ts';
import { identityCells } from '../../src/cloudtrail/user-identity.ts';
import { IDENTITY_TABLE } from './identity-table.ts';

const records = readFileSync(new URL('../../fixtures/records/identity-shapes.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Record<string, unknown>);
const byId = new Map(records.map((record) => [record.eventID as string, record]));

const answersOf = (record: unknown) =>
  identityCard(record)
    .map(({ answer }) => (answer === 'not stated' ? '-' : answer))
    .join(' ');

const at = (record: unknown, path: string) =>
  path.split('.').reduce((value: unknown, key) => objectOf(value)[key], record);

test('the table is of each record of the fixture, and of nothing else', () => {
  expect(IDENTITY_TABLE.map(([id]) => id)).toEqual(records.map(({ eventID }) => eventID));
  expect(byId.size).toBe(71);
});

describe('the table made by hand', () => {
  test.each(IDENTITY_TABLE)('%s', (id, answers, who, chain) => {
    const record = byId.get(id);
    expect(answersOf(record)).toBe(answers);
    expect(identityCells(objectOf(record).userIdentity).who).toBe(who);
    expect(chainText(identityChain(record))).toBe(chain);
  });
});

describe('evidence', () => {
  test.each(records.map((record) => [record.eventID as string, record] as const))('%s', (_, record) => {
    for (const { answer, evidence } of identityCard(record)) {
      if (answer !== 'not stated') expect(evidence).not.toEqual([]);
      for (const { field, value } of evidence) expect(at(record, field)).toBe(value);
    }
  });

  test('of what contradicts the type stands beside the type', () => {
    const [, session] = identityCard(byId.get('IAM user with the ARN of a role session'));
    expect(session).toMatchObject({
      answer: 'not stated',
      evidence: [{ field: 'userIdentity.type' }, { field: 'userIdentity.arn' }],
      details: ['the record contradicts itself'],
    });
  });
});
