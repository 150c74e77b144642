/** One bit for each row. */
export class RowBits {
  #bits: Uint8Array = new Uint8Array(1 << 10);

  /** Sets the bits of those rows, numbered from `firstRow` on, whose value is not 0. */
  addAll(values: Int32Array, firstRow: number): void {
    const bytes = (firstRow + values.length + 7) >> 3;
    if (bytes > this.#bits.length) {
      const wider = new Uint8Array(Math.max(bytes, this.#bits.length * 2));
      wider.set(this.#bits);
      this.#bits = wider;
    }
    for (let k = 0; k < values.length; k++) {
      const row = firstRow + k;
      const bit = 1 << (row & 7);
      const others = (this.#bits[row >> 3] as number) & ~bit;
      this.#bits[row >> 3] = values[k] === 0 ? others : others | bit;
    }
  }

  has(row: number): boolean {
    return ((this.#bits[row >> 3] as number) & (1 << (row & 7))) !== 0;
  }
}
