// The attack of the sample is followed in a real terminal: from a denied call to the person and the address of the
// laptop behind a chain of two roles, and back down to what was done.

import { afterEach, expect, test } from 'vitest';
import { playStory } from '../helpers/play-story.ts';
import { ANSWER, STORY, STORY_TIME, type StoryStep, storyUpTo } from '../helpers/story.ts';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';

const FIXED_WORLD = new URL('../tools/pictures/fixed-world.ts', import.meta.url).href;

let terminal: TestTerminal;
afterEach(() => terminal.dispose());

async function follow(columns: number, rows: number, steps: readonly StoryStep[]): Promise<string> {
  terminal = startTerminal({
    args: ['--sample'],
    columns,
    rows,
    nodeArgs: [`--import=${FIXED_WORLD}`],
    env: { TRAILX_SAMPLE_END: STORY_TIME, TRAILX_PICTURE_TIME: STORY_TIME },
  });
  await playStory(terminal, steps);
  return terminal.picture();
}

test.each([
  [80, 24],
  [200, 50],
])('from a denied call to the person and their laptop, on %d × %d', async (columns, rows) => {
  const steps = storyUpTo(ANSWER);
  expect(steps.flatMap(({ keys }) => keys).length).toBeLessThan(5);
  const lines = (await follow(columns, rows, steps)).split('\n');
  // The person above, then each session under the call that began it: two roles between the laptop and the denied call.
  const order = [/dave \(a person/, /DataAnalyst\/dave/, /etl-runner\/ni/, /● data-admin\/ni/].map((shown) =>
    lines.findIndex((line) => shown.test(line)),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(lines.filter((line) => /└ AssumeRole, /.test(line))).toHaveLength(2);
});

test.each([
  [80, 24],
  [200, 50],
])('to the end: what it did, how it began, and whose name it bears, on %d × %d', async (columns, rows) => {
  await follow(columns, rows, STORY);
});
