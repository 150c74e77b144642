import type { Claim } from './claim.ts';
import type { PageReader } from './page-reader.ts';

/** Whoever reads now. */
export type Holder = { readonly claim: Claim; readonly reader: PageReader };

/** The profiles that may read one lane: the first that was not refused does. */
export class Claims {
  holder: Holder | null = null;
  readonly #open: (claim: Claim) => Promise<PageReader>;
  readonly #onHolder: () => void;
  #all: Claim[] = [];
  readonly #refused = new Set<Claim>();
  #opening: Claim | null = null;

  /** `onHolder` is called when there is one (again). */
  constructor(open: (claim: Claim) => Promise<PageReader>, onHolder: () => void) {
    this.#open = open;
    this.#onHolder = onHolder;
  }

  get hasAny(): boolean {
    return this.#all.length > 0;
  }

  add(claim: Claim): void {
    if (this.#all.includes(claim)) return;
    this.#all.push(claim);
    this.#choose();
  }

  remove(claim: Claim): void {
    if (!this.#all.includes(claim)) return;
    this.#all = this.#all.filter((other) => other !== claim);
    this.#refused.delete(claim);
    this.#drop(claim);
    this.#choose();
  }

  /** @returns whether another takes over. */
  refuse(claim: Claim): boolean {
    this.#refused.add(claim);
    this.#drop(claim);
    return this.#choose();
  }

  /** Everybody may try again, with fresh credentials where they had been refused. */
  forgive(): void {
    for (const claim of this.#refused) claim.renewal.force();
    this.#refused.clear();
    this.#choose();
  }

  #drop(claim: Claim): void {
    if (this.#opening === claim) this.#opening = null;
    if (this.holder?.claim === claim) this.holder = null;
  }

  #choose(): boolean {
    if (this.holder !== null || this.#opening !== null) return true;
    const claim = this.#all.find((candidate) => !this.#refused.has(candidate));
    if (claim === undefined) return false;
    this.#opening = claim;
    void this.#open(claim).then((reader) => {
      if (this.#opening !== claim) return;
      this.#opening = null;
      this.holder = { claim, reader };
      this.#onHolder();
    });
    return true;
  }
}
