import { trailLossOf } from '../trail-selectors.ts';
import { type Phrases, phrase } from './call.ts';
import { say } from './template.ts';
import { isFalse } from './values.ts';

const TRAIL = 'trail {name:name|trailName:name|@?(not stated)}';
const STORE = 'event data store {eventDataStore:name|@?(not stated)}';

export const CLOUDTRAIL: Phrases = {
  StopLogging: say(`stop the logging of ${TRAIL}`),
  StartLogging: say(`start the logging of ${TRAIL}`),
  DeleteTrail: say(`delete ${TRAIL}`),
  CreateTrail: say(`create ${TRAIL}[ that writes to bucket {s3BucketName}]`),
  UpdateTrail: (call) => {
    const off = [
      isFalse(call.request.isMultiRegionTrail) && 'other Regions',
      isFalse(call.request.includeGlobalServiceEvents) && 'global services',
    ].filter((text) => text !== false);
    const text = off.length === 0 ? '' : ` (without ${off.join(' and ')})`;
    return say(`change ${TRAIL}[ to write to bucket {s3BucketName}]${text}`)(call);
  },
  PutEventSelectors: (call) => {
    const loss = trailLossOf(call.request);
    return say(`change what {trailName:name|@?a trail} records${loss && ` (${loss})`}`)(call);
  },
  GetEventSelectors: say('read what {trailName:name|@?a trail} records'),
  PutInsightSelectors: say('change which insights {trailName:name|@?a trail} looks for'),
  GetTrailStatus: say(`ask whether ${TRAIL} is logging`),
  DescribeTrails: say('look at the trails'),
  ListTrails: say('list the trails'),
  LookupEvents: say(
    'search the event history[ for {lookupAttributes.0.attributeKey} {lookupAttributes.0.attributeValue}]',
  ),
  CreateEventDataStore: say('create event data store {name}'),
  DeleteEventDataStore: say(`delete ${STORE}`),
  StopEventDataStoreIngestion: say(`stop ${STORE}`),
  StartQuery: say('run a query over an event data store'),
  GetQueryResults: say('read the answer of a query over an event data store'),
  RegisterOrganizationDelegatedAdmin: say('let account {memberAccountId} manage the trails of the organization'),
  DeregisterOrganizationDelegatedAdmin: () => phrase('take the management of the trails back from an account'),
};
