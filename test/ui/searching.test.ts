// The search line: what it offers, what it keeps, and where one comes back to.

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

const EVENTS = [
  ...records(30),
  record(3, { eventName: 'TerminateInstances', readOnly: false, eventID: 't1' }),
  record(5, { eventName: 'TerminateInstances', readOnly: false, eventID: 't2' }),
  record(7, { eventName: 'TerminateSession', eventSource: 'ssm.amazonaws.com', readOnly: false, eventID: 't3' }),
];

async function open(options: Parameters<typeof openExplorer>[1] = {}, events = EVENTS): Promise<OpenExplorer> {
  app = openExplorer(recordsSource(events), options);
  await app.until(`1/${events.length} `);
  return app;
}

const line = (app: OpenExplorer, number: number) => app.lines()[number] ?? '';

describe('a path that no event has', () => {
  test('is underlined with the reason, and told in the empty list; the line can be left', async () => {
    const app = await open();
    app.type('/requestParameters.nope:x');
    await app.until('no event that is loaded has requestParameters.nope');
    app.press('enter');
    await app.until(
      /No match for requestParameters\.nope:x in 33 events: no event that is loaded has\s+requestParameters\.nope\./,
    );
    app.press('/');
    app.type('\u0008');
    app.press('ctrl+u');
    app.type('who:alice');
    await app.until('33 of 33');
    expect(app.picture()).not.toContain('no event that is loaded');
  });

  test('is not doubted where events have it, or where it is left out', async () => {
    const app = await open({}, [...EVENTS, record(9, { eventID: 'p', requestParameters: { depth: { key: 'v' } } })]);
    app.type('/!requestParameters.nope:x requestParameters.depth.key:w requestParameters.gone:*');
    await app.until('no event that is loaded has requestParameters.gone');
    expect(app.picture()).not.toContain('has requestParameters.depth');
  });
});

describe('completion', () => {
  test('shows what a word stood for; Tab takes it, Ctrl-X drops it', async () => {
    const app = await open();
    app.type('/termin');
    await app.until('≈ name:TerminateSession    1');
    expect(line(app, 1)).toContain('3 of 33');
    expect(line(app, 2)).toMatch(/^▌≈ name:TerminateInstances {2}2 {2}Tab only this · Ctrl-X not this · 1\/2/);
    expect(line(app, 3)).toMatch(/^│≈ name:TerminateSession {4}1/);
    // It covers and does not push: of the list, the third row stands where it stood.
    expect(line(app, 4)).toMatch(/^ D .*TerminateInstances/);
    expect(line(app, 29)).toContain('Tab complete  Ctrl-X not this');
    app.press('ctrl+x');
    await app.until('/ termin !name:TerminateInstances');
    await app.until('1 of 33');
    expect(line(app, 2)).toContain('name:TerminateSession');
    app.press('tab');
    await app.until('/ name:TerminateSession !name:TerminateInstances');
    await app.until('ssm');
    app.press('enter');
    await app.until('F facets');
    expect(line(app, 2)).toContain('TIME');
  });

  test('Ctrl-N and Ctrl-P choose; the arrows move in the list, and it makes way', async () => {
    const app = await open();
    app.type('/termin');
    await app.until('≈ name:TerminateSession');
    app.press('ctrl+n');
    await app.until('▌≈ name:TerminateSession');
    app.press('ctrl+p');
    await app.until('▌≈ name:TerminateInstances');
    app.press('shift+tab');
    await app.until('▌≈ name:TerminateSession');
    app.press('down');
    await app.until(/2\/3 /);
    expect(app.picture()).not.toContain('≈ name:');
    app.press('tab');
    await app.until('▌≈ name:TerminateSession');
    app.press('tab');
    await app.until('/ name:TerminateSession');
  });

  test('completes a field, then its values with how often they occur', async () => {
    const app = await open();
    app.type('/na');
    await app.until('▌  name:');
    app.press('tab');
    await app.until(/▌ {2}DescribeInstances +30/);
    app.type('ses');
    await app.until(/▌ {2}TerminateSession +1/);
    app.press('tab');
    await app.until('/ name:TerminateSession');
    await app.until('1 of 33');
    app.press('tab');
    await app.until('nothing to complete here');
  });

  test('a click takes the line', async () => {
    const app = await open();
    app.type('/termin');
    await app.until('≈ name:TerminateSession');
    app.click(10, 3);
    await app.until('/ name:TerminateSession');
    await app.until('1 of 33');
  });

  test('Esc leaves to the search before, whatever is offered', async () => {
    const app = await open();
    app.type('/termin');
    await app.until('≈ name:TerminateSession');
    app.press('escape');
    await app.until('1/33 ');
    expect(app.picture()).not.toContain('≈');
  });

  test('values of records cannot reach the terminal, and long ones are cut', async () => {
    const name = `Evil\u001b]0;owned\u0007${'漢字'.repeat(300)}`;
    const app = await open({ columns: 80, rows: 24 }, [record(0, { eventName: name }), record(1)]);
    app.type('/name:evil');
    await app.until('▌  Evil\\u001b]0;owned\\u0007');
    expect(app.rawOutput()).not.toContain('\u001b]0;owned');
    for (const shown of app.lines()) expect(shown).not.toContain('\u0007');
    expect(line(app, 3)).not.toContain('漢字');
  });

  test('a count over more than the list can hold says so', async () => {
    app = openExplorer(recordsSource(EVENTS), { remembered: { noise: { ...DEFAULT_NOISE, isOn: true } } });
    await app.until('noise hidden: 30');
    app.type('/termin');
    await app.until('≈ TerminateInstances ≤2');
    expect(line(app, 2)).toContain('name:TerminateInstances  ≤2');
  });

  test('10,000 characters are answered, with the mistake under them', async () => {
    const app = await open();
    app.type('/');
    await app.until('words, field:value');
    app.type(`\u001b[200~${'error:Foo( '.repeat(900)}\u001b[201~`);
    await app.until('nested too deep');
    expect(line(app, 1)).toContain('/ …');
    expect(line(app, 2)).toContain('TIME');
    app.press('ctrl+u');
    app.type('termin');
    await app.until('3 of 33');
  });
});

describe('history', () => {
  const remembered = { queryHistory: ['name:TerminateSession', 'error:*', '(broken'], lastQuery: 'error:*' };

  test('[ and ] go through the searches of before, in this run and earlier ones', async () => {
    const app = await open({ remembered });
    app.press('[');
    await app.until('search 1 of 3, newest first');
    expect(line(app, 1)).toContain('/ name:TerminateSession');
    await app.until('1 of 33');
    app.press(']');
    await app.until('there is no later search');
    app.press('[');
    await app.until('search 2 of 3, newest first');
    expect(line(app, 1)).toContain('/ error:*');
    app.press('[');
    await app.until('cannot be read: (broken');
    expect(line(app, 1)).toContain('/ error:*');
    app.press('[');
    await app.until('there is no earlier search');
    app.press(']');
    await app.until('search 1 of 2, newest first');
    app.type('/');
    await app.until('Esc cancel');
    app.press('ctrl+u');
    app.type('who:alice');
    app.press('enter');
    await app.until('F facets');
    app.press('[');
    await app.until('search 2 of 3, newest first');
    app.press(']');
    await app.until('search 1 of 3, newest first');
    expect(line(app, 1)).toContain('/ who:alice');
  });

  test('the selected event stays selected where the other search holds it', async () => {
    const app = await open({ remembered: { queryHistory: ['name:TerminateInstances'] } });
    app.press('w');
    await app.until('5/33 ');
    app.press('w');
    await app.until('8/33 ');
    app.press('[');
    await app.until('2/2 ');
    app.press('escape');
    await app.until('8/33 ');
  });

  test('an empty line offers them', async () => {
    const app = await open({ remembered: { ...remembered, savedQueries: { ended: 'termin' } } });
    app.type('/');
    await app.until('▌  name:TerminateSession');
    expect(line(app, 5)).toMatch(/^│ {2}ended +termin/);
    app.press('ctrl+p', 'tab');
    await app.until('/ termin');
    await app.until('3 of 33');
  });

  test('what is kept is remembered, what was only typed is not', async () => {
    const app = await open({ remembered: { queryHistory: ['error:*'] } });
    app.type('/who:alice');
    app.press('enter');
    await app.until('F facets');
    app.type('/ x');
    await app.until('/ who:alice x');
    app.press('escape');
    await app.until('F facets');
    app.press('q');
    await app.ended;
    expect(Object.assign({}, ...app.saved)).toMatchObject({
      queryHistory: ['who:alice', 'error:*'],
      lastQuery: 'who:alice',
    });
  });
});
