// CloudTrail Insights events: no caller, no address and no eventName of their own; what they are about stands in
// insightDetails (User Guide, "CloudTrail Insights event record contents").

import { firstText, isObject, objectOf, textOf } from './json-value.ts';

/** Whether the record is an Insights event. */
export function isInsight(record: unknown): boolean {
  const { eventType, eventCategory, insightDetails } = objectOf(record);
  return eventType === 'AwsCloudTrailInsight' || eventCategory === 'Insight' || isObject(insightDetails);
}

/** A name to show and search where a record has no eventName: 'Insight Start: ApiCallRateInsight RunInstances'.
 *  '' when the record is no Insights event. */
export function insightName(record: unknown): string {
  if (!isInsight(record)) return '';
  const details = objectOf(objectOf(record).insightDetails);
  const state = textOf(details.state);
  const about = [textOf(details.insightType), textOf(details.eventName)].filter((part) => part !== '');
  const title = state === '' ? 'Insight' : `Insight ${state}`;
  return about.length === 0 ? title : `${title}: ${about.join(' ')}`;
}

/** One sentence: 'CloudTrail Insights: unusual call rate of RunInstances on ec2 began in eu-west-1 (12.5 a minute,
 *  usually 0.1)'. */
export function insightSentence(record: unknown): string {
  const { insightDetails, awsRegion, eventSource } = objectOf(record);
  const details = objectOf(insightDetails);
  const statistics = objectOf(objectOf(details.insightContext).statistics);
  const usual = textOf(objectOf(statistics.baseline).average);
  const found = textOf(objectOf(statistics.insight).average);
  const rate = textOf(details.insightType).includes('Error')
    ? `rate of ${firstText(details.errorCode, 'errors')} from`
    : 'call rate of';
  const source = firstText(details.eventSource, eventSource).replace(/\.amazonaws\.com$/, '');
  const parts = [
    `CloudTrail Insights: unusual ${rate} ${firstText(details.eventName, 'calls')}`,
    source && `on ${source}`,
    details.state === 'End' ? 'ended' : 'began',
    textOf(awsRegion) && `in ${textOf(awsRegion)}`,
    found && `(${found} a minute${usual && `, usually ${usual}`})`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
