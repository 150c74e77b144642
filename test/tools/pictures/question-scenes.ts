// The answers on the page of questions, docs/questions.md.

import { QUESTIONS, QUESTIONS_TIME } from '../../helpers/questions.ts';
import type { Scene } from './scene.ts';

export const QUESTION_SCENES: readonly Scene[] = QUESTIONS.map(({ id, asks, keys, shows, between, drawn }) => ({
  name: `questions/${id}`,
  title: `trailx --sample: ${asks}`,
  args: ['--sample'],
  columns: 120,
  rows: 30,
  env: { TRAILX_SAMPLE_END: QUESTIONS_TIME, TRAILX_PICTURE_TIME: QUESTIONS_TIME },
  async play(terminal) {
    await terminal.until(/UTC · 1\/3,000/);
    const pressed = drawn === undefined ? keys : keys.slice(0, drawn.keys);
    for (const [index, key] of pressed.entries()) {
      const expected = between?.[index];
      if (expected !== undefined) await terminal.until(expected);
      terminal.press(key);
    }
    for (const shown of drawn?.shows ?? shows) await terminal.until(shown);
  },
}));
