// Two places in the packages we bundle cost a start more than all of our own code; neither is needed for what
// the first frame shows. Each is changed at one spot while it is bundled, and the build fails when the spot is gone,
// so that a new version of the package is looked at again.

import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

type Change = { readonly file: RegExp; readonly from: string; readonly to: string };

const CHANGES: readonly Change[] = [
  {
    // Yoga's WebAssembly comes as a data: URL inside the module. Asking fetch() for it loads Node's whole HTTP client
    // (30 ms); without fetch() it decodes the base64 itself.
    file: /yoga-wasm-base64-esm\.js$/,
    from: '"function"!=typeof fetch?',
    to: '!0?',
  },
  {
    // The set of all emoji takes 15 ms to parse; only emoji and other clusters of several characters ask for it.
    file: /node_modules\/string-width\/index\.js$/,
    from: String.raw`const emojiPrefixRegex = /^(?:\p{RGI_Emoji}|\p{Regional_Indicator}{1,2}|[\d#*]\u{FE0F})/v;`,
    to: String.raw`
      let parsedEmojiPrefix;
      const emojiPrefix = () => parsedEmojiPrefix ??= /^(?:\p{RGI_Emoji}|\p{Regional_Indicator}{1,2}|[\d#*]\u{FE0F})/v;
      const emojiPrefixRegex = {test: text => emojiPrefix().test(text), exec: text => emojiPrefix().exec(text)};`,
  },
];

export const fasterStart: Plugin = {
  name: 'faster-start',
  setup(build) {
    for (const { file, from, to } of CHANGES) {
      build.onLoad({ filter: file }, async ({ path }) => {
        const contents = await readFile(path, 'utf8');
        if (!contents.includes(from)) return { errors: [{ text: `${path} has changed: look at faster-start.ts` }] };
        return { contents: contents.replaceAll(from, () => to), loader: 'js' };
      });
    }
  },
};
