import {address4Text, address6Text} from '../ip-address.ts';
import {toHex} from '../text/hex.ts';
import {visible} from '../text/visible.ts';
import {hexOf} from './field-list.ts';
import {readName} from './name.ts';
import {algorithmName, digestName, extendedErrorEntry, extendedErrorName, typeName} from './tables.ts';
import {duration} from './walk-meanings.ts';

/** A part of an option's data. */
export interface Piece {
  readonly name: string;
  readonly length: number;
  readonly value: string;
  readonly meaning: string;
  readonly fault?: string;
}

export interface OptionRead {
  /** Every byte of the data once, in order. */
  readonly pieces: readonly Piece[];
  readonly fault?: string;
}

/** The data of an EDNS option, part by part; what does not fit its code is one piece with `fault`. */
export function optionPieces(code: number, data: Uint8Array): OptionRead {
  const pieces: Piece[] = [];
  const cursor = new Cursor(data, pieces);
  const fault = readers[code] === undefined ? unknown(cursor) : readers[code](cursor);
  const wrong = fault ?? (cursor.left > 0 ? `The option has ${cursor.left} bytes more than belong to it.` : undefined);
  if (wrong === undefined) return {pieces};
  if (cursor.left > 0)
    pieces.push({
      name: 'malformed',
      length: cursor.left,
      value: hexOf(data.subarray(cursor.at)),
      meaning: 'Bytes that cannot be read as this option.',
      fault: wrong,
    });
  else {
    const last = pieces.pop();
    if (last !== undefined) pieces.push({...last, fault: wrong});
  }
  return {pieces, fault: wrong};
}

class Cursor {
  readonly data: Uint8Array;
  at = 0;
  private readonly pieces: Piece[];

  constructor(data: Uint8Array, pieces: Piece[]) {
    this.data = data;
    this.pieces = pieces;
  }

  get left(): number {
    return this.data.length - this.at;
  }

  number(
    name: string,
    size: number,
    show: (value: number) => {readonly value?: string; readonly meaning: string},
  ): number {
    let number = 0;
    for (const byte of this.data.subarray(this.at, this.at + size)) number = number * 256 + byte;
    const {value = String(number), meaning} = show(number);
    this.piece(name, size, value, meaning);
    return number;
  }

  piece(name: string, length: number, value: string, meaning: string): void {
    if (length > 0) this.pieces.push({name, length, value, meaning});
    this.at += length;
  }

  hex(name: string, length: number, meaning: string): void {
    this.piece(name, length, hexOf(this.data.subarray(this.at, this.at + length)), meaning);
  }

  get rest(): Uint8Array {
    return this.data.subarray(this.at);
  }
}

/** Reads what it can. Gives what is wrong, if anything is. */
type Reader = (cursor: Cursor) => string | undefined;

const unknown: Reader = cursor => {
  cursor.hex('data', cursor.left, 'Data of an option that is not known here.');
  return undefined;
};

/** Options whose length is one of a few: in a query they are mostly empty. */
function sized(sizes: readonly number[], read: (cursor: Cursor) => void): Reader {
  return cursor => {
    if (cursor.left === 0 && sizes.includes(0)) return undefined;
    if (!sizes.includes(cursor.left)) return `The option has ${sizes.join(' or ')} bytes, not ${cursor.left}.`;
    read(cursor);
    return undefined;
  };
}

/** A list of codes of one byte each (RFC 6975 §3). */
function understood(show: (code: number) => string, what: string): Reader {
  return cursor => {
    for (let index = 0; cursor.left > 0; index++)
      cursor.number(`codes[${index}]`, 1, code => ({
        value: show(code),
        meaning: `The client understands this ${what}.`,
      }));
    return undefined;
  };
}

const tenths = (value: number) =>
  value === 0 ? 'The server closes the connection at once.' : `The connection may be idle for ${value / 10} s.`;

const readers: Readonly<Record<number, Reader>> = {
  1: sized([18], cursor => {
    cursor.number('version', 2, () => ({meaning: 'The version of long-lived queries.'}));
    cursor.number('opcode', 2, () => ({meaning: 'Setup, refresh or event: 1, 2, 3.'}));
    cursor.number('error', 2, () => ({meaning: 'What went wrong; 0 is nothing.'}));
    cursor.hex('id', 8, 'The number of the long-lived query.');
    cursor.number('lease', 4, value => ({meaning: `It holds for ${duration(value)}.`}));
  }),
  2: sized([4, 8], cursor => {
    cursor.number('lease', 4, value => ({meaning: `The update holds for ${duration(value)}.`}));
    if (cursor.left > 0) cursor.number('keyLease', 4, value => ({meaning: `The key holds for ${duration(value)}.`}));
  }),
  3: cursor => {
    cursor.piece(
      'nsid',
      cursor.left,
      `${toHex(cursor.rest.subarray(0, 64))} ("${printable(cursor.rest)}")`,
      'What the server calls itself.',
    );
    return undefined;
  },
  5: understood(algorithmName, 'algorithm'),
  6: understood(digestName, 'digest'),
  7: understood(hash => (hash === 1 ? 'SHA-1' : `HASH${hash}`), 'hash of NSEC3'),
  8: readSubnet,
  9: sized([0, 4], cursor => {
    cursor.number('seconds', 4, value => ({meaning: `A secondary may serve the zone for ${duration(value)} more.`}));
  }),
  10: readCookie,
  11: sized([0, 2], cursor => {
    cursor.number('timeout', 2, value => ({meaning: tenths(value)}));
  }),
  12: cursor => {
    cursor.hex('padding', cursor.left, 'Bytes without a meaning, so that the length says less.');
    return undefined;
  },
  13: cursor => readLastName(cursor, 'closest', 'The lowest name of which the client has the records already'),
  14: cursor => {
    if (cursor.left % 2 !== 0) return 'Key tags have two bytes each.';
    for (let index = 0; cursor.left > 0; index++)
      cursor.number(`tags[${index}]`, 2, () => ({meaning: 'The client trusts the key with this tag.'}));
    return undefined;
  },
  15: readExtendedError,
  16: sized([2], cursor => {
    cursor.number('tag', 2, () => ({meaning: 'A tag of the client.'}));
  }),
  17: sized([2], cursor => {
    cursor.number('tag', 2, () => ({meaning: 'A tag of the server.'}));
  }),
  18: cursor => readLastName(cursor, 'agent', 'Errors are reported with queries below this name'),
  19: readZoneVersion,
};

/** RFC 7871 §6. */
function readSubnet(cursor: Cursor): string | undefined {
  if (cursor.left < 4) return `A client subnet has 4 bytes at least, not ${cursor.left}.`;
  const family = cursor.number('family', 2, value => ({
    meaning: `The family of the address: ${families[value]?.name ?? 'unknown'}.`,
  }));
  const source = cursor.number('sourcePrefix', 1, value => ({
    meaning: `The first ${value} bits of the client's address are told.`,
  }));
  const scope = cursor.number('scopePrefix', 1, value => ({meaning: scopeMeaning(value)}));
  const known = families[family];
  if (known === undefined)
    return source === 0 && cursor.left === 0 ? undefined : `${family} is no family of addresses: 1 is IPv4, 2 IPv6.`;
  const bits = known.size * 8;
  if (source > bits || scope > bits) return `A prefix is longer than the ${bits} bits of an address.`;
  const size = Math.ceil(source / 8);
  if (cursor.left !== size) return `A prefix of ${source} bits takes ${size} bytes, not ${cursor.left}.`;
  const address = new Uint8Array(known.size);
  address.set(cursor.rest);
  const spare = source % 8 === 0 ? 0 : cursor.rest.at(-1)! & (0xff >> (source % 8));
  cursor.piece('address', size, known.text(address), 'The network of the client; the bits behind the prefix are 0.');
  return spare === 0 ? undefined : 'Bits behind the prefix are set, and must be 0 (RFC 7871 §6).';
}

const scopeMeaning = (bits: number) =>
  bits === 0
    ? 'In a query 0; in a response: the answer is for every network.'
    : `The answer is for all who share the first ${bits} bits.`;

const families: Readonly<Record<number, {name: string; size: number; text: (bytes: Uint8Array) => string}>> = {
  1: {name: 'IPv4', size: 4, text: address4Text},
  2: {name: 'IPv6', size: 16, text: address6Text},
};

/** RFC 7873 §4. */
function readCookie(cursor: Cursor): string | undefined {
  const size = cursor.left;
  if (size !== 8 && (size < 16 || size > 40))
    return `A cookie has 8 bytes, or 16 to 40 with the server's, not ${size}.`;
  cursor.hex('client', 8, 'The client chose these; the server sends them back.');
  cursor.hex('server', size - 8, 'The server made these for this client; it knows them again next time.');
  return undefined;
}

/** RFC 8914 §2. */
function readExtendedError(cursor: Cursor): string | undefined {
  if (cursor.left < 2) return `An extended error has 2 bytes at least, not ${cursor.left}.`;
  cursor.number('infoCode', 2, code => ({
    value: extendedErrorName(code),
    meaning: extendedErrorEntry(code)?.meaning ?? `An error that has no name, number ${code}.`,
  }));
  cursor.piece('text', cursor.left, visible(cursor.rest), 'What the server says for people to read.');
  return undefined;
}

/** A whole name without pointers (RFC 7901 §4, RFC 9567 §6.1). */
function readLastName(cursor: Cursor, name: string, meaning: string): string | undefined {
  if (cursor.left === 0) return undefined;
  const read = readName(cursor.data, 0);
  if (read.kind === 'malformed') return read.reason;
  cursor.piece(name, read.next, read.text, `${meaning}.`);
  return undefined;
}

/** RFC 9660 §2. */
function readZoneVersion(cursor: Cursor): string | undefined {
  if (cursor.left === 0) return undefined;
  if (cursor.left < 2) return `A zone version has 2 bytes at least, not ${cursor.left}.`;
  cursor.number('labels', 1, value => ({
    meaning: `The zone's name is the last ${value} labels of the name asked for.`,
  }));
  const type = cursor.number('kind', 1, value => ({
    meaning:
      value === 0
        ? `The version is the serial of the ${typeName(6)} record.`
        : 'A kind of version that is not known here.',
  }));
  if (type === 0 && cursor.left !== 4) return `A serial number has 4 bytes, not ${cursor.left}.`;
  if (type === 0) cursor.number('version', 4, () => ({meaning: 'The serial number of the zone.'}));
  else cursor.hex('version', cursor.left, 'The version, of a kind that is not known here.');
  return undefined;
}

function printable(bytes: Uint8Array): string {
  return visible(bytes.subarray(0, 64)) + (bytes.length > 64 ? '...' : '');
}
