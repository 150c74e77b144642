/** Of UTF-8; more than this many terminals cut short or refuse. */
export const CLIPBOARD_BYTES = 100_000;

/** OSC 52: the sequence that has the terminal put `text` on its clipboard, also over SSH; null when it is too long. */
export function osc52(text: string): string | null {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length > CLIPBOARD_BYTES ? null : `\u001b]52;c;${bytes.toString('base64')}\u0007`;
}
