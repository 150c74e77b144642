// Keys that came before what they are about: `wr` is typed in one breath, and the next write is a moment away. They are
// held, with all keys after them, until it is there, so that keys mean the same however fast they are typed. Where it
// does not come in time they are given up, for a key must never act on another event than was meant.

import type { Keypress } from '../keys/keypress.ts';

const PATIENCE_MS = 1000;

export type TypedAheadOptions = {
  /** False: what the key is about is not there yet, and nothing has been done. */
  readonly take: (key: Keypress) => boolean;
  /** Many keys, one frame. */
  readonly batch: (run: () => void) => void;
  readonly onDropped: () => void;
};

export class TypedAhead {
  readonly #options: TypedAheadOptions;
  #held: Keypress[] = [];
  #timer: NodeJS.Timeout | null = null;
  #isTaking = false;

  constructor(options: TypedAheadOptions) {
    this.#options = options;
  }

  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** In its turn: at once where no key is held. */
  take(key: Keypress): void {
    if (this.#held.length === 0 && this.#options.take(key)) return;
    this.#held.push(key);
    this.#wait();
  }

  /** What was typed is not meant any more. */
  drop(): void {
    this.#held = [];
    this.#stopWaiting();
  }

  /** Something has come: takes what can be taken now. */
  retry(): void {
    if (this.#held.length === 0 || this.#isTaking) return;
    this.#isTaking = true;
    this.#options.batch(() => this.#takeHeld());
    this.#isTaking = false;
  }

  #takeHeld(): void {
    const before = this.#held.length;
    for (let key = this.#held[0]; key !== undefined && this.#options.take(key); key = this.#held[0]) this.#held.shift();
    if (this.#held.length === before) return;
    this.#stopWaiting();
    if (this.#held.length > 0) this.#wait();
  }

  #wait(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const [first] = this.#held;
      this.retry();
      if (first === undefined || this.#held[0] !== first) return;
      this.drop();
      this.#options.onDropped();
    }, PATIENCE_MS);
  }

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
