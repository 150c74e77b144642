// What keys are called, by what terminals send for them. Kept apart from keypress.ts, which finds where a
// key begins and ends.

type NamedKey = { readonly name: string; readonly text: string };

/** CSI 1 ; modifier LETTER, CSI LETTER and SS3 LETTER */
const BY_LETTER: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'clear',
  F: 'end',
  H: 'home',
  M: 'enter',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  I: 'tab',
};

/** SS3 LETTER of a keypad in application mode */
const KEYPAD: Readonly<Record<string, string>> = {
  j: '*',
  k: '+',
  l: ',',
  m: '-',
  n: '.',
  o: '/',
  X: '=',
  p: '0',
  q: '1',
  r: '2',
  s: '3',
  t: '4',
  u: '5',
  v: '6',
  w: '7',
  x: '8',
  y: '9',
};

/** CSI NUMBER ~ */
const BY_NUMBER: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageUp',
  6: 'pageDown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** CSI NUMBER u: keys that type nothing, and kitty's keypad */
const BY_CODE_POINT: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  10: 'enter',
  13: 'enter',
  27: 'escape',
  32: 'space',
  127: 'backspace',
  57414: 'enter',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57421: 'pageUp',
  57422: 'pageDown',
  57423: 'home',
  57424: 'end',
  57425: 'insert',
  57426: 'delete',
};

const KITTY_KEYPAD = '0123456789./*-+';
const KITTY_KEYPAD_FROM = 57399;

const SHIFT = 1;
const ALT = 2;
const CTRL = 4;
/** Super, Hyper and Meta: a window manager's; a key with them is none of ours. Caps and Num Lock are ignored. */
const FOREIGN = 8 | 16 | 32;
const RELEASED = '3';

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal input is made of them
const SEQUENCE = /^(\x1b?)\x1b([[O])(\[?)([0-9;:]*)([~^$@A-Za-z])$/;

/** A whole CSI or SS3 sequence as a key; undefined for an unknown one and for a key's release. */
export function namedKey(sequence: string): NamedKey | undefined {
  const match = SEQUENCE.exec(sequence);
  if (match === null) return undefined;
  const [, extraEscape, kind, linux, parameters = '', final = ''] = match;
  const [first = '', second = ''] = parameters.split(';');
  const [modifierText = '', event = ''] = second.split(':');
  if (event === RELEASED) return undefined;
  let modifiers = modifierText === '' ? 0 : Math.max(0, Number(modifierText) - 1);
  if (extraEscape !== '') modifiers |= ALT;
  if ((modifiers & FOREIGN) !== 0) return undefined;
  if (linux !== '') return linuxKey(first, final, modifiers);
  if (final === 'u') return codePointKey(parameters, modifiers);
  if ('~^$@'.includes(final)) return numberedKey(parameters, first, final, modifiers);
  if (kind === 'O') return ss3Key(parameters, final, modifiers);
  if (final === 'Z') return withModifiers('tab', modifiers | SHIFT);
  // rxvt: lower case letters are arrows with Shift. xterm: CSI I and CSI O tell of the window's focus.
  if (/[a-d]/.test(final)) return withModifiers(BY_LETTER[final.toUpperCase()], modifiers | SHIFT);
  if (final === 'I' && parameters === '') return { name: 'focusIn', text: '' };
  if (final === 'O' && parameters === '') return { name: 'focusOut', text: '' };
  // CSI row ; column R answers a question about the cursor; F3 is CSI R or CSI 1 ; modifier R.
  if (parameters !== '' && first !== '1') return undefined;
  return withModifiers(BY_LETTER[final], modifiers);
}

/** A control character or a grapheme as a key; undefined for what has no meaning as a key. */
export function unnamedKey(text: string): NamedKey | undefined {
  switch (text) {
    case '\r':
    case '\n':
    case '\r\n':
      return { name: 'enter', text: '' };
    case '\t':
      return { name: 'tab', text: '' };
    case '\b':
    case '\u007f':
      return { name: 'backspace', text: '' };
    case ' ':
      return { name: 'space', text: ' ' };
    case '\u0000':
      return { name: 'ctrl+space', text: '' };
  }
  const code = text.charCodeAt(0);
  if (code < 0x1b) return { name: `ctrl+${String.fromCharCode(code + 0x60)}`, text: '' };
  if (code < 0x20) return { name: `ctrl+${String.fromCharCode(code + 0x40)}`, text: '' };
  if (code >= 0x80 && code < 0xa0) return undefined;
  return { name: text, text };
}

/** Linux console: CSI [ A to CSI [ E are F1 to F5. PuTTY: CSI [ 5 ~. */
function linuxKey(first: string, final: string, modifiers: number): NamedKey | undefined {
  if (final === '~') return withModifiers(BY_NUMBER[first], modifiers);
  const number = 'ABCDE'.indexOf(final) + 1;
  return number === 0 ? undefined : withModifiers(`f${number}`, modifiers);
}

/** rxvt ends them in ^ with Ctrl, $ with Shift, @ with both. xterm's modifyOtherKeys: CSI 27 ; modifier ; code ~. */
function numberedKey(parameters: string, first: string, final: string, modifiers: number): NamedKey | undefined {
  if (first === '27') return codePointKey(parameters.split(';')[2] ?? '', modifiers);
  const more = final === '^' ? CTRL : final === '$' ? SHIFT : final === '@' ? CTRL | SHIFT : 0;
  return withModifiers(BY_NUMBER[first], modifiers | more);
}

/** Some terminals write the modifier without the 1 before it: SS3 5 A. */
function ss3Key(parameters: string, final: string, modifiers: number): NamedKey | undefined {
  const alone = /^\d$/.test(parameters) ? Math.max(0, Number(parameters) - 1) & 7 : 0;
  if (/[a-d]/.test(final)) return withModifiers(BY_LETTER[final.toUpperCase()], modifiers | CTRL);
  const typed = KEYPAD[final];
  if (typed !== undefined) return { name: typed, text: typed };
  return withModifiers(BY_LETTER[final], modifiers | alone);
}

/** kitty: CSI code : shifted code ; modifiers : event ; text u */
function codePointKey(parameters: string, modifiers: number): NamedKey | undefined {
  const [codes = '', , typed = ''] = parameters.split(';');
  const [code, shifted] = codes.split(':').map(Number);
  if (code === undefined || !isCodePoint(code)) return undefined;
  const named = BY_CODE_POINT[code];
  if (named !== undefined) return withModifiers(named, modifiers);
  const keypad = KITTY_KEYPAD[code - KITTY_KEYPAD_FROM];
  if (keypad !== undefined) return withModifiers(keypad, modifiers);
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xe000 && code <= 0xf8ff)) return undefined;
  const character = typedCharacter(code, shifted, typed, (modifiers & SHIFT) !== 0);
  return withModifiers(character, modifiers & ~SHIFT);
}

function typedCharacter(code: number, shifted: number | undefined, typed: string, isShifted: boolean): string {
  const codes = typed.split(':').map(Number);
  if (typed !== '' && codes.every(isCodePoint)) return String.fromCodePoint(...codes);
  if (!isShifted) return String.fromCodePoint(code);
  if (shifted !== undefined && isCodePoint(shifted) && shifted > 0x20) return String.fromCodePoint(shifted);
  return String.fromCodePoint(code).toUpperCase();
}

function isCodePoint(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
}

function withModifiers(name: string | undefined, modifiers: number): NamedKey | undefined {
  if (name === undefined) return undefined;
  const ctrl = (modifiers & CTRL) !== 0 ? 'ctrl+' : '';
  const alt = (modifiers & ALT) !== 0 ? 'alt+' : '';
  const shift = (modifiers & SHIFT) !== 0 ? 'shift+' : '';
  if (ctrl === '' && alt === '' && name === 'space') return { name: 'space', text: ' ' };
  // A character that Shift changed says so by itself: `J`, `?`.
  const isCharacter = [...name].length === 1;
  const full = ctrl + alt + (isCharacter ? '' : shift) + (ctrl !== '' && isCharacter ? name.toLowerCase() : name);
  return { name: full, text: isCharacter && ctrl === '' && alt === '' ? name : '' };
}
