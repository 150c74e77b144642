// The attack that the README and docs/story.md follow.

import { playStory } from '../../helpers/play-story.ts';
import { STORY, STORY_TIME, storyUpTo } from '../../helpers/story.ts';
import type { Scene } from './scene.ts';

export const STORY_SCENES: readonly Scene[] = STORY.map(({ id, asks }) => ({
  name: `story/${id}`,
  title: `trailx --sample: ${asks}`,
  args: ['--sample'],
  columns: 120,
  rows: 30,
  env: { TRAILX_SAMPLE_END: STORY_TIME, TRAILX_PICTURE_TIME: STORY_TIME },
  play: (terminal) => playStory(terminal, storyUpTo(id)),
}));
