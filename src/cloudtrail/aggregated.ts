// Aggregated data events (eventVersion 1.0 of their own, since November 2025): CloudTrail counts the data events of five
// minutes by a dimension. They have accountId and eventId (so spelled) and no caller, name or address of their own.

import { firstText, isObject, type JsonObject, listOf, objectOf, textOf } from './json-value.ts';
import { type LabelLine, line, statedLines } from './label-line.ts';
import { numberOf, plural, roundText } from './plain-number.ts';

const MAX_LISTED = 4;
const MAX_DETAILS = 8;

const TITLES: Readonly<Record<string, string>> = {
  eventName: 'by call',
  resourceARN: 'by resource',
  userIdentity: 'by caller',
  userAgent: 'by user agent',
  sourceIpAddress: 'by address',
  sourceIPAddress: 'by address',
  errorCodes: 'by error',
  errorCode: 'by error',
};

export function aggregatedLines(record: JsonObject): readonly LabelLine[] {
  const summary = objectOf(record.summary);
  return statedLines([
    line('time span', windowText(record)),
    dimensionLine(summary.primaryDimension),
    ...listOf(summary.details).slice(0, MAX_DETAILS).map(dimensionLine),
    line('account', textOf(record.accountId)),
    line('about', 'a count of many data events; who made each is in those events, where the trail keeps them'),
  ]);
}

/** A name to show and search where a record has no eventName: 'Aggregated: GetObject', 'Aggregated by resourceARN'. */
export function aggregatedName(record: unknown): string {
  const { dimension, statistics } = objectOf(objectOf(objectOf(record).summary).primaryDimension);
  const by = textOf(dimension);
  const names = listOf(statistics).map((item) => textOf(objectOf(item).name));
  if (by === 'eventName' && names.length === 1 && names[0] !== '') return `Aggregated: ${names[0]}`;
  return by === '' ? 'Aggregated' : `Aggregated by ${by}`;
}

/** 'CloudTrail counted 42 data events on s3 in eu-west-1 (5 minutes from …)'. */
export function aggregatedSentence(record: JsonObject): string {
  const primary = objectOf(objectOf(record.summary).primaryDimension);
  const counts = countsOf(primary);
  const total = counts.reduce((sum, [, count]) => sum + (count ?? 0), 0);
  const source = textOf(record.eventSource).replace(/\.amazonaws\.com$/, '');
  const region = textOf(record.awsRegion);
  const [first] = counts;
  const [name = '', count = null] = first ?? [];
  const often = count === null ? '' : `, ${cut(name)} most often, ${roundText(count)}`;
  const what = counts.length === 1 ? `, all of ${cut(name)}` : often;
  const window = windowText(record);
  return [
    `CloudTrail counted ${total > 0 ? plural(total, 'data event') : 'data events'}`,
    source && ` on ${source}`,
    region && ` in ${region}`,
    window && ` (${window})`,
    what,
  ].join('');
}

function windowText(record: JsonObject): string {
  const { windowStart, windowEnd, windowSize } = objectOf(record.timeWindow);
  const [start, end] = [textOf(windowStart), textOf(windowEnd)];
  if (start !== '' && end !== '') return `${start} to ${end}`;
  return firstText(start && `from ${start}`, end && `until ${end}`, windowSize);
}

function dimensionLine(value: unknown): LabelLine | null {
  const dimension = objectOf(value);
  const counts = countsOf(dimension);
  if (counts.length === 0) return null;
  const texts = counts
    .slice(0, MAX_LISTED)
    .map(([name, count]) => (count === null ? cut(name) : `${cut(name)} ${roundText(count)}`));
  if (counts.length > MAX_LISTED) texts.push(plural(counts.length - MAX_LISTED, 'other', 'others'));
  const name = firstText(dimension.dimension, dimension.name);
  return line(Object.hasOwn(TITLES, name) ? (TITLES[name] as string) : `by ${name || 'value'}`, texts.join(', '));
}

/** Names and how often, the most frequent first. */
function countsOf(dimension: JsonObject): readonly (readonly [name: string, count: number | null])[] {
  return listOf(dimension.statistics)
    .filter(isObject)
    .map((item) => [textOf(item.name), numberOf(item.value)] as const)
    .filter(([name]) => name !== '')
    .sort((a, b) => (b[1] ?? 0) - (a[1] ?? 0));
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
