import { expect, test } from 'vitest';
import {
  forgetQuery,
  historyOf,
  MAX_HISTORY,
  NO_HISTORY,
  neighbourQuery,
  rememberQuery,
} from '../../src/state/query-history.ts';

const kept = (...texts: string[]) => texts.reduce(rememberQuery, NO_HISTORY);

test('what is kept is the newest, each once', () => {
  expect(kept('a', 'b', 'a')).toEqual({ texts: ['a', 'b'], at: 0 });
  expect(kept('a', '')).toEqual({ texts: ['a'], at: -1 });
  const many = kept(...Array.from({ length: MAX_HISTORY + 5 }, (_, k) => `q${k}`));
  expect(many.texts).toHaveLength(MAX_HISTORY);
  expect(many.texts[0]).toBe(`q${MAX_HISTORY + 4}`);
});

test('going back and coming forward leaves the order as it is', () => {
  let history = kept('a', 'b', 'c');
  for (const [step, text] of [
    [1, 'b'],
    [1, 'a'],
    [-1, 'b'],
    [-1, 'c'],
  ] as const) {
    const found = neighbourQuery(history, step);
    expect(found?.text).toBe(text);
    history = rememberQuery({ ...history, at: found?.at ?? -1 }, text);
    expect(history.texts).toEqual(['c', 'b', 'a']);
  }
  expect(neighbourQuery(history, -1)).toBeNull();
  expect(neighbourQuery({ ...history, at: 2 }, 1)).toBeNull();
});

test('without a search the way back leads to the newest, and there is nothing ahead', () => {
  const history = historyOf(['b', '', 'a', 'b']);
  expect(history).toEqual({ texts: ['b', 'a'], at: -1 });
  expect(neighbourQuery(history, 1)).toEqual({ text: 'b', at: 0 });
  expect(neighbourQuery(history, -1)).toBeNull();
  expect(neighbourQuery(NO_HISTORY, 1)).toBeNull();
});

test('what is forgotten leaves the one that is on where it is', () => {
  expect(forgetQuery({ texts: ['c', 'b', 'a'], at: 2 }, 'b')).toEqual({ texts: ['c', 'a'], at: 1 });
  expect(forgetQuery({ texts: ['c', 'b'], at: 1 }, 'b')).toEqual({ texts: ['c'], at: -1 });
});
