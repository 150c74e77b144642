// Sessions whose records are against each other, or against whoever reads them: what does not fit is not taken, what may
// fit as well is counted, and what was not looked at is told.

import { describe, expect, test } from 'vitest';
import { printQuery } from '../../src/query/print.ts';
import type { CallerSession, Origin, SessionChain } from '../../src/store/sessions.ts';
import type { Store } from '../../src/store/store.ts';
import { sessionTree } from '../../src/ui/session-tree.ts';
import { batchesOf, query, withStore } from './events.ts';
import { assuming, call, OPS, PROD, roleSession, START, user } from './session-records.ts';

const [K1, K2] = ['ASIAEXAMPLEKEY000001', 'ASIAEXAMPLEKEY000002'] as const;
const alice = user('alice', 'AKIAEXAMPLEKEY000001');
const bob = user('bob', 'AKIAEXAMPLEKEY000002');
const root = (account = PROD) => `arn:aws:iam::${account}:root`;

async function rowOf(store: Store, text: string): Promise<number> {
  const { rows } = await store.search(query(text));
  return rows[0] as number;
}

async function chainOf(store: Store, text: string): Promise<SessionChain> {
  return await store.callers.chainOf(await rowOf(store, text));
}

async function originOf(records: readonly string[], text: string): Promise<string> {
  return await withStore(records, async (store) => told((await chainOf(store, text)).steps[0]?.origin as Origin));
}

function told(origin: Origin): string {
  if (origin.kind === 'call') return `${origin.link} ${origin.call.cells.who} ${origin.others}`;
  return origin.kind === 'source' ? `${origin.what} ${origin.name}` : origin.kind;
}

async function sessionsOf(store: Store, text: string): Promise<readonly CallerSession[]> {
  return (await store.callers.sessions(await store.search(query(text)))).sessions;
}

async function countOf(store: Store, session: CallerSession): Promise<number> {
  return (await store.search(query(printQuery(session.query)))).total;
}

describe('a call that comes too late', () => {
  const used = call(11, 'DeleteTrail', roleSession('Admin', 'x', { key: K1, created: 10 }));

  test('began nothing that was used before', async () => {
    const later = call(35, 'sts:AssumeRole', bob, assuming('Admin', 'x', ''));
    expect(await originOf([used, later], 'name:DeleteTrail')).toBe('missing');
    const earlier = call(8, 'sts:AssumeRole', alice, assuming('Admin', 'x', ''));
    expect(await originOf([earlier, used, later], 'name:DeleteTrail')).toBe('creationDate alice 0');
  });

  test('nor does one at a creationDate after the first use', async () => {
    const early = call(0, 'DeleteTrail', roleSession('Admin', 'x', { key: K1, created: 600 }));
    const at = call(600, 'sts:AssumeRole', bob, assuming('Admin', 'x', ''));
    expect(await originOf([early, at], 'name:DeleteTrail')).toBe('missing');
  });
});

test('a session’s own sign-in may come some seconds after its credentials', async () => {
  const dave = roleSession('AWSReservedSSO_Admin_0123456789abcdef', 'dave', {
    path: 'aws-reserved/sso.amazonaws.com/',
  });
  const signIn = call(12, 'signin:ConsoleLogin', dave, { responseElements: { ConsoleLogin: 'Success' } });
  await withStore([signIn, call(15, 'Click', dave)], async (store) => {
    const { origin } = (await chainOf(store, 'name:Click')).steps[0] as SessionChain['steps'][number];
    expect(origin).toMatchObject({
      kind: 'source',
      what: 'person',
      signIn: { call: { cells: { name: 'ConsoleLogin' } } },
    });
  });
});

describe('a session that takes its own role on again', () => {
  const own = (seconds: number, created: number | null) =>
    call(seconds, 'sts:AssumeRole', roleSession('Admin', 'x', { key: K1, created }), assuming('Admin', 'x', ''));
  const used = (created: number | null) => call(9, 'DeleteTrail', roleSession('Admin', 'x', { key: K1, created }));
  const begun = call(0, 'sts:AssumeRole', alice, assuming('Admin', 'x', ''));

  test.each([
    ['without creationDate', [begun, own(5, null), used(null)], 'name alice 0'],
    ['whose own call is not loaded', [own(1, 0), used(0)], 'missing'],
    ['nearer to its creationDate than the call before', [begun, own(5, 3), used(3)], 'name alice 0'],
  ])('%s', async (_, records, expected) => {
    expect(await originOf(records, 'name:DeleteTrail')).toBe(expected);
  });
});

describe('while batches come', () => {
  test('a chain stays with the keys as they were when it was asked for', async () => {
    const used = call(5, 'DeleteTrail', roleSession('Admin', 'x', { key: K1, created: 0 }));
    await withStore([used], async (store) => {
      const asked = store.callers.chainOf(0);
      for (const batch of batchesOf([call(0, 'sts:AssumeRole', alice, assuming('Admin', 'x', K1))], 1)) {
        await store.append(batch);
      }
      const { steps } = await asked;
      for (const { session } of steps) expect(session.calls).toBe(1);
      expect(told((await store.callers.chainOf(0)).steps[0]?.origin as Origin)).toBe('key alice 0');
    });
  });
});

describe('the other account’s half', () => {
  const shared = { sharedEventID: 'shared-1' };
  const theirs = { type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: PROD };
  const half = call(0, 'sts:AssumeRole', theirs, {
    ...assuming('Cross', 'alice', K1, OPS),
    ...shared,
    recipientAccountId: OPS,
  });
  const told = (id: string, who = alice, role = 'Cross', session = 'alice') =>
    call(0, 'sts:AssumeRole', who, { ...assuming(role, session, '', OPS), sharedEventID: id });
  const used = call(5, 'DeleteTrail', roleSession('Cross', 'alice', { key: K1, account: OPS }));

  test.each([
    ['other sessions', (k: number) => told(`other-${k}`, bob, 'Other', `job-${k}`)],
    ['sessions of the same name', (k: number) => told(`other-${k}`, bob)],
  ])('is found among 200 calls of the same second that begin %s', async (_, other) => {
    const records = [...Array.from({ length: 200 }, (__, k) => other(k)), told('shared-1'), half, used];
    expect(await originOf(records, 'name:DeleteTrail')).toBe('sharedEventID alice 0');
  });

  test('is found downwards among 200 others', async () => {
    const others = Array.from({ length: 200 }, (_, k) => [
      call(0, 'sts:AssumeRole', theirs, {
        ...assuming('Other', `job-${k}`, `ASIAOTHERKEY${String(k).padStart(8, '0')}`, OPS),
        recipientAccountId: OPS,
        sharedEventID: `other-${k}`,
      }),
      call(
        1,
        'Used',
        roleSession('Other', `job-${k}`, { key: `ASIAOTHERKEY${String(k).padStart(8, '0')}`, account: OPS }),
      ),
    ]).flat();
    await withStore([...others, told('shared-1'), half, used], async (store) => {
      const [session] = await sessionsOf(store, 'key:AKIAEXAMPLEKEY000001');
      const { sessions } = await store.callers.begunBy(session as CallerSession);
      expect(sessions).toMatchObject([{ link: 'sharedEventID', session: { keys: [K1] } }]);
    });
  });
});

describe('two calls that claim one key', () => {
  const rivals = [
    call(0, 'sts:AssumeRole', alice, assuming('Admin', 'x', K1)),
    call(1, 'sts:AssumeRole', bob, assuming('Admin', 'x', K1)),
    call(2, 'sts:AssumeRole', alice, assuming('Admin', 'y', K2)),
    call(5, 'DeleteTrail', roleSession('Admin', 'x', { key: K1 })),
    call(6, 'DeleteKey', roleSession('Admin', 'y', { key: K2, created: 2 })),
  ];

  test('are told upwards and downwards', async () => {
    expect(await originOf(rivals, 'name:DeleteTrail')).toBe('key alice 1');
    await withStore(rivals, async (store) => {
      const [session] = await sessionsOf(store, 'key:AKIAEXAMPLEKEY000001');
      const { sessions } = await store.callers.begunBy(session as CallerSession);
      expect(sessions.map(({ session: { keys }, others }) => [keys, others])).toEqual([
        [[K1], 1],
        [[K2], 0],
      ]);
    });
  });

  test('but two accounts’ records of one call are one', async () => {
    const shared = { ...assuming('Admin', 'x', K1), sharedEventID: 'shared-1' };
    const records = [
      call(0, 'sts:AssumeRole', alice, shared),
      call(0, 'sts:AssumeRole', { type: 'AWSAccount', accountId: PROD }, { ...shared, recipientAccountId: OPS }),
      call(5, 'DeleteTrail', roleSession('Admin', 'x', { key: K1 })),
    ];
    await withStore(records, async (store) => {
      const [session] = await sessionsOf(store, 'key:AKIAEXAMPLEKEY000001');
      expect((await store.callers.begunBy(session as CallerSession)).sessions).toMatchObject([{ others: 0 }]);
    });
  });
});

describe('AssumeRoot', () => {
  const identity = {
    type: 'Root',
    principalId: PROD,
    arn: root(),
    accountId: PROD,
    accessKeyId: K1,
    sessionContext: { assumedRoot: 'true', attributes: { creationDate: new Date(START + 3000).toISOString() } },
  };
  const used = call(9, 'PutBucketPolicy', identity);
  const assumed = (target: string) =>
    call(3, 'sts:AssumeRoot', user('admin', 'AKIAEXAMPLEKEY000003'), {
      requestParameters: { targetPrincipal: target },
    });

  test.each([PROD, root()])('of %s', async (target) => {
    expect(await originOf([assumed(target), used], 'name:PutBucketPolicy')).toBe('creationDate admin 0');
  });

  test('of another account, or where it is not loaded', async () => {
    expect(await originOf([assumed(OPS), used], 'name:PutBucketPolicy')).toBe('missing');
    await withStore([used], async (store) => {
      const { origin } = (await chainOf(store, 'name:PutBucketPolicy')).steps[0] as SessionChain['steps'][number];
      if (origin.kind !== 'missing') throw new Error(origin.kind);
      expect(origin.needs).toMatch(/^AssumeRoot of .*management account/);
      expect(printQuery(origin.query)).toContain('name:AssumeRoot');
    });
  });

  test('begins no session of root that does not say so', async () => {
    const console = { ...identity, sessionContext: { attributes: identity.sessionContext.attributes } };
    expect(await originOf([assumed(PROD), call(9, 'Click', console)], 'name:Click')).toBe('missing');
  });
});

describe('the search for a session', () => {
  test('is the same in whatever list it was counted, and finds all of it', async () => {
    const records = [
      ...[0, 1, 2].map((k) => call(k, 'GetObject', roleSession('Admin', 'x', { key: K1 }))),
      call(7, 'DeleteKey', roleSession('Admin', 'x', { invokedBy: 'cloudformation.amazonaws.com' })),
    ];
    await withStore(records, async (store) => {
      const [whole] = await sessionsOf(store, '');
      const [part] = await sessionsOf(store, 'name:DeleteKey');
      expect(printQuery(part?.query as never)).toBe(printQuery(whole?.query as never));
      expect(await countOf(store, part as CallerSession)).toBe(4);
    });
  });

  test('tells the console’s calls from those of any number of keys beside it', async () => {
    const key = (k: number) => `ASIAOWNKEY${String(k).padStart(10, '0')}`;
    const records = [
      ...Array.from({ length: 80 }, (_, k) => call(0, 'sts:AssumeRole', alice, assuming('Job', 'run', key(k)))),
      ...Array.from({ length: 80 }, (_, k) => call(1, 'GetObject', roleSession('Job', 'run', { key: key(k) }))),
      call(2, 'PutObject', roleSession('Job', 'run', { key: 'ASIACONSOLEKEY000001' })),
      call(3, 'CreateVolume', roleSession('Job', 'run', { invokedBy: 'cloudformation.amazonaws.com' })),
    ];
    await withStore(records, async (store) => {
      const sessions = await sessionsOf(store, '');
      expect(sessions).toHaveLength(82);
      for (const session of sessions) expect(await countOf(store, session), session.id).toBe(session.calls);
    });
  });
});

describe('names that differ in nothing but case', () => {
  test('are one session, as they are for its search, whichever came first', async () => {
    const records = [
      call(0, 'sts:AssumeRole', alice, assuming('Admin', 'alice', '')),
      call(1, 'First', roleSession('Admin', 'Alice', { key: K1 })),
      call(2, 'Second', roleSession('Admin', 'alice', { key: K2 })),
      call(3, 'Third', roleSession('Admin', 'ALICE', { created: null })),
      call(4, 'Fourth', roleSession('Admin', 'aliCE', { created: null })),
      call(5, 'Fifth', { type: 'AWSService', invokedBy: 'Lambda.amazonaws.com' }),
      call(6, 'Sixth', { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' }),
    ];
    await withStore(records, async (store) => {
      const sessions = await sessionsOf(store, '');
      expect(sessions.map(({ event, calls }) => [event.cells.name, calls])).toEqual([
        ['Sixth', 2],
        ['Fourth', 2],
        ['Second', 2],
        ['AssumeRole', 1],
      ]);
      for (const session of sessions) expect(await countOf(store, session), session.id).toBe(session.calls);
      expect((await chainOf(store, 'name:First')).steps[0]?.session.id).toBe(sessions[2]?.id);
    });
  });
});

describe('limits', () => {
  test('a chain that goes on says so', async () => {
    const key = (k: number) => `ASIASTEP${String(k).padStart(12, '0')}`;
    const step = (k: number) =>
      call(k, 'sts:AssumeRole', roleSession(`R${k}`, 's', { key: key(k) }), assuming(`R${k + 1}`, 's', key(k + 1)));
    const steps = Array.from({ length: 40 }, (_, k) => step(k));
    await withStore([...steps, call(60, 'DeleteTrail', roleSession('R40', 's', { key: key(40) }))], async (store) => {
      const chain = await chainOf(store, 'name:DeleteTrail');
      expect(chain.isCut).toBe(true);
      const [top] = await sessionTree(store.callers, chain, new AbortController().signal);
      expect(top).toMatchObject({ kind: 'cut', call: { cells: { name: 'AssumeRole', who: 'R8/s' } } });
      expect((await chainOf(store, 'role:R10')).isCut).toBe(false);
    });
  });

  test('calls that were not looked at are counted', async () => {
    const records = Array.from({ length: 60 }, (_, k) =>
      call(k, 'sts:AssumeRole', alice, assuming('Admin', `s${k}`, '')),
    );
    await withStore(records, async (store) => {
      const [session] = await sessionsOf(store, '');
      expect(await store.callers.begunBy(session as CallerSession)).toEqual({ sessions: [], total: 0, unread: 10 });
    });
  });

  test('many sessions are asked about at once, with as many answers as there is room for', async () => {
    const key = (who: string, k: number) => `ASIA${who.toUpperCase()}${String(k).padStart(10, '0')}`;
    const records = [alice, bob].flatMap((identity) =>
      [2, 0, 1].flatMap((k) => {
        const who = String(identity.userName);
        const begun = call(k, 'sts:AssumeRole', identity, assuming(who, `s${k}`, key(who, k)));
        return [begun, call(10 - k, 'Used', roleSession(who, `s${k}`, { key: key(who, k), created: k }))];
      }),
    );
    await withStore(records, async (store) => {
      const asked = (await sessionsOf(store, 'type:IAMUser')).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const [first, second] = asked.map(({ id }) => id) as [string, string];
      const begun = await store.callers.begunByAll(asked, { limit: 2, atMost: 3 });
      const names = (id: string) => begun.get(id)?.sessions.map(({ session }) => session.event.cells.who);
      expect(names(first)).toEqual(['alice/s0', 'alice/s1']);
      expect(names(second)).toEqual(['bob/s0']);
      for (const { total } of begun.values()) expect(total).toBe(3);
    });
  });
});
