// The pictures of the README and the guide: what is typed, and what must be on the screen before the picture is taken.

import { ERROR_SCENES } from './error-scenes.ts';
import { EVENT_SCENES } from './event-scenes.ts';
import { LIVE_SCENES } from './live-scenes.ts';
import { QUESTION_SCENES } from './question-scenes.ts';
import { SAMPLE_SCENES } from './sample-scenes.ts';
import type { Scene } from './scene.ts';
import { STORY_SCENES } from './story-scenes.ts';

export const SCENES: readonly Scene[] = [
  ...SAMPLE_SCENES,
  ...QUESTION_SCENES,
  ...STORY_SCENES,
  ...EVENT_SCENES,
  ...LIVE_SCENES,
  ...ERROR_SCENES,
];
