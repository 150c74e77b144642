// Noise in the explorer: what is left, what is said of the rest.

import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_NOISE } from '../../src/query/noise.ts';
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
    await until(() => text(app as OpenExplorer).includes('noise hidden: 45 (reads 40 · services 3 · loud 2)'));
    expect(lines()[0]).toContain('4 of 49 events');
    for (const name of ['RunInstances', 'TerminateInstances', 'GetObject', 'CreateUser']) {
      expect(text(app as OpenExplorer)).toContain(name);
    }
    expect(text(app as OpenExplorer)).not.toContain('DescribeInstances');
    press('n');
    await until(
      () => lines()[0]?.includes(' 49 events') === true && !text(app as OpenExplorer).includes('noise hidden'),
    );
  });

  test('leaves the search as it was typed, and counts within it', async () => {
    const { press, until, lines } = open({ initialQuery: 'name:Describe*,Run*' });
    await until(() => lines()[1]?.includes('41 of 49') === true);
    press('n');
    await until(() => lines()[1]?.includes('1 of 49 · noise hidden: 40 (reads 40)') === true);
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

  test('is of the run: the next one begins with every event, whatever the rules have become', async () => {
    const { press, until, lines, ended, saved, type } = open();
    await until(() => lines()[0]?.includes(' 49 events') === true);
    press('n');
    await until('noise hidden: 45');
    press(':');
    type('noise show services');
    press('enter');
    await until('noise hidden: 42 (reads 40 · loud 2)');
    press('q');
    await ended;
    expect(saved.at(-1)?.noise).toEqual({ ...DEFAULT_NOISE, services: false, isOn: false });
  });

  test('is there from the start where that was asked for, and n does not take that back', async () => {
    const { press, until, ended, saved, type } = open();
    await until(() => text(app as OpenExplorer).includes(' 49 events'));
    press(':');
    type('noise always on');
    press('enter');
    await until('noise is hidden now and from the start of every run');
    press('n', 'q');
    await ended;
    const { noise } = saved.at(-1) ?? {};
    expect(noise).toEqual({ ...DEFAULT_NOISE, isOn: true });
    app?.dispose();
    open({ remembered: { noise } });
    await app?.until('noise hidden: 45');
  });

  test.each<[string, (opened: OpenExplorer) => void, string]>([
    ['a preset', ({ press, type }) => [press(':'), type('launches'), press('enter')], '1 of 49'],
    ['S', ({ press }) => press('S'), '0 of 49'],
    ['the words around an event', ({ press, type }) => [press(':'), type('around 1d'), press('enter')], '49 of 49'],
  ])('%s asks all events: noise is shown, and that is said', async (_, ask, found) => {
    const opened = open({ remembered: { noise: { ...DEFAULT_NOISE, isOn: true } } });
    await opened.until('noise hidden: 45');
    ask(opened);
    await opened.until('noise is shown again');
    await opened.until(found);
    expect(opened.picture()).not.toContain('noise hidden');
  });

  test('so does the preset that the explorer is started with', async () => {
    const remembered = { noise: { ...DEFAULT_NOISE, isOn: true } };
    const opened = open({ remembered, initialQuery: 'name:Describe*', initialPage: {} });
    await opened.until('noise is shown again');
    await opened.until('40 of 49');
  });
});

describe('words', () => {
  test('hide and show say what they do; other words say which there are', async () => {
    const { press, until, type } = open();
    await until(() => text(app as OpenExplorer).includes(' 49 events'));
    press('n', ':');
    type('noise show reads');
    press('enter');
    await until('noise hidden: 5 (services 3 · loud 2)');
    press(':');
    type('noise hide reads');
    press('enter');
    await until('noise hidden: 45');
    press(':');
    type('noise hide CreateUser');
    press('enter');
    await until('noise hide what? reads or services; a name of an event: noise add NAME');
  });

  test('a name that no event has is taken, and that is said', async () => {
    const { press, until, type } = open();
    await until(() => text(app as OpenExplorer).includes(' 49 events'));
    press(':');
    type('noise add CreatUser');
    press('enter');
    await until('no event of the name CreatUser is loaded; it will be hidden all the same');
  });
});
