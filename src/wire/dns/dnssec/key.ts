import {concat} from '../../bytes.ts';
import {nameBytes} from '../name.ts';

/** A DNSKEY record's data (RFC 4034 §2.1). */
export interface ZoneKey {
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly publicKey: Uint8Array;
  readonly tag: number;
  /** May sign a zone's data; other keys must not be used for it (RFC 4034 §2.1.1). */
  readonly isZoneKey: boolean;
  /** RFC 5011 §2.1. */
  readonly isRevoked: boolean;
  /** Meant for the parent's DS: SEP (RFC 4034 §2.1.1). */
  readonly isEntryPoint: boolean;
  readonly data: Uint8Array;
}

/** A DS record's data (RFC 4034 §5.1). */
export interface Delegation {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Uint8Array;
}

/** `undefined` when it is too short to hold a key. */
export function readKey(data: Uint8Array): ZoneKey | undefined {
  if (data.length < 5) return undefined;
  const flags = (data[0]! << 8) | data[1]!;
  return {
    flags,
    protocol: data[2]!,
    algorithm: data[3]!,
    publicKey: data.subarray(4),
    tag: keyTag(data),
    isZoneKey: (flags & 0x0100) !== 0 && data[2] === 3,
    isRevoked: (flags & 0x0080) !== 0,
    isEntryPoint: (flags & 0x0001) !== 0,
    data,
  };
}

export function readDelegation(data: Uint8Array): Delegation | undefined {
  if (data.length < 5) return undefined;
  return {
    keyTag: (data[0]! << 8) | data[1]!,
    algorithm: data[2]!,
    digestType: data[3]!,
    digest: data.subarray(4),
  };
}

/** RFC 4034 appendix B; algorithm 1, which is not used any more, has a way of its own (B.1). */
export function keyTag(dnskey: Uint8Array): number {
  if (dnskey[3] === 1) return dnskey.length < 7 ? 0 : (dnskey[dnskey.length - 3]! << 8) | dnskey[dnskey.length - 2]!;
  let sum = 0;
  for (const [at, byte] of dnskey.entries()) sum += at % 2 === 0 ? byte << 8 : byte;
  return (sum + ((sum >> 16) & 0xffff)) & 0xffff;
}

/** What is digested for a DS record: the key's owner and its data (RFC 4034 §5.1.4). */
export function digestInput(owner: string, dnskey: Uint8Array): Uint8Array {
  return concat([nameBytes(owner.toLowerCase()), dnskey]);
}
