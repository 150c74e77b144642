// What kind of event a record is, and what such a kind tells besides: CloudTrail writes Insights, network activity,
// aggregated, data, sign-in and service events in shapes of their own (User Guide, "CloudTrail record contents").

import { aggregatedLines } from './aggregated.ts';
import { dataLines } from './data-event.ts';
import { insightLines, isInsight } from './insight.ts';
import { firstText, objectOf, textOf } from './json-value.ts';
import type { LabelLine } from './label-line.ts';
import { networkLines } from './network-activity.ts';
import { serviceEventLines } from './service-event.ts';
import { signInLines } from './sign-in.ts';

export type EventKind =
  | 'management'
  | 'data'
  | 'insight'
  | 'network activity'
  | 'aggregated'
  | 'service event'
  | 'sign-in';

/** By eventCategory and eventType, else by members that only one kind has; 'management' where nothing tells. */
export function eventKindOf(record: unknown): EventKind {
  const { eventCategory, eventType, eventSource, managementEvent, insightDetails, summary, timeWindow } =
    objectOf(record);
  const category = textOf(eventCategory);
  const type = textOf(eventType);
  if (isInsight(record) || (type === 'AWSCloudTrailInsight' && insightDetails !== undefined)) return 'insight';
  if (category === 'Aggregated' || type === 'AwsAggregatedEvent' || (summary && timeWindow)) return 'aggregated';
  if (category === 'NetworkActivity' || /^AwsVpceEvents?$/.test(type)) return 'network activity';
  if (type === 'AwsServiceEvent') return 'service event';
  if (type === 'AwsConsoleSignIn' || textOf(eventSource) === 'signin.amazonaws.com') return 'sign-in';
  return category === 'Data' || (category === '' && firstText(managementEvent) === 'false') ? 'data' : 'management';
}

/** Whether questions of identity can be asked of the event at all: one of many calls, or of none, has no caller. */
export function hasCaller(record: unknown): boolean {
  const kind = eventKindOf(record);
  return kind !== 'insight' && kind !== 'aggregated';
}

/** What the kind of event tells besides the call, most important first; [] for plain management events. Total; values
 *  are raw. */
export function kindLines(record: unknown): readonly LabelLine[] {
  const event = objectOf(record);
  switch (eventKindOf(record)) {
    case 'insight':
      return insightLines(event);
    case 'aggregated':
      return aggregatedLines(event);
    case 'network activity':
      return networkLines(event);
    case 'service event':
      return serviceEventLines(event);
    case 'sign-in':
      return signInLines(event);
    case 'data':
      return dataLines(event);
    case 'management':
      return [];
  }
}
