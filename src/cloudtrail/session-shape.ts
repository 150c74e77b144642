// Machines take a new role session name each time (`export-1779262800`, `i-0d94be17a3c2f5b68`); people keep theirs.

/** Stands for what differs between the sessions of one machine, as in a search. */
export const ANY_PART = '*';

/** A person is named so, whatever digits their name holds. */
const PERSON = '@';
/** Parts of a name, with what is between them. */
const PARTS = /[A-Za-z0-9]+/g;
/** Numbers and hexadecimal ids; and, longer than a word with a number in it, ids of other alphabets. */
const CHANGING = /^(?=.*\d)(?:[0-9a-f]+|[A-Za-z0-9]{12,})$/i;

/**
 * The label of a caller without what changes from session to session: `report-export/export-*` for
 * `report-export/export-1779262800`. Labels that differ in words (`Admin/alice`, `Admin/bob`) stay different.
 */
export function whoShape(who: string): string {
  const slash = who.indexOf('/');
  const session = who.slice(slash + 1);
  if (slash < 0 || session.includes(PERSON)) return who;
  return who.slice(0, slash + 1) + session.replace(PARTS, (part) => (CHANGING.test(part) ? ANY_PART : part));
}
