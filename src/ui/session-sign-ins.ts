// The sign-ins of a person that IAM Identity Center records by itself: no key leads from them to the session that it then
// hands out. Whose they are and when says that they are likely the beginning.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withSpan, withTerm } from '../query/edit.ts';
import { printQuery } from '../query/print.ts';
import type { Query } from '../query/query.ts';
import type { TableRow } from '../state/table-panel.ts';
import type { SessionChain } from '../store/sessions.ts';
import { formatSpan, type TimeZoneChoice } from '../text/format.ts';
import { timeText } from './page-times.ts';
import type { Asked } from './table-page.ts';

/** So long before the person's first session in the chain. */
const BEFORE_MS = 10 * 60_000;
/** Clocks of services differ by seconds. */
const AFTER_MS = 5000;
const MAX_SIGN_INS = 4;

/** Calls by which a person signs in to Identity Center, and is let into an account. */
const SIGN_IN_CALLS: readonly string[] = [
  'Authenticate',
  'CredentialChallenge',
  'CredentialVerification',
  'Federate',
  'GetRoleCredentials',
  'UserAuthentication',
];

type SignIns = { readonly events: readonly TrailEvent[]; readonly query: Query; readonly began: number };

/** Under the person that a chain begins with: the last sign-ins before their session, oldest first. */
export async function signInRows(
  asked: Pick<Asked, 'store' | 'signal'>,
  chain: SessionChain,
  zone: TimeZoneChoice,
): Promise<readonly TableRow[]> {
  const found = await signInsBefore(asked, chain);
  if (found === null) return [];
  const { events, query, began } = found;
  const textOf = timeText(
    events.map(({ time }) => time),
    zone,
  );
  return events.map((event) => ({
    cells: [
      `  └ ${event.cells.name}? same person, ${beforeText(began - (event.time ?? began))}`,
      event.cells.ip,
      textOf(event.time),
    ],
    row: event.row,
    hint: 'the sign-in',
    isQuiet: true,
    get query() {
      return printQuery(query);
    },
  }));
}

function beforeText(ms: number): string {
  return ms < 1000 ? 'the same second' : `${formatSpan(ms)} before`;
}

async function signInsBefore(
  { store, signal }: Pick<Asked, 'store' | 'signal'>,
  { steps }: SessionChain,
): Promise<SignIns | null> {
  const top = steps.at(-1);
  if (top === undefined || top.origin.kind !== 'source' || top.origin.what !== 'person') return null;
  const { event, created, first } = top.session;
  // An assertion is brought by the person each time: the session that it began is the one that tells when.
  const below = steps.at(-2);
  const began = below?.origin.kind === 'call' ? below.origin.call.time : (created ?? first);
  const person = event.personLabel ?? event.person ?? top.origin.name;
  if (began === null || person === '') return null;
  const calls: Query = { kind: 'field', path: 'name', values: SIGN_IN_CALLS };
  const query = withSpan(withTerm(fieldTerm('person', person), calls), began - BEFORE_MS, began + AFTER_MS);
  const result = await store.search(query, { signal });
  const events = (await store.window(result, 0, MAX_SIGN_INS)).toReversed();
  return events.length === 0 ? null : { events, query, began };
}
