import { homeOfPerson, nameOfPerson, type Person } from '../cloudtrail/person.ts';
import { Slices } from './slices.ts';

/** A person as they are listed and searched. */
export type LabelledPerson = {
  /** Tells them apart from everybody else: `dave`, `root of 111122223333`, `dave of Identity Center`. */
  readonly label: string;
  /** What others may be called too. */
  readonly name: string;
};

/** What is known of Identity Center's users. User ids in lower case. */
export type CenterDirectory = {
  /** What they are to be called, by userId. */
  readonly names: ReadonlyMap<string, string>;
  /** What they were learned to be called, and whose id that is. */
  readonly nameOf: (userId: string) => string | undefined;
  readonly idOf: (name: string, store: string) => string | undefined;
  /** The identity store; '' where that is not known, or the account's records tell of several. */
  readonly storeOfId: (userId: string) => string;
  readonly storeOfName: (name: string, account: string) => string;
};

type Found = { readonly kind: string; readonly name: string; readonly home: string; readonly of: string };

const SLICE = 500;

/**
 * The persons behind what callers claim: a user of Identity Center is one, by name and by id. Claims are added as they
 * come; where a new one changes who the others are, or what they are called, it has to begin anew.
 */
export class PersonLabels {
  /** By claim: the person, as the number of the first claim to be theirs. */
  readonly numbers: number[] = [];
  /** By that number. */
  readonly persons: (LabelledPerson | undefined)[] = [];
  readonly #directory: CenterDirectory;
  readonly #byKey = new Map<string, number>();
  readonly #namesakes = new Set<string>();

  constructor(directory: CenterDirectory) {
    this.#directory = directory;
  }

  /** Of all claims. `sameAs`: the claim whose person one's is. */
  static async of(
    claimed: readonly Person[],
    directory: CenterDirectory,
    sameAs: (claim: number) => number,
  ): Promise<PersonLabels> {
    const labels = new PersonLabels(directory);
    const slices = new Slices();
    const found: Found[] = [];
    const stores = new Map<string, Set<string>>();
    const ofOne = new Map<string, number>();
    const { length } = claimed;
    for (let k = 0; k < length; k++) {
      if (k % SLICE === 0) await slices.next();
      const one = labels.#found(claimed[sameAs(k)] as Person);
      found.push(one);
      if (one.kind !== 'center') continue;
      const lower = one.name.toLowerCase();
      const known = stores.get(lower);
      if (known === undefined) stores.set(lower, new Set([one.home]));
      else known.add(one.home);
    }
    /** By name: the one person of that name; -1 for several. */
    const alone = new Map<string, number>();
    for (let k = 0; k < length; k++) {
      if (k % SLICE === 0) await slices.next();
      const one = found[k] as Found;
      const lower = one.name.toLowerCase();
      const known = stores.get(lower);
      // Where only one store has the name, a session that does not state its store is of that one.
      const isOfOne = one.kind === 'center' && (known?.size ?? 0) - (known?.has('') ? 1 : 0) <= 1;
      const key = keyOf(isOfOne ? { ...one, home: '' } : one);
      const keys = isOfOne ? ofOne : labels.#byKey;
      const number = keys.get(key) ?? k;
      keys.set(key, number);
      if (number === k && isOfOne) found[k] = { ...one, of: CENTER };
      if (isOfOne) labels.#byKey.set(keyOf(one), number);
      labels.#namesakes.add(lower);
      labels.numbers.push(number);
      const other = alone.get(lower) ?? number;
      alone.set(lower, other === number ? number : -1);
    }
    for (let k = 0; k < length; k++) {
      if (k % SLICE === 0) await slices.next();
      const one = found[k] as Found;
      if (labels.numbers[k] === k) labels.persons[k] = labelled(one, alone.get(one.name.toLowerCase()) === k);
    }
    return labels;
  }

  /** Takes in the claims that came since; false where it has to begin anew. */
  async grow(claimed: readonly Person[]): Promise<boolean> {
    const slices = new Slices();
    for (let k = this.numbers.length; k < claimed.length; k++) {
      if (k % SLICE === 0) await slices.next();
      const one = this.#found(claimed[k] as Person);
      const lower = one.name.toLowerCase();
      const known = this.#byKey.get(keyOf(one));
      if (known === undefined && this.#namesakes.has(lower)) return false;
      this.numbers.push(known ?? k);
      if (known !== undefined) continue;
      this.#byKey.set(keyOf(one), k);
      this.#namesakes.add(lower);
      this.persons[k] = labelled(one.kind === 'center' ? { ...one, of: CENTER } : one, true);
    }
    return true;
  }

  #found(person: Person): Found {
    const { names, nameOf, idOf, storeOfId, storeOfName } = this.#directory;
    switch (person.kind) {
      case 'center id': {
        const id = person.userId.toLowerCase();
        const home = storeOfId(id);
        return { kind: 'center', name: names.get(id) ?? nameOf(id) ?? person.userId, home, of: centerOf(home) };
      }
      case 'center': {
        const home = storeOfName(person.name, person.account);
        const id = idOf(person.name, home);
        const name = (id === undefined ? undefined : names.get(id)) ?? person.name;
        return { kind: 'center', name, home, of: centerOf(home) };
      }
      case 'subject': {
        const home = homeOfPerson(person);
        return { kind: person.of, name: person.name, home, of: `${person.of} subject of ${home}` };
      }
      default: {
        const home = homeOfPerson(person);
        return { kind: person.kind, name: nameOfPerson(person), home, of: home };
      }
    }
  }
}

const CENTER = 'Identity Center';

function centerOf(store: string): string {
  return store === '' ? CENTER : `${CENTER} ${store}`;
}

function keyOf({ kind, name, home }: Found): string {
  return `${kind}\n${home}\n${name.toLowerCase()}`;
}

function labelled({ kind, name, of }: Found, isAlone: boolean): LabelledPerson {
  if (kind === 'root') return { name, label: `root of ${of}` };
  // A user may be called root, and a subject anything.
  if (name.toLowerCase() === 'root') return { name, label: `${kind === 'user' ? 'user ' : ''}${name}${separated(of)}` };
  const isPlain = isAlone && !/ (?:of|SAML subject|web identity) /.test(` ${name} `);
  return { name, label: isPlain ? name : `${name}${separated(of)}` };
}

function separated(of: string): string {
  return / subject of /.test(of) ? `, ${of}` : ` of ${of}`;
}
