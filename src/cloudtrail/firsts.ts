/** What an event is the first of, among the events that are loaded: the first time this person made this call; the
 *  first from this address, in this Region, with this family of user agents, of this person's events. A
 *  person is a name and the account it belongs to: the root users of two accounts are two. The very first event of a
 *  person is the first of everything: it says only `who`. */
export const FIRST_KINDS = ['who', 'call', 'ip', 'region', 'family'] as const;

export type FirstKind = (typeof FIRST_KINDS)[number];
