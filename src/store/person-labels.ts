import { homeOfPerson, nameOfPerson, type Person } from '../cloudtrail/person.ts';

/** A person as they are listed and searched. */
export type LabelledPerson = {
  /** Tells them apart from everybody else: `dave`, `root of 111122223333`, `dave of Identity Center`. */
  readonly label: string;
  /** What others may be called too. */
  readonly name: string;
};

/** What is known of Identity Center's users. */
export type CenterDirectory = {
  /** What they are to be called, by userId. */
  readonly names: ReadonlyMap<string, string>;
  /** What they were learned to be called, and whose id that is. */
  readonly nameOf: (userId: string) => string | undefined;
  readonly idOf: (name: string) => string | undefined;
};

/** Each of `claimed` as a number of `persons`: a user of Identity Center is one, by name and by id. */
export function labelPersons(
  claimed: readonly Person[],
  directory: CenterDirectory,
): { readonly persons: readonly LabelledPerson[]; readonly numbers: readonly number[] } {
  const numberOf = new Map<string, number>();
  const found: { readonly name: string; readonly home: string }[] = [];
  const numbers = claimed.map((person) => {
    const name = calledIn(directory, person);
    const home = homeOfPerson(person);
    const key = JSON.stringify([name.toLowerCase(), home]);
    const number = numberOf.get(key) ?? found.length;
    if (number === found.length) {
      numberOf.set(key, number);
      found.push({ name, home });
    }
    return number;
  });
  const namesakes = new Map<string, number>();
  for (const { name } of found) namesakes.set(name.toLowerCase(), (namesakes.get(name.toLowerCase()) ?? 0) + 1);
  const persons = found.map(({ name, home }) => {
    const isAlone = namesakes.get(name.toLowerCase()) === 1 && name !== 'root';
    return { name, label: isAlone ? name : `${name} of ${home}` };
  });
  return { persons, numbers };
}

function calledIn({ names, nameOf, idOf }: CenterDirectory, person: Person): string {
  if (person.kind === 'center id') return names.get(person.userId) ?? nameOf(person.userId) ?? person.userId;
  if (person.kind !== 'center') return nameOfPerson(person);
  const userId = idOf(person.name);
  return (userId === undefined ? undefined : names.get(userId)) ?? person.name;
}
