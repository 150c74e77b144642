// Mouse reports in SGR form (`?1006h`): CSI < code ; column ; row M for a press, m for a release.
// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h3-Extended-coordinates

export type MouseButton = 'left' | 'middle' | 'right' | 'none';

export type MouseModifiers = { readonly shift: boolean; readonly alt: boolean; readonly ctrl: boolean };

/** `column` and `row` count from 0 at the top left corner. */
type MousePlace = { readonly column: number; readonly row: number; readonly modifiers: MouseModifiers };

export type MouseInput =
  | (MousePlace & {
      readonly kind: 'press' | 'release' | 'drag' | 'move';
      readonly button: MouseButton;
      readonly wheel: 0;
    })
  /** -1 up, 1 down */
  | (MousePlace & { readonly kind: 'wheel'; readonly button: 'none'; readonly wheel: -1 | 1 });

const BUTTONS: readonly MouseButton[] = ['left', 'middle', 'right', 'none'];
const SHIFT = 4;
const ALT = 8;
const CTRL = 16;
const MOTION = 32;
const WHEEL = 64;
const EXTRA_BUTTONS = 128;

/** One whole SGR mouse report; undefined for anything else, and for what is not used here: sideways wheels
 *  and the buttons beyond the third. */
export function parseMouse(sequence: string): MouseInput | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal input is made of them
  const match = /^\x1b\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])$/.exec(sequence);
  if (match === null) return undefined;
  const code = Number(match[1]);
  const place: MousePlace = {
    column: Math.max(0, Number(match[2]) - 1),
    row: Math.max(0, Number(match[3]) - 1),
    modifiers: { shift: (code & SHIFT) !== 0, alt: (code & ALT) !== 0, ctrl: (code & CTRL) !== 0 },
  };
  const low = code & 3;
  if ((code & EXTRA_BUTTONS) !== 0) return undefined;
  if ((code & WHEEL) !== 0) {
    if (low > 1 || match[4] === 'm') return undefined;
    return { ...place, kind: 'wheel', button: 'none', wheel: low === 0 ? -1 : 1 };
  }
  const button = BUTTONS[low] ?? 'none';
  if ((code & MOTION) !== 0) return { ...place, kind: button === 'none' ? 'move' : 'drag', button, wheel: 0 };
  return { ...place, kind: match[4] === 'm' ? 'release' : 'press', button, wheel: 0 };
}
