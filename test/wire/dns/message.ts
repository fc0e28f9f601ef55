import {parseRdata} from '../../../src/wire/dns/rdata/parse.ts';
import {typeNumber} from '../../../src/wire/dns/tables.ts';
import type {Edns, EdnsOption, Flags, Message, ResourceRecord} from '../../../src/wire/dns/types.ts';

/** Bytes of hex digits, with spaces wherever they help. */
export function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
}

export function hex(data: Uint8Array): string {
  return Buffer.from(data).toString('hex');
}

export const noFlags: Flags = {aa: false, tc: false, rd: false, ra: false, z: false, ad: false, cd: false};

/** A query for the addresses of `www.example.test.`, or whatever else it is to be. */
export function message(parts: Partial<Message> = {}): Message {
  return {
    id: 7,
    response: false,
    opcode: 0,
    flags: noFlags,
    rcode: 0,
    questions: [{name: 'www.example.test.', type: 1, class: 1}],
    answers: [],
    authorities: [],
    additionals: [],
    ...parts,
  };
}

/** `www.example.test. 300 IN A 192.0.2.1`, with the data in the form of a master file. */
export function record(name: string, type: string, text: string, more: Partial<ResourceRecord> = {}): ResourceRecord {
  const parsed = parseRdata(typeNumber(type)!, text, '.');
  if (!parsed.ok) throw new Error(`${type} ${text}: ${parsed.says}`);
  return {name, type: typeNumber(type)!, class: 1, ttl: 300, data: parsed.data, ...more};
}

export function edns(options: readonly EdnsOption[] = [], more: Partial<Edns> = {}): Edns {
  return {udpSize: 1232, version: 0, dnssecOk: false, z: 0, options, ...more};
}
