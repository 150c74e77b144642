// What a terminal sends for each key, by the names that the documentation uses.

const NAMED: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  'shift+tab': '\u001b[Z',
  space: ' ',
  backspace: '\u007f',
  delete: '\u001b[3~',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
};

/** The bytes of one key: a single character, a name from the table above, or `ctrl+` with a letter. */
export function keyBytes(key: string): string {
  const named = NAMED[key];
  if (named !== undefined) return named;
  const control = /^ctrl\+([a-z@[\\\]^_])$/.exec(key)?.[1];
  if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
  if ([...key].length === 1) return key;
  throw new Error(`no such key: ${JSON.stringify(key)}`);
}

/** SGR mouse reports at a screen position counted from 0. */
export function clickBytes(column: number, row: number): string {
  const at = `${column + 1};${row + 1}`;
  return `\u001b[<0;${at}M\u001b[<0;${at}m`;
}

export function wheelBytes(direction: 'up' | 'down', column: number, row: number): string {
  return `\u001b[<${direction === 'up' ? 64 : 65};${column + 1};${row + 1}M`;
}
