import {reprBytes} from '../python/repr.ts';
import type {PyValue} from '../python/value.ts';
import {fault, isFault, type PickleFault} from './fault.ts';
import type {ArgumentKind} from './opcodes.ts';
import {floatOfBytes, integerOfBytes, intOfBytes} from './python-number.ts';
import {
  decodeAscii,
  decodeByteEscapes,
  decodeRawUnicodeEscape,
  decodeUtf8,
  latin1,
  type PythonText,
} from './python-text.ts';

/** A value that an opcode can carry. */
export type Constant = Exclude<PyValue, {t: 'str' | 'list' | 'tuple' | 'set' | 'frozenset' | 'dict'}> | PythonText;

/** An argument's value and the offset just after it. Its bytes are not copied: they are those of the input. */
export interface Argument {
  readonly value: Constant;
  readonly next: number;
}

/**
 * Reads the argument that starts at `start`, as pickletools reads it: with its words when something is wrong. Declared
 * lengths are compared with what is there before anything is made of them.
 */
export function readArgument(kind: ArgumentKind, bytes: Uint8Array, start: number): Argument | PickleFault {
  return readers[kind](bytes, start);
}

type Reader = (bytes: Uint8Array, start: number) => Argument | PickleFault;

const largest = 2n ** 63n - 1n;

const readers: Record<ArgumentKind, Reader> = {
  uint1: number('uint1', 1, view => BigInt(view.getUint8(0))),
  uint2: number('uint2', 2, view => BigInt(view.getUint16(0, true))),
  uint4: number('uint4', 4, view => BigInt(view.getUint32(0, true))),
  uint8: number('uint8', 8, view => view.getBigUint64(0, true)),
  int4: number('int4', 4, view => BigInt(view.getInt32(0, true))),
  float8: (bytes, start) => {
    const view = fixed(bytes, start, 8);
    if (view === undefined) return missing('float8');
    return {value: {t: 'float', v: view.getFloat64(0)}, next: start + 8};
  },
  long1: long('long1', 'uint1'),
  long4: long('long4', 'int4'),
  string1: counted('string1', 'uint1', data => ({t: 'str', v: latin1(data)})),
  string4: counted('string4', 'int4', data => ({t: 'str', v: latin1(data)})),
  bytes1: counted('bytes1', 'uint1', data => ({t: 'bytes', v: data})),
  bytes4: counted('bytes4', 'uint4', data => ({t: 'bytes', v: data})),
  bytes8: counted('bytes8', 'uint8', data => ({t: 'bytes', v: data})),
  bytearray8: counted('bytearray8', 'uint8', data => ({t: 'bytearray', v: data})),
  unicodestring1: counted('unicodestring1', 'uint1', decodeUtf8),
  unicodestring4: counted('unicodestring4', 'uint4', decodeUtf8),
  unicodestring8: counted('unicodestring8', 'uint8', decodeUtf8),
  decimalnl_short: line('stringnl', text => {
    const literal = latin1(text);
    // Protocol 0 writes the booleans as integers with a zero too many.
    if (literal === '00' || literal === '01') return {t: 'bool', v: literal === '01'};
    return integer(intOfBytes(text));
  }),
  decimalnl_long: line('stringnl', text => integer(intOfBytes(text.at(-1) === 0x4c ? text.subarray(0, -1) : text))),
  floatnl: line('stringnl', text => {
    const value = floatOfBytes(text);
    return isFault(value) ? value : {t: 'float', v: value};
  }),
  stringnl: line('stringnl', text => {
    const inner = stripQuotes(text);
    return isFault(inner) ? inner : unescaped(inner);
  }),
  stringnl_noescape: line('stringnl', unescaped),
  stringnl_noescape_pair: (bytes, start) => {
    const first = readers.stringnl_noescape(bytes, start);
    if (isFault(first)) return first;
    const second = readers.stringnl_noescape(bytes, first.next);
    if (isFault(second)) return second;
    const v = `${(first.value as PythonText).v} ${(second.value as PythonText).v}`;
    return {value: {t: 'str', v}, next: second.next};
  },
  unicodestringnl: line('unicodestringnl', decodeRawUnicodeEscape),
};

function number(name: string, size: number, read: (view: DataView) => bigint): Reader {
  return (bytes, start) => {
    const view = fixed(bytes, start, size);
    return view === undefined ? missing(name) : {value: {t: 'int', v: read(view)}, next: start + size};
  };
}

function counted(
  name: string,
  count: 'uint1' | 'int4' | 'uint4' | 'uint8',
  make: (data: Uint8Array) => Constant | PickleFault,
): Reader {
  return (bytes, start) => {
    const head = readers[count](bytes, start);
    if (isFault(head)) return head;
    const size = (head.value as {v: bigint}).v;
    if (size < 0n) return fault('ValueError', `${name} byte count < 0: ${size}`);
    if (size > largest) return fault('ValueError', `${name} byte count > sys.maxsize: ${size}`);
    const left = bytes.length - head.next;
    if (size > BigInt(left)) return fault('ValueError', `expected ${size} bytes in a ${name}, but only ${left} remain`);
    const next = head.next + Number(size);
    const value = make(bytes.subarray(head.next, next));
    return isFault(value) ? value : {value, next};
  };
}

function long(name: string, count: 'uint1' | 'int4'): Reader {
  return (bytes, start) => {
    const head = readers[count](bytes, start);
    if (isFault(head)) return head;
    const size = (head.value as {v: bigint}).v;
    if (size < 0n) return fault('ValueError', `${name} byte count < 0: ${size}`);
    const next = head.next + Number(size);
    if (next > bytes.length) return missing(name);
    return {value: {t: 'int', v: integerOfBytes(bytes.subarray(head.next, next))}, next};
  };
}

function line(name: string, make: (text: Uint8Array) => Constant | PickleFault): Reader {
  return (bytes, start) => {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) return fault('ValueError', `no newline found when trying to read ${name}`);
    const value = make(bytes.subarray(start, end));
    return isFault(value) ? value : {value, next: end + 1};
  };
}

function stripQuotes(text: Uint8Array): Uint8Array | PickleFault {
  const quote = text[0];
  if (quote !== 0x22 && quote !== 0x27) return fault('ValueError', `no string quotes around ${reprBytes(text)}`);
  if (text.at(-1) === quote) return text.subarray(1, -1);
  const shown = reprBytes(text.subarray(0, 1));
  return fault('ValueError', `strinq quote ${shown} not found at both ends of ${reprBytes(text)}`);
}

function unescaped(text: Uint8Array): PythonText | PickleFault {
  const plain = decodeByteEscapes(text);
  return isFault(plain) ? plain : decodeAscii(plain);
}

function integer(value: bigint | PickleFault): Constant | PickleFault {
  return isFault(value) ? value : {t: 'int', v: value};
}

function fixed(bytes: Uint8Array, start: number, size: number): DataView | undefined {
  return start + size > bytes.length ? undefined : new DataView(bytes.buffer, bytes.byteOffset + start, size);
}

function missing(name: string): PickleFault {
  return fault('ValueError', `not enough data in stream to read ${name}`);
}
