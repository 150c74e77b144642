// Keys that edit a line, as a shell has them (readline).

const EDITS = {
  backspace: 'backspace',
  'ctrl+h': 'backspace',
  delete: 'delete',
  left: 'left',
  right: 'right',
  home: 'home',
  'ctrl+a': 'home',
  end: 'end',
  'ctrl+e': 'end',
  'alt+b': 'wordLeft',
  'ctrl+left': 'wordLeft',
  'alt+left': 'wordLeft',
  'alt+f': 'wordRight',
  'ctrl+right': 'wordRight',
  'alt+right': 'wordRight',
  'ctrl+k': 'clearToEnd',
  'ctrl+w': 'deleteWord',
  'alt+backspace': 'deleteWord',
} as const satisfies Record<string, string>;

export type TextEdit = (typeof EDITS)[keyof typeof EDITS];

/** The edit that a key makes in a line; undefined for keys that type something or mean nothing there. */
export function textEditFor(key: string): TextEdit | undefined {
  return Object.hasOwn(EDITS, key) ? EDITS[key as keyof typeof EDITS] : undefined;
}
