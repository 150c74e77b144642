import { describe, expect, it } from 'vitest';
import { parseMouse } from '../../src/keys/mouse.ts';

const NONE = { shift: false, alt: false, ctrl: false };

describe('parseMouse', () => {
  it.each([
    ['<0;1;1M', { kind: 'press', button: 'left', column: 0, row: 0, modifiers: NONE, wheel: 0 }],
    ['<0;12;5m', { kind: 'release', button: 'left', column: 11, row: 4, modifiers: NONE, wheel: 0 }],
    ['<1;1;1M', { kind: 'press', button: 'middle', column: 0, row: 0, modifiers: NONE, wheel: 0 }],
    ['<2;300;200M', { kind: 'press', button: 'right', column: 299, row: 199, modifiers: NONE, wheel: 0 }],
    ['<32;4;4M', { kind: 'drag', button: 'left', column: 3, row: 3, modifiers: NONE, wheel: 0 }],
    ['<35;4;4M', { kind: 'move', button: 'none', column: 3, row: 3, modifiers: NONE, wheel: 0 }],
    ['<64;2;3M', { kind: 'wheel', button: 'none', column: 1, row: 2, modifiers: NONE, wheel: -1 }],
    ['<65;2;3M', { kind: 'wheel', button: 'none', column: 1, row: 2, modifiers: NONE, wheel: 1 }],
    [
      '<28;1;1M',
      { kind: 'press', button: 'left', column: 0, row: 0, modifiers: { shift: true, alt: true, ctrl: true }, wheel: 0 },
    ],
    ['<81;1;1M', { kind: 'wheel', button: 'none', column: 0, row: 0, modifiers: { ...NONE, ctrl: true }, wheel: 1 }],
    ['<0;0;0M', { kind: 'press', button: 'left', column: 0, row: 0, modifiers: NONE, wheel: 0 }],
  ])('reads CSI %s', (report, mouse) => {
    expect(parseMouse(`\u001b[${report}`)).toEqual(mouse);
  });

  it.each(['<66;1;1M', '<67;1;1M', '<128;1;1M', '<0;1M', '<0;1;1', '0;1;1M', '<0;1;1Mx', '<a;1;1M', '<0;999999;1M'])(
    'passes over CSI %s',
    (report) => {
      expect(parseMouse(`\u001b[${report}`)).toBeUndefined();
    },
  );
});
