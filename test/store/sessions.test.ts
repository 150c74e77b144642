// Sessions through the real reader and store: who began what, and what is said where that is not loaded.

import { describe, expect, test } from 'vitest';
import { printQuery } from '../../src/query/print.ts';
import type { Origin, SessionChain } from '../../src/store/sessions.ts';
import type { Store } from '../../src/store/store.ts';
import { appendAll, query, withStore } from './events.ts';
import { assuming, call, isoOf, OPS, PROD, roleSession, START, sessionArn, user } from './session-records.ts';

const [K1, K2, K3] = ['ASIAEXAMPLEKEY000001', 'ASIAEXAMPLEKEY000002', 'ASIAEXAMPLEKEY000003'] as const;
const LONG = 'AKIAEXAMPLEKEY000009';

/** The chain of the newest event that a search finds. */
async function chainOf(store: Store, text: string): Promise<SessionChain> {
  const found = await store.search(query(text));
  expect(found.total, text).toBeGreaterThan(0);
  return await store.callers.chainOf(found.rows[0] as number);
}

/** Each step as `label: where from`. */
function told({ steps }: SessionChain): readonly string[] {
  return steps.map(({ session, origin }) => `${session.event.cells.who}: ${originText(origin)}`);
}

function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'call':
      return `${origin.call.cells.name} by ${origin.link}${origin.others > 0 ? ` or ${origin.others} more` : ''}`;
    case 'source':
      return `${origin.what} ${origin.name}${origin.signIn === undefined ? '' : ` by ${origin.signIn.call.cells.name}`}`;
    default:
      return origin.kind;
  }
}

function chainsOf(records: readonly string[], text: string): Promise<readonly string[]> {
  return withStore(records, async (store) => told(await chainOf(store, text)));
}

async function countOf(store: Store, session: SessionChain['steps'][number]['session']): Promise<number> {
  return (await store.search(session.query)).total;
}

describe('by the key that a call handed out', () => {
  const alice = { ...user('alice', LONG) };
  const records = [
    call(0, 'sts:AssumeRole', alice, assuming('Deploy', 'alice', K1)),
    call(10, 'DescribeInstances', roleSession('Deploy', 'alice', { key: K1 })),
    call(20, 'sts:AssumeRole', roleSession('Deploy', 'alice', { key: K1 }), assuming('Data', 'job', K2)),
    call(30, 's3:GetObject', roleSession('Data', 'job', { key: K2, created: 20 }), { errorCode: 'AccessDenied' }),
    call(40, 's3:ListBuckets', roleSession('Data', 'job', { key: K2, created: 20 }), {
      sourceIPAddress: '198.51.100.7',
    }),
    call(50, 'DescribeVolumes', alice),
  ];

  test('a chain of three, with the numbers of each session', async () => {
    await withStore(records, async (store) => {
      const chain = await chainOf(store, 'name:GetObject');
      expect(told(chain)).toEqual([
        'Data/job: AssumeRole by key',
        'Deploy/alice: AssumeRole by key',
        'alice: user alice',
      ]);
      const [data, deploy, person] = chain.steps.map(({ session }) => session);
      expect(data).toMatchObject({
        keys: [K2],
        keyCount: 1,
        created: START + 20_000,
        first: START + 30_000,
        last: START + 40_000,
        calls: 2,
        failures: 1,
        addresses: ['203.0.113.9', '198.51.100.7'],
        addressCount: 2,
      });
      expect(data?.event.cells.name).toBe('ListBuckets');
      expect(deploy).toMatchObject({ calls: 2, failures: 0, keys: [K1] });
      expect(person).toMatchObject({ calls: 2, keys: [LONG], created: null });
      for (const { session } of chain.steps) expect(await countOf(store, session)).toBe(session.calls);
      expect(new Set(chain.steps.map(({ session }) => session.id)).size).toBe(3);
    });
  });

  test('downwards: what each of them began', async () => {
    await withStore(records, async (store) => {
      const { steps } = await chainOf(store, 'name:GetObject');
      const begun = await Promise.all(steps.map(({ session }) => store.callers.begunBy(session)));
      expect(begun.map(({ total }) => total)).toEqual([0, 1, 1]);
      expect(begun[2]?.sessions[0]).toMatchObject({ link: 'key', call: { cells: { name: 'AssumeRole', issued: K1 } } });
      expect(begun[2]?.sessions[0]?.session).toEqual(steps[1]?.session);
      expect(begun[1]?.sessions[0]?.session).toEqual(steps[0]?.session);
    });
  });

  test('the call may be loaded after the session', async () => {
    await withStore(records.slice(3), async (store) => {
      expect(told(await chainOf(store, 'name:GetObject'))).toEqual(['Data/job: missing']);
      await appendAll(store, records.slice(0, 3), 1);
      expect(told(await chainOf(store, 'name:GetObject'))).toHaveLength(3);
    });
  });

  test('CreateAccessKey is where a long-term key comes from', async () => {
    const created = call(0, 'iam:CreateAccessKey', roleSession('Deploy', 'alice', { key: K1 }), {
      requestParameters: { userName: 'backup' },
      responseElements: { accessKey: { userName: 'backup', accessKeyId: LONG, status: 'Active' } },
    });
    expect(
      await chainsOf([created, call(60, 'DescribeVolumes', user('backup', LONG))], 'name:DescribeVolumes'),
    ).toEqual(['backup: CreateAccessKey by key', 'Deploy/alice: missing']);
  });

  test('records that hand out each other’s keys end as a cycle', async () => {
    const cycle = [
      call(0, 'sts:AssumeRole', roleSession('A', 'a', { key: K1 }), assuming('B', 'b', K2)),
      call(10, 'sts:AssumeRole', roleSession('B', 'b', { key: K2 }), assuming('A', 'a', K1)),
    ];
    expect(await chainsOf(cycle, 'role:A')).toEqual(['A/a: AssumeRole by key', 'B/b: cycle']);
    const itself = [call(0, 'sts:AssumeRole', roleSession('A', 'a', { key: K1 }), assuming('A', 'a', K1))];
    expect(await chainsOf(itself, 'role:A')).toEqual(['A/a: cycle']);
    await withStore(itself, async (store) => {
      const { steps } = await chainOf(store, 'role:A');
      expect(await store.callers.begunBy(steps[0]?.session as never)).toEqual({ sessions: [], total: 0, unread: 0 });
    });
  });

  test('a chain without an end is cut after 32 steps', async () => {
    const keyOf = (k: number) => `ASIAEXAMPLEKEY${String(k).padStart(6, '0')}`;
    const long = Array.from({ length: 40 }, (_, k) =>
      call(
        k,
        'sts:AssumeRole',
        roleSession('R', `s${k}`, { key: keyOf(k), created: k }),
        assuming('R', `s${k + 1}`, keyOf(k + 1)),
      ),
    );
    await withStore(long, async (store) => {
      expect((await chainOf(store, 'session:s39')).steps).toHaveLength(32);
    });
  });

  test('two calls that claim one key are counted, two records of one call are not', async () => {
    const first = call(0, 'sts:AssumeRole', user('alice', LONG), assuming('R', 's', K1));
    const second = call(1, 'sts:AssumeRole', user('bob', 'AKIAEXAMPLEKEY000008'), assuming('R', 's', K1));
    const used = call(5, 'DescribeVolumes', roleSession('R', 's', { key: K1 }));
    expect((await chainsOf([first, second, used], 'name:DescribeVolumes'))[0]).toBe('R/s: AssumeRole by key or 1 more');
  });
});

describe('across accounts', () => {
  const shared = { sharedEventID: 'shared-1' };
  const caller = roleSession('Ops', 'carol', { key: K1, account: OPS });
  const outside = { type: 'AWSAccount', principalId: 'AROAEXAMPLE:carol', accountId: OPS };
  const used = call(5, 'DescribeVolumes', roleSession('Audit', 'weekly', { key: K2 }));
  const began = (answer: string, more: object = {}) =>
    call(0, 'sts:AssumeRole', caller, {
      ...assuming('Audit', 'weekly', answer),
      ...shared,
      recipientAccountId: OPS,
      ...more,
    });
  const received = call(0, 'sts:AssumeRole', outside, { ...assuming('Audit', 'weekly', K2), ...shared });

  test('of the two records the one that tells the caller', async () => {
    for (const records of [
      [received, began(K2), used],
      [began(K2), received, used],
    ]) {
      expect(await chainsOf(records, 'name:DescribeVolumes')).toEqual([
        'Audit/weekly: AssumeRole by key',
        'Ops/carol: missing',
      ]);
    }
  });

  test('by sharedEventID where the caller’s record has no answer, upwards and downwards', async () => {
    await withStore([received, began(''), used], async (store) => {
      const chain = await chainOf(store, 'name:DescribeVolumes');
      expect(told(chain)).toEqual(['Audit/weekly: AssumeRole by sharedEventID', 'Ops/carol: missing']);
      const { sessions } = await store.callers.begunBy(chain.steps[1]?.session as never);
      expect(sessions).toMatchObject([{ link: 'sharedEventID', session: { id: chain.steps[0]?.session.id } }]);
    });
  });

  test('without the other account’s record its number is all that is known', async () => {
    expect(await chainsOf([received, used], 'name:DescribeVolumes')).toEqual([
      'Audit/weekly: AssumeRole by key',
      `${OPS}: account ${OPS}`,
    ]);
    // A record of another call of that account, close by, is no partner.
    const other = began('', { sharedEventID: 'shared-2' });
    expect((await chainsOf([received, other, used], 'name:DescribeVolumes'))[1]).toBe(`${OPS}: account ${OPS}`);
  });
});

describe('by name and creationDate', () => {
  const consoleKey = (k: number) => `ASIACONSOLEKEY00000${k}`;
  const signIn = (seconds: number, identity: unknown, more: object = {}) =>
    call(seconds, 'signin:ConsoleLogin', identity, {
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: 'Yes' },
      eventType: 'AwsConsoleSignIn',
      ...more,
    });

  test('a console sign-in with five keys is one session', async () => {
    const clicks = Array.from({ length: 5 }, (_, k) =>
      call(10 + k, `Describe${k}`, user('alice', consoleKey(k), 1), { sessionCredentialFromConsole: 'true' }),
    );
    await withStore([signIn(0, user('alice')), ...clicks], async (store) => {
      const chain = await chainOf(store, 'name:Describe2');
      expect(told(chain)).toEqual(['alice: ConsoleLogin by creationDate', 'alice: user alice']);
      const [session, person] = chain.steps.map((step) => step.session);
      expect(session).toMatchObject({ calls: 5, keyCount: 5, created: START + 1000 });
      expect([...(session?.keys ?? [])].sort()).toEqual([0, 1, 2, 3, 4].map(consoleKey));
      expect(await countOf(store, session as never)).toBe(5);
      expect(await countOf(store, person as never)).toBe(1);
      const { sessions } = await store.callers.begunBy(person as never);
      expect(sessions).toMatchObject([{ link: 'creationDate', session: { id: session?.id } }]);
    });
  });

  test('without the sign-in it is told which one to load, and where', async () => {
    const click = call(10, 'DescribeVolumes', user('alice', consoleKey(0), 1), {
      sessionCredentialFromConsole: 'true',
    });
    await withStore([click], async (store) => {
      const { origin } = (await chainOf(store, 'name:DescribeVolumes')).steps[0] as SessionChain['steps'][number];
      if (origin.kind !== 'missing') throw new Error(origin.kind);
      expect(origin.needs).toContain(`ConsoleLogin of ${isoOf(1)}`);
      expect(printQuery(origin.query)).toContain(`name:ConsoleLogin arn:arn:aws:iam::${PROD}:user/alice since:`);
    });
  });

  test('two sessions of one name a minute apart each have their own call', async () => {
    const records = [
      call(0, 'sts:AssumeRole', user('alice', LONG), assuming('Deploy', 'ci', '')),
      call(60, 'sts:AssumeRole', user('bob', 'AKIAEXAMPLEKEY000008'), assuming('Deploy', 'ci', '')),
      call(70, 'First', roleSession('Deploy', 'ci', { key: K1, created: 0 })),
      call(71, 'Second', roleSession('Deploy', 'ci', { key: K2, created: 60 })),
    ];
    await withStore(records, async (store) => {
      const [first, second] = [await chainOf(store, 'name:First'), await chainOf(store, 'name:Second')];
      expect(told(first)).toEqual(['Deploy/ci: AssumeRole by creationDate', 'alice: user alice']);
      expect(told(second)).toEqual(['Deploy/ci: AssumeRole by creationDate', 'bob: user bob']);
      expect(first.steps[0]?.session.id).not.toBe(second.steps[0]?.session.id);
      expect(first.steps[0]?.session.calls).toBe(1);
    });
    // One call less: the other one is not taken for it.
    expect(await chainsOf(records.slice(1), 'name:First')).toEqual(['Deploy/ci: missing']);
  });

  test('a call that began another session is not taken; what fits as well is counted', async () => {
    const taken = [
      call(0, 'sts:AssumeRole', user('alice', LONG), assuming('Deploy', 'ci', K1)),
      call(10, 'First', roleSession('Deploy', 'ci', { key: K1, created: 0 })),
      call(11, 'Second', roleSession('Deploy', 'ci', { key: K2, created: 1 })),
    ];
    expect(await chainsOf(taken, 'name:Second')).toEqual(['Deploy/ci: missing']);
    const two = [
      call(0, 'sts:AssumeRole', user('alice', LONG), assuming('Deploy', 'ci', '')),
      call(1, 'sts:AssumeRole', user('bob', 'AKIAEXAMPLEKEY000008'), assuming('Deploy', 'ci', '')),
      call(9, 'sts:AssumeRole', user('bob', 'AKIAEXAMPLEKEY000008'), assuming('Deploy', 'ci2', '')),
      call(9, 'sts:AssumeRole', user('bob', 'AKIAEXAMPLEKEY000008'), assuming('Deploy2', 'ci', '')),
      call(11, 'Second', roleSession('Deploy', 'ci', { key: K2, created: 1 })),
    ];
    expect((await chainsOf(two, 'name:Second'))[0]).toBe('Deploy/ci: AssumeRole by creationDate or 1 more');
  });

  test('failed calls begin nothing', async () => {
    const failed = { ...assuming('Deploy', 'ci', ''), errorCode: 'AccessDenied' };
    const records = [
      call(0, 'sts:AssumeRole', user('alice', LONG), failed),
      call(11, 'Second', roleSession('Deploy', 'ci', { key: K2 })),
    ];
    expect(await chainsOf(records, 'name:Second')).toEqual(['Deploy/ci: missing']);
  });

  test('clocks apart by two seconds agree, ten before it is only likely, after or a minute before it is another', async () => {
    const links = await Promise.all(
      [-60, -10, -2, 2, 10, 60].map((skew) =>
        chainsOf(
          [
            call(100 + skew, 'sts:AssumeRole', user('alice', LONG), assuming('Deploy', 'ci', '')),
            call(105, 'Second', roleSession('Deploy', 'ci', { key: K2, created: 100 })),
          ],
          'name:Second',
        ),
      ),
    );
    expect(links.map(([first]) => first)).toEqual([
      'Deploy/ci: missing',
      'Deploy/ci: AssumeRole by name',
      'Deploy/ci: AssumeRole by creationDate',
      'Deploy/ci: AssumeRole by creationDate',
      'Deploy/ci: missing',
      'Deploy/ci: missing',
    ]);
  });

  test('without creationDate the last call of the name before, no older than a session can be', async () => {
    const hour = 3600;
    const used = call(13 * hour, 'Second', roleSession('Deploy', 'ci', { key: K2, created: null }));
    const old = call(0, 'sts:AssumeRole', user('alice', LONG), assuming('Deploy', 'ci', ''));
    const later = call(12 * hour, 'sts:AssumeRole', user('bob', 'AKIAEXAMPLEKEY000008'), assuming('Deploy', 'ci', ''));
    const last = call(
      12 * hour + 60,
      'sts:AssumeRole',
      user('dave', 'AKIAEXAMPLEKEY000007'),
      assuming('Deploy', 'ci', ''),
    );
    const after = call(14 * hour, 'sts:AssumeRole', user('erin', 'AKIAEXAMPLEKEY000006'), assuming('Deploy', 'ci', ''));
    expect(await chainsOf([old, later, last, after, used], 'name:Second')).toEqual([
      'Deploy/ci: AssumeRole by name',
      'dave: user dave',
    ]);
    expect(await chainsOf([old, used, after], 'name:Second')).toEqual(['Deploy/ci: missing']);
  });

  test('calls of services with a session’s credentials state no key', async () => {
    const records = [
      call(0, 'sts:AssumeRole', user('alice', LONG), assuming('Deploy', 'ci', K1)),
      call(10, 'CreateStack', roleSession('Deploy', 'ci', { key: K1 })),
      call(11, 'CreateVolume', roleSession('Deploy', 'ci', { invokedBy: 'cloudformation.amazonaws.com' })),
    ];
    await withStore(records, async (store) => {
      const chain = await chainOf(store, 'name:CreateVolume');
      expect(told(chain)).toEqual(['Deploy/ci: AssumeRole by creationDate', 'alice: user alice']);
      expect(await countOf(store, chain.steps[0]?.session as never)).toBe(1);
    });
  });
});

describe('a gap', () => {
  test('says which call to load, from whose trail, and asks event history what it can be asked', async () => {
    await withStore([call(9, 'Second', roleSession('Deploy', 'ci', { key: K2, created: 5 }))], async (store) => {
      const { origin } = (await chainOf(store, 'name:Second')).steps[0] as SessionChain['steps'][number];
      if (origin.kind !== 'missing') throw new Error(origin.kind);
      expect(printQuery(origin.query)).toBe(
        `name:AssumeRole issued:${K2} since:${isoOf(5 - 60)} until:${isoOf(5 + 60)}`,
      );
      expect(origin.needs).toBe(
        `AssumeRole of ${isoOf(5)} is not loaded: it is in the trail or event history of account ${PROD}, in the Region of ` +
          'the STS endpoint (us-east-1 for the global one); event history finds it by EventName=AssumeRole, and by ' +
          'AccessKeyId only what was done with the key',
      );
    });
  });

  test('of a user’s session without a word of the console, asks for both calls that may have begun it', async () => {
    const of = (userAgent: string) => call(9, 'Second', user('alice', K2, 5), { userAgent });
    const missingOf = async (record: string) => {
      let missing: unknown;
      await withStore([record], async (store) => {
        const origin = (await chainOf(store, 'name:Second')).steps[0]?.origin;
        if (origin?.kind !== 'missing') throw new Error(origin?.kind);
        missing = { needs: origin.needs, query: printQuery(origin.query) };
      });
      return missing as { readonly needs: string; readonly query: string };
    };
    const ofTool = await missingOf(of('aws-cli/2.31.4'));
    expect(ofTool.needs).toMatch(/^GetSessionToken or ConsoleLogin of .* by Username=alice$/);
    expect(ofTool.query).toMatch(/GetSessionToken.*ConsoleLogin.* user:alice since:/);
    const ofBrowser = await missingOf(of('Mozilla/5.0 (X11; Linux x86_64)'));
    expect(ofBrowser.needs).toMatch(/^ConsoleLogin \(likely: a browser called\) or GetSessionToken of /);
  });

  test('at another account says whose record tells more, and by which sharedEventID', async () => {
    const records = [
      call(
        5,
        'sts:AssumeRole',
        { type: 'AWSAccount', accountId: OPS, principalId: 'AROAEXAMPLE:ops' },
        {
          ...assuming('Deploy', 'ci', K2),
          sharedEventID: 'shared-1',
        },
      ),
      call(9, 'Second', roleSession('Deploy', 'ci', { key: K2, created: 5 })),
    ];
    await withStore(records, async (store) => {
      const origin = (await chainOf(store, 'name:Second')).steps.at(-1)?.origin;
      if (origin?.kind !== 'source') throw new Error(origin?.kind);
      expect(origin.missing?.needs).toBe(
        `who in ${OPS} called is in that account's own record of it (trail or event history), sharedEventID shared-1`,
      );
      expect(origin.missing?.account).toBe(OPS);
    });
  });

  test('of a web identity, and of a federated user', async () => {
    const federation = { webIdFederationData: { federatedProvider: 'accounts.example.com' } };
    const web = call(9, 'Second', roleSession('Deploy', 'ci', { key: K2, created: 5, context: federation }));
    const federated = call(9, 'Third', {
      type: 'FederatedUser',
      arn: `arn:aws:sts::${PROD}:federated-user/dave`,
      accountId: PROD,
      accessKeyId: K3,
      sessionContext: { attributes: { creationDate: isoOf(5) } },
    });
    await withStore([web, federated], async (store) => {
      const queries: string[] = [];
      for (const name of ['Second', 'Third']) {
        const origin = (await chainOf(store, `name:${name}`)).steps[0]?.origin;
        queries.push(origin?.kind === 'missing' ? printQuery(origin.query) : '');
      }
      expect(queries[0]).toMatch(/^name:AssumeRoleWithWebIdentity issued:/);
      expect(queries[1]).toMatch(/^name:GetFederationToken issued:/);
    });
  });
});

describe('whoever stands at the top', () => {
  const service = (invokedBy: string) => ({ type: 'AWSService', invokedBy });

  test('an instance and a function, by the call and by the record', async () => {
    const instance = 'i-0a1b2c3d4e5f60718';
    const ec2 = [
      call(0, 'sts:AssumeRole', service('ec2.amazonaws.com'), assuming('web', instance, K1)),
      call(5, 'Second', roleSession('web', instance, { key: K1, context: { ec2RoleDelivery: '2.0' } })),
    ];
    expect(await chainsOf(ec2, 'name:Second')).toEqual([
      `web/${instance}: AssumeRole by key`,
      `ec2.amazonaws.com: instance ${instance}`,
    ]);
    expect(await chainsOf(ec2.slice(1), 'name:Second')).toEqual([`web/${instance}: instance ${instance}`]);
    // A name alone anybody can choose.
    const named = [call(5, 'Second', roleSession('web', instance, { key: K1 }))];
    expect(await chainsOf(named, 'name:Second')).toEqual([`web/${instance}: missing`]);

    const inScopeOf = {
      issuerType: 'AWS::Lambda::Function',
      credentialsIssuedTo: `arn:aws:lambda:eu-west-1:${PROD}:function:resize`,
    };
    const lambda = [
      call(0, 'sts:AssumeRole', service('lambda.amazonaws.com'), assuming('resize-role', 'resize', K2)),
      call(5, 'Second', roleSession('resize-role', 'resize', { key: K2, inScopeOf })),
    ];
    expect((await chainsOf(lambda, 'name:Second'))[1]).toBe('lambda.amazonaws.com: function resize');
    expect(await chainsOf(lambda.slice(1), 'name:Second')).toEqual(['resize-role/resize: function resize']);
  });

  test('web identity, SAML, Identity Center', async () => {
    const web = { type: 'WebIdentityUser', userName: 'repo:example/shop', identityProvider: 'ci.example.com' };
    const saml = { type: 'SAMLUser', userName: 'dave@example.com', principalId: 'idp:dave@example.com' };
    const samlRequest = (principalArn: string, more: ReturnType<typeof assuming>) => ({
      ...more,
      requestParameters: { ...(more.requestParameters as object), principalArn },
    });
    const records = [
      call(0, 'sts:AssumeRoleWithWebIdentity', web, assuming('ci', 'build-1', K1)),
      call(5, 'First', roleSession('ci', 'build-1', { key: K1 })),
      call(
        0,
        'sts:AssumeRoleWithSAML',
        saml,
        samlRequest(`arn:aws:iam::${PROD}:saml-provider/Okta`, assuming('Dev', 'dave', K2)),
      ),
      call(5, 'Second', roleSession('Dev', 'dave', { key: K2 })),
      call(
        9,
        'sts:AssumeRoleWithSAML',
        { ...saml, userName: 'erin' },
        samlRequest(
          `arn:aws:iam::${PROD}:saml-provider/AWSSSO_0123_DO_NOT_DELETE`,
          assuming('AWSReservedSSO_Admin_0a', 'erin', K3),
        ),
      ),
      call(12, 'Third', roleSession('AWSReservedSSO_Admin_0a', 'erin', { key: K3, created: 9 })),
    ];
    await withStore(records, async (store) => {
      expect(told(await chainOf(store, 'name:First'))[1]).toBe('repo:example/shop: web identity repo:example/shop');
      expect(told(await chainOf(store, 'name:Second'))[1]).toBe('dave@example.com: SAML dave@example.com');
      expect(told(await chainOf(store, 'name:Third'))[1]).toBe('erin: person erin');
    });
  });

  test('a permission set’s session is a person’s without any call, and tells their sign-in', async () => {
    const erin = (created: number, key = '') =>
      roleSession('AWSReservedSSO_Admin_0a', 'erin', { key, created, path: 'aws-reserved/sso.amazonaws.com/' });
    const login = call(1, 'signin:ConsoleLogin', erin(0), {
      responseElements: { ConsoleLogin: 'Success' },
      eventType: 'AwsConsoleSignIn',
    });
    const clicks = [call(5, 'First', erin(0, K1)), call(6, 'Second', erin(0, K2))];
    expect(await chainsOf(clicks, 'name:First')).toEqual(['Admin/erin: person erin']);
    expect(await chainsOf([login, ...clicks], 'name:First')).toEqual(['Admin/erin: person erin by ConsoleLogin']);
    // A role that only bears such a name, outside of Identity Center's path.
    const look = roleSession('AWSReservedSSO_Admin_0a', 'erin', { key: K1 });
    expect((await chainsOf([call(5, 'First', look)], 'name:First'))[0]).toMatch(/: missing$/);
  });

  test('Identity Center’s own event of letting somebody in', async () => {
    const portal = call(
      0,
      'sso:Federate',
      { type: 'IdentityCenterUser', userName: 'erin', accountId: OPS, onBehalfOf: { userId: 'u-1' } },
      { serviceEventDetails: { role_name: 'Admin', account_id: PROD }, eventType: 'AwsServiceEvent' },
    );
    const session = roleSession('AWSReservedSSO_Admin_0a', 'erin', {
      key: K1,
      created: 1,
      path: 'aws-reserved/sso.amazonaws.com/',
    });
    expect(await chainsOf([portal, call(5, 'First', session)], 'name:First')).toEqual([
      'Admin/erin: Federate by creationDate',
      'erin: person erin',
    ]);
  });

  test('users, root, services, other accounts, and nobody', async () => {
    const root = { type: 'Root', arn: `arn:aws:iam::${PROD}:root`, accountId: PROD, principalId: PROD };
    const records = [
      call(0, 'User', user('alice', LONG)),
      call(0, 'Root', { ...root, accessKeyId: 'AKIAEXAMPLEKEY000005' }),
      call(0, 'signin:ConsoleLogin', root, { responseElements: { ConsoleLogin: 'Success' } }),
      call(9, 'RootClick', { ...root, accessKeyId: K1, sessionContext: { attributes: { creationDate: isoOf(1) } } }),
      call(0, 'Service', service('config.amazonaws.com')),
      call(0, 'Linked', roleSession('AWSServiceRoleForX', 'x', { key: K2, path: 'aws-service-role/x.amazonaws.com/' })),
      call(0, 'Account', { type: 'AWSAccount', accountId: OPS, principalId: 'AIDAEXAMPLE' }),
      call(0, 'Own', undefined, { eventType: 'AwsServiceEvent', eventSource: 'kms.amazonaws.com' }),
      call(0, 'Nobody', {}),
    ];
    await withStore(records, async (store) => {
      const of = async (name: string) => told(await chainOf(store, `name:${name}`));
      expect(await of('User')).toEqual(['alice: user alice']);
      expect(await of('Root')).toEqual(['root: root root']);
      expect(await of('RootClick')).toEqual(['root: ConsoleLogin by creationDate', 'root: root root']);
      expect(await of('Service')).toEqual(['config.amazonaws.com: service config.amazonaws.com']);
      expect(await of('Linked')).toEqual(['AWSServiceRoleForX/x: service x.amazonaws.com']);
      expect(await of('Account')).toEqual([`${OPS}: account ${OPS}`]);
      expect(await of('Own')).toEqual(['kms.amazonaws.com: service kms.amazonaws.com']);
      expect(await of('Nobody')).toEqual([': unknown ']);
    });
  });
});

describe('many', () => {
  test('100,000 events of one session are counted, all of them', async () => {
    const began = call(0, 'sts:AssumeRole', user('alice', LONG), assuming('Deploy', 'ci', K1));
    const template = call(0, 'GetObject', roleSession('Deploy', 'ci', { key: K1 }));
    const events = Array.from({ length: 100_000 }, (_, k) =>
      template
        .replace(/"event-\d+"/, `"many-${k}"`)
        .replace('203.0.113.9', `203.0.113.${k % 20}`)
        .replace(/("eventTime":)"[^"]+"/, `$1"${isoOf(k % 3600)}"`),
    );
    await withStore([began, ...events], async (store) => {
      const { steps } = await chainOf(store, 'name:GetObject');
      expect(steps.map(({ session }) => session.calls)).toEqual([100_000, 1]);
      expect(steps[0]?.session).toMatchObject({ addressCount: 20, first: START, last: START + 3_599_000 });
      expect(steps[0]?.session.addresses).toHaveLength(10);
      const { sessions } = await store.callers.begunBy(steps[1]?.session as never);
      expect(sessions.map(({ session }) => session.calls)).toEqual([100_000]);
    });
  });

  test('the sessions of a result, newest first, with a limit; folded ones count whole', async () => {
    const records = Array.from({ length: 30 }, (_, k) => [
      call(k, 'GetObject', roleSession('R', `s${k}`, { key: `ASIAEXAMPLEKEY0001${10 + k}`, created: k })),
      call(k, 'GetObject', roleSession('R', `s${k}`, { key: `ASIAEXAMPLEKEY0002${10 + k}`, created: k })),
      call(k, 'PutObject', roleSession('R', `s${k}`, { created: k }), { errorCode: 'AccessDenied' }),
    ]).flat();
    await withStore(records, async (store) => {
      const all = await store.search(query(''));
      const { sessions, total } = await store.callers.sessions(all, { limit: 3 });
      expect(total).toBe(30);
      expect(
        sessions.map(({ event, calls, failures, keyCount }) => [event.cells.session, calls, failures, keyCount]),
      ).toEqual([
        ['s29', 3, 1, 2],
        ['s28', 3, 1, 2],
        ['s27', 3, 1, 2],
      ]);
      const part = await store.callers.sessions(await store.search(query('name:PutObject session:s4,s5')));
      expect(part.sessions.map(({ id, calls }) => [id, calls])).toEqual([
        [`arn ${sessionArn('R', 's5')} ${isoOf(5)}`, 1],
        [`arn ${sessionArn('R', 's4')} ${isoOf(4)}`, 1],
      ]);
      const folded = await store.fold(all, new Set());
      expect((await store.callers.sessions(folded)).sessions.reduce((sum, { calls }) => sum + calls, 0)).toBe(90);
      expect(await store.callers.sessions(await store.search(query('name:Nothing')))).toEqual({
        sessions: [],
        total: 0,
      });
    });
  });

  test('a row that is not there, a search that is given up', async () => {
    await withStore([call(0, 'User', user('alice', LONG))], async (store) => {
      await expect(store.callers.chainOf(7)).rejects.toThrow('there is no event 7');
      await expect(store.callers.chainOf(0, AbortSignal.abort())).rejects.toThrow(/abort/i);
    });
  });

  test('keys that a session of its own uses are left out of the search for its namesake', async () => {
    const records = [
      call(0, 'sts:AssumeRole', user('alice', LONG), assuming('Deploy', 'ci', K1)),
      call(5, 'First', roleSession('Deploy', 'ci', { key: K1 })),
      call(6, 'Second', roleSession('Deploy', 'ci', { key: K2 })),
    ];
    await withStore(records, async (store) => {
      const { sessions } = await store.callers.sessions(await store.search(query('role:Deploy')));
      expect(sessions.map(({ event, calls }) => [event.cells.name, calls])).toEqual([
        ['Second', 1],
        ['First', 1],
      ]);
      for (const session of sessions) expect(await countOf(store, session)).toBe(1);
    });
  });
});
