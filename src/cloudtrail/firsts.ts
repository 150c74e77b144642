/** What an event is the first of, among the events that are loaded: the first time this person made this call; the
 *  first from this address, in this Region, with this family of user agents, of this person's events. The very first
 *  events of a person are the first of everything: they say only `who`. */
export const FIRST_KINDS = ['who', 'call', 'ip', 'region', 'family'] as const;

export type FirstKind = (typeof FIRST_KINDS)[number];
