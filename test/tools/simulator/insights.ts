import type { NamedAccount } from './profiles.ts';
import type { LogRecord } from './read-logs.ts';

const HOUR = 3_600_000;

/** The records' Insights events once more for each account: today, in the Region that its profile names, where they are
 *  found without looking for them. */
export function todaysInsights(
  records: readonly LogRecord[],
  accounts: readonly NamedAccount[],
  now: number,
): readonly LogRecord[] {
  const insights = records.filter(({ eventCategory }) => eventCategory === 'Insight');
  const newest = Math.max(...insights.map(timeOf));
  return accounts.flatMap(({ setup, region }) => {
    const sharedEventID = crypto.randomUUID();
    return insights.map((record) => ({
      ...record,
      eventTime: `${new Date(now - 2 * HOUR - (newest - timeOf(record))).toISOString().slice(0, 17)}00Z`,
      awsRegion: region,
      eventID: crypto.randomUUID(),
      recipientAccountId: setup.id,
      sharedEventID,
    }));
  });
}

function timeOf({ eventTime }: LogRecord): number {
  return Date.parse(String(eventTime));
}
