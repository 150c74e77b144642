// Networks in CIDR notation. An address becomes text of fixed width (IPv4: three digits a part, IPv6: 32 hex digits),
// so that "within the network" is "between its first and its last address", which every engine can ask.

/** 12 decimal digits (IPv4) or 32 hexadecimal ones (IPv6): addresses of one kind compare as texts. */
export type Address = string;

/** The first and last address of `10.0.0.0/8` or `2001:db8::/32`; null when the text is no network. */
export function parseNetwork(text: string): readonly [Address, Address] | null {
  const match = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text);
  if (match === null) return null;
  const [, address = '', bits = ''] = match;
  const isV4 = !address.includes(':');
  const parts = isV4 ? parseV4(address) : parseV6(address);
  if (parts === null) return null;
  const partBits = isV4 ? 8 : 16;
  const size = Number(bits);
  if (size > parts.length * partBits) return null;
  const edge = (isLast: boolean) =>
    parts.map((part, index) => {
      const free = Math.min(partBits, Math.max(0, (index + 1) * partBits - size));
      const low = (part >>> free) << free;
      return isLast ? low + 2 ** free - 1 : low;
    });
  const print = (values: readonly number[]) =>
    values.map((value) => (isV4 ? String(value).padStart(3, '0') : value.toString(16).padStart(4, '0'))).join('');
  return [print(edge(false)), print(edge(true))];
}

/** As parseNetwork, of a word that stands alone: 0.0.0.0/0 and ::/0 are texts then. Who looks for them looks for what was
 *  opened to the world; every address would be no answer. */
export function wordNetwork(text: string): ReturnType<typeof parseNetwork> {
  return /\/0+$/.test(text) ? null : parseNetwork(text);
}

/** 203.0.113.9 or 2001:db8::1 */
export function isAddress(text: string): boolean {
  return (text.includes(':') ? parseV6(text) : parseV4(text)) !== null;
}

function parseV4(text: string): readonly number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.map(Number);
}

function parseV6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const parts = [...head, ...Array<string>(missing).fill('0'), ...tail];
  return parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part)) ? parts.map((part) => Number.parseInt(part, 16)) : null;
}
