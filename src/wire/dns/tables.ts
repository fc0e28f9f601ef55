import {classes, opcodes, responseCodes} from './tables/codes.ts';
import {algorithms, digests} from './tables/dnssec.ts';
import {extendedErrors, options} from './tables/edns.ts';
import {type Entry, numbersOf, type Table} from './tables/entry.ts';
import {types} from './tables/types.ts';

export type {Entry} from './tables/entry.ts';

/** Unknown ones are written as RFC 3597 §5 says: TYPE65280, CLASS4096. */
export const typeName = namer(types, 'TYPE');
export const className = namer(classes, 'CLASS');
export const opcodeName = namer(opcodes, 'OPCODE');
/** The four bits of the header, with the eight of EDNS above them (RFC 6891 §6.1.3). */
export const responseCodeName = namer(responseCodes, 'RCODE');
/** As dig writes it where it shows options; `OPT65001` for one without a name. */
export const optionName = namer(options, 'OPT');
export const extendedErrorName = namer(extendedErrors, 'EDE');
export const algorithmName = namer(algorithms, 'ALGORITHM');
export const digestName = namer(digests, 'DIGEST');

/** The number of a type in either letter case: `MX`, `TYPE15`, `*`. `undefined` when it is none. */
export const typeNumber = numberer(types, 'TYPE', 0xffff, {'*': 255});
/** `IN`, `CLASS1`, and `CHAOS`, `HESIOD` as RFC 2136 §5 and BIND write them. */
export const classNumber = numberer(classes, 'CLASS', 0xffff, {'*': 255, CHAOS: 3, HESIOD: 4});
export const opcodeNumber = numberer(opcodes, 'OPCODE', 15, {});
/** 12 bits with EDNS; BADSIG is TSIG's name for 16 (RFC 8945 §5). */
export const responseCodeNumber = numberer(responseCodes, 'RCODE', 0xfff, {BADSIG: 16});
export const optionNumber = numberer(options, 'OPT', 0xffff, {ECS: 8, SUBNET: 8, KEEPALIVE: 11, PAD: 12, UL: 2});
export const algorithmNumber = numberer(algorithms, 'ALGORITHM', 255, {NSEC3RSASHA1: 7, NSEC3DSA: 6, ECCGOST: 12});
export const digestNumber = numberer(digests, 'DIGEST', 255, {SHA1: 1, SHA256: 2, SHA384: 4});

/** What a number is for, or nothing when no registry has it. */
export const typeEntry = finder(types);
export const classEntry = finder(classes);
export const opcodeEntry = finder(opcodes);
export const responseCodeEntry = finder(responseCodes);
export const optionEntry = finder(options);
export const extendedErrorEntry = finder(extendedErrors);
export const algorithmEntry = finder(algorithms);
export const digestEntry = finder(digests);

/** Every type that has a name, by number. */
export const typeNumbers: readonly number[] = Object.keys(types).map(Number);

function namer(table: Table, prefix: string): (number: number) => string {
  return number => table[number]?.name ?? `${prefix}${number}`;
}

function finder(table: Table): (number: number) => Entry | undefined {
  return number => table[number];
}

function numberer(
  table: Table,
  prefix: string,
  most: number,
  others: Readonly<Record<string, number>>,
): (text: string) => number | undefined {
  const known = new Map([...numbersOf(table), ...Object.entries(others)]);
  const numbered = new RegExp(`^${prefix}(\\d{1,5})$`);
  return text => {
    const upper = text.toUpperCase();
    const digits = numbered.exec(upper)?.[1];
    const number = digits === undefined ? known.get(upper) : Number(digits);
    return number !== undefined && number <= most ? number : undefined;
  };
}
