import {parseAddress4, parseAddress6} from '../ip-address.ts';
import {hexPairs} from '../text/hex.ts';

/**
 * The name under which PTR records of an address stand: `1.2.0.192.in-addr.arpa.` (RFC 1035 §3.5), or nibbles under
 * `ip6.arpa.` (RFC 3596 §2.5). Nothing for what is no address; a scope such as `%eth0` is left out.
 */
export function reverseName(address: string): string | undefined {
  const four = parseAddress4(address);
  if (four !== undefined) return `${four.reverse().join('.')}.in-addr.arpa.`;
  const six = parseAddress6(address.replace(/%.*$/, ''));
  if (six === undefined) return undefined;
  return `${Array.from(six.reverse(), byte => `${hexPairs[byte]![1]}.${hexPairs[byte]![0]}`).join('.')}.ip6.arpa.`;
}
