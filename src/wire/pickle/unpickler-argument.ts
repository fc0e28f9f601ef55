import {type Argument, readArgument} from './argument.ts';
import {fault, isFault, type PickleFault} from './fault.ts';
import type {Opcode, OpcodeName} from './opcodes.ts';
import {parseFloatLiteral, parseInteger, tooManyDigits} from './python-number.ts';
import {
  decodeAscii,
  decodeByteEscapes,
  decodeRawUnicodeEscape,
  decodeStrictUtf8,
  latin1,
  type PythonText,
} from './python-text.ts';
import {representText} from './represent.ts';

/** An argument as the unpickler reads it. `pair` is the module and the name of GLOBAL and INST. */
export interface UnpicklerArgument {
  readonly value: Argument['value'] | {readonly t: 'pair'; readonly module: string; readonly name: string} | null;
  readonly next: number;
}

/** An argument that takes up its bytes and yet has no value. */
export interface BadValue {
  readonly fault: PickleFault;
  readonly next: number;
}

/**
 * Reads the argument of an opcode as CPython's own unpickler (`_pickle`, 3.13) does. That is not as pickletools reads
 * it: `I0x10` is 16 here and an error there, and the names in GLOBAL have no escapes here.
 */
export function readUnpicklerArgument(
  opcode: Opcode,
  bytes: Uint8Array,
  start: number,
): UnpicklerArgument | BadValue | PickleFault {
  const special = specials[opcode.name];
  if (special !== undefined) return special(bytes, start);
  if (opcode.argument === null) return {value: null, next: start};
  const read = readArgument(opcode.argument, bytes, start);
  return isFault(read) ? translate(opcode, read, bytes, start) : read;
}

export const truncated = (): PickleFault => fault('UnpicklingError', 'pickle data was truncated');

type Special = (bytes: Uint8Array, start: number) => UnpicklerArgument | BadValue | PickleFault;

const specials: Partial<Record<OpcodeName, Special>> = {
  INT: line(2, integer),
  LONG: line(2, text => {
    const literal = latin1(text);
    const value = parseInteger(untilNul(literal.endsWith('L') ? literal.slice(0, -1) : literal), 0);
    if (typeof value === 'bigint') return {t: 'int', v: value};
    if (value.tooMany > 0) return tooManyDigits(value.tooMany);
    const shown = untilNul(literal.endsWith('L') ? literal.slice(0, -1) : `${literal}\n`).slice(0, 200);
    return notInteger(shown, 0);
  }),
  FLOAT: line(2, float),
  STRING: line(1, quoted),
  UNICODE: line(1, decodeRawUnicodeEscape),
  GET: line(2, memoKey),
  PUT: line(2, memoKey),
  PERSID: line(1, text => {
    const id = decodeAscii(text);
    return isFault(id) ? fault('UnpicklingError', 'persistent IDs in protocol 0 must be ASCII strings') : id;
  }),
  GLOBAL: pair(decodeStrictUtf8),
  INST: pair(decodeAscii),
  BINSTRING: counted(4),
  SHORT_BINSTRING: counted(1),
};

/** pickletools' words on what is missing become the unpickler's; a value that cannot be decoded is the same to both. */
function translate(opcode: Opcode, problem: PickleFault, bytes: Uint8Array, start: number): PickleFault | BadValue {
  const size = /^\w+ byte count > sys\.maxsize/.test(problem.message);
  const limit = 2n ** 63n - 1n;
  if (size) return fault('OverflowError', `${bigName(opcode.name)} exceeds system's maximum size of ${limit} bytes`);
  if (/byte count < 0/.test(problem.message)) return fault('UnpicklingError', 'LONG pickle has negative byte count');
  if (opcode.name === 'BINBYTES8' && bytes.length - start >= 8 && littleEndian(bytes, start, 8) >= 2 ** 63 - 512)
    return fault('OverflowError', 'byte string is too large');
  if (problem.class !== 'UnicodeDecodeError') return truncated();
  const width = opcode.argument === 'unicodestring1' ? 1 : opcode.argument === 'unicodestring4' ? 4 : 8;
  return {fault: problem, next: start + width + littleEndian(bytes, start, width)};
}

function bigName(name: OpcodeName): string {
  return name === 'BINUNICODE8' ? 'BINUNICODE' : name === 'BINBYTES8' ? 'BINBYTES' : name;
}

function line(shortest: number, make: (text: Uint8Array) => UnpicklerArgument['value'] | PickleFault): Special {
  return (bytes, start) => {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0 || end + 1 - start < shortest) return truncated();
    const value = make(bytes.subarray(start, end));
    return isFault(value) ? {fault: value, next: end + 1} : {value, next: end + 1};
  };
}

function pair(decode: (text: Uint8Array) => PythonText | PickleFault): Special {
  return (bytes, start) => {
    const middle = bytes.indexOf(0x0a, start);
    const end = middle < 0 ? -1 : bytes.indexOf(0x0a, middle + 1);
    // CPython's reader in Python imports the module even when there is no name, or no newline after it.
    if (middle <= start || end <= middle + 1) return {fault: truncated(), next: end < 0 ? bytes.length : end + 1};
    const module = decode(bytes.subarray(start, middle));
    const name = decode(bytes.subarray(middle + 1, end));
    if (isFault(module)) return {fault: module, next: end + 1};
    if (isFault(name)) return {fault: name, next: end + 1};
    return {value: {t: 'pair', module: module.v, name: name.v}, next: end + 1};
  };
}

/** A Python 2 string, which Python 3 takes for ASCII unless told otherwise. Its length is unsigned here. */
function counted(width: number): Special {
  return (bytes, start) => {
    if (start + width > bytes.length) return truncated();
    const next = start + width + littleEndian(bytes, start, width);
    if (next > bytes.length) return truncated();
    const value = decodeAscii(bytes.subarray(start + width, next));
    return isFault(value) ? {fault: value, next} : {value, next};
  };
}

/** C's strtol first: a leading 0 is octal, and of three bytes the numbers 0 and 1 are the booleans. */
function integer(text: Uint8Array): UnpicklerArgument['value'] | PickleFault {
  const literal = untilNul(latin1(text));
  const c = /^[ \t\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.exec(literal);
  const magnitude = c === null || c[2]!.length > 22 ? undefined : cInteger(c[2]!);
  if (c !== null && magnitude !== undefined && magnitude < 2n ** 63n) {
    const value = c[1] === '-' ? -magnitude : magnitude;
    return text.length === 2 && (value === 0n || value === 1n) ? {t: 'bool', v: value === 1n} : {t: 'int', v: value};
  }
  const value = parseInteger(literal, 0);
  return typeof value === 'bigint' ? {t: 'int', v: value} : fault('ValueError', 'could not convert string to int');
}

function cInteger(digits: string): bigint {
  return BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

/** Unlike `float()`, no white space and no underscores. */
function float(text: Uint8Array): UnpicklerArgument['value'] | PickleFault {
  const literal = untilNul(latin1(text));
  const value = parseFloatLiteral(literal);
  if (value === undefined) {
    const starts = /^[+-]?(\d|\.\d|inf|nan)/i.test(literal);
    const shown = untilNul(`${latin1(text)}\n`).slice(0, 200);
    return fault('ValueError', `could not convert string to float${starts ? '' : `: '${shown}'`}`);
  }
  if (!Number.isFinite(value) && !/[fn]/i.test(literal))
    return fault(
      'OverflowError',
      `value too large to convert to float: '${untilNul(`${latin1(text)}\n`).slice(0, 200)}'`,
    );
  return {t: 'float', v: value};
}

function quoted(text: Uint8Array): PythonText | PickleFault {
  const quote = text[0];
  if (text.length < 2 || quote !== text.at(-1) || (quote !== 0x22 && quote !== 0x27))
    return fault('UnpicklingError', 'the STRING opcode argument must be quoted');
  const plain = decodeByteEscapes(text.subarray(1, -1));
  return isFault(plain) ? plain : decodeAscii(plain);
}

function memoKey(text: Uint8Array): UnpicklerArgument['value'] | PickleFault {
  const value = parseInteger(untilNul(latin1(text)), 10);
  if (typeof value !== 'bigint') {
    if (value.tooMany > 0) return tooManyDigits(value.tooMany);
    return notInteger(untilNul(`${latin1(text)}\n`).slice(0, 200), 10);
  }
  if (BigInt.asIntN(64, value) !== value) return fault('OverflowError', 'Python int too large to convert to C ssize_t');
  return {t: 'int', v: value};
}

function notInteger(characters: string, base: number): PickleFault {
  const text = decodeStrictUtf8(Uint8Array.from(characters, character => character.charCodeAt(0)));
  if (isFault(text)) return text;
  return fault('ValueError', `invalid literal for int() with base ${base}: ${representText(text).slice(0, 200)}`);
}

/** C's strings end at a NUL. */
function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function littleEndian(bytes: Uint8Array, start: number, width: number): number {
  let value = 0;
  for (let k = width - 1; k >= 0; k -= 1) value = value * 256 + bytes[start + k]!;
  return value;
}
