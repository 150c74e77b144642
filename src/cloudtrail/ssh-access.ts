// Ways into a machine that CloudTrail records: a key pushed by EC2 Instance Connect, its serial console, a tunnel through
// an Instance Connect Endpoint, a session of Session Manager. What is done in there is not recorded: only that
// somebody could go in. (EC2 Instance Connect and Systems Manager API References, 2026.)

import { memberOf, textIn } from './any-case.ts';
import { firstText, listOf, objectOf, textOf } from './json-value.ts';
import { type SshKey, sshKeyOf } from './ssh-key.ts';

export type SshAccess = {
  readonly how: 'key' | 'serial console' | 'tunnel' | 'session' | 'resumed session';
  /** What is reached: an instance (i-…, mi-…), the private address of a tunnel, another target of Session Manager; ''
   *  where it is not stated. */
  readonly target: string;
  /** Of a tunnel the endpoint that it goes through; of a session its document, or the host that is reached beyond the
   *  instance. */
  readonly through: string;
  readonly osUser: string;
  /** Of a tunnel and of port forwarding; of the serial console its serial port. */
  readonly port: string;
  /** Type, bits and fingerprint; why there are none of a key that was sent; null where none is. */
  readonly key: SshKey | 'hidden' | 'unreadable' | 'not stated' | null;
  /** The answer says that it did not succeed, although the call did. */
  readonly isRefused: boolean;
};

/** Null for every other call. Athena has a StartSession as well; the AWS guide's own record has a space behind the name. */
export function sshAccessOf(record: unknown): SshAccess | null {
  const { eventName, eventSource, requestParameters, responseElements } = objectOf(record);
  const [service] = textOf(eventSource).trim().toLowerCase().split('.', 1);
  const read = READERS[`${service}:${textOf(eventName).trim()}`];
  if (read === undefined) return null;
  const isRefused = textIn(responseElements, 'success').toLowerCase() === 'false';
  return { ...NOTHING, ...read(requestParameters), isRefused };
}

const NOTHING = { target: '', through: '', osUser: '', port: '', key: null } as const;

type Read = Partial<SshAccess> & Pick<SshAccess, 'how'>;

const READERS: Readonly<Record<string, (parameters: unknown) => Read>> = {
  'ec2-instance-connect:SendSSHPublicKey': (parameters) => ({
    how: 'key',
    target: textIn(parameters, 'instanceId'),
    osUser: textIn(parameters, 'instanceOSUser', 'osUser'),
    key: keyIn(parameters),
  }),
  'ec2-instance-connect:SendSerialConsoleSSHPublicKey': (parameters) => ({
    how: 'serial console',
    target: textIn(parameters, 'instanceId'),
    port: textIn(parameters, 'serialPort'),
    key: keyIn(parameters),
  }),
  'ec2-instance-connect:OpenTunnel': (parameters) => ({
    how: 'tunnel',
    target: textIn(parameters, 'instanceId', 'privateIpAddress'),
    through: textIn(parameters, 'instanceConnectEndpointId', 'instanceConnectEndpointDnsName'),
    port: textIn(parameters, 'remotePort'),
  }),
  'ssm:StartSession': (parameters) => {
    const { documentName, host, port } = forwardingIn(parameters);
    return { how: 'session', target: textIn(parameters, 'target'), through: host || documentName, port };
  },
  'ssm:ResumeSession': (parameters) => ({ how: 'resumed session', through: textIn(parameters, 'sessionId') }),
};

/** Documents have lists of texts for parameters: { portNumber: ["5432"], host: ["db.example.com"] }. */
function forwardingIn(parameters: unknown): Record<'documentName' | 'host' | 'port', string> {
  const own = memberOf(parameters, 'parameters');
  const first = (name: string) => firstText(memberOf(own, name), ...listOf(memberOf(own, name)));
  return { documentName: textIn(parameters, 'documentName'), host: first('host'), port: first('portNumber') };
}

/** Where the key stands differs between the calls, and between AWS's own samples; '' where there is none. */
export function publicKeyIn(parameters: unknown): string {
  const nested = memberOf(parameters, 'SSHKey');
  return textIn(parameters, 'sSHPublicKey', 'publicKey') || textIn(nested, 'publicKey') || textOf(nested);
}

function keyIn(parameters: unknown): SshAccess['key'] {
  const text = publicKeyIn(parameters);
  if (text === '') return 'not stated';
  if (/hidden|removed|redacted/i.test(text.slice(0, 64)) && !/^\S+ AAAA/.test(text)) return 'hidden';
  return sshKeyOf(text) ?? 'unreadable';
}
