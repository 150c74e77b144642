import { isUserId } from '../cloudtrail/person.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';

/** Who made the call, as the list shows it: `dave → etl-runner/nightly-etl` where a person is known behind the label. Of
 *  an Identity Center user the name stands for the id. */
export function whoText({ cells, person }: TrailEvent): string {
  const who = cells.who === '' ? '–' : cells.who;
  if (person === undefined) return who;
  return isUserId(cells.who) ? person : `${person} → ${who}`;
}
