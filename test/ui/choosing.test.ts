// Choosing profiles, Regions and time, answering for MFA, and what there is without credentials: what a person sees
// and what the source is asked.

import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RegionChoice } from '../../src/sources/aws/access.ts';
import type { Profile } from '../../src/sources/aws/profiles.ts';
import { SourceError } from '../../src/sources/source.ts';
import { widthCells } from '../../src/text/width.ts';
import type { OpenOther } from '../../src/ui/explorer.ts';
import { type FakeLiveOptions, type FakeLiveSource, fakeLiveSource, fault, lane } from './fake-live-source.ts';
import { type OpenExplorer, openExplorer, records, recordsSource } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const profile = (name: string, changes: Partial<Profile> = {}): Profile => ({
  name,
  kind: 'sso',
  region: 'eu-west-1',
  account: '111122223333',
  role: 'Admin',
  source: null,
  needsMfa: false,
  ...changes,
});

const PROFILES = [profile('prod'), profile('dev', { account: '444455556666' }), profile('test', { kind: 'keys' })];
const REGIONS: readonly RegionChoice[] = [
  { name: 'me-south-1', title: 'Middle East (Bahrain)', isEnabled: false },
  { name: 'eu-west-1', title: 'Europe (Ireland)', isEnabled: true },
  { name: 'us-east-1', title: 'US East (N. Virginia)', isEnabled: true },
];

type Opened = { readonly app: OpenExplorer; readonly source: FakeLiveSource };

async function open(fake: FakeLiveOptions = {}, options: Parameters<typeof openExplorer>[1] = {}): Promise<Opened> {
  const scope = { profiles: ['prod'], regions: null, isInsights: false } as const;
  const source = fakeLiveSource({
    profiles: PROFILES,
    regions: REGIONS,
    ...fake,
    status: { scope, lanes: [lane({ phase: 'done' })], isIdle: true, ...fake.status },
  });
  app = openExplorer(source, options);
  await app.until(fake.status?.faults === undefined ? 'eu-west-1' : /What can be (looked at|done)/);
  return { app, source };
}

const lastCall = (source: FakeLiveSource, name: string) => source.calls.findLast(([called]) => called === name)?.[1];
const chosen = async (source: FakeLiveSource) => {
  await vi.waitFor(() => expect(lastCall(source, 'choose')).toBeDefined());
  return lastCall(source, 'choose');
};

describe('profiles', () => {
  test('Enter takes the one that was typed; it is remembered with its Regions', async () => {
    const { app, source } = await open({}, { remembered: { regionsOfProfile: { dev: ['us-east-1'] } } });
    app.press('P');
    await app.until('Profiles  3 · 1 picked');
    expect(app.picture()).toMatch(/▌✓ prod +111122223333 +Admin +eu-west-1 +SSO/);
    app.type('de');
    await app.until('↵ applies dev');
    app.press('enter');
    expect(await chosen(source)).toEqual({ profiles: ['dev'], regions: ['us-east-1'], isInsights: false });
    app.press('q');
    await app.ended;
    expect(app.saved).toEqual([expect.objectContaining({ profiles: ['dev'] })]);
  });

  test('Space picks several, Esc leaves everything as it is', async () => {
    const { app, source } = await open();
    app.press('P');
    await app.until('↵ applies prod');
    app.press('down');
    await app.until('↵ applies dev');
    app.press('space');
    await app.until('↵ applies prod, dev');
    app.press('escape');
    await app.until(/UTC|follow/);
    await vi.waitFor(() => expect(app.picture()).not.toContain('Profiles'));
    expect(source.calls.map(([name]) => name)).not.toContain('choose');
    app.press('P');
    await app.until('Profiles  3 · 1 picked');
    app.press('ctrl+a');
    await app.until('↵ applies prod, dev, test');
    app.press('enter');
    expect(await chosen(source)).toEqual({ profiles: ['prod', 'dev', 'test'], regions: null, isInsights: false });
  });

  test('the mouse goes to a row, and picks it', async () => {
    const { app } = await open();
    app.press('P');
    await app.until('↵ applies prod');
    app.click(4, 5);
    await app.until('↵ applies dev');
    app.click(4, 5);
    await app.until('2 picked');
    app.wheel('down', 4, 5);
  });

  test('says that files cannot be read', async () => {
    const { app } = await open({ profiles: fault({ message: 'line 7 of config is no setting', next: 'correct it' }) });
    app.press('P');
    await app.until('line 7 of config is no setting; correct it');
    app.press('enter');
    await app.until('there is nothing to apply');
  });

  test('hostile names are shown, never obeyed', async () => {
    const { app } = await open({ profiles: [profile('a\u001b[2Jb\u202e', { role: '\u0007'.repeat(60) })] });
    app.press('P');
    await app.until('a\\u001b[2Jb\\u202e');
    for (const line of app.lines()) expect(widthCells(line)).toBeLessThanOrEqual(120);
  });
});

describe('Regions', () => {
  test('are waited for, and typed meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<readonly RegionChoice[]>();
    const { app, source } = await open({ regions: promise });
    app.press('R');
    await app.until("asking for the account's Regions…");
    app.type('virg');
    resolve(REGIONS);
    await app.until('↵ applies us-east-1');
    expect(app.picture()).toContain('global services: IAM, sign-in');
    app.press('enter');
    expect(await chosen(source)).toEqual({ profiles: ['prod'], regions: ['us-east-1'], isInsights: false });
  });

  test('one more is picked beside the one of the profile', async () => {
    const { app, source } = await open();
    app.press('R');
    await app.until('▌✓ eu-west-1');
    app.type('virg');
    await app.until('↵ applies us-east-1');
    app.press('space');
    await app.until('↵ applies eu-west-1, us-east-1');
    app.press('enter');
    expect(await chosen(source)).toMatchObject({ regions: ['eu-west-1', 'us-east-1'] });
  });

  test('Enter alone changes nothing', async () => {
    const { app, source } = await open();
    app.press('R');
    await app.until('▌✓ eu-west-1');
    app.press('enter');
    await vi.waitFor(() => expect(app.picture()).not.toContain('▌✓ eu-west-1'));
    expect(source.calls.map(([name]) => name)).not.toContain('choose');
  });

  test('Ctrl-A means all', async () => {
    const { app, source } = await open();
    app.press('R');
    await app.until('not enabled');
    expect(app.picture()).toMatch(/▌✓ eu-west-1/);
    app.press('ctrl+a');
    await app.until('↵ applies all');
    app.press('enter');
    expect(await chosen(source)).toMatchObject({ regions: 'all' });
    app.press('q');
    await app.ended;
    expect(app.saved[0]).toMatchObject({ profiles: ['prod'], regionsOfProfile: { prod: 'all' } });
  });
});

describe('time', () => {
  test('an offered range goes to the source', async () => {
    const { app, source } = await open();
    app.press('t');
    await app.until('recent: last 24 h, older on demand');
    app.type('7 d');
    await app.until('↵ applies 2026-05-13 00:00:00 – now UTC (7 d)');
    app.press('enter');
    await vi.waitFor(() =>
      expect(lastCall(source, 'setRange')).toEqual({ kind: 'span', from: Date.UTC(2026, 4, 13), to: null }),
    );
  });

  test('a typed range narrows a list of files', async () => {
    app = openExplorer(recordsSource(records(200)));
    await app.until('1/200');
    app.press('t');
    await app.until('everything that was read');
    expect(app.picture()).toContain('around this event ± 5 min');
    app.type('2026-05-19T13:30..13:39');
    await app.until('↵ applies 2026-05-19 13:30:00 – 13:39:59 UTC (10 min)');
    app.press('enter');
    await app.until('/10 ');
  });

  test('says what is no time, and changes the zone', async () => {
    const { app } = await open();
    app.press('t');
    await app.until('UTC (Ctrl-T: local time)');
    app.press('ctrl+t');
    await app.until('local time (Ctrl-T: UTC)');
    app.type('some day');
    await app.until('"some day" is no time that has begun');
    app.press('enter');
    await app.until('there is nothing to apply');
  });
});

describe('an MFA code', () => {
  const SERIAL = 'arn:aws:iam::111122223333:mfa/alice';

  test('is asked for over the list, one after the other', async () => {
    const { app, source } = await open();
    await source.give(records(5));
    await app.until('1/5');
    const first = source.listener?.askMfaCode?.(SERIAL, 'prod');
    const second = source.listener?.askMfaCode?.(SERIAL, 'dev');
    await app.until('Profile prod asks for the code of an MFA device  (1 more to come)');
    expect(app.picture()).toContain('DescribeInstances');
    expect(app.lines()).toHaveLength(30);
    app.type('12345');
    app.press('enter');
    await app.until('the code has six digits');
    app.type('6');
    app.press('enter');
    expect(await first).toBe('123456');
    await app.until('Profile dev asks');
    app.press('escape');
    expect(await second).toBeNull();
    await vi.waitFor(() => expect(app.picture()).not.toContain('MFA'));
  });

  test('is refused where trailx ends', async () => {
    const { app, source } = await open();
    const code = source.listener?.askMfaCode?.(SERIAL, 'prod');
    await app.until('Profile prod asks');
    app.press('ctrl+c');
    expect(await code).toBeNull();
  });
});

describe('without credentials', () => {
  const none = fault({
    name: 'NoCredentials',
    message: 'no credentials: looked for keys in the environment, the profile default, and a role of this machine',
    next: 'choose a profile, or run aws configure',
  });
  const NOTHING: FakeLiveOptions = { status: { lanes: [], faults: [none] } };

  test('offers first to try again where something was tried', async () => {
    const refused = fault({ name: 'MfaRefused', message: 'AWS does not take the MFA code' });
    const { app, source } = await open({ status: { lanes: [], faults: [refused] } }, { columns: 80, rows: 24 });
    await app.until(/▌ try again/);
    app.press('enter');
    await vi.waitFor(() => expect(source.calls.map(([name]) => name)).toContain('refresh'));
  });

  test('says what was looked for, and offers the sample', async () => {
    const openOther = vi.fn(async () => recordsSource(records(12)));
    const { app, source } = await open(NOTHING, { openOther, columns: 80, rows: 24 });
    expect(app.picture()).toContain('no credentials: looked for keys in the environment');
    expect(app.picture()).toContain('choose a profile, or run aws configure');
    expect(app.picture()).toMatch(/▌ the built-in sample/);
    app.press('enter');
    await app.until('1/12');
    expect(openOther).toHaveBeenCalledWith({ kind: 'sample' });
    expect(source.calls.at(-1)).toEqual(['close']);
  });

  test('a path that cannot be opened is said, and another can be typed', async () => {
    const openOther = vi.fn<OpenOther>(async (choice) => {
      const [path = ''] = choice.kind === 'files' ? choice.paths : [];
      if (path.endsWith('gone')) throw new SourceError(`${path}: no such file or folder`);
      return recordsSource(records(3));
    });
    const { app } = await open(NOTHING, { openOther });
    app.press('j', 'enter');
    await app.until('path:');
    app.type('/gone');
    app.press('enter');
    await app.until('/gone: no such file or folder');
    app.press('ctrl+u');
    app.type('~/logs');
    app.press('enter');
    await app.until('1/3');
    expect(openOther).toHaveBeenLastCalledWith({ kind: 'files', paths: [expect.stringMatching(/^\/.*\/logs$/)] });
  });

  test('offers a profile, which is then read', async () => {
    const { app, source } = await open(NOTHING);
    app.press('k', 'j', 'j', 'enter');
    await app.until('Profiles');
    app.type('test');
    await app.until('↵ applies test');
    app.press('enter');
    expect(await chosen(source)).toMatchObject({ profiles: ['test'] });
    source.tell({ faults: [], lanes: [lane({ origin: 4, label: 'test' })] });
    await vi.waitFor(() => expect(app.picture()).not.toContain('What can be looked at'));
  });
});

describe('a login', () => {
  const expired = (login: readonly string[]) =>
    fault({ kind: 'expired', message: 'the SSO session of prod has expired', next: `run ${login.join(' ')}`, login });

  test('runs what the message names, and tries again', async () => {
    const login = [process.execPath, '-e', ''];
    const { app, source } = await open({ status: { lanes: [lane({ phase: 'failed', fault: expired(login) })] } });
    await app.until('l log in');
    app.press('l');
    await vi.waitFor(() => expect(source.calls.at(-1)).toEqual(['refresh']));
    source.tell({ lanes: [lane({ phase: 'done' })] });
    await vi.waitFor(() => expect(app.lines().at(-1)).not.toContain('log in'));
  });

  test('that cannot be started says so', async () => {
    const login = ['no-such-program', 'sso', 'login'];
    const { app } = await open({ status: { lanes: [], faults: [expired(login)] } });
    await app.until('l runs no-such-program sso login here');
    app.press('l');
    await app.until('no-such-program cannot be started (ENOENT): run no-such-program sso login elsewhere');
  });

  test('that fails stays on the screen until Enter', async () => {
    const login = [process.execPath, '-e', 'process.exit(3)'];
    const { app } = await open({ status: { lanes: [lane({ phase: 'failed', fault: expired(login) })] } });
    await app.until('l log in');
    app.press('l');
    await vi.waitFor(() => expect(app.rawOutput()).toContain('ended with 3. Enter goes back to trailx.'));
    app.press('enter');
    await app.until('ended with 3');
  });
});

test.each([
  [60, 15],
  [80, 24],
  [200, 50],
])('everything fits on %i × %i', async (columns, rows) => {
  const long = Array.from({ length: 500 }, (_, index) =>
    profile(`${'a-long-name-'.repeat(1 + (index % 9))}${index}`, { role: 'AdministratorAccess'.repeat(4) }),
  );
  const { app } = await open({ profiles: long }, { columns, rows });
  for (const [key, text] of [
    ['P', 'Profiles  500'],
    ['R', 'Regions  5'],
    ['t', 'applies the last 24 h'],
  ] as const) {
    app.press(key);
    await app.until(text);
    app.press('down', 'down');
    await app.until('↵ applies');
    expect(app.lines()).toHaveLength(rows);
    for (const line of app.lines()) expect(widthCells(line)).toBeLessThanOrEqual(columns);
    expect(app.lines().at(-1)).toContain('cancel');
    app.press('escape');
    await vi.waitFor(() => expect(app.picture()).not.toContain('↵ applies'));
  }
});
