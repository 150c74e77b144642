import { partitionOf } from './regions.ts';

/** Each Region has its own console under the partition's host. Those of the isolated partitions are not public. */
const CONSOLE_HOSTS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/** A Region becomes part of a host name: anything else would be a link to somebody else's host. */
const REGION = /^[a-z]{2,8}(?:-[a-z0-9]{1,16}){1,4}$/;

/** The event's page in the console's Event history; null without eventID or Region, and where the console's host is
 *  not known. The page shows management events of the last 90 days, to whoever is signed in to that account. */
export function consoleLink(event: { readonly region: string; readonly eventID: string }): string | null {
  const region = event.region.trim().toLowerCase();
  const eventID = event.eventID.trim();
  const host = CONSOLE_HOSTS[partitionOf(region)];
  if (host === undefined || eventID === '' || !REGION.test(region)) return null;
  return `https://${region}.${host}/cloudtrailv2/home?region=${region}#/events/${encodeURIComponent(eventID.toWellFormed())}`;
}
