import type {Edns, EdnsOption, Fault} from './types.ts';

/** OPT uses class and TTL for other things (RFC 6891 §6.1.3), and its data is options. Faults go to `faults`. */
export function readEdns(
  bytes: Uint8Array,
  start: number,
  end: number,
  udpSize: number,
  ttl: number,
  faults: Fault[],
): Edns {
  const options: EdnsOption[] = [];
  for (let at = start; at < end; ) {
    const data = at + 4;
    const length = data > end ? 0 : (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (data + length > end) {
      faults.push({offset: at, reason: optionFault(end - at, length)});
      break;
    }
    options.push({code: (bytes[at]! << 8) | bytes[at + 1]!, data: bytes.slice(data, data + length)});
    at = data + length;
  }
  return {
    udpSize,
    version: (ttl >>> 16) & 0xff,
    dnssecOk: (ttl & 0x8000) !== 0,
    z: ttl & 0x7fff,
    options,
  };
}

/** Why an option of `length` does not fit into the `left` bytes from its code on. */
export function optionFault(left: number, length: number): string {
  if (left < 4) return `An EDNS option has a code and a length of 4 bytes, and the record has ${left} left here.`;
  return `The EDNS option says it has ${length} bytes, and the record has ${left - 4} left.`;
}
