import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name a network: whoever has one address has 2^64 of them (RFC 4291, 2.5.4). */
const NETWORK_GROUPS = 4;

/** Whom an address stands for: itself, or for an IPv6 one its network of 64 bits. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, NETWORK_GROUPS).join(':');
}
