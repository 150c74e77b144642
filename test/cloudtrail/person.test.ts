import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CALLER_FIELDS,
  type CallerCells,
  centerUserOf,
  isUserId,
  ownPerson,
  personOfRecord,
} from '../../src/cloudtrail/person.ts';

const cells = (own: Partial<CallerCells>): CallerCells => ({
  ...(Object.fromEntries(CALLER_FIELDS.map((field) => [field, ''])) as CallerCells),
  ...own,
});

test.each([
  ['90678a1b2c-0b7d1c52-3e4f-4a5b-8c6d-7e8f9a0b1c2d', true],
  ['0b7d1c52-3e4f-4a5b-8c6d-7e8f9a0b1c2d', true],
  ['0B7D1C52-3E4F-4A5B-8C6D-7E8F9A0B1C2D', true],
  ['dave', false],
  ['', false],
  ['x-0b7d1c52-3e4f-4a5b-8c6d-7e8f9a0b1c2d', false],
])('%j is an id of Identity Center: %s', (text, expected) => expect(isUserId(text)).toBe(expected));

test('a type that is not stated is read from the ARN', () => {
  const user = { arn: 'arn:aws:iam::111122223333:user/alice', who: 'alice', user: 'alice', caller: '111122223333' };
  const alice = { kind: 'user', name: 'alice', account: '111122223333' };
  for (const type of ['', 'Unknown']) expect(ownPerson(cells({ ...user, type }))?.person).toEqual(alice);
  expect(ownPerson(cells({ ...user, type: 'Directory' }))).toBeNull();
});

test('whatever a caller states, who they are is a name that it states', () => {
  const texts = fc.constantFrom(
    '',
    'alice',
    'root',
    'AWSReservedSSO_Admin_0123456789abcdef',
    'Admin/alice',
    '111122223333',
  );
  const types = fc.constantFrom('', 'Root', 'IAMUser', 'AssumedRole', 'FederatedUser', 'SAMLUser', 'AWSService', 'odd');
  const any = fc.record({ ...Object.fromEntries(CALLER_FIELDS.map((field) => [field, texts])), type: types });
  fc.assert(
    fc.property(any, (given) => {
      const own = ownPerson(given as CallerCells);
      const { person } = own ?? {};
      if (person !== undefined && 'name' in person) {
        expect(person.name).not.toBe('');
        expect(Object.values(given)).toContain(person.name);
      }
    }),
  );
});

test('records of any kind name a user of Identity Center or nobody', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(centerUserOf(value)).toBeNull();
      expect(personOfRecord(value)).toBeNull();
      expect(centerUserOf({ userIdentity: value, additionalEventData: value })).toBeNull();
    }),
  );
});
