// Every value of a record was chosen by whoever made the call, so it may hold anything: cursor movements,
// line breaks, characters that reverse the reading order, text hidden in tag characters. Whatever would
// change the terminal, or would not be seen, is shown as the escape that JSON has for it.
//
// What counts: controls (C0, DEL, C1), format characters and everything else that Unicode says may be drawn
// as nothing (bidi controls, zero-width joiners, soft hyphens, tags, variation selectors, Hangul fillers),
// line and paragraph separators, halves of surrogate pairs, and code points that are not assigned, for no
// two terminals agree on their width. Inside JSON the result is the same JSON.

// No quantifier: `^[…]*$` overflows the regex engine's stack on strings of millions of characters.
const NOT_PLAIN_ASCII = /[^\u{20}-\u{7E}]/v;
const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/v;
const EVERY_HOSTILE = new RegExp(HOSTILE.source, 'gv');

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** The text with every character that a terminal would obey or hide replaced by a visible JSON escape
 *  (`\n`, `\u001b`, `\udb40\udc41`). All else comes back untouched; a clean text is returned as it is. */
export function sanitize(text: string): string {
  if (!NOT_PLAIN_ASCII.test(text) || !HOSTILE.test(text)) return text;
  return text.replace(EVERY_HOSTILE, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  let escaped = '';
  for (let index = 0; index < character.length; index++) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
