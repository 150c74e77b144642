// `s` on an event that nobody called, or nobody who is named: such events are no session of one caller.

import { afterEach, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

test('events without any identity are not taken together', async () => {
  const nobody = { userIdentity: null, errorCode: 'AccessDenied' };
  app = openExplorer(recordsSource([record(1, nobody), record(2, nobody)]), {});
  await app.until('2 events');
  app.press('s');
  const screen = await app.until('The record does not say who called.');
  expect(screen).not.toContain('LENGTH 1 min');
  expect(screen).not.toContain('2 calls');
});

test('an Insights event has no caller', async () => {
  const insight = {
    userIdentity: null,
    eventName: 'RunInstances',
    eventType: 'AwsCloudTrailInsight',
    eventCategory: 'Insight',
    insightDetails: { state: 'Start', eventSource: 'ec2.amazonaws.com', insightType: 'ApiCallRateInsight' },
  };
  app = openExplorer(recordsSource([record(1, insight)]), { columns: 120, rows: 30 });
  const row = (await app.until('Insight ')).split('\n').find((line) => line.includes('Insight '));
  expect(row).toMatch(/^\W*–.*Insight Start: ApiCallR.* – /);
  app.press('s');
  await app.until('An Insights event has no caller');
});

test('nor has one of an old form that names somebody', async () => {
  const insight = {
    userIdentity: null,
    eventType: 'AwsCloudTrailInsight',
    eventCategory: null,
    insightDetails: {
      state: 'Start',
      insightContext: {
        attributions: [
          {
            attribute: 'userIdentityArn',
            insight: [{ value: 'arn:aws:iam::111122223333:user/bob', average: 3 }],
          },
        ],
      },
    },
  };
  app = openExplorer(recordsSource([record(1, insight)]), { columns: 120, rows: 30 });
  await app.until(/Insight Start.* bob /);
  app.press('s');
  await app.until('An Insights event has no caller');
});
