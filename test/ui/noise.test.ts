// Noise in the explorer: what is left, what is said of the rest.

import { afterEach, describe, expect, test } from 'vitest';
import { NO_NOISE } from '../../src/state/noise.ts';
import { type OpenExplorer, openExplorer, record, records, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

/** 40 reads, 3 calls of a service, 2 loud ones, and 4 that stay. */
const EVENTS = [
  ...records(40),
  ...[100, 101, 102].map((minute) =>
    record(minute, { eventName: 'CreateTags', readOnly: false, eventType: 'AwsServiceEvent' }),
  ),
  ...[110, 111].map((minute) => record(minute, { eventName: 'UpdateInstanceInformation', readOnly: false })),
  record(200, { eventName: 'RunInstances', readOnly: false }),
  record(201, { eventName: 'TerminateInstances', readOnly: false, eventType: 'AwsServiceEvent' }),
  record(202, { eventName: 'GetObject', errorCode: 'AccessDenied' }),
  record(203, { eventName: 'CreateUser', readOnly: false }),
];

function open(options: Parameters<typeof openExplorer>[1] = {}, events = EVENTS): OpenExplorer {
  app = openExplorer(recordsSource(events), options);
  return app;
}

const text = ({ lines }: OpenExplorer) => lines().join('\n');

describe('n', () => {
  test('leaves what people did and what failed, and says what is hidden', async () => {
    const { press, until, lines } = open();
    await until(() => lines().some((line) => line.includes('49 events')));
    press('n');
    await until(() => text(app as OpenExplorer).includes('noise off: 45 hidden (reads 40 · services 3 · loud 2)'));
    expect(lines()[0]).toContain('4 of 49 events');
    for (const name of ['RunInstances', 'TerminateInstances', 'GetObject', 'CreateUser']) {
      expect(text(app as OpenExplorer)).toContain(name);
    }
    expect(text(app as OpenExplorer)).not.toContain('DescribeInstances');
    press('n');
    await until(() => lines()[0]?.includes(' 49 events') === true && !text(app as OpenExplorer).includes('noise off'));
  });

  test('leaves the search as it was typed, and counts within it', async () => {
    const { press, until, lines } = open({ initialQuery: 'name:Describe*,Run*' });
    await until(() => lines()[1]?.includes('41 of 49') === true);
    press('n');
    await until(() => lines()[1]?.includes('1 of 49 · noise off: 40 hidden (reads 40)') === true);
    expect(lines()[1]).toContain('name:Describe*,Run*');
  });

  test('an empty list says that noise is all there is', async () => {
    const { press, until, lines } = open({ initialQuery: 'name:Describe*' });
    await until(() => lines()[1]?.includes('40 of 49') === true);
    press('n');
    await until(() =>
      text(app as OpenExplorer).includes('All 40 events that match name:Describe* are noise: reads 40.'),
    );
    expect(text(app as OpenExplorer)).toContain('n shows noise.');
  });

  test('is remembered, and taken up again', async () => {
    const { press, until, lines, ended, saved } = open({ remembered: { noise: { ...NO_NOISE, isOn: true } } });
    await until(() => text(app as OpenExplorer).includes('noise off: 45 hidden'));
    press('n');
    await until(() => lines()[0]?.includes(' 49 events') === true);
    press('q');
    await ended;
    expect(saved.flatMap(({ noise }) => noise ?? []).at(-1)?.isOn).toBe(false);
  });
});
