const mask = 0xffff_ffff_ffff_ffffn;

/** SipHash-2-4 with 8 bytes of output, little-endian, as RFC 9018 §4.4 asks for. `key`: 16 bytes. */
export function sipHash(key: Uint8Array, message: Uint8Array): Uint8Array {
  const k0 = littleEndian(key, 0);
  const k1 = littleEndian(key, 8);
  let state: State = [
    k0 ^ 0x736f6d6570736575n,
    k1 ^ 0x646f72616e646f6dn,
    k0 ^ 0x6c7967656e657261n,
    k1 ^ 0x7465646279746573n,
  ];
  const padded = new Uint8Array((message.length >> 3) * 8 + 8);
  padded.set(message);
  padded[padded.length - 1] = message.length & 0xff;
  for (let at = 0; at < padded.length; at += 8) {
    const word = littleEndian(padded, at);
    state = rounds([state[0], state[1], state[2], state[3] ^ word], 2);
    state = [state[0] ^ word, state[1], state[2], state[3]];
  }
  const [a, b, c, d] = rounds([state[0], state[1], state[2] ^ 0xffn, state[3]], 4);
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, a ^ b ^ c ^ d, true);
  return out;
}

type State = readonly [bigint, bigint, bigint, bigint];

function rounds([a, b, c, d]: State, count: number): State {
  for (let round = 0; round < count; round++) {
    a = (a + b) & mask;
    c = (c + d) & mask;
    b = left(b, 13n) ^ a;
    d = left(d, 16n) ^ c;
    a = left(a, 32n);
    c = (c + b) & mask;
    a = (a + d) & mask;
    b = left(b, 17n) ^ c;
    d = left(d, 21n) ^ a;
    c = left(c, 32n);
  }
  return [a, b, c, d];
}

const left = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & mask;

function littleEndian(bytes: Uint8Array, at: number): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getBigUint64(0, true);
}
