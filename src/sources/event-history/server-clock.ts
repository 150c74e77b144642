// AWS's clock, by the Date of its answers. What is wanted and what is complete goes by the time of the events, which is
// AWS's: a machine's clock that is ahead would call hours complete that have not happened yet, and one that is behind
// would never ask for the newest. The SDK tells nobody: it only signs with the time that AWS takes.

import { SECOND } from './coverage.ts';

/** Clocks that agree as well as this are the same: Date has a grain of a second, and answers take their time. */
const TOLERANCE_MS = 2000;
/** Worth telling a person. */
const TOLD_MS = 60_000;

export class ServerClock {
  readonly #local: () => number;
  readonly #onMoved: (byMs: number) => void;
  #aheadMs = 0;

  /** `local`: this machine's clock, ms. `onMoved`: it is known better by how much that is off, so `now` has moved. */
  constructor(local: () => number, onMoved: (byMs: number) => void) {
    this.#local = local;
    this.#onMoved = onMoved;
  }

  /** Of AWS, ms since the epoch; this machine's time until an answer has told. */
  readonly now = (): number => this.#local() + this.#aheadMs;

  /** An answer with this Date (ms) has just come to a request that was sent `tookMs` ago. What is known changes only
   *  where that contradicts it, so it does not tremble with the network. */
  note(date: number, tookMs: number): void {
    const received = this.#local();
    const least = date - received - TOLERANCE_MS;
    const most = date + SECOND - (received - tookMs) + TOLERANCE_MS;
    if (this.#aheadMs >= least && this.#aheadMs <= most) return;
    const ahead = least <= 0 && most >= 0 ? 0 : Math.round((least + most) / 2);
    const by = ahead - this.#aheadMs;
    this.#aheadMs = ahead;
    this.#onMoved(by);
  }

  /** For a person, where the two clocks are minutes apart; null where they are not. */
  get notice(): string | null {
    if (Math.abs(this.#aheadMs) < TOLD_MS) return null;
    const [length, side] = [lengthText(Math.abs(this.#aheadMs)), this.#aheadMs > 0 ? 'behind' : 'ahead of'];
    return `the clock of this machine is ${length} ${side} AWS's; AWS's time is used`;
  }
}

function lengthText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [hours, days] = [Math.round(minutes / 60), Math.round(minutes / 1440)];
  return minutes < 120 ? `${minutes} min` : hours < 48 ? `${hours} h` : `${days} d`;
}
