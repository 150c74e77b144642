// A few places in the packages we bundle cost a start, or each frame, more than all of our own code; none is needed for
// what the screen mostly shows. Each is changed at its spot while it is bundled, and the build fails when the spot is gone,
// so that a new version of the package is looked at again.

import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { NOT_NARROW } from '../text/width.ts';

type Change = {
  readonly file: RegExp;
  readonly spots: readonly { readonly from: string; readonly to: string }[];
};

const CHANGES: readonly Change[] = [
  {
    file: /yoga-wasm-base64-esm\.js$/,
    spots: [
      // Yoga's WebAssembly comes as a data: URL inside the module. Asking fetch() for it loads Node's whole HTTP client
      // (30 ms); without fetch() it decodes the base64 itself, letter by letter in a loop that was never run before (3 ms).
      { from: '"function"!=typeof fetch?', to: '!0?' },
      {
        from: 'var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c',
        to: 'var d=Buffer.from(a.slice(37),"base64")',
      },
    ],
  },
  {
    file: /node_modules\/string-width\/index\.js$/,
    spots: [
      // The set of all emoji takes 15 ms to parse; only emoji and other clusters of several characters ask for it.
      {
        from: String.raw`const emojiPrefixRegex = /^(?:\p{RGI_Emoji}|\p{Regional_Indicator}{1,2}|[\d#*]\u{FE0F})/v;`,
        to: String.raw`
      let parsedEmojiPrefix;
      const emojiPrefix = () => parsedEmojiPrefix ??= /^(?:\p{RGI_Emoji}|\p{Regional_Indicator}{1,2}|[\d#*]\u{FE0F})/v;
      const emojiPrefixRegex = {test: text => emojiPrefix().test(text), exec: text => emojiPrefix().exec(text)};`,
      },
      // A line with one … or │ is taken apart into its characters, again and again: Ink asks about each line of a frame.
      {
        from: 'return nonAsciiOrControlRegex.test(string) ?',
        to: `if (ambiguousIsNarrow && !${NOT_NARROW}.test(string)) return string.length;
      return nonAsciiOrControlRegex.test(string) ?`,
      },
    ],
  },
  {
    // Parts of Node.js that take a millisecond each to read, for what does not happen here: a stdout without a size is
    // asked for by other programs, and a wrong callback is given to nobody.
    file: /node_modules\/terminal-size\/index\.js$/,
    spots: [
      {
        from: "import {execFileSync} from 'node:child_process';",
        to: "const execFileSync = (...args) => process.getBuiltinModule('node:child_process').execFileSync(...args);",
      },
    ],
  },
  {
    file: /node_modules\/signal-exit\/index\.js$/,
    spots: [
      {
        from: "var assert = require('assert')",
        to: "var assert = { equal: (...args) => require('assert').equal(...args) }",
      },
    ],
  },
];

export const fasterStart: Plugin = {
  name: 'faster-start',
  setup(build) {
    for (const { file, spots } of CHANGES) {
      build.onLoad({ filter: file }, async ({ path }) => {
        let contents = await readFile(path, 'utf8');
        for (const { from, to } of spots) {
          if (!contents.includes(from)) return { errors: [{ text: `${path} has changed: look at faster-start.ts` }] };
          contents = contents.replaceAll(from, () => to);
        }
        return { contents, loader: 'js' };
      });
    }
  },
};
