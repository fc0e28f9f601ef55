import {SocketAddress} from 'node:net';

/** The 4 or 16 bytes of an IPv4 or IPv6 address; a v4 address mapped into v6 gives its 4. Nothing for other text. */
export function nodeAddressBytes(address: string): readonly number[] {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '');
  if (plain.includes('.')) return plain.split('.').map(Number);
  const parsed = SocketAddress.parse(`[${plain}]:0`);
  if (parsed === undefined) return [];
  const [head = '', tail] = parsed.address.split('::') as [string, string | undefined];
  const words = (text: string) => (text === '' ? [] : text.split(':').map(word => Number.parseInt(word, 16)));
  const [front, back] = [words(head), words(tail ?? '')];
  const all = [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
  return all.flatMap(word => [word >> 8, word & 0xff]);
}
