// CloudTrail Insights events: no caller, no address and no eventName of their own; what they are about stands in
// insightDetails (User Guide, "CloudTrail Insights event record contents").

import { firstText, isObject, type JsonObject, listOf, objectOf, textOf } from './json-value.ts';
import { type LabelLine, line, statedLines } from './label-line.ts';
import { minutesText, numberOf, plural, roundText } from './plain-number.ts';

/** Whether the record is an Insights event. */
export function isInsight(record: unknown): boolean {
  const { eventType, eventCategory, insightDetails } = objectOf(record);
  return eventType === 'AwsCloudTrailInsight' || eventCategory === 'Insight' || isObject(insightDetails);
}

/** The name to show and search, so that it is not taken for a call: 'Insight Start: ApiCallRateInsight RunInstances'.
 *  '' when the record is no Insights event. */
export function insightName(record: unknown): string {
  if (!isInsight(record)) return '';
  const details = objectOf(objectOf(record).insightDetails);
  const state = textOf(details.state);
  const name = firstText(details.eventName, objectOf(record).eventName);
  const about = [textOf(details.insightType), name].filter((part) => part !== '');
  const title = state === '' ? 'Insight' : `Insight ${state}`;
  return about.length === 0 ? title : `${title}: ${about.join(' ')}`;
}

type InsightFacts = {
  readonly isErrorRate: boolean;
  readonly errorCode: string;
  readonly name: string;
  /** Without .amazonaws.com. */
  readonly source: string;
  /** As far as it is stated. */
  readonly state: 'Start' | 'End' | '';
  /** Calls (or errors) a minute. */
  readonly found: number | null;
  readonly usual: number | null;
  /** In minutes. */
  readonly lasted: number | null;
  readonly baseline: number | null;
  readonly attributions: readonly unknown[];
};

/** Where the members stand differs: attributions are in insightContext, or beside it in old ones. */
function factsOf(record: JsonObject): InsightFacts {
  const details = objectOf(record.insightDetails);
  const context = objectOf(details.insightContext);
  const statistics = objectOf(context.statistics);
  const inContext = listOf(context.attributions);
  return {
    isErrorRate: textOf(details.insightType).includes('Error'),
    errorCode: textOf(details.errorCode),
    name: firstText(details.eventName, record.eventName),
    source: firstText(details.eventSource, record.eventSource).replace(/\.amazonaws\.com$/, ''),
    state: details.state === 'Start' || details.state === 'End' ? details.state : '',
    found: numberOf(objectOf(statistics.insight).average),
    usual: numberOf(objectOf(statistics.baseline).average),
    lasted: numberOf(statistics.insightDuration),
    baseline: numberOf(statistics.baselineDuration),
    attributions: inContext.length > 0 ? inContext : listOf(details.attributions),
  };
}

/** One sentence: 'CloudTrail Insights: unusual call rate of RunInstances on ec2 began in eu-west-1: 13 a minute, usually
 *  0.1 (130 times as many)'. */
export function insightSentence(record: unknown): string {
  const facts = factsOf(objectOf(record));
  const { found, usual, source, name, isErrorRate, errorCode, state, lasted } = facts;
  const region = textOf(objectOf(record).awsRegion);
  const rate = isErrorRate ? `rate of ${errorCode || 'errors'} from` : 'call rate of';
  const parts = [
    `CloudTrail Insights: unusual ${rate} ${name || 'calls'}`,
    source && `on ${source}`,
    state === 'End' ? `ended${lasted === null ? '' : ` after ${minutesText(lasted)}`}` : state === '' ? '' : 'began',
    region && `in ${region}`,
  ];
  const sentence = parts.filter((part) => part !== '').join(' ');
  return found === null ? sentence : `${sentence}: ${rateText(found, usual)}`;
}

/** '41 a minute, usually 0.017 (2,460 times as many)'. */
function rateText(found: number, usual: number | null): string {
  if (usual === null) return `${roundText(found)} a minute`;
  if (usual === 0) return `${roundText(found)} a minute, usually none`;
  const factor = found / usual;
  const times = factor >= 1.05 ? ` (${roundText(factor)} times as many)` : '';
  return `${roundText(found)} a minute, usually ${roundText(usual)}${times}`;
}

/** The caller that an Insights event puts most of the unusual calls down to, an ARN as a rule; '' where it tells none. */
export function insightCaller(record: unknown): string {
  const { attributions } = factsOf(objectOf(record));
  const callers = attributions
    .map((item) => objectOf(item))
    .filter(({ attribute }) => attribute === undefined || attribute === 'userIdentityArn')
    .flatMap(({ insight }) => averagesOf(insight));
  return callers.reduce((most, each) => ((each[1] ?? 0) > (most[1] ?? -1) ? each : most), ['', null] as const)[0];
}

const MAX_LISTED = 3;

const STATES: Readonly<Record<InsightFacts['state'], string>> = {
  Start: 'Start: its End event has the same sharedEventID',
  End: 'End: the rate is usual again',
  '': 'not stated: whether it began or ended',
};

const ATTRIBUTES: Readonly<Record<string, string>> = {
  userIdentityArn: 'by caller',
  userAgent: 'by user agent',
  errorCode: 'by error',
};

/** What an Insights event tells: rate, length, state, and who or what made the difference. */
export function insightLines(record: JsonObject): readonly LabelLine[] {
  const { found, usual, lasted, baseline, state, isErrorRate, errorCode, attributions } = factsOf(record);
  const what = isErrorRate ? 'error rate' : 'call rate';
  return statedLines([
    found === null ? null : line(what, rateText(found, usual)),
    lasted === null
      ? null
      : line(
          'lasted',
          `${minutesText(lasted)}${state === 'Start' ? ' when this was written; the End event has the whole length' : ''}`,
        ),
    baseline === null ? null : line('usual', `as measured over the ${minutesText(baseline)} before`),
    line('state', STATES[state]),
    line('error', errorCode),
    ...attributions.slice(0, MAX_LISTED * 2).flatMap((item) => attributionLine(objectOf(item))),
    line('caller', 'none of its own: it is about many calls; those of its time span tell who made them'),
  ]);
}

/** Values of the time of the insight, each with its usual rate; then those that only the baseline has. */
function attributionLine(attribution: JsonObject): readonly LabelLine[] {
  const during = averagesOf(attribution.insight);
  const before = averagesOf(attribution.baseline);
  const texts = during.slice(0, MAX_LISTED).map(([value, average]) => {
    const usual = before.find(([other]) => other === value)?.[1] ?? null;
    const was = usual === null ? 'usually not among them' : `usually ${roundText(usual)}`;
    return average === null ? value : `${value} ${roundText(average)} a minute (${was})`;
  });
  if (texts.length === 0) return [];
  if (during.length > MAX_LISTED) texts.push(plural(during.length - MAX_LISTED, 'other', 'others'));
  const attribute = textOf(attribution.attribute);
  return [line(Object.hasOwn(ATTRIBUTES, attribute) ? (ATTRIBUTES[attribute] as string) : 'by', texts.join(', '))];
}

function averagesOf(value: unknown): readonly (readonly [value: string, average: number | null])[] {
  const items = isObject(value) ? [value] : listOf(value);
  return items
    .map((item) => [textOf(objectOf(item).value), numberOf(objectOf(item).average)] as const)
    .filter(([text]) => text !== '');
}
