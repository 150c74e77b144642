import { expect, test } from 'vitest';
import { countColumn, readCountNames } from '../../src/query/count-names.ts';

test.each([
  ['who', { kind: 'stored', field: 'who' }],
  ['SourceIPAddress', { kind: 'stored', field: 'ip' }],
  ['family', { kind: 'family' }],
  ['id', { kind: 'path', steps: [{ kind: 'key', key: 'eventID' }] }],
  [
    'requestParameters.items[].type',
    { kind: 'path', steps: ['requestParameters', 'items', 'type'].map((key) => ({ kind: 'key', key })) },
  ],
])('counts by %s', (name, column) => expect(countColumn(name)).toEqual(column));

test.each([
  ['rigion', 'there is no field rigion; did you mean region?'],
  ['nonsense', 'there is no field nonsense; a path begins as requestParameters.… does'],
  ['a"b', 'there is no field a"b; a path begins as requestParameters.… does'],
  ['time', 'nothing is counted by time here: the histogram (i) does that'],
  ['first', 'nothing is counted by what is new: :rare lists it'],
  ['person', 'nothing is counted by person here: :people lists them'],
  [`requestParameters${'.a'.repeat(32)}`, 'this path is too long: at most 32 keys'],
])('not by %s', (name, reason) => expect(countColumn(name)).toEqual({ kind: 'problem', reason }));

test.each([
  ['who ip', ['who', 'ip']],
  [' who,ip , who ', ['who', 'ip']],
  ['requestParameters.tags."a key, too" who', ['requestParameters.tags."a key, too"', 'who']],
  ['requestParameters["a key"]', ['requestParameters["a key"]']],
])('reads %s', (text, names) => expect(readCountNames(text)).toEqual({ kind: 'names', names }));

test.each([
  ['', 'say by what: who, ip, requestParameters.instanceType'],
  ['who ipp', 'there is no field ipp; did you mean ip?'],
  ['who ip name error region role', 'at most 5 columns: leave out role'],
])('refuses %j', (text, reason) => expect(readCountNames(text)).toEqual({ kind: 'problem', reason }));
