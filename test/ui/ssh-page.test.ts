// SSH access in the whole explorer: S, --preset ssh, Enter, a and the way back.

import { afterEach, test } from 'vitest';
import { findPreset } from '../../src/query/presets.ts';
import { type OpenExplorer, openExplorer, record, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const I = 'i-0123456789abcdef0';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINZbip83aTe0P7oj4IJlA8vjQX4ictJFv42sX4hb9AdU';

const role = (minute: number, eventName: string): object =>
  record(minute, {
    eventName,
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/web/${I}`,
      accountId: '111122223333',
      sessionContext: { sessionIssuer: { type: 'Role', userName: 'web' } },
    },
  });

const EVENTS = [
  record(2, { eventName: 'ListUsers' }),
  role(40, 'GetSecretValue'),
  role(50, 'ListBuckets'),
  record(60, {
    eventSource: 'ec2-instance-connect.amazonaws.com',
    eventName: 'SendSSHPublicKey',
    requestParameters: { instanceId: I, osUser: 'ec2-user', sSHPublicKey: KEY },
    readOnly: false,
  }),
  record(62, { eventName: 'DescribeInstances' }),
];

function open(options: Parameters<typeof openExplorer>[1] = {}) {
  const opened = openExplorer(recordsSource(EVENTS), options);
  app = opened;
  const text = () => opened.lines().join('\n');
  const says =
    (...parts: readonly string[]) =>
    () =>
      parts.every((part) => text().includes(part));
  return { ...opened, text, says };
}

test('S tells who went where; Enter leads to the event, a to what its role called, Esc back', async () => {
  const { press, until, says } = open({ columns: 200 });
  await until(says('5 events'));
  press('S');
  await until(
    says('SSH access', '1 of', 'key pushed', I, 'ec2-user', '2 calls', 'Admin/alice', 'SHA256:2+dXSd965jXEy4NC'),
  );
  await until(says('what its role called after'));
  press('a');
  await until(says('2 of 5', 'GetSecretValue', 'ListBuckets', `session:${I}`));
  press('escape');
  await until(says('SSH access', 'key pushed'));
  press('enter');
  await until(says('2 of 5', 'SendSSHPublicKey', 'DescribeInstances'));
  // The event itself is under the cursor, not the newest of what is around it.
  press('enter');
  await until(says('instanceId', 'osUser'));
});

test('on the command line the preset opens its page, and 80 columns have room for what matters', async () => {
  const { until, says } = open({
    columns: 80,
    rows: 24,
    initialQuery: findPreset('ssh')?.query ?? '',
    initialPage: { page: 'ssh' },
  });
  await until(says('SSH access', 'key pushed', 'ec2-user', 'NEXT HOUR', '2 calls'));
});

test('where nobody went in, the page says so', async () => {
  const { press, until, says, type } = open();
  await until(says('5 events'));
  press(':');
  type('opened-to-the-world');
  press('enter');
  await until(says('Opened to the world', 'Nothing was opened to everybody'));
});

test('a says why it does nothing where a row tells of nothing that came after', async () => {
  const { press, until, says, type } = open();
  await until(says('5 events'));
  press(':');
  type('by name');
  press('enter');
  await until(says('By name', 'ListUsers'));
  press('a');
  await until(says('this row tells of nothing that came after'));
});

test('a shows the reads that the page has counted, also where noise was hidden since', async () => {
  const { press, until, says } = open({ columns: 200 });
  await until(says('5 events'));
  press('S');
  await until(says('key pushed', '2 calls'));
  press('a');
  await until(says('2 of 5', 'GetSecretValue'));
  press('n');
  await until(says('0 of 5'));
  press('escape');
  await until(says('key pushed', '2 calls'));
  press('a');
  await until(says('2 of 5', 'GetSecretValue'));
});
