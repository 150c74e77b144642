import { expect, test } from 'vitest';
import { listSaved, nameProblem, savingProblem } from '../../src/state/saved-queries.ts';

test('a name is short and can be read', () => {
  for (const name of ['root', 'wer war das?', '__proto__', '漢字', 'x'.repeat(40), '🔥'.repeat(40)])
    expect(nameProblem(name)).toBeNull();
  expect(nameProblem('')).toBe('type a name to save the search by');
  expect(nameProblem('x'.repeat(41))).toBe('a name has at most 40 characters');
  for (const name of ['a\nb', 'a\u001b[31m', '\u202egnp', 'a\u200bb'])
    expect(nameProblem(name)).toBe('a name has no characters that cannot be seen');
});

test('there must be something to save, and room for it', () => {
  expect(savingProblem({}, 'x', '')).toBe('there is no search to save: / searches');
  expect(savingProblem({}, '', 'error:*')).toBe('type a name to save the search by');
  expect(savingProblem({ y: 'a'.repeat(90_000) }, 'x', 'b'.repeat(9000))).toBeNull();
  expect(savingProblem({ y: 'a'.repeat(95_000) }, 'x', 'b'.repeat(9000))).toMatch(/^too much to save/);
  expect(savingProblem({ x: 'a'.repeat(95_000) }, 'x', 'b'.repeat(9000))).toBeNull();
});

test('they are listed by name', () => {
  expect(listSaved({ b: '2', A: '1', ['__proto__']: '3' })).toEqual([
    { name: '__proto__', text: '3' },
    { name: 'A', text: '1' },
    { name: 'b', text: '2' },
  ]);
});
