import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_QUERY_LENGTH, parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';
import { warmPlainEnglish } from '../../src/query/time-range.ts';
import { anyTerm, CLOCK, hostileText } from './queries.ts';

describe('printQuery', () => {
  test('a printed query parses to the same query', () => {
    fc.assert(
      fc.property(anyTerm, (query) => {
        expect(parseQuery(printQuery(query), CLOCK)).toEqual({ query, error: null });
      }),
      { numRuns: 2000 },
    );
  });

  test('what any text parses to prints and parses to the same', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 12 }), (parts) => {
        const { query } = parseQuery(parts.join(' '), CLOCK);
        if (query !== null) expect(parseQuery(printQuery(query), CLOCK).query).toEqual(query);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    'termin who:alice !readOnly:true',
    '\'a ^b c$ ^d$ "two words"',
    '(a | b c) !(d e) | error:denied,Throttling*',
    'since:2d until:"yesterday 5pm" at:11:02±5m',
    'requestParameters.ipPermissions.items[].ipRanges.items[].cidrIp:0.0.0.0/0',
    'role:~admn requestParameters.maxResults:>=50 error:*',
  ])('keeps the spelling of %s', (text) => {
    const { query } = parseQuery(text, CLOCK);
    expect(query === null ? null : printQuery(query)).toBe(text);
  });

  test('a fuzzy word that no text could give becomes a phrase', () => {
    expect(printQuery({ kind: 'word', text: 'two words', mode: 'fuzzy' })).toBe('"two words"');
  });
});

describe('parseQuery', () => {
  test('answers any text with a query or a mistake within it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 400 }),
          fc.array(hostileText).map((parts) => parts.join('')),
        ),
        (text) => {
          const { error } = parseQuery(text, CLOCK);
          if (error === null) return;
          expect(error.reason).not.toBe('');
          expect(error.from).toBeGreaterThanOrEqual(0);
          expect(error.to).toBeGreaterThanOrEqual(error.from);
        },
      ),
      { numRuns: 5000 },
    );
  });

  test.each([
    '(',
    '!',
    '"',
    'a(',
    '*',
    'name:*',
    'a|',
    'a,',
    '"\\',
    'x:',
    'a.',
    'a[].',
    'since:a',
    '14:',
    ' ',
    'a ',
    'name:a,',
    'é',
  ])('10,000 characters of %j are no work', (part) => {
    const text = part.repeat(Math.ceil(MAX_QUERY_LENGTH / part.length)).slice(0, MAX_QUERY_LENGTH);
    warmPlainEnglish();
    const started = performance.now();
    for (const prefix of ['', 'name:', 'requestParameters.', 'at:', 'since:"'])
      parseQuery((prefix + text).slice(0, MAX_QUERY_LENGTH), CLOCK);
    // Far above what it takes (1 ms), far below what backtracking would.
    expect(performance.now() - started).toBeLessThan(500);
  });
});
