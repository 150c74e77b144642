/** Bits as DuckDB takes them: the first byte says how many of the last are not used, which is none. */
export function emptyBits(count: number): Uint8Array {
  return new Uint8Array(1 + Math.ceil(count / 8));
}

export function setBit(bits: Uint8Array, bit: number): void {
  const byte = 1 + (bit >> 3);
  bits[byte] = (bits[byte] as number) | (128 >> (bit & 7));
}

export function hasBit(bits: Uint8Array, bit: number): boolean {
  return ((bits[1 + (bit >> 3)] ?? 0) & (128 >> (bit & 7))) !== 0;
}

/** Whether the bit of an id is set, in SQL; ids that came after the bits were made count as not set. `last`: a bit that is
 *  there and never set. */
export function bitTest(name: string, id: string, last: number): string {
  return `get_bit($${name}, least(${id}, ${last})) = 1`;
}
