import type { PageReader } from './page-reader.ts';

/** A profile's right to read a lane: its account is known for certain. Several can hold one lane. */
export type Claim = {
  readonly profile: string | null;
  readonly label: string;
  readonly renewal: Renewal;
  reader(region: string, isInsights: boolean): Promise<PageReader>;
};

/** Renews credentials that have run out, once for all lanes of a profile, and not again before one request has gone
 *  well with the new ones. */
export class Renewal {
  /** Rises with each renewal: says which credentials a request was made with. */
  generation = 0;
  readonly #renew: () => void;
  #isProven = true;

  constructor(renew: () => void) {
    this.#renew = renew;
  }

  onSuccess(generation: number): void {
    if (generation === this.generation) this.#isProven = true;
  }

  /** A request of `generation` was refused as expired. @returns whether another try makes sense. */
  onExpired(generation: number): boolean {
    if (generation !== this.generation) return true;
    if (!this.#isProven) return false;
    this.force();
    return true;
  }

  /** Somebody may have logged in meanwhile. */
  force(): void {
    this.generation++;
    this.#isProven = false;
    this.#renew();
  }
}
