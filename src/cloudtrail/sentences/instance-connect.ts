import { publicKeyIn } from '../ssh-access.ts';
import { sshKeyTypeOf } from '../ssh-key.ts';
import { type Call, type Phrases, phrase } from './call.ts';
import { filler } from './template.ts';

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
  ED25519: 'an ed25519 SSH key',
  'ED25519-SK': 'a hardware ed25519 SSH key',
  RSA: 'an RSA SSH key',
  ECDSA: 'an ECDSA SSH key',
  'ECDSA-SK': 'a hardware ECDSA SSH key',
  DSA: 'a DSA SSH key',
};

function key({ request }: Call): string {
  return KINDS[sshKeyTypeOf(publicKeyIn(request))] ?? 'an SSH key';
}
