import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownName } from '../owner.ts';

const NAME = 'accounts.json';
/** Keys change from day to day; so many are remembered, the latest. */
const MAX_REMEMBERED = 500;

/** Which account a fingerprint stood for: a small file, for the lane must be known before anybody has been asked. */
export class Accounts {
  readonly #folder: string;
  readonly #onTrouble: (error: unknown) => void;
  #known: Map<string, string> | null = null;

  constructor(folder: string, onTrouble: (error: unknown) => void) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
  }

  accountOf(fingerprint: string): string | null {
    this.#known ??= this.#read();
    return this.#known.get(fingerprint) ?? null;
  }

  remember(fingerprint: string, account: string): void {
    // Read anew: another trailx may have learnt something since.
    const known = this.#read();
    this.#known = known;
    if (known.get(fingerprint) === account) return;
    known.delete(fingerprint);
    known.set(fingerprint, account);
    const latest = [...known].slice(-MAX_REMEMBERED);
    const fresh = join(this.#folder, `${ownName()}.tmp`);
    try {
      writeFileSync(fresh, JSON.stringify(Object.fromEntries(latest)), { mode: 0o600 });
      renameSync(fresh, join(this.#folder, NAME));
    } catch (error) {
      this.#onTrouble(error);
    }
  }

  #read(): Map<string, string> {
    try {
      const stored = JSON.parse(readFileSync(join(this.#folder, NAME), 'utf8')) as Readonly<Record<string, unknown>>;
      return new Map(
        Object.entries(stored).filter((entry): entry is [string, string] => /^\d{12}$/.test(String(entry[1]))),
      );
    } catch {
      // Missing or damaged: it is asked for again.
      return new Map();
    }
  }
}
