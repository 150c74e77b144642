// = ! and the pivots in the whole explorer.

import { afterEach, describe, expect, test } from 'vitest';
import { type OpenExplorer, openExplorer, record, records, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const BOB = {
  userIdentity: { type: 'IAMUser', userName: 'bob', arn: 'arn:aws:iam::111122223333:user/bob', accessKeyId: 'AKIABOB' },
};
const EVENTS = [
  ...records(60),
  record(20, {
    ...BOB,
    eventID: 'bob-1',
    eventName: 'TerminateInstances',
    readOnly: false,
    errorCode: 'AccessDenied',
    requestParameters: { instancesSet: { items: [{ instanceId: 'i-00000000000000033' }] }, name: 'web' },
  }),
  record(40, { ...BOB, eventID: 'bob-2' }),
  // Names the instance in a text only.
  record(50, { eventID: 'note', eventName: 'PutItem', requestParameters: { text: 'see i-00000000000000033!' } }),
];

async function open(): Promise<OpenExplorer> {
  app = openExplorer(recordsSource(EVENTS));
  await app.until('1/63 ');
  app.press('e');
  await app.until('▌!');
  return app;
}

const selected = ({ lines }: OpenExplorer) => lines().find((line) => line.includes('▌')) ?? '';

describe('pivots', () => {
  test('= n keeps only events of the name, with the event still selected', async () => {
    const app = await open();
    app.press('=');
    await app.until('only events with the same');
    expect(app.picture()).toContain('TerminateInstances');
    app.press('n');
    await app.until('/ name:TerminateInstances');
    await app.until('1 of 63 events');
    expect(selected(app)).toContain('TerminateInstances');
  });

  test('! w leaves the person out, = w asks for the one of another event', async () => {
    const app = await open();
    app.press('!', 'w');
    await app.until('61 of 63 events');
    expect(app.lines()[1]).toContain('/ !who:bob');
    app.press('=', 'w');
    await app.until('!who:bob who:Admin/alice');
  });

  test('the capital letter asks for all of it, in place of the search', async () => {
    const app = await open();
    app.press('x');
    await app.until('1 of 63 events');
    app.press('=');
    await app.until('(capital letter: of all events)');
    app.press('K');
    await app.until('2 of 63 events');
    expect(app.lines()[1]).toMatch(/^ \/ key:AKIABOB /);
  });

  test('what the event does not state cannot be chosen', async () => {
    const app = await open();
    app.press('=', 'o');
    await app.until('not stated');
    app.press('escape');
    await app.until('TIME');
  });

  test('= t shows everything within five minutes, whatever the search was', async () => {
    const app = await open();
    app.press('x');
    await app.until('1 of 63 events');
    app.press('=', 't');
    await app.until('since:2026-05-19T13:35:00Z until:2026-05-19T13:45:00Z');
    await app.until('12 of 63 events');
    expect(selected(app)).toContain('TerminateInstances');
  });

  test('r is the history of the resource; from there all that names it, also in the text of records', async () => {
    const app = await open();
    app.press('r', 'r');
    await app.until('3 events name it');
    expect(app.picture()).toContain('History of i-00000000000000033');
    app.press('enter');
    await app.until("/ 'i-00000000000000033");
    await app.until('3 of 63 events');
  });

  test('x is the failures and back', async () => {
    const app = await open();
    app.press('/');
    app.type('key:AKIABOB');
    app.press('enter');
    await app.until('2 of 63 events');
    app.press('x');
    await app.until('key:AKIABOB error:*');
    await app.until('1 of 63 events');
    app.press('x');
    await app.until('2 of 63 events');
  });

  test('= on a key of the record that is called as a field means the key', async () => {
    const app = await open();
    app.press('enter');
    await app.until('requestParameters');
    app.press('/');
    app.type('web');
    app.press('enter');
    await app.until('"web" is in 1 row');
    app.press('=');
    await app.until('requestParameters.name:web');
    await app.until('1 of 63 events');
  });
});
