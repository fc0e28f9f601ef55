import type {FrameField} from '../framing/types.ts';
import {type Format, formats} from './problem.ts';

/** The fields in front of the deflate data. `length` is where the data starts; more bytes may be needed to tell. */
export type ContainerHeader =
  | {
      readonly kind: 'header';
      readonly format: Exclude<Format, 'auto'>;
      readonly length: number;
      readonly fields: readonly FrameField[];
    }
  /** `until` a zero byte: a text goes on, and nothing says how far. */
  | {readonly kind: 'need-more'; readonly atLeast: number; readonly until?: 'zero'}
  | {readonly kind: 'malformed'; readonly at: number; readonly reason: string};

/** Reads the header of RFC 1950 (zlib) or RFC 1952 (gzip). Offsets in `fields` start at `base`. */
export function readHeader(bytes: Uint8Array, format: Format, base = 0): ContainerHeader {
  if (format === 'raw') return {kind: 'header', format, length: 0, fields: []};
  if (bytes.length === 0) return {kind: 'need-more', atLeast: 1};
  const isGzip = format === 'gzip' || (format === 'auto' && bytes[0] === 0x1f);
  return isGzip ? gzipHeader(bytes, base) : zlibHeader(bytes, base);
}

/** The bytes behind the deflate data: how many, and what they hold. */
export function readTrailer(bytes: Uint8Array, format: Exclude<Format, 'auto'>, base = 0): readonly FrameField[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (format === 'zlib')
    return [
      {...name('ADLER32', base, 4), value: hex(view.getUint32(0)), meaning: 'checksum of the output (RFC 1950 §2.2)'},
    ];
  if (format === 'raw') return [];
  const size = view.getUint32(4, true);
  return [
    {
      ...name('CRC32', base, 4),
      value: hex(view.getUint32(0, true)),
      meaning: 'checksum of the output (RFC 1952 §2.3.1)',
    },
    {...name('ISIZE', base + 4, 4), value: size, meaning: `the output has ${size} bytes, modulo 2³²`},
  ];
}

export const trailerLength = {zlib: 4, gzip: 8, raw: 0} as const satisfies Record<Exclude<Format, 'auto'>, number>;

/** The container that a `wbits` of Python's asks for. */
export function formatOf(wbits: number): Format {
  if (wbits < 0) return 'raw';
  return wbits > formats.gzip ? 'auto' : wbits > 15 ? 'gzip' : 'zlib';
}

const levels = ['fastest', 'fast', 'default', 'smallest'] as const;

function zlibHeader(bytes: Uint8Array, base: number): ContainerHeader {
  const [cmf, flags] = bytes;
  if (cmf === undefined || flags === undefined) return {kind: 'need-more', atLeast: 2 - bytes.length};
  const method = cmf & 0x0f;
  const info = cmf >> 4;
  if (((cmf << 8) | flags) % 31 !== 0)
    return {
      kind: 'malformed',
      at: base + 1,
      reason: 'CMF and FLG are not a multiple of 31, so this is no zlib header.',
    };
  if (method !== 8) return {kind: 'malformed', at: base, reason: `CM is ${method}; only 8, deflate, is defined.`};
  if (info > 7)
    return {kind: 'malformed', at: base, reason: `CINFO is ${info}; the window has 32 KiB at most, which is 7.`};
  const dictionary = (flags & 0x20) !== 0;
  if (dictionary && bytes.length < 6) return {kind: 'need-more', atLeast: 6 - bytes.length};
  const first = name('CM', base, 1);
  const second = name('FCHECK', base + 1, 1);
  const fields: FrameField[] = [
    {...first, value: method, meaning: 'deflate'},
    {...first, name: 'CINFO', value: info, meaning: `a window of ${2 ** (info + 8)} bytes`},
    {...second, value: flags & 0x1f, meaning: `makes ${(cmf << 8) | flags} a multiple of 31`},
    {
      ...second,
      name: 'FDICT',
      value: dictionary,
      meaning: dictionary ? 'a preset dictionary is needed' : 'no preset dictionary',
    },
    {...second, name: 'FLEVEL', value: flags >> 6, meaning: `compressed with the ${levels[flags >> 6]} algorithm`},
  ];
  if (dictionary)
    fields.push({
      ...name('DICTID', base + 2, 4),
      value: hex(bigEndian(bytes.subarray(2, 6))),
      meaning: 'Adler-32 of the dictionary',
    });
  return {kind: 'header', format: 'zlib', length: dictionary ? 6 : 2, fields};
}

/** RFC 1952 §2.3.1: which flag says what. The other three bits are reserved. */
const gzipFlags = {text: 0x01, headerCheck: 0x02, extra: 0x04, name: 0x08, comment: 0x10, reserved: 0xe0} as const;

function gzipHeader(bytes: Uint8Array, base: number): ContainerHeader {
  const magic = [0x1f, 0x8b, 8];
  const wrong = magic.findIndex((byte, k) => bytes[k] !== undefined && bytes[k] !== byte);
  if (wrong !== -1) return {kind: 'malformed', at: base + wrong, reason: 'A gzip header starts with 1f 8b 08.'};
  if (bytes.length < 10) return {kind: 'need-more', atLeast: 10 - bytes.length};
  const flags = bytes[3]!;
  if ((flags & gzipFlags.reserved) !== 0)
    return {kind: 'malformed', at: base + 3, reason: 'A reserved bit of FLG is set.'};
  const time = bigEndian(bytes.slice(4, 8).reverse());
  const fields: FrameField[] = [
    {...name('ID', base, 2), value: '1f 8b', meaning: 'gzip'},
    {...name('CM', base + 2, 1), value: 8, meaning: 'deflate'},
    {...name('FLG', base + 3, 1), value: flags, meaning: flagNames(flags)},
    {
      ...name('MTIME', base + 4, 4),
      value: time,
      meaning: time === 0 ? 'no time' : `modified ${time} seconds after 1970 began (UTC)`,
    },
    {
      ...name('XFL', base + 8, 1),
      value: bytes[8]!,
      meaning: bytes[8] === 2 ? 'smallest' : bytes[8] === 4 ? 'fastest' : 'nothing said',
    },
    {
      ...name('OS', base + 9, 1),
      value: bytes[9]!,
      meaning: bytes[9] === 3 ? 'Unix' : bytes[9] === 255 ? 'unknown' : 'see RFC 1952 §2.3.1',
    },
  ];
  return gzipOptional(bytes, base, flags, fields);
}

function gzipOptional(bytes: Uint8Array, base: number, flags: number, fields: FrameField[]): ContainerHeader {
  let at = 10;
  if ((flags & gzipFlags.extra) !== 0) {
    if (bytes.length < at + 2) return {kind: 'need-more', atLeast: at + 2 - bytes.length};
    const length = bytes[at]! | (bytes[at + 1]! << 8);
    const end = at + 2 + length;
    if (bytes.length < end) return {kind: 'need-more', atLeast: end - bytes.length};
    fields.push({...name('FEXTRA', base + at, 2 + length), value: length, meaning: `${length} bytes for some program`});
    at = end;
  }
  for (const [label, bit] of [
    ['FNAME', gzipFlags.name],
    ['FCOMMENT', gzipFlags.comment],
  ] as const) {
    if ((flags & bit) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero === -1) return {kind: 'need-more', atLeast: 1, until: 'zero'};
    const text = String.fromCharCode(...bytes.subarray(at, Math.min(zero, at + 256)));
    fields.push({...name(label, base + at, zero + 1 - at), value: text, meaning: 'Latin-1 text up to a zero byte'});
    at = zero + 1;
  }
  if ((flags & gzipFlags.headerCheck) !== 0) {
    if (bytes.length < at + 2) return {kind: 'need-more', atLeast: at + 2 - bytes.length};
    fields.push({
      ...name('FHCRC', base + at, 2),
      value: bytes[at]! | (bytes[at + 1]! << 8),
      meaning: 'checksum of this header',
    });
    at += 2;
  }
  return {kind: 'header', format: 'gzip', length: at, fields};
}

function flagNames(flags: number): string {
  const set = Object.entries(gzipFlags).filter(([, bit]) => (flags & bit) !== 0);
  return set.length === 0 ? 'no optional fields' : `with ${set.map(([label]) => label).join(', ')}`;
}

function name(label: string, start: number, length: number) {
  return {name: label, start, end: start + length};
}

function bigEndian(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
