// What each kind of fault looks like on the smallest usual screen: what happened, where, and the next step.

import { afterEach, describe, expect, test } from 'vitest';
import type { Fault, FaultKind } from '../../src/sources/aws/fault.ts';
import { fakeLiveSource, fault, lane } from './fake-live-source.ts';
import { type OpenExplorer, openExplorer, records } from './open-explorer.ts';

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const WHERE = 'profile prod, eu-west-1';

const FAULTS: Readonly<Record<FaultKind, Fault>> = {
  throttled: fault({
    kind: 'throttled',
    name: 'ThrottlingException',
    message: `${WHERE}: AWS says "Rate exceeded"`,
    next: 'wait: others of the account use the same two requests a second',
  }),
  transient: fault({
    kind: 'transient',
    name: 'InternalFailure',
    message: `${WHERE}: the answer was HTTP 503`,
    next: 'press Ctrl-R to try again',
  }),
  network: fault({
    kind: 'network',
    name: 'ENOTFOUND',
    message: `${WHERE}: the host cloudtrail.eu-west-1.amazonaws.com was not found`,
    next: 'check the network, HTTPS_PROXY and AWS_CA_BUNDLE',
  }),
  token: fault({
    kind: 'token',
    name: 'InvalidNextTokenException',
    message: `${WHERE}: AWS does not know its page token any more`,
    next: 'press Ctrl-R to go on from the last second seen',
  }),
  expired: fault({
    kind: 'expired',
    name: 'ExpiredTokenException',
    message: `${WHERE}: the credentials have expired`,
    next: 'run aws sso login --profile prod',
    login: ['aws', 'sso', 'login', '--profile', 'prod'],
  }),
  credentials: fault({
    kind: 'credentials',
    name: 'CredentialsProviderError',
    message: 'profile prod: credential_process returned invalid JSON',
    next: 'run the command of credential_process by hand',
  }),
  denied: fault({
    kind: 'denied',
    name: 'AccessDeniedException',
    message: `${WHERE}: arn:aws:sts::111122223333:assumed-role/ReadOnly/alice is not authorized to perform cloudtrail:LookupEvents with an explicit deny in a service control policy`,
    next: 'ask for cloudtrail:LookupEvents, or choose other Regions with R',
  }),
  unavailable: fault({
    kind: 'unavailable',
    name: 'OptInRequired',
    message: 'profile prod: the Region me-south-1 is not enabled for account 111122223333',
    next: 'enable it in the account, or choose other Regions with R',
  }),
  request: fault({
    kind: 'request',
    name: 'InvalidTimeRangeException',
    message: `${WHERE}: AWS refuses the time range`,
    next: 'choose another with t',
  }),
  internal: fault({
    kind: 'internal',
    name: 'TypeError',
    message: `${WHERE}: this is a mistake in trailx: TypeError: x is not a function`,
    next: 'please report it; --debug FILE records more',
  }),
  cancelled: fault({ kind: 'cancelled', name: 'AbortError', message: `${WHERE}: stopped`, next: null }),
};

const KINDS = Object.keys(FAULTS) as FaultKind[];
const flat = (app: OpenExplorer) => app.lines().slice(1, -2).join(' ').replace(/\s+/g, ' ');

async function show(changes: Parameters<typeof fakeLiveSource>[0]) {
  const source = fakeLiveSource(changes);
  app = openExplorer(source, { columns: 80, rows: 24 });
  return { app, source };
}

describe.each(KINDS)('%s', (kind) => {
  const one = FAULTS[kind];
  const failed = lane({ phase: 'failed', fault: one });

  test('of the only Region: the whole message and the next step in place of the list', async () => {
    const { app } = await show({ status: { lanes: [failed] } });
    await app.until('✗');
    const text = flat(app).toLowerCase();
    for (const part of [one.message, one.next ?? '']) expect(text).toContain(part.toLowerCase());
    if (one.login !== null) expect(text).toContain('l runs it here');
    expect(app.lines().at(-2)).toMatch(/^ ✗ /);
    for (const line of app.lines()) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('beside a Region that works: in the status line, and whole under c', async () => {
    const well = lane({ origin: 2, region: 'us-east-1', phase: 'done' });
    const { app, source } = await show({ status: { lanes: [failed, well] } });
    await app.until('✗');
    await source.give(records(50), 2);
    await app.until('1/50');
    expect(app.lines().at(-2)).toMatch(/^ ✗ .*1 ✓ 24 h .*1\/50 /);
    app.press('c');
    await app.until('Event history');
    const text = flat(app);
    for (const part of [one.message, one.next ?? '']) expect(text).toContain(part);
  });
});
