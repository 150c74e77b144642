/** Protocols that records give by IANA's numbers, as EC2 names them; '' for others. */
export function protocolName(number: string): string {
  return Object.hasOwn(NAMES, number) ? (NAMES[number] as string) : '';
}

const NAMES: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };
