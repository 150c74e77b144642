// An attack followed from a denied call to a person and the address of their laptop, on the sample. One list of steps:
// test/e2e/attack-story.test.ts takes them in a real terminal, `npm run pictures` draws them, and test/docs holds
// docs/story.md against them.

export { QUESTIONS_TIME as STORY_TIME } from './questions.ts';

export type StoryStep = {
  /** Names the picture. */
  readonly id: string;
  readonly asks: string;
  /** Pressed on the screen that the step before left, as TestTerminal.press names them. */
  readonly keys: readonly string[];
  /** What the screen then shows, all of it. */
  readonly shows: readonly RegExp[];
};

const typed = (text: string): readonly string[] => [...text];

/** The last step that it takes to know who it was. */
export const ANSWER = 'chain';

export const STORY: readonly StoryStep[] = [
  {
    id: 'denied',
    asks: 'Which denied call does nobody expect?',
    keys: ['X'],
    shows: [/Denied calls/, /▌ +7 +05-15 21:00 +dave .*\/nightly-etl +s3:PutBucketPolicy +SCP denies/],
  },
  {
    id: 'events',
    asks: 'When was it tried?',
    keys: ['enter'],
    shows: [/who:data-admin\/nightly-etl name:PutBucketPolicy/, / 7 of 3,000 events/, /▌!.*PutBucketPolicy.*denied/],
  },
  {
    id: 'chain',
    asks: 'Who is behind it?',
    keys: ['s'],
    shows: [
      /Session: dave → DataAnalyst → etl-runner → data-admin/,
      /dave \(a person/,
      /└ UserAuthentication\? .* 198\.51\.100\.44 /,
      /DataAnalyst\/dave +198\.51\.100\.44 /,
      /etl-runner\/ni\S* +203\.0\.113\.177 /,
      /▌ +● data-\S*\/nightly-etl +203\.0\.113\.177 /,
    ],
  },
  {
    id: 'damage',
    asks: 'What else did this session do?',
    keys: ['enter'],
    shows: [/ 18 of 3,000 events/, /▌W.* ModifySnapshotAttri.* ok\b/, /R.* GetObject.* ok\b/],
  },
  {
    id: 'laptop',
    asks: 'How did it begin, on the laptop?',
    keys: ['escape', 'k', 'k', 'k', 'k', 'enter'],
    shows: [/ 4 of 3,000 events/, /▌R.* AssumeRole .*etl-runner/, /GetRole .*etl-runner/],
  },
  {
    id: 'same-name',
    asks: 'Is it not the nightly job?',
    keys: ['/', 'ctrl+u', ...typed('who:data-admin'), 'enter', ...typed(':sessions'), 'enter'],
    shows: [
      /data-admin\/nightly-etl +203\.0\.113\.130 +05-16 02:32 +2 +\d/,
      /dave → data-\S*\/nightly-etl +203\.0\.113\.177 +05-15 20:56 +18 +9 /,
      /data-admin\/nightly-etl +203\.0\.113\.130 +05-15 02:32 +2 +\d/,
    ],
  },
];

/** The steps up to and with one of them. */
export function storyUpTo(id: string): readonly StoryStep[] {
  return STORY.slice(0, STORY.findIndex((step) => step.id === id) + 1);
}
