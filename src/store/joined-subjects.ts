import type { CallerClaims } from './caller-claims.ts';
import { Slices } from './slices.ts';

const SLICE = 1000;

/** Identity Center hands out the sessions of permission sets by SAML: the subject whose call it was is the very user whose
 *  session began. A subject who began sessions of several users stays by itself. */
export class JoinedSubjects {
  readonly #claims: CallerClaims;
  /** By claim of a subject: that of the user; -1 for several. */
  readonly #users = new Map<number, number>();

  constructor(claims: CallerClaims) {
    this.#claims = claims;
  }

  /** Takes in the callers [from, to). @returns whether a subject is somebody else than before. */
  async grow(from: number, to: number): Promise<boolean> {
    const { own, persons } = this.#claims;
    let hasChanged = false;
    const slices = new Slices();
    for (let caller = from; caller < to; caller++) {
      if (caller % SLICE === 0) await slices.next();
      const user = own[caller] ?? -1;
      const person = persons[user];
      if (person?.kind !== 'center') continue;
      for (const issuer of this.#claims.issuersOf(caller)) {
        const subject = own[issuer] ?? -1;
        if (persons[subject]?.kind !== 'subject') continue;
        const known = this.#users.get(subject);
        const other = persons[known ?? -1];
        if (known === -1 || (other?.kind === 'center' && isNamed(other.name, person.name))) continue;
        this.#users.set(subject, known === undefined ? user : -1);
        hasChanged = true;
      }
    }
    return hasChanged;
  }

  /** The claim that is the same person. */
  userOf(claim: number): number {
    const user = this.#users.get(claim) ?? -1;
    return user < 0 ? claim : user;
  }
}

function isNamed(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
