// The persons behind callers, through the real reader and store.

import { describe, expect, test } from 'vitest';
import { whoText } from '../../src/state/who-text.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { appendAll, query, withStore } from './events.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const USER_ID = '90678a1b2c-0b7d1c52-3e4f-4a5b-8c6d-7e8f9a0b1c2d';
const SECOND_ID = '90678a1b2c-1c8e2d63-4f50-4b6c-9d7e-8f9a0b1c2d3e';
const NO_NAMES: ReadonlyMap<string, string> = new Map();

type Members = Readonly<Record<string, unknown>>;

let events = 0;

function record(userIdentity: unknown, changes: Members = {}): string {
  const eventID = `00000000-0000-4000-8000-${String(++events).padStart(12, '0')}`;
  const eventTime = new Date(Date.UTC(2026, 4, 20) + events * 1000).toISOString().replace('.000', '');
  const call = { eventName: 'DescribeInstances', eventSource: 'ec2.amazonaws.com', sourceIPAddress: '203.0.113.9' };
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity,
    eventTime,
    eventID,
    recipientAccountId: ACCOUNT,
    ...call,
    ...changes,
  });
}

const user = (userName: string, accountId = ACCOUNT, accessKeyId = `AKIA${userName.toUpperCase()}`) => ({
  type: 'IAMUser',
  arn: `arn:aws:iam::${accountId}:user/${userName}`,
  accountId,
  accessKeyId,
  userName,
});

/** A session of a role; `changes` go into its sessionContext. */
const session = (role: string, name: string, accessKeyId?: string, creationDate?: string, path = '/') => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${name}`,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
  accountId: ACCOUNT,
  ...(accessKeyId === undefined ? {} : { accessKeyId }),
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      arn: `arn:aws:iam::${ACCOUNT}:role${path}${role}`,
      accountId: ACCOUNT,
      userName: role,
    },
    ...(creationDate === undefined ? {} : { attributes: { creationDate } }),
  },
});

const permissionSet = (name: string, accessKeyId?: string) =>
  session('AWSReservedSSO_Admin_0123456789abcdef', name, accessKeyId, undefined, '/aws-reserved/sso.amazonaws.com/');

const center = (userId: string, changes: Members = {}) => ({
  type: 'IdentityCenterUser',
  accountId: ACCOUNT,
  onBehalfOf: { userId, identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/d-0123456789` },
  credentialId: 'example-credential',
  ...changes,
});

/** As calls say that are made in the console. */
const CONSOLE = { sessionCredentialFromConsole: 'true' };

/** A call that hands out a key. */
const grant = (identity: unknown, accessKeyId: string, changes: Members = {}) =>
  record(identity, {
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    responseElements: { credentials: { accessKeyId, sessionToken: 'example' } },
    ...changes,
  });

/** Whose each event is, oldest first. */
async function personsOf(store: Store, names = NO_NAMES): Promise<readonly (string | undefined)[]> {
  await store.callers.findPeople(names);
  const all = await store.search({ kind: 'all' });
  return (await store.window(all, 0, all.total)).map(({ personLabel }) => personLabel).reverse();
}

const persons = (records: readonly string[], names = NO_NAMES) =>
  withStore(records, (store) => personsOf(store, names));

describe('who is a person', () => {
  test.each<[what: string, identity: unknown, person: string | undefined]>([
    ['an IAM user', user('alice'), 'alice'],
    ['root', { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT }, `root of ${ACCOUNT}`],
    ['a session of a permission set', permissionSet('dave@example.com', 'ASIAEXAMPLE1'), 'dave@example.com'],
    [
      'a role that only bears such a name',
      session('AWSReservedSSO_Admin_0123456789abcdef', 'mallory', 'ASIAEXAMPLE1'),
      undefined,
    ],
    ['a role session', session('deploy', 'dave', 'ASIAEXAMPLE1'), undefined],
    ['an instance', session('web', 'i-0123456789abcdef0', 'ASIAEXAMPLE1'), undefined],
    ['a service', { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, undefined],
    ['another account', { type: 'AWSAccount', accountId: OTHER, principalId: 'AROAEXAMPLE:alice' }, undefined],
    ['an Identity Center user', center(USER_ID), USER_ID],
    ['one with a name', center(USER_ID, { userName: 'dave@example.com' }), 'dave@example.com'],
    ['one that is not told', { type: 'IdentityCenterUser', accountId: ACCOUNT }, undefined],
    ['a SAML subject', { type: 'SAMLUser', userName: 'erin', identityProvider: 'https://idp.example.com' }, 'erin'],
    [
      'a web identity',
      { type: 'WebIdentityUser', userName: 'carol@example.com', identityProvider: 'idp.example.com' },
      'carol@example.com',
    ],
    [
      'a number, which may be a service account’s',
      { type: 'WebIdentityUser', userName: '104939200000000000000' },
      undefined,
    ],
    [
      'an id that is not Identity Center’s',
      { type: 'Unknown', principalId: USER_ID.slice(11), accountId: ACCOUNT },
      undefined,
    ],
    ['an id of Identity Center without a type', center(USER_ID, { type: 'Unknown' }), USER_ID],
    ['a pipeline', { type: 'WebIdentityUser', userName: 'repo:example/app:ref:refs/heads/main' }, undefined],
    ['a service account', { type: 'WebIdentityUser', userName: 'system:serviceaccount:a:b' }, undefined],
    ['no identity', null, undefined],
    ['a text', 'alice', undefined],
    ['wrong types', { type: ['IAMUser'], userName: { a: 1 }, arn: 7, sessionContext: 'x' }, undefined],
  ])('%s', async (_, identity, person) => {
    expect(await persons([record(identity)])).toEqual([person]);
  });

  test('a federated user is the user whose call it was', async () => {
    const federated = (issuer: Members) => ({
      type: 'FederatedUser',
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/frank`,
      accountId: ACCOUNT,
      accessKeyId: 'ASIAEXAMPLEFRANK',
      sessionContext: { sessionIssuer: issuer },
    });
    expect(await persons([record(federated({ type: 'IAMUser', userName: 'broker' }))])).toEqual(['broker']);
    expect(await persons([record(federated({}))])).toEqual([undefined]);
  });

  test('two of one name are told apart, and found by it together', async () => {
    const records = [record(user('dave')), record(user('dave', OTHER)), record(permissionSet('Dave', 'ASIAEXAMPLE1'))];
    await withStore(records, async (store) => {
      expect(await personsOf(store)).toEqual([`dave of ${ACCOUNT}`, `dave of ${OTHER}`, 'Dave of Identity Center']);
      const found = async (text: string) => (await store.search(query(text))).total;
      expect(await Promise.all(['person:dave', `person:"dave of ${OTHER}"`].map(found))).toEqual([3, 1]);
    });
  });
});

describe('namesakes', () => {
  const saml = (issuer: string) => ({
    changes: { eventName: 'AssumeRoleWithSAML', eventSource: 'sts.amazonaws.com' },
    identity: { type: 'SAMLUser', userName: 'alice', identityProvider: issuer },
  });

  test('of two identity providers are two persons, each with what was begun', async () => {
    const [ours, theirs] = [saml('https://idp.example.com'), saml('https://idp.example.net')];
    const records = [
      grant(ours.identity, 'ASIAEXAMPLEONE', ours.changes),
      grant(theirs.identity, 'ASIAEXAMPLETWO', theirs.changes),
      record(session('viewer', 'alice', 'ASIAEXAMPLEONE')),
      record(session('viewer', 'alice', 'ASIAEXAMPLETWO')),
    ];
    const [one, other] = ['com', 'net'].map((end) => `alice, SAML subject of https://idp.example.${end}`);
    await withStore(records, async (store) => {
      expect(await personsOf(store)).toEqual([one, other, one, other]);
      expect((await store.search(query(`person:"${one}"`))).total).toBe(2);
      expect((await store.search(query('person:alice'))).total).toBe(4);
      expect(store.callers.knownPeople().map(({ count }) => count)).toEqual([2, 2]);
      const { people } = await store.callers.people(await store.search({ kind: 'all' }));
      expect(people.map(({ person, calls }) => [person, calls]).sort()).toEqual([
        [one, 2],
        [other, 2],
      ]);
    });
  });

  test('one provider in two accounts is one', async () => {
    const web = (account: string) => ({
      type: 'WebIdentityUser',
      userName: 'carol@example.com',
      identityProvider: `arn:aws:iam::${account}:oidc-provider/idp.example.com`,
    });
    expect(await persons([record(web(ACCOUNT)), record(web(OTHER))])).toEqual([
      'carol@example.com',
      'carol@example.com',
    ]);
  });

  test('a user who is called root is not root', async () => {
    const root = { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT };
    expect(await persons([record(user('root')), record(root)])).toEqual([
      `user root of ${ACCOUNT}`,
      `root of ${ACCOUNT}`,
    ]);
  });

  test('of two identity stores are two persons, and sessions that do not state theirs are neither', async () => {
    const store = (id: string) => `arn:aws:identitystore::${ACCOUNT}:identitystore/${id}`;
    const alice = (accountId: string, id: string, digits: string) => ({
      type: 'IdentityCenterUser',
      accountId,
      userName: 'alice',
      onBehalfOf: { userId: `${digits}-0b7d1c52-3e4f-4a5b-8c6d-7e8f9a0b1c2d`, identityStoreArn: store(id) },
    });
    const records = [
      record(alice(ACCOUNT, 'd-90678a1b2c', '90678a1b2c')),
      record(alice(OTHER, 'd-11178a1b2c', '11178a1b2c')),
    ];
    const [one, other] = ['d-90678a1b2c', 'd-11178a1b2c'].map((id) => `alice of Identity Center ${id}`);
    expect(await persons(records)).toEqual([one, other]);
    expect(await persons([...records, record(permissionSet('alice', 'ASIAEXAMPLEONE'))])).toEqual([one, other, one]);
    expect(await persons([records[0] as string, record(permissionSet('alice', 'ASIAEXAMPLEONE'))])).toEqual([
      'alice',
      'alice',
    ]);
  });

  test('a subject’s name that reads like another’s label is told to be one', async () => {
    const subject = { type: 'SAMLUser', userName: `alice of ${ACCOUNT}`, identityProvider: 'idp' };
    expect(await persons([record(subject), record(user('alice')), record(user('alice', OTHER))])).toEqual([
      `alice of ${ACCOUNT}, SAML subject of idp`,
      `alice of ${ACCOUNT}`,
      `alice of ${OTHER}`,
    ]);
  });
});

describe('what is only claimed', () => {
  const failed = { errorMessage: 'Failed authentication', responseElements: { ConsoleLogin: 'Failure' } };
  const root = { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT };

  test.each<[what: string, identity: unknown, changes: Members]>([
    ['a sign-in that failed', { type: 'IAMUser', accountId: ACCOUNT, userName: 'alice' }, failed],
    ['that of root', root, failed],
    ['one that tells so in its answer only', user('alice'), { responseElements: { ConsoleLogin: 'Failure' } }],
    [
      'one of Identity Center',
      center(USER_ID),
      { eventName: 'UserAuthentication', serviceEventDetails: { UserAuthentication: 'Failure' } },
    ],
    [
      'a SAML assertion that was refused',
      { type: 'SAMLUser', userName: 'erin', identityProvider: 'idp' },
      { eventName: 'AssumeRoleWithSAML', errorCode: 'InvalidIdentityToken' },
    ],
    [
      'a token that was refused',
      { type: 'WebIdentityUser', userName: 'carol@example.com' },
      { eventName: 'AssumeRoleWithWebIdentity', errorCode: 'AccessDenied' },
    ],
  ])('%s is nobody’s', async (_, identity, changes) => {
    await withStore([record(identity, { eventName: 'ConsoleLogin', ...changes })], async (store) => {
      expect(await personsOf(store)).toEqual([undefined]);
      expect(store.callers.knownPeople()).toEqual([]);
      expect((await store.search(query('person:*'))).total).toBe(0);
      expect((await store.search(query('!person:*'))).total).toBe(1);
      expect((await store.callers.people(await store.search({ kind: 'all' }))).total).toBe(0);
    });
  });

  test('and one that worked is theirs, after one that failed', async () => {
    const signIn = (changes: Members) => record(user('alice', ACCOUNT, ''), { eventName: 'ConsoleLogin', ...changes });
    await withStore([signIn(failed)], async (store) => {
      expect(await personsOf(store)).toEqual([undefined]);
      await appendAll(store, [signIn({ responseElements: { ConsoleLogin: 'Success' } })], 1);
      expect(await personsOf(store)).toEqual([undefined, 'alice']);
      expect(store.callers.knownPeople()).toEqual([{ value: 'alice', count: 1 }]);
    });
  });
});

describe('the way up', () => {
  test('over two roles to the person', async () => {
    const records = [
      grant(permissionSet('dave', 'ASIAEXAMPLEDAVE'), 'ASIAEXAMPLEONE'),
      grant(session('deploy', 'ci', 'ASIAEXAMPLEONE'), 'ASIAEXAMPLETWO'),
      record(session('etl-runner', 'nightly', 'ASIAEXAMPLETWO')),
      record(session('etl-runner', 'nightly', 'ASIAEXAMPLEOTHER')),
    ];
    await withStore(records, async (store) => {
      expect(await personsOf(store)).toEqual(['dave', 'dave', 'dave', undefined]);
      const all = await store.window(await store.search({ kind: 'all' }), 0, 4);
      // Of `Admin/dave` the label says it.
      expect(all.map(({ person }) => person).reverse()).toEqual([undefined, 'dave', 'dave', undefined]);
    });
  });

  test('keys that the console draws belong to the session, not others of its name', async () => {
    const [began, later] = ['2026-05-20T00:00:01Z', '2026-05-20T09:00:00Z'];
    const records = [
      grant(user('alice'), 'ASIAEXAMPLEONE'),
      record(session('deploy', 'x', 'ASIAEXAMPLEONE', began), CONSOLE),
      record(session('deploy', 'x', 'ASIAEXAMPLEDRAWN', began), CONSOLE),
      record(session('deploy', 'x', undefined, began), CONSOLE),
      record(session('deploy', 'x', 'ASIAEXAMPLELATER', later), CONSOLE),
    ];
    expect(await persons(records)).toEqual(['alice', 'alice', 'alice', 'alice', undefined]);
  });

  test('a key that nothing tells of is nobody’s where it is not the console’s, or the other is not', async () => {
    const began = '2026-05-20T00:00:01Z';
    for (const [one, other] of [
      [{}, {}],
      [CONSOLE, {}],
      [{}, CONSOLE],
    ] as const) {
      const records = [
        grant(user('alice'), 'ASIAEXAMPLEONE'),
        record(session('deploy', 'x', 'ASIAEXAMPLEONE', began), one),
        record(session('deploy', 'x', 'ASIAEXAMPLETWO', began), other),
      ];
      expect(await persons(records)).toEqual(['alice', 'alice', undefined]);
    }
  });

  test('a call that failed handed out nothing', async () => {
    const records = [
      grant(user('mallory'), 'ASIAEXAMPLEONE', { errorCode: 'AccessDenied' }),
      record(session('deploy', 'x', 'ASIAEXAMPLEONE')),
    ];
    expect(await persons(records)).toEqual(['mallory', undefined]);
  });

  test('the record of the caller’s account is found by the sharedEventID, whichever comes first', async () => {
    const eventTime = '2026-05-20T08:00:00Z';
    const outside = { type: 'AWSAccount', accountId: OTHER, principalId: 'AIDAEXAMPLE' };
    const call = (identity: unknown, sharedEventID: string, responseElements: unknown = null) =>
      record(identity, {
        eventName: 'AssumeRole',
        eventSource: 'sts.amazonaws.com',
        eventTime,
        sharedEventID,
        responseElements,
      });
    const calls = [
      call(user('bob', OTHER), 'shared-2'),
      call(user('alice', OTHER), 'shared-1'),
      call(outside, 'shared-1', { credentials: { accessKeyId: 'ASIAEXAMPLEONE' } }),
    ];
    // The first by time.
    const used = record(session('audit', 'x', 'ASIAEXAMPLEONE'));
    for (const order of [calls, calls.toReversed()]) {
      expect((await persons([...order, used]))[0]).toBe('alice');
      await withStore([used, ...order.slice(0, 2)], async (store) => {
        await store.callers.findPeople(NO_NAMES);
        await appendAll(store, order.slice(2), 1);
        const found = await store.search(query('person:alice name:DescribeInstances'));
        expect(found.total).toBe(1);
      });
    }
  });

  test('a session of a role that is proven to be theirs is told from one that only bears the name', async () => {
    const records = [
      grant(permissionSet('dave', 'ASIAEXAMPLEDAVE'), 'ASIAEXAMPLEONE'),
      record(session('Admin', 'dave', 'ASIAEXAMPLEONE')),
      record(session('Admin', 'dave', 'ASIAEXAMPLEOTHER')),
    ];
    await withStore(records, async (store) => {
      await store.callers.findPeople(NO_NAMES);
      const events = await store.window(await store.search({ kind: 'all' }), 0, 3);
      expect(events.map(whoText).reverse()).toEqual(['Admin/dave', 'dave → Admin/dave', 'Admin/dave']);
    });
  });

  test('two who began sessions of one name in one second are not mixed up', async () => {
    const began = '2026-05-20T00:00:01Z';
    const records = [
      grant(user('alice'), 'ASIAEXAMPLEONE'),
      grant(user('bob'), 'ASIAEXAMPLETWO'),
      record(session('deploy', 'x', 'ASIAEXAMPLEONE', began)),
      record(session('deploy', 'x', 'ASIAEXAMPLETWO', began)),
      record(session('deploy', 'x', 'ASIAEXAMPLEDRAWN', began)),
    ];
    expect(await persons(records)).toEqual(['alice', 'bob', 'alice', 'bob', undefined]);
  });

  test('the record of the account of the role gives way to that of the caller', async () => {
    const outside = { type: 'AWSAccount', accountId: OTHER, principalId: 'AIDAEXAMPLE' };
    const calls = [
      grant(user('alice', OTHER), 'ASIAEXAMPLEONE'),
      grant(outside, 'ASIAEXAMPLEONE', { recipientAccountId: OTHER }),
    ];
    const used = record(session('audit', 'x', 'ASIAEXAMPLEONE'));
    for (const order of [calls, calls.toReversed()]) {
      const found = await persons([...order, used]);
      expect(found.at(-1)).toBe('alice');
    }
    expect((await persons([calls[1] as string, used])).at(-1)).toBeUndefined();
  });

  test('a key that two handed out is nobody’s', async () => {
    const records = [
      grant(user('alice'), 'ASIAEXAMPLEONE'),
      grant(user('bob'), 'ASIAEXAMPLEONE'),
      record(session('a', 'b', 'ASIAEXAMPLEONE')),
    ];
    expect(await persons(records)).toEqual(['alice', 'bob', undefined]);
  });

  test('records that lead back to themselves end', async () => {
    const records = [
      grant(session('a', 'a', 'ASIAEXAMPLEONE'), 'ASIAEXAMPLETWO'),
      grant(session('b', 'b', 'ASIAEXAMPLETWO'), 'ASIAEXAMPLEONE'),
      grant(session('c', 'c', 'ASIAEXAMPLETHREE'), 'ASIAEXAMPLETHREE'),
      record(session('c', 'c', 'ASIAEXAMPLETHREE')),
    ];
    expect(await persons(records)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a chain of thousands is followed to its end', async () => {
    const records = [grant(user('alice'), 'ASIAEXAMPLE0')];
    for (let k = 0; k < 5000; k++) records.push(grant(session('a', 'b', `ASIAEXAMPLE${k}`), `ASIAEXAMPLE${k + 1}`));
    expect(new Set(await persons(records))).toEqual(new Set(['alice']));
  });

  test("a user's own keys and sessions stay theirs, whoever created them", async () => {
    const records = [
      record(user('carol'), {
        eventName: 'CreateAccessKey',
        responseElements: { accessKey: { accessKeyId: 'AKIABOB' } },
      }),
      record(user('bob')),
      grant(user('bob'), 'ASIAEXAMPLEBOB', { eventName: 'GetSessionToken' }),
      record(user('bob', ACCOUNT, 'ASIAEXAMPLEBOB')),
    ];
    expect(await persons(records)).toEqual(['carol', 'bob', 'bob', 'bob']);
  });

  test('root that was assumed is whoever assumed it', async () => {
    const root = { type: 'Root', arn: `arn:aws:iam::${OTHER}:root`, accountId: OTHER, accessKeyId: 'ASIAEXAMPLEROOT' };
    expect(
      (await persons([grant(user('alice'), 'ASIAEXAMPLEROOT', { eventName: 'AssumeRoot' }), record(root)])).at(-1),
    ).toBe('alice');
  });

  test('a subject that began sessions of a permission set is that user of Identity Center', async () => {
    const saml = (userName: string) => ({ type: 'SAMLUser', userName, identityProvider: 'https://idp.example.com' });
    const begun = (subject: string, name: string, key: string) => [
      grant(saml(subject), key, { eventName: 'AssumeRoleWithSAML' }),
      record(permissionSet(name, key)),
    ];
    expect(await persons(begun('dave', 'dave', 'ASIAEXAMPLEONE'))).toEqual(['dave', 'dave']);
    const shared = [...begun('kiosk', 'dave', 'ASIAEXAMPLEONE'), ...begun('kiosk', 'erin', 'ASIAEXAMPLETWO')];
    expect(await persons(shared)).toEqual(['kiosk', 'dave', 'kiosk', 'erin']);
  });

  test('a SAML assertion leads to its subject', async () => {
    const saml = { type: 'SAMLUser', userName: 'erin', identityProvider: 'https://idp.example.com' };
    const records = [
      grant(saml, 'ASIAEXAMPLEONE', { eventName: 'AssumeRoleWithSAML' }),
      record(session('viewer', 'x', 'ASIAEXAMPLEONE')),
    ];
    expect(await persons(records)).toEqual(['erin', 'erin']);
  });
});

describe("Identity Center's users", () => {
  const signIn = (changes: Members = {}) =>
    record(center(USER_ID), {
      eventName: 'UserAuthentication',
      eventSource: 'signin.amazonaws.com',
      eventType: 'AwsServiceEvent',
      additionalEventData: { UserName: 'dave@example.com', LoginTo: 'https://example.com' },
      ...changes,
    });

  test('are named by their sign-ins, and one with their sessions', async () => {
    const records = [
      record(center(USER_ID)),
      signIn(),
      record(permissionSet('dave@example.com', 'ASIAEXAMPLE1')),
      record(center(SECOND_ID)),
    ];
    expect(await persons(records)).toEqual(['dave@example.com', 'dave@example.com', 'dave@example.com', SECOND_ID]);
  });

  test('are named by a session that states both', async () => {
    const both = { ...permissionSet('dave@example.com', 'ASIAEXAMPLE1'), onBehalfOf: { userId: USER_ID } };
    expect(await persons([record(center(USER_ID)), record(both)])).toEqual(['dave@example.com', 'dave@example.com']);
  });

  test('are called what the settings say', async () => {
    const records = [signIn(), record(permissionSet('dave@example.com', 'ASIAEXAMPLE1')), record(center(SECOND_ID))];
    const names = new Map([
      [USER_ID, 'Dave'],
      [SECOND_ID, 'Erin'],
    ]);
    await withStore(records, async (store) => {
      expect(await personsOf(store, names)).toEqual(['Dave', 'Dave', 'Erin']);
      const upper = new Map([...names].map(([userId, name]) => [userId.toUpperCase(), name]));
      expect(await personsOf(store, upper)).toEqual(['Dave', 'Dave', 'Erin']);
      expect(await store.callers.findPeople(new Map())).toBe(true);
      expect(await personsOf(store)).toEqual(['dave@example.com', 'dave@example.com', SECOND_ID]);
    });
  });

  test.each([
    ['no text', { additionalEventData: { UserName: { a: 1 } } }],
    ['absent', { additionalEventData: null }],
  ])('keep their id where the name is %s', async (_, changes) => {
    expect(await persons([signIn(changes)])).toEqual([USER_ID]);
  });
});

test('a name that is hidden is nobody’s', async () => {
  const hidden = center(USER_ID, { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' });
  expect(await persons([record(hidden)])).toEqual([undefined]);
});

describe('searches', () => {
  const records = [
    grant(permissionSet('dave', 'ASIAEXAMPLEDAVE'), 'ASIAEXAMPLEONE'),
    record(session('deploy', 'ci', 'ASIAEXAMPLEONE'), { errorCode: 'AccessDenied' }),
    record(user('alice')),
    record(session('web', 'i-0123456789abcdef0', 'ASIAEXAMPLEWEB')),
    record({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }),
  ];

  test.each([
    ['person:dave', 2],
    ['person:DAVE', 2],
    ['person:dav', 0],
    ['person:dav*', 2],
    ['person:dave,alice', 3],
    ['person:*', 3],
    ['!person:*', 2],
    ['!person:dave', 3],
    ['person:~av', 2],
    ['person:dave error:denied', 1],
    ['person:dave | who:ec2.amazonaws.com', 3],
    ['!(person:dave | person:alice)', 2],
    ['person:dave "203.0.113.9"', 2],
    ['person:nobody', 0],
  ])('%s finds %d, though nobody has looked before', async (text, count) => {
    expect(await withStore(records, async (store) => (await store.search(query(text))).total)).toBe(count);
  });

  test('are the same as what the list shows', async () => {
    await withStore(records, async (store) => {
      await store.callers.findPeople(NO_NAMES);
      expect(store.callers.knownPeople()).toEqual([
        { value: 'dave', count: 2 },
        { value: 'alice', count: 1 },
      ]);
      for (const { value, count } of store.callers.knownPeople()) {
        expect((await store.search(query(`person:"${value}"`))).total).toBe(count);
      }
    });
  });

  test('know what has come since', async () => {
    await withStore(records.slice(1), async (store) => {
      expect(await store.callers.findPeople(NO_NAMES)).toBe(true);
      expect(await store.callers.findPeople(NO_NAMES)).toBe(false);
      expect((await store.search(query('person:dave'))).total).toBe(0);
      await appendAll(store, records.slice(0, 1), 1);
      expect((await store.search(query('person:dave'))).total).toBe(2);
      await appendAll(store, [record({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' })], 2);
      expect(await store.callers.findPeople(NO_NAMES)).toBe(false);
    });
  });

  test('that are given up leave everything to the next', async () => {
    await withStore(records, async (store) => {
      const given = store.callers.findPeople(NO_NAMES, AbortSignal.abort());
      await expect(given).rejects.toMatchObject({ name: 'AbortError' });
      expect(await store.callers.findPeople(NO_NAMES)).toBe(true);
    });
  });
});

test('what comes batch by batch ends as if it had come at once', async () => {
  const began = '2026-05-20T00:00:01Z';
  const records = [
    record(session('deploy', 'x', 'ASIAEXAMPLEDRAWN', began), CONSOLE),
    record(session('deploy', 'x', 'ASIAEXAMPLEONE', began), CONSOLE),
    record(session('etl', 'y', 'ASIAEXAMPLETWO')),
    grant(session('deploy', 'x', 'ASIAEXAMPLEONE', began), 'ASIAEXAMPLETWO', CONSOLE),
    grant(permissionSet('dave', 'ASIAEXAMPLEDAVE'), 'ASIAEXAMPLEONE'),
    record(user('dave')),
    record(user('dave', OTHER)),
    record(center(SECOND_ID, { userName: 'dave' })),
    record({ type: 'SAMLUser', userName: 'dave', identityProvider: 'idp' }),
    record(user('erin')),
  ];
  const atOnce = await persons(records);
  for (const order of [records, records.toReversed()]) {
    await withStore([], async (store) => {
      for (const [k, each] of order.entries()) {
        await appendAll(store, [each], k + 1);
        await store.callers.findPeople(NO_NAMES);
      }
      expect(await personsOf(store)).toEqual(atOnce);
      for (const { value, count } of store.callers.knownPeople()) {
        expect((await store.search(query(`person:"${value}"`))).total).toBe(count);
      }
    });
  }
});

test('persons and their calls are never mixed up, whatever comes meanwhile', async () => {
  const names = Array.from({ length: 300 }, (_, k) => `user${k}`);
  await withStore(
    names.map((name) => record(user(name))),
    async (store) => {
      for (let round = 0; round < 3; round++) {
        const all = await store.search({ kind: 'all' });
        const counted = store.callers.people(all);
        await appendAll(store, [record(user(`zed${round}`))], round + 1);
        await store.callers.findPeople(new Map());
        for (const { person, callers } of (await counted).people) expect(callers).toEqual([person]);
      }
    },
  );
});

test('sessions of a person are those that the list of sessions has', async () => {
  const began = '2026-05-20T00:00:01Z';
  const keys = ['ASIAEXAMPLEONE', 'ASIAEXAMPLETWO', 'ASIAEXAMPLESIX'];
  const records = keys.flatMap((key) => [grant(user('alice'), key), record(session('deploy', 'x', key, began))]);
  await withStore(records, async (store) => {
    const all = await store.search({ kind: 'all' });
    const { people } = await store.callers.people(all);
    expect(people).toMatchObject([{ person: 'alice', sessions: 4 }]);
    expect((await store.callers.sessions(all)).total).toBe(4);
  });
});

test('a store that closes waits for nobody', async () => {
  const store = await openStore();
  await appendAll(
    store,
    Array.from({ length: 3000 }, (_, k) => record(user(`user${k}`))),
  );
  const given = store.callers.findPeople(NO_NAMES).catch((error: Error) => error.name);
  await new Promise((resolve) => setImmediate(resolve));
  await store.close();
  expect(await given).toBe('AbortError');
  await expect(store.callers.findPeople(NO_NAMES)).rejects.toMatchObject({ name: 'AbortError' });
});

describe('persons of a result', () => {
  test('with sessions, calls, addresses and callers of each', async () => {
    const records = [
      grant(permissionSet('dave', 'ASIAEXAMPLEDAVE'), 'ASIAEXAMPLEONE'),
      ...Array.from({ length: 12 }, (_, k) =>
        record(session('deploy', 'ci', 'ASIAEXAMPLEONE'), {
          sourceIPAddress: `203.0.113.${k}`,
          errorCode: k < 3 ? 'AccessDenied' : null,
        }),
      ),
      record(user('alice')),
      record({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }),
      record(center(USER_ID)),
    ];
    await withStore(records, async (store) => {
      const { people, total } = await store.callers.people(await store.search({ kind: 'all' }));
      expect(total).toBe(3);
      expect(people.map(({ person }) => person).sort()).toEqual([USER_ID, 'alice', 'dave'].sort());
      expect(people[0]).toMatchObject({
        person: 'dave',
        sessions: 2,
        calls: 13,
        failures: 3,
        addressCount: 12,
        isBareId: false,
      });
      expect(people[0]?.addresses).toHaveLength(10);
      expect(people[0]?.addresses[0]).toBe('203.0.113.9');
      expect(people[0]?.callers).toEqual(['deploy/ci', 'Admin/dave']);
      expect(people.find(({ isBareId }) => isBareId)?.person).toBe(USER_ID);
      for (const { query: found, calls } of people) expect((await store.search(found)).total).toBe(calls);
      const some = await store.callers.people(await store.search(query('error:denied')), { limit: 1 });
      expect(some).toMatchObject({ total: 1, people: [{ person: 'dave', calls: 3, sessions: 1 }] });
      const none = await store.callers.people(await store.search(query('name:Nothing')));
      expect(none).toEqual({ people: [], total: 0 });
    });
  });
});
