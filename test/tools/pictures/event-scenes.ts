// What docs/event.md shows of one event and what happened around it.

import { STORY_TIME } from '../../helpers/story.ts';
import type { TestTerminal } from '../../helpers/terminal.ts';
import type { Scene } from './scene.ts';

const scene = (name: string, title: string, play: (terminal: TestTerminal) => Promise<void>): Scene => ({
  name: `event/${name}`,
  title: `trailx --sample: ${title}`,
  args: ['--sample'],
  columns: 120,
  rows: 30,
  env: { TRAILX_SAMPLE_END: STORY_TIME, TRAILX_PICTURE_TIME: STORY_TIME },
  play: async (terminal) => {
    await terminal.until('3,000 events');
    await play(terminal);
  },
});

const search = async (terminal: TestTerminal, query: string): Promise<void> => {
  terminal.press('/');
  terminal.type(query);
  terminal.press('enter');
  await terminal.until(/ of 3,000 events/);
};

export const EVENT_SCENES: readonly Scene[] = [
  scene('resource', 'the history of a volume', async (terminal) => {
    terminal.press(':');
    terminal.type('resource vol-08c4f2a6e1d97b350');
    terminal.press('enter');
    await terminal.until(/History of vol-08c4f2a6e1d97b350/);
    await terminal.until('ModifySnapshotAttrib');
  }),
  scene('ssh', 'who got into which instance', async (terminal) => {
    terminal.press('S');
    await terminal.until('SSH access');
    await terminal.until('SHA256:');
  }),
  scene('opened', 'what is open to the world', async (terminal) => {
    terminal.press(':');
    terminal.type('opened-to-the-world');
    terminal.press('enter');
    await terminal.until('0.0.0.0/0');
  }),
  scene('tree', 'a policy in the record of a call', async (terminal) => {
    await search(terminal, 'name:PutBucketPolicy error:*');
    terminal.press('enter', '+', '+');
    await terminal.until('requestParameters');
    await terminal.until('Statement');
  }),
  scene('people', 'everybody, whatever role they had', async (terminal) => {
    terminal.press(':');
    terminal.type('people');
    terminal.press('enter');
    await terminal.until('People');
    await terminal.until('dave');
  }),
];
