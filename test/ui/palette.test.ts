// The palette and its pages in the whole explorer.

import { afterEach, describe, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, records, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const DENIED = [300, 301, 302].map((minute) =>
  record(minute, {
    eventName: 'CreateUser',
    eventSource: 'iam.amazonaws.com',
    readOnly: false,
    errorCode: 'AccessDenied',
    errorMessage:
      'User: arn:aws:sts::111122223333:assumed-role/Admin/alice is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user/x with an explicit deny in a service control policy',
    requestParameters: { userName: 'x' },
  }),
);
const ELSEWHERE = record(1, { eventName: 'ListUsers', sourceIPAddress: '198.51.100.7' });
const EVENTS = [...records(40).slice(2), ELSEWHERE, ...DENIED];

function open(options: Parameters<typeof openExplorer>[1] = {}): OpenExplorer & {
  readonly text: () => string;
  readonly says: (...texts: readonly string[]) => () => boolean;
} {
  app = openExplorer(recordsSource(EVENTS), options);
  const { lines } = app;
  const text = () => lines().join('\n');
  return {
    ...app,
    text,
    says:
      (...texts) =>
      () =>
        texts.every((part) => text().includes(part)),
  };
}

async function opened(...parameters: Parameters<typeof open>): Promise<ReturnType<typeof open>> {
  const explorer = open(...parameters);
  await explorer.until(explorer.says('42 events'));
  return explorer;
}

describe('the palette', () => {
  test('offers everything, narrows at each letter, and runs what is under the cursor where one was', async () => {
    const { type, press, until, says, text } = await opened();
    press(':');
    await until(says(':presets', ':denied', ':save NAME', 'DescribeInstances'));
    type('oldest');
    await until(says('oldest event'));
    press('enter');
    await until(says('42/42'));
    expect(text()).not.toContain(' :oldest');
  });

  test('says what no command is called, and why one cannot run', async () => {
    const { type, press, until, says } = await opened();
    press(':');
    type('dneied now');
    press('enter');
    await until(says('there is no command dneied: did you mean denied?'));
    press('ctrl+u');
    type('follow');
    await until(says(':follow', 'not now: only for the event history of an account'));
    press('enter');
    await until(says('Ctrl-U all', ' only for the event history of an account '));
  });

  test(':q quits', async () => {
    const { type, press, until, says, ended } = await opened();
    press(':');
    type('q');
    await until(says(':quit'));
    press('enter');
    expect(await ended).toEqual({ exitCode: 0 });
  });

  test('asks for what is lacking, with what is under the cursor', async () => {
    const { type, press, until, says, saved, ended } = await opened();
    press('G', ':');
    type('noise add');
    press('enter');
    await until(says(':noise add CreateUser'));
    press('enter');
    await until(says('CreateUser is noise from now on; n hides noise'));
    press('ctrl+c');
    await ended;
    expect(saved.flatMap(({ noise }) => noise?.names ?? [])).toContain('CreateUser');
  });

  test('a click runs what is under it; the wheel moves', async () => {
    const { press, until, says, click, wheel, lines } = await opened();
    press(':');
    await until(says(':explain'));
    wheel('down', 5, 20);
    await until(() => lines().some((line) => line.startsWith('▌ :') && !line.includes(':presets')));
    wheel('up', 5, 20);
    await until(says(':presets', ':explain'));
    click(
      6,
      lines().findIndex((line) => line.includes(':explain')),
    );
    await until(says('There is no search: the list holds every event.'));
    press('q');
    await until(says('DescribeInstances'));
  });

  test('what a name and a key do alike is one entry with both', async () => {
    const { press, type, until, says, lines } = await opened();
    press(':');
    for (const [name, key] of [
      ['denied', 'X'],
      ['download', 'D'],
      ['ssh', 'S'],
    ] as const) {
      press('ctrl+u');
      type(name);
      await until(says(`:${name} `, ' of '));
      const found = lines().filter((line) =>
        line.includes(key === 'S' ? 'SSH access' : key === 'X' ? 'denied calls' : 'into a file'),
      );
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(new RegExp(`${name}.*\\b${key}\\b|\\b${key}\\b.*${name}`));
    }
  });

  test('presets and saved searches are there by name', async () => {
    const { type, press, until, says } = await opened();
    press(':');
    type('failures');
    press('enter');
    await until(says('error:*', '3 of 42'));
    press(':');
    type('save all that failed');
    press('enter');
    await until(says('saved as all that failed'));
    press(':');
    type('all that');
    await until(says('saved search: error:*'));
    press('enter');
    await until(says('3 of 42'));
    press(':');
    type('forget all that failed');
    press('enter');
    await until(says('all that failed is no saved search any more'));
  });
});

describe('pages', () => {
  test(':denied groups what was refused; Enter shows the events', async () => {
    const { type, press, until, says } = await opened();
    press(':');
    type('denied');
    press('enter');
    await until(says('3 of 42 events', 'iam:CreateUser', 'SCP denies', 'arn:aws:iam::111122223333:user/x'));
    press('enter');
    await until(says('who:Admin/alice name:CreateUser error:denied', '3 of 42'));
  });

  test(':denied counts on while more is loaded', async () => {
    const gate = Promise.withResolvers<void>();
    const source = recordsSource([...DENIED.slice(1), ...records(20), DENIED[0] as object], {
      batchSize: 20,
      gate: async (batch) => {
        if (batch > 0) await gate.promise;
      },
    });
    app = openExplorer(source);
    const { type, press, until, lines } = app;
    const says = (part: string) => () => lines().join('\n').includes(part);
    await until(says('20 events'));
    press(':');
    type('denied');
    press('enter');
    await until(says('2 of 20 events so far'));
    gate.resolve();
    await until(says('3 of 23 events'));
    expect(lines().find((line) => line.includes('iam:CreateUser'))).toMatch(/^▌ +3 {2}/);
    press('q');
    await until(says('DescribeInstances'));
  });

  test(':rare tells what is new, and the list marks it', async () => {
    const { type, press, until, says, lines } = await opened();
    await until(() => lines().some((line) => /R\+ .*ListUsers/.test(line)));
    press(':');
    type('rare');
    press('enter');
    await until(says('address 198.51.100.7', 'new caller'));
    press('enter');
    await until(says('who:Admin/alice ip:198.51.100.7', '1 of 42'));
    press('enter');
    await until(says('new: first from 198.51.100.7'));
  });

  test(':policy of nothing but denied calls says that it would allow what was refused', async () => {
    const { type, press, until, says } = open({ initialQuery: 'name:CreateUser' });
    await until(says('3 of 42'));
    press(':');
    type('policy');
    press('enter');
    await until(
      says('of 3 events of the list', 'Of these 3 were denied', 'would allow what was refused', '"iam:CreateUser"'),
    );
    press('y');
    await until(says('copied: the policy of what was denied'));
  });

  test(':policy has what was denied apart', async () => {
    const { type, press, until, says } = open({ initialQuery: 'name:CreateUser,ListUsers', rows: 50 });
    await until(says('4 of 42'));
    press(':');
    type('policy');
    press('enter');
    await until(says('1 of 2 actions was only ever denied', 'Denied: not in the policy', '"DeniedIam1"'));
    press('y');
    await until(says('copied: the policy'));
    expect(says('the policy of what was denied')()).toBe(false);
  });

  test(':explain says what the search means', async () => {
    const { type, press, until, says } = open({ initialQuery: 'error:*' });
    await until(says('3 of 42'));
    press('n', ':');
    type('explain');
    press('enter');
    await until(says('What is searched for: error:*', 'is stated', 'without noise, by n: reads'));
  });
});

describe('help', () => {
  test('opens over pages and menus too, and Esc leads back to them', async () => {
    const { press, until, says, text } = await opened();
    press('X');
    await until(says('REASON', 'SCP denies'));
    press('?');
    await until(says('List: open and go to'));
    expect(text()).not.toContain('REASON');
    press('escape');
    await until(says('REASON', 'SCP denies'));
    press('q', '=');
    await until(says('only events with the same'));
    press('?');
    await until(says('List: open and go to'));
    press('?');
    await until(says('only events with the same'));
  });
});
