import {reprFloat} from '../python/repr.ts';
import type {ByteWriter} from './byte-writer.ts';
import {type OpcodeName, opcodeNamed} from './opcodes.ts';
import {bytesOfInteger} from './python-number.ts';
import {latin1, type PythonText, pointsOf} from './python-text.ts';

export type Protocol = 0 | 1 | 2 | 3 | 4 | 5;

/** Writes an opcode's byte. */
export function op(out: ByteWriter, name: OpcodeName): void {
  out.byte(opcodeNamed(name).code);
}

/** The import of a constructor; before protocol 3 under its name in Python 2, as Python's own pickler does it. */
export function dumpGlobal(out: ByteWriter, module: string, name: string, protocol: Protocol): void {
  op(out, 'GLOBAL');
  out.latin1(`${module === 'builtins' && protocol < 3 ? '__builtin__' : module}\n${name}\n`);
}

export function dumpBool(out: ByteWriter, value: boolean, protocol: Protocol): void {
  if (protocol >= 2) op(out, value ? 'NEWTRUE' : 'NEWFALSE');
  else line(out, 'INT', value ? '01' : '00');
}

export function dumpInt(out: ByteWriter, value: bigint, protocol: Protocol): void {
  const fits = BigInt.asIntN(32, value) === value;
  if (protocol === 0 || (protocol === 1 && !fits)) dumpDecimal(out, value, fits);
  else if (value >= 0n && value <= 0xffn) fixed(out, 'BININT1', 1, value);
  else if (value >= 0n && value <= 0xffffn) fixed(out, 'BININT2', 2, value);
  else if (fits) fixed(out, 'BININT', 4, BigInt.asUintN(32, value));
  else counted(out, bytesOfInteger(value), longs);
}

export function dumpFloat(out: ByteWriter, value: number, protocol: Protocol): void {
  if (protocol === 0) line(out, 'FLOAT', reprFloat(value));
  else {
    op(out, 'BINFLOAT');
    out.float(value);
  }
}

export function dumpText(out: ByteWriter, text: PythonText, protocol: Protocol): void {
  if (protocol === 0) line(out, 'UNICODE', rawUnicodeEscape(text));
  else counted(out, encodeUtf8(text), texts, protocol);
}

/** Before protocol 3, as the text of the same characters and a call that encodes it. */
export function dumpBytes(out: ByteWriter, bytes: Uint8Array, protocol: Protocol): void {
  if (protocol >= 3) counted(out, bytes, strings, protocol);
  else if (bytes.length === 0) dumpCall(out, 'builtins', 'bytes', protocol, () => {});
  else
    dumpCall(out, '_codecs', 'encode', protocol, () => {
      dumpText(out, {t: 'str', v: latin1(bytes)}, protocol);
      dumpText(out, {t: 'str', v: 'latin1'}, protocol);
    });
}

/** Before protocol 5, as a call with the bytes. */
export function dumpByteArray(out: ByteWriter, bytes: Uint8Array, protocol: Protocol): void {
  if (protocol >= 5) counted(out, bytes, byteArrays);
  else
    dumpCall(out, 'builtins', 'bytearray', protocol, () => {
      if (bytes.length > 0) dumpBytes(out, bytes, protocol);
    });
}

type Choices = readonly (readonly [name: OpcodeName, size: number])[];

const longs: Choices = [
  ['LONG1', 1],
  ['LONG4', 4],
];
const texts: Choices = [
  ['SHORT_BINUNICODE', 1],
  ['BINUNICODE', 4],
  ['BINUNICODE8', 8],
];
const strings: Choices = [
  ['SHORT_BINBYTES', 1],
  ['BINBYTES', 4],
  ['BINBYTES8', 8],
];
const byteArrays: Choices = [['BYTEARRAY8', 8]];

function dumpCall(out: ByteWriter, module: string, name: string, protocol: Protocol, parameters: () => void): void {
  dumpGlobal(out, module, name, protocol);
  op(out, 'MARK');
  parameters();
  op(out, 'TUPLE');
  op(out, 'REDUCE');
}

/** Python writes no more than 4300 decimal digits and reads no more; hexadecimal it reads without end. */
function dumpDecimal(out: ByteWriter, value: bigint, short: boolean): void {
  const magnitude = value < 0n ? -value : value;
  const digits = magnitude < 10n ** 4300n ? String(magnitude) : `0x${magnitude.toString(16)}`;
  line(out, short ? 'INT' : 'LONG', `${value < 0n ? '-' : ''}${digits}${short ? '' : 'L'}`);
}

function line(out: ByteWriter, name: OpcodeName, text: string): void {
  op(out, name);
  out.latin1(`${text}\n`);
}

function fixed(out: ByteWriter, name: OpcodeName, size: number, value: bigint): void {
  op(out, name);
  out.little(Number(value), size);
}

/** With the first of these opcodes that the protocol has and whose length has room. */
function counted(out: ByteWriter, bytes: Uint8Array, choices: Choices, protocol: Protocol = 5): void {
  const choice = choices.find(([name, size]) => opcodeNamed(name).protocol <= protocol && bytes.length < 256 ** size);
  if (choice === undefined) throw new RangeError(`${bytes.length} bytes are too many for protocol ${protocol}.`);
  op(out, choice[0]);
  out.little(bytes.length, choice[1]);
  out.bytes(bytes);
}

/** What would end the line or start an escape is escaped; so is Ctrl-Z, which ended files on DOS. */
function rawUnicodeEscape(text: PythonText): string {
  const escaped = (point: number): string => {
    if (point > 0xffff) return `\\U${point.toString(16).padStart(8, '0')}`;
    const plain = point <= 0xff && !'\\\0\n\r\x1a'.includes(String.fromCharCode(point));
    return plain ? String.fromCharCode(point) : `\\u${point.toString(16).padStart(4, '0')}`;
  };
  return Array.from(pointsOf(text), escaped).join('');
}

/** UTF-8 in which a surrogate takes three bytes like its neighbours. */
function encodeUtf8({v, points}: PythonText): Uint8Array {
  if (points === undefined && v.isWellFormed()) return new TextEncoder().encode(v);
  const bytes: number[] = [];
  for (const point of points ?? pointsOf({t: 'str', v})) {
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      );
  }
  return Uint8Array.from(bytes);
}
