import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sshAccessOf } from '../../src/cloudtrail/ssh-access.ts';

const CONNECT = 'ec2-instance-connect.amazonaws.com';
const SSM = 'ssm.amazonaws.com';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINZbip83aTe0P7oj4IJlA8vjQX4ictJFv42sX4hb9AdU';
const READ = { type: 'ED25519', bits: 256, fingerprint: 'SHA256:2+dXSd965jXEy4NC/j+cxagnfpMfhxpUc9LP3uEs5Jw' };
const I = 'i-0123456789abcdef0';

function access(eventSource: string, eventName: string, requestParameters: unknown, responseElements: unknown = null) {
  return sshAccessOf({ eventSource, eventName, requestParameters, responseElements });
}

const NOTHING = { target: '', through: '', osUser: '', port: '', key: null, isRefused: false };

describe('ways in', () => {
  test.each([
    [{ instanceId: I, osUser: 'ec2-user', SSHKey: { publicKey: KEY } }],
    [{ instanceId: I, instanceOSUser: 'ec2-user', sSHPublicKey: KEY }],
    [{ instanceId: I, instanceOsUser: 'ec2-user', sshPublicKey: `${KEY} alice@example.com` }],
    [{ InstanceId: I, InstanceOSUser: 'ec2-user', SSHPublicKey: KEY }],
  ])('a key, in the parameters of %o', (parameters) => {
    const expected = { ...NOTHING, how: 'key', target: I, osUser: 'ec2-user', key: READ };
    expect(access(CONNECT, 'SendSSHPublicKey', parameters)).toEqual(expected);
  });

  test('the space behind the name in the record of the AWS guide', () =>
    expect(access(CONNECT, 'SendSSHPublicKey ', { instanceId: I })?.how).toBe('key'));

  test('a serial console', () => {
    const parameters = { instanceId: I, serialPort: 0, sSHPublicKey: KEY, monitorMode: false };
    const expected = { ...NOTHING, how: 'serial console', target: I, port: '0', key: READ };
    expect(access(CONNECT, 'SendSerialConsoleSSHPublicKey', parameters, { success: true })).toEqual(expected);
  });

  test('a tunnel: a private address behind an endpoint', () => {
    const parameters = {
      instanceConnectEndpointId: 'eice-0123456789abcdef0',
      privateIpAddress: '10.0.0.7',
      remotePort: '22',
      maxTunnelDuration: '3600',
    };
    expect(access(CONNECT, 'OpenTunnel', parameters)).toEqual({
      ...NOTHING,
      how: 'tunnel',
      target: '10.0.0.7',
      through: 'eice-0123456789abcdef0',
      port: '22',
    });
  });

  test('Session Manager, with what it forwards', () => {
    expect(access(SSM, 'StartSession', { target: I })).toEqual({ ...NOTHING, how: 'session', target: I });
    const parameters = {
      target: I,
      documentName: 'AWS-StartPortForwardingSessionToRemoteHost',
      parameters: { portNumber: ['5432'], localPortNumber: ['9999'], host: ['db.example.com'] },
    };
    const expected = { ...NOTHING, how: 'session', target: I, through: 'db.example.com', port: '5432' };
    expect(access(SSM, 'StartSession', parameters)).toEqual(expected);
    const shell = { target: I, documentName: 'AWS-StartInteractiveCommand' };
    expect(access(SSM, 'StartSession', shell)?.through).toBe('AWS-StartInteractiveCommand');
    expect(access(SSM, 'ResumeSession', { sessionId: 'alice-0abc' })).toMatchObject({
      how: 'resumed session',
      target: '',
      through: 'alice-0abc',
    });
  });

  test('an answer that says no', () => {
    expect(access(CONNECT, 'SendSSHPublicKey', {}, { success: false })?.isRefused).toBe(true);
    expect(access(CONNECT, 'SendSSHPublicKey', {}, { success: 'false' })?.isRefused).toBe(true);
    expect(access(CONNECT, 'SendSSHPublicKey', {}, {})?.isRefused).toBe(false);
  });
});

test.each([
  ['HIDDEN_DUE_TO_SECURITY_REASONS', 'hidden'],
  ['<sensitiveDataRemoved>', 'hidden'],
  [KEY.slice(0, 50), 'unreadable'],
  ['no key at all', 'unreadable'],
  ['', 'not stated'],
  [['a', 'list'], 'not stated'],
  [null, 'not stated'],
])('of the key %o there is no fingerprint', (sSHPublicKey, key) => {
  expect(access(CONNECT, 'SendSSHPublicKey', { sSHPublicKey })?.key).toBe(key);
});

test.each([
  ['athena.amazonaws.com', 'StartSession'],
  [SSM, 'TerminateSession'],
  [CONNECT, 'sendsshpublickey'],
  ['', 'SendSSHPublicKey'],
  ['ec2.amazonaws.com', 'CreateInstanceConnectEndpoint'],
])('%s %s is no way in', (source, name) => expect(access(source, name, { target: I })).toBeNull());

test('any record is read without an error', () => {
  const names = fc.constantFrom('SendSSHPublicKey', 'OpenTunnel', 'StartSession', 'ResumeSession');
  const sources = fc.constantFrom(CONNECT, SSM);
  fc.assert(
    fc.property(sources, names, fc.anything(), fc.anything(), (source, name, parameters, answer) => {
      const found = access(source, name, parameters, answer);
      if (found !== null) expect(typeof found.target).toBe('string');
    }),
  );
  fc.assert(
    fc.property(fc.anything(), (record) => {
      expect(sshAccessOf(record)).toBeNull();
    }),
  );
});
