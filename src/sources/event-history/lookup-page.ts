// One request of LookupEvents, through the real SDK. Nothing of the SDK's shapes goes further than this file.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html

import type { CloudTrailClient, Event as SdkEvent } from '@aws-sdk/client-cloudtrail';
import { type JsonObject, objectOf, textOf } from '../../cloudtrail/json-value.ts';
import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import { parseTime } from '../../cloudtrail/time.ts';
import type { Access } from '../aws/access.ts';
import { clientOptions } from '../aws/client-options.ts';
import { FaultError } from '../aws/fault.ts';
import type { FaultContext } from '../aws/fault-context.ts';
import { faultOf } from '../aws/fault-of.ts';

/** Events of a page; AWS gives no more. */
export const PAGE_SIZE = 50;

export type LookupRequest = {
  /** Both ends included, ms since the epoch. The same for every page of a token. */
  readonly from: number;
  readonly to: number;
  readonly attribute: LookupAttribute | null;
  readonly isInsights: boolean;
  readonly nextToken: string | null;
};

/** An event as LookupEvents tells it: the record, and what it tells beside. Empty where it is absent. */
export type PageEvent = {
  /** CloudTrailEvent word for word; null where it is absent. */
  readonly record: string | null;
  /** ms since the epoch; of the record where EventTime is absent, null where neither says. */
  readonly eventTime: number | null;
  readonly eventId: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly username: string;
  readonly accessKeyId: string;
  /** "true" or "false". */
  readonly readOnly: string;
  readonly resources: readonly PageResource[];
};

export type PageResource = { readonly type: string; readonly name: string };

export type LookupPage = {
  /** Newest first. May be empty though there is a token. */
  readonly events: readonly PageEvent[];
  /** Null: there are no older ones. */
  readonly nextToken: string | null;
  /** Times of the events, ms; null where there are none. */
  readonly newest: number | null;
  readonly oldest: number | null;
  /** When AWS answered, by its own clock, ms, whole seconds; null where it does not say. */
  readonly date: number | null;
};

export type LookupClient = {
  /** Makes one request, and no second try.
   *  @throws FaultError (`cancelled` for `signal`) */
  page(request: LookupRequest, signal?: AbortSignal): Promise<LookupPage>;
};

/** A client of one account in one Region, to be kept: it learns how far this machine's clock is off. The SDK is loaded
 *  with the first page. Nothing is to be closed: connections belong to `access`. */
export function createLookupClient(access: Access, region: string): LookupClient {
  const endpoint = access.endpoint('cloudtrail');
  const context: FaultContext = {
    profile: access.profile,
    env: access.env,
    label: access.label,
    region,
    operation: 'LookupEvents',
    host: endpoint === undefined ? `cloudtrail in ${region}` : new URL(endpoint).host,
  };
  let client: Promise<CloudTrailClient> | null = null;
  return {
    async page(request, signal) {
      try {
        const { LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail');
        client ??= openClient(access, region);
        const command = new LookupEventsCommand(inputOf(request));
        let date: number | null = null;
        command.middlewareStack.add(
          (next) => async (args) => {
            const result = await next(args);
            date = dateIn(result.response);
            return result;
          },
          { step: 'deserialize' },
        );
        const { Events, NextToken } = await (await client).send(command, { abortSignal: signal });
        if (!Array.isArray(Events)) throw new EmptyAnswerError();
        return { ...pageOf(Events, NextToken), date };
      } catch (error) {
        throw error instanceof FaultError ? error : new FaultError(faultOf(error, context), { cause: error });
      }
    },
  };
}

/** 200 with an empty body becomes {}; AWS sends an empty list where there are no events. */
class EmptyAnswerError extends Error {
  override readonly name = 'EmptyAnswer';

  constructor() {
    super('the answer is empty');
  }
}

async function openClient(access: Access, region: string): Promise<CloudTrailClient> {
  const { CloudTrailClient: Client } = await import('@aws-sdk/client-cloudtrail');
  // Another try is a matter of the limiter.
  return new Client({ ...clientOptions(access, 'cloudtrail', region), maxAttempts: 1, retryMode: 'standard' });
}

function inputOf({ from, to, attribute, isInsights, nextToken }: LookupRequest) {
  return {
    StartTime: new Date(from),
    EndTime: new Date(to),
    MaxResults: PAGE_SIZE,
    ...(attribute && { LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }] }),
    ...(isInsights && { EventCategory: 'insight' as const }),
    ...(nextToken !== null && { NextToken: nextToken }),
  };
}

/** The SDK keeps the header to itself. */
function dateIn(response: unknown): number | null {
  const { headers } = response as { readonly headers?: Readonly<Record<string, string>> };
  const date = Date.parse(headers?.date ?? '');
  return Number.isNaN(date) ? null : date;
}

function pageOf(sdkEvents: readonly SdkEvent[], nextToken: string | undefined): Omit<LookupPage, 'date'> {
  const events = sdkEvents.map(pageEventOf);
  const times = events.flatMap(({ eventTime }) => (eventTime === null ? [] : [eventTime]));
  return {
    events,
    nextToken: textOf(nextToken) || null,
    newest: times.length === 0 ? null : Math.max(...times),
    oldest: times.length === 0 ? null : Math.min(...times),
  };
}

/** The SDK does not check what it gets: every member may be absent, null or of another type. */
function pageEventOf(event: SdkEvent | null): PageEvent {
  const { CloudTrailEvent, EventTime, EventId, EventName, EventSource, Username, AccessKeyId, ReadOnly, Resources } =
    event ?? {};
  const record = textOf(CloudTrailEvent) || null;
  const time = EventTime instanceof Date ? EventTime.getTime() : Number.NaN;
  const isComplete = !Number.isNaN(time) && textOf(EventId) !== '';
  const stated = isComplete ? {} : statedIn(record);
  return {
    record,
    eventTime: Number.isNaN(time) ? (parseTime(stated.eventTime) ?? null) : time,
    eventId: textOf(EventId) || textOf(stated.eventID),
    eventName: textOf(EventName),
    eventSource: textOf(EventSource),
    username: textOf(Username),
    accessKeyId: textOf(AccessKeyId),
    readOnly: textOf(ReadOnly),
    resources: (Array.isArray(Resources) ? Resources : []).flatMap((resource) => {
      const name = textOf(resource?.ResourceName);
      return name === '' ? [] : [{ type: textOf(resource?.ResourceType), name }];
    }),
  };
}

function statedIn(record: string | null): JsonObject {
  try {
    return objectOf(JSON.parse(record ?? ''));
  } catch {
    return {};
  }
}
