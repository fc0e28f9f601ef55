import type {Fault} from './types.ts';

/** One TLV of a session message (RFC 8490 §5.4.4): where it starts, its type, and where its data ends. */
export interface Tlv {
  readonly at: number;
  readonly type: number;
  readonly end: number;
}

/** The part of a session message behind its header: no questions and no records, but TLVs. */
export interface Session {
  readonly tlvs: readonly Tlv[];
  /** Where they make no sense, and why. */
  readonly fault?: Fault;
}

/** Nothing when the message is no session message: another opcode, or counts that are not all 0. */
export function readSession(bytes: Uint8Array): Session | undefined {
  if (bytes.length < 12 || ((bytes[2]! >> 3) & 0x0f) !== sessionOpcode) return undefined;
  for (let at = 4; at < 12; at++) if (bytes[at] !== 0) return undefined;
  const tlvs: Tlv[] = [];
  for (let at = 12; at < bytes.length; ) {
    const left = bytes.length - at;
    const length = left < 4 ? 0 : (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (left < 4)
      return {tlvs, fault: {offset: at, reason: `A TLV has a type and a length of 4 bytes, and ${left} are left.`}};
    if (length > left - 4)
      return {tlvs, fault: {offset: at, reason: `The TLV says it has ${length} bytes, and ${left - 4} are left.`}};
    tlvs.push({at, type: (bytes[at]! << 8) | bytes[at + 1]!, end: at + 4 + length});
    at += 4 + length;
  }
  return {tlvs};
}

const sessionOpcode = 6;
