import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeypressParser, type Keypress, splitInput } from '../../src/keys/keypress.ts';

const ESC = '\u001b';
const names = (data: string) => splitInput(data).map((key) => key.name);
const typed = (text: string): Keypress[] => [...text].map((name) => ({ name, text: name }));

describe('typing', () => {
  it.each<[string, readonly string[]]>([
    ['j', ['j']],
    ['jjj', ['j', 'j', 'j']],
    ['J?:/[]=!-_+0', ['J', '?', ':', '/', '[', ']', '=', '!', '-', '_', '+', '0']],
    ['foo\r', ['f', 'o', 'o', 'enter']],
    ['\r', ['enter']],
    ['\n', ['enter']],
    ['\r\n', ['enter']],
    ['\r\r', ['enter', 'enter']],
    ['\t \u007f\b', ['tab', 'space', 'backspace', 'backspace']],
    ['\u0001\u0003\u0004\u0015\u001a', ['ctrl+a', 'ctrl+c', 'ctrl+d', 'ctrl+u', 'ctrl+z']],
    ['\u0000\u001c\u001d\u001e\u001f', ['ctrl+space', 'ctrl+\\', 'ctrl+]', 'ctrl+^', 'ctrl+_']],
    ['é山👨‍👩‍👧e\u0301🇩🇪', ['é', '山', '👨‍👩‍👧', 'e\u0301', '🇩🇪']],
    ['a\u0003b', ['a', 'ctrl+c', 'b']],
    ['a\u0085b', ['a', 'b']],
  ])('%j', (data, expected) => {
    expect(names(data)).toEqual(expected);
  });

  it('says what a key types, and nothing for one that types nothing', () => {
    expect(splitInput('a \u0004\r👨‍👩‍👧')).toEqual([
      { name: 'a', text: 'a' },
      { name: 'space', text: ' ' },
      { name: 'ctrl+d', text: '' },
      { name: 'enter', text: '' },
      { name: '👨‍👩‍👧', text: '👨‍👩‍👧' },
    ]);
  });
});

describe('sequences', () => {
  it.each<[string, readonly string[]]>([
    // xterm, VTE
    ['[A', ['up']],
    ['[B', ['down']],
    ['[C', ['right']],
    ['[D', ['left']],
    ['[H', ['home']],
    ['[F', ['end']],
    ['OA', ['up']],
    ['OH', ['home']],
    ['OF', ['end']],
    ['[5~', ['pageUp']],
    ['[6~', ['pageDown']],
    ['[3~', ['delete']],
    ['[2~', ['insert']],
    ['[Z', ['shift+tab']],
    ['OP', ['f1']],
    ['OS', ['f4']],
    ['[15~', ['f5']],
    ['[24~', ['f12']],
    ['[1;5A', ['ctrl+up']],
    ['[1;2D', ['shift+left']],
    ['[1;3C', ['alt+right']],
    ['[1;6C', ['ctrl+shift+right']],
    ['[1;8A', ['ctrl+alt+shift+up']],
    ['[5;5~', ['ctrl+pageUp']],
    ['[3;2~', ['shift+delete']],
    ['[1;2P', ['shift+f1']],
    ['[1;2R', ['shift+f3']],
    ['[I', ['focusIn']],
    ['[O', ['focusOut']],
    ['OM', ['enter']],
    ['Oj', ['*']],
    ['Op', ['0']],
    // rxvt
    ['[7~', ['home']],
    ['[8~', ['end']],
    ['[a', ['shift+up']],
    ['Oa', ['ctrl+up']],
    ['[5$', ['shift+pageUp']],
    ['[5^', ['ctrl+pageUp']],
    ['[5@', ['ctrl+shift+pageUp']],
    [`${ESC}[A`, ['alt+up']],
    [`${ESC}OA`, ['alt+up']],
    // Linux console, PuTTY
    ['[1~', ['home']],
    ['[4~', ['end']],
    ['[[A', ['f1']],
    ['[[E', ['f5']],
    ['[11~', ['f1']],
    // kitty
    ['[100;5u', ['ctrl+d']],
    ['[97u', ['a']],
    ['[97;2u', ['A']],
    ['[97:65;2u', ['A']],
    ['[47:63;2;63u', ['?']],
    ['[97;3u', ['alt+a']],
    ['[27u', ['escape']],
    ['[13u', ['enter']],
    ['[13;2u', ['shift+enter']],
    ['[9;2u', ['shift+tab']],
    ['[127u', ['backspace']],
    ['[32u', ['space']],
    ['[32;2u', ['space']],
    ['[57352u', []],
    ['[57399u', ['0']],
    ['[57414u', ['enter']],
    ['[57419u', ['up']],
    ['[97;1:1u', ['a']],
    ['[97;1:2u', ['a']],
    ['[97;1:3u', []],
    ['[97;65u', ['a']],
    ['[97;9u', []],
    ['[1;1:3A', []],
    ['[1114112u', []],
    // xterm's modifyOtherKeys
    ['[27;5;100~', ['ctrl+d']],
    ['[27;2;13~', ['shift+enter']],
    // Alt
    ['x', ['alt+x']],
    ['X', ['alt+X']],
    ['\r', ['alt+enter']],
    ['\u007f', ['alt+backspace']],
    ['\u0004', ['ctrl+alt+d']],
    ['é', ['alt+é']],
    ['👨‍👩‍👧', ['alt+👨‍👩‍👧']],
    ['[', ['alt+[']],
    ['O', ['alt+O']],
    [']', ['alt+]']],
    // Esc
    ['', ['escape']],
    [ESC, ['escape', 'escape']],
    // Not keys: nothing of them may be taken for typing.
    ['[99~', []],
    ['[12;40R', []],
    ['[?62;22c', []],
    ['[>0;276;0c', []],
    ['[?2026;2$y', []],
    ['[M !!', []],
    ['[<66;1;1M', []],
    ['Oz', []],
    [']11;rgb:1e1e/1e1e/2e2e\u0007', ['reply']],
    [`]11;rgb:1e1e/1e1e/2e2e${ESC}\\`, ['reply']],
    [`P>|XTerm(390)${ESC}\\`, ['reply']],
    [`_Gi=1;OK${ESC}\\`, ['reply']],
  ])('ESC %j', (rest, expected) => {
    expect(names(ESC + rest)).toEqual(expected);
    // and what comes before and after is not touched
    if (rest.length > 1 && expected.length <= 1) expect(names(`a${ESC}${rest}b`)).toEqual(['a', ...expected, 'b']);
  });

  it('gives a reply as it came, and a mouse report read', () => {
    expect(splitInput(`${ESC}]11;rgb:0/0/0\u0007`)).toEqual([{ name: 'reply', text: `${ESC}]11;rgb:0/0/0\u0007` }]);
    const [press, key] = splitInput(`${ESC}[<0;3;4Mj`);
    expect(press).toMatchObject({ name: 'mouse', text: '', mouse: { kind: 'press', column: 2, row: 3 } });
    expect(key).toEqual({ name: 'j', text: 'j' });
  });

  it('reads many in one chunk', () => {
    expect(names(`${ESC}[A${ESC}[A${ESC}OBj${ESC}[<64;1;1M${ESC}[<64;1;1M${ESC}`)).toEqual([
      'up',
      'up',
      'down',
      'j',
      'mouse',
      'mouse',
      'escape',
    ]);
    expect(names(`${ESC}${ESC}[<0;1;1M`)).toEqual(['escape', 'mouse']);
    expect(names(`${ESC}${ESC}[200~x${ESC}[201~`)).toEqual(['escape', 'paste']);
  });

  it('drops a damaged sequence and goes on with what broke it', () => {
    expect(names(`${ESC}[12\u0003`)).toEqual(['ctrl+c']);
    expect(names(`${ESC}[1;${ESC}[A`)).toEqual(['up']);
    expect(names(`${ESC}]11;rgb\u0003j`)).toEqual(['reply', 'ctrl+c', 'j']);
    expect(names(`${ESC}]11;rgb${ESC}[A`)).toEqual(['reply', 'up']);
    expect(names(`${ESC}O\rj`)).toEqual(['alt+O', 'enter', 'j']);
  });
});

describe('paste', () => {
  const paste = (content: string) => `${ESC}[200~${content}${ESC}[201~`;

  it('is one key, whatever it holds', () => {
    expect(splitInput(`a${paste('who:alice\r\n!readOnly:true\r:q\n')}b`)).toEqual([
      ...typed('a'),
      { name: 'paste', text: 'who:alice\n!readOnly:true\n:q\n' },
      ...typed('b'),
    ]);
    expect(splitInput(paste(`${ESC}[A\u0003${ESC}`))).toEqual([{ name: 'paste', text: `${ESC}[A\u0003${ESC}` }]);
    expect(splitInput(paste(''))).toEqual([]);
  });

  it('is taken whole however it is torn', () => {
    const data = `x${paste('termin\nate')}y`;
    for (let at = 0; at <= data.length; at++) {
      const parser = createKeypressParser();
      const keys = [...parser.push(data.slice(0, at)), ...parser.push(data.slice(at))];
      expect(keys.map((key) => key.text)).toEqual(['x', 'termin\nate', 'y']);
    }
  });

  it('is not ended by a pause, but by Ctrl-C if its end never comes', () => {
    const parser = createKeypressParser();
    expect(parser.push(`${ESC}[200~half`)).toEqual([]);
    expect(parser.isWaiting()).toBe(false);
    expect(parser.flush()).toEqual([]);
    expect(parser.push(' more')).toEqual([]);
    expect(parser.push('\u0003').map((key) => [key.name, key.text])).toEqual([
      ['paste', 'half more'],
      ['ctrl+c', ''],
    ]);
    expect(parser.push('j')).toEqual(typed('j'));
  });

  it('comes in parts when it is huge', () => {
    const parser = createKeypressParser();
    const keys: Keypress[] = [];
    keys.push(...parser.push(`${ESC}[200~`));
    for (let count = 0; count < 48; count++) keys.push(...parser.push('x'.repeat(65_536)));
    keys.push(...parser.push(`${ESC}[201~`));
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.map((key) => key.text).join('')).toHaveLength(48 * 65_536);
  });
});

describe('torn input', () => {
  it('waits for the rest of a sequence', () => {
    const parser = createKeypressParser();
    expect(parser.push(ESC)).toEqual([]);
    expect(parser.isWaiting()).toBe(true);
    expect(parser.push('[')).toEqual([]);
    expect(parser.push('1;5')).toEqual([]);
    // Longer than anybody types: its end will come, and must not become a command.
    expect(parser.isWaiting()).toBe(false);
    expect(parser.flush()).toEqual([]);
    expect(parser.push('A').map((key) => key.name)).toEqual(['ctrl+up']);
    expect(parser.isWaiting()).toBe(false);
  });

  it('takes a lone Esc for Esc when nothing follows', () => {
    const parser = createKeypressParser();
    parser.push(ESC);
    expect(parser.flush().map((key) => key.name)).toEqual(['escape']);
    expect(parser.flush()).toEqual([]);
    expect(parser.push('[A').map((key) => key.name)).toEqual(['[', 'A']);
  });

  it('waits for the other half of a surrogate pair', () => {
    const parser = createKeypressParser();
    expect(parser.push('a\ud83d').map((key) => key.name)).toEqual(['a']);
    expect(parser.isWaiting()).toBe(false);
    expect(parser.push('\ude00').map((key) => key.name)).toEqual(['😀']);
  });

  it('gives the same keys wherever the chunks end', () => {
    const piece = fc.constantFrom(
      'j',
      'J',
      ' ',
      '\r',
      '\u0004',
      '😀',
      `${ESC}[A`,
      `${ESC}OB`,
      `${ESC}[1;5C`,
      `${ESC}[5~`,
      `${ESC}[5$`,
      `${ESC}[[A`,
      `${ESC}[97;5u`,
      `${ESC}[<0;10;20M`,
      `${ESC}[<64;1;1M`,
      `${ESC}x`,
      `${ESC}[200~two\nlines${ESC}[201~`,
      `${ESC}]11;rgb:0/0/0\u0007`,
      `${ESC}P1$r0m${ESC}\\`,
      `${ESC}[?1;2c`,
      `${ESC}[M !!`,
      `${ESC}${ESC}[B`,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(80), { maxLength: 8 }), (pieces, cuts) => {
        const data = pieces.join('');
        const ends = [...new Set([...cuts.filter((cut) => cut < data.length), data.length])].sort((a, b) => a - b);
        const parser = createKeypressParser();
        const keys: Keypress[] = [];
        let from = 0;
        for (const end of ends) {
          keys.push(...parser.push(data.slice(from, end)));
          from = end;
        }
        expect([...keys, ...parser.flush()]).toEqual(pieces.flatMap((one) => splitInput(one)));
      }),
      { numRuns: 500 },
    );
  });

  it('throws at nothing, and is not left waiting by it for long', () => {
    const bytes = fc.string({
      unit: fc.oneof(
        fc.constantFrom(ESC, '[', 'O', ']', '<', ';', '1', '5', '~', 'M', 'm', 'u', 'P', '\\', '\u0007', '$', '\ud83d'),
        fc.integer({ min: 0, max: 0x2ff }).map((code) => String.fromCharCode(code)),
      ),
      maxLength: 60,
    });
    fc.assert(
      fc.property(bytes, (data) => {
        const parser = createKeypressParser();
        parser.push(data);
        parser.flush();
        // Ctrl-C gets through whatever came before, at the latest the second time.
        const after = [...parser.push('\u0003'), ...parser.push('\u0003')];
        expect(after.map((key) => key.name)).toContain('ctrl+c');
      }),
      { numRuns: 1000 },
    );
  });
});
