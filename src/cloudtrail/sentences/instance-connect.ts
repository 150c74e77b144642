import { firstText, textOf } from '../json-value.ts';
import { type Call, type Phrases, phrase } from './call.ts';
import { filler } from './template.ts';
import { valueAt } from './values.ts';

export const INSTANCE_CONNECT: Phrases = {
  SendSSHPublicKey: (call) =>
    phrase(
      `push ${key(call)} for ${filler('{instanceOSUser|osUser?a user not stated} to {instanceId|@?an instance}')(call)}`,
    ),
  SendSerialConsoleSSHPublicKey: (call) =>
    phrase(
      `push ${key(call)} for ${filler('the serial console[ (port {serialPort})] of {instanceId|@?an instance}')(call)}`,
    ),
  OpenTunnel: (call) =>
    phrase(
      filler(
        'open a tunnel to {privateIpAddress|instanceId|remoteHost?an address not stated}[ port {remotePort}][ through {instanceConnectEndpointId}][ for {maxTunnelDuration} seconds]',
      )(call),
    ),
};

const KINDS: Readonly<Record<string, string>> = {
  'ssh-ed25519': 'an ed25519 SSH key',
  'ssh-rsa': 'an RSA SSH key',
  'sk-ssh-ed25519@openssh.com': 'a hardware ed25519 SSH key',
};

/** Where the key stands differs between the two calls, and between AWS's own samples. */
function key({ request }: Call): string {
  const text = firstText(
    request.sSHPublicKey,
    request.sshPublicKey,
    request.SSHPublicKey,
    valueAt(request, ['SSHKey', 'publicKey']),
    valueAt(request, ['sSHKey', 'publicKey']),
  );
  const kind = /^[a-z0-9@.-]{1,40}/.exec(textOf(text).trimStart())?.[0] ?? '';
  if (Object.hasOwn(KINDS, kind)) return KINDS[kind] as string;
  return kind.startsWith('ecdsa-') ? 'an ECDSA SSH key' : 'an SSH key';
}
