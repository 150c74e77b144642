/**
 * Byte strings → small integers, without making a JavaScript string for a value that was seen before.
 * Open addressing over FNV-like hashes; the bytes are compared, so a collision costs time and nothing else.
 */
export class Interner {
  /** Text of each id. Id 0 is ''. */
  readonly strings: string[] = [''];

  #table = new Int32Array(1 << 12);
  #hashes: Int32Array = new Int32Array(1 << 11);
  #starts: Int32Array = new Int32Array((1 << 11) + 1);
  #arena: Buffer = Buffer.alloc(1 << 16);
  #byText = new Map<string, number>([['', 0]]);

  get size(): number {
    return this.strings.length;
  }

  /** The id of the UTF-8 text in `buffer[from, to)`. */
  intern(buffer: Buffer, from: number, to: number): number {
    if (to <= from) return 0;
    // Two lanes, so that one multiplication need not wait for the other.
    let even = 0x811c9dc5 | 0;
    let odd = 0x9e3779b9 | 0;
    let at = from;
    for (; at + 1 < to; at += 2) {
      even = Math.imul(even ^ (buffer[at] as number), 0x01000193);
      odd = Math.imul(odd ^ (buffer[at + 1] as number), 0x01000193);
    }
    if (at < to) even = Math.imul(even ^ (buffer[at] as number), 0x01000193);
    let hash = even ^ Math.imul(odd, 0x85ebca6b);
    hash ^= hash >>> 15;
    const mask = this.#table.length - 1;
    const length = to - from;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#table[slot] as number;
      if (id === 0) return this.#add(buffer, from, to, hash, slot);
      if (this.#hashes[id] === hash) {
        const start = this.#starts[id] as number;
        if ((this.#starts[id + 1] as number) - start === length && this.#holds(start, buffer, from, length)) return id;
      }
    }
  }

  /** The id of a text that exists as a JavaScript string already. It may differ from the id its bytes have. */
  internText(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const id = this.strings.length;
    if (id + 1 >= this.#hashes.length) this.#growIds();
    this.#starts[id + 1] = this.#starts[id] as number;
    this.strings.push(text);
    this.#byText.set(text, id);
    return id;
  }

  #holds(start: number, buffer: Buffer, from: number, length: number): boolean {
    const arena = this.#arena;
    // A call into native code pays from about here on.
    if (length > 48) return arena.compare(buffer, from, from + length, start, start + length) === 0;
    let k = 0;
    while (k < length && arena[start + k] === buffer[from + k]) k++;
    return k === length;
  }

  #add(buffer: Buffer, from: number, to: number, hash: number, slot: number): number {
    const id = this.strings.length;
    if (id + 1 >= this.#hashes.length) this.#growIds();
    const start = this.#starts[id] as number;
    const end = start + (to - from);
    if (end > this.#arena.length) {
      const wider = Buffer.alloc(Math.max(end, this.#arena.length * 2));
      this.#arena.copy(wider, 0, 0, start);
      this.#arena = wider;
    }
    buffer.copy(this.#arena, start, from, to);
    this.#starts[id + 1] = end;
    this.#hashes[id] = hash;
    this.#table[slot] = id;
    this.strings.push(buffer.toString('utf8', from, to));
    if (id * 2 > this.#table.length) this.#growTable();
    return id;
  }

  #growIds(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const starts = new Int32Array(hashes.length + 1);
    starts.set(this.#starts);
    this.#starts = starts;
  }

  #growTable(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let id = 1; id < this.strings.length; id++) {
      if (this.#starts[id + 1] === this.#starts[id]) continue;
      let slot = (this.#hashes[id] as number) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id;
    }
    this.#table = table;
  }
}
