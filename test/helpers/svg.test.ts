import { expect, test } from 'vitest';
import { Screen } from './screen.ts';
import { screenToSvg } from './svg.ts';

async function draw(output: string): Promise<string> {
  const screen = new Screen(20, 3);
  await screen.write(output);
  return screenToSvg(screen.terminal, { title: 'a & b' });
}

test('a screen becomes runs of text at their cells, with their looks', async () => {
  const svg = await draw('plain \u001b[1;31mred\u001b[0m\r\n\u001b[7minverse\u001b[0m <&>\r\n\u001b[38;2;1;2;3mrgb');
  expect(svg).toContain('>plain</text>');
  expect(svg).toMatch(/x="62.4" [^>]*fill="#e06c75"[^>]*font-weight="bold">red</);
  expect(svg).toMatch(/<rect [^>]*width="58.8"[^>]*fill="#d4d7dd"\/>\n.*fill="#16181d"[^>]*>inverse</);
  expect(svg).toContain('&lt;&amp;&gt;');
  expect(svg).toContain('fill="#010203"');
  expect(svg).toContain('aria-label="a &amp; b"');
});

test('wide characters and line drawing stand in their own cells', async () => {
  const svg = await draw('日本x│y');
  expect(svg).toMatch(/x="12" [^>]*>日</);
  expect(svg).toMatch(/x="28.8" [^>]*>本</);
  expect(svg).toMatch(/x="45.6" [^>]*>x</);
  expect(svg).toMatch(/x="62.4" [^>]*>y</);
});

test('the same screen gives the same picture', async () => {
  expect(await draw('again')).toBe(await draw('again'));
});
