import type { StoryStep } from './story.ts';
import type { TestTerminal } from './terminal.ts';

/** Takes the steps one after the other, each on what the one before shows. */
export async function playStory(terminal: TestTerminal, steps: readonly StoryStep[]): Promise<void> {
  await terminal.until(/UTC · 1\/3,000/);
  for (const { keys, shows } of steps) {
    for (const key of keys) {
      if (key === 'escape') await terminal.escape();
      else terminal.press(key);
    }
    for (const shown of shows) await terminal.until(shown);
  }
}
