// Where userIdentity misleads: each trap of AWS's format with what an analyst has to read instead.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindLines } from '../../src/cloudtrail/event-summary.ts';
import { identityCard } from '../../src/cloudtrail/identity-card.ts';
import { chainText, identityChain } from '../../src/cloudtrail/identity-chain.ts';
import { identityCells } from '../../src/cloudtrail/user-identity.ts';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role`;
const SESSION = { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Ops/erin`, accountId: ACCOUNT };

function read(userIdentity: unknown, record: object = {}) {
  const event = { ...record, userIdentity };
  const [user, session, center, service] = identityCard(event);
  if (!user || !session || !center || !service) throw new Error('four answers are wanted');
  return { ...identityCells(userIdentity), user, session, center, service, chain: chainText(identityChain(event)) };
}

const answers = ({ user, session, center, service }: ReturnType<typeof read>) =>
  [user, session, center, service].map(({ answer }) => (answer === 'not stated' ? '-' : answer)).join(' ');

describe('what contradicts itself', () => {
  const session = (attributes: object) => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/etl/nightly`,
    sessionContext: { attributes },
  });

  test('a session that begins after its own call', () => {
    const began = session({ creationDate: '2026-09-09T17:50:16Z' });
    const told = (eventTime: string) => read(began, { eventTime }).session.details.join(' · ');
    expect(told('2026-06-01T08:12:47Z')).toMatch(/the call is earlier \(2026-06-01T08:12:47Z\).*contradict/);
    expect(told('2026-09-09T17:50:16Z')).not.toContain('contradict');
    expect(told('once')).not.toContain('contradict');
  });

  test('MFA of the session and none at the sign-in', () => {
    const identity = session({ mfaAuthenticated: 'true' });
    const { session: answer } = read(identity, { additionalEventData: { MFAUsed: 'No' } });
    expect(answer.details).toContain('no MFA at this sign-in, but the session was made with it (mfaAuthenticated)');
    expect(read(identity).session.details).toContain('with MFA');
  });

  test('a session of which only a name is kept is called by it', () => {
    const { session: answer } = read({ type: 'AssumedRole', userName: 'TestRole' });
    expect(answer.details[0]).toBe('named TestRole: of the role or of the session');
    expect(answer.brief[0]).toBe(answer.details[0]);
  });
});

describe('credentials of users', () => {
  test("a session's key of an IAM user is of the console or GetSessionToken: still the user's", () => {
    const identity = { type: 'IAMUser', userName: 'alice', accessKeyId: 'ASIAEXAMPLEALICE0001' };
    expect(answers(read(identity))).toBe('yes no - -');
    expect(read(identity).user.details).toContain('session key ASIAEXAMPLEALICE0001 (console or GetSessionToken)');
    const fromConsole = read(identity, { sessionCredentialFromConsole: 'true' });
    expect(fromConsole.user.details).toContain('session key ASIAEXAMPLEALICE0001 (console)');
  });

  test('an empty key is none that is stated', () => {
    const { user, key } = read({ type: 'IAMUser', userName: 'alice', accessKeyId: '' });
    expect(key).toBe('');
    expect(user.details).toContain('access key not stated');
    const signIn = read({ type: 'IAMUser', accessKeyId: '' }, { eventType: 'AwsConsoleSignIn' });
    expect(signIn.user.details).toContain('no key: console sign-in');
  });

  test('a bearer token is named where there is no key', () => {
    const { user } = read({ type: 'IAMUser', userName: 'alice', credentialId: 'ACCAEXAMPLE0001' });
    expect(user.details).toContain('bearer token ACCAEXAMPLE0001');
  });

  test('a long-term key shows a user where there is no type', () => {
    const { user } = read({ accessKeyId: 'AKIAEXAMPLE000000001' });
    expect(user).toMatchObject({
      answer: 'yes',
      evidence: [{ field: 'userIdentity.accessKeyId', value: 'AKIAEXAMPLE000000001' }],
    });
    expect(read({ accessKeyId: 'ASIAEXAMPLE000000001' }).user.answer).toBe('not stated');
  });

  test('a long-term key of a role session contradicts it', () => {
    const { user, session } = read({ ...SESSION, accessKeyId: 'AKIAEXAMPLE000000001' });
    expect(session.answer).toBe('yes');
    expect(user).toMatchObject({ answer: 'not stated', details: ['the record contradicts itself'] });
  });

  test('root bears the alias of the account as its name', () => {
    const { user, who, chain } = read({ type: 'Root', userName: 'example-company', accountId: ACCOUNT });
    expect([who, chain]).toEqual(['root', 'root']);
    expect(user.details[0]).toBe('root of the account example-company');
  });

  test('root by AssumeRoot is nobody who has the password of root', () => {
    const { user } = read({ type: 'Root', accountId: ACCOUNT, sessionContext: { assumedRoot: 'true' } });
    expect(user.details).toContain('by sts:AssumeRoot, from the management account or a delegated administrator');
    expect(read({ type: 'Root', sessionContext: { assumedRoot: true } }).user.details).toHaveLength(4);
    expect(read({ type: 'Root', sessionContext: { assumedRoot: 'false' } }).user.details).toHaveLength(3);
    const key = (sessionContext: object, record: object = {}) =>
      read({ type: 'Root', accessKeyId: 'ASIAEXAMPLE', sessionContext }, record).user.details.find((text) =>
        text.startsWith('session key'),
      );
    expect(key({})).toBe('session key ASIAEXAMPLE (console, GetSessionToken or AssumeRoot)');
    expect(key({ assumedRoot: 'true' })).toBe('session key ASIAEXAMPLE (AssumeRoot)');
    expect(key({}, { sessionCredentialFromConsole: 'true' })).toBe('session key ASIAEXAMPLE (console)');
  });

  test('a failed sign-in shows a name that anybody could enter', () => {
    const failed = { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } };
    const { user, chain } = read({ type: 'IAMUser', userName: 'alice' }, failed);
    expect(chain).toBe('alice?');
    expect(user.answer).toBe('not stated');
    expect(user.details).toContain('IAM user alice');
    expect(user.details).toContain('claimed only: the sign-in failed, which does not show who tried');
    const center = read({ type: 'IdentityCenterUser', onBehalfOf: { userId: 'x' } }, failed).center;
    expect([center.answer, center.details.at(-1)]).toEqual(['not stated', user.details[1]]);
    const passed = { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } };
    expect(read({ type: 'IAMUser', userName: 'alice' }, passed).chain).toBe('alice');
  });

  test('a hidden user name is nobody', () => {
    const { user, chain, who } = read({ type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' });
    expect(chain).toBe('');
    expect(who).toBe('HIDDEN_DUE_TO_SECURITY_REASONS');
    expect(user.details[0]).toBe('user name hidden by CloudTrail: no user has it, and it may be a password');
  });
});

describe('sessions', () => {
  test.each([{}, { sessionIssuer: {} }, { sessionIssuer: null, attributes: null }, { webIdFederationData: {} }])(
    'a context that says nothing changes nothing: %j',
    (sessionContext) => {
      const { session, who, chain } = read({ ...SESSION, sessionContext });
      expect([who, chain]).toEqual(['Ops/erin', 'erin? → role Ops']);
      expect(session.details).toEqual(['role Ops', 'session erin', 'MFA not stated']);
    },
  );

  test.each([
    ['2026-05-20T08:00:00Z', 'since 2026-05-20T08:00:00Z'],
    ['20260520T080000Z', 'since 2026-05-20T08:00:00Z'],
    ['yesterday', 'since yesterday'],
  ])('creationDate %s', (creationDate, detail) => {
    expect(read({ ...SESSION, sessionContext: { attributes: { creationDate } } }).session.details).toContain(detail);
  });

  test.each([
    ['true', 'true', 'with MFA'],
    ['false', 'false', 'without MFA'],
    [true, 'true', 'with MFA'],
    [false, 'false', 'without MFA'],
    ['TRUE', 'true', 'with MFA'],
    ['maybe', '', 'MFA not stated'],
    [1, '', 'MFA not stated'],
    [null, '', 'MFA not stated'],
    [['true'], '', 'MFA not stated'],
  ])('mfaAuthenticated %j', (mfaAuthenticated, cell, detail) => {
    const { mfa, session } = read({ ...SESSION, sessionContext: { attributes: { mfaAuthenticated } } });
    expect(mfa).toBe(cell);
    expect(session.details).toContain(detail);
  });

  test.each([
    ['Yes', 'with MFA'],
    ['No', 'without MFA'],
    ['', 'MFA not stated'],
  ])('MFAUsed %s of a sign-in', (MFAUsed, detail) => {
    const record = { eventType: 'AwsConsoleSignIn', additionalEventData: { MFAUsed } };
    expect(read({ type: 'Root' }, record).user.details).toContain(detail);
  });

  test("AWS does not learn of an identity provider's MFA", () => {
    const attributes = { mfaAuthenticated: 'false' };
    const federated = { attributes, webIdFederationData: { federatedProvider: 'https://login.example.com' } };
    expect(read({ ...SESSION, sessionContext: federated }).session.details).toContain(
      "without MFA (an identity provider's own would not be told)",
    );
  });

  test('FederatedUser: by root, by a user, by nobody who is named', () => {
    const guest = { type: 'FederatedUser', arn: `arn:aws:sts::${ACCOUNT}:federated-user/guest` };
    const by = (sessionIssuer: unknown) => read({ ...guest, sessionContext: { sessionIssuer } });
    expect(by({ type: 'Root' }).chain).toBe('guest? → issued by root');
    expect(by({ type: 'Root' }).session.details).toContain('issued by root');
    expect(by({ type: 'IAMUser', userName: 'broker' }).chain).toBe('guest? → issued by IAM user broker');
    expect(by({}).chain).toBe('guest?');
    expect(answers(by({}))).toBe('no yes - -');
  });

  test('the path, not the name, shows a permission set: anybody can name a role so', () => {
    const name = 'AWSReservedSSO_Admin_0123456789abcdef';
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/alice`;
    const of = (path: string) =>
      read({
        ...SESSION,
        arn,
        sessionContext: { sessionIssuer: { type: 'Role', arn: `${ROLE}${path}/${name}`, userName: name } },
      });
    const real = of('/aws-reserved/sso.amazonaws.com/eu-west-1');
    expect([real.who, real.chain]).toEqual(['Admin/alice', 'alice → role Admin']);
    expect(real.center).toMatchObject({ answer: 'not stated', evidence: [] });
    expect(real.center.details).toEqual([
      'the role is the permission set Admin: its session name is the person, alice',
    ]);
    const fake = of('');
    expect([fake.who, fake.chain]).toEqual([`${name}/alice`, `alice? → role ${name}`]);
    expect(fake.center.details).toEqual([]);
    expect(fake.session.details).toContain("named like a permission set, but not in IAM Identity Center's path");
    const unknown = read({ ...SESSION, arn });
    expect([unknown.who, unknown.chain]).toEqual(['Admin/alice', 'alice? → role Admin']);
  });

  test.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('ARNs of partition %s', (partition, region) => {
    const name = 'AWSReservedSSO_Admin_0123456789abcdef';
    const arn = `arn:${partition}:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/${region}/${name}`;
    const identity = {
      type: 'AssumedRole',
      arn: `arn:${partition}:sts::${ACCOUNT}:assumed-role/${name}/alice`,
      sessionContext: { sessionIssuer: { arn } },
    };
    expect(read(identity).chain).toBe('alice → role Admin');
    expect(read({ arn: `arn:${partition}:iam::${ACCOUNT}:user/team/bob` })).toMatchObject({ who: 'bob' });
    expect(read({ arn: `arn:${partition}:iam::${ACCOUNT}:root` }).user.answer).toBe('yes');
  });

  test("an instance's session is told by the delivery of its role, not by its name", () => {
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/web/i-0ab12cd34ef567890`;
    const of = (context: object) => read({ type: 'AssumedRole', arn, sessionContext: context });
    expect(of({ ec2RoleDelivery: '1.0' }).session.details).toContain('EC2 instance, IMDSv1');
    expect(of({ ec2RoleDelivery: '2.0' }).session.details).toContain('EC2 instance, IMDSv2');
    expect(of({ ec2RoleDelivery: 2 }).session.details).toContain('EC2 instance, IMDSv2');
    expect(of({ ec2RoleDelivery: '2.0' }).chain).toBe('i-0ab12cd34ef567890 → role web');
    expect(of({}).chain).toBe('i-0ab12cd34ef567890? → role web');
    const other = read({ ...SESSION, sessionContext: { ec2RoleDelivery: '2.0' } });
    expect(other.chain).toBe('erin? → role Ops');
  });

  test("a function's and a task's session", () => {
    const scope = (issuerType: string, sourceArn: string) => ({
      ...SESSION,
      inScopeOf: { issuerType, sourceArn, sourceAccount: ACCOUNT, credentialsIssuedTo: sourceArn },
    });
    const lambda = read(scope('AWS::Lambda::Function', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:report`));
    expect(lambda.session.details).toContain(
      `for AWS::Lambda::Function arn:aws:lambda:eu-west-1:${ACCOUNT}:function:report`,
    );
    expect(lambda.chain).toBe('erin → role Ops');
    const task = read(scope('AWS::ECS::Task', `arn:aws:ecs:eu-west-1:${ACCOUNT}:task/shop/0123`));
    expect(task.session.details).toContain(`for AWS::ECS::Task arn:aws:ecs:eu-west-1:${ACCOUNT}:task/shop/0123`);
  });

  test('a source identity comes before the name of the session, once', () => {
    const of = (sourceIdentity: unknown) => read({ ...SESSION, sessionContext: { sourceIdentity } }).chain;
    expect(of('ops-7731')).toBe('source identity ops-7731 (set when the session began) → erin? → role Ops');
    expect(of('erin')).toBe('source identity erin (set when the session began) → role Ops');
    expect(of('')).toBe('erin? → role Ops');
    expect(of({ name: 'x' })).toBe('erin? → role Ops');
  });

  test('a session on behalf of an Identity Center user is "yes" to two questions', () => {
    const onBehalfOf = { userId: '90676-EXAMPLE', identityStoreArn: 'arn:aws:identitystore::1:identitystore/d-1' };
    const both = read({ ...SESSION, onBehalfOf });
    expect(answers(both)).toBe('no yes yes -');
    expect(both.center.evidence).toEqual([
      { field: 'userIdentity.onBehalfOf.userId', value: '90676-EXAMPLE' },
      { field: 'userIdentity.onBehalfOf.identityStoreArn', value: 'arn:aws:identitystore::1:identitystore/d-1' },
    ]);
    expect(both.chain).toBe('90676-EXAMPLE → role Ops');
    expect(answers(read({ ...SESSION, onBehalfOf: {} }))).toBe('no yes - -');
  });

  test('Identity Center user with a bearer token', () => {
    const user = { type: 'IdentityCenterUser', credentialId: 'EXAMPLEtoken', onBehalfOf: { userId: '90676-EXAMPLE' } };
    const { center } = read(user);
    expect(answers(read(user))).toBe('no no yes -');
    expect(center.details).toEqual(['user 90676-EXAMPLE', 'credential EXAMPLEtoken']);
    expect(read({ type: 'IdentityCenterUser' }).center.details).toEqual(['user id not stated']);
    const event = { eventSource: 'signin.amazonaws.com', additionalEventData: { UserName: 'dave' } };
    const signIn = read(user, event);
    expect(signIn.chain).toBe('dave');
    expect(signIn.center.details[0]).toBe('user dave (90676-EXAMPLE)');
  });

  test('Unknown of the sign-in of Identity Center is likely such a user, which is not "yes"', () => {
    const { center } = read({ type: 'Unknown', userName: 'Laura' }, { eventSource: 'sso.amazonaws.com' });
    expect(center).toMatchObject({
      answer: 'not stated',
      evidence: [],
      details: ['likely: sso.amazonaws.com writes Unknown for them'],
    });
  });
});

describe('services', () => {
  test.each([
    ['autoscaling.amazonaws.com', 'by autoscaling.amazonaws.com'],
    ['logs.eu-west-1.amazonaws.com', 'by logs.eu-west-1.amazonaws.com'],
    ['ec2.amazonaws.com.cn', 'by ec2.amazonaws.com.cn'],
    ['AWS Internal', 'by AWS (service not named)'],
    ['AWS Internal/3', 'by AWS (service not named)'],
    ['signin.amazonaws.com', 'by signin.amazonaws.com (the console: likely what a person clicked)'],
  ])('invokedBy %s', (invokedBy, detail) => {
    const { service } = read({ type: 'AWSService', invokedBy });
    expect(service).toMatchObject({ answer: 'yes', details: [detail] });
    expect(service.evidence[0]).toEqual({ field: 'userIdentity.invokedBy', value: invokedBy });
  });

  test('a service with nothing else, and an event of a service without a type', () => {
    expect(answers(read({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }))).toBe('no no - yes');
    expect(answers(read({ accountId: ACCOUNT, invokedBy: 'ec2.amazonaws.com' }))).toBe('- - - yes');
    const bare = read(undefined, { eventType: 'AwsServiceEvent', eventSource: 'kms.amazonaws.com' });
    expect(bare.service).toMatchObject({
      answer: 'yes',
      evidence: [{ field: 'eventType', value: 'AwsServiceEvent' }],
      details: ['by kms.amazonaws.com'],
    });
  });

  test('a service that writes down what somebody did has not done it', () => {
    const event = { eventType: 'AwsServiceEvent', eventSource: 'elasticfilesystem.amazonaws.com' };
    const { service } = read({ type: 'AWSAccount', principalId: 'AROAEXAMPLE:mount', accountId: ACCOUNT }, event);
    expect(service).toMatchObject({
      answer: 'not stated',
      details: ['elasticfilesystem.amazonaws.com wrote the event itself'],
    });
    const kinds = (userIdentity: unknown) => kindLines({ ...event, userIdentity }).map(({ label }) => label);
    expect(kinds({ type: 'AWSAccount', principalId: 'AROAEXAMPLE:mount', accountId: ACCOUNT })).not.toContain('caller');
    expect(kinds({ accountId: ACCOUNT, invokedBy: 'elasticfilesystem.amazonaws.com' })).toContain('caller');
  });

  test('a service-linked role is taken by its service alone', () => {
    const arn = `${ROLE}/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    const { service, session, chain } = read({ ...SESSION, sessionContext: { sessionIssuer: { type: 'Role', arn } } });
    expect(service).toMatchObject({
      answer: 'yes',
      evidence: [{ field: 'userIdentity.sessionContext.sessionIssuer.arn', value: arn }],
    });
    expect(session.details).toContain('a service-linked role: only its service can take it');
    expect(chain).toBe('erin → role AWSServiceRoleForAutoScaling → by autoscaling.amazonaws.com');
  });

  test.each([
    ['cloudformation.amazonaws.com', ['came from cloudformation.amazonaws.com']],
    ['ec2.amazonaws.com.cn', ['came from ec2.amazonaws.com.cn']],
    ['203.0.113.9', []],
    ['evil.example.com/.amazonaws.com', []],
  ])('the address %s is a hint at most', (sourceIPAddress, details) => {
    expect(read(SESSION, { sourceIPAddress }).service).toMatchObject({ answer: 'not stated', evidence: [], details });
  });

  test('a delegate stands at the end of the chain', () => {
    const { chain, service } = read({
      ...SESSION,
      invokedBy: 'ec2.amazonaws.com',
      invokedByDelegate: { accountId: '444455556666' },
    });
    expect(chain).toBe('erin? → role Ops → by ec2.amazonaws.com → delegate 444455556666');
    expect(service.details).toContain('delegate account 444455556666: a product provider with temporary access');
  });
});

describe('callers from elsewhere', () => {
  test.each([
    [{ principalId: 'AROAEXAMPLE:partner', accountId: '444455556666' }, 'no yes - -'],
    [{ principalId: 'AIDAEXAMPLE', accountId: '444455556666' }, 'yes no - -'],
    [{ principalId: 'AIDAEXAMPLE:name', accountId: '444455556666' }, '- - - -'],
    [{ accountId: '444455556666' }, '- - - -'],
    [{ principalId: '444455556666', accountId: '444455556666' }, '- - - -'],
  ])('another account: %j', (identity, expected) => {
    const found = read({ type: 'AWSAccount', ...identity });
    expect(answers(found)).toBe(expected);
    expect(found.who).toBe('444455556666');
  });

  test.each([
    { accountId: 'anonymous', principalId: '' },
    { accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' },
    { accountId: '', principalId: 'ANONYMOUS_PRINCIPAL' },
  ])('nobody signed: %j', (identity) => {
    const found = read({ type: 'AWSAccount', ...identity });
    expect(answers(found)).toBe('no no - -');
    expect([found.who, found.chain]).toEqual(['anonymous', 'anonymous']);
    expect(found.session.details).toEqual(['anonymous caller: the request was not signed']);
  });

  test('SAML and web identity users ask for credentials with an assertion', () => {
    const saml = read({ type: 'SAMLUser', principalId: 'EXAMPLEhash=:dave', identityProvider: 'EXAMPLEhash=' });
    expect(saml.session.details).toEqual(['asks for them with a SAML assertion of EXAMPLEhash=']);
    expect(saml.who).toBe('dave');
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/ci.example.com`;
    const web = { type: 'WebIdentityUser', principalId: `${provider}:aud:repo:a/b`, identityProvider: provider };
    expect(read(web)).toMatchObject({ who: 'aud:repo:a/b' });
    expect(answers(read(web))).toBe('no no - -');
  });

  test('a directory and types still to come are nothing that is known', () => {
    expect(answers(read({ type: 'Directory', userName: 'DOMAIN\\dave' }))).toBe('- - - -');
    expect(answers(read({ type: 'QuantumUser', userName: 'dave' }))).toBe('- - - -');
    expect(read({ type: 'QuantumUser', userName: 'dave' })).toMatchObject({ who: 'dave', chain: 'dave' });
    const withArn = read({ type: 'QuantumUser', arn: SESSION.arn });
    expect(withArn.session).toMatchObject({
      answer: 'yes',
      evidence: [{ field: 'userIdentity.arn', value: SESSION.arn }],
    });
  });
});

describe('wrong types', () => {
  const WRONG = [undefined, null, '', 'alice', 7, true, [], [{ type: 'Root' }], {}];
  test.each(WRONG.map((identity) => ({ identity })))('$identity states nothing', ({ identity }) => {
    expect(answers(read(identity))).toBe('- - - -');
    expect(read(identity).chain).toBe('');
  });

  test('keys in another case are read, and those in the right case come first', () => {
    const lower = {
      type: 'AssumedRole',
      ARN: SESSION.arn,
      sessioncontext: { attributes: { mfaauthenticated: 'true' } },
    };
    expect(read(lower)).toMatchObject({ who: 'Ops/erin', mfa: 'true' });
    expect(read({ ...SESSION, ARN: 'arn:aws:iam::1:user/x', ACCESSKEYID: 'ASIAEXAMPLE' })).toMatchObject({
      who: 'Ops/erin',
      key: 'ASIAEXAMPLE',
    });
    expect(read({ type: 'assumedrole', arn: SESSION.arn }).session.answer).toBe('yes');
  });

  test('values of any size', () => {
    const giant = 'x_'.repeat(500_000);
    const { session, who } = read({
      ...SESSION,
      arn: `arn:aws:sts::1:assumed-role/AWSReservedSSO_${giant}/${giant}`,
      principalId: giant,
      sessionContext: { attributes: { creationDate: giant }, ec2RoleDelivery: giant, sourceIdentity: giant },
      invokedBy: giant,
    });
    expect(session.answer).toBe('yes');
    expect(who.length).toBeGreaterThan(500_000);
  });

  test('no value throws; "no" and "yes" always rest on something', () => {
    const anything = fc.anything();
    const text = fc.oneof(
      anything,
      fc.string(),
      fc.constantFrom(
        'AROAEXAMPLE:x',
        'AIDAEXAMPLE',
        'arn:aws:sts::1:assumed-role/a/b',
        'arn:aws:iam::1:root',
        'ASIAX',
      ),
    );
    const type = fc.oneof(
      anything,
      fc.constantFrom('Root', 'IAMUser', 'AssumedRole', 'AWSAccount', 'AWSService', 'FederatedUser', 'Unknown', 'Role'),
    );
    const context = fc.record(
      {
        sessionIssuer: fc.oneof(anything, fc.record({ type: text, arn: text }, { requiredKeys: [] })),
        attributes: anything,
      },
      { requiredKeys: [] },
    );
    const identity = fc.record(
      {
        type,
        arn: text,
        principalId: text,
        userName: text,
        accountId: text,
        accessKeyId: text,
        invokedBy: text,
        onBehalfOf: fc.oneof(anything, fc.record({ userId: text })),
        sessionContext: fc.oneof(anything, context),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, identity), fc.oneof(anything, fc.object()), (userIdentity, rest) => {
        const record = { ...(typeof rest === 'object' ? rest : {}), userIdentity };
        for (const { answer, evidence } of identityCard(record)) {
          if (answer !== 'not stated') expect(evidence.length).toBeGreaterThan(0);
          expect(evidence.every(({ value }) => typeof value === 'string' && value !== '')).toBe(true);
        }
        expect(identityChain(record).every((link) => typeof link.text === 'string' && link.text !== '')).toBe(true);
      }),
    );
  });
});
